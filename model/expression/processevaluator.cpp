#include "model/expression/processevaluator.h"

#include "model/expression/evaluatorprotocol.h"
#include "model/expression/expressiontemplate.h"
#include "model/expression/scriptcheck.h"
#include "model/json/jsonpointer.h"
#include "model/json/jsonreader.h"
#include "model/json/jsonwriter.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QFileInfo>

namespace automation {

namespace {

namespace protocol = evaluatorprotocol;

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(automation::ProcessEvaluator)
};

constexpr qint64 startLimitMs = 20'000; // a busy machine may take its time to load the engine
constexpr qint64 graceMs = 250; // beyond the scripts' own limit, for reading and writing
constexpr qint64 hardLimitMs = 5'000; // for a helper that gets no processor time
constexpr qint64 bytesPerMs = 5'000; // reading and writing of large contexts, slowest build
constexpr int watchIntervalMs = 10;
constexpr qsizetype maxAnswerLength = 6 * protocol::maxResultLength + 4096;
constexpr JsonLimits answerLimits {maxAnswerLength + 65536, protocol::maxDepth};

// Whether a value has an expression anywhere: most have none, and need no helper.
bool holdsExpressions(const JsonValue &value)
{
    if (value.isString())
        return ExpressionTemplate::mayHaveExpressions(value.toString());
    for (qsizetype i = 0; i < value.size(); ++i) {
        if (holdsExpressions(value.at(i)))
            return true;
    }
    return false;
}

QString quoted(QString script)
{
    constexpr qsizetype shown = 120;
    script = script.simplified();
    if (script.size() > shown)
        script = script.left(shown) + QChar(0x2026);
    return script;
}

Error errorOf(const JsonValue &answer)
{
    const QString kind = answer[protocol::errorKey].toString();
    const JsonValue *scriptValue = answer.find(protocol::scriptKey);
    const QString fullScript = scriptValue ? scriptValue->toString() : QString();
    const QString script = quoted(fullScript);
    const QString place = answer[protocol::placeKey].toString();
    Error error;
    error.code = ErrorCode::Internal;
    if (kind == protocol::expressionError)
        error.code = ErrorCode::Expression;
    else if (kind == protocol::timeoutError)
        error.code = ErrorCode::Timeout;
    else if (kind == protocol::limitError)
        error.code = ErrorCode::Limit;
    QString words = answer[protocol::messageKey].toString();
    if (error.code == ErrorCode::Timeout)
        words = Text::tr("it takes longer than %1 ms").arg(protocol::scriptLimitMs);
    // The helper speaks English; what can be found out here is said in the person's language.
    else if (const auto problem = scriptValue ? checkScript(fullScript) : std::nullopt)
        words = problem->message;
    if (!scriptValue)
        error.message = place.isEmpty() ? words : Text::tr("%1: %2").arg(place, words);
    else if (place.isEmpty())
        error.message = Text::tr("The expression {{%1}} failed: %2").arg(script, words);
    else
        error.message = Text::tr("The expression {{%1}} at %2 failed: %3").arg(script, place, words);
    const qint64 column = answer[protocol::columnKey].toInteger();
    if (column > 0) {
        error.line = 1;
        error.column = static_cast<int>(column);
    }
    return error;
}

Error cancelled()
{
    return {ErrorCode::Cancelled, Text::tr("The expression was given up.")};
}

} // namespace

ProcessEvaluator::ProcessEvaluator() = default;

ProcessEvaluator::ProcessEvaluator(Options options)
    : m_options(std::move(options))
{
}

ProcessEvaluator::~ProcessEvaluator() = default;

QString ProcessEvaluator::defaultProgram()
{
    const QString folder = QCoreApplication::applicationDirPath();
    const QString beside = folder + QStringLiteral("/automation-evaluator");
    const QString sibling = folder + QStringLiteral("/../bin/automation-evaluator");
    return !QFileInfo::exists(beside) && QFileInfo::exists(sibling) ? QFileInfo(sibling).absoluteFilePath() : beside;
}

Result<void> ProcessEvaluator::prepare()
{
    if (m_helper.isRunning())
        return {};
    const QString program = m_options.program.isEmpty() ? defaultProgram() : m_options.program;
    if (const auto started = m_helper.start(program); !started)
        return started;
    QByteArray line;
    const QDeadlineTimer deadline(startLimitMs);
    auto outcome = HelperProcess::Outcome::TimedOut;
    while (outcome == HelperProcess::Outcome::TimedOut && !deadline.hasExpired() && !m_stop.stop_requested())
        outcome = m_helper.readLine(line, QDeadlineTimer(watchIntervalMs), maxAnswerLength);
    if (outcome == HelperProcess::Outcome::Done) {
        const auto greeting = readJson(line);
        if (greeting && (*greeting)[protocol::readyKey].toBool())
            return {};
    }
    m_helper.kill();
    if (m_stop.stop_requested())
        return cancelled();
    return Error {
        ErrorCode::Internal, Text::tr("The expression evaluator %1 did not start: it gave no answer.").arg(program)};
}

