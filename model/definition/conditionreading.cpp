#include "model/definition/conditionreading.h"

#include <QCoreApplication>
#include <QList>
#include <QTime>
#include <QtNumeric>

#include <algorithm>

namespace automation {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Condition)
};

bool isQuote(QChar c)
{
    return c == u'\'' || c == u'"' || c == u'`';
}

bool isName(QChar c)
{
    return c.isLetterOrNumber() || c == u'_' || c == u'$';
}

// Position behind the literal that starts at position; the end when it is not closed.
qsizetype skipQuoted(QStringView text, qsizetype position)
{
    const QChar quote = text[position];
    for (qsizetype i = position + 1; i < text.size(); ++i) {
        if (text[i] == u'\\')
            ++i;
        else if (text[i] == quote)
            return i + 1;
    }
    return text.size();
}

// Splits at commas outside of quotes and brackets. The text is what stands between a call's brackets.
QList<QStringView> arguments(QStringView text)
{
    QList<QStringView> result;
    qsizetype start = 0;
    int depth = 0;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text[i];
        if (isQuote(c)) {
            i = skipQuoted(text, i) - 1;
        } else if (c == u'(' || c == u'[' || c == u'{') {
            ++depth;
        } else if (c == u')' || c == u']' || c == u'}') {
            --depth;
        } else if (c == u',' && depth == 0) {
            result += text.sliced(start, i - start).trimmed();
            start = i + 1;
        }
    }
    result += text.sliced(start).trimmed();
    return result;
}

// The bracket that closes the one at position; -1 when there is none.
qsizetype closingBracket(QStringView text, qsizetype position)
{
    int depth = 0;
    for (qsizetype i = position; i < text.size(); ++i) {
        if (isQuote(text[i])) {
            i = skipQuoted(text, i) - 1;
        } else if (text[i] == u'(') {
            ++depth;
        } else if (text[i] == u')') {
            if (--depth == 0)
                return i;
        }
    }
    return -1;
}

// The text inside a literal; null when it is none.
QString literal(QStringView text)
{
    if (text.size() < 2 || !isQuote(text.front()) || skipQuoted(text, 0) != text.size() || text.back() != text.front())
        return {};
    const QStringView inner = text.sliced(1, text.size() - 2);
    return inner.isEmpty() ? QStringLiteral("") : inner.toString();
}

bool isNumber(QStringView text)
{
    bool ok = false;
    const double value = text.toDouble(&ok);
    return ok && qIsFinite(value);
}

// A path such as data.reply.text or data['x y']: names, dots and brackets only.
bool isPath(QStringView text)
{
    if (text.isEmpty() || !(text.front().isLetter() || text.front() == u'_' || text.front() == u'$'))
        return false;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text[i];
        if (isQuote(c))
            i = skipQuoted(text, i) - 1;
        else if (!isName(c) && c != u'.' && c != u'[' && c != u']' && c != u'?')
            return false;
    }
    return true;
}

QString shortTime(const QString &time)
{
    return time.size() == 8 && time.endsWith(u":00") ? time.first(5) : time;
}

