#include "model/expression/scriptlint.h"

#include "model/expression/countrycodes.h"
#include "model/expression/functioncatalog.h"
#include "model/expression/scripttokens.h"
#include "model/expression/timezones.h"

#include <algorithm>
#include <QCoreApplication>
#include <QTime>

using namespace Qt::Literals::StringLiterals;

namespace automation {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(automation::ScriptCheck)
};

using Weight = ScriptFinding::Weight;
using Argument = ScriptCall::Argument;

QString quoted(const QString &text)
{
    return u'\'' + text + u'\'';
}

// As the functions are called in JavaScript, apart from the catalogue's own.
bool isGlobalFunction(QStringView name)
{
    static constexpr QStringView names[] = {u"Array", u"BigInt", u"Boolean", u"Date", u"Error", u"Number", u"Object",
        u"RegExp", u"String", u"Symbol", u"decodeURI", u"decodeURIComponent", u"encodeURI", u"encodeURIComponent",
        u"escape", u"isFinite", u"isNaN", u"parseFloat", u"parseInt", u"unescape"};
    return std::find(std::begin(names), std::end(names), name) != std::end(names);
}

const QStringList &functionNames()
{
    static const QStringList names = [] {
        QStringList list;
        for (const FunctionInfo &function : functionCatalog())
            list += function.name;
        return list;
    }();
    return names;
}

const QStringList &dayNames()
{
    static const QStringList names {
        u"Monday"_s, u"Tuesday"_s, u"Wednesday"_s, u"Thursday"_s, u"Friday"_s, u"Saturday"_s, u"Sunday"_s};
    return names;
}

class Lint
{
public:
    explicit Lint(QStringView script)
        : m_script(script)
    {
    }

    void checkCall(const ScriptCall &call)
    {
        const FunctionInfo *function = findFunction(call.name);
        if (!function) {
            checkName(call);
            return;
        }
        if (!checkCount(call, *function))
            return;
        const QList<Argument> &arguments = call.arguments;
        if (call.name == u"isCountryCode" && arguments.size() > 1)
            checkCountry(arguments.at(1));
        else if (call.name == u"isDayOfWeek" && arguments.size() > 1)
            checkDay(arguments.at(1));
        else if (call.name == u"isTimeOfDayBetween" && arguments.size() > 3)
            checkTimes(arguments);
        else if (call.name == u"stringContains" && arguments.size() > 1 && arguments.at(1).isText
            && arguments.at(1).text.isEmpty()) {
            add("empty-keyword"_L1, Weight::Warning, arguments.at(1),
                Text::tr("Every text contains the empty text, so this is always true."));
        }
    }

    // "responseCode" is a number and "type" is written in two ways.
    void checkComparisons()
    {
        const QList<ScriptToken> tokens = scanScript(m_script);
        for (qsizetype i = 1; i + 1 < tokens.size(); ++i) {
            const QStringView sign = text(tokens.at(i));
            if (sign != u"==" && sign != u"===" && sign != u"!=" && sign != u"!==")
                continue;
            for (const auto &[literal, name] : {std::pair(i + 1, i - 1), std::pair(i - 1, i + 1)}) {
                if (tokens.at(literal).kind != ScriptToken::Kind::String)
                    continue;
                // Of a path, the last name stands before the sign, and the first one behind it.
                qsizetype last = name;
                while (last > i && last + 2 < tokens.size() && text(tokens.at(last + 1)) == u"."
                    && tokens.at(last + 2).kind == ScriptToken::Kind::Identifier)
                    last += 2;
                checkComparison(tokens.at(last), sign, tokens.at(literal),
                    last >= 2 && text(tokens.at(last - 1)) == u"." ? text(tokens.at(last - 2)) : QStringView());
            }
        }
    }

    QList<ScriptFinding> takeFindings() { return std::move(m_findings); }

private:
    QStringView text(const ScriptToken &token) const { return m_script.sliced(token.offset, token.length); }

    template <typename Place>
    void add(QLatin1StringView rule, Weight weight, const Place &place, const QString &message,
        const QString &replacement = {})
    {
        m_findings.append({rule, weight, place.offset, place.length, message, replacement});
    }

