#pragma once

#include "random.h"

#include <functional>
#include <optional>
#include <QString>

namespace automation {

// Runs a law on many random cases. Every run has a seed of its own, printed with the number of cases, so that what it
// found can be found again:
//   AUTOMATION_SEED   seed of the run (decimal); random when not set
//   AUTOMATION_CASES  number of cases of every law; what the test asks for when not set
//   AUTOMATION_CASE   run this one case only, as a failure names it

// The seed of this process' run.
quint64 runSeed();
// How many cases to run where the test would run usual.
qint64 caseCount(qint64 usual);

// Tries one case with the random numbers given. What went wrong, in words that end up in the test's output (shrink the
// case first, see shrink.h); nothing when the law holds.
using Law = std::function<std::optional<QString>(Random &)>;

// Runs law on caseCount(usual) cases and prints name, count and seed. Empty when it held for all, else the first
// failure with the seed and case to repeat it:  QVERIFY2(failure.isEmpty(), qPrintable(failure)).
QString runCases(const char *name, qint64 usual, const Law &law);

} // namespace automation