bool is(QStringView name, QStringView function)
{
    return name.compare(function, Qt::CaseInsensitive) == 0;
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

// left OP right with == or != outside of quotes and brackets, and nothing more complex around it.
struct Comparison
{
    QStringView left;
    QStringView right;
    bool equal = true;
};
Comparison readComparison(QStringView text)
{
    int depth = 0;
    for (qsizetype i = 0; i + 1 < text.size(); ++i) {
        const QChar c = text[i];
        if (isQuote(c)) {
            i = skipQuoted(text, i) - 1;
        } else if (c == u'(' || c == u'[' || c == u'{') {
            ++depth;
        } else if (c == u')' || c == u']' || c == u'}') {
            --depth;
        } else if (depth == 0 && (c == u'=' || c == u'!') && text[i + 1] == u'=') {
            const qsizetype width = i + 2 < text.size() && text[i + 2] == u'=' ? 3 : 2;
            return {text.first(i).trimmed(), text.sliced(i + width).trimmed(), c == u'='};
        }
    }
    return {};
}

QString operand(QStringView text)
{
    if (const QString value = literal(text); !value.isNull())
        return u'\'' + value + u'\'';
    return isNumber(text) || text == u"true" || text == u"false" ? text.toString() : QString();
}

QStringView unwrapped(QStringView text)
{
    for (int i = 0; i < 8 && text.startsWith(u'(') && closingBracket(text, 0) == text.size() - 1; ++i)
        text = text.sliced(1, text.size() - 2).trimmed();
    return text;
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

namespace {

// left OP right with one of < > <= >= outside of quotes and brackets.
bool readOrder(QStringView text, QStringView *left, QStringView *right, QString *sign)
{
    int depth = 0;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text[i];
        if (isQuote(c)) {
            i = skipQuoted(text, i) - 1;
        } else if (c == u'(' || c == u'[') {
            ++depth;
        } else if (c == u')' || c == u']') {
            --depth;
        } else if (depth == 0 && (c == u'<' || c == u'>')) {
            const bool isWide = i + 1 < text.size() && text[i + 1] == u'=';
            *left = text.first(i).trimmed();
            *right = text.sliced(i + (isWide ? 2 : 1)).trimmed();
            *sign = text.sliced(i, isWide ? 2 : 1).toString();
            return true;
        }
    }
    return false;
}

QString withoutBlanks(QStringView text)
{
    QString result = text.toString();
    result.remove(u' ');
    return result;
}

void setRange(ConditionTest *test, const QString &sign, double value)
{
    test->kind = ConditionTest::Kind::Range;
    test->isNumeric = true;
    const bool isUpper = sign.startsWith(u'<');
    test->least = isUpper ? -qInf() : value;
    test->most = isUpper ? value : qInf();
    test->isLeastOpen = sign == u">";
    test->isMostOpen = sign == u"<";
}

// Seconds since midnight; -1 when the text is no time.
int secondsOfDay(const QString &text)
{
    const QTime time = QTime::fromString(text, QStringLiteral("HH:mm:ss"));
    return time.isValid() ? time.msecsSinceStartOfDay() / 1000 : -1;
}

ConditionTest readTimeOfDay(const QList<QStringView> &args)
{
    ConditionTest test;
    if (args.size() < 4)
        return test;
    const int from = secondsOfDay(literal(args[1]));
    const int to = secondsOfDay(literal(args[2]));
    const QString zone = literal(args[3]);
    if (from < 0 || to < 0 || zone.isNull())
        return test;
    test.kind = ConditionTest::Kind::TimeOfDay;
    test.subject = withoutBlanks(args[0]) + u' ' + zone.toLower();
    test.least = from;
    test.most = to;
    return test;
}

// Both ends belong to a range; one that ends before it starts goes over midnight.
bool timesOverlap(const ConditionTest &a, const ConditionTest &b)
{
    const auto has = [](const ConditionTest &test, double second) {
        return test.least <= test.most ? second >= test.least && second <= test.most
                                       : second >= test.least || second <= test.most;
    };
    return has(a, b.least) || has(b, a.least);
}

// Splits at a sign of two equal characters outside of quotes and brackets. Gives nothing when the text has an operator
// that binds less than && and ||, so that its parts would not be conditions of their own.
QList<QStringView> splitAt(QStringView text, QChar sign)
{
    QList<QStringView> result;
    qsizetype start = 0;
    int depth = 0;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text[i];
        if (isQuote(c)) {
            i = skipQuoted(text, i) - 1;
        } else if (c == u'(' || c == u'[' || c == u'{') {
            ++depth;
        } else if (c == u')' || c == u']' || c == u'}') {
            --depth;
        } else if (depth == 0 && (c == u',' || (c == u'?' && (i + 1 == text.size() || text[i + 1] != u'.')))) {
            return {};
        } else if (depth == 0 && c == sign && i + 1 < text.size() && text[i + 1] == sign) {
            result += text.sliced(start, i - start).trimmed();
            start = i + 2;
            ++i;
        }
    }
    result += text.sliced(start).trimmed();
    return result;
}

// Whether all of both lists can be true at once, and of which two that is to be said.
TestOverlap overlapOf(const QList<ConditionTest> &a, const QList<ConditionTest> &b)
{
    TestOverlap result;
    for (const ConditionTest &one : a) {
        for (const ConditionTest &other : b) {
            if (one.subject != other.subject)
                continue;
            if (!overlap(one, other))
                return {};
            // Words in others are told most clearly.
            if (!result || one.kind == ConditionTest::Kind::Contains)
                result = {&one, &other};
        }
    }
    return result;
}

} // namespace

ConditionTest readTest(QStringView expression)
{
    ConditionTest test;
    const QStringView text = unwrapped(withoutBraces(expression));
    qsizetype nameEnd = 0;
    while (nameEnd < text.size() && isName(text[nameEnd]))
        ++nameEnd;
    if (nameEnd > 0 && nameEnd < text.size() && text[nameEnd] == u'('
        && closingBracket(text, nameEnd) == text.size() - 1) {
        const QStringView name = text.first(nameEnd);
        const QList<QStringView> args = arguments(text.sliced(nameEnd + 1, text.size() - nameEnd - 2));
        if (is(name, u"isTimeOfDayBetween"))
            return readTimeOfDay(args);
        if (args.size() < 2 || literal(args[1]).isNull())
            return test;
        if (is(name, u"stringContains"))
            test.kind = ConditionTest::Kind::Contains;
        else if (is(name, u"isCountryCode"))
            test.kind = ConditionTest::Kind::Country;
        else if (is(name, u"isDayOfWeek"))
            test.kind = ConditionTest::Kind::Weekday;
        test.subject = withoutBlanks(args[0]);
        test.value = literal(args[1]);
        test.ignoresCase = args.size() > 2 && args[2] == u"true";
        return test;
    }
    const Comparison comparison = readComparison(text);
    if (!comparison.left.isEmpty()) {
        if (!comparison.equal)
            return test;
        for (const auto &[subject, value] :
            {std::pair(comparison.left, comparison.right), std::pair(comparison.right, comparison.left)}) {
            if (!isPath(subject) || !operand(subject).isEmpty() || operand(value).isEmpty())
                continue;
            test.kind = ConditionTest::Kind::Equals;
            test.subject = withoutBlanks(subject);
            const QString inner = literal(value);
            test.value = inner.isNull() ? value.toString() : inner;
            const double number = test.value.toDouble(&test.isNumeric);
            test.least = test.most = number;
            return test;
        }
        return test;
    }
    QStringView left;
    QStringView right;
    QString sign;
    if (readOrder(text, &left, &right, &sign)) {
        if (isPath(left) && isNumber(right)) {
            test.subject = withoutBlanks(left);
            setRange(&test, sign, right.toDouble());
        } else if (isPath(right) && isNumber(left)) {
            test.subject = withoutBlanks(right);
            setRange(&test, (sign.startsWith(u'<') ? u'>' : u'<') + sign.mid(1), left.toDouble());
        }
    }
    return test;
}

