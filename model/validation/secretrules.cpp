#include "model/expression/expressiontemplate.h"
#include "model/expression/scripttokens.h"
#include "model/json/jsontextview.h"
#include "model/validation/rules.h"

#include <cmath>
#include <QUrl>
#include <QUrlQuery>

namespace automation {

namespace {

using Severity = Problem::Severity;
using Text = RuleText;

bool isPlaceholder(QStringView text)
{
    static constexpr QStringView words[]
        = {u"your", u"example", u"xxx", u"***", u"placeholder", u"changeme", u"token_here", u"<", u"…", u"..."};
    return text.size() < 6 || std::any_of(std::begin(words), std::end(words), [text](QStringView word) {
        return text.contains(word, Qt::CaseInsensitive);
    });
}

// The names under which people keep what nobody else should see.
bool isSecretName(QStringView name)
{
    QString plain;
    for (const QChar c : name) {
        if (c.isLetterOrNumber())
            plain += c.toLower();
    }
    static constexpr QStringView whole[] = {u"key", u"sig", u"signature", u"pwd", u"pass", u"auth", u"token"};
    static constexpr QStringView parts[] = {u"apikey", u"secret", u"password", u"passwd", u"accesstoken", u"authtoken",
        u"accesskey", u"privatekey", u"bearer", u"subscriptionkey", u"clientkey", u"sessiontoken", u"refreshtoken",
        u"xtoken", u"accountkey", u"authkey"};
    const bool isWhole = std::any_of(std::begin(whole), std::end(whole), [&](QStringView w) { return plain == w; });
    return isWhole
        || std::any_of(std::begin(parts), std::end(parts), [&](QStringView part) { return plain.contains(part); });
}

// A long word of letters and digits in no order, as machines make them.
bool looksRandom(QStringView text)
{
    constexpr qsizetype least = 24;
    if (text.size() < least || text.contains(u' ') || text.contains(u'/') || text.contains(u','))
        return false;
    int counts[128] = {};
    bool hasDigit = false;
    bool hasLetter = false;
    for (const QChar c : text) {
        if (c.unicode() >= 128)
            return false;
        hasDigit = hasDigit || c.isDigit();
        hasLetter = hasLetter || c.isLetter();
        ++counts[c.unicode()];
    }
    double bits = 0;
    for (const int count : counts) {
        if (count > 0)
            bits -= count * std::log2(double(count) / double(text.size()));
    }
    return hasDigit && hasLetter && bits / double(text.size()) > 3.3;
}

// Words that services give to be kept secret begin with known letters; only asked of texts that begin with one of
// them.
bool isKnownToken(QStringView text)
{
    constexpr qsizetype least = 20;
    if (text.size() < least || text.contains(u' '))
        return false;
    static constexpr QStringView starts[] = {u"sk_live_", u"sk_test_", u"rk_live_", u"ghp_", u"gho_", u"ghs_",
        u"github_pat_", u"glpat-", u"xoxb-", u"xoxp-", u"xoxa-", u"AKIA", u"AIza", u"SG."};
    if (std::any_of(std::begin(starts), std::end(starts), [text](QStringView start) { return text.startsWith(start); }))
        return true;
    return text.startsWith(u"eyJ") && text.count(u'.') == 2; // a signed token (RFC 7519)
}

bool mayBeKnownToken(char16_t first)
{
    return first == u's' || first == u'e' || first == u'g' || first == u'x' || first == u'A' || first == u'S'
        || first == u'r';
}

// Enough to find it again, too little to use it.
QString masked(const QString &secret)
{
    constexpr qsizetype shown = 4;
    const QString start = secret.size() >= 4 * shown ? secret.first(shown) : QString();
    return Text::tr("%1… (%n characters)", nullptr, int(secret.size())).arg(start);
}

class SecretRules
{
public:
    SecretRules(RuleContext &context, const RuleStep &step)
        : m_context(context)
        , m_step(step)
    {
    }

    void check()
    {
        static const QString inputs = QStringLiteral("inputs");
        const JsonValue &values = m_step.view.inputs();
        const Place place {nullptr, &inputs, -1};
        for (qsizetype i = 0; i < values.size(); ++i)
            checkValue(values.keyAt(i), values.at(i), place, 0);
        static const QString outputs = QStringLiteral("outputs");
        const JsonValue &written = m_step.view.outputs();
        const Place outputsPlace {nullptr, &outputs, -1};
        for (qsizetype i = 0; written.isObject() && i < written.size(); ++i)
            checkValue(written.keyAt(i), written.at(i), outputsPlace, 1);
    }

private:
    // Where a value stands, without the cost of a pointer for each of the many with nothing wrong.
    struct Place
    {
        const Place *parent;
        const QString *key;
        qsizetype index; // in an array, else -1
    };
    JsonPointer pointerOf(const Place &place) const
    {
        const JsonPointer before = place.parent ? pointerOf(*place.parent) : m_step.node->pointer;
        return place.index >= 0 ? before / place.index : before / *place.key;
    }

    // Whether it is worth a closer look.
    static bool isSuspicious(const QString &name, const JsonValue &value, int depth)
    {
        constexpr qsizetype least = 6;
        static constexpr QLatin1StringView contentType("Content-Type");
        const JsonTextView text(value);
        if (text.size() < least)
            return false;
        const char16_t first = text[0];
        if (text.startsWith(QLatin1StringView("https://")) || text.startsWith(QLatin1StringView("http://")))
            return text.contains('@') || text.contains('?');
        if ((first == u'h' && text.startsWith(QLatin1StringView("http")))
            || (first == u'B'
                && (text.startsWith(QLatin1StringView("Bearer ")) || text.startsWith(QLatin1StringView("Basic ")))))
            return true;
        if (mayBeKnownToken(first) && text.size() >= 20 && !text.contains(' '))
            return true;
        if (depth == headerDepth)
            return name != contentType && name.compare(contentType, Qt::CaseInsensitive) != 0;
        // What is put together by expressions is no secret.
        return depth > 0 && !text.contains('{') && !text.contains(' ') && isSecretName(name);
    }

