#include "designer/outline/outlinetree.h"

#include "designer/outline/outlinemodel.h"

#include <algorithm>
#include <QKeyEvent>
#include <vector>

namespace automation {

OutlineTree::OutlineTree(QWidget *parent)
    : QTreeView(parent)
{
    setObjectName(QStringLiteral("outlineTree"));
    setAccessibleName(tr("Outline of the workflow"));
    setHeaderHidden(true);
    setUniformRowHeights(true);
    setFrameShape(QFrame::NoFrame);
    setSelectionMode(QAbstractItemView::ExtendedSelection);
    setEditTriggers(QAbstractItemView::EditKeyPressed);
    setExpandsOnDoubleClick(false);
    setContextMenuPolicy(Qt::CustomContextMenu);
    setIndentation(16);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    setDragDropMode(QAbstractItemView::DragDrop);
    setDefaultDropAction(Qt::MoveAction);
    setDropIndicatorShown(true);
}

void OutlineTree::setModel(QAbstractItemModel *model)
{
    QTreeView::setModel(model);
    connect(model, &QAbstractItemModel::rowsInserted, this, &OutlineTree::unfold);
    connect(model, &QAbstractItemModel::modelReset, this, [this] { m_isLaidOut = false; });
    connect(model, &QAbstractItemModel::rowsAboutToBeRemoved, this, [this] { m_isLaidOut = false; });
    if (const auto *outline = qobject_cast<OutlineModel *>(model))
        connect(outline, &OutlineModel::allListed, this, &OutlineTree::scheduleDelayedItemsLayout);
}

// Laying out takes as long as there are rows: not again for each part of a workflow that is being listed.
void OutlineTree::doItemsLayout()
{
    const auto *outline = qobject_cast<OutlineModel *>(model());
    const bool isListing = outline && !outline->isAllListed();
    if (isListing && m_isLaidOut)
        return;
    QTreeView::doItemsLayout();
    m_isLaidOut = isListing;
}

// A step with one way on is read at a glance; what branches or holds others is not.
void OutlineTree::unfold(const QModelIndex &parent, int first, int last)
{
    // All of a file at once: one layout later instead of one for each.
    scheduleDelayedItemsLayout();
    m_isLaidOut = m_isLaidOut && !parent.isValid() && last + 1 == model()->rowCount();
    for (int row = first; row <= last; ++row)
        unfoldRow(model()->index(row, 0, parent));
    if (parent.isValid())
        unfoldAlone(parent);
}

void OutlineTree::unfoldRow(const QModelIndex &row)
{
    const int count = model()->rowCount(row);
    for (int i = 0; i < count; ++i)
        unfoldRow(model()->index(i, 0, row));
    if (count > 0)
        unfoldAlone(row);
}

void OutlineTree::unfoldAlone(const QModelIndex &row)
{
    if (!OutlineModel::isStep(row) || model()->rowCount(row) > 1 || model()->hasChildren(model()->index(0, 0, row)))
        expand(row);
}

void OutlineTree::select(const QModelIndexList &rows)
{
    if (rows.isEmpty()) {
        selectionModel()->clearSelection();
        return;
    }
    // Neighbours as one range: thousands of ranges are slow.
    struct Row
    {
        quintptr parent;
        int row;
        const QModelIndex *index;
    };
    std::vector<Row> sorted;
    sorted.reserve(size_t(rows.size()));
    for (const QModelIndex &row : rows)
        sorted.push_back({row.parent().internalId(), row.row(), &row});
    std::sort(sorted.begin(), sorted.end(),
        [](const Row &a, const Row &b) { return a.parent == b.parent ? a.row < b.row : a.parent < b.parent; });
    QItemSelection selection;
    for (size_t i = 0; i < sorted.size();) {
        size_t end = i + 1;
        while (
            end < sorted.size() && sorted[end].parent == sorted[i].parent && sorted[end].row == sorted[end - 1].row + 1)
            ++end;
        selection.append(QItemSelectionRange(*sorted[i].index, *sorted[end - 1].index));
        i = end;
    }
    selectionModel()->setCurrentIndex(rows.last(), QItemSelectionModel::NoUpdate);
    selectionModel()->select(selection, QItemSelectionModel::ClearAndSelect);
    scrollTo(rows.last());
}

void OutlineTree::keyPressEvent(QKeyEvent *event)
{
    if (event->modifiers() == Qt::NoModifier && state() != QAbstractItemView::EditingState) {
        if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
            Q_EMIT editRequested();
            return;
        }
        if (event->key() == Qt::Key_Insert) {
            Q_EMIT addRequested();
            return;
        }
    }
    QTreeView::keyPressEvent(event);
}

} // namespace automation
