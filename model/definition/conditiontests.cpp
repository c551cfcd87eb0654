#include "model/definition/conditiontests.h"

#include "model/definition/conditionreading.h"
#include "model/definition/conditionscan_p.h"

#include <algorithm>
#include <QTime>
#include <QtNumeric>
#include <utility>

namespace automation {

using namespace conditionscan;

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

// data['a']?.b as data.a.b
QString plainPath(QStringView path)
{
    QString result;
    for (qsizetype i = 0; i < path.size(); ++i) {
        const QChar c = path[i];
        if (c.isSpace() || c == u'?')
            continue;
        if (c == u'[' && i + 1 < path.size() && isQuote(path[i + 1])) {
            const qsizetype end = skipQuoted(path, i + 1);
            const QStringView name = path.sliced(i + 2, qMax<qsizetype>(0, end - i - 3));
            if (end < path.size() && path[end] == u']' && std::all_of(name.begin(), name.end(), isName)) {
                if (!result.endsWith(u'.'))
                    result += u'.';
                result += name;
                i = end;
                continue;
            }
        }
        result += c;
    }
    return result;
}

// What is tested, without what only makes texts comparable; empty when it is no path.
QString subjectOf(QStringView text, bool *ignoresCase)
{
    bool isCut = true;
    while (std::exchange(isCut, false)) {
        for (const QStringView method :
            {u".trim()", u".trimStart()", u".trimEnd()", u".toString()", u".toLowerCase()", u".toUpperCase()"}) {
            if (!text.endsWith(method))
                continue;
            *ignoresCase = *ignoresCase || method.endsWith(u"Case()");
            text.chop(method.size());
            if (text.endsWith(u'?'))
                text.chop(1);
            text = unwrapped(text.trimmed());
            isCut = true;
        }
    }
    return isPath(text) && operand(text).isEmpty() ? plainPath(text) : QString();
}

// SUBJECT.method('value') and nothing else.
struct MethodCall
{
    QStringView subject;
    QStringView name;
    QStringView argument; // all of them
};
MethodCall readMethodCall(QStringView text)
{
    if (!text.endsWith(u')'))
        return {};
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (isQuote(text[i])) {
            i = skipQuoted(text, i) - 1;
        } else if (text[i] == u'(') {
            const qsizetype close = closingBracket(text, i);
            if (close < 0)
                return {};
            if (close < text.size() - 1) {
                i = close;
                continue;
            }
            qsizetype start = i;
            while (start > 0 && isName(text[start - 1]))
                --start;
            if (start < 2 || start == i || text[start - 1] != u'.')
                return {};
            const qsizetype end = text[start - 2] == u'?' ? start - 2 : start - 1;
            return {
                text.first(end).trimmed(), text.sliced(start, i - start), text.sliced(i + 1, close - i - 1).trimmed()};
        }
    }
    return {};
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

QString argumentOf(QStringView text, bool *ignoresCase)
{
    const QString subject = subjectOf(text, ignoresCase);
    return subject.isEmpty() ? withoutBlanks(text) : subject;
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
    test.subject = argumentOf(args[0], &test.ignoresCase) + u' ' + zone.toLower();
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
    for (qsizetype i = nextOutside(text, 0); i >= 0; i = nextOutside(text, i + 1)) {
        const QChar c = text[i];
        const QChar next = i + 1 < text.size() ? text[i + 1] : QChar();
        if (c == u',' || (c == u'?' && next != u'.'))
            return {};
        if (c == sign && next == sign) {
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
            if (one.isNegated && other.isNegated && one.value == other.value)
                continue; // both ask for something else as well, and only that tells them apart
            // Words in others are told most clearly.
            if (!result || (one.kind == ConditionTest::Kind::Contains && !one.isNegated))
                result = {&one, &other};
        }
    }
    return result;
}

// stringContains(…) and the other functions, methods of texts; kind None for all else.
ConditionTest readCallTest(QStringView text)
{
    using Kind = ConditionTest::Kind;
    ConditionTest test;
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
            test.kind = Kind::Contains;
        else if (is(name, u"isCountryCode"))
            test.kind = Kind::Country;
        else if (is(name, u"isDayOfWeek"))
            test.kind = Kind::Weekday;
        test.subject = argumentOf(args[0], &test.ignoresCase);
        test.value = literal(args[1]);
        test.ignoresCase = test.ignoresCase || (args.size() > 2 && args[2] == u"true");
        return test;
    }
    const MethodCall call = readMethodCall(text);
    const bool isPrefix = call.name == u"startsWith";
    if ((!isPrefix && call.name != u"includes") || literal(call.argument).isNull())
        return test;
    test.subject = subjectOf(call.subject, &test.ignoresCase);
    test.value = literal(call.argument);
    if (!test.subject.isEmpty())
        test.kind = isPrefix ? Kind::StartsWith : Kind::Contains;
    return test;
}

