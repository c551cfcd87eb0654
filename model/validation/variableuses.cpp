#include "model/validation/variableuses.h"

#include "model/expression/scriptanalysis.h"

namespace automation {

namespace {

class Collector
{
public:
    explicit Collector(QList<VariableUse> *uses)
        : m_uses(uses)
    {
    }

    void collect(int node, const JsonValue &value, const JsonPointer &place)
    {
        if (value.isString()) {
            const QString text = value.toString();
            if (!ExpressionTemplate::mayHaveExpressions(text))
                return;
            const std::shared_ptr<const TextAnalysis> analysis = analyseText(text);
            for (const auto &[script, start] : analysis->expressions) {
                for (const ScriptReference &reference : script->references.references) {
                    if (reference.root == u"data" && !reference.path.isEmpty())
                        m_uses->append({reference.names(), node, place});
                }
            }
            return;
        }
        for (qsizetype i = 0; i < value.size(); ++i)
            collect(node, value.at(i), value.isArray() ? place / i : place / value.keyAt(i));
    }

private:
    QList<VariableUse> *m_uses;
};

} // namespace

QList<VariableUse> variableUses(const WorkflowDefinition &definition, const DefinitionGraph &graph)
{
    QList<VariableUse> uses;
    Collector collector(&uses);
    for (int i = 1; i < int(graph.nodes().size()); ++i) {
        const GraphNode &node = graph.nodes().at(i);
        const JsonValue *step = node.pointer.resolve(definition.root());
        for (qsizetype k = 0; step && step->isObject() && k < step->size(); ++k) {
            // Steps inside have nodes of their own.
            const QString key = step->keyAt(k);
            if (key == u"inputs" || key == u"outputs" || key == u"selectNextStep")
                collector.collect(i, step->at(k), node.pointer / key);
        }
    }
    return uses;
}

} // namespace automation
