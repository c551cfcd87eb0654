#pragma once

#include "model/json/result.h"

#include <memory>
#include <QByteArray>

namespace automation {

// An append-only file of one owner: held locked by the system for as long as the object (or its process) lives, so
// that others can tell a living owner from one that is gone. Readable by the user only. Not thread-safe, but sync()
// may run beside append(). Errors are Unreadable or Unwritable with name and cause.
class JournalFile
{
public:
    static QString suffix(); // of the names of all journals
    static QString unfinishedSuffix(); // of those that were to take the place of another one, see replacing()

    // A new file of a name of its own. The folder is made when it is missing.
    static Result<std::shared_ptr<JournalFile>> create(const QString &folder);
    // A file that is there. Cancelled when its owner lives.
    static Result<std::shared_ptr<JournalFile>> claim(const QString &path);
    // A file of these bytes, on the disk, that takes the place of another one of the same owner: whoever looks finds
    // either, whole and held. On failure the other one stays.
    static Result<std::shared_ptr<JournalFile>> replacing(const JournalFile &other, const QByteArray &bytes);
    ~JournalFile();
    JournalFile(const JournalFile &) = delete;
    JournalFile &operator=(const JournalFile &) = delete;

    QString path() const { return m_path; }
    qint64 size() const { return m_size; }
    Result<QByteArray> readAll(qint64 maximalBytes) const;
    // All or nothing: of what could be written only partly nothing stays.
    Result<void> append(const QByteArray &bytes);
    Result<void> truncate(qint64 size);
    // Returns when everything is on the disk.
    Result<void> sync() const;
    void remove();
    // Takes it out of the way under another name, which is returned; empty when that cannot be done.
    QString keepAside();

private:
    JournalFile(const QString &path, int descriptor, qint64 size);

    QString m_path;
    int m_descriptor;
    qint64 m_size;
};

} // namespace automation
