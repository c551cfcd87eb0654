#include "model/sandbox/httpconnection.h"

#include <QTcpSocket>
#include <QTimer>
#include <QUrl>
#include <sys/socket.h>

using namespace Qt::StringLiterals;

namespace automation {

namespace {

constexpr qint64 readAhead = qint64(256) * 1024;
constexpr qint64 maximumChunkLine = 1024;
constexpr int idleMs = 120'000; // between two requests
constexpr int lingerMs = 2'000; // for a client that still sends a refused body

QByteArray reasonPhrase(int status)
{
    switch (status) {
    case 200:
        return "OK";
    case 201:
        return "Created";
    case 202:
        return "Accepted";
    case 400:
        return "Bad Request";
    case 401:
        return "Unauthorized";
    case 403:
        return "Forbidden";
    case 404:
        return "Not Found";
    case 405:
        return "Method Not Allowed";
    case 408:
        return "Request Timeout";
    case 413:
        return "Content Too Large";
    case 429:
        return "Too Many Requests";
    case 431:
        return "Request Header Fields Too Large";
    case 500:
        return "Internal Server Error";
    case 503:
        return "Service Unavailable";
    case 505:
        return "HTTP Version Not Supported";
    default:
        return "Status";
    }
}

bool isToken(const QByteArray &text)
{
    return !text.isEmpty() && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
            || QByteArrayView("!#$%&'*+-.^_`|~").contains(c);
    });
}

