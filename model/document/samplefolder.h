#pragma once

#include "model/json/jsonvalue.h"
#include "model/json/result.h"

#include <QList>
#include <QStringList>

namespace automation {

// The examples a person saved to see results with: one file each in one folder of the person's own, never beside or
// inside a definition, as they may hold what real customers wrote.

struct SavedSample
{
    QString id; // name of its file without the ending: stays the same when it is renamed; empty = not saved yet
    QString name; // for people, plain text
    QString trigger; // what starts a workflow that can use it, as in StepType::name
    bool isContext = false; // a whole context with its variables; else what the trigger brings
    JsonValue data; // an object
    friend bool operator==(const SavedSample &, const SavedSample &) = default;
};

struct SavedSamples
{
    QList<SavedSample> samples; // by name
    QStringList damaged; // translated, plain text: what cannot be used, each with its file and the cause
};

// Never fails: what cannot be read is named. A folder that is not there is empty. Reads the disk, any thread.
SavedSamples readSampleFolder(const QString &folder);
// Makes a file for a sample without an id, else writes that one. Gives what was saved, with its id. InvalidArgument for
// a name without a letter or digit, Unwritable. Writes the disk; any thread, one at a time.
Result<SavedSample> saveSample(const QString &folder, const SavedSample &sample);
// Unwritable with the cause; one that is not there is removed already. Any thread.
Result<void> removeSample(const QString &folder, const QString &id);

// What a person typed as a sample's data: NotJson with line and column, also when it is something else than an object.
Result<JsonValue> readSampleData(const QString &text);
// Outer blanks and line breaks are no part of a name; very long ones are cut.
QString sampleName(const QString &typed);

} // namespace automation
