#pragma once

#include "model/sandbox/apimessage.h"

#include <functional>
#include <QObject>
#include <QPointer>

class QTcpServer;
class QTcpSocket;
class QTimer;

namespace automation {

// A small HTTP/1.1 server for loopback clients: one request after the other per connection, kept alive between them.
// It is ours because QHttpServer of Qt 6.4 neither limits bodies nor survives a client that leaves before a deferred
// answer. Limits: 64 KiB of head, 4 MiB of body (413), 128 connections, 30 s for a request to arrive. Only
// Content-Length and chunked bodies; anything unclear is answered 400 and the connection closed. GUI-free; lives on one
// thread; nothing a client sends blocks it.
class HttpListener : public QObject
{
    Q_OBJECT
public:
    // Called for every complete request. answer may be called later, once, on the listener's thread; it does nothing
    // when the client or the listener is gone.
    using Answer = std::function<void(const ApiResponse &)>;
    using Handler = std::function<void(const ApiRequest &, const Answer &)>;
    // Makes the answer for a request that is refused before the handler sees it.
    using Refusal = std::function<ApiResponse(int status, const QString &why)>;

    HttpListener(Handler handler, Refusal refusal, QObject *parent = nullptr);

    static constexpr qint64 maximumHead = qint64(64) * 1024;
    static constexpr qint64 maximumBody = qint64(4) * 1024 * 1024;
    static constexpr int maximumConnections = 128;
    static constexpr int patienceMs = 30'000;

    // On 127.0.0.1; port 0 takes a free one. False when it is taken: see errorText().
    bool listen(quint16 port);
    quint16 port() const;
    QString errorText() const;

private:
    void accept();

    QTcpServer *m_server;
    Handler m_handler;
    Refusal m_refusal;
};

} // namespace automation
