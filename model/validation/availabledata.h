#pragma once

#include "model/definition/definitiongraph.h"
#include "model/validation/dataflow.h"

namespace automation {

// Something a step can read from the workflow context, and what is known of it before anything runs.
struct AvailableData
{
    // "data.reply_text", "data.payload.user.msisdn", "data['grand total']": as it stands in an expression.
    QString path;
    QString name; // the variable alone: "reply_text", "payload"
    QString parent; // the path it is a member of: "data", "data.payload.user"
    QString member; // its name there: "reply_text", "msisdn"
    QString type; // "text", "number", "truth", "object", "list"; "any" when it cannot be told
    JsonValue sample; // null when none is known
    QString source; // whose sample it is: the name of a trigger's example payload; empty without one
    QStringList writers; // the steps whose outputs may have written it, by GraphNode::key, in file order
    bool isOfTrigger = false; // the trigger brings it
    // Whether it is there on every path: written before by all of them, or brought by the trigger in each of its
    // example payloads.
    bool isCertain = false;
};

// What "data" holds when a step runs: what the trigger brings, down to the members its example payloads have, then the
// variables that outputs wrote before, in the order of the first step that writes them. Of the latter exactly those the
// checks take for written on some or all paths (see DataFlow). For a node that nothing leads to, only what the trigger
// brings; for the trigger itself nothing. Any thread; O(n log n) for n steps.
QList<AvailableData> availableData(
    const WorkflowDefinition &definition, const DefinitionGraph &graph, int node, DataRead::When when);

} // namespace automation
