#pragma once

#include "model/document/workflowreplace.h"

#include <QStringList>

namespace automation {

// Searching and replacing in definition files. All functions: any thread, they read and write the disk.

// The .json files below a folder, without layout files and hidden ones; folders that links lead to are left out. At
// most some thousand. goOn as of findInDefinition().
QStringList definitionFilesIn(const QString &folder, const std::function<bool()> &goOn = {});

// What was found in a file, with what tells whether it still is what was searched.
struct FileHits
{
    QByteArray hash; // contentHash()
    QList<SearchHit> hits;
};
// Unreadable, NotJson, NotADefinition or Limit, with the file's name in the message.
Result<FileHits> findInFile(
    const QString &path, const SearchPattern &pattern, qsizetype mostHits, const std::function<bool()> &goOn = {});

// What replacing those hits would make of the file; nothing is written. ChangedOnDisk when the file is not what was
// searched, and the errors of findInFile().
Result<Replacement> checkReplacingInFile(const QString &path, const FileHits &found);
// Writes it: only the lines of what is replaced change, the file is the old or the new one, whole, and positions in its
// layout file follow renamed steps. Unwritable besides.
Result<Replacement> replaceInFile(const QString &path, const FileHits &found);

} // namespace automation
