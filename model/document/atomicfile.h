#pragma once

#include "model/json/result.h"

#include <QByteArray>

namespace automation {

// A whole file. Unreadable (missing, a folder, no permission, no regular file) or Limit, with the name in the message.
Result<QByteArray> readWholeFile(const QString &path, qsizetype maximalBytes);

// Writes a file so that after a crash or a failure there is either the old or the new one, whole. Follows symbolic
// links and keeps the permissions of an existing file. A device or pipe is written directly. Unwritable, with name and
// cause in the message.
Result<void> writeFileAtomically(const QString &path, const QByteArray &bytes);

} // namespace automation
