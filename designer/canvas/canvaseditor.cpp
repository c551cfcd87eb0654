#include "designer/canvas/canvaseditor.h"

#include "designer/canvas/pastedplaces.h"
#include "model/document/commands/clipboardcommands.h"
#include "model/document/commands/ordercommands.h"
#include "model/document/commands/stepcommands.h"
#include "model/document/commands/typecommands.h"

namespace automation {

const StepType *CanvasEditor::typeOf(const QString &typeName)
{
    const StepType *type = m_document->catalog().step(typeName);
    if (!type)
        Q_EMIT refused(tr("There is no step type “%1”.").arg(typeName.left(80).simplified()));
    return type;
}

bool CanvasEditor::push(const Result<DefinitionEdit> &edit)
{
    if (!edit) {
        Q_EMIT refused(edit.error().message);
        return false;
    }
    if (edit->edits.isEmpty())
        return true; // asked for what is there already
    if (!edit->created.isEmpty())
        Q_EMIT creating(edit->created);
    const Result<void> done = m_document->push(*edit);
    if (!done)
        Q_EMIT refused(done.error().message);
    return done.isOk();
}

bool CanvasEditor::insertOnConnection(const QString &typeName, const QString &fromKey, const QString &outcomeKey)
{
    if (!isEditable())
        return false;
    const StepType *type = typeOf(typeName);
    return type
        && push(insertStepOnConnection(m_document->definition(), m_document->graph(), *type, fromKey, outcomeKey));
}

bool CanvasEditor::append(const QString &typeName, const QString &fromKey, const QString &outcomeKey)
{
    if (!isEditable())
        return false;
    const StepType *type = typeOf(typeName);
    return type && push(appendStep(m_document->definition(), m_document->graph(), *type, fromKey, outcomeKey));
}

bool CanvasEditor::add(const QString &typeName)
{
    if (!isEditable())
        return false;
    const StepType *type = typeOf(typeName);
    return type && push(addStep(m_document->definition(), m_document->graph(), *type));
}

bool CanvasEditor::connectTo(const QString &fromKey, const QString &outcomeKey, const QString &toKey)
{
    return isEditable()
        && push(connectOutcome(m_document->definition(), m_document->graph(), fromKey, outcomeKey, toKey));
}

bool CanvasEditor::disconnectFrom(const QString &fromKey, const QString &outcomeKey)
{
    return isEditable() && push(disconnectOutcome(m_document->definition(), m_document->graph(), fromKey, outcomeKey));
}

bool CanvasEditor::remove(const QStringList &keys, bool heal)
{
    return isEditable() && !keys.isEmpty()
        && push(deleteSteps(m_document->definition(), m_document->graph(), keys, heal));
}

bool CanvasEditor::reconnectFrom(
    const QString &fromKey, const QString &outcomeKey, const QString &newFromKey, const QString &newOutcomeKey)
{
    return isEditable()
        && push(reconnectSource(
            m_document->definition(), m_document->graph(), fromKey, outcomeKey, newFromKey, newOutcomeKey));
}

bool CanvasEditor::paste(const QByteArray &text, const StepPlace &place, const std::optional<QPointF> &middle)
{
    if (!isEditable())
        return false;
    Result<DefinitionEdit> edit
        = pasteSteps(m_document->definition(), m_document->graph(), text, place, m_document->catalog());
    if (edit && middle)
        edit->positions = pastedPlaces(*edit, *m_document, *middle);
    return push(edit);
}

bool CanvasEditor::duplicate(const QStringList &keys)
{
    return isEditable() && !keys.isEmpty()
        && push(duplicateSteps(m_document->definition(), m_document->graph(), keys, m_document->catalog()));
}

bool CanvasEditor::move(const QStringList &keys, const StepPlace &place)
{
    return isEditable() && !keys.isEmpty()
        && push(moveSteps(m_document->definition(), m_document->graph(), keys, place));
}

bool CanvasEditor::rename(const QString &key, const QString &newId)
{
    return isEditable() && push(renameStep(m_document->definition(), m_document->graph(), key, newId));
}

bool CanvasEditor::changeType(const QString &key, const QString &typeName)
{
    if (!isEditable())
        return false;
    const StepType *type = typeOf(typeName);
    return type && push(changeStepType(m_document->definition(), m_document->graph(), key, *type));
}

bool CanvasEditor::arrange(const DrawingLayout &drawing, const QString &text, const QString &mergeKey)
{
    if (!isEditable())
        return false;
    const Result<void> done = m_document->pushDrawing(drawing, text, mergeKey);
    if (!done)
        Q_EMIT refused(done.error().message);
    return done.isOk();
}

} // namespace automation
