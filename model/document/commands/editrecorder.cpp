#include "model/document/commands/editrecorder.h"

#include "model/json/jsonreader.h"

#include <QCoreApplication>

namespace automation {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(EditRecorder)
};

// Nested containers of a value, itself included; looks no further than limit.
int depthOf(const JsonValue &value, int limit)
{
    if (!(value.isArray() || value.isObject()))
        return 0;
    int deepest = 0;
    for (qsizetype i = 0; i < value.size() && deepest < limit; ++i)
        deepest = qMax(deepest, depthOf(value.at(i), limit - 1));
    return deepest + 1;
}

} // namespace

Result<void> checkDepth(const JsonEdit &edit)
{
    const int room = JsonLimits().depth - int(edit.container.tokens().size()) - 1;
    if (depthOf(edit.after, room + 1) <= room)
        return {};
    return Error {ErrorCode::Limit,
        Text::tr("“%1” would be nested more than %2 levels deep, which no file may be.")
            .arg(edit.container.toString())
            .arg(JsonLimits().depth)};
}

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

template <typename Make> void EditRecorder::addForEach(const JsonPointer &member, Make make)
{
    const JsonValue *container = at(member.parent());
    const QString key = member.lastToken();
    if (!container || !container->isObject() || !container->contains(key)) {
        m_error = m_error.value_or(
            Error {ErrorCode::InvalidArgument, Text::tr("There is nothing at “%1”.").arg(member.toString())});
        return;
    }
    for (qsizetype i = container->size() - 1; i >= 0; --i) {
        container = at(member.parent());
        if (container && container->keyAt(i) == key)
            add(make(*container, i));
    }
}

void EditRecorder::remove(const JsonPointer &place)
{
    const JsonValue *container = place.isRoot() ? nullptr : at(place.parent());
    if (!container || !container->isObject()) {
        add(JsonEdit::remove(m_root, place));
        return;
    }
    addForEach(place, [&place](const JsonValue &object, qsizetype i) {
        return JsonEdit {JsonEdit::Kind::Remove, place.parent(), i, object.keyAt(i), {}, object.at(i), {}};
    });
}

void EditRecorder::renameKey(const JsonPointer &member, const QString &newKey)
{
    if (member.lastToken() == newKey)
        return;
    addForEach(member, [&member, &newKey](const JsonValue &, qsizetype i) {
        return JsonEdit {JsonEdit::Kind::RenameKey, member.parent(), i, member.lastToken(), newKey, {}, {}};
    });
}

void EditRecorder::add(const Result<JsonEdit> &edit)
{
    if (m_error)
        return;
    if (!edit) {
        m_error = edit.error();
        return;
    }
    if (const Result<void> checked = checkDepth(*edit); !checked) {
        m_error = checked.error();
        return;
    }
    if (!applyEdit(m_root, *edit)) {
        m_error = Error {ErrorCode::InvalidArgument,
            Text::tr("The change does not fit the definition at “%1”.").arg(edit->container.toString())};
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
