#pragma once

#include "model/document/definitionedit.h"

namespace automation {

// Gives a step another type and keeps what fits: id, wiring, outputs, unknown members, inputs of the same name, and the
// text of an input that goes by another name there (an SMS's "To" becomes a chat message's "To"). Inputs the new type
// needs come in as in a fresh step. What would be wrong in the new type goes and is said in the notice: inputs only the
// old type knows, and the old type's own conditions (step.reply of a wait), whose targets follow in the new type's own
// outcomes as far as it has any. Pure, see stepcommands.h. InvalidArgument when the step holds other steps and the new
// type cannot.
Result<DefinitionEdit> changeStepType(
    const WorkflowDefinition &definition, const DefinitionGraph &graph, const QString &key, const StepType &type);

} // namespace automation
