#pragma once

#include "model/document/journalfile.h"
#include "model/document/recoveryrecord.h"
#include "model/document/workflowdocument.h"

#include <atomic>

namespace automation {

// A document with unsaved changes whose program ended without being asked. Holds the journal locked, so that no other
// program offers it too.
struct LeftDocument
{
    QString name; // file name, or the title it came with
    QString filePath; // empty = it had none yet
    QDateTime lastChange;
    int changeCount = 0; // commands that are not in the file
    bool isDamaged = false; // the end of the journal cannot be read
    std::shared_ptr<JournalFile> journal;
    JournalContent content;
};

struct RecoverySearch
{
    QList<std::shared_ptr<LeftDocument>> documents; // newest first
    QStringList failures; // what could not be read, in words; such journals stay under another name
};

// Looks through a folder of journals for those of programs that are no more. Journals without unsaved changes are
// deleted. Reads all of them: not for the GUI thread.
RecoverySearch findLeftDocuments(const QString &folder);

// A document as it was when its program ended, with its undo history.
struct RestoredDocument
{
    std::unique_ptr<WorkflowDocument> document;
    // What goes on with it; nullptr when it could not be made to fit, then the document needs a new one.
    std::shared_ptr<JournalFile> journal;
    QString note; // what could not be restored, in words; empty = nothing is missing
};
// Told from another thread how far it is, and whether it shall end.
struct RestoreProgress
{
    std::atomic<int> percent = 0;
    std::atomic<bool> isCancelled = false;
};
// Any thread, to which the document belongs then. Takes its time with a long history. Cancelled when progress says so;
// then nothing was touched.
Result<RestoredDocument> restoreDocument(
    const LeftDocument &left, const StepCatalog &catalog = StepCatalog::builtIn(), RestoreProgress *progress = nullptr);

// Its changes are given up: the journal goes.
void discardDocument(const LeftDocument &left);

} // namespace automation
