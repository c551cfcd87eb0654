#pragma once

#include "model/document/definitionedit.h"

#include <optional>

namespace automation {

// Limit when the value that an edit brings would lie deeper than a file may nest: what was written then could not be
// read again.
Result<void> checkDepth(const JsonEdit &edit);

// Notes down the smallest changes of a tree while making them on a copy, so that later ones may build on earlier ones.
// A change that does not fit makes the whole recording fail.
class EditRecorder
{
public:
    explicit EditRecorder(const WorkflowDefinition &definition)
        : m_root(definition.root())
    {
    }

    const JsonValue &root() const { return m_root; } // as changed so far
    const JsonValue *at(const JsonPointer &place) const { return place.resolve(m_root); }

    void replace(const JsonPointer &place, const JsonValue &value); // nothing when it is there already
    void insertElement(const JsonPointer &array, qsizetype index, const JsonValue &value);
    void insertMember(const JsonPointer &object, qsizetype index, const QString &key, const JsonValue &value);
    // Of a member that stands several times all go, or all are renamed: else one that did not count would come to life.
    void remove(const JsonPointer &place);
    void renameKey(const JsonPointer &member, const QString &newKey);

    // The recording put into edit; InvalidArgument when a change did not fit, Limit when a value would lie deeper than
    // a file may nest.
    Result<DefinitionEdit> finish(DefinitionEdit edit);

private:
    void add(const Result<JsonEdit> &edit);
    template <typename Make> void addForEach(const JsonPointer &member, Make make);

    JsonValue m_root;
    QList<JsonEdit> m_edits;
    std::optional<Error> m_error;
};

} // namespace automation
