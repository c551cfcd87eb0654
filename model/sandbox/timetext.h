#pragma once

#include <optional>
#include <QString>

namespace automation {

// Times and durations as the service writes them. All times are milliseconds since 1970 UTC. Pure functions.

// "2021-06-30T03:20:39.49Z": at most three fractional digits, trailing zeros trimmed (API reference §1).
QString isoTime(qint64 time);

// Any ISO 8601 date and time, with or without fraction and offset (none = UTC); nullopt when unreadable.
std::optional<qint64> readTime(const QString &text);

// Milliseconds of "[d.]HH:mm[:ss]" (hours 0 to 23) or of whole days ("5" is five days); at most 10,675,199 days.
// nullopt for everything else (API reference §8).
std::optional<qint64> readDuration(const QString &text);

} // namespace automation
