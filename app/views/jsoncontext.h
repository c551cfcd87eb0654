#pragma once

#include <QByteArray>
#include <QStringList>

namespace automation {

// Where in a JSON text somebody is writing, found out without the text being right: what stands before counts.
struct JsonContext
{
    QStringList path; // keys and indices from the root to the object or array that is being written
    bool isKey = false; // at a member's name; else at a value
    QString key; // of the member whose value it is
    bool isInString = false;
    qsizetype start = 0; // of what is being written, behind the quote: byte offsets
    qsizetype end = 0; // the closing quote, or where the text literal breaks off
    bool isClosed = false; // whether that quote is there
    bool hasColon = false; // behind it
    QString typed; // from start to the cursor, as it stands in the text
    QStringList siblings; // names of the other members of the object
    QString stepType; // the word of the step that is written, where it stands before the cursor
};

// Pure function, any thread, O(length).
JsonContext jsonContextAt(const QByteArray &text, qsizetype cursor);

} // namespace automation
