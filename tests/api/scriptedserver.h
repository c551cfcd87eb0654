#pragma once

#include <functional>
#include <QHash>
#include <QPointer>
#include <QTcpServer>
#include <QUrl>
#include <QUrlQuery>

class QTcpSocket;

namespace automation {

// What a client sent.
struct ScriptedRequest
{
    QByteArray method;
    QByteArray target; // path and query as sent
    QHash<QByteArray, QByteArray> headers; // names in lower case
    QByteArray body;

    QString path() const { return QUrl::fromEncoded(target).path(); }
    QString query(const char *name) const
    {
        return QUrlQuery(QUrl::fromEncoded(target)).queryItemValue(QLatin1StringView(name), QUrl::FullyDecoded);
    }
};

// What to send back, faults included.
struct ScriptedReply
{
    int status = 200;
    QByteArray body;
    QList<std::pair<QByteArray, QByteArray>> headers;
    enum class Fault {
        None,
        Silent, // no answer, connection stays open
        CloseAtOnce, // closes without a byte
        CutBody, // announces the whole body, sends half, closes
        HangInBody // announces the whole body, sends half, stays open
    };
    Fault fault = Fault::None;
};

// A small HTTP/1.1 server on a free loopback port that answers by script and remembers what it was asked.
class ScriptedServer : public QTcpServer
{
    Q_OBJECT
public:
    using Script = std::function<ScriptedReply(const ScriptedRequest &)>;

    explicit ScriptedServer(Script script = {});

    void setScript(Script script) { m_script = std::move(script); }
    QUrl url() const;
    const QList<ScriptedRequest> &requests() const { return m_requests; }
    // Refuses connections from now on and drops those there are. The port stays known.
    void goAway();
    void comeBack();

signals:
    void requested();

private:
    void accept();
    void read(QTcpSocket *socket);
    void answer(QTcpSocket *socket, const ScriptedRequest &request);

    Script m_script;
    QList<ScriptedRequest> m_requests;
    QHash<QTcpSocket *, QByteArray> m_buffers;
    quint16 m_port = 0;
};

} // namespace automation
