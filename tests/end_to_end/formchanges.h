#pragma once

#include "model/definition/stepcatalog.h"
#include "model/json/jsonpointer.h"

namespace automation {

// An input of a form and where its value stands in the definition.
struct FormLeaf
{
    InputField field; // its name is that of the editor: "content.interactive.action.buttons/0/reply.title"
    JsonPointer place;
};

// Of the fields that have a meaning among these inputs, which stand at place; those of elements of lists behind them.
QList<FormLeaf> formLeaves(const QList<InputField> &fields, const JsonValue &inputs, const JsonPointer &place);

// Where two values differ, order included; at place as a whole, even when it or what it stands in is new.
QStringList changedPlaces(const JsonValue &before, const JsonValue &after, const JsonPointer &place);

// How many keys of our own, "x-…", stand in elements of lists.
qsizetype ownKeysInLists(const JsonValue &value, bool isInList = false);

} // namespace automation
