#pragma once

#include <optional>
#include <QString>

namespace automation {

// Durations as Wait and the timeouts write them (API reference §8): "[d.]HH:mm[:ss]" with hours below 24, minutes and
// seconds below 60, or a whole number of days. Seconds; empty when the text is none of these. Reentrant.
std::optional<qint64> durationSeconds(QStringView duration);

// True for a lone number: "5" is five days, which is seldom what was meant.
bool isDayCount(QStringView duration);

// The form the program writes: "0.00:05:00". Negative counts as zero.
QString durationText(qint64 seconds);

// "5 minutes", "1 day 6 hours"; translated.
QString secondsInWords(qint64 seconds);

} // namespace automation
