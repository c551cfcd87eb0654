#include "designer/inspector/liveresult.h"

#include "designer/inspector/editortools.h"
#include "model/expression/expressiontemplate.h"
#include "model/expression/scriptreferences.h"
#include "model/expression/scriptsyntax.h"
#include "model/json/jsonwriter.h"

namespace automation {

namespace {

constexpr int typingPauseMs = 80;
constexpr int patienceMs = 300;
constexpr qsizetype longestValue = 200;
constexpr qsizetype mostLines = 8;

// Every text with expressions in a value.
void collectTexts(const JsonValue &value, QStringList *texts)
{
    if (value.isString()) {
        const QString text = value.toString();
        if (ExpressionTemplate::mayHaveExpressions(text))
            texts->append(text);
        return;
    }
    for (qsizetype i = 0; i < value.size(); ++i)
        collectTexts(value.at(i), texts);
}

bool holdsExpressions(const JsonValue &value)
{
    QStringList texts;
    collectTexts(value, &texts);
    return std::any_of(
        texts.begin(), texts.end(), [](const QString &text) { return ExpressionTemplate(text).hasExpressions(); });
}

template <typename Each> void forEachScript(const JsonValue &value, const Each &each)
{
    QStringList texts;
    collectTexts(value, &texts);
    for (const QString &text : std::as_const(texts)) {
        const ExpressionTemplate parts(text);
        for (const TemplatePart &part : parts.parts()) {
            if (part.isExpression)
                each(parts.script(part));
        }
    }
}

bool canBeRead(const JsonValue &value)
{
    bool isFine = true;
    forEachScript(
        value, [&](QStringView script) { isFine = isFine && !checkScript(script) && !checkScriptSyntax(script); });
    return isFine;
}

QString inWords(const JsonValue &value)
{
    // A long text is cut before it is written: it may have millions of characters.
    if (value.isString() && value.toString().size() > longestValue)
        return u'"' + value.toString().left(longestValue) + QChar(0x2026) + u'"';
    if (value.isString())
        return QString::fromUtf8(writeJson(value, JsonStyle::compact()));
    const QString text = value.isNull() ? QStringLiteral("null") : plainText(value);
    return text.size() > longestValue ? text.left(longestValue) + QChar(0x2026) : text;
}

QString shownResult(const QString &name, const QString &result)
{
    return name.isEmpty() ? QStringLiteral("= ") + result : QStringLiteral("%1 = %2").arg(name, result);
}

QString inLines(const QStringList &lines)
{
    const bool areTooMany = lines.size() > mostLines + 1;
    return areTooMany ? lines.first(mostLines).join(u'\n') + u'\n' + QChar(0x2026) : lines.join(u'\n');
}

} // namespace

LiveResult::LiveResult(StepData *data, std::function<StepData::Sample()> sample, Kind kind, QObject *parent)
    : QObject(parent)
    , m_data(data)
    , m_sample(std::move(sample))
    , m_kind(kind)
{
    m_pause.setSingleShot(true);
    m_pause.setInterval(typingPauseMs);
    m_patience.setSingleShot(true);
    m_patience.setInterval(patienceMs);
    connect(&m_pause, &QTimer::timeout, this, &LiveResult::ask);
    connect(&m_patience, &QTimer::timeout, this, [this] {
        State state;
        state.phase = State::Phase::Working;
        state.text = tr("= …");
        state.source = m_used.source;
        setState(state);
    });
    connect(data, &StepData::changed, this, [this] {
        if (!m_parts.isEmpty())
            m_pause.start();
    });
}

void LiveResult::setValue(const JsonValue *value)
{
    m_parts.clear();
    if (value && m_kind == Kind::Members && value->isObject()) {
        for (qsizetype i = 0; i < value->size(); ++i) {
            if (holdsExpressions(value->at(i)))
                m_parts.append({value->keyAt(i), value->at(i)});
        }
    } else if (value && holdsExpressions(*value)) {
        m_parts.append({{}, *value});
    }
    if (!m_parts.isEmpty()) {
        m_pause.start();
        if (m_state.phase == State::Phase::None)
            expect();
        return;
    }
    m_pause.stop();
    m_patience.stop();
    m_asked.reset();
    if (m_data)
        m_data->evaluator()->cancel(this);
    if (m_state.phase != State::Phase::None)
        setState({});
}

bool LiveResult::isPending() const
{
    return !m_parts.isEmpty() && (m_pause.isActive() || m_patience.isActive() || !m_state.isThere());
}

// What shows the result has its room before it is there, so that nothing jumps.
void LiveResult::expect()
{
    if (!m_data)
        return;
    State state;
    state.phase = State::Phase::Expected;
    state.source = m_data->source().name;
    QStringList lines;
    for (const Part &part : std::as_const(m_parts)) {
        const QString result = inWords(m_kind == Kind::Condition ? JsonValue(true) : part.value);
        lines += shownResult(part.name, result);
    }
    state.text = inLines(lines);
    setState(state);
}

void LiveResult::ask()
{
    if (!m_data || m_parts.isEmpty())
        return;
    const StepData::Sample sample = m_sample();
    if (sample.isPending)
        return; // StepData::changed() comes when it is known
    m_used = sample;
    AsyncEvaluator::Request request;
    for (const Part &part : std::as_const(m_parts))
        request.values.append(part.value);
    request.isCondition = m_kind == Kind::Condition;
    request.data = m_used.data;
    request.step = m_used.step;
    request.before = m_used.before;
    if (m_asked == request && m_state.source == m_used.source)
        return;
    m_asked = request;
    m_patience.start();
    m_data->evaluator()->evaluate(this, request, [this](const AsyncEvaluator::Answer &answer) { take(answer); });
}

void LiveResult::take(const AsyncEvaluator::Answer &answer)
{
    m_patience.stop();
    QStringList unknown = m_used.unknown;
    for (const QString &variable : answer.unknown)
        unknown += QStringLiteral("data.") + variable;
    State state;
    state.phase = State::Phase::Unknown;
    state.source = m_used.source;
    QStringList lines;
    QStringList absent;
    for (qsizetype i = 0; i < answer.results.size() && i < m_parts.size(); ++i) {
        const Result<JsonValue> &result = answer.results.at(i);
        const Part &part = m_parts.at(i);
        const QString label = part.name.isEmpty() ? QString() : tr("%1: ").arg(part.name);
        const QStringList without = namesOf(part.value, unknown);
        if (!without.isEmpty()) {
            lines += label + tr("no example value for %1").arg(without.join(QStringLiteral(", ")));
        } else if (!result) {
            lines += label + result.error().message;
            state.isOfSyntax = state.phase != State::Phase::Failed && result.error().code == ErrorCode::Expression
                && !canBeRead(part.value);
            state.phase = State::Phase::Failed;
        } else {
            lines += shownResult(part.name, inWords(*result));
            absent += placesWithoutValue(part.value);
            if (state.phase == State::Phase::Unknown)
                state.phase = State::Phase::Value;
        }
    }
    state.text = inLines(lines);
    if (answer.results.size() == 1 && answer.results.first())
        state.value = *answer.results.first();
    absent.removeDuplicates();
    if (!absent.isEmpty())
        state.note = tr("nothing in %1").arg(absent.join(QStringLiteral(", ")));
    setState(state);
}

void LiveResult::setState(const State &state)
{
    m_state = state;
    Q_EMIT stateChanged();
}

// Which of these a value reads.
QStringList LiveResult::namesOf(const JsonValue &value, const QStringList &unknown) const
{
    QStringList names;
    forEachScript(value, [&](QStringView script) {
        for (const ScriptReference &reference : findReferences(script).references) {
            const QString name = reference.root + u'.' + reference.names().value(0);
            if (unknown.contains(name) && !names.contains(name))
                names += name;
        }
    });
    return names;
}

// What is read but not there, such as a member that only other messages have: the result would be empty there, and
// the person shall see why.
QStringList LiveResult::placesWithoutValue(const JsonValue &value) const
{
    const auto isComputed = [this](const QString &variable) {
        return std::any_of(m_used.before.begin(), m_used.before.end(),
            [&](const AsyncEvaluator::Computed &each) { return each.variable == variable; });
    };
    QStringList places;
    forEachScript(value, [&](QStringView script) {
        for (const ScriptReference &reference : findReferences(script).references) {
            const QStringList names = reference.names();
            if (names.isEmpty() || (reference.root == u"data" && isComputed(names.first())))
                continue;
            const JsonValue *at = reference.root == u"step" ? &m_used.step : &m_used.data;
            for (qsizetype i = 0; at && at->isObject() && i < names.size(); ++i) {
                at = at->find(QStringView(names.at(i)));
                if (!at)
                    places += reference.root + u'.' + names.first(i + 1).join(u'.');
            }
        }
    });
    return places;
}

} // namespace automation
