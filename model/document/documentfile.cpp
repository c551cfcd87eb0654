// A document and its file: saving, comparing, taking over what another program wrote.

#include "model/document/workflowdocument.h"

#include "model/document/drawingjson.h"
#include "model/document/reloadcommand.h"
#include "model/json/jsonreader.h"

#include <QDir>
#include <QFileInfo>
#include <utility>

namespace automation {

Result<void> WorkflowDocument::save(Overwrite changedFile)
{
    finishSaving();
    if (m_filePath.isEmpty())
        return noFile();
    if (m_draft)
        return notSavable();
    return takeSaved(writeDocument(saveRequest(m_filePath, changedFile)), m_filePath, m_revision);
}

Result<void> WorkflowDocument::saveAs(const QString &path)
{
    finishSaving();
    if (m_draft)
        return notSavable();
    const QString absolute = QFileInfo(path).absoluteFilePath();
    return takeSaved(writeDocument(saveRequest(absolute, Overwrite::Yes)), absolute, m_revision);
}

Result<void> WorkflowDocument::saveInBackground(Overwrite changedFile)
{
    if (m_filePath.isEmpty())
        return noFile();
    if (m_draft)
        return notSavable();
    startSaving({m_filePath, changedFile});
    return {};
}

Result<void> WorkflowDocument::saveAsInBackground(const QString &path)
{
    if (m_draft)
        return notSavable();
    startSaving({QFileInfo(path).absoluteFilePath(), Overwrite::Yes});
    return {};
}

void WorkflowDocument::finishSaving()
{
    while (m_isSaving)
        m_background.wait();
}

void WorkflowDocument::startSaving(const PendingSave &save)
{
    if (m_isSaving && (!m_nextSave || m_nextSave->path == save.path)) {
        m_nextSave = save; // what it shall write it finds when it begins
        return;
    }
    finishSaving();
    m_isSaving = true;
    m_background.start(
        [this, request = saveRequest(save.path, save.changedFile), revision = m_revision]() -> BackgroundWork::Finish {
            return [this, outcome = writeDocument(request), path = request.path, revision] {
                endSaving(outcome, path, revision);
            };
        });
}

void WorkflowDocument::endSaving(const SaveOutcome &outcome, const QString &path, quint64 revision)
{
    m_isSaving = false;
    const std::optional<PendingSave> next = std::exchange(m_nextSave, std::nullopt);
    const Result<void> saved = takeSaved(outcome, path, revision);
    if (!saved) {
        Q_EMIT saveFailed(saved.error());
        return;
    }
    if (next && !m_draft && (isModified() || next->path != m_filePath))
        startSaving(*next);
    Q_EMIT this->saved();
}

Error WorkflowDocument::noFile() const
{
    return {ErrorCode::InvalidArgument, tr("“%1” has no file yet. Save it under a name first.").arg(displayName())};
}

Error WorkflowDocument::notSavable() const
{
    Error error = m_draft->error;
    error.message
        = tr("“%1” was not saved: its text is no workflow definition yet. %2").arg(displayName(), error.message);
    return error;
}

SaveRequest WorkflowDocument::saveRequest(const QString &path, Overwrite changedFile) const
{
    SaveRequest request {path, snapshot(), {}, changedFile == Overwrite::Yes, {}, {}};
    const bool isOwnFile = path == m_filePath;
    if (isOwnFile) {
        request.knownHash = m_diskHash;
        request.knownLayoutHash = m_layoutHash;
    }
    if (!isOwnFile || !m_savedDrawing || *m_savedDrawing != m_drawing)
        request.drawing = m_drawing;
    return request;
}

// revision: of what was written. The document may have changed while it was.
Result<void> WorkflowDocument::takeSaved(const SaveOutcome &outcome, const QString &path, quint64 revision)
{
    if (outcome.hash.isEmpty())
        return *outcome.error;
    m_diskHash = outcome.hash;
    m_layoutHash = outcome.layoutHash;
    if (outcome.drawing)
        m_savedDrawing = outcome.drawing;
    if (path != m_filePath) {
        m_filePath = path;
        Q_EMIT filePathChanged();
    }
    if (revision != m_revision)
        m_undoStack.resetClean(); // what the file holds may be in the middle of a command
    else if (!outcome.error)
        m_undoStack.setClean();
    record(HistoryEvent::Kind::State);
    return outcome.error ? Result<void>(*outcome.error) : Result<void>();
}

bool WorkflowDocument::isDrawingSaved() const
{
    if (m_savedDrawing)
        return *m_savedDrawing == m_drawing;
    return m_drawing.isDefault() ? m_layoutHash.isEmpty() : contentHash(writeDrawingLayout(m_drawing)) == m_layoutHash;
}

void WorkflowDocument::setDrawing(const LayoutFile &file)
{
    m_drawing = ofSteps(file.drawing, m_graph);
    m_savedDrawing = m_drawing;
    m_layoutHash = file.hash;
    m_openingNotice = file.notice;
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
    finishSaving();
    return takeFile(readFile(m_filePath, m_catalog));
}

void WorkflowDocument::reloadInBackground()
{
    finishSaving();
    m_background.start([this, path = m_filePath, &catalog = m_catalog]() -> BackgroundWork::Finish {
        return [this, path, file = readFile(path, catalog)] {
            if (path != m_filePath)
                return; // saved under another name meanwhile
            if (const Result<void> taken = takeFile(file); !taken)
                Q_EMIT reloadFailed(taken.error());
        };
    });
}

Result<WorkflowDocument::ReadFile> WorkflowDocument::readFile(const QString &path, const StepCatalog &catalog)
{
    const Result<QByteArray> text = readWholeFile(path, JsonLimits().bytes);
    if (!text)
        return text.error();
    const Result<WorkflowDefinition> definition = readDefinition(*text, QDir::toNativeSeparators(path));
    if (!definition)
        return definition.error();
    return ReadFile {{*text, definition->root()}, contentHash(*text), readLayoutFile(path),
        DefinitionGraph::build(*definition, catalog)};
}

Result<void> WorkflowDocument::takeFile(const Result<ReadFile> &file)
{
    if (!file)
        return file.error();
    const LayoutFile &layout = file->layout;
    const bool isLayoutChanged = layout.notice.isEmpty() && layout.hash != m_layoutHash;
    m_diskHash = file->hash;
    if (file->base.text == text() && !isLayoutChanged && !m_draft) { // both made the same change
        if (isDrawingSaved())
            m_undoStack.setClean();
        record(HistoryEvent::Kind::State);
        return {};
    }
    const DrawingLayout next = ofSteps(isLayoutChanged ? layout.drawing : m_drawing, file->graph);
    const DrawingChange drawing = DrawingChange::between(m_drawing, next);
    m_isPushing = true;
    m_undoStack.push(new ReloadCommand(*this, file->base, drawing));
    m_isPushing = false;
    if (isLayoutChanged) {
        m_savedDrawing = m_drawing;
        m_layoutHash = layout.hash;
    }
    if (isDrawingSaved())
        m_undoStack.setClean();
    record(HistoryEvent::Kind::Reload, {}, file->base.text, drawing);
    return {};
}

void WorkflowDocument::keepMine()
{
    const QByteArray hash = lookAtFile(m_filePath, JsonLimits().bytes).hash;
    keepMine(hash, hash == contentHash(text()));
}

void WorkflowDocument::keepMine(const QByteArray &fileHash, bool isSame)
{
    m_diskHash = fileHash;
    if (isSame && isDrawingSaved() && !m_draft)
        m_undoStack.setClean();
    else
        m_undoStack.resetClean();
    record(HistoryEvent::Kind::State);
}

Result<void> WorkflowDocument::reloadDrawing(const LayoutFile &file)
{
    finishSaving();
    const bool wasSaved = !isModified();
    if (const Result<void> pushed = pushDrawing(ofSteps(file.drawing, m_graph), tr("Reload the arrangement")); !pushed)
        return pushed;
    m_savedDrawing = m_drawing;
    m_layoutHash = file.hash;
    if (wasSaved)
        m_undoStack.setClean();
    record(HistoryEvent::Kind::State);
    return {};
}

void WorkflowDocument::keepDrawing(const LayoutFile &known)
{
    finishSaving();
    m_savedDrawing = ofSteps(known.drawing, m_graph);
    m_layoutHash = known.hash;
    if (!isDrawingSaved())
        m_undoStack.resetClean();
    record(HistoryEvent::Kind::State);
}

} // namespace automation
