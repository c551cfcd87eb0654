#pragma once

#include "model/json/result.h"

#include <QString>
#include <QUrl>

namespace automation {

// Where a service is and whose workflows to work on. Value type; never holds the key.
struct ApiAccount
{
    QString name; // for people, unique among the saved accounts
    QUrl baseUrl; // "https://automation.8x8.com"; a path in front of /api/v1 is allowed
    QString accountId; // "acme_1A2b3" (API reference §1)

    // An error when a request to it must not be made: no host, no account id, user info or a query in the address,
    // any scheme but https. Plain http is accepted for loopback only (127.0.0.0/8, ::1, localhost).
    Result<void> check() const;
    // "host" or "host:port", for messages.
    QString hostName() const;

    friend bool operator==(const ApiAccount &, const ApiAccount &) = default;
};

// True for 127.0.0.0/8, ::1 and "localhost".
bool isLoopbackHost(const QString &host);

} // namespace automation
