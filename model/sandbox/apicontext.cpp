#include "model/sandbox/apicontext.h"

#include "model/json/jsonreader.h"
#include "model/sandbox/timetext.h"

#include <QUrl>

using namespace Qt::StringLiterals;

namespace automation {

ApiContext::ApiContext(
    SandboxStore &store, WorkflowEngine &engine, Clock &clock, Randomness &randomness, QString account)
    : m_store(store)
    , m_engine(engine)
    , m_clock(clock)
    , m_randomness(randomness)
    , m_account(std::move(account))
{
}

QString ApiContext::accountPath() const
{
    return u"/api/v1/accounts/"_s + QString::fromLatin1(QUrl::toPercentEncoding(m_account));
}

ApiResponse ApiContext::error(int status, int code, const QString &message) const
{
    return apiError(status, code, message, m_randomness.uuid(), m_clock.now());
}

ApiResponse ApiContext::internalError(const Error &cause) const
{
    return error(500, ApiCode::internal, cause.message);
}

ApiResponse ApiContext::wrongMethod(const QByteArray &allowed) const
{
    ApiResponse response = error(405, ApiCode::wrongMethod, u"This method is not supported here."_s);
    response.headers.append({"Allow", allowed});
    return response;
}

ApiResponse ApiContext::noSuchResource() const
{
    return error(404, ApiCode::notFound, u"There is no such resource."_s);
}

ApiContext::Accepted<qint64> ApiContext::integer(
    const ApiRequest &request, const QString &name, qint64 fallback, qint64 minimum, qint64 maximum) const
{
    if (!request.query.hasQueryItem(name))
        return fallback;
    bool ok = false;
    const qint64 value = request.query.queryItemValue(name, QUrl::FullyDecoded).toLongLong(&ok);
    if (ok && value >= minimum && value <= maximum)
        return value;
    return error(
        400, ApiCode::badRequest, u"%1 must be an integer from %2 to %3."_s.arg(name).arg(minimum).arg(maximum));
}

ApiContext::Accepted<ApiContext::Page> ApiContext::page(const ApiRequest &request) const
{
    constexpr qint64 maximumLimit = 500;
    constexpr qint64 maximumOffset = 1'000'000'000;
    const auto limit = integer(request, u"limit"_s, 100, 1, maximumLimit);
    if (const auto *refused = std::get_if<ApiResponse>(&limit))
        return *refused;
    const auto offset = integer(request, u"offset"_s, 0, 0, maximumOffset);
    if (const auto *refused = std::get_if<ApiResponse>(&offset))
        return *refused;
    return Page {std::get<qint64>(limit), std::get<qint64>(limit) * std::get<qint64>(offset)};
}

ApiContext::Accepted<JsonValue> ApiContext::objectBody(const ApiRequest &request) const
{
    Result<JsonValue> body = readJson(request.body);
    if (!body)
        return error(
            400, ApiCode::unreadableJson, u"The request body is not readable JSON. %1"_s.arg(body.error().message));
    if (!body->isObject())
        return error(400, ApiCode::unreadableJson, u"The request body must be a JSON object."_s);
    return std::move(*body);
}

JsonValue ApiContext::workflowData(JsonValue body, const QString &subAccountId) const
{
    body.set(u"accountId"_s, m_account);
    if (!subAccountId.isEmpty())
        body.set(u"subAccountId"_s, subAccountId);
    body.set(u"triggeredAt"_s, isoTime(m_clock.now()));
    return body;
}

Result<QList<ApiContext::Started>> ApiContext::startTriggered(
    const TriggerEvent &event, const QStringList &except) const
{
    constexpr qint64 all = -1; // no limit, in SQLite's words
    const Result<QList<StoredDefinition>> definitions = m_store.latestDefinitions(all, 0);
    if (!definitions)
        return definitions.error();
    QList<Started> started;
    for (const StoredDefinition &definition : *definitions) {
        if (!definition.isEnabled() || definition.trigger() != event.trigger || except.contains(definition.id))
            continue;
        const QString bound = definition.subAccountId();
        if (!event.everySubAccount && !bound.isEmpty() && bound != event.subAccountId)
            continue;
        const QString subAccount = event.subAccountId.isEmpty() && event.everySubAccount ? bound : event.subAccountId;
        const Result<QString> id = m_engine.start(definition, workflowData(event.body(definition), subAccount));
        if (!id)
            return id.error();
        started.append({*id, definition.id});
    }
    return started;
}

} // namespace automation
