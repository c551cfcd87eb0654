#include "designer/inspector/jsonfieldeditor.h"

#include "designer/inspector/editortools.h"
#include "designer/inspector/expressiontextedit.h"
#include "model/json/jsonreader.h"
#include "model/json/jsonwriter.h"

#include <QAbstractTextDocumentLayout>
#include <QVBoxLayout>

namespace automation {

JsonFieldEditor::JsonFieldEditor(const InputField &field, QWidget *parent)
    : FieldEditor(field, parent)
    , m_editor(new ExpressionTextEdit(this, ExpressionTextEdit::Language::Json))
{
    m_editor->setObjectName(QStringLiteral("editor_") + field.name);
    m_editor->setProperty("monospace", true);
    m_editor->setPlaceholderText(field.placeholder.isEmpty() ? QStringLiteral("{ }") : field.placeholder);
    m_editor->setTabChangesFocus(true);
    m_editor->setUndoRedoEnabled(false); // undo is the document's
    body()->addWidget(m_editor);
    adopt(m_editor);
    connect(m_editor, &QPlainTextEdit::textChanged, this, [this] {
        if (m_editor->toPlainText() != m_seen) // not only another look
            textEdited();
    });
    connect(m_editor->document()->documentLayout(), &QAbstractTextDocumentLayout::documentSizeChanged, this,
        [this] { fitToLines(m_editor, 4, 16); });
    fitToLines(m_editor, 4, 16);
}

QWidget *JsonFieldEditor::input() const
{
    return m_editor;
}

bool JsonFieldEditor::commit()
{
    return textEdited();
}

void JsonFieldEditor::showValue(const JsonValue *value)
{
    replaceText(m_editor, value ? QString::fromUtf8(writeJson(*value)) : QString());
    fitToLines(m_editor, 4, 16);
    m_seen = m_editor->toPlainText();
    m_isRefused = false;
    setHint(m_note);
}

void JsonFieldEditor::setNote(const QString &note)
{
    m_note = note;
    if (!m_isRefused)
        setHint(note);
}

bool JsonFieldEditor::textEdited()
{
    fitToLines(m_editor, 4, 16);
    const QString typed = m_editor->toPlainText();
    m_seen = typed;
    m_isRefused = false;
    if (typed.trimmed().isEmpty()) {
        setHint(m_note);
        submit(std::nullopt);
        return true;
    }
    const Result<JsonValue> parsed = readJson(typed.toUtf8());
    if (!parsed) {
        m_isRefused = true;
        setHint(tr("Not taken over yet: %1").arg(parsed.error().message), true);
        return false;
    }
    setHint(m_note);
    submit(*parsed);
    return true;
}

} // namespace automation
