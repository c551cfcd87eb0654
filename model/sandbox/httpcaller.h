#pragma once

#include "model/json/jsonvalue.h"
#include "model/json/result.h"

#include <functional>
#include <map>
#include <QByteArray>
#include <QList>
#include <QObject>
#include <QUrl>

class QNetworkAccessManager;
class QNetworkReply;
class QTimer;

namespace automation {

// One outgoing request of an HttpRequest step.
struct HttpCall
{
    QUrl url;
    QByteArray method;
    QList<std::pair<QByteArray, QByteArray>> headers;
    QByteArray body; // JSON; empty = none
    int timeoutMs = 5000; // for the whole exchange
};

// What came back. 4xx and 5xx are answers, not errors.
struct HttpCallAnswer
{
    int code = 0;
    QString reason;
    JsonValue body; // null when the answer had none
};

// The call an HttpRequest step's inputs describe, after evaluation; the error's message is that of the fault.
Result<HttpCall> httpCall(const JsonValue &inputs);

// Sends HTTP requests for the engine. Lives on the engine's thread.
class HttpCaller
{
public:
    virtual ~HttpCaller() = default;
    using Done = std::function<void(Result<HttpCallAnswer>)>;
    // Returns an id other than 0. done is called once, never before call() has returned, never after cancel().
    virtual quint64 call(const HttpCall &call, Done done) = 0;
    virtual void cancel(quint64 id) = 0;
};

// Over the network. Redirects are followed on the same origin only; answers are limited to 4 MiB of JSON; no cookies,
// no other schemes than http and https.
class NetworkHttpCaller final : public QObject, public HttpCaller
{
    Q_OBJECT
public:
    explicit NetworkHttpCaller(QObject *parent = nullptr);
    ~NetworkHttpCaller() override;

    quint64 call(const HttpCall &call, Done done) override;
    void cancel(quint64 id) override;

    static constexpr qint64 maximumAnswer = qint64(4) * 1024 * 1024;

private:
    struct Pending
    {
        QNetworkReply *reply = nullptr;
        QTimer *timer = nullptr;
        HttpCall call;
        Done done;
        QByteArray received;
    };
    void read(quint64 id);
    void finish(quint64 id);
    void settle(quint64 id, Result<HttpCallAnswer> result);

    QNetworkAccessManager *m_network;
    std::map<quint64, Pending> m_pending;
    quint64 m_lastId = 0;
};

} // namespace automation
