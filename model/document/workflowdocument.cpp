#include "model/document/workflowdocument.h"

#include "model/document/atomicfile.h"
#include "model/document/editcommand.h"
#include "model/json/jsonpatch.h"
#include "model/json/jsonreader.h"
#include "model/json/jsonwriter.h"
#include "model/validation/validator.h"

#include <QDir>
#include <QFileInfo>
#include <utility>

namespace automation {

Result<std::unique_ptr<WorkflowDocument>> WorkflowDocument::open(const QString &path, const StepCatalog &catalog)
{
    const Result<QByteArray> text = readWholeFile(path, JsonLimits().bytes);
    if (!text)
        return text.error();
    Result<std::unique_ptr<WorkflowDocument>> document = read(*text, QDir::toNativeSeparators(path), catalog);
    if (document) {
        (*document)->m_filePath = QFileInfo(path).absoluteFilePath();
        (*document)->m_diskText = *text;
    }
    return document;
}

Result<std::unique_ptr<WorkflowDocument>> WorkflowDocument::fromText(
    const QByteArray &text, const QString &title, const StepCatalog &catalog)
{
    Result<std::unique_ptr<WorkflowDocument>> document = read(text, title, catalog);
    if (document)
        (*document)->m_title = title;
    return document;
}

std::unique_ptr<WorkflowDocument> WorkflowDocument::createEmpty(
    const QString &trigger, const QString &name, const StepCatalog &catalog)
{
    // The order of the builder's exports (API reference §9).
    const JsonValue root = JsonValue::object(
        {{u"definition"_qs, JsonValue::object({{u"name"_qs, name}, {u"steps"_qs, JsonValue::array()}})},
            {u"subAccountId"_qs, nullptr}, {u"trigger"_qs, trigger}, {u"status"_qs, QLatin1StringView("disabled")}});
    return std::move(fromText(writeJson(root) + '\n', name, catalog)).value();
}

Result<std::unique_ptr<WorkflowDocument>> WorkflowDocument::read(
    const QByteArray &text, const QString &name, const StepCatalog &catalog)
{
    const auto named = [&name](Error error) {
        error.message = tr("“%1” cannot be opened. %2").arg(name, error.message);
        return error;
    };
    if (text.trimmed().isEmpty()) {
        return named({ErrorCode::NotADefinition,
            tr("It is empty; a workflow definition is a JSON object with a \"definition\" and a \"trigger\".")});
    }
    const Result<JsonValue> tree = readJson(text);
    if (!tree)
        return named(tree.error());
    Result<WorkflowDefinition> definition = WorkflowDefinition::fromJson(*tree);
    if (!definition)
        return named(definition.error());
    return std::unique_ptr<WorkflowDocument>(new WorkflowDocument(catalog, text, std::move(definition).value()));
}

WorkflowDocument::WorkflowDocument(const StepCatalog &catalog, QByteArray text, WorkflowDefinition definition)
    : m_catalog(catalog)
    , m_originalText(std::move(text))
    , m_originalTree(definition.root())
    , m_definition(std::move(definition))
{
    rebuild();
    connect(&m_undoStack, &QUndoStack::cleanChanged, this, [this](bool clean) { Q_EMIT modifiedChanged(!clean); });
}

// The stack announces its end by becoming clean; nobody shall hear that from half a document.
WorkflowDocument::~WorkflowDocument()
{
    m_undoStack.disconnect(this);
}

QString WorkflowDocument::displayName() const
{
    return m_filePath.isEmpty() ? m_title : QFileInfo(m_filePath).fileName();
}

QByteArray WorkflowDocument::text() const
{
    return patchJson(m_originalText, m_originalTree, m_definition.root());
}

Result<void> WorkflowDocument::save(Overwrite changedFile)
{
    if (m_filePath.isEmpty())
        return Error {
            ErrorCode::InvalidArgument, tr("“%1” has no file yet. Save it under a name first.").arg(displayName())};
    if (changedFile == Overwrite::No && changedOnDisk()) {
        return Error {ErrorCode::ChangedOnDisk,
            tr("“%1” was changed by another program since it was opened. Saving would lose that change.")
                .arg(QDir::toNativeSeparators(m_filePath))};
    }
    return write(m_filePath);
}

Result<void> WorkflowDocument::saveAs(const QString &path)
{
    const QString absolute = QFileInfo(path).absoluteFilePath();
    if (const Result<void> written = write(absolute); !written)
        return written;
    if (absolute != m_filePath) {
        m_filePath = absolute;
        Q_EMIT filePathChanged();
    }
    return {};
}

Result<void> WorkflowDocument::write(const QString &path)
{
    const QByteArray bytes = text();
    if (const Result<void> written = writeFileAtomically(path, bytes); !written)
        return written;
    m_diskText = bytes;
    m_undoStack.setClean();
    return {};
}

bool WorkflowDocument::changedOnDisk() const
{
    const QFileInfo info(m_filePath);
    if (m_filePath.isEmpty() || !info.exists())
        return false;
    if (!info.isFile() || info.size() != m_diskText.size())
        return info.isFile();
    const Result<QByteArray> bytes = readWholeFile(m_filePath, JsonLimits().bytes);
    return !bytes || *bytes != m_diskText;
}

Result<void> WorkflowDocument::push(const DefinitionEdit &edit)
{
    if (edit.edits.isEmpty())
        return {}; // nothing to do is nothing to undo
    JsonValue root = m_definition.root();
    if (!applyEdits(root, edit.edits)) {
        return Error {ErrorCode::InvalidArgument,
            tr("“%1” is not possible any more: the workflow has changed meanwhile.").arg(edit.text)};
    }
    Result<WorkflowDefinition> changed = WorkflowDefinition::fromJson(std::move(root));
    if (!changed)
        return Error {ErrorCode::InvalidArgument, changed.error().message};
    m_pushed = std::move(changed).value();
    m_undoStack.push(new EditCommand(*this, edit));
    return {};
}

void WorkflowDocument::applyChange(const QList<JsonEdit> &edits, DocumentChange change)
{
    if (m_pushed) {
        m_definition = *std::exchange(m_pushed, std::nullopt);
    } else {
        JsonValue root = m_definition.root();
        if (!applyEdits(root, edits))
            return;
        Result<WorkflowDefinition> changed = WorkflowDefinition::fromJson(std::move(root));
        if (!changed)
            return;
        m_definition = std::move(changed).value();
    }
    rebuild();
    // Undo takes away what redo shows, and the reverse: show a neighbour then.
    if (!change.reveal.isEmpty() && m_graph.indexOfKey(change.reveal) < 0) {
        change.reveal.clear();
        for (const QString &key : std::as_const(change.stepKeys)) {
            if (m_graph.indexOfKey(key) >= 0) {
                change.reveal = key;
                break;
            }
        }
    }
    Q_EMIT changed(change);
    Q_EMIT problemsChanged();
}

void WorkflowDocument::rebuild()
{
    m_graph = DefinitionGraph::build(m_definition, m_catalog);
    m_problems = validate(m_definition, m_graph, m_catalog);
}

} // namespace automation
