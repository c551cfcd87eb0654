#pragma once

#include "model/api/apiaccount.h"
#include "model/api/clientoptions.h"
#include "model/json/jsonvalue.h"
#include "model/json/result.h"

#include <memory>
#include <optional>
#include <QCoroTask>
#include <QNetworkAccessManager>
#include <stop_token>

class QNetworkReply;

namespace automation {

// What to send. Paths and queries are put together by the functions below, percent-encoded.
struct HttpRequest
{
    QByteArray verb = "GET";
    QByteArray path; // below the base address, "/api/v1/accounts/…"
    QByteArray query; // without "?"
    QByteArray body; // sent as JSON when not empty
    bool repeatable = true; // sending it twice does no harm

    void addQuery(QLatin1StringView name, const QString &value);
};

// What came back, whatever it says.
struct HttpAnswer
{
    int status = 0;
    QString reason; // phrase of the status line
    QByteArray body;
    QByteArray location;
    QByteArray retryAfter;
    // The error body of the service, when it sent one (API reference §2, "Error body").
    struct ServiceError
    {
        qint64 code = 0;
        QString message;
        QString errorId;
    };
    std::optional<ServiceError> serviceError;

    bool isSuccess() const { return status >= 200 && status < 300; }
};

// One account's requests: adds the key, bounds time and size, repeats what may be repeated, keeps the key to its host
// and out of every text. Shared by the client and its running coroutines, so that the network manager outlives them.
class HttpTransport
{
public:
    HttpTransport(ApiAccount account, QString key, ClientOptions options);
    ~HttpTransport();

    const ApiAccount &account() const { return m_account; }
    const ClientOptions &options() const { return m_options; }
    void setObserver(RequestObserver observer) { m_observer = std::move(observer); }
    void cancel();

    // The answer, be it a yes or a no; an error when there is none that can be used.
    static QCoro::Task<Result<HttpAnswer>> send(
        std::shared_ptr<HttpTransport> transport, HttpRequest request, std::stop_token stop);
    // The JSON of an answer that says yes.
    static QCoro::Task<Result<JsonValue>> sendForJson(
        std::shared_ptr<HttpTransport> transport, HttpRequest request, std::stop_token stop);
    // An answer that says yes, whatever it holds.
    static QCoro::Task<Result<HttpAnswer>> sendForSuccess(
        std::shared_ptr<HttpTransport> transport, HttpRequest request, std::stop_token stop);

    // What an answer that says no means, in the service's words.
    Error refusal(const HttpAnswer &answer) const;
    Result<JsonValue> json(const HttpRequest &request, const HttpAnswer &answer) const;
    // An answer to request that cannot be used because of what.
    Error unusable(const HttpRequest &request, const QString &what) const;

    // "/api/v1/accounts/ID" + segments, each encoded; InvalidArgument for segments no address can hold.
    Result<QByteArray> accountPath(std::initializer_list<QString> segments) const;

private:
    struct Attempt;

    static QCoro::Task<Result<HttpAnswer>> attempt(std::shared_ptr<HttpTransport> transport, HttpRequest request,
        QUrl url, std::stop_token callerStop, std::stop_token clientStop);
    QNetworkReply *post(const HttpRequest &request, const QUrl &url);
    Result<HttpAnswer> answerOf(QNetworkReply *reply, const Attempt &attempt) const;
    Error networkError(const QNetworkReply *reply, const Attempt &attempt) const;
    Result<QUrl> redirection(const HttpRequest &request, const QUrl &from, const HttpAnswer &answer) const;
    std::optional<std::chrono::milliseconds> pauseBefore(
        int retry, const HttpRequest &request, const Result<HttpAnswer> &outcome) const;
    QUrl url(const HttpRequest &request) const;
    void record(const HttpRequest &request, const QDateTime &startedAt, int attempt, const Result<HttpAnswer> &outcome);
    QString withoutKey(QString text) const;

    ApiAccount m_account;
    QByteArray m_key;
    ClientOptions m_options;
    RequestObserver m_observer;
    std::stop_source m_stop;
    QNetworkAccessManager m_manager;
};

} // namespace automation
