#include "model/expression/conditionparts.h"

#include "model/expression/scripttokens.h"

#include <algorithm>
#include <array>

namespace automation {

namespace {

using Kind = ConditionPart::Kind;
using ValueKind = ConditionPart::ValueKind;
using Token = ScriptToken;

constexpr int deepest = 16; // brackets and negations
constexpr std::array comparisons {QLatin1StringView("=="), QLatin1StringView("!="), QLatin1StringView("==="),
    QLatin1StringView("!=="), QLatin1StringView("<"), QLatin1StringView("<="), QLatin1StringView(">"),
    QLatin1StringView(">=")};
// Names that are no variables.
constexpr std::array reserved {QLatin1StringView("true"), QLatin1StringView("false"), QLatin1StringView("null"),
    QLatin1StringView("undefined"), QLatin1StringView("typeof"), QLatin1StringView("new"), QLatin1StringView("void"),
    QLatin1StringView("delete"), QLatin1StringView("in"), QLatin1StringView("instanceof"), QLatin1StringView("this"),
    QLatin1StringView("function"), QLatin1StringView("await"), QLatin1StringView("yield"), QLatin1StringView("NaN"),
    QLatin1StringView("Infinity"), QLatin1StringView("class"), QLatin1StringView("async")};

// Descends through the tokens of one script; each function leaves the place where it was when it finds nothing.
class ConditionReader
{
public:
    explicit ConditionReader(QStringView script)
        : m_script(script)
        , m_tokens(scanScript(script))
    {
    }

    std::optional<ConditionPart> read()
    {
        std::optional<ConditionPart> part = readGroup(Kind::Any, 0);
        if (m_at < m_tokens.size())
            return std::nullopt;
        return part;
    }

    bool isPath() { return !readPath().isEmpty() && m_at == m_tokens.size(); }

private:
    QStringView textOf(const Token &token) const { return m_script.sliced(token.offset, token.length); }
    bool is(qsizetype at, QLatin1StringView sign) const
    {
        return at < m_tokens.size() && m_tokens.at(at).kind == Token::Kind::Punctuator
            && textOf(m_tokens.at(at)) == sign;
    }
    bool take(QLatin1StringView sign)
    {
        if (!is(m_at, sign))
            return false;
        ++m_at;
        return true;
    }
    QString since(qsizetype first) const
    {
        const qsizetype from = m_tokens.at(first).offset;
        return m_script.sliced(from, m_tokens.at(m_at - 1).end() - from).toString();
    }

    // a || b || c, of which each may be a && b && c.
    std::optional<ConditionPart> readGroup(Kind kind, int depth)
    {
        const qsizetype first = m_at;
        const QLatin1StringView sign = kind == Kind::Any ? QLatin1StringView("||") : QLatin1StringView("&&");
        ConditionPart group;
        group.kind = kind;
        do {
            const std::optional<ConditionPart> part = kind == Kind::Any ? readGroup(Kind::All, depth) : readPart(depth);
            if (!part)
                return std::nullopt;
            group.parts += *part;
        } while (take(sign));
        if (group.parts.size() == 1)
            return group.parts.first();
        group.source = since(first);
        return group;
    }

    std::optional<ConditionPart> readPart(int depth)
    {
        if (depth > deepest)
            return std::nullopt;
        const qsizetype first = m_at;
        if (take(QLatin1StringView("!"))) {
            std::optional<ConditionPart> part = readPart(depth + 1);
            // A comparison is looked at as a whole only in brackets: !a == b compares the negation.
            const bool isWhole = part && (is(first + 1, QLatin1StringView("(")) || part->kind != Kind::Compare);
            if (!isWhole || part->isNegated)
                return std::nullopt;
            part->isNegated = true;
            part->source = since(first);
            return part;
        }
        if (take(QLatin1StringView("("))) {
            std::optional<ConditionPart> part = readGroup(Kind::Any, depth + 1);
            if (!part || !take(QLatin1StringView(")")))
                return std::nullopt;
            return part;
        }
        std::optional<ConditionPart> part = readCall();
        if (!part)
            part = readComparison();
        if (part)
            part->source = since(first);
        return part;
    }

