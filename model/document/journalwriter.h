#pragma once

#include "model/document/journalfile.h"

#include <chrono>
#include <functional>
#include <memory>
#include <QObject>

namespace automation {

// One journal as its writer knows it; others only hold it.
struct WrittenJournal;

// Writes journals of any number of documents on threads of its own: what is handed over is written at once and on the
// disk soon after. What cannot be written is kept in memory and tried again until it can. GUI thread.
class JournalWriter : public QObject
{
    Q_OBJECT
public:
    // syncInterval: the longest time between writing and asking the system to bring it to the disk.
    explicit JournalWriter(
        std::chrono::milliseconds syncInterval = std::chrono::milliseconds(500), QObject *parent = nullptr);
    ~JournalWriter() override; // writes what is left, once

    // A journal that begins with its first bytes, in this folder.
    std::shared_ptr<WrittenJournal> begin(const QString &folder);
    // One that is there and goes on.
    std::shared_ptr<WrittenJournal> resume(std::shared_ptr<JournalFile> file);
    // make: gives the bytes, on another thread.
    void append(const std::shared_ptr<WrittenJournal> &journal, std::function<QByteArray()> make);
    // The same, but what make gives takes the place of all that the journal holds, and the bytes appended later follow
    // it.
    void rewrite(const std::shared_ptr<WrittenJournal> &journal, std::function<QByteArray()> make);
    // How large the journal is, as far as it was made yet, and how much of that it began with: any thread.
    struct Size
    {
        qint64 beginning = 0; // 0 = unknown
        qint64 all = 0;
        bool isChanging = false; // is to be written anew
    };
    Size size(const std::shared_ptr<WrittenJournal> &journal) const;
    // Deletes it; what is not written yet never is.
    void remove(const std::shared_ptr<WrittenJournal> &journal);
    // Waits until all that was handed over is written or has failed, and deleted journals are gone.
    void waitUntilWritten();

Q_SIGNALS:
    void failed(const QString &message); // once, until it works again
    void recovered();

private:
    class Threads;
    std::unique_ptr<Threads> m_threads;
};

} // namespace automation