// subject.indexOf(value) compared with -1 or 0: whether it is in it.
ConditionTest readPosition(QStringView left, QStringView sign, QStringView right)
{
    ConditionTest test;
    const MethodCall call = readMethodCall(left);
    if (call.name != u"indexOf" || literal(call.argument).isNull())
        return test;
    const bool isThere
        = (right == u"0" && sign == u">=") || (right == u"-1" && (sign == u">" || sign == u"!=" || sign == u"!=="));
    const bool isNot
        = (right == u"0" && sign == u"<") || (right == u"-1" && (sign == u"==" || sign == u"===" || sign == u"<="));
    test.subject = subjectOf(call.subject, &test.ignoresCase);
    if (test.subject.isEmpty() || (!isThere && !isNot))
        return test;
    test.kind = ConditionTest::Kind::Contains;
    test.value = literal(call.argument);
    test.isNegated = isNot;
    return test;
}

Qt::CaseSensitivity caseOf(const ConditionTest &a, const ConditionTest &b)
{
    return a.ignoresCase || b.ignoresCase ? Qt::CaseInsensitive : Qt::CaseSensitive;
}

bool isSameValue(const ConditionTest &a, const ConditionTest &b)
{
    using Kind = ConditionTest::Kind;
    if (a.isNothing || b.isNothing)
        return a.isNothing && b.isNothing;
    if (a.kind == Kind::Equals && (a.isStrict || b.isStrict) && a.isText != b.isText)
        return false;
    return a.value.compare(b.value, a.kind == Kind::Equals ? caseOf(a, b) : Qt::CaseInsensitive) == 0;
}

// Whether a value for which the one is true makes the other one true as well, negations left out. True when it cannot
// be told.
bool implies(const ConditionTest &test, const ConditionTest &other)
{
    using Kind = ConditionTest::Kind;
    const auto isOfText = [](const ConditionTest &t) {
        return t.kind == Kind::Contains || t.kind == Kind::StartsWith || t.kind == Kind::Equals;
    };
    if (isOfText(test) && isOfText(other)) {
        if (other.kind == Kind::Equals)
            return test.kind == Kind::Equals && isSameValue(test, other);
        if (test.isNothing)
            return false;
        return other.kind == Kind::Contains
            ? test.value.contains(other.value, caseOf(test, other))
            : test.kind != Kind::Contains && test.value.startsWith(other.value, caseOf(test, other));
    }
    if (test.kind == Kind::Range && other.kind == Kind::Equals)
        return test.least == test.most;
    if (test.isNumeric && other.kind == Kind::Range)
        return test.least >= other.least && test.most <= other.most;
    if (test.kind == Kind::TimeOfDay && other.kind == Kind::TimeOfDay)
        return test.least > test.most || other.least > other.most
            || (other.least <= test.least && test.most <= other.most);
    return test.kind != other.kind || isSameValue(test, other);
}

} // namespace

