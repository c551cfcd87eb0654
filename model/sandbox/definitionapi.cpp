#include "model/sandbox/definitionapi.h"

#include "model/sandbox/definitioncheck.h"
#include "model/sandbox/timetext.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace automation {

namespace {

constexpr int maximumVersion = 1'000'000'000;

} // namespace

ApiContext::Accepted<QString> DefinitionApi::readId(const QString &text) const
{
    static const QRegularExpression uuid(u"\\A[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\\z"_s);
    if (!uuid.match(text).hasMatch())
        return m_context.error(400, ApiCode::invalidDefinitionId, u"Invalid definition id."_s);
    return text.toLower();
}

ApiContext::Accepted<StoredDefinition> DefinitionApi::find(const QString &id, int version) const
{
    const auto found = m_context.store().definition(id, version);
    if (!found)
        return m_context.internalError(found.error());
    if (!*found)
        return m_context.error(404, ApiCode::definitionNotFound,
            version == 0 ? u"Definition %1 not found."_s.arg(id)
                         : u"Definition %1 version %2 not found."_s.arg(id).arg(version));
    return **found;
}

ApiResponse DefinitionApi::collection(const ApiRequest &request)
{
    if (request.method == "GET")
        return list(request);
    if (request.method == "POST")
        return create(request);
    return m_context.wrongMethod("GET, POST");
}

ApiResponse DefinitionApi::item(const ApiRequest &request, const QString &text)
{
    const auto id = readId(text);
    if (const auto *refused = std::get_if<ApiResponse>(&id))
        return *refused;
    if (request.method == "GET")
        return versions(request, std::get<QString>(id));
    if (request.method == "PUT")
        return update(request, std::get<QString>(id));
    if (request.method == "DELETE")
        return remove(request, std::get<QString>(id));
    return m_context.wrongMethod("GET, PUT, DELETE");
}

JsonValue DefinitionApi::toJson(const StoredDefinition &definition) const
{
    const JsonValue &stored = definition.body["definition"_L1];
    // id and version stand inside "definition", as in every example of the service (C12).
    JsonValue inner = JsonValue::object({{u"id"_s, definition.id}, {u"name"_s, stored["name"_L1]},
        {u"version"_s, JsonValue(definition.version)}, {u"steps"_s, stored["steps"_L1]}});
    JsonValue json = JsonValue::object({{u"accountId"_s, m_context.account()}});
    for (qsizetype i = 0; i < definition.body.size(); ++i) {
        const QString &key = definition.body.keyAt(i);
        json.set(key, key == "definition"_L1 ? inner : definition.body.at(i));
    }
    json.set(u"createdAt"_s, isoTime(definition.createdAt));
    return json;
}

ApiResponse DefinitionApi::answer(const Result<QList<StoredDefinition>> &definitions) const
{
    if (!definitions)
        return m_context.internalError(definitions.error());
    JsonValue list = JsonValue::array();
    for (const StoredDefinition &definition : *definitions)
        list.append(toJson(definition));
    return ApiResponse::json(200, list);
}

ApiResponse DefinitionApi::list(const ApiRequest &request)
{
    const auto page = m_context.page(request);
    if (const auto *refused = std::get_if<ApiResponse>(&page))
        return *refused;
    const auto &[limit, skip] = std::get<ApiContext::Page>(page);
    return answer(m_context.store().latestDefinitions(limit, skip));
}

ApiResponse DefinitionApi::versions(const ApiRequest &request, const QString &id)
{
    const auto page = m_context.page(request);
    if (const auto *refused = std::get_if<ApiResponse>(&page))
        return *refused;
    const auto &[limit, skip] = std::get<ApiContext::Page>(page);
    return answer(m_context.store().versions(id, limit, skip));
}

ApiContext::Accepted<StoredDefinition> DefinitionApi::store(const ApiRequest &request, const QString &id, int version)
{
    const auto body = m_context.objectBody(request);
    if (const auto *refused = std::get_if<ApiResponse>(&body))
        return *refused;
    Result<JsonValue> accepted = acceptDefinition(std::get<JsonValue>(body));
    if (!accepted)
        return m_context.error(400, ApiCode::invalidDefinition, accepted.error().message);
    const StoredDefinition definition {id, version, m_context.clock().now(), std::move(*accepted)};
    if (const Result<void> stored = m_context.store().addDefinition(definition); !stored)
        return m_context.internalError(stored.error());
    emit m_context.engine().changed();
    return definition;
}

ApiResponse DefinitionApi::create(const ApiRequest &request)
{
    const auto stored = store(request, m_context.randomness().uuid(), 1);
    if (const auto *refused = std::get_if<ApiResponse>(&stored))
        return *refused;
    const auto &definition = std::get<StoredDefinition>(stored);
    ApiResponse response = ApiResponse::json(201, toJson(definition));
    response.headers.append({"Location", (m_context.accountPath() + u"/definitions/"_s + definition.id).toLatin1()});
    return response;
}

ApiResponse DefinitionApi::update(const ApiRequest &request, const QString &id)
{
    const auto latest = find(id);
    if (const auto *refused = std::get_if<ApiResponse>(&latest))
        return *refused;
    const Result<int> version = m_context.store().nextVersion(id);
    if (!version)
        return m_context.internalError(version.error());
    const auto stored = store(request, id, *version);
    if (const auto *refused = std::get_if<ApiResponse>(&stored))
        return *refused;
    return ApiResponse::json(200, toJson(std::get<StoredDefinition>(stored)));
}

ApiResponse DefinitionApi::remove(const ApiRequest &request, const QString &id)
{
    const auto version = m_context.integer(request, u"version"_s, 0, 1, maximumVersion);
    if (const auto *refused = std::get_if<ApiResponse>(&version))
        return *refused;
    const int number = static_cast<int>(std::get<qint64>(version));
    const auto found = find(id, number);
    if (const auto *refused = std::get_if<ApiResponse>(&found))
        return *refused;
    if (const Result<void> removed = m_context.engine().removeDefinition(id, number); !removed)
        return m_context.internalError(removed.error());
    ApiResponse response;
    response.status = 202;
    return response;
}

} // namespace automation
