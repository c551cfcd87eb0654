#include "app/settings/keystore.h"

#include <functional>
#include <memory>
#include <QFileInfo>
#include <qt6keychain/keychain.h>
#include <QTimer>

namespace automation {

namespace {

const QString serviceName = QStringLiteral("automation-designer");

// A keychain is reached over the session bus. Asking without one may start a bus of its own, or wait for it.
bool mayHaveKeychain()
{
#if defined(Q_OS_LINUX)
    if (!qEnvironmentVariableIsEmpty("DBUS_SESSION_BUS_ADDRESS"))
        return true;
    const QString runtime = qEnvironmentVariable("XDG_RUNTIME_DIR");
    return !runtime.isEmpty() && QFileInfo::exists(runtime + QStringLiteral("/bus"));
#else
    return true;
#endif
}

// Runs a job for at most so long; then is called once, with nullptr when the keychain did not answer in time.
void runJob(QKeychain::Job *job, QObject *owner, std::chrono::milliseconds patience,
    const std::function<void(QKeychain::Job *)> &then)
{
    // Without a keychain an error, never a file with the key in it.
    job->setInsecureFallback(false);
    const auto answered = std::make_shared<bool>(false);
    QObject::connect(job, &QKeychain::Job::finished, owner, [answered, then](QKeychain::Job *finished) {
        if (!std::exchange(*answered, true))
            then(finished);
    });
    QTimer::singleShot(patience, owner, [answered, then] {
        if (!std::exchange(*answered, true))
            then(nullptr);
    });
    job->start();
}

bool isAnswer(QKeychain::Job *job)
{
    return job && (job->error() == QKeychain::NoError || job->error() == QKeychain::EntryNotFound);
}

} // namespace

KeyStore::KeyStore(QObject *parent, Backend backend, std::chrono::milliseconds patience)
    : QObject(parent)
    , m_patience(patience)
    , m_persistent(backend == Backend::System && mayHaveKeychain())
{
}

QString KeyStore::persistenceMessage() const
{
    return m_persistent
        ? QString()
        : tr("This computer offers no keychain. API keys are kept in memory until the program ends and have to be "
             "entered again next time.");
}

void KeyStore::read(const QString &accountName)
{
    if (!m_persistent || m_memory.contains(accountName)) {
        QMetaObject::invokeMethod(
            this, [this, accountName] { emit keyRead(accountName, m_memory.value(accountName)); },
            Qt::QueuedConnection);
        return;
    }
    auto *job = new QKeychain::ReadPasswordJob(serviceName);
    job->setKey(accountName);
    runJob(job, this, m_patience, [this, accountName](QKeychain::Job *finished) {
        const auto *read = qobject_cast<QKeychain::ReadPasswordJob *>(finished);
        if (!isAnswer(finished))
            useMemory();
        else if (read && read->error() == QKeychain::NoError && !read->textData().isEmpty())
            m_memory.insert(accountName, read->textData());
        emit keyRead(accountName, m_memory.value(accountName));
    });
}

void KeyStore::write(const QString &accountName, const QString &key)
{
    m_memory.insert(accountName, key);
    if (!m_persistent) {
        QMetaObject::invokeMethod(
            this, [this, accountName] { emit keyWritten(accountName, false); }, Qt::QueuedConnection);
        return;
    }
    auto *job = new QKeychain::WritePasswordJob(serviceName);
    job->setKey(accountName);
    job->setTextData(key);
    runJob(job, this, m_patience, [this, accountName](QKeychain::Job *finished) {
        const bool stored = finished && finished->error() == QKeychain::NoError;
        if (!stored)
            useMemory();
        emit keyWritten(accountName, stored);
    });
}

void KeyStore::remove(const QString &accountName)
{
    m_memory.remove(accountName);
    if (!m_persistent)
        return;
    auto *job = new QKeychain::DeletePasswordJob(serviceName);
    job->setKey(accountName);
    runJob(job, this, m_patience, [this](QKeychain::Job *finished) {
        if (!isAnswer(finished))
            useMemory();
    });
}

void KeyStore::useMemory()
{
    if (!std::exchange(m_persistent, false))
        return;
    emit persistenceChanged();
}

} // namespace automation
