#pragma once

#include "model/api/apiaccount.h"
#include "model/api/apivalues.h"
#include "model/api/clientoptions.h"
#include "model/definition/workflowdefinition.h"

#include <memory>
#include <optional>
#include <QCoroTask>
#include <stop_token>

namespace automation {

class HttpTransport;

// What to list of a definition's instances (endpoint 6).
struct InstanceFilter
{
    int version = 0; // 0 = the latest, as the service decides
    WorkflowInstance::Status status = WorkflowInstance::Status::Unknown; // Unknown = any
    QDateTime startedFrom; // invalid = no bound
    QDateTime startedTo;
    int maximum = 0; // newest so many; 0 = all
};

// A command of endpoint 9.
enum class InstanceAction { Suspend, Resume, Terminate };

// The Automation API of one account: one method an endpoint (numbers: API reference §2). Errors are values whose
// message names the host and the cause, with the service's own code, words and error id where it sent them; the key
// is in none of them.
//
// Threading: create, use and destroy on one thread with an event loop (that of QCoreApplication).
// Ownership: tasks may outlive the client. Destroying the client or calling cancel() ends what is under way with
// ErrorCode::Cancelled; so does the stop token of a call. Results arrive through the event loop, never from within
// the call or the cancellation.
//
// Repeats: reading requests and deletions are repeated after 429, 502, 503 and 504, with a pause that grows and obeys
// Retry-After. Everything else is sent once: a repeated POST could start a workflow twice.
class AutomationClient
{
public:
    AutomationClient(ApiAccount account, QString key, ClientOptions options = {});
    ~AutomationClient();
    AutomationClient(const AutomationClient &) = delete;
    AutomationClient &operator=(const AutomationClient &) = delete;

    const ApiAccount &account() const;
    void setObserver(RequestObserver observer); // dropped with the client
    void cancel(); // what is under way; the client stays usable

    // 1: the latest version of every definition, all pages.
    QCoro::Task<Result<QList<DefinitionInfo>>> listDefinitions(std::stop_token stop = {});
    // 3: all versions, newest first. NotFound when the service knows none.
    QCoro::Task<Result<QList<DefinitionInfo>>> definitionVersions(QString definitionId, std::stop_token stop = {});
    // 2, 4: the stored definition. What is sent is WorkflowDefinition::toDefinitionInput().
    QCoro::Task<Result<DefinitionInfo>> createDefinition(WorkflowDefinition definition, std::stop_token stop = {});
    QCoro::Task<Result<DefinitionInfo>> updateDefinition(
        QString definitionId, WorkflowDefinition definition, std::stop_token stop = {});
    // 3 + 4: sends the latest version again with the other status; the service makes a new version of it. When it
    // already has that status nothing is sent and the latest version is returned.
    QCoro::Task<Result<DefinitionInfo>> setEnabled(QString definitionId, bool enabled, std::stop_token stop = {});
    // 5: version 0 = all. Irreversible.
    QCoro::Task<Result<void>> deleteDefinition(QString definitionId, int version = 0, std::stop_token stop = {});
    // 6: newest first, without logs. An unknown definition gives an empty list (C4).
    QCoro::Task<Result<QList<WorkflowInstance>>> listInstances(
        QString definitionId, InstanceFilter filter = {}, std::stop_token stop = {});
    // 7: the id of the new instance; empty when the service started it without naming it. payload: an object.
    QCoro::Task<Result<QString>> startInstance(
        QString definitionId, JsonValue payload, int version = 0, std::stop_token stop = {});
    // 8
    QCoro::Task<Result<WorkflowInstance>> instance(
        QString definitionId, QString instanceId, bool withLogs, std::stop_token stop = {});
    // 9
    QCoro::Task<Result<void>> setInstanceState(
        QString definitionId, QString instanceId, InstanceAction action, std::stop_token stop = {});
    // 10: empty when it did not fail.
    QCoro::Task<Result<QList<WorkflowError>>> instanceErrors(
        QString definitionId, QString instanceId, std::stop_token stop = {});
    // 11: payload: an object. Succeeds also when nothing starts.
    QCoro::Task<Result<void>> raiseHttpTrigger(JsonValue payload, QString subAccountId = {}, std::stop_token stop = {});
    // 12: all, or those whose name or id contains the text.
    QCoro::Task<Result<QList<TimeZoneInfo>>> timezones(QString contains = {}, std::stop_token stop = {});
    // 13
    QCoro::Task<Result<QList<FunctionInfo>>> functions(std::stop_token stop = {});
    // 14, 15
    QCoro::Task<Result<Usage>> usage(std::stop_token stop = {});
    QCoro::Task<Result<QList<UsageMonth>>> usageHistory(std::stop_token stop = {});

private:
    std::shared_ptr<HttpTransport> m_transport;
};

} // namespace automation
