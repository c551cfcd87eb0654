#include "model/sandbox/sandboxservice.h"

#include <QDateTime>
#include <QDir>
#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace automation {

SandboxService::SandboxService(SandboxOptions options, QObject *parent)
    : QObject(parent)
    , m_options(std::move(options))
{
}

SandboxService::~SandboxService() = default;

Result<QString> SandboxService::prepareDirectory()
{
    const QString path = QDir(m_options.dataDirectory).absolutePath();
    const QFileInfo existing(path);
    if (existing.exists() && !existing.isDir())
        return Error {ErrorCode::Unwritable, tr("%1 is not a folder.").arg(path)};
    const bool isNew = !existing.exists();
    if (isNew && !QDir().mkpath(path))
        return Error {ErrorCode::Unwritable, tr("The folder %1 cannot be created.").arg(path)};
    constexpr QFile::Permissions ownerOnly = QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner;
    if (isNew && !QFile::setPermissions(path, ownerOnly))
        return Error {ErrorCode::Unwritable, tr("The access rights of %1 cannot be set.").arg(path)};
    if (!QFileInfo(path).isWritable())
        return Error {ErrorCode::Unwritable, tr("The folder %1 is not writable.").arg(path)};

    m_lock = std::make_unique<QLockFile>(QDir(path).filePath(u"sandbox.lock"_s));
    m_lock->setStaleLockTime(0);
    if (!m_lock->tryLock(0)) {
        if (m_lock->error() == QLockFile::LockFailedError)
            return Error {ErrorCode::Unwritable, tr("Another sandbox uses the folder %1.").arg(path)};
        return Error {ErrorCode::Unwritable, tr("The folder %1 is not writable.").arg(path)};
    }
    return QDir(path).filePath(u"sandbox.sqlite"_s);
}

Result<void> SandboxService::open()
{
    QString file;
    if (!m_options.dataDirectory.isEmpty()) {
        const Result<QString> prepared = prepareDirectory();
        if (!prepared)
            return prepared.error();
        file = *prepared;
    }
    if (m_options.virtualClock)
        m_clock = std::make_unique<VirtualClock>(m_options.virtualStart.value_or(QDateTime::currentMSecsSinceEpoch()));
    else
        m_clock = std::make_unique<RealClock>();
    if (m_options.seed)
        m_randomness = std::make_unique<SeededRandomness>(*m_options.seed);
    else
        m_randomness = std::make_unique<SystemRandomness>();
    m_evaluator = m_options.evaluator();
    m_caller = std::make_unique<NetworkHttpCaller>();
    m_store = std::make_unique<SandboxStore>();
    if (Result<void> opened = m_store->open(file); !opened)
        return opened;
    m_engine = std::make_unique<WorkflowEngine>(*m_store, *m_clock, *m_randomness, *m_evaluator, *m_caller);
    m_api = std::make_unique<SandboxApi>(
        ApiContext(*m_store, *m_engine, *m_clock, *m_randomness, m_options.account), m_options.key);
    return m_engine->restore();
}

void SandboxService::handle(const ApiRequest &request, const SandboxApi::Reply &reply)
{
    m_api->handle(request, reply);
}

} // namespace automation
