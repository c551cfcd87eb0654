#pragma once

#include "model/document/historysnapshot.h"

#include <QDateTime>

namespace automation {

// The bytes of a recovery journal: a line that names the format, then records. Each has its length, its kind and a
// checksum, so that a record that was only partly written is told from whole ones. Values of definitions are kept as
// JSON text, which loses nothing. Pure functions, any thread.

// What a journal begins with: the document as it is, with its history. Events go on from there.
QByteArray journalBeginning(const HistorySnapshot &snapshot, const QDateTime &time);
// One more event, at a point of time.
QByteArray journalRecord(const HistoryEvent &event, const QDateTime &time);

struct JournalContent
{
    QString title; // of a document that had no file yet
    QByteArray text;
    HistoryStart start;
    QList<HistoryEvent> events;
    QList<qint64> ends; // where the record of each event ends
    qint64 beginningEnd = 0; // where the first event begins
    QDateTime lastTime; // of the last event; invalid without one
    bool isDamaged = false; // more than the last record is missing

    const HistoryState &state() const { return events.isEmpty() ? start.state : events.last().after; }
};
// Everything up to the first record that is not whole. NotJson when there is no beginning that can be read; Cancelled
// when the beginning was never written whole, so that there is nothing to lose.
Result<JournalContent> readJournal(const QByteArray &bytes);

} // namespace automation
