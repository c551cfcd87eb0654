#include "model/document/editcommand.h"

namespace automation {

namespace {

using Kind = JsonEdit::Kind;

constexpr int mergeableId = 1;

// What became of folding a later edit into an earlier one.
enum class Folded { No, Yes, Nothing };

Folded foldSamePlace(JsonEdit &earlier, const JsonEdit &later)
{
    const auto replaced = [&earlier] { return earlier.before == earlier.after ? Folded::Nothing : Folded::Yes; };
    switch (earlier.kind) {
    case Kind::Replace:
        if (later.kind == Kind::Replace) {
            earlier.after = later.after;
            return replaced();
        }
        if (later.kind == Kind::Remove) {
            earlier.kind = Kind::Remove;
            earlier.after = {};
            return Folded::Yes;
        }
        break;
    case Kind::Insert:
        if (later.kind == Kind::Replace) {
            earlier.after = later.after;
            return Folded::Yes;
        }
        if (later.kind == Kind::Remove)
            return Folded::Nothing;
        break;
    case Kind::Remove:
        if (later.kind == Kind::Insert && later.key == earlier.key) {
            earlier.kind = Kind::Replace;
            earlier.after = later.after;
            return replaced();
        }
        break;
    case Kind::RenameKey:
        if (later.kind == Kind::RenameKey && later.key == earlier.newKey) {
            earlier.newKey = later.newKey;
            return earlier.key == earlier.newKey ? Folded::Nothing : Folded::Yes;
        }
        break;
    }
    return Folded::No;
}

Folded fold(JsonEdit &earlier, const JsonEdit &later)
{
    if (earlier.container == later.container && earlier.index == later.index && earlier.index >= 0)
        return foldSamePlace(earlier, later);
    if ((earlier.kind != Kind::Replace && earlier.kind != Kind::Insert) || earlier.index < 0)
        return Folded::No;
    // A change inside of what the earlier one put there.
    const JsonPointer place
        = earlier.key.isEmpty() ? earlier.container / earlier.index : earlier.container / earlier.key;
    if (!later.container.startsWith(place))
        return Folded::No;
    JsonEdit inner = later;
    inner.container = JsonPointer(later.container.tokens().mid(place.tokens().size()));
    if (!applyEdit(earlier.after, inner))
        return Folded::No;
    const bool nothing = earlier.kind == Kind::Replace && earlier.before == earlier.after;
    return nothing ? Folded::Nothing : Folded::Yes;
}

} // namespace

EditCommand::EditCommand(WorkflowDocument &document, DefinitionEdit edit, std::optional<DrawingChange> drawing)
    : HistoryCommand(edit.text)
    , m_document(document)
    , m_edit(std::move(edit))
    , m_drawing(std::move(drawing))
{
}

void EditCommand::redo()
{
    m_document.applyChange(m_edit.edits, change(), m_drawing);
}

void EditCommand::undo()
{
    std::optional<DrawingChange> back = m_drawing.value_or(DrawingChange()).inverted();
    m_document.applyChange(inverted(m_edit.edits), change(), back);
}

HistorySnapshot::Command EditCommand::toHistory() const
{
    HistoryEvent event;
    event.kind = HistoryEvent::Kind::Push;
    event.edit = m_edit;
    if (m_drawing)
        event.drawing = *m_drawing;
    return {event, {}, {}};
}

int EditCommand::id() const
{
    return m_edit.mergeKey.isEmpty() ? -1 : mergeableId;
}

bool EditCommand::mergeWith(const QUndoCommand *other)
{
    const auto *later = dynamic_cast<const EditCommand *>(other);
    if (!later || later->isSeparate() || later->m_edit.mergeKey != m_edit.mergeKey)
        return false;
    for (const JsonEdit &edit : later->m_edit.edits) {
        const Folded folded = m_edit.edits.isEmpty() ? Folded::No : fold(m_edit.edits.last(), edit);
        if (folded == Folded::No)
            m_edit.edits += edit;
        else if (folded == Folded::Nothing)
            m_edit.edits.removeLast();
    }
    for (const QString &key : later->m_edit.stepKeys) {
        if (!m_edit.stepKeys.contains(key))
            m_edit.stepKeys += key;
    }
    m_edit.structureChanged = m_edit.structureChanged || later->m_edit.structureChanged;
    m_edit.triggerChanged = m_edit.triggerChanged || later->m_edit.triggerChanged;
    m_edit.reveal = later->m_edit.reveal;
    m_edit.text = later->m_edit.text;
    setText(m_edit.text);
    if (m_drawing && later->m_drawing)
        m_drawing->append(*later->m_drawing);
    setObsolete(m_edit.edits.isEmpty() && (!m_drawing || m_drawing->isEmpty()));
    return true;
}

DocumentChange EditCommand::change() const
{
    return {m_edit.stepKeys, m_edit.structureChanged, m_edit.triggerChanged, false, m_edit.reveal};
}

} // namespace automation