namespace {

// Enough for what people write, and few enough to compare each with each.
constexpr qsizetype mostLists = 16;
constexpr qsizetype mostParts = 8;
constexpr int deepestBrackets = 16;

// As readTests(), with tests of kind None for what is not recognised.
ConditionTests readLists(QStringView text, int depth)
{
    text = unwrapped(text);
    if (depth > deepestBrackets || (!text.contains(u"&&") && !text.contains(u"||")))
        return {{readTest(text)}};
    ConditionTests result;
    if (const QList<QStringView> either = splitAt(text, u'|'); either.size() > 1) {
        for (const QStringView part : either.first(qMin(mostLists, either.size())))
            result += readLists(part, depth + 1);
        return result.first(qMin(mostLists, result.size()));
    }
    const QList<QStringView> all = splitAt(text, u'&');
    if (all.size() == 1)
        return {{readTest(text)}};
    // Each list of one part with each of the others.
    result = {QList<ConditionTest>()};
    for (const QStringView part : all.first(qMin(mostParts + 1, all.size()))) {
        const ConditionTests added = readLists(part, depth + 1);
        ConditionTests longer;
        for (const QList<ConditionTest> &list : std::as_const(result)) {
            for (const QList<ConditionTest> &more : added) {
                if (longer.size() < mostLists)
                    longer += list + more;
            }
        }
        result = longer;
    }
    return result;
}

} // namespace

ConditionTests readTests(QStringView expression)
{
    ConditionTests result = readLists(withoutBraces(expression), 0);
    result.removeIf([](const QList<ConditionTest> &tests) {
        return tests.size() > mostParts || std::any_of(tests.begin(), tests.end(), [](const ConditionTest &test) {
            return test.kind == ConditionTest::Kind::None;
        });
    });
    return result;
}

TestOverlap findOverlap(const ConditionTests &a, const ConditionTests &b)
{
    for (const QList<ConditionTest> &one : a) {
        for (const QList<ConditionTest> &other : b) {
            if (const TestOverlap found = overlapOf(one, other))
                return found;
        }
    }
    return {};
}

bool overlap(const ConditionTest &a, const ConditionTest &b)
{
    using Kind = ConditionTest::Kind;
    if (a.kind == Kind::None || b.kind == Kind::None || a.subject != b.subject)
        return false;
    const auto contains = [](const ConditionTest &outer, const ConditionTest &inner) {
        return outer.value.contains(inner.value,
            inner.ignoresCase || (outer.kind == Kind::Contains && outer.ignoresCase) ? Qt::CaseInsensitive
                                                                                     : Qt::CaseSensitive);
    };
    if (a.kind == Kind::Contains && b.kind == Kind::Contains)
        return contains(a, b) || contains(b, a);
    if (a.kind == Kind::Contains || b.kind == Kind::Contains) {
        const ConditionTest &inner = a.kind == Kind::Contains ? a : b;
        const ConditionTest &outer = a.kind == Kind::Contains ? b : a;
        return outer.kind == Kind::Equals && contains(outer, inner);
    }
    if (a.kind == Kind::Range || b.kind == Kind::Range) {
        if (!a.isNumeric || !b.isNumeric)
            return false;
        const double least = qMax(a.least, b.least);
        const double most = qMin(a.most, b.most);
        const auto excludes = [](const ConditionTest &test, double value) {
            return (test.isLeastOpen && value == test.least) || (test.isMostOpen && value == test.most);
        };
        return least < most || (least == most && !excludes(a, least) && !excludes(b, least));
    }
    if (a.kind == Kind::TimeOfDay && b.kind == Kind::TimeOfDay)
        return timesOverlap(a, b);
    return a.kind == b.kind
        && a.value.compare(b.value, a.kind == Kind::Equals ? Qt::CaseSensitive : Qt::CaseInsensitive) == 0;
}

} // namespace automation
