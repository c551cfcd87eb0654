#pragma once

#include "model/expression/scriptcheck.h"

namespace automation {

// Where a script is no JavaScript expression and why, told by the engine that the evaluator runs scripts with; nothing
// is run. Empty for a script that can be read, and for one above maxScriptLength, which is refused for that. The place
// is that of the first sign that does not fit, or the end of the script when something is missing.
//
// The engine is loaded at the first script that isPlainExpression() cannot vouch for: a few milliseconds, once. Where
// it cannot be had (not installed, or too little address space), only what our own scanner sees is found. Any thread;
// one script at a time.
std::optional<ScriptProblem> checkScriptSyntax(QStringView script);

} // namespace automation
