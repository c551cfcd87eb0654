#pragma once

#include "model/definition/definitiongraph.h"
#include "model/json/jsonedit.h"

namespace automation {

// A change a person asked for, ready to be pushed on a document: pure data, made by the functions in
// model/document/commands from a definition and its graph.
struct DefinitionEdit
{
    QString text; // translated, for the undo list: "Insert SMS"
    QList<JsonEdit> edits;
    QStringList stepKeys; // steps it touches
    bool structureChanged = false;
    bool triggerChanged = false;
    QString reveal; // step to select and show afterwards; may be empty
    QString mergeKey; // consecutive edits of the same non-empty key become one undo step (typing in one field)
};

} // namespace automation
