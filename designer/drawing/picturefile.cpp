#include "designer/drawing/picturefile.h"

#include <QCoreApplication>
#include <QDir>
#include <QSaveFile>

namespace automation {

Result<void> writePictureFile(const QString &path, const QByteArray &bytes)
{
    QSaveFile file(path);
    const auto unwritable = [&] {
        return Error {ErrorCode::Unwritable,
            QCoreApplication::translate("PictureExport", "“%1” cannot be written: %2")
                .arg(QDir::toNativeSeparators(path), file.errorString())};
    };
    // A full disk takes the first part of what it is given. Through its buffer, the file would not tell and a part
    // would take the place of the file that was there.
    if (!file.open(QIODevice::WriteOnly | QIODevice::Unbuffered))
        return unwritable();
    for (qint64 done = 0; done < bytes.size();) {
        const qint64 count = file.write(bytes.constData() + done, bytes.size() - done);
        if (count <= 0) {
            const Error error = unwritable();
            file.cancelWriting();
            return error;
        }
        done += count;
    }
    if (!file.commit())
        return unwritable();
    return {};
}

} // namespace automation