    void checkName(const ScriptCall &call)
    {
        if (isGlobalFunction(call.name))
            return;
        const QString meant = nearestWord(call.name, functionNames());
        if (!meant.isEmpty() && meant.compare(call.name, Qt::CaseInsensitive) == 0) {
            add("function-case"_L1, Weight::Warning, call,
                Text::tr("The function is called “%1”; “%2” may not be known.").arg(meant, call.name), meant);
        } else if (!meant.isEmpty()) {
            add("unknown-function"_L1, Weight::Error, call,
                Text::tr("There is no function “%1”; “%2” is probably meant.").arg(call.name, meant), meant);
        } else {
            add("unknown-function"_L1, Weight::Error, call, Text::tr("There is no function “%1”.").arg(call.name));
        }
    }

    bool checkCount(const ScriptCall &call, const FunctionInfo &function)
    {
        if (call.argumentCount < 0)
            return true;
        const auto required = std::count_if(function.parameters.begin(), function.parameters.end(),
            [](const FunctionParameter &parameter) { return parameter.isRequired; });
        if (call.argumentCount >= required && call.argumentCount <= function.parameters.size())
            return true;
        add("argument-count"_L1, Weight::Error, call,
            Text::tr("%1 is called with the wrong number of arguments: it has %n here.", nullptr, call.argumentCount)
                .arg(function.signature));
        return false;
    }

    void checkCountry(const Argument &argument)
    {
        if (!argument.isText || isCountryCode(argument.text))
            return;
        const QString code = argument.text.trimmed().toUpper();
        const QString meant = code == u"UK" ? u"GB"_s : isCountryCode(code) ? code : QString();
        add("bad-country-code"_L1, Weight::Warning, argument,
            Text::tr("“%1” is no country: a country code has two letters, such as SG (ISO 3166).").arg(argument.text),
            meant.isEmpty() ? QString() : quoted(meant));
    }

    void checkDay(const Argument &argument)
    {
        if (!argument.isText || dayNames().contains(argument.text, Qt::CaseInsensitive))
            return;
        const QString given = argument.text.trimmed();
        QString meant = nearestWord(given, dayNames());
        for (const QString &day : dayNames()) {
            if (meant.isEmpty() && given.size() >= 2 && day.startsWith(given, Qt::CaseInsensitive))
                meant = day;
        }
        add("bad-weekday"_L1, Weight::Warning, argument,
            Text::tr("“%1” is no day of the week; days are named in English and in full, such as Monday.")
                .arg(argument.text),
            meant.isEmpty() ? QString() : quoted(meant));
    }

    // The moment of a time of the day in the documented form; not valid for any other text.
    QTime checkTime(const Argument &argument)
    {
        if (!argument.isText)
            return {};
        const QTime time = QTime::fromString(argument.text, u"HH:mm:ss"_s);
        if (time.isValid() && argument.text.size() == 8)
            return time;
        QTime meant;
        for (const QString &format : {u"H:mm"_s, u"H:mm:ss"_s, u"H:m"_s, u"H"_s, u"h:mmap"_s, u"hap"_s}) {
            if (!meant.isValid())
                meant = QTime::fromString(argument.text.trimmed().remove(u' '), format);
        }
        add("bad-time-of-day"_L1, Weight::Error, argument,
            Text::tr("“%1” is no time of the day; write hours, minutes and seconds, such as 09:00:00.")
                .arg(argument.text),
            meant.isValid() ? quoted(meant.toString(u"HH:mm:ss"_s)) : QString());
        return {};
    }

    void checkTimes(const QList<Argument> &arguments)
    {
        const QTime from = checkTime(arguments.at(1));
        const QTime to = checkTime(arguments.at(2));
        if (from.isValid() && to.isValid() && to < from) {
            add("over-midnight"_L1, Weight::Hint, arguments.at(1),
                Text::tr("The range from %1 to %2 goes over midnight; it is not documented how the service takes it.")
                    .arg(arguments.at(1).text, arguments.at(2).text));
        }
        const Argument &zone = arguments.at(3);
        if (!zone.isText || isTimeZoneId(zone.text))
            return;
        const QString meant = nearestTimeZoneId(zone.text);
        const bool isIana = !meant.isEmpty() && zone.text.contains(u'/');
        add("unknown-time-zone"_L1, isIana ? Weight::Warning : Weight::Error, zone,
            meant.isEmpty()
                ? Text::tr("“%1” is no time zone; the ids are those of Windows, such as Singapore Standard Time.")
                      .arg(zone.text)
                : Text::tr("“%1” is no time zone that the service lists; its id is “%2”.").arg(zone.text, meant),
            meant.isEmpty() ? QString() : quoted(meant));
    }

