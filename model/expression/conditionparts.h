#pragma once

#include <optional>
#include <QList>
#include <QString>

namespace automation {

// A condition taken apart into the checks people choose from a list: what is looked at, how, and what with. Sources:
// API reference §6 and §7. Value type.
struct ConditionPart
{
    enum class Kind : quint8 {
        Contains, // stringContains(subject, value, ignoresCase)
        Compare, // subject comparison value
        Country, // isCountryCode(subject, value)
        TimeOfDay, // isTimeOfDayBetween(subject, from, to, zone)
        Weekday, // isDayOfWeek(subject, value)
        Given, // the subject alone: true unless it is missing, empty, 0 or false
        All, // every one of the parts
        Any // at least one of the parts
    };
    enum class ValueKind : quint8 { Text, Number, Truth, Nothing };

    Kind kind = Kind::Compare;
    bool isNegated = false;
    QString subject; // a path as it is written: data.reply.text
    QString comparison; // ==, !=, ===, !==, <, <=, > or >=
    ValueKind valueKind = ValueKind::Text;
    QString value; // of a text what it says, without quotes; a number as written; true or false; empty for null
    bool ignoresCase = false;
    QString from; // 09:00:00
    QString to;
    QString zone; // its id
    QList<ConditionPart> parts; // of All and Any, two or more
    // What it was read from, without brackets around it: conditionScript() gives it back as it stands. Clear it, and
    // that of all parts around, to have what the members above say written anew.
    QString source;

    bool isGroup() const { return kind == Kind::All || kind == Kind::Any; }
};

// Of a text that is one {{…}} and nothing else, or of a script without braces. None when anything in it is not one of
// the checks above: an unknown function, arithmetic, a variable where a literal is expected, unusual escapes, more than
// some levels of brackets. Never guesses. Pure, any thread, O(length).
std::optional<ConditionPart> readConditionParts(QStringView expression);

// The script of a condition. Reading it gives the same parts.
QString conditionScript(const ConditionPart &part);

// A literal in single quotes whose value is the text, for scripts.
QString scriptLiteral(QStringView text);

// Whether a script is one path such as data.reply['a b'][0].text, which can be the subject of a check.
bool isConditionSubject(QStringView script);

} // namespace automation
