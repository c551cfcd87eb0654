#pragma once

#include "model/api/automationclient.h"
#include "scriptedserver.h"

// A server that answers as a test says, and a client of it.
namespace automation {

inline const QString secret = QStringLiteral("k3y-that-must-not-show");

inline QByteArray definitionJson(const QByteArray &id, int version = 1, const QByteArray &status = "disabled")
{
    return R"({"subAccountId":null,"trigger":"inbound_sms","status":")" + status + R"(","definition":{"id":")" + id
        + R"(","name":"Menu","version":)" + QByteArray::number(version)
        + R"(,"steps":[{"stepType":"Wait","id":"w","inputs":{"duration":"0.00:00:05"}}]},"createdAt":"2024-01-01T10:00:00Z"})";
}

inline QByteArray instanceJson(const QByteArray &id, const QByteArray &status = "Runnable")
{
    return R"({"workflowId":")" + id + R"(","definitionId":"d1","version":1,"status":")" + status
        + R"(","data":{},"startedAt":"2024-01-01T10:00:00Z","completedAt":null})";
}

inline ScriptedReply reply(
    int status, const QByteArray &body = {}, QList<std::pair<QByteArray, QByteArray>> headers = {})
{
    ScriptedReply answer;
    answer.status = status;
    answer.body = body;
    answer.headers = std::move(headers);
    return answer;
}

inline ScriptedReply fault(ScriptedReply::Fault kind, const QByteArray &body = {})
{
    ScriptedReply answer;
    answer.fault = kind;
    answer.body = body;
    return answer;
}

inline ClientOptions quickOptions()
{
    ClientOptions options;
    options.firstRetryDelay = std::chrono::milliseconds(1);
    options.maximumRetryDelay = std::chrono::milliseconds(1500);
    options.idleTimeout = std::chrono::milliseconds(5000);
    return options;
}

struct Fixture
{
    explicit Fixture(ScriptedServer::Script script, ClientOptions options = quickOptions())
        : server(std::move(script))
        , client({QStringLiteral("test"), server.url(), QStringLiteral("acme 1")}, secret, options)
    {
    }
    QString host() const { return server.url().authority(); }

    ScriptedServer server;
    AutomationClient client;
};

} // namespace automation
