#include "model/expression/scriptcontext.h"

#include "model/expression/scriptfunctions.h"
#include "model/expression/scriptstring.h"
#include "model/json/jsonreader.h"

#include <cmath>
#include <QDateTime>

// Exported by the library, absent from its public header.
extern "C" void JSContextGroupSetExecutionTimeLimit(
    JSContextGroupRef group, double seconds, bool (*shouldTerminate)(JSContextRef, void *), void *context);

using namespace Qt::Literals::StringLiterals;

namespace automation {

namespace {

bool terminated = false;

bool terminate(JSContextRef, void *)
{
    terminated = true;
    return true;
}

// Takes away what makes code out of text, runs threads or reads the real clock.
constexpr const char *preparation = R"((function (now) {
    'use strict';
    const RealDate = globalThis.Date;
    const FixedDate = function Date(...parts) {
        if (!new.target)
            return new RealDate(now()).toString();
        return Reflect.construct(RealDate, parts.length ? parts : [now()], new.target);
    };
    const hidden = value => ({ value, writable: false, enumerable: false, configurable: false });
    Object.defineProperty(FixedDate, 'prototype', hidden(RealDate.prototype));
    Object.defineProperty(FixedDate, 'now', hidden(() => now()));
    Object.defineProperty(FixedDate, 'parse', hidden(RealDate.parse));
    Object.defineProperty(FixedDate, 'UTC', hidden(RealDate.UTC));
    Object.defineProperty(RealDate.prototype, 'constructor', hidden(FixedDate));
    Object.defineProperty(globalThis, 'Date', hidden(FixedDate));
    for (const f of [function () {}, function* () {}, async function () {}, async function* () {}])
        Object.defineProperty(Object.getPrototypeOf(f), 'constructor', hidden(undefined));
    for (const name of ['eval', 'Function', 'Atomics', 'SharedArrayBuffer', 'WebAssembly', 'WeakRef',
             'FinalizationRegistry', 'ShadowRealm', 'console'])
        delete globalThis[name];
}))";

scriptfunctions::Argument argument(
    JSContextRef context, size_t count, const JSValueRef values[], size_t index, JSValueRef *exception)
{
    if (index >= count || JSValueIsUndefined(context, values[index]) || JSValueIsNull(context, values[index]))
        return std::nullopt;
    const ScriptString text(JSValueToStringCopy(context, values[index], exception));
    return *exception ? std::nullopt : scriptfunctions::Argument(text.toQString());
}

// Milliseconds since 1970, as Date.now() gives them, are a time too.
scriptfunctions::Argument timeArgument(
    JSContextRef context, size_t count, const JSValueRef values[], size_t index, JSValueRef *exception)
{
    if (index < count && JSValueIsNumber(context, values[index])) {
        const double ms = JSValueToNumber(context, values[index], exception);
        if (std::abs(ms) < 8.64e15) {
            return QDateTime::fromMSecsSinceEpoch(static_cast<qint64>(ms), Qt::UTC).toString(Qt::ISODateWithMs);
        }
    }
    return argument(context, count, values, index, exception);
}

JSValueRef result(JSContextRef context, const Result<bool> &answer, JSValueRef *exception)
{
    if (*exception)
        return JSValueMakeUndefined(context);
    if (answer)
        return JSValueMakeBoolean(context, answer.value());
    const ScriptString message(answer.error().message);
    const JSValueRef text = JSValueMakeString(context, message.get());
    *exception = JSObjectMakeError(context, 1, &text, nullptr);
    return JSValueMakeUndefined(context);
}

JSValueRef callIsCountryCode(
    JSContextRef context, JSObjectRef, JSObjectRef, size_t count, const JSValueRef values[], JSValueRef *exception)
{
    const auto number = argument(context, count, values, 0, exception);
    const auto country = argument(context, count, values, 1, exception);
    return result(context, scriptfunctions::isCountryCode(number, country), exception);
}

JSValueRef callStringContains(
    JSContextRef context, JSObjectRef, JSObjectRef, size_t count, const JSValueRef values[], JSValueRef *exception)
{
    const auto source = argument(context, count, values, 0, exception);
    const auto value = argument(context, count, values, 1, exception);
    const bool ignoreCase = count > 2 && JSValueToBoolean(context, values[2]);
    return result(context, scriptfunctions::stringContains(source, value, ignoreCase), exception);
}

JSValueRef callIsTimeOfDayBetween(
    JSContextRef context, JSObjectRef, JSObjectRef, size_t count, const JSValueRef values[], JSValueRef *exception)
{
    const auto time = timeArgument(context, count, values, 0, exception);
    const auto from = argument(context, count, values, 1, exception);
    const auto to = argument(context, count, values, 2, exception);
    const auto zone = argument(context, count, values, 3, exception);
    return result(context, scriptfunctions::isTimeOfDayBetween(time, from, to, zone), exception);
}

