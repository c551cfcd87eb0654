#pragma once

#include "model/definition/definitiongraph.h"
#include "model/validation/problem.h"

#include <memory>

namespace automation {

// Finds the problems of a definition, and of the definitions it becomes by editing. What the rules found out about a
// step alone is kept while the step's JSON is shared with the definition checked last, so that checking again after an
// edit costs little more than the rules over all steps. One thread at a time; not copyable.
class Validator
{
public:
    explicit Validator(const StepCatalog &catalog); // must outlive it
    ~Validator();
    Validator(const Validator &) = delete;
    Validator &operator=(const Validator &) = delete;

    // All problems, errors first, then in file order. graph must be the definition's own, of the same catalogue. The
    // same result as validate() gives, whatever was checked before.
    QList<Problem> check(const WorkflowDefinition &definition, const DefinitionGraph &graph);

private:
    class Memory;
    const StepCatalog &m_catalog;
    std::unique_ptr<Memory> m_memory;
};

// The same for a single check. Pure function, any thread.
QList<Problem> validate(const WorkflowDefinition &definition, const DefinitionGraph &graph, const StepCatalog &catalog);

} // namespace automation
