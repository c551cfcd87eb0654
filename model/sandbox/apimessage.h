#pragma once

#include "model/json/jsonvalue.h"

#include <QByteArray>
#include <QList>
#include <QStringList>
#include <QUrlQuery>

namespace automation {

// A request as the sandbox's HTTP front hands it on. Value type, crosses threads.
struct ApiRequest
{
    QByteArray method; // "GET", …
    QStringList path; // decoded segments
    QUrlQuery query;
    QByteArray authorization; // value of that header
    QByteArray body;
};

// The answer to it. Value type, crosses threads.
struct ApiResponse
{
    int status = 200;
    QList<std::pair<QByteArray, QByteArray>> headers; // besides the content type
    QByteArray body; // JSON; empty = none

    static ApiResponse json(int status, const JsonValue &value);
};

// The error body of the API (API reference §2): a code for programs, a sentence, an id for support and the time.
ApiResponse apiError(int status, int code, const QString &message, const QString &errorId, qint64 now);

// Numbers in error bodies (API reference §2).
namespace ApiCode {
inline constexpr int invalidDefinitionId = 1000;
inline constexpr int invalidWorkflowId = 1001;
inline constexpr int definitionNotFound = 1300;
inline constexpr int workflowNotFound = 1301;
inline constexpr int badRequest = 1400;
inline constexpr int unauthorized = 1401;
inline constexpr int forbidden = 1403;
inline constexpr int notFound = 1404;
inline constexpr int wrongMethod = 1405;
inline constexpr int tooLarge = 1413;
inline constexpr int internal = 1500;
inline constexpr int unreadableJson = 5000;
inline constexpr int invalidDefinition = 5001;
} // namespace ApiCode

} // namespace automation
