#pragma once

#include "model/definition/definitiongraph.h"
#include "model/json/jsonedit.h"

#include <QHash>
#include <QPointF>

namespace automation {

// A change a person asked for, ready to be pushed on a document: pure data, made by the functions in
// model/document/commands from a definition and its graph.
struct DefinitionEdit
{
    QString text; // translated, for the undo list: "Insert SMS"
    QList<JsonEdit> edits;
    QStringList stepKeys; // steps whose lines it changes, brings or takes; keys before and after
    bool structureChanged = false;
    bool triggerChanged = false;
    QString reveal; // step to select and show afterwards; may be empty
    QString mergeKey; // consecutive edits of the same non-empty key become one undo step (typing in one field)
    QStringList created; // steps that come in at the outermost level (paste, duplicate), for selecting them
    QHash<QString, QPointF> positions; // where steps that come shall stand, by key, as if put there by hand
    // Translated; what the person should know about the outcome: what was dropped, what to look at by hand. One
    // sentence a line, empty when all went as asked.
    QString notice;
};

} // namespace automation
