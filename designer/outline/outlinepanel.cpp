#include "designer/outline/outlinepanel.h"

#include "designer/canvas/canvasactions.h"
#include "designer/canvas/graphview.h"
#include "designer/outline/outlinemodel.h"
#include "designer/outline/outlinetree.h"
#include "designer/style/emptystate.h"

#include <QAction>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace automation {

OutlinePanel::OutlinePanel(QWidget *parent)
    : QWidget(parent)
    , m_model(new OutlineModel(this))
    , m_tree(new OutlineTree(this))
    , m_empty(new EmptyState(QStringLiteral("layout"),
          tr("The steps of an open workflow are listed here, each with its ways out."), tr("Add a step"), this))
    , m_pages(new QStackedWidget(this))
{
    setAccessibleName(tr("Outline"));
    setProperty("surface", QStringLiteral("panel"));
    setAttribute(Qt::WA_StyledBackground);
    setFocusProxy(m_tree);
    m_tree->setModel(m_model);
    m_pages->addWidget(m_tree);
    m_pages->addWidget(m_empty);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(6, 8, 0, 0);
    layout->addWidget(m_pages);

    connect(m_tree->selectionModel(), &QItemSelectionModel::selectionChanged, this, [this] {
        // Later, when what is under way (an edit, a range) is done: then there may be nothing new to the drawing.
        if (!m_isShowing && !std::exchange(m_isTaking, true))
            QMetaObject::invokeMethod(this, &OutlinePanel::takeSelection, Qt::QueuedConnection);
    });
    connect(m_model, &QAbstractItemModel::rowsInserted, this, &OutlinePanel::showEmptiness);
    connect(m_model, &QAbstractItemModel::rowsRemoved, this, [this] {
        showEmptiness();
        // The keys go on where they were instead of nowhere.
        if (m_tree->hasFocus())
            QMetaObject::invokeMethod(
                this,
                [this] {
                    const QModelIndex current = m_tree->currentIndex();
                    if (m_view && m_view->selection().isEmpty() && !m_view->currentOutcome() && current.isValid())
                        m_tree->select({current});
                },
                Qt::QueuedConnection);
    });
    connect(m_model, &QAbstractItemModel::modelReset, this, &OutlinePanel::showEmptiness);
    connect(m_tree, &OutlineTree::editRequested, this, &OutlinePanel::editCurrent);
    connect(m_tree, &QTreeView::doubleClicked, this, &OutlinePanel::editCurrent);
    connect(m_tree, &OutlineTree::addRequested, this, [this] {
        takeSelection();
        if (m_actions)
            m_actions->action(CanvasActions::Id::Step)->trigger();
    });
    connect(m_model, &OutlineModel::allListed, this, &OutlinePanel::showSelection);
    connect(m_empty, &EmptyState::actionRequested, this, [this] {
        if (m_actions)
            m_actions->action(CanvasActions::Id::Step)->trigger();
    });
    connect(m_tree, &QWidget::customContextMenuRequested, this, [this](const QPoint &position) {
        takeSelection();
        Q_EMIT contextMenuRequested(m_tree->viewport()->mapToGlobal(position));
    });
    showEmptiness();
}

void OutlinePanel::setActions(CanvasActions *actions)
{
    using Id = CanvasActions::Id;
    m_actions = actions;
    for (Id id : {Id::Cut, Id::Copy, Id::Paste, Id::Duplicate, Id::Delete, Id::DeleteAndReconnect, Id::SelectAll,
             Id::ConnectTo, Id::Disconnect})
        m_tree->addAction(actions->action(id));
    connect(actions->action(Id::Step), &QAction::changed, this, &OutlinePanel::showEmptiness);
}

void OutlinePanel::setView(GraphView *view)
{
    if (m_view == view)
        return;
    if (m_view)
        m_view->disconnect(this);
    if (m_model->document())
        m_model->document()->disconnect(this);
    m_view = view;
    m_model->setEditor(nullptr);
    m_model->setDocument(nullptr);
    if (isVisible())
        list();
}

