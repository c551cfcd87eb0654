// What a document tells of its history, and how it lives through one again.

#include "model/document/workflowdocument.h"

#include "model/document/drawingcommand.h"
#include "model/document/editcommand.h"
#include "model/document/reloadcommand.h"
#include "model/json/jsonreader.h"

namespace automation {

namespace {

// What an edit replaces or removes is not recorded: it is what stands there.
bool completeBefore(const JsonValue &root, JsonEdit &edit)
{
    if (edit.kind != JsonEdit::Kind::Replace && edit.kind != JsonEdit::Kind::Remove)
        return true;
    const JsonValue *container = edit.container.resolve(root);
    if (!container)
        return false;
    const qsizetype index = edit.index == -1 ? container->size() - 1 : edit.index;
    if (index < 0 || index >= container->size())
        return false;
    edit.before = container->at(index);
    return true;
}

} // namespace

HistoryState WorkflowDocument::historyState() const
{
    return {m_undoStack.index(), m_undoStack.count(), m_undoStack.cleanIndex(), m_filePath, m_diskHash, m_layoutHash};
}

void WorkflowDocument::record(
    HistoryEvent::Kind kind, const DefinitionEdit &edit, const QByteArray &text, const DrawingChange &drawing)
{
    if (!m_replayRoot)
        Q_EMIT recorded({kind, edit, text, historyState(), drawing});
}

qsizetype WorkflowDocument::replay(
    const DrawingLayout &drawing, const HistoryState &start, const QList<HistoryEvent> &events)
{
    // The tree is changed in place; graph and problems of the states on the way interest nobody.
    m_replayRoot = m_definition.root();
    m_drawing = drawing;
    m_savedDrawing = start.cleanIndex == start.index ? std::optional(drawing) : std::nullopt;
    m_layoutHash = start.layoutHash;
    replayState(start);
    qsizetype done = 0;
    while (done < events.size() && replayEvent(events.at(done)))
        ++done;
    if (Result<WorkflowDefinition> definition = WorkflowDefinition::fromJson(*m_replayRoot))
        m_definition = std::move(definition).value();
    m_replayRoot.reset();
    rebuild();
    announce({{}, true, true, true, {}}, true);
    Q_EMIT filePathChanged();
    return done;
}

bool WorkflowDocument::replayEvent(const HistoryEvent &event)
{
    const auto completed = [this](DrawingChange change) {
        change.setBefore(m_drawing);
        return change;
    };
    switch (event.kind) {
    case HistoryEvent::Kind::Push:
        if (!replayPush(event.edit, completed(event.drawing)))
            return false;
        break;
    case HistoryEvent::Kind::Drawing:
        m_undoStack.push(new DrawingCommand(*this, completed(event.drawing), event.edit.text, event.edit.mergeKey));
        break;
    case HistoryEvent::Kind::Reload: {
        const Result<WorkflowDefinition> definition = readDefinition(event.text, displayName());
        if (!definition)
            return false;
        m_undoStack.push(new ReloadCommand(*this, {event.text, definition->root()}, completed(event.drawing)));
        break;
    }
    case HistoryEvent::Kind::State:
        if (event.after.index < 0 || event.after.index > m_undoStack.count())
            return false;
        m_undoStack.setIndex(event.after.index);
        break;
    }
    if (m_undoStack.index() != event.after.index || m_undoStack.count() != event.after.count)
        return false;
    replayState(event.after);
    return true;
}

bool WorkflowDocument::replayPush(DefinitionEdit edit, const DrawingChange &drawing)
{
    QList<JsonEdit> done;
    bool fits = !edit.edits.isEmpty();
    for (JsonEdit &part : edit.edits) {
        fits = fits && completeBefore(*m_replayRoot, part) && applyEdit(*m_replayRoot, part);
        if (!fits)
            break;
        done += part;
    }
    if (!fits || !WorkflowDefinition::fromJson(*m_replayRoot)) {
        for (const JsonEdit &part : inverted(done))
            applyEdit(*m_replayRoot, part);
        return false;
    }
    m_isPushing = true;
    m_undoStack.push(new EditCommand(*this, std::move(edit), drawing));
    m_isPushing = false;
    return true;
}

void WorkflowDocument::replayState(const HistoryState &state)
{
    m_filePath = state.filePath;
    m_diskHash = state.fileHash;
    if (m_layoutHash != state.layoutHash) {
        m_layoutHash = state.layoutHash;
        m_savedDrawing.reset(); // which of the drawings it was nobody told
    }
    if (state.cleanIndex == m_undoStack.cleanIndex())
        return;
    if (state.cleanIndex == m_undoStack.index())
        m_undoStack.setClean();
    else
        m_undoStack.resetClean();
}

} // namespace automation
