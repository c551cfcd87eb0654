#include "model/document/filewatch.h"

#include "model/json/jsonreader.h"

#include <mutex>
#include <QFileInfo>
#include <QThreadPool>
#include <sys/stat.h>

namespace automation {

namespace {

constexpr std::chrono::milliseconds settling(150); // a program that saves does several things to a file
constexpr std::chrono::milliseconds missingAgain(600);

// Tells a file that was not touched since from any other, without reading it.
QByteArray signatureOf(const QString &path)
{
    struct stat status
    {
    };
    if (::stat(QFile::encodeName(path).constData(), &status) != 0)
        return {};
    QByteArray signature;
    for (const qint64 part : {qint64(status.st_dev), qint64(status.st_ino), qint64(status.st_size),
             qint64(status.st_mtim.tv_sec), qint64(status.st_mtim.tv_nsec), qint64(status.st_ctim.tv_sec),
             qint64(status.st_ctim.tv_nsec), qint64(status.st_mode)})
        signature += QByteArray::number(part, 36) + '.';
    return signature;
}

} // namespace

struct FileWatch::Mailbox
{
    std::mutex mutex;
    FileWatch *owner = nullptr;
};

struct FileWatch::Look
{
    QString path;
    QByteArray knownHash; // of the document when the look began
    QByteArray signature;
    std::optional<FileContent> content; // not read again when the file was not touched
    QByteArray knownLayoutHash;
    QByteArray layoutSignature;
    std::optional<LayoutFile> layout; // the same
    DocumentSnapshot document;
    quint64 revision = 0; // of that
    bool isSame = false; // another program wrote what saving would write
};

FileWatch::FileWatch(WorkflowDocument &document, QObject *parent)
    : QObject(parent)
    , m_document(document)
    , m_mailbox(std::make_shared<Mailbox>())
{
    m_mailbox->owner = this;
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &FileWatch::look);
    connect(&m_watcher, &QFileSystemWatcher::fileChanged, this, &FileWatch::check);
    connect(&m_watcher, &QFileSystemWatcher::directoryChanged, this, &FileWatch::check);
    connect(&document, &WorkflowDocument::recorded, this, &FileWatch::takeRecord);
    connect(&document, &WorkflowDocument::filePathChanged, this, &FileWatch::check);
    follow();
    check();
}

FileWatch::~FileWatch()
{
    const std::lock_guard lock(m_mailbox->mutex);
    m_mailbox->owner = nullptr;
}

void FileWatch::check()
{
    if (!m_timer.isActive())
        m_timer.start(settling);
}

// A file that is replaced is another one for the system: its folder tells of that.
void FileWatch::follow()
{
    const QString path = m_document.filePath();
    if (path != m_followed) {
        const QStringList before = m_watcher.files() + m_watcher.directories();
        if (!before.isEmpty())
            m_watcher.removePaths(before);
        m_signature.clear();
        m_content = {};
        m_layoutSignature.clear();
        m_layout = {};
        m_isMissingOnce = false;
    }
    m_followed = path;
    if (path.isEmpty())
        return;
    const QFileInfo info(path);
    const QFileInfo real(info.isSymLink() ? info.canonicalFilePath() : path);
    for (const QString &place :
        {info.absoluteFilePath(), layoutFilePath(path), info.absolutePath(), real.absolutePath()}) {
        if (QFileInfo::exists(place) && !m_watcher.files().contains(place) && !m_watcher.directories().contains(place))
            m_watcher.addPath(place);
    }
}

