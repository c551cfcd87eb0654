#include "model/document/journalwriter.h"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>
#include <vector>

namespace automation {

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds retryInterval(1000);
// What waits for a full disk is kept up to here; beyond it the journal ends with what it has.
constexpr qsizetype mostPending = qsizetype(256) * 1024 * 1024;

} // namespace

struct WrittenJournal
{
    QString folder; // where to create the file
    std::shared_ptr<JournalFile> file;
    QByteArray pending;
    bool isRewritten = false; // what is pending takes the place of the file
    std::atomic<qint64> beginning = 0;
    std::atomic<qint64> all = 0;
    std::atomic<int> rewritesAhead = 0;
    bool isRemoved = false;
    bool isGivenUp = false;
};

class JournalWriter::Threads
{
public:
    Threads(JournalWriter &owner, std::chrono::milliseconds syncInterval)
        : m_owner(owner)
        , m_syncInterval(syncInterval)
        , m_writer([this] { write(); })
        , m_syncer([this] { sync(); })
    {
    }

    ~Threads()
    {
        {
            const std::lock_guard lock(m_mutex);
            m_isEnding = true;
        }
        m_wakeWriter.notify_one();
        m_writer.join();
        m_wakeSyncer.notify_one();
        m_syncer.join();
    }

    void add(const std::shared_ptr<WrittenJournal> &journal, std::function<QByteArray()> make, bool rewrites = false)
    {
        {
            const std::lock_guard lock(m_mutex);
            m_jobs.push_back({journal, std::move(make), rewrites});
        }
        m_wakeWriter.notify_one();
    }

    void waitUntilIdle()
    {
        std::unique_lock lock(m_mutex);
        m_idle.wait(lock, [this] { return m_jobs.empty() && !m_isWriting; });
    }

private:
    // make empty: the journal is to be removed.
    struct Job
    {
        std::shared_ptr<WrittenJournal> journal;
        std::function<QByteArray()> make;
        bool rewrites = false;
    };

    void write()
    {
        std::vector<std::shared_ptr<WrittenJournal>> waiting; // have pending bytes
        std::unique_lock lock(m_mutex);
        for (;;) {
            const auto hasWork = [this] { return m_isEnding || !m_jobs.empty(); };
            if (waiting.empty())
                m_wakeWriter.wait(lock, hasWork);
            else
                m_wakeWriter.wait_for(lock, retryInterval, hasWork);
            const bool ending = m_isEnding;
            std::deque<Job> jobs;
            jobs.swap(m_jobs);
            m_isWriting = true;
            lock.unlock();
            for (const Job &job : jobs) {
                take(job);
                if (std::find(waiting.begin(), waiting.end(), job.journal) == waiting.end())
                    waiting.push_back(job.journal);
            }
            std::erase_if(waiting, [this](const auto &journal) { return writePending(*journal); });
            jobs.clear();
            lock.lock();
            m_isWriting = false;
            if (m_jobs.empty())
                m_idle.notify_all();
            if (ending && m_jobs.empty())
                break;
        }
        m_isWriterDone = true;
    }

    static void take(const Job &job)
    {
        WrittenJournal &journal = *job.journal;
        if (journal.isRemoved || journal.isGivenUp)
            return;
        if (job.make) {
            const QByteArray made = job.make();
            if (job.rewrites || journal.all == 0) {
                journal.beginning = made.size();
                journal.all = 0;
            }
            if (job.rewrites) {
                --journal.rewritesAhead;
                journal.isRewritten = true;
                journal.pending.clear();
            }
            journal.pending += made;
            journal.all += made.size();
            return;
        }
        journal.isRemoved = true;
        journal.pending.clear();
        if (journal.file)
            journal.file->remove();
        journal.file.reset();
    }

