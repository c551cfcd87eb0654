#pragma once

#include "model/expression/scriptcontext.h"
#include "model/json/jsonpointer.h"

#include <memory>
#include <QElapsedTimer>

namespace automation {

// The work of the evaluator program: one request in, one answer out (see evaluatorprotocol.h). Scripts that only look
// at things share a world; after one that might have changed something the next gets a new world. Not thread-safe.
class TemplateEvaluator
{
public:
    TemplateEvaluator();
    ~TemplateEvaluator();
    TemplateEvaluator(const TemplateEvaluator &) = delete;
    TemplateEvaluator &operator=(const TemplateEvaluator &) = delete;

    JsonValue answer(const QByteArray &requestLine);

private:
    struct Failure
    {
        ScriptFailure cause;
        QString script;
        QString place;
        int column = 0;
    };
    template <typename T> using Outcome = std::variant<T, Failure>;

    Outcome<JsonValue> transform(const JsonValue &value, const JsonPointer &place);
    Outcome<JsonValue> transformText(const QString &text, const JsonPointer &place);
    Outcome<bool> truth(const QString &text);
    Outcome<JSValueRef> run(const QString &text, QStringView script, qsizetype scriptStart, const JsonPointer &place);
    bool ensureContext();

    JSContextGroupRef m_group;
    std::unique_ptr<ScriptContext> m_context;
    bool m_isScopeSet = false;
    QByteArray m_data;
    QByteArray m_step;
    qint64 m_nowMs = 0;
    qsizetype m_lengthLeft = 0; // of what this request may still produce
    QElapsedTimer m_elapsed;
};

} // namespace automation
