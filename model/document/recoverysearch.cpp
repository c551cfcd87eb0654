#include "model/document/recoverysearch.h"

#include <algorithm>
#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>

namespace automation {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(RecoverySearch)
};

constexpr qint64 largestJournal = qint64(1024) * 1024 * 1024;

int unsavedCommands(const HistoryState &state)
{
    // Without a saved state in the history all that is done counts, and at least the state itself.
    return qMax(1, state.cleanIndex < 0 ? state.index : qAbs(state.index - state.cleanIndex));
}

QString keptAside(JournalFile &journal, const QString &cause)
{
    const QString aside = journal.keepAside();
    return Text::tr("A recovery journal cannot be read. %1 It is kept as “%2”.")
        .arg(cause, QDir::toNativeSeparators(aside.isEmpty() ? journal.path() : aside));
}

// The journal's copy as it is, before its unreadable end is cut off.
bool keepCopy(const JournalFile &journal)
{
    return QFile::copy(journal.path(), journal.path() + u".damaged"_qs);
}

} // namespace

RecoverySearch findLeftDocuments(const QString &folder)
{
    RecoverySearch search;
    const QDir directory(folder);
    // Of programs that ended while they wrote one anew: the one it was to replace is there.
    const QString unfinished = u"*"_qs + JournalFile::unfinishedSuffix();
    for (const QString &name : directory.entryList({unfinished}, QDir::Files | QDir::Hidden)) {
        if (const Result<std::shared_ptr<JournalFile>> file = JournalFile::claim(directory.filePath(name)))
            (*file)->remove();
    }
    for (const QString &name : directory.entryList({u"*"_qs + JournalFile::suffix()}, QDir::Files | QDir::Hidden)) {
        const Result<std::shared_ptr<JournalFile>> journal = JournalFile::claim(directory.filePath(name));
        if (!journal) {
            if (journal.error().code != ErrorCode::Cancelled)
                search.failures += journal.error().message;
            continue;
        }
        const Result<QByteArray> bytes = (*journal)->readAll(largestJournal);
        if (!bytes) {
            search.failures += bytes.error().message;
            continue;
        }
        Result<JournalContent> content = readJournal(*bytes);
        if (!content && content.error().code == ErrorCode::Cancelled) {
            (*journal)->remove(); // ended before there was anything in it
            continue;
        }
        if (!content) {
            search.failures += keptAside(**journal, content.error().message);
            continue;
        }
        const HistoryState &state = content->state();
        if (state.cleanIndex == state.index && !content->isDamaged) {
            (*journal)->remove();
            continue;
        }
        auto left = std::make_shared<LeftDocument>();
        left->filePath = state.filePath;
        left->name = state.filePath.isEmpty() ? content->title : QFileInfo(state.filePath).fileName();
        left->lastChange = content->lastTime;
        left->changeCount = unsavedCommands(state);
        left->isDamaged = content->isDamaged;
        left->journal = *journal;
        left->content = std::move(content).value();
        search.documents += left;
    }
    std::stable_sort(search.documents.begin(), search.documents.end(),
        [](const auto &a, const auto &b) { return a->lastChange > b->lastChange; });
    return search;
}

Result<RestoredDocument> restoreDocument(
    const LeftDocument &left, const StepCatalog &catalog, RestoreProgress *progress)
{
    const JournalContent &content = left.content;
    Result<std::unique_ptr<WorkflowDocument>> document
        = WorkflowDocument::fromText(content.text, content.title, catalog);
    if (!document)
        return document.error();
    const auto goOn = [progress, count = content.events.size()](qsizetype done) {
        if (progress)
            progress->percent = int(100 * done / count);
        return !progress || !progress->isCancelled;
    };
    const qsizetype done = (*document)->replay(content.start, content.events, goOn);
    if (progress && progress->isCancelled)
        return Error {ErrorCode::Cancelled, {}};
    if (done < content.events.size()) {
        // The event that does not fit may have left a trace.
        document = WorkflowDocument::fromText(content.text, content.title, catalog);
        (*document)->replay(content.start, content.events.first(done));
    }
    RestoredDocument restored;
    restored.document = std::move(document).value();
    const bool isWhole = !left.isDamaged && done == content.events.size();
    if (!isWhole) {
        keepCopy(*left.journal);
        restored.note = Text::tr("The end of the recovery journal of “%1” cannot be read: its last changes may be "
                                 "missing. The journal is kept as “%2”.")
                            .arg(left.name, QDir::toNativeSeparators(left.journal->path() + u".damaged"_qs));
    }
    // What follows is appended after the last whole record.
    const Result<void> cut = left.journal->truncate(done == 0 ? content.beginningEnd : content.ends.at(done - 1));
    if (cut)
        restored.journal = left.journal;
    else
        restored.note += (restored.note.isEmpty() ? QString() : u" "_qs)
            + Text::tr("What is changed from now on is not protected against a crash. %1").arg(cut.error().message);
    return restored;
}

void discardDocument(const LeftDocument &left)
{
    left.journal->remove();
}

} // namespace automation
