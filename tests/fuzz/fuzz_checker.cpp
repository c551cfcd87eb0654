// Any definition: every problem has words and a place in it, every fix can be applied.

#include "require.h"

#include "model/json/jsonreader.h"
#include "model/validation/validator.h"

using namespace automation;

extern "C" int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
    Result<JsonValue> root = readJson(QByteArray(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size)));
    if (!root)
        return 0;
    const Result<WorkflowDefinition> definition = WorkflowDefinition::fromJson(*root);
    if (!definition)
        return 0;
    const StepCatalog &catalog = StepCatalog::builtIn();
    const DefinitionGraph graph = DefinitionGraph::build(*definition, catalog);
    for (const Problem &problem : validate(*definition, graph, catalog)) {
        require(!problem.rule.isEmpty() && !problem.message.isEmpty(), "a problem has words");
        JsonValue fixed = definition->root();
        require(applyEdits(fixed, problem.fix), "a fix can be applied");
        require(problem.fix.isEmpty() || fixed != definition->root(), "a fix changes something");
        require(applyEdits(fixed, inverted(problem.fix)) && fixed == definition->root(), "a fix can be undone");
    }
    return 0;
}
