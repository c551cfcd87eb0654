#pragma once

#include "model/json/result.h"

#include <QByteArray>

namespace automation {

// A whole file. Unreadable (missing, a folder, no permission, no regular file) or Limit, with the name in the message.
Result<QByteArray> readWholeFile(const QString &path, qsizetype maximalBytes);

// What stands at a path, in short.
struct FileContent
{
    bool exists = false;
    QByteArray hash; // contentHash() of a file that could be read
};
// Tells contents apart (XXH3, 128 bits, the same on all machines); no protection against somebody who makes two alike.
QByteArray contentHash(const QByteArray &bytes);
// Reads the file; any thread.
FileContent lookAtFile(const QString &path, qsizetype maximalBytes);

// Writes a file so that after a crash, a power cut or a failure there is either the old or the new one, whole: a new
// file is written beside it (“.NAME.saving-…”, deleted by the next save when a crash left it), brought to the disk and
// renamed. Follows symbolic links and keeps mode, owner, group and extended attributes of an existing file as far as
// the system lets it; a group that cannot be kept loses its rights. Another hard link to the file keeps the old
// content. A device or pipe is written directly. Unwritable, with name and cause in the message; then the old file is
// as it was.
Result<void> writeFileAtomically(const QString &path, const QByteArray &bytes);

} // namespace automation
