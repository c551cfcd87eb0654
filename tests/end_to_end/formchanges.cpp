#include "tests/end_to_end/formchanges.h"

namespace automation {

namespace {

void collectLeaves(const QList<InputField> &fields, const JsonValue &inputs, const QString &prefix,
    const JsonPointer &place, QList<FormLeaf> *leaves)
{
    for (const InputField &field : fields) {
        if (!field.isMeant(inputs))
            continue;
        FormLeaf leaf {field, place};
        leaf.field.name = prefix + field.name;
        for (const QString &key : field.keys)
            leaf.place = leaf.place / key;
        leaves->append(leaf);
        const JsonValue *list = field.editor == InputField::Editor::List ? field.find(inputs) : nullptr;
        for (qsizetype i = 0; list && i < list->size(); ++i)
            collectLeaves(field.items, list->at(i), u"%1/%2/"_qs.arg(leaf.field.name).arg(i), leaf.place / i, leaves);
    }
}

void collectChanges(const JsonValue &before, const JsonValue &after, const JsonPointer &at, const JsonPointer &place,
    QStringList *changes)
{
    if (before == after)
        return;
    const bool areObjects = after.isObject() && (before.isObject() || (before.isNull() && place.startsWith(at)));
    const bool areLists = after.isArray() && before.isArray() && after.size() == before.size();
    if (at == place || (!areObjects && !areLists)) {
        changes->append(at.toString());
        return;
    }
    if (areLists) {
        for (qsizetype i = 0; i < after.size(); ++i)
            collectChanges(before.at(i), after.at(i), at / i, place, changes);
        return;
    }
    QStringList stayed;
    QStringList kept;
    for (qsizetype i = 0; i < before.size(); ++i) {
        const QString &key = before.keyAt(i);
        if (after.contains(key))
            stayed += key;
        else
            changes->append((at / key).toString());
    }
    for (qsizetype i = 0; i < after.size(); ++i) {
        const QString &key = after.keyAt(i);
        if (before.contains(key))
            kept += key;
        collectChanges(before.value(key), after.at(i), at / key, place, changes);
    }
    if (stayed != kept)
        changes->append(u"order of "_qs + at.toString());
}

} // namespace

QList<FormLeaf> formLeaves(const QList<InputField> &fields, const JsonValue &inputs, const JsonPointer &place)
{
    QList<FormLeaf> leaves;
    collectLeaves(fields, inputs, {}, place, &leaves);
    return leaves;
}

QStringList changedPlaces(const JsonValue &before, const JsonValue &after, const JsonPointer &place)
{
    QStringList changes;
    collectChanges(before, after, {}, place, &changes);
    return changes;
}

qsizetype ownKeysInLists(const JsonValue &value, bool isInList)
{
    qsizetype count = 0;
    for (qsizetype i = 0; i < value.size(); ++i) {
        if (value.isObject() && isInList && value.keyAt(i).startsWith(u"x-"))
            ++count;
        count += ownKeysInLists(value.at(i), isInList || value.isArray());
    }
    return count;
}

} // namespace automation
