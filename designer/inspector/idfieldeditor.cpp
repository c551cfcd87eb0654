#include "designer/inspector/idfieldeditor.h"

#include "designer/inspector/editortools.h"

#include <QKeyEvent>
#include <QLineEdit>
#include <QVBoxLayout>

namespace automation {

IdFieldEditor::IdFieldEditor(const InputField &field, QWidget *parent)
    : FieldEditor(field, parent)
    , m_line(new QLineEdit(this))
{
    m_line->setObjectName(QStringLiteral("editor_") + field.name);
    body()->addWidget(m_line);
    adopt(m_line);
    connect(m_line, &QLineEdit::editingFinished, this, &IdFieldEditor::commit);
    connect(m_line, &QLineEdit::textEdited, this, [this] {
        m_refused = false;
        setHint({});
    });
}

QWidget *IdFieldEditor::input() const
{
    return m_line;
}

bool IdFieldEditor::commit()
{
    const QString id = m_line->text().trimmed();
    if (id == m_current || m_refused)
        return !m_refused;
    // Not through submit(): a refused id must not count as the value of the definition.
    Q_EMIT edited(JsonValue(id));
    return !m_refused;
}

void IdFieldEditor::refuse(const QString &reason)
{
    m_refused = true;
    setHint(reason, true);
}

void IdFieldEditor::showValue(const JsonValue *value)
{
    m_current = value ? plainText(*value) : QString();
    m_refused = false;
    replaceText(m_line, m_current);
    setHint({});
}

bool IdFieldEditor::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_line && event->type() == QEvent::KeyPress
        && static_cast<QKeyEvent *>(event)->key() == Qt::Key_Escape && m_line->text() != m_current) {
        m_refused = false;
        replaceText(m_line, m_current);
        setHint({});
        return true;
    }
    return FieldEditor::eventFilter(watched, event);
}

} // namespace automation