JSValueRef callIsDayOfWeek(
    JSContextRef context, JSObjectRef, JSObjectRef, size_t count, const JSValueRef values[], JSValueRef *exception)
{
    const auto time = timeArgument(context, count, values, 0, exception);
    const auto day = argument(context, count, values, 1, exception);
    return result(context, scriptfunctions::isDayOfWeek(time, day), exception);
}

JSValueRef callUuid(JSContextRef context, JSObjectRef, JSObjectRef, size_t, const JSValueRef[], JSValueRef *)
{
    const ScriptString text(scriptfunctions::uuid());
    return JSValueMakeString(context, text.get());
}

JSValueRef callNow(JSContextRef context, JSObjectRef function, JSObjectRef, size_t, const JSValueRef[], JSValueRef *)
{
    const auto *now = static_cast<const qint64 *>(JSObjectGetPrivate(function));
    return JSValueMakeNumber(context, now ? static_cast<double>(*now) : 0);
}

JSClassRef clockClass()
{
    static const JSClassRef clock = [] {
        JSClassDefinition definition = kJSClassDefinitionEmpty;
        definition.className = "Clock";
        definition.callAsFunction = callNow;
        return JSClassCreate(&definition);
    }();
    return clock;
}

// "\ud83d" without its other half, which JSON text may name but no text may hold.
QString withoutLoneSurrogates(QString text)
{
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text[i];
        if (c.isHighSurrogate() && i + 1 < text.size() && text[i + 1].isLowSurrogate())
            ++i;
        else if (c.isSurrogate())
            text[i] = QChar(QChar::ReplacementCharacter);
    }
    return text;
}

// The engine writes a lone half as an escape \udXXX and whole pairs as they are.
QString withoutSurrogateEscapes(QString json)
{
    qsizetype at = 0;
    while ((at = json.indexOf(u"\\ud", at)) >= 0) {
        qsizetype backslashes = 1;
        while (at - backslashes >= 0 && json[at - backslashes] == u'\\')
            ++backslashes;
        if (backslashes % 2 == 1 && at + 6 <= json.size())
            json.replace(at, 6, QStringLiteral("\\ufffd"));
        at += 2;
    }
    return json;
}

double property(JSContextRef context, JSObjectRef object, const char *name)
{
    const ScriptString key(name);
    JSValueRef exception = nullptr;
    const JSValueRef value = JSObjectGetProperty(context, object, key.get(), &exception);
    return exception || !JSValueIsNumber(context, value) ? -1 : JSValueToNumber(context, value, nullptr);
}

ScriptFailure tooLarge()
{
    return {ErrorCode::Limit, u"the result is too large"_s, -1};
}

} // namespace

ScriptContext::ScriptContext(JSContextGroupRef group)
    : m_context(JSGlobalContextCreateInGroup(group, nullptr))
{
    terminated = false;
    install();
}

ScriptContext::~ScriptContext()
{
    JSGlobalContextRelease(m_context);
}

bool ScriptContext::wasTerminated()
{
    return terminated;
}

void ScriptContext::allowTime(JSContextGroupRef group, double seconds)
{
    JSContextGroupSetExecutionTimeLimit(group, seconds, terminate, nullptr);
}

void ScriptContext::install()
{
    JSObjectRef global = JSContextGetGlobalObject(m_context);
    const ScriptString source(preparation);
    const JSValueRef prepare = JSEvaluateScript(m_context, source.get(), nullptr, nullptr, 1, nullptr);
    const JSObjectRef clock = JSObjectMake(m_context, clockClass(), &m_nowMs);
    if (prepare && JSValueIsObject(m_context, prepare)) {
        const JSValueRef arguments[] {clock};
        JSObjectCallAsFunction(m_context, JSValueToObject(m_context, prepare, nullptr), nullptr, 1, arguments, nullptr);
    }

    const struct
    {
        const char *name;
        JSObjectCallAsFunctionCallback call;
    } functions[] {{"isCountryCode", callIsCountryCode}, {"stringContains", callStringContains},
        {"isTimeOfDayBetween", callIsTimeOfDayBetween}, {"isDayOfWeek", callIsDayOfWeek}, {"uuid", callUuid}};
    for (const auto &function : functions) {
        const ScriptString name(function.name);
        const JSObjectRef object = JSObjectMakeFunctionWithCallback(m_context, name.get(), function.call);
        JSObjectSetProperty(m_context, global, name.get(), object,
            kJSPropertyAttributeReadOnly | kJSPropertyAttributeDontDelete, nullptr);
    }
}

bool ScriptContext::setGlobal(const char *name, const QByteArray &json)
{
    const ScriptString text(QString::fromUtf8(json));
    const ScriptString key(name);
    const JSValueRef value = JSValueMakeFromJSONString(m_context, text.get());
    if (!value)
        return false;
    JSValueRef exception = nullptr;
    JSObjectSetProperty(
        m_context, JSContextGetGlobalObject(m_context), key.get(), value, kJSPropertyAttributeDontDelete, &exception);
    return !exception;
}

bool ScriptContext::setScope(const QByteArray &data, const QByteArray &step, qint64 nowMs)
{
    m_nowMs = nowMs;
    return setGlobal("data", data) && setGlobal("step", step);
}

