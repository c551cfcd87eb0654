#include "scriptedserver.h"

#include <QTcpSocket>

namespace automation {

ScriptedServer::ScriptedServer(Script script)
    : m_script(std::move(script))
{
    connect(this, &QTcpServer::newConnection, this, &ScriptedServer::accept);
    listen(QHostAddress::LocalHost);
    m_port = serverPort();
}

QUrl ScriptedServer::url() const
{
    return QUrl(QStringLiteral("http://127.0.0.1:%1").arg(m_port));
}

void ScriptedServer::goAway()
{
    close();
    const QList<QTcpSocket *> sockets = m_buffers.keys();
    for (QTcpSocket *socket : sockets)
        socket->abort();
}

void ScriptedServer::comeBack()
{
    listen(QHostAddress::LocalHost, m_port);
}

void ScriptedServer::accept()
{
    while (QTcpSocket *socket = nextPendingConnection()) {
        m_buffers.insert(socket, {});
        connect(socket, &QTcpSocket::readyRead, this, [this, socket] { read(socket); });
        connect(socket, &QTcpSocket::disconnected, this, [this, socket] {
            m_buffers.remove(socket);
            socket->deleteLater();
        });
    }
}

void ScriptedServer::read(QTcpSocket *socket)
{
    QByteArray &buffer = m_buffers[socket];
    buffer += socket->readAll();
    while (true) {
        const qsizetype headEnd = buffer.indexOf("\r\n\r\n");
        if (headEnd < 0)
            return;
        ScriptedRequest request;
        const QList<QByteArray> lines = buffer.left(headEnd).split('\n');
        const QList<QByteArray> first = lines.first().trimmed().split(' ');
        request.method = first.value(0);
        request.target = first.value(1);
        for (const QByteArray &line : lines.mid(1)) {
            const qsizetype colon = line.indexOf(':');
            request.headers.insert(line.left(colon).trimmed().toLower(), line.mid(colon + 1).trimmed());
        }
        const qsizetype length = request.headers.value("content-length", "0").toLongLong();
        if (buffer.size() < headEnd + 4 + length)
            return;
        request.body = buffer.mid(headEnd + 4, length);
        buffer.remove(0, headEnd + 4 + length);
        m_requests.append(request);
        const QPointer<QTcpSocket> alive(socket);
        answer(socket, request);
        emit requested();
        if (!alive || !m_buffers.contains(socket))
            return;
    }
}

void ScriptedServer::answer(QTcpSocket *socket, const ScriptedRequest &request)
{
    using Fault = ScriptedReply::Fault;
    const ScriptedReply reply = m_script ? m_script(request) : ScriptedReply {};
    if (reply.fault == Fault::Silent)
        return;
    if (reply.fault == Fault::CloseAtOnce) {
        socket->disconnectFromHost();
        return;
    }
    QByteArray head = "HTTP/1.1 " + QByteArray::number(reply.status) + " Word\r\n";
    head += "Content-Length: " + QByteArray::number(reply.body.size()) + "\r\n";
    for (const auto &[name, value] : reply.headers)
        head += name + ": " + value + "\r\n";
    socket->write(head + "\r\n");
    if (reply.fault == Fault::None) {
        socket->write(reply.body);
        return;
    }
    socket->write(reply.body.left(reply.body.size() / 2));
    if (reply.fault == Fault::CutBody)
        socket->disconnectFromHost();
}

} // namespace automation