Result<JsonValue> ProcessEvaluator::evaluate(const JsonValue &value, const EvaluationScope &scope)
{
    if (!holdsExpressions(value))
        return value;
    return request(value, false, scope);
}

Result<bool> ProcessEvaluator::evaluateCondition(const QString &expression, const EvaluationScope &scope)
{
    if (!ExpressionTemplate(expression).hasExpressions()) {
        return Error {ErrorCode::Expression,
            Text::tr("The condition “%1” is no expression: it needs double braces, {{…}}.").arg(quoted(expression))};
    }
    const auto truth = request(JsonValue(expression), true, scope);
    if (!truth)
        return truth.error();
    return truth->toBool();
}

Result<JsonValue> ProcessEvaluator::request(const JsonValue &value, bool isCondition, const EvaluationScope &scope)
{
    JsonValue message = JsonValue::object();
    message.set(protocol::valueKey, value);
    message.set(protocol::conditionKey, isCondition);
    message.set(protocol::dataKey, scope.data);
    message.set(protocol::stepKey, scope.step);
    message.set(
        protocol::nowKey, (scope.now.isValid() ? scope.now : QDateTime::currentDateTimeUtc()).toMSecsSinceEpoch());
    const QByteArray line = writeJson(message, JsonStyle::compact()) + '\n';

    // A helper that was killed from outside between two evaluations is not this evaluation's fault: one new try.
    bool helperWasGone = false;
    auto answer = exchange(line, helperWasGone);
    if (!answer && helperWasGone)
        answer = exchange(line, helperWasGone);
    return answer;
}

Result<JsonValue> ProcessEvaluator::exchange(const QByteArray &line, bool &helperWasGone)
{
    const bool isOldHelper = m_helper.isRunning();
    helperWasGone = false;
    if (m_stop.stop_requested())
        return cancelled();
    if (const auto ready = prepare(); !ready)
        return ready.error();

    const qint64 limit = protocol::scriptLimitMs + graceMs + line.size() / bytesPerMs;
    const qint64 processorTimeBefore = m_helper.processorTime();
    QElapsedTimer elapsed;
    elapsed.start();
    const QDeadlineTimer hardDeadline(hardLimitMs + limit);
    auto outcome = m_helper.write(line, hardDeadline);
    QByteArray text;
    while (outcome == HelperProcess::Outcome::Done) {
        outcome = m_helper.readLine(text, QDeadlineTimer(watchIntervalMs), maxAnswerLength);
        if (outcome != HelperProcess::Outcome::TimedOut)
            break;
        if (m_helper.residentMemory() > m_options.memoryLimit) {
            m_helper.kill();
            return Error {ErrorCode::Limit,
                Text::tr("The expression was stopped: it takes more than %1 MiB of memory.")
                    .arg(m_options.memoryLimit / (1024 * 1024))};
        }
        // The clock alone would punish an expression for other programs' work; so the limit is in processor time, as
        // the engine's own, and the clock only has the last word.
        const qint64 used = m_helper.processorTime();
        const bool isSpent = used < 0 || used - processorTimeBefore >= limit;
        if (m_options.clockLimit > 0 && elapsed.elapsed() >= m_options.clockLimit)
            break;
        if ((elapsed.elapsed() >= limit && isSpent) || hardDeadline.hasExpired())
            break;
        if (m_stop.stop_requested()) {
            m_helper.kill();
            return cancelled();
        }
        outcome = HelperProcess::Outcome::Done;
    }
    if (outcome == HelperProcess::Outcome::Done) {
        const auto answer = readJson(text, answerLimits);
        if (answer && answer->contains(protocol::resultKey))
            return (*answer)[protocol::resultKey];
        if (answer && answer->contains(protocol::errorKey))
            return errorOf(*answer);
        m_helper.kill();
        return Error {ErrorCode::Internal, Text::tr("The expression evaluator gave an answer that makes no sense.")};
    }
    m_helper.kill();
    if (outcome == HelperProcess::Outcome::TimedOut) {
        return Error {ErrorCode::Timeout,
            Text::tr("The expression was stopped: it takes longer than %1 ms.").arg(protocol::scriptLimitMs)};
    }
    helperWasGone = isOldHelper;
    return Error {ErrorCode::Internal,
        Text::tr(
            "The expression evaluator ended while it worked on an expression; the next one gets a new evaluator.")};
}

} // namespace automation
