#pragma once

#include <chrono>
#include <functional>
#include <QByteArray>
#include <QDateTime>
#include <QString>

namespace automation {

// Limits and patience of a client. The defaults suit a service on the internet.
struct ClientOptions
{
    std::chrono::milliseconds idleTimeout {20'000}; // without any progress
    std::chrono::milliseconds totalTimeout {120'000}; // of one attempt, however much it progresses
    qint64 maximumAnswerBytes = qint64(64) * 1024 * 1024;
    int maximumRetries = 3; // after the first attempt; 0 = never
    std::chrono::milliseconds firstRetryDelay {500}; // doubled each time, jittered between half and whole
    std::chrono::milliseconds maximumRetryDelay {30'000}; // a Retry-After beyond it ends the request instead
    int pageSize = 100; // 1..500 (API reference §2)
};

// One request as it was made, for a list of requests. Never holds headers, bodies or the key.
struct RequestRecord
{
    QDateTime startedAt; // UTC
    QString method; // "GET"
    QString path; // path and query, from /api on
    int status = 0; // HTTP status, 0 = no answer
    qint64 milliseconds = 0;
    qint64 answerBytes = 0;
    int attempt = 1; // above 1: a retry
    QString error; // translated; empty when the answer was accepted
};

// Called on the client's thread after every attempt.
using RequestObserver = std::function<void(const RequestRecord &)>;

} // namespace automation
