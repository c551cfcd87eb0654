#pragma once

#include "model/definition/definitiongraph.h"
#include "model/validation/problem.h"

namespace automation {

// Where things of a definition stand in its text. tree is what readJson() made of text; offsets are bytes. Pure
// functions, any thread.

// The step that an offset is in, the innermost one; the list of steps between them, the root outside of it.
JsonPointer stepAt(const JsonValue &tree, qsizetype offset);
// The node of a step's place; the trigger's for the root; -1 when there is none, as for the list. Steps deeper than the graph goes
// belong to the last one that is there.
int nodeAt(const DefinitionGraph &graph, const JsonPointer &step);

// The text that a place of the definition stands for, invalid when not even the root is known: its value; of something
// missing, the nearest that is there. Of an object or array only what names it, so that a mark stays short: the value
// of its "id" or its bracket.
JsonSpan placeSpan(const JsonValue &tree, const JsonPointer &place);
// The same of a problem, narrowed to the piece of the text it is about.
JsonSpan problemSpan(const QByteArray &text, const JsonValue &tree, const Problem &problem);

} // namespace automation
