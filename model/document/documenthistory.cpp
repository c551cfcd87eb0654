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

// The same value with the parts that it has in common with another one in common with it: what saving need not compare.
JsonValue sharing(JsonValue value, const JsonValue &other)
{
    const JsonPointer place = WorkflowDefinition::stepsPointer();
    const JsonValue *present = place.resolve(std::as_const(value));
    const JsonValue *others = place.resolve(other);
    if (!present || !others || !present->isArray() || !others->isArray())
        return value;
    QHash<QString, qsizetype> byId;
    for (qsizetype i = 0; i < others->size(); ++i)
        byId.insert(StepView(others->at(i)).id(), i);
    JsonValue steps = JsonValue::array();
    for (qsizetype i = 0; i < present->size(); ++i) {
        const JsonValue &step = present->at(i);
        const JsonValue &candidate = others->at(byId.value(StepView(step).id(), -1));
        steps.append(candidate == step ? candidate : step);
    }
    if (JsonValue *slot = place.resolve(value))
        *slot = steps;
    return value;
}

} // namespace

HistoryState WorkflowDocument::historyState() const
{
    return {m_undoStack.index(), m_undoStack.count(), m_undoStack.cleanIndex(), m_filePath, m_diskHash, m_layoutHash,
        m_attachment};
}

void WorkflowDocument::record(
    HistoryEvent::Kind kind, const DefinitionEdit &edit, const QByteArray &text, const DrawingChange &drawing)
{
    if (!m_replayRoot)
        Q_EMIT recorded({kind, edit, text, historyState(), drawing});
}

HistorySnapshot WorkflowDocument::historySnapshot(int mostCommands) const
{
    HistorySnapshot snapshot {m_title, m_base, m_definition.root(), m_drawing, {}, historyState(), 0};
    if (m_draft)
        snapshot.draft = m_draft->text;
    HistoryState &state = snapshot.state;
    snapshot.dropped = qMax(0, state.index - mostCommands);
    for (int i = snapshot.dropped; i < state.count; ++i) {
        if (const auto *command = dynamic_cast<const HistoryCommand *>(m_undoStack.command(i)))
            snapshot.commands += command->toHistory();
    }
    state = state.countedFrom(snapshot.dropped);
    return snapshot;
}

void WorkflowDocument::setAttachment(const JsonValue &attachment)
{
    if (attachment == m_attachment)
        return;
    m_attachment = attachment;
    if (m_undoStack.count() > 0) // else it comes with the first thing that is worth keeping
        record(HistoryEvent::Kind::State);
}

void WorkflowDocument::moveTo(QThread *thread)
{
    moveToThread(thread); // and with it its undo stack
}

qsizetype WorkflowDocument::replay(
    const HistoryStart &start, const QList<HistoryEvent> &events, const std::function<bool(qsizetype)> &goOn)
{
    // The tree is changed in place; graph and problems of the states on the way interest nobody.
    m_replayRoot = start.root ? sharing(*start.root, m_definition.root()) : m_definition.root();
    m_text = {};
    setDraft(start.draft);
    m_drawing = start.drawing;
    m_savedDrawing = start.state.cleanIndex == start.state.index ? std::optional(m_drawing) : std::nullopt;
    m_layoutHash = start.state.layoutHash;
    replayState(start.state);
    qsizetype done = 0;
    while (done < events.size() && (!goOn || goOn(done)) && replayEvent(events.at(done)))
        ++done;
    if (Result<WorkflowDefinition> definition = WorkflowDefinition::fromEdited(*m_replayRoot))
        m_definition = std::move(definition).value();
    m_replayRoot.reset();
    m_text = {};
    rebuild(Extent::Structure);
    announce({{}, true, true, true, {}}, true);
    if (m_draft)
        Q_EMIT draftChanged();
    Q_EMIT filePathChanged();
    return done;
}

bool WorkflowDocument::replayEvent(const HistoryEvent &event)
{
    switch (event.kind) {
    case HistoryEvent::Kind::Push:
        if (!replayPush(event))
            return false;
        break;
    case HistoryEvent::Kind::Drawing: {
        auto *command = new DrawingCommand(*this, completed(event.drawing), event.edit.text, event.edit.mergeKey);
        command->setSeparate(event.isSeparate);
        m_undoStack.push(command);
        break;
    }
    case HistoryEvent::Kind::Reload: {
        const Result<WorkflowDefinition> definition = readDefinition(event.text, displayName());
        if (!definition)
            return false;
        m_undoStack.push(new ReloadCommand(*this, {event.text, definition->root()}, completed(event.drawing)));
        break;
    }
    case HistoryEvent::Kind::Text:
        if (!replayText(event))
            return false;
        break;
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

DrawingChange WorkflowDocument::completed(DrawingChange change) const
{
    change.setBefore(m_drawing);
    return change;
}

bool WorkflowDocument::replayPush(const HistoryEvent &event)
{
    if (m_draft)
        currentText(); // known before it changes
    DefinitionEdit edit = event.edit;
    QList<JsonEdit> done;
    bool fits = !edit.edits.isEmpty() || !event.drawing.isEmpty();
    for (JsonEdit &part : edit.edits) {
        fits = fits && completeBefore(*m_replayRoot, part) && applyEdit(*m_replayRoot, part);
        if (!fits)
            break;
        done += part;
    }
    if (!fits || !WorkflowDefinition::fromEdited(*m_replayRoot)) {
        for (const JsonEdit &part : inverted(done))
            applyEdit(*m_replayRoot, part);
        return false;
    }
    m_isPushing = true;
    auto *command = new EditCommand(*this, std::move(edit), completed(event.drawing));
    command->setSeparate(event.isSeparate);
    m_undoStack.push(command);
    m_isPushing = false;
    return true;
}

void WorkflowDocument::replayState(const HistoryState &state)
{
    m_filePath = state.filePath;
    m_diskHash = state.fileHash;
    m_attachment = state.attachment;
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
