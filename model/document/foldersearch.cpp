#include "model/document/foldersearch.h"

#include "model/document/atomicfile.h"
#include "model/document/workflowdocument.h"
#include "model/json/jsonreader.h"

#include <QCoreApplication>
#include <QDir>
#include <QDirIterator>

namespace automation {

namespace {

constexpr qsizetype largestFile = qsizetype(64) * 1024 * 1024;
constexpr qsizetype mostFiles = 5000;

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(FolderSearch)
};

QString native(const QString &path)
{
    return QDir::toNativeSeparators(path);
}

Error named(const QString &path, Error error)
{
    if (!error.message.contains(native(path)))
        error.message = Text::tr("“%1”: %2").arg(native(path), error.message);
    return error;
}

Result<std::unique_ptr<WorkflowDocument>> openUnchanged(const QString &path, const FileHits &found)
{
    Result<std::unique_ptr<WorkflowDocument>> document = WorkflowDocument::open(path);
    if (!document)
        return named(path, document.error());
    if (contentHash((*document)->text()) != found.hash) {
        return Error {ErrorCode::ChangedOnDisk,
            Text::tr("“%1” was changed since it was searched; it is left as it is.").arg(native(path))};
    }
    return document;
}

} // namespace

QStringList definitionFilesIn(const QString &folder, const std::function<bool()> &goOn)
{
    QStringList files;
    QDirIterator iterator(
        folder, {u"*.json"_qs}, QDir::AllEntries | QDir::System | QDir::NoDotAndDotDot, QDirIterator::Subdirectories);
    while (iterator.hasNext() && files.size() < mostFiles && (!goOn || goOn())) {
        const QString path = iterator.next();
        if (!path.endsWith(u".layout.json") && !path.endsWith(u".about.json") && !iterator.fileInfo().isDir())
            files += path;
    }
    files.sort();
    return files;
}

Result<FileHits> findInFile(
    const QString &path, const SearchPattern &pattern, qsizetype mostHits, const std::function<bool()> &goOn)
{
    const Result<QByteArray> text = readWholeFile(path, largestFile);
    if (!text)
        return named(path, text.error());
    const Result<JsonValue> json = readJson(*text);
    if (!json)
        return named(path, json.error());
    const Result<WorkflowDefinition> definition = WorkflowDefinition::fromJson(*json);
    if (!definition)
        return named(path, definition.error());
    const DefinitionGraph graph = DefinitionGraph::build(*definition, StepCatalog::builtIn());
    return FileHits {contentHash(*text), findInDefinition(*definition, graph, pattern, mostHits, goOn)};
}

Result<Replacement> checkReplacingInFile(const QString &path, const FileHits &found)
{
    const Result<std::unique_ptr<WorkflowDocument>> document = openUnchanged(path, found);
    if (!document)
        return document.error();
    return replaceHits((*document)->definition(), (*document)->graph(), found.hits);
}

Result<Replacement> replaceInFile(const QString &path, const FileHits &found)
{
    const Result<std::unique_ptr<WorkflowDocument>> document = openUnchanged(path, found);
    if (!document)
        return document.error();
    Result<Replacement> replacement = replaceHits((*document)->definition(), (*document)->graph(), found.hits);
    if (!replacement)
        return named(path, replacement.error());
    if (replacement->edit.edits.isEmpty())
        return replacement;
    if (const Result<void> pushed = (*document)->push(replacement->edit); !pushed)
        return named(path, pushed.error());
    if (const Result<void> saved = (*document)->save(); !saved)
        return named(path, saved.error());
    return replacement;
}

} // namespace automation
