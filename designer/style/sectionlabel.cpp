#include "designer/style/sectionlabel.h"

#include <QLocale>

namespace automation {

SectionLabel::SectionLabel(const QString &text, QWidget *parent)
    : QLabel(parent)
{
    setTextFormat(Qt::PlainText);
    QFont spaced = font();
    spaced.setLetterSpacing(QFont::AbsoluteSpacing, 0.6);
    setFont(spaced);
    setCaption(text);
}

void SectionLabel::setCaption(const QString &text)
{
    setText(QLocale().toUpper(text));
    setAccessibleName(text);
}

} // namespace automation
