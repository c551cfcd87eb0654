#include "model/document/workflowdocument.h"

#include "model/document/atomicfile.h"
#include "model/document/editcommand.h"
#include "model/document/reloadcommand.h"
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
        (*document)->m_diskHash = contentHash(*text);
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

Result<WorkflowDefinition> WorkflowDocument::readDefinition(const QByteArray &text, const QString &name)
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
    return definition;
}

Result<std::unique_ptr<WorkflowDocument>> WorkflowDocument::read(
    const QByteArray &text, const QString &name, const StepCatalog &catalog)
{
    Result<WorkflowDefinition> definition = readDefinition(text, name);
    if (!definition)
        return definition.error();
    return std::unique_ptr<WorkflowDocument>(new WorkflowDocument(catalog, text, std::move(definition).value()));
}

WorkflowDocument::WorkflowDocument(const StepCatalog &catalog, QByteArray text, WorkflowDefinition definition)
    : m_catalog(catalog)
    , m_base {std::move(text), definition.root()}
    , m_definition(std::move(definition))
    , m_validator(catalog)
{
    rebuild();
    connect(&m_undoStack, &QUndoStack::cleanChanged, this, [this](bool clean) { Q_EMIT modifiedChanged(!clean); });
    connect(&m_undoStack, &QUndoStack::indexChanged, this, [this] {
        if (!m_isPushing)
            record(HistoryEvent::Kind::State);
    });
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
    return patchJson(m_base.text, m_base.tree, m_definition.root());
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
    if (const Result<void> written = write(m_filePath); !written)
        return written;
    record(HistoryEvent::Kind::State);
    return {};
}

Result<void> WorkflowDocument::saveAs(const QString &path)
{
    const QString absolute = QFileInfo(path).absoluteFilePath();
    if (const Result<void> written = write(absolute); !written)
        return written;
    const bool moved = absolute != m_filePath;
    m_filePath = absolute;
    if (moved)
        Q_EMIT filePathChanged();
    record(HistoryEvent::Kind::State);
    return {};
}

Result<void> WorkflowDocument::write(const QString &path)
{
    const QByteArray bytes = text();
    if (const Result<void> written = writeFileAtomically(path, bytes); !written)
        return written;
    m_diskHash = contentHash(bytes);
    m_undoStack.setClean();
    return {};
}

WorkflowDocument::DiskState WorkflowDocument::compare(const FileContent &content) const
{
    if (m_filePath.isEmpty())
        return DiskState::Same;
    if (!content.exists)
        return DiskState::Missing;
    if (content.hash.isEmpty())
        return DiskState::Unreadable;
    return content.hash == m_diskHash ? DiskState::Same : DiskState::Changed;
}

bool WorkflowDocument::changedOnDisk() const
{
    if (m_filePath.isEmpty() || (QFileInfo::exists(m_filePath) && !QFileInfo(m_filePath).isFile()))
        return false;
    const DiskState state = compare(lookAtFile(m_filePath, JsonLimits().bytes));
    return state == DiskState::Changed || state == DiskState::Unreadable;
}

Result<void> WorkflowDocument::reload()
{
    const Result<QByteArray> bytes = readWholeFile(m_filePath, JsonLimits().bytes);
    if (!bytes)
        return bytes.error();
    const QByteArray hash = contentHash(*bytes);
    if (*bytes == text()) { // both made the same change
        m_diskHash = hash;
        m_undoStack.setClean();
        record(HistoryEvent::Kind::State);
        return {};
    }
    const Result<WorkflowDefinition> definition = readDefinition(*bytes, QDir::toNativeSeparators(m_filePath));
    if (!definition)
        return definition.error();
    m_isPushing = true;
    m_undoStack.push(new ReloadCommand(*this, {*bytes, definition->root()}));
    m_isPushing = false;
    m_diskHash = hash;
    m_undoStack.setClean();
    record(HistoryEvent::Kind::Reload, {}, *bytes);
    return {};
}

void WorkflowDocument::keepMine()
{
    m_diskHash = lookAtFile(m_filePath, JsonLimits().bytes).hash;
    if (m_diskHash == contentHash(text()))
        m_undoStack.setClean();
    else
        m_undoStack.resetClean();
    record(HistoryEvent::Kind::State);
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
    m_isPushing = true;
    m_undoStack.push(new EditCommand(*this, edit));
    m_isPushing = false;
    record(HistoryEvent::Kind::Push, edit);
    return {};
}

void WorkflowDocument::applyChange(const QList<JsonEdit> &edits, DocumentChange change)
{
    if (m_replayRoot) {
        // A push was applied already, to know whether it fits; what undo and redo do fits.
        if (!m_isPushing) {
            for (const JsonEdit &edit : edits)
                applyEdit(*m_replayRoot, edit);
        }
        return;
    }
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
    emitChange(std::move(change));
}

void WorkflowDocument::applyBase(const DocumentBase &base, const JsonValue &root)
{
    if (m_replayRoot) {
        m_base = base;
        m_replayRoot = root;
        return;
    }
    Result<WorkflowDefinition> changed = WorkflowDefinition::fromJson(root);
    if (!changed)
        return;
    m_base = base;
    m_definition = std::move(changed).value();
    emitChange({{}, true, true, true, {}});
}

void WorkflowDocument::emitChange(DocumentChange change)
{
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
    m_graph = DefinitionGraph::rebuild(std::move(m_graph), m_definition, m_catalog);
    m_problems = m_validator.check(m_definition, m_graph);
}

} // namespace automation