ConditionTest readTest(QStringView expression)
{
    using Kind = ConditionTest::Kind;
    QStringView text = unwrapped(withoutBraces(expression));
    if (text.startsWith(u'!') && !text.startsWith(u"!=")) {
        ConditionTest test = readCallTest(unwrapped(text.sliced(1).trimmed()));
        test.isNegated = true;
        return test;
    }
    if (const ConditionTest test = readCallTest(text); test.kind != Kind::None)
        return test;
    ConditionTest test;
    const Comparison comparison = readComparison(text);
    if (!comparison.left.isEmpty()) {
        const QStringView sign
            = comparison.strict ? (comparison.equal ? u"===" : u"!==") : (comparison.equal ? u"==" : u"!=");
        if (const ConditionTest position = readPosition(comparison.left, sign, comparison.right);
            position.kind != Kind::None)
            return position;
        for (const auto &[subject, value] :
            {std::pair(comparison.left, comparison.right), std::pair(comparison.right, comparison.left)}) {
            const bool isNothing = !comparison.strict && (value == u"null" || value == u"undefined");
            const QString path = subjectOf(subject, &test.ignoresCase);
            if (path.isEmpty() || path == u"null" || path == u"undefined" || (!isNothing && operand(value).isEmpty()))
                continue;
            test.kind = Kind::Equals;
            test.subject = path;
            test.isNegated = !comparison.equal;
            test.isNothing = isNothing;
            test.isStrict = comparison.strict;
            const QString inner = literal(value);
            test.isText = !inner.isNull();
            test.value = test.isText ? inner : value.toString();
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
        if (const ConditionTest position = readPosition(left, sign, right); position.kind != Kind::None)
            return position;
        if (isPath(left) && isNumber(right)) {
            test.subject = plainPath(left);
            setRange(&test, sign, right.toDouble());
        } else if (isPath(right) && isNumber(left)) {
            test.subject = plainPath(right);
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
    if (a.isNegated && b.isNegated)
        return true;
    if (a.isNegated || b.isNegated)
        return a.isNegated ? !implies(b, a) : !implies(a, b);
    if (a.isNothing || b.isNothing)
        return a.isNothing && b.isNothing;
    const auto contains = [&](const ConditionTest &outer, const ConditionTest &inner) {
        return outer.value.contains(inner.value, caseOf(outer, inner));
    };
    const auto startsWith = [&](const ConditionTest &outer, const ConditionTest &inner) {
        return outer.value.startsWith(inner.value, caseOf(outer, inner));
    };
    if (a.kind == Kind::Contains && b.kind == Kind::Contains)
        return contains(a, b) || contains(b, a);
    if (a.kind == Kind::StartsWith && b.kind == Kind::StartsWith)
        return startsWith(a, b) || startsWith(b, a);
    if (a.kind == Kind::Contains || b.kind == Kind::Contains) {
        const ConditionTest &inner = a.kind == Kind::Contains ? a : b;
        const ConditionTest &outer = a.kind == Kind::Contains ? b : a;
        return (outer.kind == Kind::Equals || outer.kind == Kind::StartsWith) && contains(outer, inner);
    }
    if (a.kind == Kind::StartsWith || b.kind == Kind::StartsWith) {
        const ConditionTest &start = a.kind == Kind::StartsWith ? a : b;
        const ConditionTest &whole = a.kind == Kind::StartsWith ? b : a;
        return whole.kind == Kind::Equals && startsWith(whole, start);
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
    return a.kind == b.kind && isSameValue(a, b);
}

namespace {

// The variable of a path such as data.x.y; empty for all else.
QString variableOf(QStringView text)
{
    const QString path = isPath(text) ? plainPath(text) : QString();
    return path.startsWith(u"data.") ? path.section(u'.', 1, 1).section(u'[', 0, 0) : QString();
}

// What a condition without && and || says.
void addPresence(QStringView text, PresenceTests &tests)
{
    text = unwrapped(text);
    const auto add = [](QStringList &names, const QString &name) {
        if (!name.isEmpty())
            names += name;
    };
    bool isTrue = true;
    while (text.startsWith(u'!') && !text.startsWith(u"!=")) {
        isTrue = !isTrue;
        text = unwrapped(text.sliced(1).trimmed());
    }
    QStringList &names = isTrue ? tests.whenTrue : tests.whenFalse;
    const Comparison comparison = readComparison(text);
    if (!comparison.left.isEmpty()) {
        for (const auto &[path, value] :
            {std::pair(comparison.left, comparison.right), std::pair(comparison.right, comparison.left)}) {
            const bool isTypeof = path.startsWith(u"typeof ");
            const QString name = variableOf(isTypeof ? path.sliced(7).trimmed() : path);
            if (name.isEmpty())
                continue;
            const bool isNothing
                = isTypeof ? literal(value) == u"undefined" : value == u"null" || value == u"undefined";
            if (isNothing)
                add(comparison.equal == isTrue ? tests.whenFalse : tests.whenTrue, name);
            else if (comparison.equal && !operand(value).isEmpty())
                add(names, name); // nothing equals a literal
        }
        return;
    }
    if (const QString name = variableOf(text); !name.isEmpty()) {
        add(names, name);
        return;
    }
    QStringView left;
    QStringView right;
    QString sign;
    if (const ConditionTest test = readCallTest(text); test.kind != ConditionTest::Kind::None) {
        add(names, variableOf(QStringView(test.subject).left(test.subject.indexOf(u' '))));
    } else if (isTrue && !text.contains(u'(') && readOrder(text, &left, &right, &sign)) {
        add(names, isNumber(right) ? variableOf(left) : isNumber(left) ? variableOf(right) : QString());
    }
}

} // namespace

PresenceTests readPresence(QStringView expression)
{
    const QStringView text = unwrapped(withoutBraces(expression));
    PresenceTests all;
    const QList<QStringView> either = splitAt(text, u'|');
    const QList<QStringView> both = splitAt(text, u'&');
    // Of a && b the truth of both is known when it is true, of a || b that neither is when it is false.
    for (const QStringView part : either.size() > 1 ? either : both) {
        PresenceTests tests;
        if (either.size() < 2 || both.size() < 2)
            addPresence(part, tests);
        if (either.size() < 2)
            all.whenTrue += tests.whenTrue;
        if (both.size() < 2)
            all.whenFalse += tests.whenFalse;
    }
    return all;
}

} // namespace automation
