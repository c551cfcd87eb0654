#include "model/sandbox/instanceapi.h"

#include "model/sandbox/timetext.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace automation {

namespace {

constexpr int maximumVersion = 1'000'000'000;

JsonValue timeOrNull(qint64 time)
{
    return time < 0 ? JsonValue() : JsonValue(isoTime(time));
}

JsonValue instanceJson(const Instance &instance)
{
    return JsonValue::object({{u"workflowId"_s, instance.id}, {u"definitionId"_s, instance.definitionId},
        {u"version"_s, JsonValue(instance.version)}, {u"data"_s, instance.data},
        {u"status"_s, statusText(instance.status)}, {u"startedAt"_s, isoTime(instance.startedAt)},
        {u"completedAt"_s, timeOrNull(instance.completedAt)}});
}

std::optional<InstanceStatus> readStatus(const QString &text)
{
    for (const InstanceStatus status :
        {InstanceStatus::Runnable, InstanceStatus::Suspended, InstanceStatus::Complete, InstanceStatus::Terminated}) {
        if (statusText(status) == text)
            return status;
    }
    return std::nullopt;
}

} // namespace

ApiContext::Accepted<Instance> InstanceApi::find(const QString &definitionText, const QString &workflowId) const
{
    const auto definitionId = m_definitions.readId(definitionText);
    if (const auto *refused = std::get_if<ApiResponse>(&definitionId))
        return *refused;
    static const QRegularExpression objectId(u"\\A[0-9a-fA-F]{24}\\z"_s);
    if (!objectId.match(workflowId).hasMatch())
        return m_context.error(400, ApiCode::invalidWorkflowId, u"Invalid workflow id."_s);
    const auto definition = m_definitions.find(std::get<QString>(definitionId));
    if (const auto *refused = std::get_if<ApiResponse>(&definition))
        return *refused;
    const auto found = m_context.store().instance(std::get<QString>(definitionId), workflowId.toLower());
    if (!found)
        return m_context.internalError(found.error());
    if (!*found)
        return m_context.error(404, ApiCode::workflowNotFound, u"Workflow %1 not found."_s.arg(workflowId));
    return **found;
}

ApiResponse InstanceApi::collection(const ApiRequest &request, const QString &definitionText)
{
    const auto id = m_definitions.readId(definitionText);
    if (const auto *refused = std::get_if<ApiResponse>(&id))
        return *refused;
    if (request.method == "POST")
        return start(request, std::get<QString>(id));
    if (request.method != "GET")
        return m_context.wrongMethod("GET, POST");
    const auto latest = m_definitions.find(std::get<QString>(id));
    if (const auto *refused = std::get_if<ApiResponse>(&latest))
        return *refused;
    return list(request, std::get<StoredDefinition>(latest));
}

ApiResponse InstanceApi::list(const ApiRequest &request, const StoredDefinition &latest)
{
    const auto page = m_context.page(request);
    if (const auto *refused = std::get_if<ApiResponse>(&page))
        return *refused;
    const auto version = m_context.integer(request, u"version"_s, latest.version, 1, maximumVersion);
    if (const auto *refused = std::get_if<ApiResponse>(&version))
        return *refused;

    SandboxStore::InstanceFilter filter;
    filter.definitionId = latest.id;
    filter.version = static_cast<int>(std::get<qint64>(version));
    filter.limit = std::get<ApiContext::Page>(page).limit;
    filter.offset = std::get<ApiContext::Page>(page).skip;
    if (request.query.hasQueryItem(u"status"_s)) {
        filter.status = readStatus(request.query.queryItemValue(u"status"_s, QUrl::FullyDecoded));
        if (!filter.status)
            return m_context.error(
                400, ApiCode::badRequest, u"status must be one of Runnable, Suspended, Complete, Terminated."_s);
    }
    const auto readBound = [&](const QString &name, std::optional<qint64> &bound) {
        if (!request.query.hasQueryItem(name))
            return true;
        bound = readTime(request.query.queryItemValue(name, QUrl::FullyDecoded));
        return bound.has_value();
    };
    if (!readBound(u"startTimeFrom"_s, filter.from))
        return m_context.error(400, ApiCode::badRequest, u"startTimeFrom must be an ISO 8601 time."_s);
    if (!readBound(u"startTimeTo"_s, filter.to))
        return m_context.error(400, ApiCode::badRequest, u"startTimeTo must be an ISO 8601 time."_s);

    const Result<QList<Instance>> found = m_context.store().instances(filter);
    if (!found)
        return m_context.internalError(found.error());
    JsonValue list = JsonValue::array();
    for (const Instance &instance : *found)
        list.append(instanceJson(instance));
    return ApiResponse::json(200, list);
}

