#pragma once

#include "model/definition/definitiongraph.h"

#include <optional>

namespace automation {

// One value that differs. Absent on one side = the member came or went.
struct FieldChange
{
    JsonPointer pointer; // within the step, or from the root; where the step was renamed still the same
    std::optional<JsonValue> before;
    std::optional<JsonValue> after;
};

// Where a step stands.
struct StepPosition
{
    QString container; // key of the step whose "do" holds it; empty = top level
    int sequence = -1; // of that "do"
    qsizetype index = 0; // in its list
};

// What became of one step. Several things may be true at once; added and removed ones have only the side there is.
struct StepDifference
{
    QString keyBefore; // GraphNode::key in the first definition, empty when added
    QString keyAfter; // in the second one, empty when removed
    QString idBefore;
    QString idAfter;
    QString typeBefore; // as in the file
    QString typeAfter;
    StepPosition positionBefore;
    StepPosition positionAfter;
    bool moved = false; // to another list, or past its neighbours in the same one
    bool outcomesReordered = false; // the entries of selectNextStep stand in another order
    QList<FieldChange> fields; // without id, stepType, what is nested and what is wired

    bool isAdded() const { return keyBefore.isEmpty(); }
    bool isRemoved() const { return keyAfter.isEmpty(); }
    bool isRenamed() const { return !isAdded() && !isRemoved() && idBefore != idAfter; }
    bool isRetyped() const { return !isAdded() && !isRemoved() && typeBefore != typeAfter; }
    bool isChanged() const;
};

// What became of one way out of a step. From and to are step ids; the trigger's id is empty.
struct ConnectionDifference
{
    enum class Kind { Added, Removed, Retargeted, ConditionChanged };
    Kind kind = Kind::Added;
    QString fromKey; // in the second definition; in the first one for what is removed with its step
    QString from; // id of that step
    bool fromRemoved = false; // the step itself went
    QString outcome; // Outcome::kind in a word: "next", "condition", "default", "do:0"
    QString targetBefore; // empty when there was none
    QString targetAfter;
    std::optional<JsonValue> conditionBefore; // of entries of selectNextStep: text, or null for the default
    std::optional<JsonValue> conditionAfter;
};

// What differs between two definitions for someone who thinks in steps and connections, whatever their layout, their
// order of members, or which members that hold nothing are written. Steps are the same when they have the same id; of
// the others those that have the same content, or similar content and the same neighbours, are taken to be renamed, and
// every reference follows. Steps without id and steps of equal ids are told apart by their content, then by order.
struct DefinitionDiff
{
    QList<StepDifference> steps; // only those that differ; in the order of the second definition, removed ones last
    QList<ConnectionDifference> connections; // in the order of their steps
    QList<FieldChange> fields; // of the workflow: /trigger, /definition/name, …

    bool isEmpty() const { return steps.isEmpty() && connections.isEmpty() && fields.isEmpty(); }
};

// Pure function, any thread; O(n log n) in the number of steps and values.
DefinitionDiff diff(const WorkflowDefinition &before, const WorkflowDefinition &after,
    const StepCatalog &catalog = StepCatalog::builtIn());

} // namespace automation
