#include "model/sandbox/sandboxserver.h"

#include <QDateTime>

using namespace Qt::StringLiterals;

namespace automation {

namespace {

int refusalCode(int status)
{
    return status == 413 ? ApiCode::tooLarge : ApiCode::badRequest;
}

} // namespace

SandboxServer::SandboxServer(SandboxOptions options, QObject *parent)
    : QObject(parent)
    , m_options(std::move(options))
    , m_listener([this](const ApiRequest &request, const HttpListener::Answer &answer) { forward(request, answer); },
          [](int status, const QString &why) {
              return apiError(
                  status, refusalCode(status), why, SystemRandomness().uuid(), QDateTime::currentMSecsSinceEpoch());
          })
{
    m_thread.setObjectName(u"sandbox"_s);
}

SandboxServer::~SandboxServer()
{
    m_thread.quit();
    m_thread.wait();
}

Result<void> SandboxServer::start()
{
    m_service = new SandboxService(m_options);
    m_service->moveToThread(&m_thread);
    connect(&m_thread, &QThread::finished, m_service, &QObject::deleteLater);
    m_thread.start();

    Result<void> opened;
    QMetaObject::invokeMethod(
        m_service, [&] { opened = m_service->open(); }, Qt::BlockingQueuedConnection);
    if (!opened)
        return opened;
    if (!m_listener.listen(m_options.port))
        return Error {ErrorCode::Unreachable,
            tr("Port %1 on 127.0.0.1 cannot be used: %2").arg(m_options.port).arg(m_listener.errorText())};
    return {};
}

QUrl SandboxServer::url() const
{
    return QUrl(u"http://127.0.0.1:%1"_s.arg(m_listener.port()));
}

void SandboxServer::forward(const ApiRequest &request, const HttpListener::Answer &answer)
{
    QMetaObject::invokeMethod(m_service, [service = m_service, front = &m_listener, request, answer] {
        service->handle(request, [front, answer](const ApiResponse &response) {
            QMetaObject::invokeMethod(front, [answer, response] { answer(response); });
        });
    });
}

} // namespace automation
