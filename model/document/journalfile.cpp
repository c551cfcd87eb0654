#include "model/document/journalfile.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QUuid>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace automation {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(JournalFile)
};

Error failure(ErrorCode code, const QString &path, int number)
{
    const QString cause = QString::fromLocal8Bit(std::strerror(number));
    const QString name = QDir::toNativeSeparators(path);
    return {code,
        code == ErrorCode::Unreadable ? Text::tr("“%1” cannot be read: %2.").arg(name, cause)
                                      : Text::tr("“%1” cannot be written: %2.").arg(name, cause)};
}

bool lock(int descriptor)
{
    return ::flock(descriptor, LOCK_EX | LOCK_NB) == 0;
}

} // namespace

QString JournalFile::suffix()
{
    return u".journal"_qs;
}

QString JournalFile::unfinishedSuffix()
{
    return suffix() + u".new"_qs;
}

JournalFile::JournalFile(const QString &path, int descriptor, qint64 size)
    : m_path(path)
    , m_descriptor(descriptor)
    , m_size(size)
{
}

JournalFile::~JournalFile()
{
    ::close(m_descriptor); // and with it goes the lock
}

Result<std::shared_ptr<JournalFile>> JournalFile::create(const QString &folder)
{
    if (!QDir(folder).exists()) {
        if (!QDir().mkpath(QFileInfo(folder).absolutePath()))
            return failure(ErrorCode::Unwritable, folder, errno);
        if (::mkdir(QFile::encodeName(folder).constData(), S_IRWXU) != 0 && errno != EEXIST)
            return failure(ErrorCode::Unwritable, folder, errno);
    }
    const QString path = QDir(folder).filePath(QUuid::createUuid().toString(QUuid::WithoutBraces) + suffix());
    const int descriptor = ::open(
        QFile::encodeName(path).constData(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, S_IRUSR | S_IWUSR);
    if (descriptor < 0)
        return failure(ErrorCode::Unwritable, path, errno);
    std::shared_ptr<JournalFile> file(new JournalFile(path, descriptor, 0));
    // Somebody who looks for left journals may have been quicker; it is empty, so nothing keeps them.
    if (!lock(descriptor))
        return failure(ErrorCode::Unwritable, path, errno);
    return file;
}

Result<std::shared_ptr<JournalFile>> JournalFile::claim(const QString &path)
{
    const int descriptor = ::open(QFile::encodeName(path).constData(), O_RDWR | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    if (descriptor < 0)
        return failure(ErrorCode::Unreadable, path, errno);
    std::shared_ptr<JournalFile> file(new JournalFile(path, descriptor, 0));
    struct stat status
    {
    };
    if (::fstat(descriptor, &status) != 0)
        return failure(ErrorCode::Unreadable, path, errno);
    if (!S_ISREG(status.st_mode))
        return failure(ErrorCode::Unreadable, path, EINVAL);
    if (!lock(descriptor))
        return Error {ErrorCode::Cancelled, {}};
    // Its owner may have taken it away in the moment between.
    if (::fstat(descriptor, &status) != 0 || status.st_nlink == 0)
        return Error {ErrorCode::Cancelled, {}};
    file->m_size = status.st_size;
    return file;
}

Result<std::shared_ptr<JournalFile>> JournalFile::replacing(const JournalFile &other, const QByteArray &bytes)
{
    QString path = other.m_path;
    path.chop(suffix().size());
    path += unfinishedSuffix();
    QFile::remove(path); // of an attempt that failed
    const int descriptor = ::open(
        QFile::encodeName(path).constData(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, S_IRUSR | S_IWUSR);
    if (descriptor < 0)
        return failure(ErrorCode::Unwritable, path, errno);
    std::shared_ptr<JournalFile> file(new JournalFile(path, descriptor, 0));
    Result<void> written = lock(descriptor) ? file->append(bytes) : failure(ErrorCode::Unwritable, path, errno);
    if (written)
        written = file->sync();
    if (written && ::rename(QFile::encodeName(path).constData(), QFile::encodeName(other.m_path).constData()) != 0)
        written = failure(ErrorCode::Unwritable, path, errno);
    if (!written) {
        QFile::remove(path);
        return written.error();
    }
    file->m_path = other.m_path;
    return file;
}

Result<QByteArray> JournalFile::readAll(qint64 maximalBytes) const
{
    if (m_size > maximalBytes)
        return failure(ErrorCode::Unreadable, m_path, EFBIG);
    QByteArray bytes(m_size, Qt::Uninitialized);
    qint64 done = 0;
    while (done < m_size) {
        const ssize_t count = ::pread(m_descriptor, bytes.data() + done, size_t(m_size - done), off_t(done));
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return failure(ErrorCode::Unreadable, m_path, errno);
        if (count == 0)
            break;
        done += count;
    }
    bytes.truncate(done);
    return bytes;
}

Result<void> JournalFile::append(const QByteArray &bytes)
{
    qint64 done = 0;
    while (done < bytes.size()) {
        const ssize_t count
            = ::pwrite(m_descriptor, bytes.constData() + done, size_t(bytes.size() - done), off_t(m_size + done));
        if (count < 0 && errno == EINTR)
            continue;
        if (count <= 0) {
            const Error error = failure(ErrorCode::Unwritable, m_path, count < 0 ? errno : ENOSPC);
            if (const Result<void> cut = truncate(m_size); !cut)
                return cut;
            return error;
        }
        done += count;
    }
    m_size += done;
    return {};
}

Result<void> JournalFile::truncate(qint64 size)
{
    if (::ftruncate(m_descriptor, off_t(size)) != 0)
        return failure(ErrorCode::Unwritable, m_path, errno);
    m_size = size;
    return {};
}

Result<void> JournalFile::sync() const
{
    if (::fsync(m_descriptor) != 0)
        return failure(ErrorCode::Unwritable, m_path, errno);
    return {};
}

void JournalFile::remove()
{
    QFile::remove(m_path);
}

QString JournalFile::keepAside()
{
    const QString aside = m_path + u".damaged"_qs;
    return QFile::rename(m_path, aside) ? aside : QString();
}

} // namespace automation
