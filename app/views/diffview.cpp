#include "app/views/diffview.h"

#include "app/views/codeview.h"
#include "app/views/linediff.h"
#include "designer/drawing/theme.h"
#include "designer/style/emptystate.h"

#include <QLabel>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace automation {

DiffView::DiffView(QWidget *parent)
    : QWidget(parent)
    , m_stack(new QStackedWidget)
    , m_same(new EmptyState(u"check"_qs, {}))
    , m_caption(new QLabel)
    , m_code(new CodeView(tr("Differences")))
    , m_addedMarker(m_code->markerDefine(QsciScintilla::Background))
    , m_removedMarker(m_code->markerDefine(QsciScintilla::Background))
{
    m_caption->setTextFormat(Qt::PlainText);
    m_caption->setWordWrap(true);
    m_caption->setProperty("textRole", u"muted"_qs);
    m_caption->setContentsMargins(16, 8, 16, 8);
    m_code->setReadOnly(true);
    m_code->setMarginWidth(0, 0);
    m_code->setCaretLineVisible(false);
    auto *different = new QWidget;
    auto *column = new QVBoxLayout(different);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_caption);
    column->addWidget(m_code);
    m_stack->addWidget(m_same);
    m_stack->addWidget(different);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_stack);
}

void DiffView::setTheme(const Theme &theme)
{
    m_code->setTheme(theme);
    QColor added = theme.ok;
    QColor removed = theme.error;
    const auto mixed = [&theme](const QColor &color) {
        const QColor paper = theme.field;
        const auto part = [](int a, int b) { return (a * 15 + b * 85) / 100; };
        return QColor(
            part(color.red(), paper.red()), part(color.green(), paper.green()), part(color.blue(), paper.blue()));
    };
    m_code->setMarkerBackgroundColor(mixed(added), m_addedMarker);
    m_code->setMarkerBackgroundColor(mixed(removed), m_removedMarker);
}

void DiffView::setTexts(
    const QByteArray &oldText, const QByteArray &newText, const QString &caption, const QString &sameText)
{
    const QList<DiffLine> lines = diffLines(oldText, newText);
    m_stack->setCurrentIndex(lines.isEmpty() ? 0 : 1);
    m_same->setSentence(sameText);
    m_caption->setText(caption);
    QByteArray shown;
    for (const DiffLine &line : lines) {
        switch (line.kind) {
        case DiffLine::Kind::Same:
            shown += "  ";
            break;
        case DiffLine::Kind::Added:
            shown += "+ ";
            break;
        case DiffLine::Kind::Removed:
            shown += "- ";
            break;
        case DiffLine::Kind::Gap:
            shown += "  " + tr("… %n unchanged line(s)", nullptr, line.skipped).toUtf8();
            break;
        }
        shown += line.text.toUtf8() + '\n';
    }
    m_code->markerDeleteAll();
    m_code->showText(shown);
    m_code->setMarginWidth(0, 0);
    for (int i = 0; i < lines.size(); ++i) {
        if (lines[i].kind == DiffLine::Kind::Added)
            m_code->markerAdd(i, m_addedMarker);
        else if (lines[i].kind == DiffLine::Kind::Removed)
            m_code->markerAdd(i, m_removedMarker);
    }
}

} // namespace automation
