#include "model/document/commands/editrecorder.h"

#include <QCoreApplication>

namespace automation {

void EditRecorder::replace(const JsonPointer &place, const JsonValue &value)
{
    const JsonValue *present = at(place);
    if (!present || *present != value)
        add(JsonEdit::replace(m_root, place, value));
}

void EditRecorder::insertElement(const JsonPointer &array, qsizetype index, const JsonValue &value)
{
    add(JsonEdit::insertElement(array, index, value));
}

void EditRecorder::insertMember(const JsonPointer &object, qsizetype index, const QString &key, const JsonValue &value)
{
    add(JsonEdit::insertMember(object, index, key, value));
}

void EditRecorder::remove(const JsonPointer &place)
{
    add(JsonEdit::remove(m_root, place));
}

void EditRecorder::renameKey(const JsonPointer &member, const QString &newKey)
{
    if (member.lastToken() != newKey)
        add(JsonEdit::renameKey(m_root, member, newKey));
}

void EditRecorder::add(const Result<JsonEdit> &edit)
{
    if (m_error)
        return;
    if (!edit) {
        m_error = edit.error();
        return;
    }
    if (!applyEdit(m_root, *edit)) {
        m_error = Error {ErrorCode::InvalidArgument,
            QCoreApplication::translate("EditRecorder", "The change does not fit the definition at “%1”.")
                .arg(edit->container.toString())};
        return;
    }
    m_edits += *edit;
}

Result<DefinitionEdit> EditRecorder::finish(DefinitionEdit edit)
{
    if (m_error)
        return *m_error;
    edit.edits = std::move(m_edits);
    return edit;
}

} // namespace automation
