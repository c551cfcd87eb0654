#include "designer/canvas/canvassearch.h"

namespace automation {

namespace {

constexpr int deepest = 200; // no value a person reads is nested deeper

bool holds(const JsonValue &value, const QString &text, int depth = 0)
{
    if (depth > deepest)
        return false;
    if (value.isString())
        return value.toString().contains(text, Qt::CaseInsensitive);
    if (value.isNumber())
        return QString::fromLatin1(value.numberLexeme()).contains(text);
    for (qsizetype i = 0; i < value.size(); ++i) {
        if (value.isObject() && value.keyAt(i).contains(text, Qt::CaseInsensitive))
            return true;
        if (holds(value.at(i), text, depth + 1))
            return true;
    }
    return false;
}

bool stepHolds(const JsonValue &step, const QString &text)
{
    for (qsizetype i = 0; i < step.size(); ++i) {
        const QString key = step.keyAt(i);
        // Steps of their own; and where a step leads to is no text of it.
        if (key == u"do" || key == u"nextStepId")
            continue;
        const JsonValue &value = step.at(i);
        if (key == u"selectNextStep" && value.isObject()) {
            for (qsizetype k = 0; k < value.size(); ++k) {
                if (holds(value.at(k), text))
                    return true;
            }
        } else if (holds(value, text)) {
            return true;
        }
    }
    return false;
}

} // namespace

QStringList stepsWith(const QString &text, const WorkflowDefinition &definition, const DefinitionGraph &graph)
{
    QStringList keys;
    const QString wanted = text.trimmed();
    if (wanted.isEmpty())
        return keys;
    for (const GraphNode &node : graph.nodes()) {
        const bool named = node.id.contains(wanted, Qt::CaseInsensitive)
            || (node.type && node.type->label.contains(wanted, Qt::CaseInsensitive));
        if (node.isTrigger) {
            if (named || node.typeName.contains(wanted, Qt::CaseInsensitive)
                || definition.name().contains(wanted, Qt::CaseInsensitive))
                keys.append(node.key);
            continue;
        }
        const JsonValue *step = named ? nullptr : node.pointer.resolve(definition.root());
        if (named || (step && step->isObject() && stepHolds(*step, wanted)))
            keys.append(node.key);
    }
    return keys;
}

} // namespace automation
