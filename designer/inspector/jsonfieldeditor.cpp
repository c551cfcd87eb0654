#include "designer/inspector/jsonfieldeditor.h"

#include "designer/inspector/editortools.h"
#include "model/json/jsonreader.h"
#include "model/json/jsonwriter.h"

#include <QAbstractTextDocumentLayout>
#include <QPlainTextEdit>
#include <QVBoxLayout>

namespace automation {

JsonFieldEditor::JsonFieldEditor(const InputField &field, QWidget *parent)
    : FieldEditor(field, parent)
    , m_editor(new QPlainTextEdit(this))
{
    m_editor->setObjectName(QStringLiteral("editor_") + field.name);
    m_editor->setProperty("monospace", true);
    m_editor->setPlaceholderText(field.placeholder.isEmpty() ? QStringLiteral("{ }") : field.placeholder);
    m_editor->setTabChangesFocus(true);
    m_editor->setUndoRedoEnabled(false); // undo is the document's
    body()->addWidget(m_editor);
    adopt(m_editor);
    connect(m_editor, &QPlainTextEdit::textChanged, this, &JsonFieldEditor::textEdited);
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
    setHint({});
}

bool JsonFieldEditor::textEdited()
{
    fitToLines(m_editor, 4, 16);
    const QString typed = m_editor->toPlainText();
    if (typed.trimmed().isEmpty()) {
        setHint({});
        submit(std::nullopt);
        return true;
    }
    const Result<JsonValue> parsed = readJson(typed.toUtf8());
    if (!parsed) {
        setHint(tr("Not taken over yet: %1").arg(parsed.error().message), true);
        return false;
    }
    setHint({});
    submit(*parsed);
    return true;
}

} // namespace automation
