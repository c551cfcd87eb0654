#include "model/expression/countrycodes.h"
#include "model/json/jsontextview.h"
#include "model/validation/rules.h"

#include <QDateTime>
#include <QUrl>

namespace automation {

namespace {

using Severity = Problem::Severity;
using Text = RuleText;

bool isExpression(const JsonValue &value)
{
    return JsonTextView(value).hasBraces();
}

JsonPointer inputPlace(const RuleStep &step, QLatin1StringView name)
{
    return step.node->pointer / QLatin1StringView("inputs") / name;
}

bool isBlank(const JsonValue &value)
{
    return value.isNull() || (value.isString() && JsonTextView(value).isBlank());
}

bool isAsciiWord(char16_t c)
{
    return (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z') || (c >= u'0' && c <= u'9');
}

// RFC 9110: what a header may be called.
bool isHeaderName(QStringView name)
{
    static constexpr QStringView signs(u"!#$%&'*+-.^_`|~");
    return !name.isEmpty() && std::all_of(name.begin(), name.end(), [](QChar c) {
        return isAsciiWord(c.unicode()) || c == u'-' || signs.contains(c);
    });
}

// The service sends every body as JSON, whatever a header says (API reference §5).
void checkContentType(RuleContext &context, const RuleStep &step, const QString &name, const JsonValue &value)
{
    static constexpr QStringView contentType(u"Content-Type");
    const JsonTextView text(value);
    if (name.size() != contentType.size() || !value.isString()
        || (name != contentType && name.compare(contentType, Qt::CaseInsensitive) != 0)
        || text.startsWith(QLatin1StringView("application/json")) || text.hasBraces()
        || value.toString().trimmed().startsWith(u"application/json", Qt::CaseInsensitive))
        return;
    const JsonPointer place = inputPlace(step, QLatin1StringView("headers")) / name;
    setFix(context.report(Severity::Error, QLatin1StringView("http-content-type"), step, place,
               Text::tr("The HTTP header Content-Type must be application/json.")),
        Text::tr("Set application/json"), JsonEdit::replace(context.root(), place, QStringLiteral("application/json")));
}

void checkHeaders(RuleContext &context, const RuleStep &step, const JsonValue &headers)
{
    for (qsizetype i = 0; headers.isObject() && i < headers.size(); ++i) {
        const QString &name = headers.keyAt(i);
        const JsonValue &value = headers.at(i);
        checkContentType(context, step, name, value);
        const auto report = [&](Severity severity, const QString &message) {
            context.report(severity, QLatin1StringView("bad-header"), step,
                inputPlace(step, QLatin1StringView("headers")) / name, message);
        };
        if (!isHeaderName(name)) {
            report(Severity::Error, Text::tr("“%1” cannot be the name of an HTTP header.").arg(name.simplified()));
        } else if (const JsonTextView text(value); text.contains('\n') || text.contains('\r')) {
            report(Severity::Error,
                Text::tr("The HTTP header %1 has a line break in its value, which cannot be sent.").arg(name));
        } else if (value.isObject() || value.isArray()) {
            report(Severity::Warning, Text::tr("The HTTP header %1 must be a text.").arg(name));
        }
        constexpr qsizetype mostCompared = 60; // beyond this many the finding is not worth its time
        for (qsizetype k = qMax<qsizetype>(0, i - mostCompared); k < i; ++k) {
            if (headers.keyAt(k).compare(name, Qt::CaseInsensitive) == 0 && headers.keyAt(k) != name) {
                report(Severity::Warning,
                    Text::tr("The HTTP header %1 is there twice; small and capital letters are the same.").arg(name));
                break;
            }
        }
    }
}

// The usual form, which needs no closer look: a server's name and signs that a URL may have.
bool isPlainUrl(const JsonTextView &url)
{
    const qsizetype scheme = url.startsWith(QLatin1StringView("https://")) ? 8
        : url.startsWith(QLatin1StringView("http://"))                     ? 7
                                                                           : 0;
    if (scheme == 0 || url.size() == scheme)
        return false;
    bool isServer = true;
    for (qsizetype i = scheme; i < url.size(); ++i) {
        const char16_t c = url[i];
        if (c == u'/' && i > scheme)
            isServer = false;
        else if (!isAsciiWord(c) && c != u'.' && c != u'-' && (isServer || (c != u'_' && c != u'~')))
            return false;
    }
    return true;
}

QDateTime timeOf(const JsonValue &value)
{
    const QString text = value.toString().trimmed();
    // Qt would also take a date alone; the service wants a time.
    return text.contains(u'T') ? QDateTime::fromString(text, Qt::ISODateWithMs) : QDateTime();
}

// Not valid when there is none or it cannot be told.
QDateTime checkTime(RuleContext &context, const RuleStep &step, QLatin1StringView name)
{
    const JsonValue &value = step.view.inputs()[name];
    if (isBlank(value) || isExpression(value))
        return {};
    const QDateTime time = timeOf(value);
    if (!time.isValid()) {
        context.report(Severity::Error, QLatin1StringView("bad-time"), step, inputPlace(step, name),
            Text::tr("%1: “%2” is no time; write it as in 2026-03-02T09:00:00Z (ISO 8601).")
                .arg(QString(name), value.toString()));
    }
    return time;
}

} // namespace

void checkPhoneNumber(
    RuleContext &context, const RuleStep &step, const JsonPointer &place, const QString &label, const JsonValue &value)
{
    // WaitForReply may name a person by the channel's own id, which has any form.
    const bool isOpen = place.lastToken() == u"from";
    const QString text = value.isNumber() ? QString::fromLatin1(value.numberLexeme()) : value.toString();
    QString digits;
    bool hasSigns = false;
    bool hasPlus = false;
    for (const QChar c : text) {
        if (c >= u'0' && c <= u'9')
            digits += c;
        else if (QStringView(u" -().").contains(c))
            hasSigns = true;
        else if (c != u'+' || !digits.isEmpty() || std::exchange(hasPlus, true)) {
            if (!isOpen) {
                context.report(Severity::Error, QLatin1StringView("bad-phone-number"), step, place,
                    Text::tr("%1: “%2” is no phone number; write it in international form, such as +6591234567.")
                        .arg(label, text));
            }
            return;
        }
    }
    constexpr qsizetype least = 7;
    constexpr qsizetype most = 15; // E.164
    if (digits.size() < least || digits.size() > most) {
        if (!isOpen) {
            context.report(Severity::Error, QLatin1StringView("bad-phone-number"), step, place,
                Text::tr(
                    "%1: “%2” is no phone number: it has %n digit(s), while a number has 7 to 15 with its country.",
                    nullptr, int(digits.size()))
                    .arg(label, text));
        }
    } else if (!text.trimmed().startsWith(u'+')) {
        const bool isNational = digits.startsWith(u'0') && !digits.startsWith(u"00");
        if (isOpen || (isNational && !isBlank(step.view.input(u"country"))))
            return;
        Problem &problem
            = context.report(isNational ? Severity::Warning : Severity::Hint, QLatin1StringView("bad-phone-number"),
                step, place, Text::tr("%1: “%2” does not begin with + and the code of a country.").arg(label, text));
        if (!isNational) {
            const QString meant = u'+' + (digits.startsWith(u"00") ? digits.mid(2) : digits);
            setFix(problem, Text::tr("Write %1").arg(meant), JsonEdit::replace(context.root(), place, meant));
        }
    } else if (hasSigns) {
        setFix(context.report(Severity::Hint, QLatin1StringView("bad-phone-number"), step, place,
                   Text::tr("%1: “%2” has other signs than + and digits.").arg(label, text)),
            Text::tr("Write %1").arg(u'+' + digits), JsonEdit::replace(context.root(), place, u'+' + digits));
    }
}

void checkUrl(RuleContext &context, const RuleStep &step, const InputField &field, const JsonValue &value)
{
    if (isPlainUrl(JsonTextView(value)))
        return;
    const QString url = value.toString();
    const JsonPointer place = placeOf(step, field);
    const QString &label = field.label;
    const auto report = [&](const QString &message) -> Problem & {
        return context.report(Severity::Error, QLatin1StringView("bad-url"), step, place, message);
    };
    const QString trimmed = url.trimmed();
    if (!trimmed.startsWith(u"https://", Qt::CaseInsensitive) && !trimmed.startsWith(u"http://", Qt::CaseInsensitive)) {
        Problem &problem = report(Text::tr("%1: a URL starts with https:// or http://.").arg(label));
        static constexpr QStringView scheme(u"://");
        if (!trimmed.contains(scheme) && trimmed.contains(u'.') && !trimmed.contains(u' ')
            && QUrl(u"https://"_qs + trimmed, QUrl::StrictMode).isValid())
            setFix(problem, Text::tr("Write https:// before it"),
                JsonEdit::replace(context.root(), place, u"https://"_qs + trimmed));
    } else if (trimmed != url || url.contains(u' ')) {
        Problem &problem = report(Text::tr("%1: a URL has no blanks.").arg(label));
        if (!trimmed.contains(u' '))
            setFix(problem, Text::tr("Remove the blanks"), JsonEdit::replace(context.root(), place, trimmed));
    } else if (const QUrl parsed(url, QUrl::StrictMode); !parsed.isValid() || parsed.host().isEmpty()) {
        report(Text::tr("%1: the URL names no server or has signs that a URL cannot have.").arg(label));
    }
}

void checkRequest(RuleContext &context, const RuleStep &step)
{
    const JsonValue &inputs = step.view.inputs();
    checkHeaders(context, step, inputs[QLatin1StringView("headers")]);
    const JsonValue &body = inputs[QLatin1StringView("body")];
    if (body.isEmpty() && JsonTextView(body).isEmpty() && !body.isNumber())
        return;
    const JsonTextView method(inputs[QLatin1StringView("method")]);
    if (method.isWord(u"GET") || method.isWord(u"HEAD")) {
        context.report(Severity::Hint, QLatin1StringView("body-with-get"), step,
            inputPlace(step, QLatin1StringView("body")),
            Text::tr("A %1 request has no body; most servers ignore what is sent.")
                .arg(inputs[QLatin1StringView("method")].toString().trimmed().toUpper()));
    }
}

void checkSms(RuleContext &context, const RuleStep &step)
{
    const JsonValue &inputs = step.view.inputs();
    const JsonValue &country = inputs[QLatin1StringView("country")];
    if (!isBlank(country) && !isExpression(country) && !isCountryCode(country.toString())) {
        context.report(Severity::Error, QLatin1StringView("bad-country"), step,
            inputPlace(step, QLatin1StringView("country")),
            Text::tr("“%1” is no country: a country code has two letters, such as SG (ISO 3166).")
                .arg(country.toString()));
    }
    const JsonValue &source = inputs[QLatin1StringView("source")];
    constexpr qsizetype mostLetters = 11;
    constexpr qsizetype mostDigits = 16; // with a plus
    if (source.isString() && JsonTextView(source).size() > mostLetters && !isExpression(source)) {
        const QString name = source.toString();
        const bool isNumber = std::all_of(name.begin(), name.end(), [](QChar c) { return c.isDigit() || c == u'+'; });
        if (name.size() > (isNumber ? mostDigits : mostLetters)) {
            context.report(Severity::Warning, QLatin1StringView("sender-length"), step,
                inputPlace(step, QLatin1StringView("source")),
                Text::tr("The sender “%1” is too long: 11 letters or a number of 15 digits at most.").arg(name));
        }
    }
    const QDateTime scheduled = checkTime(context, step, QLatin1StringView("scheduled"));
    const QDateTime expiry = checkTime(context, step, QLatin1StringView("expiry"));
    if (scheduled.isValid() && expiry.isValid() && expiry <= scheduled) {
        context.report(Severity::Warning, QLatin1StringView("expiry-order"), step,
            inputPlace(step, QLatin1StringView("expiry")), Text::tr("The message expires before it is sent."));
    }
}

} // namespace automation
