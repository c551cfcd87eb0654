#pragma once

#include "tests/document/wholestate.h"

#include <ctime>
#include <QCryptographicHash>
#include <unistd.h>

namespace automation {

// What a program that is to be killed tells of its edits: one record a change, as it happens, to standard output. The
// times are of the clock that all processes share.
struct LoggedChange
{
    qint64 nanoseconds = 0;
    char textHash[20] = {};
};

inline qint64 sharedClock()
{
    timespec now {};
    ::clock_gettime(CLOCK_MONOTONIC, &now);
    return qint64(now.tv_sec) * 1'000'000'000 + now.tv_nsec;
}

inline QByteArray textHash(const QByteArray &text)
{
    return QCryptographicHash::hash(text, QCryptographicHash::Sha1);
}

inline void logChange(const WorkflowDocument &document)
{
    LoggedChange change {sharedClock(), {}};
    const QByteArray hash = textHash(wholeState(document));
    std::copy_n(hash.constData(), sizeof change.textHash, change.textHash);
    (void)!::write(STDOUT_FILENO, &change, sizeof change);
}

// The state as it is, then one record for each event of the history, before a journal that is made later gets it.
inline void logEvents(WorkflowDocument &document)
{
    logChange(document);
    QObject::connect(&document, &WorkflowDocument::recorded, &document, [&document] { logChange(document); });
}

// From now on, beginning with the state as it is.
inline void logChanges(WorkflowDocument &document)
{
    logChange(document);
    QObject::connect(&document, &WorkflowDocument::changed, &document, [&document] { logChange(document); });
}

} // namespace automation
