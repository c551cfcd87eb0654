#include "model/document/layoutfile.h"

#include "model/document/atomicfile.h"
#include "model/document/drawingjson.h"
#include "model/json/jsonreader.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>

namespace automation {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(LayoutFile)
};

// Another name for a file in the way; empty when it cannot be had.
QString keepAside(const QString &path)
{
    QString aside = path + u".bak"_qs;
    for (int number = 2; QFileInfo::exists(aside) || QFileInfo(aside).isSymLink(); ++number)
        aside = path + u".bak"_qs + QString::number(number);
    return QFile::rename(path, aside) ? aside : QString();
}

} // namespace

QString layoutFilePath(const QString &definitionPath)
{
    const QFileInfo info(definitionPath);
    QString name = info.fileName();
    if (name.endsWith(u".json", Qt::CaseInsensitive))
        name.chop(5);
    return info.dir().filePath(name + u".layout.json"_qs);
}

LayoutFile readLayoutFile(const QString &definitionPath)
{
    const QString path = layoutFilePath(definitionPath);
    if (!QFileInfo::exists(path))
        return {};
    const auto unusable = [&path](const QString &why) {
        return LayoutFile {{}, {},
            Text::tr("The arrangement of the drawing in “%1” cannot be used: %2 The drawing is arranged anew; the file "
                     "stays as it is.")
                .arg(QDir::toNativeSeparators(path), why)};
    };
    const Result<QByteArray> text = readWholeFile(path, JsonLimits().bytes);
    if (!text)
        return unusable(text.error().message);
    const Result<DrawingLayout> drawing = readDrawingLayout(*text);
    if (!drawing)
        return unusable(drawing.error().message);
    return {*drawing, contentHash(*text), {}};
}

Result<QByteArray> writeLayoutFile(const QString &definitionPath, const DrawingLayout &drawing, const QByteArray &known)
{
    const QString path = layoutFilePath(definitionPath);
    const FileContent present = lookAtFile(path, JsonLimits().bytes);
    const bool isOurs = present.exists && !known.isEmpty() && present.hash == known;
    const QByteArray bytes = drawing.isDefault() ? QByteArray() : writeDrawingLayout(drawing);
    const QByteArray hash = drawing.isDefault() ? QByteArray() : contentHash(bytes);
    if (present.exists && !hash.isEmpty() && present.hash == hash)
        return hash;
    QString aside;
    if (present.exists && !isOurs && QFileInfo(path).isFile()) {
        aside = keepAside(path);
        if (aside.isEmpty()) {
            return Error {ErrorCode::Unwritable,
                Text::tr("“%1” holds something else and cannot be moved out of the way.")
                    .arg(QDir::toNativeSeparators(path))};
        }
    }
    if (drawing.isDefault()) {
        if (isOurs && !QFile::remove(path)) {
            return Error {ErrorCode::Unwritable,
                Text::tr("“%1” is needed no more and cannot be deleted.").arg(QDir::toNativeSeparators(path))};
        }
        return QByteArray();
    }
    if (const Result<void> written = writeFileAtomically(path, bytes); !written) {
        if (!aside.isEmpty())
            QFile::rename(aside, path);
        return written.error();
    }
    return hash;
}

} // namespace automation