// Digits only: no sign, no blanks.
bool readNumber(const QByteArray &text, int base, qint64 &number)
{
    const bool digits = !text.isEmpty() && text.size() <= 15 && std::all_of(text.begin(), text.end(), [base](char c) {
        return (c >= '0' && c <= '9') || (base == 16 && ((c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F')));
    });
    bool ok = false;
    number = digits ? text.toLongLong(&ok, base) : 0;
    return ok;
}

} // namespace

HttpConnection::HttpConnection(
    QTcpSocket *socket, const HttpListener::Handler &handler, const HttpListener::Refusal &refusal, QObject *parent)
    : QObject(parent)
    , m_socket(socket)
    , m_patience(new QTimer(this))
    , m_handler(handler)
    , m_refusal(refusal)
{
    m_socket->setParent(this);
    m_socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    // More stays in the kernel, so a client cannot fill our memory.
    m_socket->setReadBufferSize(readAhead);
    m_patience->setSingleShot(true);
    connect(m_socket, &QTcpSocket::readyRead, this, &HttpConnection::read);
    connect(m_socket, &QTcpSocket::disconnected, this, &QObject::deleteLater);
    connect(m_patience, &QTimer::timeout, this, [this] {
        if (m_state == State::Closing || (m_state == State::Head && m_buffer.isEmpty()))
            m_socket->abort();
        else
            refuse(408, u"The request took too long to arrive."_s);
    });
    m_patience->start(HttpListener::patienceMs);
    if (m_socket->bytesAvailable() > 0)
        QMetaObject::invokeMethod(this, &HttpConnection::read, Qt::QueuedConnection);
}

void HttpConnection::read()
{
    if (m_state == State::Answering)
        return; // the next request waits until this one is answered
    if (m_state == State::Closing) {
        m_socket->readAll();
        return;
    }
    m_buffer += m_socket->readAll();
    Step step = Step::Again;
    while (step == Step::Again) {
        switch (m_state) {
        case State::Head:
            step = readHead();
            break;
        case State::Body:
            step = readBody();
            break;
        case State::ChunkSize:
            step = readChunkSize();
            break;
        case State::ChunkData:
            step = readChunkData();
            break;
        case State::ChunkEnd:
            step = readChunkEnd();
            break;
        case State::Trailer:
            step = readTrailer();
            break;
        case State::Answering:
        case State::Closing:
            step = Step::NeedsMore;
            break;
        }
    }
}

HttpConnection::Step HttpConnection::readHead()
{
    // Blank lines before a request are allowed.
    while (m_buffer.startsWith("\r\n"))
        m_buffer.remove(0, 2);
    const qsizetype end = m_buffer.indexOf("\r\n\r\n");
    if (end < 0 || end > HttpListener::maximumHead) {
        if (end >= 0 || m_buffer.size() > HttpListener::maximumHead)
            refuse(431, u"The head of the request is larger than 64 KiB."_s);
        return Step::NeedsMore;
    }
    m_patience->start(HttpListener::patienceMs);
    QList<QByteArray> lines;
    qsizetype from = 0;
    while (from <= end) {
        const qsizetype next = qMin(m_buffer.indexOf("\r\n", from), end);
        lines.append(m_buffer.mid(from, next - from));
        from = next + 2;
    }
    m_buffer.remove(0, end + 4);
    if (!parseRequestLine(lines.takeFirst()) || !parseHeaders(lines))
        return Step::NeedsMore;
    if (m_wantsContinue && (m_isChunked || m_expected > 0))
        m_socket->write("HTTP/1.1 100 Continue\r\n\r\n");
    m_state = m_isChunked ? State::ChunkSize : State::Body;
    return Step::Again;
}

bool HttpConnection::parseRequestLine(const QByteArray &line)
{
    m_request = {};
    m_keepAlive = true;
    m_wantsContinue = false;
    m_isChunked = false;
    m_expected = 0;
    const QList<QByteArray> words = line.split(' ');
    if (words.size() != 3 || !isToken(words.at(0)) || !words.at(1).startsWith('/') || line.contains('\0')) {
        refuse(400, u"The request line is not valid."_s);
        return false;
    }
    if (words.at(2) != "HTTP/1.1" && words.at(2) != "HTTP/1.0") {
        refuse(words.at(2).startsWith("HTTP/") ? 505 : 400, u"Only HTTP/1.1 is spoken here."_s);
        return false;
    }
    m_keepAlive = words.at(2) == "HTTP/1.1";
    m_request.method = words.at(0);
    m_isHead = m_request.method == "HEAD";
    const QByteArray &target = words.at(1);
    const qsizetype question = target.indexOf('?');
    const QByteArray path = question < 0 ? target : target.left(question);
    if (question >= 0)
        m_request.query.setQuery(QString::fromLatin1(target.mid(question + 1)));
    for (const QByteArray &segment : path.mid(1).split('/'))
        m_request.path.append(QUrl::fromPercentEncoding(segment));
    return true;
}

bool HttpConnection::parseHeaders(const QList<QByteArray> &lines)
{
    bool hasLength = false;
    for (const QByteArray &line : lines) {
        const qsizetype colon = line.indexOf(':');
        const QByteArray name = line.left(qMax(qsizetype(0), colon)).toLower();
        const QByteArray value = line.mid(colon + 1).trimmed();
        if (colon < 0 || !isToken(name) || value.contains('\0') || value.contains('\r') || value.contains('\n')) {
            refuse(400, u"A header of the request is not valid."_s);
            return false;
        }
        if (name == "authorization") {
            m_request.authorization = value;
        } else if (name == "connection") {
            const QByteArray wish = value.toLower();
            m_keepAlive = wish.contains("close") ? false : m_keepAlive || wish.contains("keep-alive");
        } else if (name == "expect") {
            m_wantsContinue = value.toLower() == "100-continue";
        } else if (name == "transfer-encoding") {
            m_isChunked = value.toLower() == "chunked";
            if (!m_isChunked) {
                refuse(400, u"This transfer encoding is not supported."_s);
                return false;
            }
        } else if (name == "content-length") {
            qint64 length = 0;
            if (!readNumber(value, 10, length) || (hasLength && length != m_expected)) {
                refuse(400, u"The Content-Length is not valid."_s);
                return false;
            }
            hasLength = true;
            m_expected = length;
        }
    }
    // Both together are how requests are smuggled past a proxy.
    if (hasLength && m_isChunked) {
        refuse(400, u"A request has either a Content-Length or a transfer encoding."_s);
        return false;
    }
    if (m_expected > HttpListener::maximumBody) {
        refuse(413, u"The request body is larger than 4 MiB."_s);
        return false;
    }
    return true;
}

HttpConnection::Step HttpConnection::readBody()
{
    const qsizetype taken = qMin<qint64>(m_expected, m_buffer.size());
    m_request.body += m_buffer.left(taken);
    m_buffer.remove(0, taken);
    m_expected -= taken;
    if (m_expected > 0)
        return Step::NeedsMore;
    deliver();
    return Step::NeedsMore;
}

bool HttpConnection::takeLine(QByteArray &line, qint64 limit)
{
    const qsizetype end = m_buffer.indexOf("\r\n");
    if (end < 0 || end > limit) {
        if (end >= 0 || m_buffer.size() > limit)
            refuse(400, u"The chunked body is not valid."_s);
        return false;
    }
    line = m_buffer.left(end);
    m_buffer.remove(0, end + 2);
    return true;
}

HttpConnection::Step HttpConnection::readChunkSize()
{
    QByteArray line;
    if (!takeLine(line, maximumChunkLine))
        return Step::NeedsMore;
    const qsizetype extension = line.indexOf(';');
    qint64 size = 0;
    if (!readNumber((extension < 0 ? line : line.left(extension)).trimmed(), 16, size)) {
        refuse(400, u"The chunked body is not valid."_s);
        return Step::NeedsMore;
    }
    if (size + m_request.body.size() > HttpListener::maximumBody) {
        refuse(413, u"The request body is larger than 4 MiB."_s);
        return Step::NeedsMore;
    }
    m_expected = size;
    m_state = size == 0 ? State::Trailer : State::ChunkData;
    return Step::Again;
}

HttpConnection::Step HttpConnection::readChunkData()
{
    const qsizetype taken = qMin<qint64>(m_expected, m_buffer.size());
    m_request.body += m_buffer.left(taken);
    m_buffer.remove(0, taken);
    m_expected -= taken;
    if (m_expected > 0)
        return Step::NeedsMore;
    m_state = State::ChunkEnd;
    return Step::Again;
}

HttpConnection::Step HttpConnection::readChunkEnd()
{
    if (m_buffer.size() < 2)
        return Step::NeedsMore;
    if (!m_buffer.startsWith("\r\n")) {
        refuse(400, u"The chunked body is not valid."_s);
        return Step::NeedsMore;
    }
    m_buffer.remove(0, 2);
    m_state = State::ChunkSize;
    return Step::Again;
}

HttpConnection::Step HttpConnection::readTrailer()
{
    QByteArray line;
    if (!takeLine(line, maximumChunkLine))
        return Step::NeedsMore;
    if (!line.isEmpty())
        return Step::Again;
    deliver();
    return Step::NeedsMore;
}

void HttpConnection::deliver()
{
    m_state = State::Answering;
    m_patience->stop();
    const ApiRequest request = std::exchange(m_request, {});
    const quint64 serial = ++m_serial;
    // The client may be gone when the answer comes.
    m_handler(request, [guard = QPointer<HttpConnection>(this), serial](const ApiResponse &response) {
        if (guard && guard->m_state == State::Answering && guard->m_serial == serial)
            guard->write(response);
    });
}

void HttpConnection::refuse(int status, const QString &why)
{
    // What follows on this connection cannot be told from the rest of the bad request.
    m_keepAlive = false;
    m_buffer.clear();
    // Closing with unread bytes would reset the connection before the client has seen the answer: so we only end our
    // side, and read and throw away what still comes until the client ends its own.
    m_state = State::Closing;
    write(m_refusal(status, why));
}

void HttpConnection::write(const ApiResponse &response)
{
    QByteArray head = "HTTP/1.1 " + QByteArray::number(response.status) + ' ' + reasonPhrase(response.status) + "\r\n";
    if (!response.body.isEmpty())
        head += "Content-Type: application/json; charset=utf-8\r\n";
    head += "Content-Length: " + QByteArray::number(response.body.size()) + "\r\nCache-Control: no-store\r\n";
    for (const auto &[name, value] : response.headers)
        head += name + ": " + value + "\r\n";
    head += m_keepAlive ? "\r\n" : "Connection: close\r\n\r\n";
    m_socket->write(head);
    if (!m_isHead)
        m_socket->write(response.body);

    if (m_state == State::Closing) {
        m_patience->start(lingerMs);
        endOurSide();
        return;
    }
    m_patience->start(idleMs);
    if (!m_keepAlive) {
        m_state = State::Closing;
        m_socket->disconnectFromHost();
        return;
    }
    m_state = State::Head;
    QMetaObject::invokeMethod(this, &HttpConnection::read, Qt::QueuedConnection);
}

void HttpConnection::endOurSide()
{
    m_socket->flush();
    if (m_socket->bytesToWrite() == 0)
        ::shutdown(static_cast<int>(m_socket->socketDescriptor()), SHUT_WR);
    else
        connect(m_socket, &QTcpSocket::bytesWritten, this, &HttpConnection::endOurSide, Qt::UniqueConnection);
}

} // namespace automation
