#include "model/sandbox/httplistener.h"

#include "model/sandbox/httpconnection.h"

#include <QTcpServer>
#include <QTcpSocket>

namespace automation {

HttpListener::HttpListener(Handler handler, Refusal refusal, QObject *parent)
    : QObject(parent)
    , m_server(new QTcpServer(this))
    , m_handler(std::move(handler))
    , m_refusal(std::move(refusal))
{
    connect(m_server, &QTcpServer::newConnection, this, &HttpListener::accept);
}

bool HttpListener::listen(quint16 port)
{
    return m_server->listen(QHostAddress(QHostAddress::LocalHost), port);
}

quint16 HttpListener::port() const
{
    return m_server->serverPort();
}

QString HttpListener::errorText() const
{
    return m_server->errorString();
}

void HttpListener::accept()
{
    while (QTcpSocket *socket = m_server->nextPendingConnection()) {
        if (findChildren<HttpConnection *>(Qt::FindDirectChildrenOnly).size() >= maximumConnections) {
            socket->abort();
            socket->deleteLater();
            continue;
        }
        new HttpConnection(socket, m_handler, m_refusal, this);
    }
}

} // namespace automation
