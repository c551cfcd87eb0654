#pragma once

#include "model/definition/definitiongraph.h"
#include "model/validation/dataflow.h"

#include <memory>

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
    // One of an example payload, or what the first step that writes it would write after it, as far as that is told
    // without running a script; null when none is known.
    JsonValue sample;
    QString source; // whose sample it is: the name of a trigger's example payload; empty without one
    QStringList writers; // the steps whose outputs may have written it, by GraphNode::key, in file order
    bool isOfTrigger = false; // the trigger brings it
    // Whether it is there on every path: written before by all of them, or brought by the trigger in each of its
    // example payloads.
    bool isCertain = false;
    // Of what outputs write: the output of the first of them, as it stands in the file, and an example of what that
    // step brings back (see sampleAnswer()).
    JsonValue written;
    JsonValue answer;
};

// What "data" holds at each step of one definition. Keeps what is the same for all steps, so that asking for one costs
// little. Immutable, any thread; independent of the definition and the graph it was made from, but not of the graph's
// catalogue.
class DataAtSteps
{
public:
    DataAtSteps(const WorkflowDefinition &definition, const DefinitionGraph &graph);
    ~DataAtSteps();
    DataAtSteps(const DataAtSteps &) = delete;
    DataAtSteps &operator=(const DataAtSteps &) = delete;

    // As of availableData(), of the graph's node of this index.
    QList<AvailableData> at(int node, DataRead::When when) const;

private:
    struct Outputs;
    QStringList m_keys; // of the nodes
    QList<AvailableData> m_ofTrigger;
    std::unique_ptr<Outputs> m_outputs;
    std::unique_ptr<DataFlow> m_flow;
};

// What "data" holds when a step runs: what the trigger brings, down to the members its example payloads have, then the
// variables that outputs wrote before, in the order of the first step that writes them. Of the latter exactly those the
// checks take for written on some or all paths (see DataFlow). For a node that nothing leads to, only what the trigger
// brings; for the trigger itself nothing. Any thread; O(n log n) for n steps.
QList<AvailableData> availableData(
    const WorkflowDefinition &definition, const DefinitionGraph &graph, int node, DataRead::When when);

} // namespace automation
