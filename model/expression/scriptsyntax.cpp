#include "model/expression/scriptsyntax.h"

#include "model/expression/expressiontemplate.h"
#include "model/expression/plainscript.h"
#include "model/expression/scripttokens.h"

#include <algorithm>
#include <JavaScriptCore/JavaScript.h>
#include <QCoreApplication>
#include <QLibrary>
#include <QMutex>
#include <sys/resource.h>

using namespace Qt::Literals::StringLiterals;

namespace automation {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(automation::ScriptCheck)
};

// The engine reserves far more address space than it uses and ends the process when it gets less.
constexpr rlim_t leastAddressSpace = rlim_t(256) << 30;

bool hasAddressSpace()
{
    rlimit limit {};
    return getrlimit(RLIMIT_AS, &limit) == 0
        && (limit.rlim_cur == RLIM_INFINITY || limit.rlim_cur >= leastAddressSpace);
}

// The few functions of the engine that are needed, found when first wanted: loading the library takes longer than
// checking a large definition, and most definitions have plain expressions only.
class Engine
{
public:
    Engine()
    {
        if (!hasAddressSpace())
            return;
        // Stays loaded when this goes; one that lived on would be cleaned up after the rest of Qt.
        QLibrary library(u"javascriptcoregtk-4.1"_s, 0);
        if (!resolve(library, m_createContext, "JSGlobalContextCreate")
            || !resolve(library, m_checkSyntax, "JSCheckScriptSyntax")
            || !resolve(library, m_createString, "JSStringCreateWithCharacters")
            || !resolve(library, m_releaseString, "JSStringRelease")
            || !resolve(library, m_copyAsString, "JSValueToStringCopy")
            || !resolve(library, m_length, "JSStringGetLength")
            || !resolve(library, m_characters, "JSStringGetCharactersPtr"))
            return;
        // Never released: the engine takes its time to wind up, and the process ends anyway.
        m_context = m_createContext(nullptr);
        // Looking up the native call stack for each mistake takes half of the time. The function is no documented one,
        // so it may be missing; then it is only slower.
        void (*includeNativeStack)(JSGlobalContextRef, bool) = nullptr;
        if (m_context
            && resolve(library, includeNativeStack, "JSGlobalContextSetIncludesNativeCallStackWhenReportingExceptions"))
            includeNativeStack(m_context, false);
    }

    bool isThere() const { return m_context; }

    // The engine's words about a text that it cannot read; empty when it can.
    QString complaint(QStringView text) const
    {
        JSStringRef source = m_createString(reinterpret_cast<const JSChar *>(text.utf16()), size_t(text.size()));
        JSValueRef exception = nullptr;
        const bool isFine = m_checkSyntax(m_context, source, nullptr, 1, &exception);
        m_releaseString(source);
        if (isFine)
            return {};
        JSStringRef words = exception ? m_copyAsString(m_context, exception, nullptr) : nullptr;
        if (!words)
            return u"SyntaxError"_s;
        const QString result(reinterpret_cast<const QChar *>(m_characters(words)), qsizetype(m_length(words)));
        m_releaseString(words);
        return result;
    }

private:
    template <typename Function> static bool resolve(QLibrary &library, Function *&function, const char *name)
    {
        function = reinterpret_cast<Function *>(library.resolve(name));
        return function != nullptr;
    }

    decltype(JSGlobalContextCreate) *m_createContext = nullptr;
    decltype(JSCheckScriptSyntax) *m_checkSyntax = nullptr;
    decltype(JSStringCreateWithCharacters) *m_createString = nullptr;
    decltype(JSStringRelease) *m_releaseString = nullptr;
    decltype(JSValueToStringCopy) *m_copyAsString = nullptr;
    decltype(JSStringGetLength) *m_length = nullptr;
    decltype(JSStringGetCharactersPtr) *m_characters = nullptr;
    JSGlobalContextRef m_context = nullptr;
};

// In brackets only an expression can be read, no statement. The line break ends a comment at the end of the script.
QString wrapped(QStringView script, char16_t open, QStringView close)
{
    QString text;
    text.reserve(script.size() + 1 + close.size());
    text += QChar(open);
    text += script;
    text += close;
    return text;
}

bool isMissingMore(QStringView complaint)
{
    return complaint.contains(u"Unexpected end of script") || complaint.contains(u"Unexpected EOF");
}