    std::optional<ConditionPart> readCall()
    {
        const qsizetype first = m_at;
        if (first + 1 >= m_tokens.size() || m_tokens.at(first).kind != Token::Kind::Identifier
            || !is(first + 1, QLatin1StringView("(")))
            return std::nullopt;
        m_at += 2;
        const QStringView name = textOf(m_tokens.at(first));
        ConditionPart part;
        part.subject = readPath();
        const bool hasSubject = !part.subject.isEmpty();
        bool isRead = false;
        if (name == u"stringContains") {
            part.kind = Kind::Contains;
            isRead = hasSubject && takeText(&part.value);
            if (isRead && take(QLatin1StringView(","))) {
                isRead = m_at < m_tokens.size();
                const QStringView word = isRead ? textOf(m_tokens.at(m_at++)) : QStringView();
                part.ignoresCase = word == u"true";
                isRead = part.ignoresCase || word == u"false";
            }
        } else if (name == u"isCountryCode") {
            part.kind = Kind::Country;
            isRead = hasSubject && takeText(&part.value);
        } else if (name == u"isDayOfWeek") {
            part.kind = Kind::Weekday;
            isRead = hasSubject && takeText(&part.value);
        } else if (name == u"isTimeOfDayBetween") {
            part.kind = Kind::TimeOfDay;
            isRead = hasSubject && takeText(&part.from) && takeText(&part.to) && takeText(&part.zone);
        }
        if (isRead && take(QLatin1StringView(")")) && endsHere())
            return part;
        m_at = first;
        return std::nullopt;
    }

    std::optional<ConditionPart> readComparison()
    {
        ConditionPart part;
        part.subject = readPath();
        if (part.subject.isEmpty())
            return std::nullopt;
        const auto *found = std::find_if(
            comparisons.begin(), comparisons.end(), [this](QLatin1StringView sign) { return is(m_at, sign); });
        if (found == comparisons.end()) {
            part.kind = Kind::Given;
            return endsHere() ? std::optional(part) : std::nullopt;
        }
        ++m_at;
        part.comparison = QString(*found);
        if (!readLiteral(&part) || !endsHere())
            return std::nullopt;
        return part;
    }

    // Nothing that would make a part of something larger of what was read.
    bool endsHere() const
    {
        return m_at == m_tokens.size() || is(m_at, QLatin1StringView("&&")) || is(m_at, QLatin1StringView("||"))
            || is(m_at, QLatin1StringView(")"));
    }

    bool readLiteral(ConditionPart *part)
    {
        if (m_at >= m_tokens.size())
            return false;
        const bool isNegative = take(QLatin1StringView("-"));
        if (m_at >= m_tokens.size())
            return false;
        const Token &token = m_tokens.at(m_at++);
        const QStringView text = textOf(token);
        if (token.kind == Token::Kind::Number) {
            part->valueKind = ValueKind::Number;
            part->value = isNegative ? u'-' + text.toString() : text.toString();
            return true;
        }
        if (isNegative)
            return false;
        if (token.kind == Token::Kind::String) {
            part->valueKind = ValueKind::Text;
            return readText(text, &part->value);
        }
        if (text == u"null") {
            part->valueKind = ValueKind::Nothing;
            return true;
        }
        part->valueKind = ValueKind::Truth;
        part->value = text.toString();
        return token.kind == Token::Kind::Identifier && (text == u"true" || text == u"false");
    }

    bool takeText(QString *value)
    {
        if (!take(QLatin1StringView(",")) || m_at >= m_tokens.size() || m_tokens.at(m_at).kind != Token::Kind::String)
            return false;
        return readText(textOf(m_tokens.at(m_at++)), value);
    }

    // False for escapes that are not written here, such as \u0041.
    static bool readText(QStringView literal, QString *value)
    {
        const QStringView inner = literal.sliced(1).chopped(1);
        for (qsizetype i = 0; i < inner.size(); ++i) {
            if (inner[i] == u'\\' && (++i >= inner.size() || !QStringView(u"'\"\\n").contains(inner[i])))
                return false;
        }
        *value = stringTokenValue(literal);
        return true;
    }

