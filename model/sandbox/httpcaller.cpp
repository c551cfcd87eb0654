#include "model/sandbox/httpcaller.h"

#include "model/json/jsonreader.h"
#include "model/json/jsonwriter.h"

#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QNetworkRequest>
#include <QTimer>
#include <QUrlQuery>

using namespace Qt::StringLiterals;

namespace automation {

namespace {

QString place(const HttpCall &call)
{
    return QString::fromLatin1(call.method) + QLatin1Char(' ') + call.url.toString();
}

Error callFailed(const QString &why, const HttpCall &call)
{
    return {ErrorCode::Unreachable, u"Call failed. %1: %2"_s.arg(why, place(call))};
}

// Values of headers and parameters may be numbers and truths too.
QString plainText(const JsonValue &value)
{
    switch (value.type()) {
    case JsonValue::Type::Null:
        return {};
    case JsonValue::Type::String:
        return value.toString();
    default:
        return QString::fromUtf8(writeJson(value, JsonStyle::compact()));
    }
}

bool isHeaderName(const QByteArray &name)
{
    return !name.isEmpty() && std::all_of(name.begin(), name.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
            || QByteArrayView("!#$%&'*+-.^_`|~").contains(c);
    });
}

bool isHeaderValue(const QByteArray &value)
{
    return std::none_of(value.begin(), value.end(), [](char c) { return c == '\r' || c == '\n' || c == '\0'; });
}

// Those that describe the connection or the length are the network layer's business.
bool isOwnHeader(const QByteArray &name)
{
    static const QByteArrayList own {"host", "content-length", "transfer-encoding", "connection", "expect", "upgrade"};
    return own.contains(name.toLower());
}

// The text the service shows for an answer that is not JSON.
QString notJson(const QByteArray &body)
{
    const QString text = QString::fromUtf8(body.left(64)).trimmed();
    if (!text.isEmpty() && !u"{[\"-0123456789tfn"_s.contains(text.front()))
        return u"Unexpected character encountered while parsing value: %1. Path '', line 0, position 0."_s.arg(
            text.front());
    return {};
}

bool isTransportError(QNetworkReply::NetworkError error)
{
    // From 201 (access denied) to 299 and from 401 to 499 the error only repeats the status of an answer.
    const auto code = static_cast<int>(error);
    return code != 0 && !(code > 200 && code < 300) && !(code > 400 && code < 500);
}

} // namespace

Result<HttpCall> httpCall(const JsonValue &inputs)
{
    const auto refuse = [](const QString &message) { return Error {ErrorCode::InvalidArgument, message}; };
    HttpCall call;
    call.method = inputs["method"_L1].toString().trimmed().toUpper().toLatin1();
    const QByteArrayList methods {"GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"};
    if (!methods.contains(call.method))
        return refuse(u"The HTTP method '%1' is not supported."_s.arg(plainText(inputs["method"_L1])));

    const QString address = inputs["url"_L1].toString().trimmed();
    call.url = QUrl(address, QUrl::TolerantMode);
    if (address.isEmpty() || !call.url.isValid() || call.url.host().isEmpty())
        return refuse(u"Invalid URL '%1'."_s.arg(plainText(inputs["url"_L1])));
    if (call.url.scheme() != "http"_L1 && call.url.scheme() != "https"_L1)
        return refuse(u"Invalid URL '%1': only http and https are called."_s.arg(address));

    const JsonValue &parameters = inputs["parameters"_L1];
    if (parameters.isObject() && !parameters.isEmpty()) {
        QByteArray query = call.url.query(QUrl::FullyEncoded).toLatin1();
        for (qsizetype i = 0; i < parameters.size(); ++i) {
            if (!query.isEmpty())
                query += '&';
            query += QUrl::toPercentEncoding(parameters.keyAt(i)) + '='
                + QUrl::toPercentEncoding(plainText(parameters.at(i)));
        }
        call.url.setQuery(QString::fromLatin1(query), QUrl::StrictMode);
    }

    const JsonValue &body = inputs["body"_L1];
    const bool mayHaveBody = call.method != "GET" && call.method != "HEAD";
    const bool emptyBody = body.isNull() || (body.isObject() && body.isEmpty());
    // The builder writes "body": {} on every GET; that is no body.
    if (!body.isNull() && (mayHaveBody || !emptyBody))
        call.body = writeJson(body, JsonStyle::compact());

    bool hasContentType = false;
    const JsonValue &headers = inputs["headers"_L1];
    for (qsizetype i = 0; headers.isObject() && i < headers.size(); ++i) {
        const QByteArray name = headers.keyAt(i).trimmed().toUtf8();
        const QByteArray value = plainText(headers.at(i)).trimmed().toUtf8();
        if (!isHeaderName(name) || !isHeaderValue(value))
            return refuse(u"The header '%1' is not valid."_s.arg(headers.keyAt(i)));
        if (isOwnHeader(name))
            continue;
        hasContentType = hasContentType || name.compare("content-type", Qt::CaseInsensitive) == 0;
        call.headers.append({name, value});
    }
    if (!hasContentType && !call.body.isEmpty())
        call.headers.emplaceBack("Content-Type", "application/json");

    const JsonValue &timeout = inputs["timeoutSeconds"_L1];
    if (!timeout.isNull()) {
        bool ok = false;
        const double seconds = plainText(timeout).toDouble(&ok);
        if (!ok || seconds <= 0 || seconds > 3600)
            return refuse(
                u"timeoutSeconds must be a number of seconds from 1 to 3600, not '%1'."_s.arg(plainText(timeout)));
        call.timeoutMs = static_cast<int>(seconds * 1000);
    }
    return call;
}

