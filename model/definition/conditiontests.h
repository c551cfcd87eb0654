#pragma once

#include <QList>
#include <QString>
#include <QStringList>

namespace automation {

// What a condition tests, as far as two conditions can be compared by it.
struct ConditionTest
{
    enum class Kind : quint8 {
        None, // any other form
        Contains, // stringContains(subject, value), subject.includes(value), subject.indexOf(value) >= 0
        StartsWith, // subject.startsWith(value)
        Equals, // subject == value
        Country, // isCountryCode(subject, value)
        Weekday, // isDayOfWeek(subject, value)
        TimeOfDay, // isTimeOfDayBetween(subject, …): from least to most in seconds, over midnight when least > most
        Range // subject < 5, subject >= 5, …
    };
    Kind kind = Kind::None;
    bool isNegated = false; // !stringContains(…), subject != value
    // Written in one way: without blanks, data['a']?.b as data.a.b, without trim() and the like; of TimeOfDay with its
    // zone.
    QString subject;
    QString value; // the literal, without quotes; null of Equals and null: "null" and isNothing
    bool isNothing = false;
    bool isText = false; // the literal stands in quotes
    bool isStrict = false; // of Equals: ===
    bool ignoresCase = false; // of tests of texts
    // Of a Range, and of Equals with a number: from least to most, without the ends where they are open.
    bool isNumeric = false;
    double least = 0;
    double most = 0;
    bool isLeastOpen = false;
    bool isMostOpen = false;
};
ConditionTest readTest(QStringView expression);

// A condition of several tests: true when all tests of one of the lists are (a || b && c is {{a}, {b, c}}). Lists with
// a part that is not recognised are left out, as they say nothing certain; so are those beyond a limit. A condition
// of one test is one list of one test.
using ConditionTests = QList<QList<ConditionTest>>;
ConditionTests readTests(QStringView expression);

// Whether there are values of the subject for which both are true, as far as that is likely to happen: one keyword in
// another, the same value, ranges with numbers in common. Two words that a long text may both hold do not count.
bool overlap(const ConditionTest &a, const ConditionTest &b);

// Two tests of the same subject, one of each side, in lists that can be true together; null when there are none. The
// pointers lead into a and b.
struct TestOverlap
{
    const ConditionTest *first = nullptr;
    const ConditionTest *second = nullptr;
    explicit operator bool() const { return first != nullptr; }
};
TestOverlap findOverlap(const ConditionTests &a, const ConditionTests &b);

// Variables of "data" that surely hold something when a condition is true, and when it is false: {{data.a != null}}
// says so of a in the first case, {{!data.a}} in the second.
struct PresenceTests
{
    QStringList whenTrue;
    QStringList whenFalse;
};
PresenceTests readPresence(QStringView expression);

} // namespace automation
