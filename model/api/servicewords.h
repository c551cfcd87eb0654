#pragma once

#include "model/api/httptransport.h"

namespace automation {

// Reading what a service says besides its JSON: refusals, pauses, pages of a gateway. All of it may be hostile.

// The error body (code, message, errorId), nothing when it is none.
std::optional<HttpAnswer::ServiceError> readServiceError(const QByteArray &body);
// An answer that says no, as an error: host, the service's code, words and error id, or what can be told without.
Error refusalOf(const HttpAnswer &answer, const QString &host);
// One line of plain text of bounded length: no control characters, no markup left as markup.
QString plainWords(const QString &text);
// Of a Retry-After header: seconds or a date. Nothing when absent or unreadable.
std::optional<std::chrono::milliseconds> retryAfter(const QByteArray &header, const QDateTime &now);

} // namespace automation
