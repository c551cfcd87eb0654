#include "designer/inspector/listelement.h"

#include "designer/inspector/fieldeditor.h"
#include "designer/style/applicationstyle.h"
#include "designer/style/themedicon.h"

#include <QEvent>
#include <QLabel>
#include <QPainter>
#include <QToolButton>
#include <QVBoxLayout>

namespace automation {

ListElement::ListElement(const InputField &list, int index, QWidget *parent)
    : QWidget(parent)
    , m_column(new QVBoxLayout(this))
    , m_change(list.items)
{
    constexpr int inset = 10; // behind the line that holds the fields together
    m_column->setContentsMargins(inset, 0, 0, 0);
    m_column->setSpacing(8);
    const QString name = tr("%1 %2").arg(list.itemLabel).arg(index + 1);
    auto *caption = new QLabel(name, this);
    caption->setTextFormat(Qt::PlainText);
    caption->setProperty("textRole", QStringLiteral("title"));
    caption->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    const auto button = [this](const QString &icon, const QString &text, const QString &objectName) {
        auto *tool = new QToolButton(this);
        tool->setIcon(themedIcon(icon, IconTone::Muted));
        tool->setIconSize(QSize(14, 14));
        tool->setProperty("compact", true);
        tool->setToolTip(text);
        tool->setAccessibleName(text);
        tool->setObjectName(objectName);
        return tool;
    };
    const QString place = QStringLiteral("_%1_%2").arg(list.name).arg(index);
    auto *line = new QHBoxLayout;
    line->setSpacing(2);
    line->addWidget(caption, 1);
    if (index > 0) {
        auto *up = button(QStringLiteral("chevron-up"), tr("Move “%1” up").arg(name), QStringLiteral("up") + place);
        connect(up, &QToolButton::clicked, this, &ListElement::moveUpRequested);
        line->addWidget(up);
    }
    auto *remove = button(QStringLiteral("close"), tr("Remove “%1”").arg(name), QStringLiteral("remove") + place);
    connect(remove, &QToolButton::clicked, this, &ListElement::removeRequested);
    line->addWidget(remove);
    m_column->addLayout(line);
}

void ListElement::addPart(const InputField *field, FieldEditor *editor)
{
    m_parts.append({field, editor});
    m_column->addWidget(editor);
}

void ListElement::showElement(const JsonValue &element)
{
    for (const Part &part : std::as_const(m_parts)) {
        part.editor->setInputs(element);
        part.editor->setValue(part.field->find(element));
        part.editor->setVisible(part.field->isMeant(element));
    }
}

FieldEditor *ListElement::firstShown() const
{
    for (const Part &part : m_parts) {
        if (!part.editor->isHidden())
            return part.editor;
    }
    return nullptr;
}

void ListElement::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(QRect(0, 2, 2, height() - 4), currentTheme().line);
}

void ListElement::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange)
        update();
    QWidget::changeEvent(event);
}

} // namespace automation
