#pragma once

#include <QByteArrayView>
#include <QStringView>

namespace automation {

// A hash of bytes for tables of this run of the program; another one each time the program starts, so that nobody can
// make texts that meet in a table. For short texts asked about all the time: qHash() takes several times as long on
// processors with 256-bit AES instructions. Any thread.
size_t textHash(QByteArrayView bytes);

inline size_t textHash(QStringView text)
{
    return textHash(
        QByteArrayView(reinterpret_cast<const char *>(text.utf16()), text.size() * qsizetype(sizeof(QChar))));
}

} // namespace automation
