#pragma once

#include <QList>
#include <QString>
#include <QStringView>

namespace automation {

// A static reference of a script into data or step: data.payload.user['msisdn'].
struct ScriptReference
{
    struct Member
    {
        QString name; // of .name and ['name']; decimal digits of [0]
        qsizetype offset = 0; // of the name itself, without dot, brackets and quotes; UTF-16 units in the script
        qsizetype length = 0;
    };
    QString root; // "data" or "step"
    QList<Member> path; // without a method that is called on it: data.text.trim() has the path "text"
    bool isOpen = false; // goes on with a computed member: data.list[data.index]
    qsizetype offset = 0; // from the root to the end of the path
    qsizetype length = 0;

    bool isOfStep() const { return root.front() == u's'; }
    QStringList names() const;
};

// A call of a function by its plain name: isDayOfWeek(…). Methods are not listed.
struct ScriptCall
{
    struct Argument
    {
        bool isText = false; // a plain text, whose value is text; any other expression otherwise
        QString text;
        qsizetype offset = 0; // from its first sign to its last one, quotes included
        qsizetype length = 0;
    };
    QString name;
    int argumentCount = -1; // -1 when it cannot be told (spread, unclosed)
    QList<Argument> arguments; // as many, when it can be told
    qsizetype offset = 0; // of the name
    qsizetype length = 0;
};

// A name that is neither data, step, a function that is called nor given by the script itself.
struct ScriptName
{
    QString name;
    qsizetype offset = 0;
    qsizetype length = 0;
};

struct ScriptReferences
{
    QList<ScriptReference> references; // in the order of the script
    QList<ScriptCall> calls;
    QList<ScriptName> names; // true, null and other words of the language are none
};

// What a script refers to, without running it. Tolerant: forms it does not know (computed names, names that an arrow
// function gives to its parameters) are skipped, never misreported. Pure function, any thread.
ScriptReferences findReferences(QStringView script);

} // namespace automation
