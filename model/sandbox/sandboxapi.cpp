#include "model/sandbox/sandboxapi.h"

#include "model/expression/functioncatalog.h"
#include "model/expression/timezones.h"

#include <QCryptographicHash>
#include <QDateTime>

using namespace Qt::StringLiterals;

namespace automation {

// The change counter begins at the time of start, so it does not repeat over restarts.
SandboxApi::SandboxApi(const ApiContext &context, QByteArray key, QObject *parent)
    : QObject(parent)
    , m_context(context)
    , m_definitions(m_context)
    , m_instances(m_context, m_definitions)
    , m_rehearsal(m_context, QDateTime::currentMSecsSinceEpoch())
    , m_key(std::move(key))
{
    connect(&m_context.engine(), &WorkflowEngine::changed, this, [this] { m_rehearsal.countChange(); });
}

bool SandboxApi::isAuthorized(const QByteArray &authorization) const
{
    const QByteArray scheme = "Bearer ";
    if (authorization.size() < scheme.size()
        || authorization.left(scheme.size()).compare(scheme, Qt::CaseInsensitive) != 0)
        return false;
    // Digests have one length, and comparing all of their bytes takes the same time for every wrong key.
    const QByteArray given
        = QCryptographicHash::hash(authorization.mid(scheme.size()).trimmed(), QCryptographicHash::Sha256);
    const QByteArray wanted = QCryptographicHash::hash(m_key, QCryptographicHash::Sha256);
    int difference = 0;
    for (qsizetype i = 0; i < wanted.size(); ++i)
        difference |= given.at(i) ^ wanted.at(i);
    return difference == 0 && !m_key.isEmpty();
}

void SandboxApi::handle(const ApiRequest &request, const Reply &reply)
{
    if (!isAuthorized(request.authorization)) {
        ApiResponse refused = m_context.error(401, ApiCode::unauthorized,
            request.authorization.isEmpty() ? u"The request carries no API key."_s : u"The API key is not valid."_s);
        refused.headers.emplaceBack("WWW-Authenticate", "Bearer");
        reply(refused);
        return;
    }
    if (request.path.value(0) == "sandbox"_L1) {
        m_rehearsal.handle(request, request.path.mid(1), reply);
        return;
    }
    if (request.path.mid(0, 3) != QStringList {u"api"_s, u"v1"_s, u"accounts"_s} || request.path.size() < 4) {
        reply(m_context.noSuchResource());
        return;
    }
    if (const auto fault = m_rehearsal.takeFault()) {
        reply(*fault);
        return;
    }
    if (request.path.at(3) != m_context.account()) {
        reply(m_context.error(
            403, ApiCode::forbidden, u"The account %1 is not enabled for this service."_s.arg(request.path.at(3))));
        return;
    }
    reply(account(request, request.path.mid(4)));
}

ApiResponse SandboxApi::account(const ApiRequest &request, const QStringList &path)
{
    const QString &first = path.value(0);
    if (first == "definitions"_L1) {
        if (path.size() == 1)
            return m_definitions.collection(request);
        if (path.size() == 2)
            return m_definitions.item(request, path.at(1));
        if (path.at(2) != "workflows"_L1)
            return m_context.noSuchResource();
        if (path.size() == 3)
            return m_instances.collection(request, path.at(1));
        if (path.size() == 4)
            return m_instances.item(request, path.at(1), path.at(3));
        if (path.size() == 5 && path.at(4) == "errors"_L1)
            return m_instances.errors(request, path.at(1), path.at(3));
        return m_context.noSuchResource();
    }
    if (path == QStringList {u"triggers"_s, u"http_request"_s})
        return request.method == "POST" ? trigger(request) : m_context.wrongMethod("POST");

    const bool isGet = request.method == "GET";
    if (path == QStringList {u"steps"_s, u"timezones"_s}) {
        const QString contains = request.query.queryItemValue(u"contains"_s, QUrl::FullyDecoded);
        return isGet ? ApiResponse::json(200, timeZonesJson(contains)) : m_context.wrongMethod("GET");
    }
    if (path == QStringList {u"steps"_s, u"functions"_s})
        return isGet ? ApiResponse::json(200, functionCatalogJson()) : m_context.wrongMethod("GET");
    if (path == QStringList {u"usage"_s})
        return isGet ? usage() : m_context.wrongMethod("GET");
    if (path == QStringList {u"usage"_s, u"history"_s})
        return isGet ? usageHistory() : m_context.wrongMethod("GET");
    return m_context.noSuchResource();
}

ApiResponse SandboxApi::trigger(const ApiRequest &request)
{
    const auto body = m_context.objectBody(request);
    if (const auto *refused = std::get_if<ApiResponse>(&body))
        return *refused;
    const QString subAccount = request.query.queryItemValue(u"subAccountId"_s, QUrl::FullyDecoded);
    const auto started = m_context.startTriggered(
        {u"http_request"_s, subAccount, false, [&](const StoredDefinition &) { return std::get<JsonValue>(body); }});
    if (!started)
        return m_context.internalError(started.error());
    return {};
}

ApiResponse SandboxApi::usage() const
{
    const auto months = m_context.store().usage();
    if (!months)
        return m_context.internalError(months.error());
    const QDate today = QDateTime::fromMSecsSinceEpoch(m_context.clock().now(), Qt::UTC).date();
    qint64 count = 0;
    for (const SandboxStore::Usage &month : *months) {
        if (month.year == today.year() && month.month == today.month())
            count = month.count;
    }
    return ApiResponse::json(200,
        JsonValue::object({{u"accountId"_s, m_context.account()}, {u"allowedWorkflowCount"_s, JsonValue(1000)},
            {u"allowedOverage"_s, JsonValue(true)}, {u"overagePrice"_s, JsonValue(0)},
            {u"executedWorkflowCount"_s, JsonValue(count)}, {u"countStartedMonth"_s, JsonValue(today.month())},
            {u"countStartedYear"_s, JsonValue(today.year())}}));
}

ApiResponse SandboxApi::usageHistory() const
{
    const auto months = m_context.store().usage();
    if (!months)
        return m_context.internalError(months.error());
    JsonValue list = JsonValue::array();
    for (const SandboxStore::Usage &month : *months)
        list.append(JsonValue::object({{u"accountId"_s, m_context.account()},
            {u"id"_s, u"%1"_s.arg(month.year * 100 + month.month, 24, 16, QLatin1Char('0'))},
            {u"executedWorkflowCount"_s, JsonValue(month.count)}, {u"month"_s, JsonValue(month.month)},
            {u"year"_s, JsonValue(month.year)}}));
    return ApiResponse::json(200, list);
}

} // namespace automation