    QString readPath()
    {
        const qsizetype first = m_at;
        if (!isName(m_at) || std::any_of(reserved.begin(), reserved.end(), [this](QLatin1StringView word) {
                return textOf(m_tokens.at(m_at)) == word;
            }))
            return {};
        ++m_at;
        for (;;) {
            if ((is(m_at, QLatin1StringView(".")) || is(m_at, QLatin1StringView("?."))) && isName(m_at + 1))
                m_at += 2;
            else if (is(m_at, QLatin1StringView("[")) && isKey(m_at + 1) && is(m_at + 2, QLatin1StringView("]")))
                m_at += 3;
            else
                break;
        }
        if (is(m_at, QLatin1StringView("("))) { // a call of it
            m_at = first;
            return {};
        }
        return since(first);
    }
    bool isName(qsizetype at) const { return at < m_tokens.size() && m_tokens.at(at).kind == Token::Kind::Identifier; }
    bool isKey(qsizetype at) const
    {
        return at < m_tokens.size()
            && (m_tokens.at(at).kind == Token::Kind::String || m_tokens.at(at).kind == Token::Kind::Number);
    }

    QStringView m_script;
    QList<Token> m_tokens;
    qsizetype m_at = 0; // the next token
};

QString callText(QLatin1StringView name, const ConditionPart &part, const QStringList &values)
{
    QString result = name + u'(' + part.subject;
    for (const QString &value : values)
        result += QLatin1StringView(", ") + scriptLiteral(value);
    return result;
}

QString literalText(const ConditionPart &part)
{
    switch (part.valueKind) {
    case ValueKind::Number:
    case ValueKind::Truth:
        return part.value;
    case ValueKind::Nothing:
        return QStringLiteral("null");
    case ValueKind::Text:
        break;
    }
    return scriptLiteral(part.value);
}

QString plainScript(const ConditionPart &part)
{
    switch (part.kind) {
    case Kind::Contains:
        return callText(QLatin1StringView("stringContains"), part, {part.value})
            + (part.ignoresCase ? QLatin1StringView(", true)") : QLatin1StringView(")"));
    case Kind::Country:
        return callText(QLatin1StringView("isCountryCode"), part, {part.value}) + u')';
    case Kind::Weekday:
        return callText(QLatin1StringView("isDayOfWeek"), part, {part.value}) + u')';
    case Kind::TimeOfDay:
        return callText(QLatin1StringView("isTimeOfDayBetween"), part, {part.from, part.to, part.zone}) + u')';
    case Kind::Given:
        return part.subject;
    case Kind::Compare:
        return part.subject + u' ' + part.comparison + u' ' + literalText(part);
    case Kind::All:
    case Kind::Any:
        break;
    }
    QStringList texts;
    for (const ConditionPart &inner : part.parts) {
        const bool needsBrackets = !inner.isNegated && inner.isGroup();
        const QString text = conditionScript(inner);
        texts += needsBrackets ? u'(' + text + u')' : text;
    }
    return texts.join(part.kind == Kind::All ? QLatin1StringView(" && ") : QLatin1StringView(" || "));
}

} // namespace

std::optional<ConditionPart> readConditionParts(QStringView expression)
{
    QStringView script = expression.trimmed();
    if (script.startsWith(u"{{")) {
        if (findScriptEnd(script, 2) != script.size() - 2)
            return std::nullopt;
        script = script.sliced(2).chopped(2);
    }
    return ConditionReader(script).read();
}

QString conditionScript(const ConditionPart &part)
{
    if (!part.source.isEmpty())
        return part.source;
    const QString script = plainScript(part);
    if (!part.isNegated)
        return script;
    return part.isGroup() || part.kind == Kind::Compare ? QLatin1StringView("!(") + script + u')' : u'!' + script;
}

QString scriptLiteral(QStringView text)
{
    QString result(u'\'');
    for (const QChar c : text) {
        if (c == u'\n' || c == u'\r') { // no literal goes over lines
            result += QLatin1StringView("\\n");
            continue;
        }
        if (c == u'\'' || c == u'\\')
            result += u'\\';
        result += c;
    }
    return result + u'\'';
}

bool isConditionSubject(QStringView script)
{
    return ConditionReader(script).isPath();
}

} // namespace automation
