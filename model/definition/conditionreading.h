#pragma once

#include <QList>
#include <QString>

namespace automation {

// What a condition says, in a few words for a port or a card.
struct ConditionReading
{
    QString label; // "'Confirm'", "SG", "between 09:00 and 18:00", else the expression without braces; translated
    QString subject; // what is looked at: "data.reply_text"; empty when the form is not recognised
};

// Reads the usual forms of conditions: the documented functions, comparisons with a literal, and their negation. Takes
// the text with or without braces; never fails, only recognises less. Reentrant, O(length).
ConditionReading readCondition(QStringView expression);

// The script between the outermost braces of a text that is one {{…}} and nothing else, trimmed; else the text trimmed.
QStringView withoutBraces(QStringView text);

// What a condition that compares with null (or tests the value itself) asks: "step.reply != null" gives
// {"step.reply", true}. The subject is empty when it has another form. Blanks and both spellings of null tests count
// the same.
struct NullTest
{
    QString subject;
    bool wantsValue = false;
};
NullTest readNullTest(QStringView expression);

// What a condition tests, as far as two conditions can be compared by it.
struct ConditionTest
{
    enum class Kind : quint8 {
        None, // any other form
        Contains, // stringContains(subject, value)
        Equals, // subject == value
        Country, // isCountryCode(subject, value)
        Weekday, // isDayOfWeek(subject, value)
        TimeOfDay, // isTimeOfDayBetween(subject, …): from least to most in seconds, over midnight when least > most
        Range // subject < 5, subject >= 5, …
    };
    Kind kind = Kind::None;
    QString subject; // without blanks; of TimeOfDay with its zone
    QString value; // the literal, without quotes
    bool ignoresCase = false; // of Contains
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

} // namespace automation