    void checkValue(const QString &name, const JsonValue &value, const Place &parent, int depth, qsizetype index = -1)
    {
        constexpr int deepest = 20;
        const Place place {&parent, &name, index};
        if (value.isString()) {
            if (isSuspicious(name, value, depth))
                checkText(name, value.toString(), place, depth);
        } else if (value.size() > 0 && depth < deepest) {
            static const QString none;
            static const QString headers = QStringLiteral("headers");
            const int inner = isSameKey(name, headers) ? headerDepth : depth + 1;
            for (qsizetype i = 0; i < value.size(); ++i) {
                const JsonValue &child = value.at(i);
                if (child.isString() || child.size() > 0)
                    checkValue(
                        value.isObject() ? value.keyAt(i) : none, child, place, inner, value.isObject() ? -1 : i);
            }
        }
    }

    void checkText(const QString &name, const QString &text, const Place &place, int depth)
    {
        if (text.startsWith(u"http") && text.contains(u"://")) {
            checkUrl(text, place);
            return;
        }
        if (isKnownToken(text) && !text.contains(u"{{") && !isPlaceholder(text)) {
            report(place, 0, text);
            return;
        }
        const bool isHeader = depth == headerDepth;
        if (isHeader || text.startsWith(u"Bearer ") || text.startsWith(u"Basic ")) {
            checkHeader(name, text, place);
        } else if (depth > 0 && isSecretName(name) && (name != u"key" || *place.parent->key == u"parameters")
            && !text.contains(u"{{") && !text.contains(u' ') && !isPlaceholder(text)) {
            report(place, 0, text);
        }
    }

    void checkHeader(const QString &name, const QString &text, const Place &place)
    {
        qsizetype start = 0;
        for (const QStringView scheme : {u"Bearer ", u"Basic ", u"Token ", u"ApiKey ", u"Digest "}) {
            if (text.startsWith(scheme, Qt::CaseInsensitive))
                start = scheme.size();
        }
        const QString secret = text.mid(start);
        if (secret.contains(u"{{")) {
            checkScripts(text, place);
            return;
        }
        const bool isNamed = start > 0 || isSecretName(name) || name.compare(u"Authorization", Qt::CaseInsensitive) == 0
            || name.compare(u"Cookie", Qt::CaseInsensitive) == 0;
        if ((isNamed || looksRandom(secret)) && !isPlaceholder(secret))
            report(place, start, secret);
    }

    // A key that stands as a text in an expression is in plain sight as well.
    void checkScripts(const QString &text, const Place &place)
    {
        const ExpressionTemplate parts(text);
        for (const TemplatePart &part : parts.parts()) {
            if (!part.isExpression)
                continue;
            const QStringView script = parts.script(part);
            for (const ScriptToken &token : scanScript(script)) {
                if (token.kind != ScriptToken::Kind::String || token.length < 2)
                    continue;
                QStringView word = script.sliced(token.offset + 1, token.length - 2);
                qsizetype start = part.scriptStart + token.offset + 1;
                for (const QStringView scheme : {u"Bearer ", u"Basic "}) {
                    if (word.startsWith(scheme, Qt::CaseInsensitive)) {
                        word = word.sliced(scheme.size());
                        start += scheme.size();
                    }
                }
                if ((isKnownToken(word) || looksRandom(word)) && !isPlaceholder(word))
                    report(place, start, word.toString());
            }
        }
    }

    void checkUrl(const QString &text, const Place &place)
    {
        const qsizetype start = text.indexOf(u"://") + 3;
        qsizetype end = start;
        while (end < text.size() && text[end] != u'/' && text[end] != u'?' && text[end] != u'#' && text[end] != u' ')
            ++end;
        const QStringView authority = QStringView(text).sliced(start, end - start);
        const qsizetype at = authority.lastIndexOf(u'@');
        const qsizetype colon = authority.indexOf(u':');
        if (at > 0 && colon >= 0 && colon < at && !authority.contains(u"{{"))
            report(place, start + colon + 1, text.mid(start + colon + 1, at - colon - 1));
        qsizetype from = text.indexOf(u'?', end);
        while (from >= 0 && from + 1 < text.size()) {
            qsizetype next = text.indexOf(u'&', from + 1);
            const qsizetype stop = next < 0 ? text.size() : next;
            const QStringView pair = QStringView(text).sliced(from + 1, stop - from - 1);
            const qsizetype equals = pair.indexOf(u'=');
            if (equals > 0 && isSecretName(pair.first(equals))) {
                const QString value = pair.sliced(equals + 1).toString();
                if (!value.contains(u"{{") && !isPlaceholder(value))
                    report(place, from + 2 + equals, value);
            }
            from = next;
        }
    }

    void report(const Place &place, qsizetype offset, const QString &secret)
    {
        Problem &problem
            = m_context.report(Severity::Warning, QLatin1StringView("secret-inline"), m_step, pointerOf(place),
                Text::tr("A key or password stands in the definition for all to read who can open it: %1.")
                    .arg(masked(secret)));
        problem.offset = offset;
        problem.length = secret.size();
    }

    static constexpr int headerDepth = 1000;
    RuleContext &m_context;
    const RuleStep &m_step;
};

} // namespace

void checkSecrets(RuleContext &context, const RuleStep &step)
{
    SecretRules(context, step).check();
}

} // namespace automation
