#pragma once

#include "model/expression/evaluator.h"
#include "model/expression/helperprocess.h"

#include <stop_token>

namespace automation {

// Evaluates in a helper process (automation-evaluator), started at the first need and kept. A helper that takes longer
// than the limit or more memory than allowed is killed; the next evaluation starts a new one. Blocking, so keep it off
// the GUI thread. Not thread-safe, but not bound to a thread either: workers may use one after the other.
//
// Errors: Expression (refused, does not parse, or threw; column is the code point in the text that holds it), Timeout,
// Limit (result or memory too large), Cancelled (see setStopToken), Internal (no helper to be had).
class ProcessEvaluator : public ExpressionEvaluator
{
public:
    struct Options
    {
        QString program; // empty: defaultProgram()
        qint64 memoryLimit = qint64(512) * 1024 * 1024; // bytes resident
        // Milliseconds by the clock after which a person shall know that there is no result, however busy the machine
        // is; 0 = only processor time counts. Starting a helper is not counted.
        qint64 clockLimit = 0;
    };

    ProcessEvaluator();
    explicit ProcessEvaluator(Options options);
    ~ProcessEvaluator() override;

    // automation-evaluator beside the running program, or in the bin folder next to that program's folder.
    static QString defaultProgram();

    Result<JsonValue> evaluate(const JsonValue &value, const EvaluationScope &scope) override;
    Result<bool> evaluateCondition(const QString &expression, const EvaluationScope &scope) override;

    // Evaluations from now on are given up when the token says so, which any thread may do at any time: within some
    // milliseconds they answer Cancelled, and their helper is killed.
    void setStopToken(std::stop_token token) { m_stop = std::move(token); }

    // Starts the helper ahead of the first evaluation, which then does not wait for it.
    Result<void> prepare();
    // Of the helper, -1 when none runs. For monitoring.
    qint64 helperProcessId() const { return m_helper.isRunning() ? m_helper.processId() : -1; }

private:
    Result<JsonValue> request(const JsonValue &value, bool isCondition, const EvaluationScope &scope);
    Result<JsonValue> exchange(const QByteArray &line, bool &helperWasGone);

    Options m_options;
    HelperProcess m_helper;
    std::stop_token m_stop;
};

} // namespace automation
