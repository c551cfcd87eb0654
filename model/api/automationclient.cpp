#include "model/api/automationclient.h"

#include "model/api/httptransport.h"
#include "model/api/paging.h"
#include "model/json/jsonwriter.h"

#include <QCoreApplication>

namespace automation {

namespace {

struct Texts
{
    Q_DECLARE_TR_FUNCTIONS(automation::AutomationClient)
};

using Transport = std::shared_ptr<HttpTransport>;

// The coroutines behind the methods: functions of their own, so that none holds the client.

Result<HttpRequest> requestTo(const Transport &transport, QByteArray verb, std::initializer_list<QString> segments)
{
    Result<QByteArray> path = transport->accountPath(segments);
    if (!path)
        return path.error();
    HttpRequest request;
    request.repeatable = verb == "GET" || verb == "DELETE";
    request.verb = std::move(verb);
    request.path = *path;
    return request;
}

QByteArray bodyOf(const JsonValue &json)
{
    return writeJson(json, JsonStyle::compact());
}

template <typename T> QCoro::Task<Result<T>> failed(Error error)
{
    co_return error;
}

const QString definitionsWord = QStringLiteral("definitions");
const QString workflowsWord = QStringLiteral("workflows");

QString keyOfDefinition(const DefinitionInfo &info)
{
    return info.id + u'#' + QString::number(info.version);
}

QString keyOfInstance(const WorkflowInstance &instance)
{
    return instance.id;
}

template <typename T> QCoro::Task<Result<T>> one(Transport transport, HttpRequest request, std::stop_token stop)
{
    QCoro::Task<Result<JsonValue>> asking = HttpTransport::sendForJson(transport, request, stop);
    Result<JsonValue> json = co_await asking;
    if (!json)
        co_return json.error();
    Result<T> value = T::fromJson(*json);
    if (!value)
        co_return transport->unusable(request, value.error().message);
    co_return value;
}

template <typename T> QCoro::Task<Result<QList<T>>> list(Transport transport, HttpRequest request, std::stop_token stop)
{
    QCoro::Task<Result<JsonValue>> asking = HttpTransport::sendForJson(transport, request, stop);
    Result<JsonValue> json = co_await asking;
    if (!json)
        co_return json.error();
    co_return Paging::elements<T>(*transport, request, *json);
}

QCoro::Task<Result<void>> nothing(Transport transport, HttpRequest request, std::stop_token stop)
{
    QCoro::Task<Result<HttpAnswer>> sending = HttpTransport::sendForSuccess(transport, request, stop);
    Result<HttpAnswer> answer = co_await sending;
    if (!answer)
        co_return answer.error();
    co_return Result<void>();
}

QCoro::Task<Result<QList<DefinitionInfo>>> versionsOf(
    Transport transport, QString definitionId, int maximum, std::stop_token stop)
{
    Result<HttpRequest> request = requestTo(transport, "GET", {definitionsWord, definitionId});
    if (!request)
        co_return request.error();
    QCoro::Task<Result<QList<DefinitionInfo>>> asking
        = Paging::all<DefinitionInfo>(transport, *request, maximum, keyOfDefinition, stop);
    Result<QList<DefinitionInfo>> versions = co_await asking;
    // The service answers an unknown id with an empty list (API reference §2, 3).
    if (versions && versions->isEmpty()) {
        co_return Error {ErrorCode::NotFound,
            Texts::tr("%1 knows no definition %2.").arg(transport->account().hostName(), definitionId)};
    }
    co_return versions;
}

QCoro::Task<Result<DefinitionInfo>> changeStatus(
    Transport transport, QString definitionId, bool enabled, std::stop_token stop)
{
    QCoro::Task<Result<QList<DefinitionInfo>>> asking = versionsOf(transport, definitionId, 0, stop);
    Result<QList<DefinitionInfo>> versions = co_await asking;
    if (!versions)
        co_return versions.error();
    const DefinitionInfo latest = *std::max_element(versions->cbegin(), versions->cend(),
        [](const DefinitionInfo &a, const DefinitionInfo &b) { return a.version < b.version; });
    if (latest.isEnabled() == enabled && !latest.status.isEmpty())
        co_return latest;
    JsonValue root = latest.raw;
    root.set(QStringLiteral("status"), enabled ? QLatin1StringView("enabled") : QLatin1StringView("disabled"));
    Result<WorkflowDefinition> definition = WorkflowDefinition::fromJson(std::move(root));
    Result<HttpRequest> request = requestTo(transport, "PUT", {definitionsWord, definitionId});
    if (!definition)
        co_return definition.error();
    if (!request)
        co_return request.error();
    request->body = bodyOf(definition->toDefinitionInput());
    QCoro::Task<Result<DefinitionInfo>> sending = one<DefinitionInfo>(transport, *request, stop);
    Result<DefinitionInfo> stored = co_await sending;
    co_return stored;
}

QCoro::Task<Result<QList<WorkflowInstance>>> instancesOf(
    Transport transport, HttpRequest request, int maximum, std::stop_token stop)
{
    QCoro::Task<Result<QList<WorkflowInstance>>> asking
        = Paging::all<WorkflowInstance>(transport, request, maximum, keyOfInstance, stop);
    Result<QList<WorkflowInstance>> instances = co_await asking;
    // Documented both as an empty list and as 404 (C4).
    if (!instances && instances.error().code == ErrorCode::NotFound)
        co_return QList<WorkflowInstance>();
    co_return instances;
}

QCoro::Task<Result<QString>> startOf(Transport transport, HttpRequest request, std::stop_token stop)
{
    QCoro::Task<Result<HttpAnswer>> sending = HttpTransport::sendForSuccess(transport, request, stop);
    Result<HttpAnswer> answer = co_await sending;
    if (!answer)
        co_return answer.error();
    // ".../workflows/ID"; a path or a full address.
    const QString path = QUrl::fromEncoded(answer->location).path();
    const QString id = path.section(u'/', -1, -1, QString::SectionSkipEmpty);
    if (!id.isEmpty())
        co_return id;
    const Result<JsonValue> json = transport->json(request, *answer);
    co_return json ? json->value(u"workflowId").toString() : QString();
}

QCoro::Task<Result<QList<WorkflowError>>> errorsOf(Transport transport, HttpRequest request, std::stop_token stop)
{
    QCoro::Task<Result<JsonValue>> asking = HttpTransport::sendForJson(transport, request, stop);
    Result<JsonValue> json = co_await asking;
    if (!json)
        co_return json.error();
    // The documented example is a single object (C5).
    const JsonValue array = json->isObject() ? JsonValue::array({*json}) : *json;
    co_return Paging::elements<WorkflowError>(*transport, request, array);
}

QString timeText(const QDateTime &time)
{
    return time.toUTC().toString(Qt::ISODateWithMs);
}

Error notAnObject()
{
    return Error {ErrorCode::InvalidArgument, Texts::tr("The data to start with must be a JSON object.")};
}

} // namespace

AutomationClient::AutomationClient(ApiAccount account, QString key, ClientOptions options)
    : m_transport(std::make_shared<HttpTransport>(std::move(account), std::move(key), options))
{
}

AutomationClient::~AutomationClient()
{
    m_transport->setObserver({});
    m_transport->cancel();
}

const ApiAccount &AutomationClient::account() const
{
    return m_transport->account();
}

void AutomationClient::setObserver(RequestObserver observer)
{
    m_transport->setObserver(std::move(observer));
}

void AutomationClient::cancel()
{
    m_transport->cancel();
}

QCoro::Task<Result<QList<DefinitionInfo>>> AutomationClient::listDefinitions(std::stop_token stop)
{
    Result<HttpRequest> request = requestTo(m_transport, "GET", {definitionsWord});
    if (!request)
        return failed<QList<DefinitionInfo>>(request.error());
    return Paging::all<DefinitionInfo>(m_transport, *request, 0, keyOfDefinition, stop);
}

QCoro::Task<Result<QList<DefinitionInfo>>> AutomationClient::definitionVersions(
    QString definitionId, std::stop_token stop)
{
    return versionsOf(m_transport, std::move(definitionId), 0, stop);
}

QCoro::Task<Result<DefinitionInfo>> AutomationClient::createDefinition(
    WorkflowDefinition definition, std::stop_token stop)
{
    Result<HttpRequest> request = requestTo(m_transport, "POST", {definitionsWord});
    if (!request)
        return failed<DefinitionInfo>(request.error());
    request->body = bodyOf(definition.toDefinitionInput());
    return one<DefinitionInfo>(m_transport, *request, stop);
}

QCoro::Task<Result<DefinitionInfo>> AutomationClient::updateDefinition(
    QString definitionId, WorkflowDefinition definition, std::stop_token stop)
{
    Result<HttpRequest> request = requestTo(m_transport, "PUT", {definitionsWord, definitionId});
    if (!request)
        return failed<DefinitionInfo>(request.error());
    request->body = bodyOf(definition.toDefinitionInput());
    return one<DefinitionInfo>(m_transport, *request, stop);
}

QCoro::Task<Result<DefinitionInfo>> AutomationClient::setEnabled(
    QString definitionId, bool enabled, std::stop_token stop)
{
    return changeStatus(m_transport, std::move(definitionId), enabled, stop);
}

QCoro::Task<Result<void>> AutomationClient::deleteDefinition(QString definitionId, int version, std::stop_token stop)
{
    Result<HttpRequest> request = requestTo(m_transport, "DELETE", {definitionsWord, definitionId});
    if (!request)
        return failed<void>(request.error());
    if (version > 0)
        request->addQuery(QLatin1StringView("version"), QString::number(version));
    return nothing(m_transport, *request, stop);
}

QCoro::Task<Result<QList<WorkflowInstance>>> AutomationClient::listInstances(
    QString definitionId, InstanceFilter filter, std::stop_token stop)
{
    Result<HttpRequest> request = requestTo(m_transport, "GET", {definitionsWord, definitionId, workflowsWord});
    if (!request)
        return failed<QList<WorkflowInstance>>(request.error());
    if (filter.version > 0)
        request->addQuery(QLatin1StringView("version"), QString::number(filter.version));
    using Status = WorkflowInstance::Status;
    static const QHash<int, QString> words {{int(Status::Runnable), QStringLiteral("Runnable")},
        {int(Status::Suspended), QStringLiteral("Suspended")}, {int(Status::Complete), QStringLiteral("Complete")},
        {int(Status::Terminated), QStringLiteral("Terminated")}};
    if (const QString word = words.value(int(filter.status)); !word.isEmpty())
        request->addQuery(QLatin1StringView("status"), word);
    if (filter.startedFrom.isValid())
        request->addQuery(QLatin1StringView("startTimeFrom"), timeText(filter.startedFrom));
    if (filter.startedTo.isValid())
        request->addQuery(QLatin1StringView("startTimeTo"), timeText(filter.startedTo));
    return instancesOf(m_transport, *request, filter.maximum, stop);
}

QCoro::Task<Result<QString>> AutomationClient::startInstance(
    QString definitionId, JsonValue payload, int version, std::stop_token stop)
{
    if (!payload.isObject())
        return failed<QString>(notAnObject());
    Result<HttpRequest> request = requestTo(m_transport, "POST", {definitionsWord, definitionId, workflowsWord});
    if (!request)
        return failed<QString>(request.error());
    if (version > 0)
        request->addQuery(QLatin1StringView("version"), QString::number(version));
    request->body = bodyOf(payload);
    return startOf(m_transport, *request, stop);
}

QCoro::Task<Result<WorkflowInstance>> AutomationClient::instance(
    QString definitionId, QString instanceId, bool withLogs, std::stop_token stop)
{
    Result<HttpRequest> request
        = requestTo(m_transport, "GET", {definitionsWord, definitionId, workflowsWord, instanceId});
    if (!request)
        return failed<WorkflowInstance>(request.error());
    if (withLogs)
        request->addQuery(QLatin1StringView("includeLogs"), QStringLiteral("true"));
    return one<WorkflowInstance>(m_transport, *request, stop);
}

QCoro::Task<Result<void>> AutomationClient::setInstanceState(
    QString definitionId, QString instanceId, InstanceAction action, std::stop_token stop)
{
    Result<HttpRequest> request
        = requestTo(m_transport, "PATCH", {definitionsWord, definitionId, workflowsWord, instanceId});
    if (!request)
        return failed<void>(request.error());
    QLatin1StringView word("terminate");
    if (action == InstanceAction::Suspend)
        word = QLatin1StringView("suspend");
    else if (action == InstanceAction::Resume)
        word = QLatin1StringView("resume");
    request->body = bodyOf(JsonValue::object({{QStringLiteral("status"), word}}));
    return nothing(m_transport, *request, stop);
}

QCoro::Task<Result<QList<WorkflowError>>> AutomationClient::instanceErrors(
    QString definitionId, QString instanceId, std::stop_token stop)
{
    Result<HttpRequest> request = requestTo(
        m_transport, "GET", {definitionsWord, definitionId, workflowsWord, instanceId, QStringLiteral("errors")});
    if (!request)
        return failed<QList<WorkflowError>>(request.error());
    return errorsOf(m_transport, *request, stop);
}

QCoro::Task<Result<void>> AutomationClient::raiseHttpTrigger(
    JsonValue payload, QString subAccountId, std::stop_token stop)
{
    if (!payload.isObject())
        return failed<void>(notAnObject());
    Result<HttpRequest> request
        = requestTo(m_transport, "POST", {QStringLiteral("triggers"), QStringLiteral("http_request")});
    if (!request)
        return failed<void>(request.error());
    if (!subAccountId.isEmpty())
        request->addQuery(QLatin1StringView("subAccountId"), subAccountId);
    request->body = bodyOf(payload);
    return nothing(m_transport, *request, stop);
}

QCoro::Task<Result<QList<TimeZoneInfo>>> AutomationClient::timezones(QString contains, std::stop_token stop)
{
    Result<HttpRequest> request = requestTo(m_transport, "GET", {QStringLiteral("steps"), QStringLiteral("timezones")});
    if (!request)
        return failed<QList<TimeZoneInfo>>(request.error());
    if (!contains.isEmpty())
        request->addQuery(QLatin1StringView("contains"), contains);
    return list<TimeZoneInfo>(m_transport, *request, stop);
}

QCoro::Task<Result<QList<FunctionInfo>>> AutomationClient::functions(std::stop_token stop)
{
    Result<HttpRequest> request = requestTo(m_transport, "GET", {QStringLiteral("steps"), QStringLiteral("functions")});
    if (!request)
        return failed<QList<FunctionInfo>>(request.error());
    return list<FunctionInfo>(m_transport, *request, stop);
}

QCoro::Task<Result<Usage>> AutomationClient::usage(std::stop_token stop)
{
    Result<HttpRequest> request = requestTo(m_transport, "GET", {QStringLiteral("usage")});
    if (!request)
        return failed<Usage>(request.error());
    return one<Usage>(m_transport, *request, stop);
}

QCoro::Task<Result<QList<UsageMonth>>> AutomationClient::usageHistory(std::stop_token stop)
{
    Result<HttpRequest> request = requestTo(m_transport, "GET", {QStringLiteral("usage"), QStringLiteral("history")});
    if (!request)
        return failed<QList<UsageMonth>>(request.error());
    return list<UsageMonth>(m_transport, *request, stop);
}

} // namespace automation
