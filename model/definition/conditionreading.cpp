#include "model/definition/conditionreading.h"

#include "model/definition/conditionscan_p.h"

#include <QCoreApplication>
#include <QList>

namespace automation {

using namespace conditionscan;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Condition)
};

QString shortTime(const QString &time)
{
    return time.size() == 8 && time.endsWith(u":00") ? time.first(5) : time;
}

ConditionReading readCall(QStringView name, const QList<QStringView> &args, bool negated)
{
    ConditionReading result;
    const auto argument = [&args](qsizetype index) { return index < args.size() ? literal(args[index]) : QString(); };
    if (is(name, u"isTimeOfDayBetween") && args.size() >= 3) {
        if (argument(1).isNull() || argument(2).isNull())
            return {};
        result.label = (negated ? Text::tr("not between %1 and %2") : Text::tr("between %1 and %2"))
                           .arg(shortTime(argument(1)), shortTime(argument(2)));
        result.subject = args[0].toString();
        return result;
    }
    const QString value = argument(1);
    if (value.isNull())
        return {};
    if (is(name, u"stringContains"))
        result.label = u'\'' + value + u'\'';
    else if (is(name, u"isCountryCode") || is(name, u"isDayOfWeek"))
        result.label = value;
    else
        return {};
    if (negated)
        result.label = Text::tr("not %1").arg(result.label);
    result.subject = args[0].toString();
    return result;
}

ConditionReading recognise(QStringView script)
{
    QStringView text = unwrapped(script);
    bool negated = false;
    if (text.startsWith(u'!') && !text.startsWith(u"!=")) {
        const QStringView inner = unwrapped(text.sliced(1).trimmed());
        // Only a call may follow: !a == b means something else.
        if (inner.endsWith(u')')) {
            negated = true;
            text = inner;
        }
    }
    qsizetype nameEnd = 0;
    while (nameEnd < text.size() && isName(text[nameEnd]))
        ++nameEnd;
    qsizetype bracket = nameEnd;
    while (bracket < text.size() && text[bracket].isSpace())
        ++bracket;
    if (nameEnd > 0 && bracket < text.size() && text[bracket] == u'('
        && closingBracket(text, bracket) == text.size() - 1)
        return readCall(text.first(nameEnd), arguments(text.sliced(bracket + 1, text.size() - bracket - 2)), negated);
    if (negated)
        return {};
    const Comparison comparison = readComparison(text);
    if (comparison.left.isEmpty() || comparison.right.isEmpty())
        return {};
    for (const auto &[subject, value] :
        {std::pair(comparison.left, comparison.right), std::pair(comparison.right, comparison.left)}) {
        const QString shown = operand(value);
        if (!shown.isEmpty() && isPath(subject) && operand(subject).isEmpty())
            return {comparison.equal ? shown : Text::tr("not %1").arg(shown), subject.toString()};
    }
    return {};
}

} // namespace

QStringView withoutBraces(QStringView text)
{
    const QStringView trimmed = text.trimmed();
    if (trimmed.size() >= 4 && trimmed.startsWith(u"{{") && trimmed.endsWith(u"}}")) {
        const QStringView inner = trimmed.sliced(2, trimmed.size() - 4);
        bool hasBraces = false;
        for (qsizetype i = 1; i < inner.size(); ++i)
            hasBraces = hasBraces || (inner[i] == inner[i - 1] && (inner[i] == u'{' || inner[i] == u'}'));
        if (!hasBraces)
            return inner.trimmed();
    }
    return trimmed;
}

ConditionReading readCondition(QStringView expression)
{
    const QStringView script = withoutBraces(expression);
    ConditionReading result = recognise(script);
    if (result.label.isEmpty())
        result.label = script.isEmpty() ? Text::tr("no condition") : script.toString().simplified();
    return result;
}

NullTest readNullTest(QStringView expression)
{
    QStringView text = unwrapped(withoutBraces(expression));
    const Comparison comparison = readComparison(text);
    if (!comparison.left.isEmpty()) {
        const auto isNull = [](QStringView word) { return word == u"null" || word == u"undefined"; };
        if (isNull(comparison.right) && isPath(comparison.left))
            return {comparison.left.toString(), !comparison.equal};
        if (isNull(comparison.left) && isPath(comparison.right))
            return {comparison.right.toString(), !comparison.equal};
        return {};
    }
    bool wantsValue = true;
    if (text.startsWith(u'!')) {
        wantsValue = false;
        text = unwrapped(text.sliced(1).trimmed());
    }
    return isPath(text) ? NullTest {text.toString(), wantsValue} : NullTest {};
}

} // namespace automation
