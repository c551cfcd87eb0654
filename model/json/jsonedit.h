#pragma once

#include "model/json/jsonpointer.h"

#include <QList>

namespace automation {

// One smallest change of a JSON tree, with what it takes to undo it. Value type, serialisable. The container is
// named by its pointer at the moment the edit is applied; within an undo stack that position is stable.
struct JsonEdit
{
    enum class Kind : quint8 {
        Replace, // container[index]: before -> after
        Insert, // after comes in at index (key for objects)
        Remove, // before goes from index (key for objects)
        RenameKey // member at index: key -> newKey
    };

    Kind kind = Kind::Replace;
    JsonPointer container;
    qsizetype index = 0;
    QString key; // of the member, empty in arrays
    QString newKey;
    JsonValue before;
    JsonValue after;

    // The change as it would have to be made on root. The place must exist; InvalidArgument otherwise.
    static Result<JsonEdit> replace(const JsonValue &root, const JsonPointer &place, JsonValue after);
    // Into an array, or as member key into an object: at index, -1 = last.
    static JsonEdit insertElement(const JsonPointer &array, qsizetype index, JsonValue value);
    static JsonEdit insertMember(const JsonPointer &object, qsizetype index, const QString &key, JsonValue value);
    static Result<JsonEdit> remove(const JsonValue &root, const JsonPointer &place);
    static Result<JsonEdit> renameKey(const JsonValue &root, const JsonPointer &member, const QString &newKey);

    JsonEdit inverted() const;
};

// Applies one edit in place. False (and root unchanged) when it does not fit the tree.
bool applyEdit(JsonValue &root, const JsonEdit &edit);
// Applies edits in order. False (and root unchanged) when one does not fit the tree.
bool applyEdits(JsonValue &root, const QList<JsonEdit> &edits);
// The edits that take back what these did: inverted, in reverse order.
QList<JsonEdit> inverted(const QList<JsonEdit> &edits);

} // namespace automation
