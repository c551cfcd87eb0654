#pragma once

#include "app/views/jsoncontext.h"
#include "model/document/workflowdocument.h"

namespace automation {

// Something that may be written at a place of a definition's text.
struct JsonOffer
{
    QString name;
    QString detail; // a few words beside it
    QString sentence; // plain text, may be empty
    QString follows; // behind the closing quote of a name: ": ", or with the quotes its value begins with
    bool isDoubtful = false;
};

// What fits at the place, best first: names of members from the catalogue, types, ids of steps as targets, choices.
// Only those that what is typed is a part of. Any thread.
QList<JsonOffer> jsonOffers(const JsonContext &place, const WorkflowDocument &document);
// The step that is written there, as a node; -1 when the definition does not have it (yet).
int nodeAt(const JsonContext &place, const WorkflowDocument &document);
// Whether the place is inside the outputs of a step.
bool isInOutputs(const JsonContext &place);

} // namespace automation
