#include "model/validation/rulecontext.h"

#include "model/json/jsontextview.h"
#include "model/json/visibletext.h"

#include <atomic>

namespace automation {

QString RuleText::with(const QString &text, const QString &value)
{
    const qsizetype place = text.indexOf(u"%1");
    if (place < 0)
        return text;
    QString result;
    result.reserve(text.size() + value.size());
    result.append(QStringView(text).first(place)).append(value).append(QStringView(text).sliced(place + 2));
    return result;
}

VariableNames::VariableNames()
{
    static std::atomic<quint64> count = 0;
    m_serial = ++count;
}

int VariableNames::number(const ScriptAnalysis &script)
{
    // Scripts are shared by all that is checked, so the number must be known to be one of these.
    constexpr int bits = 20;
    const quint64 known = script.numberOfOnlyReads.load(std::memory_order_relaxed);
    if (known >> bits == m_serial)
        return int(known & ((1u << bits) - 1));
    const int number = this->number(script.onlyReads, script.onlyReadsHash);
    if (number < 1 << bits)
        script.numberOfOnlyReads.store(m_serial << bits | quint64(number), std::memory_order_relaxed);
    return number;
}

int VariableNames::number(const QString &name, size_t hash)
{
    const int number
        = m_numbers.findOrAdd(name, hash, count(), [this](int known) { return QStringView(m_names.at(known)); });
    if (number == count())
        m_names += name;
    return number;
}

RuleContext::RuleContext(const WorkflowDefinition &definition, const DefinitionGraph &graph, const StepCatalog &catalog,
    VariableNames &variables, const std::vector<RuleStep> &steps)
    : m_definition(definition)
    , m_graph(graph)
    , m_catalog(catalog)
    , m_variables(variables)
    , m_steps(steps)
{
    if (const StepType *started = trigger()) {
        m_hasMessage = started->name == u"inbound_sms" || started->name == u"inbound_chat_apps";
        m_messageKind = started->name == u"inbound_sms" ? MessageShape::Kind::Sms : MessageShape::Kind::Chat;
    }
}

QStringList RuleContext::writtenNames() const
{
    QStringList names;
    for (int i = 0; i < m_variables.count(); ++i) {
        if (m_facts->isWritten(i))
            names += m_variables.name(i);
    }
    names.sort(); // the numbers depend on what was checked before
    return names;
}

const RuleStep *RuleContext::stepOf(int node) const
{
    return node > 0 && size_t(node) <= m_steps.size() ? &m_steps[size_t(node) - 1] : nullptr;
}

Problem &RuleContext::report(
    Problem::Severity severity, QLatin1StringView rule, const JsonPointer &pointer, const QString &message)
{
    // Of one step nobody reads more, and a step may have any number of conditions, fields and texts.
    constexpr qsizetype mostOfStep = 1000;
    const bool isDropped = m_into != &m_found && m_into->size() >= mostOfStep;
    if (isDropped)
        m_dropped = {};
    Problem &problem = isDropped ? m_dropped : m_into->emplace_back();
    problem.rule = rule;
    problem.severity = severity;
    problem.pointer = pointer;
    constexpr qsizetype longest = 1000; // messages repeat what stands in the file
    problem.message = visibleText(message.size() > longest ? message.left(longest) + u'…' : message);
    return problem;
}

Problem &RuleContext::report(Problem::Severity severity, QLatin1StringView rule, const RuleStep &step,
    const JsonPointer &pointer, const QString &message)
{
    Problem &problem = report(severity, rule, pointer, message);
    problem.stepKey = step.node->key;
    problem.stepId = step.node->id;
    return problem;
}

Problem &RuleContext::report(Problem::Severity severity, QLatin1StringView rule, const RuleStep &step,
    const ScriptUse &use, qsizetype offset, qsizetype length, const QString &message)
{
    Problem &problem = report(severity, rule, step, placeOf(step, use), message);
    problem.offset = use.offset + offset;
    problem.length = length;
    return problem;
}

JsonPointer placeOf(const RuleStep &step, const ScriptUse &use)
{
    static const QString names[] {
        QStringLiteral("inputs"), QStringLiteral("outputs"), QStringLiteral("selectNextStep")};
    JsonPointer place = step.node->pointer / names[size_t(use.where)];
    const JsonValue *value = use.where == ScriptUse::Where::Inputs ? &step.view.inputs()
        : use.where == ScriptUse::Where::Outputs                   ? &step.view.outputs()
                                                                   : &step.view.selectNextStep();
    for (const qsizetype index : use.path) {
        place = value->isArray() ? place / index : place / value->keyAt(index);
        value = &value->at(index);
    }
    return place;
}

QString RuleContext::freeId(const QString &base)
{
    int &count = m_counts[base];
    QString id;
    do {
        ++count;
        id = count == 1 ? base : base + u'_' + QString::number(count);
    } while (m_graph.indexOfId(id) >= 0);
    return id;
}

void setFix(Problem &problem, const QString &text, const Result<JsonEdit> &edit)
{
    if (edit)
        setFixes(problem, text, {*edit});
}

void setFixes(Problem &problem, const QString &text, const QList<JsonEdit> &edits)
{
    problem.fixText = visibleText(text);
    problem.fix = edits;
}

void setTextFix(Problem &problem, const RuleContext &context, const QString &replacement)
{
    // In a longer one all its fixes together would take a multiple of its size.
    constexpr qsizetype longest = 20'000;
    const JsonValue *value = problem.pointer.resolve(context.root());
    if (!value || !value->isString() || problem.offset < 0 || JsonTextView(*value).size() > longest)
        return;
    QString text = value->toString();
    text.replace(problem.offset, problem.length, replacement);
    setFix(
        problem, RuleText::tr("Write %1").arg(replacement), JsonEdit::replace(context.root(), problem.pointer, text));
}

} // namespace automation
