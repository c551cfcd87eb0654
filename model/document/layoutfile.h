#pragma once

#include "model/document/drawinglayout.h"

namespace automation {

// The file that keeps the drawing of a definition, beside it: NAME.layout.json for NAME.json. Any thread.
QString layoutFilePath(const QString &definitionPath);

struct LayoutFile
{
    DrawingLayout drawing;
    QByteArray hash; // contentHash() of the file when it could be used; empty without one
    QString notice; // why it could not be used, with its name and the place, translated; empty when all is well
};
// No file is the default drawing. A file that cannot be used stays as it is.
LayoutFile readLayoutFile(const QString &definitionPath);

// Makes the file hold the drawing, atomically; the default drawing needs none. known: hash of what was read or written
// there last. A file that holds anything else is somebody else's: it is kept as NAME.layout.json.bak (.bak2, …).
// Returns the hash of what stands there now. Unwritable, with name and cause; then nothing changed.
Result<QByteArray> writeLayoutFile(
    const QString &definitionPath, const DrawingLayout &drawing, const QByteArray &known);

} // namespace automation
