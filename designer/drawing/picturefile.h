#pragma once

#include "model/json/result.h"

namespace automation {

// Puts a finished picture into a file. Unwritable with place and cause; an existing file is then as it was.
Result<void> writePictureFile(const QString &path, const QByteArray &bytes);

} // namespace automation
