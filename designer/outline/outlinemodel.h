#pragma once

#include "model/document/workflowdocument.h"

#include <functional>
#include <memory>
#include <optional>
#include <QAbstractItemModel>
#include <QPointer>
#include <QSet>
#include <QTimer>
#include <vector>

namespace automation {

class CanvasEditor;

// A definition as a tree: the trigger and the steps in reading order, their ways out below them, and below the way into
// a container the steps inside. Follows the document: an edit of texts changes the rows of its steps only, one of the
// structure inserts and removes the rows that came and went. A large one is listed in parts, one a turn of the event
// loop, so that nobody waits for it; allListed() tells of the last. Text is plain. GUI thread; stands the destruction
// of the document.
class OutlineModel : public QAbstractItemModel
{
    Q_OBJECT
public:
    enum Role {
        StepKeyRole = Qt::UserRole + 1, // of the step, or of the step a way out leaves
        OutcomeKeyRole // of a way out; empty for a step
    };

    explicit OutlineModel(QObject *parent = nullptr);
    ~OutlineModel() override;

    void setDocument(WorkflowDocument *document); // may be null
    WorkflowDocument *document() const { return m_document; }
    // Renames steps; nullptr = nothing can be renamed. Not owned, must outlive the model.
    void setEditor(CanvasEditor *editor) { m_editor = editor; }

    static bool isStep(const QModelIndex &index); // not one of its ways out; a valid index of such a model
    QModelIndex indexOfStep(const QString &key) const;
    QModelIndex indexOfOutcome(const QString &key, const QString &outcomeKey) const;

    QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    QModelIndex parent(const QModelIndex &index) const override;
    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    bool setData(const QModelIndex &index, const QVariant &value, int role = Qt::EditRole) override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;

    // Dragging edits too, as one undo step each: a way out dropped on a step leads there, as does one on which a step
    // is dropped; steps dropped on the way into a container move in, to the end of that sequence.
    QStringList mimeTypes() const override;
    Qt::DropActions supportedDragActions() const override;
    Qt::DropActions supportedDropActions() const override;
    QMimeData *mimeData(const QModelIndexList &indexes) const override;
    bool canDropMimeData(
        const QMimeData *data, Qt::DropAction action, int row, int column, const QModelIndex &parent) const override;
    bool dropMimeData(
        const QMimeData *data, Qt::DropAction action, int row, int column, const QModelIndex &parent) override;

    static constexpr int StepsATurn = 1500; // outside of containers
    bool isAllListed() const { return !m_nextPart.isActive(); }

Q_SIGNALS:
    void allListed();

private:
    struct Item;
    struct Drag;
    // What stands below what, in the graph as it is now.
    struct Order;
    struct Identity
    {
        QString key;
        int outcome = -1; // -1 = the step itself
    };
    void takeChange(const DocumentChange &change);
    void sync(QSet<QString> changed);
    void listNextPart();
    void tellOf(const QSet<QString> &steps);
    void syncSteps(Item &item, const QList<int> &wanted, const Order &order, QSet<QString> *changed);
    void syncStep(Item &item, int node, const Order &order, QSet<QString> *changed);
    std::unique_ptr<Item> made(const Identity &identity, Item &parent, int row) const;
    std::unique_ptr<Item> madeStep(int node, Item &parent, int row, const Order &order) const;
    QList<int> inside(int node, int outcome, const Order &order) const;
    void takeRows(Item &item, size_t first, size_t end);
    void addRows(Item &item, size_t first, std::vector<std::unique_ptr<Item>> fresh);
    bool takeName(Item &item, const QString &key);
    void remember(Item &item);
    void forget(const Item &item);
    QModelIndex indexOf(const Item &item) const;
    const GraphNode *nodeOf(const Item &item) const;
    const Outcome *outcomeOf(const Item &item) const;
    QString mark() const;
    std::optional<Drag> dragOf(const QMimeData *data) const;
    std::function<void()> dropAt(const QMimeData *data, int row, const QModelIndex &target) const;
    QVariant stepData(const GraphNode &node, int role) const;
    QVariant outcomeData(const Outcome &outcome, int role) const;

    QPointer<WorkflowDocument> m_document;
    CanvasEditor *m_editor = nullptr;
    std::unique_ptr<Item> m_root;
    QHash<QString, Item *> m_steps;
    QTimer m_nextPart;
    std::unique_ptr<const Order> m_toList; // until all are listed
    qsizetype m_listed = StepsATurn; // so many steps of the first level may stand in the tree by now
    QSet<std::pair<QString, int>> m_dangling; // ways out to steps that there are not, as the rows say it
};

} // namespace automation