    // True when nothing is left to do.
    bool writePending(WrittenJournal &journal)
    {
        if (journal.pending.isEmpty())
            return true;
        Result<void> written;
        if (!journal.file) {
            Result<std::shared_ptr<JournalFile>> file = JournalFile::create(journal.folder);
            if (file)
                journal.file = *file;
            else
                written = file.error();
        }
        if (journal.file && journal.isRewritten && journal.file->size() > 0) {
            Result<std::shared_ptr<JournalFile>> file = JournalFile::replacing(*journal.file, journal.pending);
            if (file)
                journal.file = *file;
            else
                written = file.error();
        } else if (journal.file) {
            written = journal.file->append(journal.pending);
        }
        if (written) {
            journal.isRewritten = false;
            journal.pending.clear();
            tellRecovery();
            const std::lock_guard lock(m_mutex);
            if (std::find(m_unsynced.begin(), m_unsynced.end(), journal.file) == m_unsynced.end())
                m_unsynced.push_back(journal.file);
            m_wakeSyncer.notify_one();
            return true;
        }
        tellFailure(written.error());
        if (journal.pending.size() <= mostPending)
            return false;
        journal.isGivenUp = true;
        journal.pending.clear();
        return true;
    }

    // Apart from writing: on a slow disk it takes long, and what is written survives the end of the process anyway.
    void sync()
    {
        std::unique_lock lock(m_mutex);
        for (;;) {
            m_wakeSyncer.wait(lock, [this] { return m_isWriterDone || !m_unsynced.empty(); });
            if (!m_isWriterDone)
                m_wakeSyncer.wait_for(lock, m_syncInterval, [this] { return m_isWriterDone; });
            std::vector<std::shared_ptr<JournalFile>> files;
            files.swap(m_unsynced);
            const bool ending = m_isWriterDone;
            lock.unlock();
            for (const std::shared_ptr<JournalFile> &file : files) {
                if (const Result<void> synced = file->sync(); !synced)
                    tellFailure(synced.error());
            }
            files.clear();
            lock.lock();
            if (ending)
                return;
        }
    }

    void tellFailure(const Error &error)
    {
        if (!m_hasFailed.exchange(true))
            Q_EMIT m_owner.failed(error.message);
    }

    void tellRecovery()
    {
        if (m_hasFailed.exchange(false))
            Q_EMIT m_owner.recovered();
    }

    JournalWriter &m_owner;
    const std::chrono::milliseconds m_syncInterval;
    std::mutex m_mutex;
    std::condition_variable m_wakeWriter;
    std::condition_variable m_wakeSyncer;
    std::condition_variable m_idle;
    std::deque<Job> m_jobs;
    std::vector<std::shared_ptr<JournalFile>> m_unsynced;
    bool m_isWriting = false;
    bool m_isEnding = false;
    bool m_isWriterDone = false;
    std::atomic<bool> m_hasFailed = false;
    std::thread m_writer; // last: they use all of the above
    std::thread m_syncer;
};

JournalWriter::JournalWriter(std::chrono::milliseconds syncInterval, QObject *parent)
    : QObject(parent)
    , m_threads(std::make_unique<Threads>(*this, syncInterval))
{
}

JournalWriter::~JournalWriter() = default;

std::shared_ptr<WrittenJournal> JournalWriter::begin(const QString &folder)
{
    auto journal = std::make_shared<WrittenJournal>();
    journal->folder = folder;
    return journal;
}

std::shared_ptr<WrittenJournal> JournalWriter::resume(std::shared_ptr<JournalFile> file)
{
    auto journal = std::make_shared<WrittenJournal>();
    journal->file = std::move(file);
    journal->all = journal->file->size();
    return journal;
}

void JournalWriter::append(const std::shared_ptr<WrittenJournal> &journal, std::function<QByteArray()> make)
{
    m_threads->add(journal, std::move(make));
}

void JournalWriter::rewrite(const std::shared_ptr<WrittenJournal> &journal, std::function<QByteArray()> make)
{
    ++journal->rewritesAhead;
    m_threads->add(journal, std::move(make), true);
}

JournalWriter::Size JournalWriter::size(const std::shared_ptr<WrittenJournal> &journal) const
{
    return {journal->beginning, journal->all, journal->rewritesAhead > 0};
}

void JournalWriter::remove(const std::shared_ptr<WrittenJournal> &journal)
{
    m_threads->add(journal, {});
}

void JournalWriter::waitUntilWritten()
{
    m_threads->waitUntilIdle();
}

} // namespace automation
