#pragma once

#include "model/expression/scriptreferences.h"

namespace automation {

// A doubt about a script that can be read, from the script alone.
struct ScriptFinding
{
    enum class Weight {
        Error, // the run fails here
        Warning, // probably not what was meant
        Hint // worth knowing
    };
    QLatin1StringView rule; // stable name, "argument-count"
    Weight weight = Weight::Warning;
    qsizetype offset = 0; // UTF-16 units in the script
    qsizetype length = 0;
    QString message; // translated, one sentence in plain words
    QString replacement; // what should stand at offset instead; empty = no suggestion
};

// Calls of the functions of the catalogue (API reference §7, engine semantics §8): names, number of arguments, country
// codes, days, times of the day and time zones; and comparisons that never hold as they are written. Pure function.
QList<ScriptFinding> lintScript(QStringView script, const ScriptReferences &references);

// Whether the script looks at nothing that could change: literals and operators only.
bool isConstantScript(QStringView script, const ScriptReferences &references);

// Whether a name that is not called means something by itself: undefined, Math, JSON, …
bool isGlobalName(QStringView name);

// The word of a list that was probably meant: another case, or one that differs by a slip or two. Empty when none is
// near enough.
QString nearestWord(QStringView word, const QStringList &words);

} // namespace automation
