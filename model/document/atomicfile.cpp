#include "model/document/atomicfile.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QSaveFile>

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

Result<void> write(QFileDevice &file, const QString &path, const QByteArray &bytes)
{
    if (file.write(bytes) != bytes.size() || !file.flush())
        return unwritable(path, file.errorString());
    return {};
}

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
    // One more than allowed: the size a file system reports need not be true.
    const QByteArray bytes = file.read(maximalBytes + 1);
    if (file.error() != QFileDevice::NoError)
        return unreadable(path, file.errorString());
    if (bytes.size() > maximalBytes) {
        return Error {ErrorCode::Limit,
            Text::tr("“%1” is too large: at most %2 bytes are read.").arg(native(path)).arg(maximalBytes)};
    }
    return bytes;
}

Result<void> writeFileAtomically(const QString &path, const QByteArray &bytes)
{
    const QFileInfo info(path);
    if (info.isDir())
        return unwritable(path, Text::tr("it is a folder"));
    if (info.exists() && !info.isWritable())
        return unwritable(path, Text::tr("it is write-protected"));
    if (info.exists() && !info.isFile()) {
        // Renaming a new file over a device would replace the device.
        QFile device(path);
        if (!device.open(QIODevice::WriteOnly))
            return unwritable(path, device.errorString());
        return write(device, path, bytes);
    }
    if (!info.isSymLink() && !info.dir().exists())
        return unwritable(path, Text::tr("the folder “%1” does not exist").arg(native(info.absolutePath())));

    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        return unwritable(path, file.errorString());
    if (const Result<void> written = write(file, path, bytes); !written) {
        file.cancelWriting();
        return written;
    }
    if (!file.commit())
        return unwritable(path, file.errorString());
    return {};
}

} // namespace automation