// How many tokens can stand at the start of an expression. The engine tells the line only, so it is asked about
// beginnings of the script: one that can go on ends "too early", one that cannot has another mistake.
qsizetype readableTokens(const Engine &engine, QStringView script, const QList<ScriptToken> &tokens)
{
    const auto invalid = std::find_if(tokens.begin(), tokens.end(),
        [](const ScriptToken &token) { return token.kind == ScriptToken::Kind::Invalid; });
    qsizetype readable = 0; // this many surely can
    qsizetype broken = invalid - tokens.begin() + 1; // this many surely cannot
    while (broken - readable > 1) {
        const qsizetype middle = readable + (broken - readable) / 2;
        const QStringView start = script.first(tokens.at(middle - 1).end());
        if (isMissingMore(engine.complaint(wrapped(start, u'(', u"\n"))))
            readable = middle;
        else
            broken = middle;
    }
    return readable;
}

ScriptProblem problem(const ScriptToken &token, const QString &message)
{
    return {ScriptProblem::Kind::Syntax, token.offset, token.length, message};
}

ScriptProblem problemAtEnd(QStringView script)
{
    const qsizetype end = script.trimmed().isEmpty() ? script.size() : [&] {
        qsizetype last = script.size();
        while (last > 0 && script[last - 1].isSpace())
            --last;
        return last;
    }();
    return {ScriptProblem::Kind::Syntax, end, 0,
        Text::tr("The expression cannot be read: it ends too early; a bracket, a quote or a value is missing.")};
}

QString shown(QStringView text)
{
    constexpr qsizetype most = 24;
    return text.size() <= most ? text.toString() : text.first(most).toString() + u'…';
}

ScriptProblem unfit(QStringView script, const ScriptToken &token)
{
    const QStringView text = script.sliced(token.offset, token.length);
    if (token.kind == ScriptToken::Kind::Invalid) {
        const bool isText = text.startsWith(u'\'') || text.startsWith(u'"') || text.startsWith(u'`');
        if (isText)
            return problem(token,
                Text::tr("The expression cannot be read: the text that begins at %1 is never closed.")
                    .arg(shown(text)));
    }
    return problem(token, Text::tr("The expression cannot be read: “%1” does not fit here.").arg(shown(text)));
}

// What can be told without the engine: signs that no script has, and brackets that do not match.
std::optional<ScriptProblem> checkTokens(QStringView script, const QList<ScriptToken> &tokens)
{
    QString open;
    for (const ScriptToken &token : tokens) {
        if (token.kind == ScriptToken::Kind::Invalid)
            return unfit(script, token);
        if (token.kind != ScriptToken::Kind::Punctuator)
            continue;
        const QStringView sign = script.sliced(token.offset, token.length);
        if (sign == u"(" || sign == u"[" || sign == u"{" || sign == u"${") {
            open += sign == u"(" ? u')' : sign == u"[" ? u']' : u'}';
        } else if (sign == u")" || sign == u"]" || sign == u"}") {
            if (open.isEmpty() || open.back() != sign)
                return unfit(script, token);
            open.chop(1);
        }
    }
    return open.isEmpty() ? std::nullopt : std::optional(problemAtEnd(script));
}

ScriptProblem locate(const Engine &engine, QStringView script, const QString &complaint)
{
    const QList<ScriptToken> tokens = scanScript(script);
    const qsizetype readable = readableTokens(engine, script, tokens);
    ScriptProblem found = readable < tokens.size() ? unfit(script, tokens.at(readable)) : problemAtEnd(script);
    // What the engine expected instead is worth repeating; the rest is said already.
    const qsizetype expected = complaint.indexOf(u". Expected ");
    if (expected >= 0 && readable < tokens.size())
        found.message += u" (%1)"_s.arg(complaint.sliced(expected + 2).left(120));
    return found;
}

} // namespace

std::optional<ScriptProblem> checkScriptSyntax(QStringView script)
{
    if (script.size() > maxScriptLength || isPlainExpression(script))
        return std::nullopt;
    static QMutex mutex;
    const QMutexLocker lock(&mutex);
    static const Engine &engine = *new Engine;
    if (!engine.isThere())
        return checkTokens(script, scanScript(script));
    const QString complaint = engine.complaint(wrapped(script, u'(', u"\n)"));
    if (!complaint.isEmpty())
        return locate(engine, script, complaint);
    // A text that closes our bracket and goes on ("1); f(); (2") cannot at the same time stand between brackets of the
    // other kind; what fits both is one expression.
    const QString other = engine.complaint(wrapped(script, u'[', u"\n]"));
    if (other.isEmpty())
        return std::nullopt;
    const QList<ScriptToken> tokens = scanScript(script);
    if (const std::optional<ScriptProblem> found = checkTokens(script, tokens))
        return found;
    return ScriptProblem {ScriptProblem::Kind::Syntax, 0, script.size(),
        Text::tr("The expression cannot be read: it must be one value, without “;”.")};
}

} // namespace automation
