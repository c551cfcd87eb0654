#include "model/json/jsonedit.h"

#include <algorithm>
#include <QCoreApplication>

namespace automation {

namespace {

Error noSuchPlace(const JsonPointer &place)
{
    return {ErrorCode::InvalidArgument,
        QCoreApplication::translate("JsonEdit", "There is nothing at “%1”.").arg(place.toString())};
}

// The index in its container of the value at a pointer; -1 when it is not there.
qsizetype placeIndex(const JsonValue &root, const JsonPointer &place)
{
    if (place.isRoot())
        return -1;
    const JsonValue *container = place.parent().resolve(root);
    if (!container)
        return -1;
    if (container->isObject())
        return container->indexOf(place.lastToken());
    bool ok = false;
    const qsizetype index = place.lastToken().toLongLong(&ok);
    return ok && container->isArray() && index >= 0 && index < container->size() ? index : -1;
}

} // namespace

Result<JsonEdit> JsonEdit::replace(const JsonValue &root, const JsonPointer &place, JsonValue after)
{
    const qsizetype index = placeIndex(root, place);
    if (index < 0)
        return noSuchPlace(place);
    const JsonValue *container = place.parent().resolve(root);
    return JsonEdit {
        Kind::Replace, place.parent(), index, container->keyAt(index), {}, container->at(index), std::move(after)};
}

JsonEdit JsonEdit::insertElement(const JsonPointer &array, qsizetype index, JsonValue value)
{
    return {Kind::Insert, array, index, {}, {}, {}, std::move(value)};
}

JsonEdit JsonEdit::insertMember(const JsonPointer &object, qsizetype index, const QString &key, JsonValue value)
{
    return {Kind::Insert, object, index, key, {}, {}, std::move(value)};
}

Result<JsonEdit> JsonEdit::remove(const JsonValue &root, const JsonPointer &place)
{
    const qsizetype index = placeIndex(root, place);
    if (index < 0)
        return noSuchPlace(place);
    const JsonValue *container = place.parent().resolve(root);
    return JsonEdit {Kind::Remove, place.parent(), index, container->keyAt(index), {}, container->at(index), {}};
}

Result<JsonEdit> JsonEdit::renameKey(const JsonValue &root, const JsonPointer &member, const QString &newKey)
{
    const qsizetype index = placeIndex(root, member);
    if (index < 0 || !member.parent().resolve(root)->isObject())
        return noSuchPlace(member);
    return JsonEdit {Kind::RenameKey, member.parent(), index, member.lastToken(), newKey, {}, {}};
}

JsonEdit JsonEdit::inverted() const
{
    JsonEdit edit = *this;
    std::swap(edit.before, edit.after);
    switch (kind) {
    case Kind::Replace:
        break;
    case Kind::Insert:
        edit.kind = Kind::Remove;
        break;
    case Kind::Remove:
        edit.kind = Kind::Insert;
        break;
    case Kind::RenameKey:
        std::swap(edit.key, edit.newKey);
        break;
    }
    return edit;
}

bool applyEdit(JsonValue &root, const JsonEdit &edit)
{
    JsonValue *container = edit.container.resolve(root);
    if (!container || !(container->isArray() || container->isObject()))
        return false;
    const bool object = container->isObject();
    if (edit.kind == JsonEdit::Kind::Insert) {
        if (edit.index < -1 || edit.index > container->size())
            return false;
        const qsizetype index = edit.index < 0 ? container->size() : edit.index;
        if (object)
            container->insertMember(index, edit.key, edit.after);
        else
            container->insert(index, edit.after);
        return true;
    }
    const qsizetype index = edit.index == -1 ? container->size() - 1 : edit.index;
    if (index < 0 || index >= container->size() || (object && container->keyAt(index) != edit.key))
        return false;
    switch (edit.kind) {
    case JsonEdit::Kind::Replace:
        container->replace(index, edit.after);
        break;
    case JsonEdit::Kind::Remove:
        container->removeAt(index);
        break;
    case JsonEdit::Kind::RenameKey:
        if (!object)
            return false;
        container->renameKeyAt(index, edit.newKey);
        break;
    case JsonEdit::Kind::Insert:
        break;
    }
    return true;
}

bool applyEdits(JsonValue &root, const QList<JsonEdit> &edits)
{
    JsonValue changed = root;
    for (const JsonEdit &edit : edits) {
        if (!applyEdit(changed, edit))
            return false;
    }
    root = std::move(changed);
    return true;
}

QList<JsonEdit> inverted(const QList<JsonEdit> &edits)
{
    QList<JsonEdit> result;
    result.reserve(edits.size());
    std::for_each(edits.rbegin(), edits.rend(), [&result](const JsonEdit &edit) { result.append(edit.inverted()); });
    return result;
}

} // namespace automation