void FileWatch::look()
{
    follow();
    if (m_followed.isEmpty()) {
        setState(WorkflowDocument::DiskState::Same, {});
        return;
    }
    if (m_isLooking || m_document.isSaving()) {
        m_timer.start(settling);
        return;
    }
    m_isLooking = true;
    const HistoryState known = m_document.historyState();
    Look look {m_followed, known.fileHash, m_signature, {}, known.layoutHash, m_layoutSignature, {},
        m_document.snapshot(), m_document.revision()};
    QThreadPool::globalInstance()->start([mailbox = m_mailbox, look]() mutable {
        const QByteArray signature = signatureOf(look.path);
        if (signature.isEmpty() || signature != look.signature)
            look.content = lookAtFile(look.path, JsonLimits().bytes);
        look.signature = signature;
        const QByteArray layoutSignature = signatureOf(layoutFilePath(look.path));
        if (layoutSignature != look.layoutSignature)
            look.layout = readLayoutFile(look.path);
        look.layoutSignature = layoutSignature;
        if (look.content && !look.content->hash.isEmpty() && look.content->hash != look.knownHash)
            look.isSame = look.content->hash == contentHash(look.document.text());
        look.document = {};
        const std::lock_guard lock(mailbox->mutex);
        if (FileWatch *owner = mailbox->owner)
            QMetaObject::invokeMethod(
                owner, [owner, look] { owner->take(look); }, Qt::QueuedConnection);
    });
}

void FileWatch::take(const Look &look)
{
    using DiskState = WorkflowDocument::DiskState;
    m_isLooking = false;
    if (m_document.isSaving() || (look.isSame && look.revision != m_document.revision())) {
        check();
        return;
    }
    const HistoryState known = m_document.historyState();
    if (look.path != m_document.filePath() || look.knownHash != known.fileHash
        || look.knownLayoutHash != known.layoutHash) {
        check(); // saved or moved meanwhile
        return;
    }
    m_signature = look.signature;
    if (look.content)
        m_content = *look.content;
    takeArrangement(look);
    const DiskState state = m_document.compare(m_content);
    if (state == DiskState::Missing && !m_isMissingOnce && m_state != DiskState::Missing) {
        m_isMissingOnce = true;
        m_timer.start(missingAgain);
        return;
    }
    m_isMissingOnce = false;
    if (state == DiskState::Changed && look.isSame) {
        m_document.keepMine(m_content.hash, true); // the same change on both sides
        return;
    }
    // What the document was saved as is nowhere now: closing it shall ask.
    if ((state == DiskState::Missing || state == DiskState::Unreadable) && state != m_state)
        m_document.keepMine(m_content.hash, false);
    setState(state, m_content.hash);
}

void FileWatch::keepMine()
{
    m_document.keepMine(m_content.hash, false);
}

void FileWatch::takeRecord(const HistoryEvent &event)
{
    // Reloaded, kept or saved: what was told is over at once.
    if (m_state != WorkflowDocument::DiskState::Same
        && m_document.compare(m_content) == WorkflowDocument::DiskState::Same)
        setState(WorkflowDocument::DiskState::Same, {});
    else if (event.after.fileHash != m_content.hash || event.after.filePath != m_followed)
        check();
    if (m_layout.hash == event.after.layoutHash)
        compareArrangement();
    else if (!m_isArrangementChanged)
        check();
}

Result<void> FileWatch::reloadArrangement()
{
    return m_document.reloadDrawing(m_layout);
}

void FileWatch::keepArrangement()
{
    m_document.keepDrawing(m_layout);
}

void FileWatch::takeArrangement(const Look &look)
{
    const bool isMissing = look.layoutSignature.isEmpty() && !look.knownLayoutHash.isEmpty();
    if (isMissing && !m_isLayoutMissing) {
        m_isLayoutMissing = true;
        m_timer.start(missingAgain);
        return;
    }
    m_isLayoutMissing = isMissing;
    m_layoutSignature = look.layoutSignature;
    if (look.layout)
        m_layout = *look.layout;
    compareArrangement();
}

void FileWatch::compareArrangement()
{
    const bool isChanged = m_layout.notice.isEmpty() && m_layout.hash != m_document.historyState().layoutHash;
    if (isChanged && m_layout.drawing == m_document.drawing()) {
        (void)m_document.reloadDrawing(m_layout); // the same change on both sides, which is no edit
        return;
    }
    if (isChanged != std::exchange(m_isArrangementChanged, isChanged))
        Q_EMIT arrangementChanged(isChanged);
}

void FileWatch::setState(WorkflowDocument::DiskState state, const QByteArray &hash)
{
    using DiskState = WorkflowDocument::DiskState;
    const bool again = state == DiskState::Changed && m_toldHash != hash;
    if (state == m_state && !again)
        return;
    m_state = state;
    m_toldHash = hash;
    Q_EMIT stateChanged(state);
}

} // namespace automation
