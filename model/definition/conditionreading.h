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

} // namespace automation