ApiResponse InstanceApi::start(const ApiRequest &request, const QString &definitionId)
{
    const auto version = m_context.integer(request, u"version"_s, 0, 1, maximumVersion);
    if (const auto *refused = std::get_if<ApiResponse>(&version))
        return *refused;
    const auto definition = m_definitions.find(definitionId, static_cast<int>(std::get<qint64>(version)));
    if (const auto *refused = std::get_if<ApiResponse>(&definition))
        return *refused;
    const auto body = m_context.objectBody(request);
    if (const auto *refused = std::get_if<ApiResponse>(&body))
        return *refused;

    const JsonValue &payload = std::get<JsonValue>(body);
    const QString subAccount = payload["payload"_L1]["subAccountId"_L1].toString();
    const Result<QString> id
        = m_context.engine().start(std::get<StoredDefinition>(definition), m_context.workflowData(payload, subAccount));
    if (!id)
        return m_context.internalError(id.error());
    ApiResponse response;
    response.status = 201;
    response.headers.append(
        {"Location", (m_context.accountPath() + u"/definitions/%1/workflows/%2"_s.arg(definitionId, *id)).toLatin1()});
    return response;
}

ApiResponse InstanceApi::item(const ApiRequest &request, const QString &definitionId, const QString &workflowId)
{
    if (request.method != "GET" && request.method != "PATCH")
        return m_context.wrongMethod("GET, PATCH");
    const auto found = find(definitionId, workflowId);
    if (const auto *refused = std::get_if<ApiResponse>(&found))
        return *refused;
    const auto &instance = std::get<Instance>(found);
    return request.method == "GET" ? show(request, instance) : patch(request, instance);
}

ApiResponse InstanceApi::show(const ApiRequest &request, const Instance &instance)
{
    bool includeLogs = false;
    if (request.query.hasQueryItem(u"includeLogs"_s)) {
        const QString text = request.query.queryItemValue(u"includeLogs"_s).toLower();
        if (text != "true"_L1 && text != "false"_L1)
            return m_context.error(400, ApiCode::badRequest, u"includeLogs must be true or false."_s);
        includeLogs = text == "true"_L1;
    }
    JsonValue json = instanceJson(instance);
    if (includeLogs) {
        const auto pointers = m_context.store().pointers(instance.id);
        if (!pointers)
            return m_context.internalError(pointers.error());
        JsonValue logs = JsonValue::array();
        for (const ExecutionPointer &pointer : *pointers)
            logs.append(JsonValue::object({{u"id"_s, pointer.id}, {u"stepName"_s, pointer.stepId},
                {u"startedAt"_s, timeOrNull(pointer.startedAt)}, {u"completedAt"_s, timeOrNull(pointer.endedAt)},
                {u"status"_s, statusText(pointer.status)}}));
        json.set(u"logs"_s, logs);
    }
    return ApiResponse::json(200, json);
}

ApiResponse InstanceApi::patch(const ApiRequest &request, const Instance &instance)
{
    const auto body = m_context.objectBody(request);
    if (const auto *refused = std::get_if<ApiResponse>(&body))
        return *refused;
    const QString word = std::get<JsonValue>(body)["status"_L1].toString();
    WorkflowEngine::Command command = WorkflowEngine::Command::Suspend;
    if (word == "resume"_L1)
        command = WorkflowEngine::Command::Resume;
    else if (word == "terminate"_L1)
        command = WorkflowEngine::Command::Terminate;
    else if (word != "suspend"_L1)
        return m_context.error(400, ApiCode::badRequest, u"status must be suspend, resume or terminate."_s);
    if (const Result<void> done = m_context.engine().command(instance, command); !done)
        return m_context.error(400, ApiCode::badRequest, done.error().message);
    return {};
}

ApiResponse InstanceApi::errors(const ApiRequest &request, const QString &definitionId, const QString &workflowId)
{
    if (request.method != "GET")
        return m_context.wrongMethod("GET");
    const auto found = find(definitionId, workflowId);
    if (const auto *refused = std::get_if<ApiResponse>(&found))
        return *refused;
    const auto errors = m_context.store().errors(std::get<Instance>(found).id);
    if (!errors)
        return m_context.internalError(errors.error());
    JsonValue list = JsonValue::array();
    for (const InstanceError &error : *errors)
        list.append(JsonValue::object({{u"workflowId"_s, error.workflowId}, {u"step"_s, error.step},
            {u"message"_s, error.message}, {u"errorTime"_s, isoTime(error.time)}}));
    return ApiResponse::json(200, list);
}

} // namespace automation