    void checkComparison(const ScriptToken &name, QStringView sign, const ScriptToken &literal, QStringView owner)
    {
        if (name.kind != ScriptToken::Kind::Identifier)
            return;
        const QString value = stringTokenValue(text(literal));
        if (text(name) == u"responseCode") {
            bool isNumber = false;
            value.toInt(&isNumber);
            const bool isStrict = sign.size() == 3;
            const QString message = isStrict
                ? Text::tr("responseCode is a number and never the same as the text “%1”.").arg(value)
                : Text::tr("responseCode is a number; it is compared with the text “%1” here.").arg(value);
            add("code-as-text"_L1, isStrict || !isNumber ? Weight::Warning : Weight::Hint, literal, message,
                isNumber ? value.trimmed() : QString());
        } else if (text(name) == u"type" && owner == u"payload" && value.compare(u"text", Qt::CaseInsensitive) == 0) {
            add("message-type-case"_L1, Weight::Hint, literal,
                Text::tr(
                    "The kind of a message comes as “text” or as “Text”, by the version of the webhook; only “%1” is "
                    "compared here.")
                    .arg(value));
        }
    }

    QStringView m_script;
    QList<ScriptFinding> m_findings;
};

// How many letters must change to get from one word to another; more than most counts as most + 1.
int distance(QStringView a, QStringView b, int most)
{
    if (qAbs(a.size() - b.size()) > most)
        return most + 1;
    QVarLengthArray<int, 64> row(b.size() + 1);
    for (qsizetype i = 0; i <= b.size(); ++i)
        row[i] = int(i);
    for (qsizetype i = 1; i <= a.size(); ++i) {
        int diagonal = row[0];
        row[0] = int(i);
        for (qsizetype k = 1; k <= b.size(); ++k) {
            const int change = diagonal + (a[i - 1].toLower() == b[k - 1].toLower() ? 0 : 1);
            diagonal = row[k];
            row[k] = std::min({row[k] + 1, row[k - 1] + 1, change});
        }
    }
    return std::min(row[b.size()], most + 1);
}

} // namespace

QString nearestWord(QStringView word, const QStringList &words)
{
    constexpr qsizetype longest = 60;
    if (word.size() < 3 || word.size() > longest)
        return {};
    QString best;
    int least = word.size() <= 4 ? 2 : 3; // one slip in a short word, two in others
    for (const QString &candidate : words) {
        if (candidate.size() > longest)
            continue;
        const int found = distance(word, candidate, least - 1);
        if (found < least) {
            least = found;
            best = candidate;
        }
    }
    return best;
}

QList<ScriptFinding> lintScript(QStringView script, const ScriptReferences &references)
{
    Lint lint(script);
    for (const ScriptCall &call : references.calls)
        lint.checkCall(call);
    const bool compares
        = std::any_of(references.references.begin(), references.references.end(), [](const ScriptReference &reference) {
              return !reference.path.isEmpty()
                  && (reference.path.last().name == u"responseCode" || reference.path.last().name == u"type");
          });
    if (compares)
        lint.checkComparisons();
    return lint.takeFindings();
}

bool isConstantScript(QStringView script, const ScriptReferences &references)
{
    if (!references.references.isEmpty())
        return false;
    // "this" and what stands for the whole of data or step, what changes from run to run, and what gives names.
    const QList<ScriptToken> tokens = scanScript(script);
    for (qsizetype i = 0; i < tokens.size(); ++i) {
        if (tokens.at(i).kind != ScriptToken::Kind::Identifier)
            continue;
        const QStringView word = script.sliced(tokens.at(i).offset, tokens.at(i).length);
        const bool isMember = i > 0 && script.sliced(tokens.at(i - 1).offset, tokens.at(i - 1).length).endsWith(u'.');
        if (word == u"uuid" || word == u"Date" || word == u"random" || word == u"globalThis")
            return false;
        const bool isWord
            = word == u"true" || word == u"false" || word == u"null" || word == u"typeof" || word == u"void";
        if (!isMember && !isWord && !isGlobalName(word))
            return false;
    }
    return true;
}

bool isGlobalName(QStringView name)
{
    static constexpr QStringView names[] = {u"undefined", u"NaN", u"Infinity", u"Math", u"JSON", u"Object", u"Array",
        u"String", u"Number", u"Boolean", u"Date", u"RegExp", u"Map", u"Set", u"Symbol", u"BigInt", u"Reflect", u"Intl",
        u"globalThis", u"Error", u"Promise"};
    return std::find(std::begin(names), std::end(names), name) != std::end(names) || isGlobalFunction(name)
        || findFunction(name);
}

} // namespace automation