void OutlinePanel::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    if (!m_model->document())
        list();
}

void OutlinePanel::list()
{
    if (!m_view || !m_view->document())
        return;
    m_model->setEditor(&m_view->editor());
    m_model->setDocument(m_view->document());
    connect(m_view, &GraphView::selectionChanged, this, &OutlinePanel::showSelection);
    connect(m_view, &GraphView::sceneChanged, this, &OutlinePanel::showSelection);
    connect(m_view, &QObject::destroyed, this, [this] {
        m_model->setEditor(nullptr);
        m_model->setDocument(nullptr);
    });
    // After the model, which knows the steps that came then.
    connect(m_view->document(), &WorkflowDocument::changed, this, &OutlinePanel::showSelection);
    showSelection();
}

void OutlinePanel::showEmptiness()
{
    const bool isEmpty = m_model->rowCount() < 2; // the trigger alone
    m_pages->setCurrentWidget(isEmpty ? static_cast<QWidget *>(m_empty) : m_tree);
    const bool canAdd = m_actions && m_actions->action(CanvasActions::Id::Step)->isEnabled();
    m_empty->setActionText(canAdd ? tr("Add a step") : QString());
}

void OutlinePanel::showSelection()
{
    if (!m_view || !m_model->isAllListed())
        return;
    QModelIndexList rows;
    if (const auto outcome = m_view->currentOutcome()) {
        rows.append(m_model->indexOfOutcome(outcome->first, outcome->second));
    } else {
        for (const QString &key : m_view->selection())
            rows.append(m_model->indexOfStep(key));
    }
    rows.removeIf([](const QModelIndex &row) { return !row.isValid(); });
    const QModelIndexList shown = m_tree->selectionModel()->selectedIndexes();
    if (rows.size() == shown.size()
        && QSet<QModelIndex>(rows.begin(), rows.end()) == QSet<QModelIndex>(shown.begin(), shown.end()))
        return;
    m_isShowing = !rows.isEmpty(); // nothing the drawing would have to be told
    m_tree->select(rows);
    m_isShowing = false;
}

void OutlinePanel::takeSelection()
{
    m_isTaking = false;
    if (!m_view || !m_model->isAllListed()) // a part of the selection may have no rows yet
        return;
    QStringList keys;
    QModelIndex outcome;
    // There is one column; to ask for whole rows takes far longer where many stand apart.
    const QModelIndexList rows = m_tree->selectionModel()->selectedIndexes();
    for (const QModelIndex &row : rows) {
        if (row.data(OutlineModel::OutcomeKeyRole).toString().isEmpty())
            keys.append(row.data(OutlineModel::StepKeyRole).toString());
        else
            outcome = row;
    }
    const auto current = m_view->currentOutcome();
    if (keys.isEmpty() && outcome.isValid()) {
        const std::pair wanted(
            outcome.data(OutlineModel::StepKeyRole).toString(), outcome.data(OutlineModel::OutcomeKeyRole).toString());
        if (current != wanted) {
            m_view->setCurrentOutcome(wanted.first, wanted.second);
            m_view->showStep(wanted.first);
        }
        return;
    }
    const QStringList before = m_view->selection();
    if (!current && keys.size() == before.size()
        && QSet<QString>(keys.begin(), keys.end()) == QSet<QString>(before.begin(), before.end()))
        return;
    m_view->setSelection(keys);
    if (keys.size() == 1)
        m_view->showStep(keys.first());
}

void OutlinePanel::editCurrent()
{
    takeSelection();
    if (!m_actions || !m_view)
        return;
    using Id = CanvasActions::Id;
    m_actions->action(m_view->currentOutcome() ? Id::ConnectTo : Id::Edit)->trigger();
}

} // namespace automation
