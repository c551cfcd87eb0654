#include "model/api/httptransport.h"

#include "model/api/onceonlybody.h"
#include "model/api/servicewords.h"
#include "model/api/taskscope.h"
#include "model/api/wakeup.h"
#include "model/json/jsonreader.h"

#include <QCoreApplication>
#include <QNetworkProxy>
#include <QNetworkReply>
#include <QPointer>
#include <QRandomGenerator>
#include <QSslError>
#include <QTimer>

namespace automation {

namespace {

struct Texts
{
    Q_DECLARE_TR_FUNCTIONS(automation::HttpTransport)
};

constexpr int maximumRedirections = 5;

bool isRedirection(int status)
{
    return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

int effectivePort(const QUrl &url)
{
    return url.port(url.scheme() == QLatin1StringView("https") ? 443 : 80);
}

// A reply that is ended and released however its coroutine goes on. Never deleted at once: it may be further up the
// call stack.
class ReplyHolder
{
public:
    explicit ReplyHolder(QNetworkReply *reply)
        : m_reply(reply)
    {
    }
    ~ReplyHolder()
    {
        if (!m_reply)
            return;
        if (!m_reply->isFinished())
            m_reply->abort();
        m_reply->deleteLater();
    }
    ReplyHolder(const ReplyHolder &) = delete;
    ReplyHolder &operator=(const ReplyHolder &) = delete;

private:
    QPointer<QNetworkReply> m_reply;
};

} // namespace

void HttpRequest::addQuery(QLatin1StringView name, const QString &value)
{
    if (!query.isEmpty())
        query += '&';
    query += name.latin1();
    query += '=';
    query += QUrl::toPercentEncoding(value);
}

// What one attempt gathers until it is over.
struct HttpTransport::Attempt
{
    enum class End { Finished, Idle, TooLong, TooLarge, Stopped };
    End end = End::Finished;
    QByteArray body;
    QString tlsProblem;
};

HttpTransport::HttpTransport(ApiAccount account, QString key, ClientOptions options)
    : m_account(std::move(account))
    , m_key(key.toUtf8())
    , m_options(options)
{
    // Loopback is never behind a proxy, and a proxy must not see its key.
    if (isLoopbackHost(m_account.baseUrl.host()))
        m_manager.setProxy(QNetworkProxy::NoProxy);
}

HttpTransport::~HttpTransport() = default;

void HttpTransport::cancel()
{
    // The old source goes first: what is started from now on must not be ended by it.
    std::stop_source old = std::exchange(m_stop, std::stop_source());
    old.request_stop();
}

QCoro::Task<Result<HttpAnswer>> HttpTransport::send(
    std::shared_ptr<HttpTransport> transport, HttpRequest request, std::stop_token stop)
{
    const std::stop_token clientStop = transport->m_stop.get_token();
    if (Result<void> usable = transport->m_account.check(); !usable)
        co_return usable.error();
    if (transport->m_key.isEmpty() || transport->m_key.contains('\n') || transport->m_key.contains('\r'))
        co_return Error {ErrorCode::Unauthorized,
            Texts::tr("There is no usable API key for %1.").arg(transport->m_account.hostName())};

    QUrl url = transport->url(request);
    int redirections = 0;
    int retry = 0;
    while (true) {
        const QDateTime startedAt = QDateTime::currentDateTimeUtc();
        QCoro::Task<Result<HttpAnswer>> running = attempt(transport, request, url, stop, clientStop);
        Result<HttpAnswer> outcome = co_await running;
        transport->record(request, startedAt, retry + 1, outcome);
        if (stop.stop_requested() || clientStop.stop_requested())
            co_return Error {ErrorCode::Cancelled, Texts::tr("The request was cancelled.")};
        if (outcome && isRedirection(outcome->status)) {
            Result<QUrl> next = transport->redirection(request, url, *outcome);
            if (!next)
                co_return next.error();
            if (++redirections > maximumRedirections) {
                co_return Error {
                    ErrorCode::Refused, Texts::tr("%1 redirects in circles.").arg(transport->m_account.hostName())};
            }
            url = *next;
            continue;
        }
        const std::optional<std::chrono::milliseconds> pause = transport->pauseBefore(retry, request, outcome);
        if (!pause)
            co_return outcome;
        ++retry;
        // One source for both, as a sleep has one token.
        std::stop_source either;
        const std::stop_callback onCaller(stop, [&either] { either.request_stop(); });
        const std::stop_callback onClient(clientStop, [&either] { either.request_stop(); });
        QCoro::Task<bool> sleeping = sleepFor(*pause, either.get_token());
        const bool slept = co_await sleeping;
        if (!slept)
            co_return Error {ErrorCode::Cancelled, Texts::tr("The request was cancelled.")};
    }
}

QCoro::Task<Result<HttpAnswer>> HttpTransport::attempt(std::shared_ptr<HttpTransport> transport, HttpRequest request,
    QUrl url, std::stop_token callerStop, std::stop_token clientStop)
{
    using End = Attempt::End;
    Attempt attempt;
    Wakeup wakeup;
    bool over = false;
    const auto finish = [&attempt, &wakeup, &over](End end) {
        if (std::exchange(over, true))
            return;
        attempt.end = end;
        wakeup.wake();
    };
    if (callerStop.stop_requested() || clientStop.stop_requested())
        co_return Error {ErrorCode::Cancelled, Texts::tr("The request was cancelled.")};

    QNetworkReply *reply = transport->post(request, url);
    const ReplyHolder holder(reply);
    const qint64 limit = transport->m_options.maximumAnswerBytes;
    QTimer idle;
    idle.setSingleShot(true);
    QTimer deadline;
    deadline.setSingleShot(true);
    QObject context; // of the connections: they end with this frame

    const auto collect = [&attempt, &finish, reply, limit] {
        // At most one byte beyond the limit is ever held, whatever the answer unpacks to.
        while (reply->bytesAvailable() > 0 && attempt.body.size() <= limit) {
            const QByteArray piece = reply->read(limit + 1 - attempt.body.size());
            if (piece.isEmpty())
                break;
            attempt.body += piece;
        }
        if (attempt.body.size() > limit)
            finish(End::TooLarge);
    };
    QObject::connect(&idle, &QTimer::timeout, &context, [&finish] { finish(End::Idle); });
    QObject::connect(&deadline, &QTimer::timeout, &context, [&finish] { finish(End::TooLong); });
    QObject::connect(reply, &QNetworkReply::readyRead, &context, [&collect, &idle] {
        idle.start();
        collect();
    });
    QObject::connect(reply, &QNetworkReply::uploadProgress, &context, [&idle] { idle.start(); });
    QObject::connect(reply, &QNetworkReply::sslErrors, &context, [&attempt](const QList<QSslError> &errors) {
        if (!errors.isEmpty())
            attempt.tlsProblem = errors.first().errorString();
    });
    QObject::connect(reply, &QNetworkReply::finished, &context, [&collect, &finish] {
        collect();
        finish(End::Finished);
    });
    idle.start(transport->m_options.idleTimeout);
    deadline.start(transport->m_options.totalTimeout);
    const std::stop_callback onCaller(callerStop, [&finish] { finish(End::Stopped); });
    const std::stop_callback onClient(clientStop, [&finish] { finish(End::Stopped); });

    co_await wakeup;
    if (attempt.end == End::Stopped || callerStop.stop_requested() || clientStop.stop_requested())
        co_return Error {ErrorCode::Cancelled, Texts::tr("The request was cancelled.")};
    co_return transport->answerOf(reply, attempt);
}

QNetworkReply *HttpTransport::post(const HttpRequest &request, const QUrl &url)
{
    QNetworkRequest message(url);
    // The key goes to the account's own host only, so redirections are followed by hand.
    message.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    message.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    message.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    message.setAttribute(QNetworkRequest::AuthenticationReuseAttribute, QNetworkRequest::Manual);
    message.setRawHeader("Authorization", "Bearer " + m_key);
    message.setRawHeader("Accept", "application/json");
    message.setRawHeader("User-Agent", "AutomationDesigner/" AUTOMATION_VERSION);
    if (request.verb == "GET")
        return m_manager.get(message);
    if (request.body.isEmpty())
        return m_manager.sendCustomRequest(message, request.verb, QByteArray());
    message.setHeader(QNetworkRequest::ContentTypeHeader, QByteArrayLiteral("application/json"));
    if (request.repeatable)
        return m_manager.sendCustomRequest(message, request.verb, request.body);
    // The network manager sends a request again on its own when the connection ends before the answer, whatever the
    // verb. It cannot where the body can be read only once.
    message.setAttribute(QNetworkRequest::DoNotBufferUploadDataAttribute, true);
    message.setHeader(QNetworkRequest::ContentLengthHeader, request.body.size());
    auto *body = new OnceOnlyBody(request.body);
    QNetworkReply *reply = m_manager.sendCustomRequest(message, request.verb, body);
    body->setParent(reply);
    return reply;
}

Result<HttpAnswer> HttpTransport::answerOf(QNetworkReply *reply, const Attempt &attempt) const
{
    using End = Attempt::End;
    const QString host = m_account.hostName();
    switch (attempt.end) {
    case End::Idle:
        return Error {ErrorCode::Timeout,
            Texts::tr("%1 did not answer within %n second(s).", nullptr,
                int(std::chrono::ceil<std::chrono::seconds>(m_options.idleTimeout).count()))
                .arg(host)};
    case End::TooLong:
        return Error {ErrorCode::Timeout,
            Texts::tr("%1 did not finish its answer within %n second(s).", nullptr,
                int(std::chrono::ceil<std::chrono::seconds>(m_options.totalTimeout).count()))
                .arg(host)};
    case End::TooLarge:
        return Error {ErrorCode::Limit,
            Texts::tr("The answer of %1 is larger than %2 and was not read.")
                .arg(host, QLocale().formattedDataSize(m_options.maximumAnswerBytes))};
    case End::Stopped:
    case End::Finished:
        break;
    }
    const int status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    // Below 100 the failure is in the connection, not in what the service says. (302 and the like have none.)
    const QNetworkReply::NetworkError error = reply->error();
    const bool broken = error != QNetworkReply::NoError && (error < 100 || status == 0);
    if (broken && (status == 0 || (status >= 200 && status < 300)))
        return networkError(reply, attempt);
    HttpAnswer answer;
    answer.status = status;
    answer.reason = reply->attribute(QNetworkRequest::HttpReasonPhraseAttribute).toString();
    answer.body = attempt.body;
    answer.location = reply->rawHeader("Location");
    answer.retryAfter = reply->rawHeader("Retry-After");
    if (!answer.isSuccess())
        answer.serviceError = readServiceError(answer.body);
    return answer;
}

Error HttpTransport::networkError(const QNetworkReply *reply, const Attempt &attempt) const
{
    const QString host = m_account.hostName();
    const bool begun = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).isValid();
    QString message;
    switch (reply->error()) {
    case QNetworkReply::ConnectionRefusedError:
        message = Texts::tr("%1 refused the connection: no service is listening there.").arg(host);
        break;
    case QNetworkReply::HostNotFoundError:
        message = Texts::tr("The host %1 was not found.").arg(host);
        break;
    case QNetworkReply::RemoteHostClosedError:
    case QNetworkReply::ContentReSendError:
        message = begun ? Texts::tr("%1 closed the connection in the middle of its answer.").arg(host)
                        : Texts::tr("%1 closed the connection before it answered.").arg(host);
        break;
    case QNetworkReply::SslHandshakeFailedError:
        message = Texts::tr("The connection to %1 is not secure: %2")
                      .arg(host, attempt.tlsProblem.isEmpty() ? reply->errorString() : attempt.tlsProblem);
        break;
    default:
        message = Texts::tr("No answer from %1: %2").arg(host, withoutKey(plainWords(reply->errorString())));
        break;
    }
    return Error {ErrorCode::Unreachable, message};
}

Result<QUrl> HttpTransport::redirection(const HttpRequest &request, const QUrl &from, const HttpAnswer &answer) const
{
    const QUrl to = from.resolved(QUrl::fromEncoded(answer.location));
    const QString host = m_account.hostName();
    const bool sameOrigin = to.isValid() && to.scheme() == from.scheme() && to.host() == from.host()
        && effectivePort(to) == effectivePort(from) && to.userInfo().isEmpty();
    if (answer.location.isEmpty() || !to.isValid())
        return Error {
            ErrorCode::BadAnswer, Texts::tr("%1 redirects the request, but does not say where to.").arg(host)};
    if (!sameOrigin) {
        return Error {ErrorCode::Refused,
            Texts::tr("%1 redirects to another host, %2. The key was not sent there.")
                .arg(host, plainWords(to.host()))};
    }
    // 301 to 303 turn other verbs into GET, which would not do what was asked.
    if (request.verb != "GET" && answer.status < 307)
        return Error {ErrorCode::Refused, Texts::tr("%1 redirects the request instead of carrying it out.").arg(host)};
    return to;
}

std::optional<std::chrono::milliseconds> HttpTransport::pauseBefore(
    int retry, const HttpRequest &request, const Result<HttpAnswer> &outcome) const
{
    using namespace std::chrono;
    if (!request.repeatable || !outcome || retry >= m_options.maximumRetries)
        return {};
    const int status = outcome->status;
    if (status != 429 && status != 502 && status != 503 && status != 504)
        return {};
    if (const std::optional<milliseconds> asked = retryAfter(outcome->retryAfter, QDateTime::currentDateTimeUtc())) {
        if (*asked > m_options.maximumRetryDelay)
            return {};
        return asked;
    }
    const milliseconds doubled = m_options.firstRetryDelay * (1LL << std::min(retry, 20));
    const milliseconds whole = std::min(m_options.maximumRetryDelay, doubled);
    // Jitter, so that many clients do not come back at the same moment.
    return whole / 2 + milliseconds(qint64(double((whole / 2).count()) * QRandomGenerator::global()->generateDouble()));
}

Error HttpTransport::refusal(const HttpAnswer &answer) const
{
    Error error = refusalOf(answer, m_account.hostName());
    error.message = withoutKey(error.message);
    return error;
}

Error HttpTransport::unusable(const HttpRequest &request, const QString &what) const
{
    return Error {ErrorCode::BadAnswer,
        Texts::tr("The answer of %1 to %2 %3 cannot be used: %4.")
            .arg(m_account.hostName(), QString::fromLatin1(request.verb), QString::fromUtf8(request.path),
                withoutKey(what))};
}

Result<JsonValue> HttpTransport::json(const HttpRequest &request, const HttpAnswer &answer) const
{
    JsonLimits limits;
    limits.bytes = m_options.maximumAnswerBytes;
    Result<JsonValue> value = readJson(answer.body, limits);
    if (!value) {
        return unusable(request,
            answer.body.isEmpty() ? Texts::tr("it is empty")
                                  : Texts::tr("it is not JSON (%1)").arg(plainWords(value.error().message)));
    }
    return value;
}

QCoro::Task<Result<HttpAnswer>> HttpTransport::sendForSuccess(
    std::shared_ptr<HttpTransport> transport, HttpRequest request, std::stop_token stop)
{
    QCoro::Task<Result<HttpAnswer>> sending = send(transport, request, stop);
    Result<HttpAnswer> answer = co_await sending;
    if (answer && !answer->isSuccess())
        co_return transport->refusal(*answer);
    co_return answer;
}

QCoro::Task<Result<JsonValue>> HttpTransport::sendForJson(
    std::shared_ptr<HttpTransport> transport, HttpRequest request, std::stop_token stop)
{
    QCoro::Task<Result<HttpAnswer>> sending = sendForSuccess(transport, request, stop);
    Result<HttpAnswer> answer = co_await sending;
    if (!answer)
        co_return answer.error();
    co_return transport->json(request, *answer);
}

Result<QByteArray> HttpTransport::accountPath(std::initializer_list<QString> segments) const
{
    QByteArray path = "/api/v1/accounts/" + QUrl::toPercentEncoding(m_account.accountId);
    for (const QString &segment : segments) {
        // These would change which place the address means.
        if (segment.isEmpty() || segment == QLatin1StringView(".") || segment == QLatin1StringView(".."))
            return Error {ErrorCode::InvalidArgument, Texts::tr("“%1” is no identifier.").arg(segment)};
        path += '/' + QUrl::toPercentEncoding(segment);
    }
    return path;
}

QUrl HttpTransport::url(const HttpRequest &request) const
{
    QUrl base = m_account.baseUrl;
    base.setPath(QString());
    QByteArray text = base.toEncoded(QUrl::StripTrailingSlash | QUrl::RemoveQuery | QUrl::RemoveFragment);
    QByteArray prefix = m_account.baseUrl.path(QUrl::FullyEncoded).toUtf8();
    while (prefix.endsWith('/'))
        prefix.chop(1);
    text += prefix + request.path;
    if (!request.query.isEmpty())
        text += '?' + request.query;
    return QUrl::fromEncoded(text, QUrl::StrictMode);
}

void HttpTransport::record(
    const HttpRequest &request, const QDateTime &startedAt, int attempt, const Result<HttpAnswer> &outcome)
{
    if (!m_observer)
        return;
    RequestRecord entry;
    entry.startedAt = startedAt;
    entry.method = QString::fromLatin1(request.verb);
    entry.path
        = withoutKey(QString::fromUtf8(request.query.isEmpty() ? request.path : request.path + '?' + request.query));
    entry.milliseconds = startedAt.msecsTo(QDateTime::currentDateTimeUtc());
    entry.attempt = attempt;
    if (outcome) {
        entry.status = outcome->status;
        entry.answerBytes = outcome->body.size();
        if (!outcome->isSuccess())
            entry.error = refusal(*outcome).message;
    } else {
        entry.error = outcome.error().message;
    }
    // A copy: the observer may be replaced by what it does.
    const RequestObserver observer = m_observer;
    observer(entry);
}

QString HttpTransport::withoutKey(QString text) const
{
    // Short keys would blot out ordinary words; no service issues such.
    if (m_key.size() >= 4)
        text.replace(QString::fromUtf8(m_key), QStringLiteral("•••"));
    return text;
}

} // namespace automation
