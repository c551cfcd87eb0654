#pragma once

#include "model/json/result.h"

#include <optional>
#include <QString>

// The functions that expressions can call (reference/automation-api.md §7, reference/engine-semantics.md §8). An absent
// argument is null or undefined. Errors name the argument that cannot be used. Reentrant.
namespace automation::scriptfunctions {

using Argument = std::optional<QString>;

// Loads what the functions need, so that the first call takes no longer than the others.
void prepare();

// True when the country's calling code is that of the number, and the number's own region is the asked one, or unknown,
// or the asked one is the main region of the code. What is no phone number belongs to no country.
Result<bool> isCountryCode(const Argument &phoneNumber, const Argument &countryCode);
// Nothing contains a text, and everything but nothing contains the empty text.
bool stringContains(const Argument &source, const Argument &value, bool ignoreCase);
// Both ends included; from after to goes over midnight. A time without an offset is UTC.
Result<bool> isTimeOfDayBetween(
    const Argument &timestamp, const Argument &from, const Argument &to, const Argument &timeZone);
// The date counts as written, in its own offset.
Result<bool> isDayOfWeek(const Argument &timestamp, const Argument &day);
QString uuid();

} // namespace automation::scriptfunctions
