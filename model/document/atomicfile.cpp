#include "model/document/atomicfile.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <dirent.h>
#include <fcntl.h>
#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QRandomGenerator>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xxhash.h>
#ifdef Q_OS_LINUX
#include <sys/xattr.h>
#endif

namespace automation {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(AtomicFile)
};

QString native(const QString &path)
{
    return QDir::toNativeSeparators(path);
}

Error unreadable(const QString &path, const QString &cause)
{
    return {ErrorCode::Unreadable, Text::tr("“%1” cannot be read: %2.").arg(native(path), cause)};
}

Error unwritable(const QString &path, const QString &cause)
{
    return {ErrorCode::Unwritable, Text::tr("“%1” cannot be saved: %2.").arg(native(path), cause)};
}

Error unwritable(const QString &path, int number)
{
    return unwritable(path, QString::fromLocal8Bit(std::strerror(number)));
}

// What links lead to, also when nothing is there yet; empty when they go in a circle.
QString withoutLinks(const QString &path)
{
    QString place = path;
    for (int links = 0; links < 40; ++links) {
        const QFileInfo info(place);
        if (!info.isSymLink())
            return place;
        place = info.symLinkTarget();
    }
    return {};
}

// What all temporary files of one name begin with. Short enough for the file system whatever the name.
QString temporaryPrefix(const QString &name)
{
    QString shortened = name;
    while (shortened.toUtf8().size() > 200)
        shortened.chop(1);
    return u"."_qs + shortened + u".saving-"_qs;
}