NetworkHttpCaller::NetworkHttpCaller(QObject *parent)
    : QObject(parent)
    , m_network(new QNetworkAccessManager(this))
{
    m_network->setAutoDeleteReplies(false);
}

NetworkHttpCaller::~NetworkHttpCaller()
{
    while (!m_pending.empty())
        cancel(m_pending.begin()->first);
}

quint64 NetworkHttpCaller::call(const HttpCall &call, Done done)
{
    QNetworkRequest request(call.url);
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::SameOriginRedirectPolicy);
    request.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::AuthenticationReuseAttribute, QNetworkRequest::Manual);
    request.setMaximumRedirectsAllowed(10);
    for (const auto &[name, value] : call.headers)
        request.setRawHeader(name, value);

    const quint64 id = ++m_lastId;
    Pending &pending = m_pending[id];
    pending.call = call;
    pending.done = std::move(done);
    pending.reply = m_network->sendCustomRequest(request, call.method, call.body);
    pending.timer = new QTimer(this);
    pending.timer->setSingleShot(true);
    connect(pending.reply, &QNetworkReply::readyRead, this, [this, id] { read(id); });
    // Queued: a reply that fails at once must not answer before this function has returned.
    connect(
        pending.reply, &QNetworkReply::finished, this, [this, id] { finish(id); }, Qt::QueuedConnection);
    connect(pending.timer, &QTimer::timeout, this, [this, id] {
        if (const auto found = m_pending.find(id); found != m_pending.end())
            settle(id,
                callFailed(u"The request timed out after %1 s"_s.arg(found->second.call.timeoutMs / 1000.0),
                    found->second.call));
    });
    pending.timer->start(call.timeoutMs);
    return id;
}

void NetworkHttpCaller::cancel(quint64 id)
{
    const auto found = m_pending.find(id);
    if (found == m_pending.end())
        return;
    found->second.done = nullptr;
    settle(id, HttpCallAnswer {});
}

void NetworkHttpCaller::read(quint64 id)
{
    const auto found = m_pending.find(id);
    if (found == m_pending.end())
        return;
    Pending &pending = found->second;
    pending.received += pending.reply->readAll();
    if (pending.received.size() > maximumAnswer)
        settle(id, callFailed(u"The answer is larger than 4 MiB"_s, pending.call));
}

void NetworkHttpCaller::finish(quint64 id)
{
    read(id);
    const auto found = m_pending.find(id);
    if (found == m_pending.end())
        return;
    const Pending &pending = found->second;
    const QNetworkReply *reply = pending.reply;
    if (reply->error() == QNetworkReply::InsecureRedirectError) {
        settle(id, callFailed(u"The redirect to another host was not followed"_s, pending.call));
        return;
    }
    if (isTransportError(reply->error())) {
        settle(id, callFailed(reply->errorString(), pending.call));
        return;
    }
    HttpCallAnswer answer;
    answer.code = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    answer.reason = reply->attribute(QNetworkRequest::HttpReasonPhraseAttribute).toString();
    if (!pending.received.trimmed().isEmpty()) {
        Result<JsonValue> body = readJson(pending.received);
        if (!body) {
            const QString known = notJson(pending.received);
            settle(id,
                Error {ErrorCode::NotJson,
                    known.isEmpty() ? u"The answer is not JSON: %1"_s.arg(body.error().message) : known});
            return;
        }
        answer.body = std::move(*body);
    }
    settle(id, std::move(answer));
}

void NetworkHttpCaller::settle(quint64 id, Result<HttpCallAnswer> result)
{
    auto node = m_pending.extract(id);
    if (node.empty())
        return;
    Pending &pending = node.mapped();
    disconnect(pending.reply, nullptr, this, nullptr);
    if (pending.reply->isRunning())
        pending.reply->abort();
    pending.reply->deleteLater();
    pending.timer->stop();
    pending.timer->deleteLater();
    if (pending.done)
        pending.done(std::move(result));
}

} // namespace automation
