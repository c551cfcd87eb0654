#pragma once

#include "model/sandbox/sandboxapi.h"

#include <functional>
#include <memory>
#include <QLockFile>

namespace automation {

// What a sandbox is made of. Value type.
struct SandboxOptions
{
    quint16 port = 0; // 0: a free one
    QString dataDirectory; // empty: in memory
    QString account;
    QByteArray key; // bearer key
    bool virtualClock = false;
    // Makes the evaluator, on the thread it is used on.
    std::function<std::unique_ptr<ExpressionEvaluator>()> evaluator;
    // For repeatable runs; otherwise the operating system's randomness and, for a new virtual clock, the time of day.
    std::optional<quint32> seed;
    std::optional<qint64> virtualStart;
};

// Store, engine and API of one sandbox, on one thread (the worker of SandboxServer, or a test's own).
class SandboxService : public QObject
{
    Q_OBJECT
public:
    explicit SandboxService(SandboxOptions options, QObject *parent = nullptr);
    ~SandboxService() override;

    // Opens the data (directory made with access for the owner only, locked against a second sandbox) and takes up
    // what was running. Call on the service's thread.
    Result<void> open();

    // As SandboxApi::handle(). After a successful open().
    void handle(const ApiRequest &request, const SandboxApi::Reply &reply);

private:
    Result<QString> prepareDirectory();

    SandboxOptions m_options;
    std::unique_ptr<QLockFile> m_lock;
    std::unique_ptr<Clock> m_clock;
    std::unique_ptr<Randomness> m_randomness;
    std::unique_ptr<ExpressionEvaluator> m_evaluator;
    std::unique_ptr<NetworkHttpCaller> m_caller;
    std::unique_ptr<SandboxStore> m_store;
    std::unique_ptr<WorkflowEngine> m_engine;
    std::unique_ptr<SandboxApi> m_api;
};

} // namespace automation
