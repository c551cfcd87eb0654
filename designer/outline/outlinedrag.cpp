// What can be dragged in the outline and where it may be dropped; the rest of the model is in outlinemodel.cpp.
#include "designer/outline/outlinemodel.h"

#include "designer/canvas/canvaseditor.h"

#include <QCoreApplication>
#include <QDataStream>
#include <QIODevice>
#include <QMimeData>

namespace automation {

namespace {

const QString mimeType = QStringLiteral("application/x-automation-outline");

} // namespace

// Rows on the move.
struct OutlineModel::Drag
{
    QStringList steps;
    QString fromKey; // of a way out
    QString outcomeKey; // empty: steps are dragged
};

QStringList OutlineModel::mimeTypes() const
{
    return {mimeType};
}

Qt::DropActions OutlineModel::supportedDragActions() const
{
    return Qt::MoveAction;
}

Qt::DropActions OutlineModel::supportedDropActions() const
{
    return Qt::MoveAction;
}

// Either steps or one way out.
QMimeData *OutlineModel::mimeData(const QModelIndexList &indexes) const
{
    Drag drag;
    for (const QModelIndex &index : indexes) {
        const QString outcome = index.data(OutcomeKeyRole).toString();
        const QString key = index.data(StepKeyRole).toString();
        if (outcome.isEmpty()) {
            drag.steps.append(key);
        } else if (drag.outcomeKey.isEmpty()) {
            drag.fromKey = key;
            drag.outcomeKey = outcome;
        }
    }
    if (!drag.steps.isEmpty())
        drag.fromKey = drag.outcomeKey = QString();
    if (drag.steps.isEmpty() && drag.outcomeKey.isEmpty())
        return nullptr;
    QByteArray bytes;
    QDataStream stream(&bytes, QIODevice::WriteOnly);
    stream << mark() << drag.steps << drag.fromKey << drag.outcomeKey;
    auto *data = new QMimeData;
    data->setData(mimeType, bytes);
    return data;
}

// Keys mean nothing in another document.
QString OutlineModel::mark() const
{
    return QStringLiteral("%1 %2").arg(QCoreApplication::applicationPid()).arg(quintptr(m_document.data()));
}

std::optional<OutlineModel::Drag> OutlineModel::dragOf(const QMimeData *data) const
{
    if (!data || !data->hasFormat(mimeType) || !m_editor || !m_editor->isEditable())
        return std::nullopt;
    QDataStream stream(data->data(mimeType));
    QString from;
    Drag drag;
    stream >> from >> drag.steps >> drag.fromKey >> drag.outcomeKey;
    if (stream.status() != QDataStream::Ok || from != mark())
        return std::nullopt;
    return drag;
}

// What a drop there does; empty when nothing can be meant.
std::function<void()> OutlineModel::dropAt(const QMimeData *data, int row, const QModelIndex &target) const
{
    const std::optional<Drag> drag = dragOf(data);
    if (!drag || row >= 0 || !target.isValid()) // between rows is no place: their order comes from the connections
        return {};
    const QString key = target.data(StepKeyRole).toString();
    const QString outcomeKey = target.data(OutcomeKeyRole).toString();
    const QPointer<CanvasEditor> editor = m_editor;
    if (!drag->outcomeKey.isEmpty()) {
        const bool isStep = outcomeKey.isEmpty() && key != DefinitionGraph::triggerKey();
        if (!isStep)
            return {};
        return [editor, drag = *drag, key] {
            if (editor)
                editor->connectTo(drag.fromKey, drag.outcomeKey, key);
        };
    }
    const Outcome *outcome = outcomeKey.isEmpty() ? nullptr : outcomeOf(*static_cast<Item *>(target.internalPointer()));
    if (!outcome || drag->steps.contains(key))
        return {};
    if (outcome->kind == Outcome::Kind::Child) {
        return [editor, steps = drag->steps, place = StepPlace::inSequence(key, outcome->sequence)] {
            if (editor)
                editor->move(steps, place);
        };
    }
    if (drag->steps.size() != 1)
        return {};
    return [editor, key, outcomeKey, step = drag->steps.first()] {
        if (editor)
            editor->connectTo(key, outcomeKey, step);
    };
}

bool OutlineModel::canDropMimeData(
    const QMimeData *data, Qt::DropAction action, int row, int column, const QModelIndex &parent) const
{
    Q_UNUSED(column)
    return action == Qt::MoveAction && dropAt(data, row, parent) != nullptr;
}

bool OutlineModel::dropMimeData(
    const QMimeData *data, Qt::DropAction action, int row, int column, const QModelIndex &parent)
{
    Q_UNUSED(column)
    const std::function<void()> drop = action == Qt::MoveAction ? dropAt(data, row, parent) : nullptr;
    if (!drop)
        return false;
    // After the drag: the rows it began with may go.
    QMetaObject::invokeMethod(this, drop, Qt::QueuedConnection);
    return true;
}

} // namespace automation