// Those of writers that were killed: nobody holds them locked.
void removeLeftovers(const QDir &folder, const QByteArray &prefix)
{
    DIR *directory = ::opendir(QFile::encodeName(folder.path()).constData());
    if (!directory)
        return;
    while (const dirent *entry = ::readdir(directory)) {
        if (!QByteArrayView(entry->d_name).startsWith(prefix))
            continue;
        const int file = ::openat(::dirfd(directory), entry->d_name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
        if (file < 0)
            continue;
        if (::flock(file, LOCK_EX | LOCK_NB) == 0)
            ::unlinkat(::dirfd(directory), entry->d_name, 0);
        ::close(file);
    }
    ::closedir(directory);
}

// A file that is being written under another name; deleted unless it took its place.
class TemporaryFile
{
public:
    explicit TemporaryFile(const QString &path)
        : m_path(path)
        , m_folder(QFileInfo(path).absoluteDir())
    {
    }
    TemporaryFile(const TemporaryFile &) = delete;
    TemporaryFile &operator=(const TemporaryFile &) = delete;

    ~TemporaryFile()
    {
        if (m_descriptor < 0)
            return;
        ::unlink(m_name.constData());
        ::close(m_descriptor);
    }

    // 0 or a number of the system.
    int create()
    {
        const QString prefix = temporaryPrefix(QFileInfo(m_path).fileName());
        removeLeftovers(m_folder, QFile::encodeName(prefix));
        struct stat before
        {
        };
        const bool exists = ::stat(QFile::encodeName(m_path).constData(), &before) == 0;
        for (int attempt = 0; attempt < 100 && m_descriptor < 0; ++attempt) {
            const quint32 number = QRandomGenerator::global()->generate();
            m_name = QFile::encodeName(m_folder.filePath(prefix + QString::number(number, 36)));
            // Nobody else reads a file of theirs before it has its rights.
            m_descriptor = ::open(m_name.constData(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, exists ? 0600 : 0666);
            if (m_descriptor < 0 && errno != EEXIST)
                return errno;
        }
        if (m_descriptor < 0)
            return EEXIST;
        ::flock(m_descriptor, LOCK_EX | LOCK_NB); // some file systems have none; then leftovers stay
        if (exists)
            resemble(before);
        return 0;
    }

    int write(const QByteArray &bytes)
    {
        qsizetype done = 0;
        while (done < bytes.size()) {
            const ssize_t count = ::write(m_descriptor, bytes.constData() + done, size_t(bytes.size() - done));
            if (count < 0 && errno == EINTR)
                continue;
            if (count <= 0)
                return count < 0 ? errno : ENOSPC;
            done += count;
        }
        return 0;
    }

    int takePlace()
    {
        if (::fsync(m_descriptor) != 0)
            return errno;
        if (::rename(m_name.constData(), QFile::encodeName(m_path).constData()) != 0)
            return errno;
        ::close(std::exchange(m_descriptor, -1));
        // The new entry of the folder too; where folders cannot be synchronised the system does it in its own time.
        const int folder = ::open(QFile::encodeName(m_folder.path()).constData(), O_RDONLY | O_CLOEXEC | O_DIRECTORY);
        if (folder >= 0) {
            ::fsync(folder);
            ::close(folder);
        }
        return 0;
    }

private:
    void resemble(const struct stat &before)
    {
        mode_t mode = before.st_mode & 07777;
        if (::fchown(m_descriptor, before.st_uid, before.st_gid) != 0
            && ::fchown(m_descriptor, uid_t(-1), before.st_gid) != 0) {
            struct stat now
            {
            };
            // The rights were meant for another group.
            if (::fstat(m_descriptor, &now) != 0 || now.st_gid != before.st_gid)
                mode = (mode & ~mode_t(S_IRWXG)) | ((mode & S_IRWXO) << 3);
        }
        copyAttributes();
        ::fchmod(m_descriptor, mode);
    }

    void copyAttributes()
    {
#ifdef Q_OS_LINUX
        const QByteArray path = QFile::encodeName(m_path);
        QByteArray names(64 * 1024, Qt::Uninitialized);
        const ssize_t size = ::listxattr(path.constData(), names.data(), size_t(names.size()));
        if (size <= 0)
            return;
        names.truncate(size);
        for (const QByteArray &name : names.split('\0')) {
            QByteArray value(64 * 1024, Qt::Uninitialized);
            const ssize_t length = name.isEmpty()
                ? -1
                : ::getxattr(path.constData(), name.constData(), value.data(), size_t(value.size()));
            if (length >= 0)
                ::fsetxattr(m_descriptor, name.constData(), value.constData(), size_t(length), 0);
        }
#endif
    }

    QString m_path;
    QDir m_folder;
    QByteArray m_name; // encoded
    int m_descriptor = -1;
};

} // namespace

Result<QByteArray> readWholeFile(const QString &path, qsizetype maximalBytes)
{
    const QFileInfo info(path);
    if (!info.exists())
        return unreadable(path, Text::tr("there is no such file"));
    if (info.isDir())
        return unreadable(path, Text::tr("it is a folder"));
    if (!info.isFile()) // a pipe or device could keep us waiting for ever
        return unreadable(path, Text::tr("it is not a regular file"));
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return unreadable(path, file.errorString());
    // One more than allowed, and until nothing comes: the size a file system reports need not be true.
    QByteArray bytes(std::min<qint64>(file.size(), maximalBytes) + 1, Qt::Uninitialized);
    qsizetype filled = 0;
    while (filled <= maximalBytes) {
        constexpr qsizetype least = 64 * 1024;
        if (filled == bytes.size())
            bytes.resize(std::min(maximalBytes + 1, filled + std::max(least, filled / 2)));
        const qint64 count = file.read(bytes.data() + filled, bytes.size() - filled);
        if (count < 0)
            return unreadable(path, file.errorString());
        if (count == 0)
            break;
        filled += count;
    }
    bytes.resize(filled);
    if (bytes.size() > maximalBytes) {
        return Error {ErrorCode::Limit,
            Text::tr("“%1” is too large: at most %2 bytes are read.").arg(native(path)).arg(maximalBytes)};
    }
    return bytes;
}

QByteArray contentHash(const QByteArray &bytes)
{
    XXH128_canonical_t digest;
    XXH128_canonicalFromHash(&digest, XXH3_128bits(bytes.constData(), size_t(bytes.size())));
    return QByteArray(reinterpret_cast<const char *>(digest.digest), sizeof digest.digest);
}

FileContent lookAtFile(const QString &path, qsizetype maximalBytes)
{
    if (!QFileInfo::exists(path))
        return {};
    const Result<QByteArray> bytes = readWholeFile(path, maximalBytes);
    return {true, bytes ? contentHash(*bytes) : QByteArray()};
}

Result<void> writeFileAtomically(const QString &path, const QByteArray &bytes)
{
    // A pipe or terminal behind /dev/stdout has no name that its links could lead to.
    const QFileInfo given(path);
    const bool isSpecial = given.exists() && !given.isFile() && !given.isDir();
    const QString target = isSpecial ? path : withoutLinks(path);
    if (target.isEmpty())
        return unwritable(path, Text::tr("its links lead in a circle"));
    const QFileInfo info(target);
    if (info.isDir())
        return unwritable(path, Text::tr("it is a folder"));
    if (info.exists() && !info.isWritable())
        return unwritable(path, Text::tr("it is write-protected"));
    if (info.exists() && !info.isFile()) {
        // Renaming a new file over a device would replace the device.
        QFile device(target);
        if (!device.open(QIODevice::WriteOnly))
            return unwritable(path, device.errorString());
        if (device.write(bytes) != bytes.size() || !device.flush())
            return unwritable(path, device.errorString());
        return {};
    }
    if (!info.dir().exists())
        return unwritable(path, Text::tr("the folder “%1” does not exist").arg(native(info.absolutePath())));

    TemporaryFile file(target);
    if (const int failure = file.create(); failure == EACCES || failure == EPERM || failure == EROFS) {
        return unwritable(path,
            Text::tr("its folder does not let new files be made, without which the old one could be lost (%1)")
                .arg(QString::fromLocal8Bit(std::strerror(failure))));
    } else if (failure != 0) {
        return unwritable(path, failure);
    }
    if (const int failure = file.write(bytes); failure != 0)
        return unwritable(path, failure);
    if (const int failure = file.takePlace(); failure != 0)
        return unwritable(path, failure);
    return {};
}

} // namespace automation
