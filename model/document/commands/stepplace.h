#pragma once

#include "model/document/commands/editrecorder.h"
#include "model/document/commands/stepstyle.h"

namespace automation {

// Where steps shall stand: what a person points at when pasting, dropping or moving. Value type.
struct StepPlace
{
    enum class Kind {
        End, // of the outermost list
        Before, // the step key
        After, // the step key
        Sequence, // at index of the sequence of the container key; sequence = number of sequences makes a new one
        Connection // between the two ends of the connection that leaves key at outcomeKey
    };
    Kind kind = Kind::End;
    QString key;
    QString outcomeKey;
    qsizetype sequence = 0;
    qsizetype index = -1; // -1 = at the end

    static StepPlace atEnd() { return {}; }
    static StepPlace before(const QString &key) { return {Kind::Before, key, {}, 0, -1}; }
    static StepPlace after(const QString &key) { return {Kind::After, key, {}, 0, -1}; }
    static StepPlace inSequence(const QString &container, qsizetype sequence, qsizetype index = -1)
    {
        return {Kind::Sequence, container, {}, sequence, index};
    }
    static StepPlace onConnection(const QString &fromKey, const QString &outcomeKey)
    {
        return {Kind::Connection, fromKey, outcomeKey, 0, -1};
    }
};

// A place in a list of steps.
struct ListPlace
{
    JsonPointer list; // an array, or where the next array of a "do" would stand
    qsizetype index = 0;
    QString owner; // key of the container whose "do" must be made or grown for the list; empty when the list is there
};

// The list and index a place means; of a connection, right behind the step it leaves (in front of everything when that
// is the trigger or the way into a sequence). InvalidArgument when there is no such place.
Result<ListPlace> resolvePlace(
    const WorkflowDefinition &definition, const DefinitionGraph &graph, const StepPlace &place);

// Inserts steps there, making the list when it is missing.
void insertSteps(EditRecorder &recorder, const StepStyle &style, const ListPlace &place, const QList<JsonValue> &steps);

// The selected nodes whose container is not selected as well, in file order. InvalidArgument when a key names no step.
Result<QList<int>> outermostSteps(const DefinitionGraph &graph, const QStringList &keys);
// The keys of everything nested in a node, in file order.
QStringList nestedKeys(const DefinitionGraph &graph, int node);
// The key a step has once its id is newId, with regard to the steps of that id before it.
QString keyWithId(const DefinitionGraph &graph, int node, const QString &newId);

// A step that stands in no list: directly in a "do", where a list should be.
bool standsInList(const GraphNode &node);
Error noSequenceError(const GraphNode &container);

} // namespace automation
