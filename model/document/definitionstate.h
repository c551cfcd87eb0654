#pragma once

#include "model/validation/validator.h"

#include <memory>

namespace automation {

// A definition with all that was found out about it, so that a document can take it over without a look at each step.
// Made on any thread; one at a time may use it.
struct DefinitionState
{
    WorkflowDefinition definition;
    DefinitionGraph graph;
    QList<Problem> problems;
    std::shared_ptr<Validator> validator; // which found them, and checked nothing since
    bool isChecked = false; // whether they were looked for
};

// What an edit makes of a definition, worked out before it is pushed.
struct EditOutcome
{
    JsonValue before; // root of the definition it was worked out for
    DefinitionState after;
};

} // namespace automation
