#pragma once

#include "model/json/jsonvalue.h"
#include "model/json/result.h"

#include <JavaScriptCore/JavaScript.h>
#include <QByteArray>
#include <QStringView>
#include <variant>

namespace automation {

// Why a script gave no value.
struct ScriptFailure
{
    ErrorCode code = ErrorCode::Expression; // Expression, Timeout or Limit
    QString words; // the engine's own, English
    qsizetype offset = -1; // UTF-16 units in the script, -1 = not known
};

// One JavaScript world: the language's own library, the catalogue's functions, data and step, and nothing else. Not
// thread-safe. Used by the evaluator program only, which dies with a script that cannot be stopped otherwise.
class ScriptContext
{
public:
    explicit ScriptContext(JSContextGroupRef group);
    ~ScriptContext();
    ScriptContext(const ScriptContext &) = delete;
    ScriptContext &operator=(const ScriptContext &) = delete;

    // What scripts see from now on; texts are JSON. False when one does not fit the engine.
    bool setScope(const QByteArray &data, const QByteArray &step, qint64 nowMs);

    // Runs one checked script. The value lives until the next run.
    std::variant<JSValueRef, ScriptFailure> run(QStringView script);

    // What a value is in a text: null and undefined are nothing, objects are JSON.
    std::variant<QString, ScriptFailure> toText(JSValueRef value, qsizetype maxLength);
    // undefined, functions and symbols become null.
    std::variant<JsonValue, ScriptFailure> toJson(JSValueRef value, qsizetype maxLength);
    bool toBool(JSValueRef value) const { return JSValueToBoolean(m_context, value); }

    // Set when the time limit ended a script; the context must not be used again.
    static bool wasTerminated();
    static void allowTime(JSContextGroupRef group, double seconds);

private:
    bool setGlobal(const char *name, const QByteArray &json);
    void install();
    ScriptFailure failure(JSValueRef exception, qsizetype prefixLength, QStringView script) const;
    std::variant<QString, ScriptFailure> jsonText(JSValueRef value, qsizetype maxLength, bool &isNothing);

    JSGlobalContextRef m_context;
    qint64 m_nowMs = 0;
};

} // namespace automation
