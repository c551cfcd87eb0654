#pragma once

#include "model/sandbox/apimessage.h"
#include "model/sandbox/workflowengine.h"

#include <functional>
#include <variant>

namespace automation {

// What all parts of the API share: the engine behind it and the ways to refuse a request. Engine's thread.
class ApiContext
{
public:
    ApiContext(SandboxStore &store, WorkflowEngine &engine, Clock &clock, Randomness &randomness, QString account);

    SandboxStore &store() const { return m_store; }
    WorkflowEngine &engine() const { return m_engine; }
    Clock &clock() const { return m_clock; }
    Randomness &randomness() const { return m_randomness; }
    const QString &account() const { return m_account; }
    QString accountPath() const; // "/api/v1/accounts/{account}", percent-encoded

    ApiResponse error(int status, int code, const QString &message) const;
    ApiResponse internalError(const Error &cause) const;
    ApiResponse wrongMethod(const QByteArray &allowed) const;
    ApiResponse noSuchResource() const;

    // A value or the answer that refuses it.
    template <typename T> using Accepted = std::variant<T, ApiResponse>;
    Accepted<qint64> integer(
        const ApiRequest &request, const QString &name, qint64 fallback, qint64 minimum, qint64 maximum) const;
    struct Page
    {
        qint64 limit = 100;
        qint64 skip = 0; // rows before it: offset counts pages (API reference §2, reading a)
    };
    Accepted<Page> page(const ApiRequest &request) const;
    Accepted<JsonValue> objectBody(const ApiRequest &request) const;

    // The body of a trigger or test call as the "data" of an instance: accountId and triggeredAt are added, and
    // subAccountId when there is one.
    JsonValue workflowData(JsonValue body, const QString &subAccountId) const;

    // Something that may start workflows.
    struct TriggerEvent
    {
        QString trigger;
        QString subAccountId;
        bool everySubAccount = false; // reaches definitions of every subaccount
        std::function<JsonValue(const StoredDefinition &)> body;
    };
    struct Started
    {
        QString workflowId;
        QString definitionId;
    };
    // Starts the latest version of every enabled definition with this trigger that is bound to the subaccount or to
    // none, except those of the definition ids in except.
    Result<QList<Started>> startTriggered(const TriggerEvent &event, const QStringList &except = {}) const;

private:
    SandboxStore &m_store;
    WorkflowEngine &m_engine;
    Clock &m_clock;
    Randomness &m_randomness;
    QString m_account;
};

} // namespace automation
