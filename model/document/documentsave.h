#pragma once

#include "model/document/drawinglayout.h"

#include <optional>

namespace automation {

// A text and the tree that was read from it: what saving patches.
struct DocumentBase
{
    QByteArray text;
    JsonValue tree;
};

// A document at one moment. Costs nothing to take; the text is made when asked for, on any thread.
struct DocumentSnapshot
{
    DocumentBase base;
    JsonValue root;

    QByteArray text() const; // the text of the base with only what differs in root patched in
};

// What saving a document writes and what it knows of the disk: all that is needed without the document itself.
struct SaveRequest
{
    QString path; // absolute
    DocumentSnapshot content;
    QByteArray knownHash; // contentHash() of what was read or written there last; empty = unknown
    bool overwritesChanges = false; // also when the file holds something else now
    std::optional<DrawingLayout> drawing; // none = the layout file stays as it is
    QByteArray knownLayoutHash;
};

struct SaveOutcome
{
    std::optional<Error> error; // ChangedOnDisk or Unwritable; of the layout file too
    QByteArray hash; // of the file as it was written; empty when it was not
    QByteArray layoutHash; // of the layout file now
    std::optional<DrawingLayout> drawing; // that was written
};

// Writes the file and its layout file; a file that holds these bytes already is left alone. Any thread.
SaveOutcome writeDocument(const SaveRequest &request);

} // namespace automation
