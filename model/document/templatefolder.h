#pragma once

#include "model/definition/templatecatalog.h"
#include "model/document/documentsave.h"

#include <QStringList>

namespace automation {

// The templates a person saved: plain definition files in one folder, each with a small file beside it
// (NAME.about.json) that says what it is for. A definition without such a file is a template all the same; what it asks
// for is then found by questionsOf(). All functions: any thread, they read and write the disk.

struct OwnTemplates
{
    QList<WorkflowTemplate> templates; // by title
    QStringList damaged; // translated, plain text: what cannot be used, each with its file and the cause
};
// Never fails: what cannot be read is named. A folder that is not there is empty.
OwnTemplates readTemplateFolder(const QString &folder);

// What a template is saved under: the name of its file in the folder, without the ending. Never empty, nothing that
// leads out of the folder.
QString templateFileName(const QString &title);
// Saves what a document holds: disabled, without what names a published definition. A template of the same file name is
// replaced. payload may be null. InvalidArgument for a title without a letter or digit, Unwritable.
Result<void> saveTemplate(const QString &folder, const QString &title, const QString &sentence,
    const DocumentSnapshot &content, const QString &payloadName, const JsonValue &payload);
// Removes definition and description. Unwritable with the cause.
Result<void> removeTemplate(const WorkflowTemplate &item);

} // namespace automation
