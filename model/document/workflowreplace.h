#pragma once

#include "model/document/definitionedit.h"
#include "model/document/definitionstate.h"
#include "model/document/workflowsearch.h"
#include "model/validation/problem.h"

#include <QStringList>

namespace automation {

// What replacing hits makes of a definition. Value type.
struct Replacement
{
    DefinitionEdit edit; // all of it as one; no edits when nothing can be replaced
    qsizetype replaced = 0; // hits
    QStringList refused; // translated: hits that cannot be replaced, each with its step and the reason
    QList<Problem> arising; // that the definition does not have yet
    EditOutcome outcome; // of the edit, to be pushed with it
};

// Replaces hits that findInDefinition() found in this very definition: ids by renaming the step with all that leads to
// it, all else by its text. A number stays a number and a truth value one, or is refused. What the replaced definition
// would have for problems is told, not prevented. InvalidArgument when a hit is not there any more. Pure function, any
// thread.
Result<Replacement> replaceHits(
    const WorkflowDefinition &definition, const DefinitionGraph &graph, const QList<SearchHit> &hits);

// A text with the hits in it replaced; all of them must be of the same subject.
QString replacedText(const QString &subject, const QList<SearchHit> &hits);

} // namespace automation
