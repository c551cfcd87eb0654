// What a document tells of its history, and how it lives through one again.

#include "model/document/workflowdocument.h"

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
    return {m_undoStack.index(), m_undoStack.count(), m_undoStack.cleanIndex(), m_filePath, m_diskHash};
}

void WorkflowDocument::record(HistoryEvent::Kind kind, const DefinitionEdit &edit, const QByteArray &text)
{
    if (!m_replayRoot)
        Q_EMIT recorded({kind, edit, text, historyState()});
}

qsizetype WorkflowDocument::replay(const HistoryState &start, const QList<HistoryEvent> &events)
{
    // The tree is changed in place; graph and problems of the states on the way interest nobody.
    m_replayRoot = m_definition.root();
    replayState(start);
    qsizetype done = 0;
    while (done < events.size() && replayEvent(events.at(done)))
        ++done;
    if (Result<WorkflowDefinition> definition = WorkflowDefinition::fromJson(*m_replayRoot))
        m_definition = std::move(definition).value();
    m_replayRoot.reset();
    emitChange({{}, true, true, true, {}});
    Q_EMIT filePathChanged();
    return done;
}

bool WorkflowDocument::replayEvent(const HistoryEvent &event)
{
    switch (event.kind) {
    case HistoryEvent::Kind::Push:
        if (!replayPush(event.edit))
            return false;
        break;
    case HistoryEvent::Kind::Reload: {
        const Result<WorkflowDefinition> definition = readDefinition(event.text, displayName());
        if (!definition)
            return false;
        m_undoStack.push(new ReloadCommand(*this, {event.text, definition->root()}));
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

bool WorkflowDocument::replayPush(DefinitionEdit edit)
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
    m_undoStack.push(new EditCommand(*this, std::move(edit)));
    m_isPushing = false;
    return true;
}

void WorkflowDocument::replayState(const HistoryState &state)
{
    m_filePath = state.filePath;
    m_diskHash = state.fileHash;
    if (state.cleanIndex == m_undoStack.cleanIndex())
        return;
    if (state.cleanIndex == m_undoStack.index())
        m_undoStack.setClean();
    else
        m_undoStack.resetClean();
}

} // namespace automation
