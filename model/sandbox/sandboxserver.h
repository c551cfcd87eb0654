#pragma once

#include "model/sandbox/httplistener.h"
#include "model/sandbox/sandboxservice.h"

#include <QThread>
#include <QUrl>

namespace automation {

// The local Automation API: an HTTP front on the caller's thread and a SandboxService on a worker thread, so that a
// slow script never keeps a client from connecting. Listens on 127.0.0.1 only. Needs an event loop.
class SandboxServer : public QObject
{
    Q_OBJECT
public:
    explicit SandboxServer(SandboxOptions options, QObject *parent = nullptr);
    // Ends running work where it stands; what was stored goes on at the next start.
    ~SandboxServer() override;

    // Opens the data and listens. Unwritable (data folder) or Unreachable (port taken) with the cause. Call once.
    Result<void> start();

    QUrl url() const; // "http://127.0.0.1:PORT"

private:
    void forward(const ApiRequest &request, const HttpListener::Answer &answer);

    SandboxOptions m_options;
    QThread m_thread;
    SandboxService *m_service = nullptr; // lives on m_thread
    HttpListener m_listener;
};

} // namespace automation
