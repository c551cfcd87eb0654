#pragma once

#include "model/sandbox/httplistener.h"

namespace automation {

// One client of the HttpListener. Owns its socket and deletes itself when the client is gone.
class HttpConnection : public QObject
{
    Q_OBJECT
public:
    HttpConnection(QTcpSocket *socket, const HttpListener::Handler &handler, const HttpListener::Refusal &refusal,
        QObject *parent);

private:
    enum class State { Head, Body, ChunkSize, ChunkData, ChunkEnd, Trailer, Answering, Closing };
    enum class Step { Again, NeedsMore };

    void read();
    Step readHead();
    Step readBody();
    Step readChunkSize();
    Step readChunkData();
    Step readChunkEnd();
    Step readTrailer();
    bool parseRequestLine(const QByteArray &line);
    bool parseHeaders(const QList<QByteArray> &lines);
    void deliver();
    void refuse(int status, const QString &why);
    void write(const ApiResponse &response);
    void endOurSide();
    // The next line without its end; nothing while it has not arrived, or after refusing one that is too long.
    bool takeLine(QByteArray &line, qint64 limit);

    QTcpSocket *m_socket;
    QTimer *m_patience;
    HttpListener::Handler m_handler;
    HttpListener::Refusal m_refusal;

    State m_state = State::Head;
    QByteArray m_buffer;
    ApiRequest m_request;
    qint64 m_expected = 0; // bytes of body or chunk still to come
    bool m_isChunked = false;
    bool m_keepAlive = true;
    bool m_wantsContinue = false;
    bool m_isHead = false;
    quint64 m_serial = 0; // of the request being answered
};

} // namespace automation