ScriptFailure ScriptContext::failure(JSValueRef exception, qsizetype prefixLength, QStringView script) const
{
    if (terminated)
        return {ErrorCode::Timeout, {}, -1};
    ScriptFailure found;
    JSValueRef second = nullptr;
    const ScriptString text(JSValueToStringCopy(m_context, exception, &second));
    found.words = second ? u"an error that cannot be shown"_s : withoutLoneSurrogates(text.toQString(2000));
    if (!JSValueIsObject(m_context, exception))
        return found;
    const JSObjectRef object = JSValueToObject(m_context, exception, nullptr);
    if (!object)
        return found;
    // The engine counts lines and columns from 1, in what it was given: the script behind an opening bracket.
    const double line = property(m_context, object, "line");
    const double column = property(m_context, object, "column");
    qsizetype lineStart = 0;
    for (double i = 1; i < line && lineStart >= 0; ++i) {
        const qsizetype end = script.indexOf(u'\n', lineStart);
        lineStart = end < 0 ? -1 : end + 1;
    }
    if (lineStart < 0) {
        // In the closing bracket's line, which is ours.
        found.words = u"SyntaxError: the expression ends too early"_s;
        found.offset = script.size();
    } else if (line >= 1 && column >= 1) {
        found.offset = qBound<qsizetype>(
            0, lineStart + static_cast<qsizetype>(column) - 1 - (line > 1 ? 0 : prefixLength), script.size());
    } else {
        found.offset = lineStart;
    }
    return found;
}

std::variant<JSValueRef, ScriptFailure> ScriptContext::run(QStringView script)
{
    // The newline ends a comment that the script may end with.
    const ScriptString source(u'(' + script.toString() + u"\n)"_s);
    JSValueRef exception = nullptr;
    if (!JSCheckScriptSyntax(m_context, source.get(), nullptr, 1, &exception) || exception)
        return failure(exception, 1, script);
    // A text that closes our bracket and goes on ("1); f(); (2") cannot at the same time fit between brackets of the
    // other kind; what fits both is one expression.
    const ScriptString inBrackets(u'[' + script.toString() + u"\n]"_s);
    if (!JSCheckScriptSyntax(m_context, inBrackets.get(), nullptr, 1, &exception) || exception) {
        ScriptFailure failed = failure(exception, 1, script);
        failed.words = u"SyntaxError: a bracket is closed that was not opened"_s;
        return failed;
    }
    const JSValueRef value = JSEvaluateScript(m_context, source.get(), nullptr, nullptr, 1, &exception);
    if (exception || !value)
        return failure(exception ? exception : JSValueMakeUndefined(m_context), 1, script);
    return value;
}

std::variant<QString, ScriptFailure> ScriptContext::jsonText(JSValueRef value, qsizetype maxLength, bool &isNothing)
{
    JSValueRef exception = nullptr;
    const ScriptString json(JSValueCreateJSONString(m_context, value, 0, &exception));
    if (exception)
        return failure(exception, 0, {});
    if (terminated)
        return ScriptFailure {ErrorCode::Timeout, {}, -1};
    isNothing = json.isNull();
    if (json.length() > maxLength)
        return tooLarge();
    return withoutSurrogateEscapes(json.toQString());
}

std::variant<QString, ScriptFailure> ScriptContext::toText(JSValueRef value, qsizetype maxLength)
{
    if (JSValueIsNull(m_context, value) || JSValueIsUndefined(m_context, value))
        return QString();
    if (JSValueIsObject(m_context, value)) {
        bool isNothing = false;
        return jsonText(value, maxLength, isNothing);
    }
    JSValueRef exception = nullptr;
    const ScriptString text(JSValueToStringCopy(m_context, value, &exception));
    if (exception || text.isNull())
        return failure(exception ? exception : JSValueMakeUndefined(m_context), 0, {});
    if (text.length() > maxLength)
        return tooLarge();
    return withoutLoneSurrogates(text.toQString());
}

std::variant<JsonValue, ScriptFailure> ScriptContext::toJson(JSValueRef value, qsizetype maxLength)
{
    if (JSValueIsNull(m_context, value) || JSValueIsUndefined(m_context, value))
        return JsonValue();
    if (JSValueIsBoolean(m_context, value))
        return JsonValue(JSValueToBoolean(m_context, value));
    if (JSValueIsString(m_context, value)) {
        auto text = toText(value, maxLength);
        if (auto *failed = std::get_if<ScriptFailure>(&text))
            return *failed;
        return JsonValue(std::get<QString>(text));
    }
    bool isNothing = false;
    const auto json = jsonText(value, maxLength, isNothing);
    if (const auto *failed = std::get_if<ScriptFailure>(&json))
        return *failed;
    if (isNothing)
        return JsonValue();
    auto read = readJson(std::get<QString>(json).toUtf8());
    if (!read)
        return ScriptFailure {ErrorCode::Limit, u"the result is nested too deep"_s, -1};
    return read.value();
}

} // namespace automation
