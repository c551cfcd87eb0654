#include "designer/outline/outlinemodel.h"

#include "designer/canvas/canvaseditor.h"
#include "designer/canvas/floworder.h"
#include "designer/style/themedicon.h"

#include <algorithm>

namespace automation {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype longestText = 200;

QString oneLine(const QString &text)
{
    return text.left(longestText).simplified();
}

} // namespace

struct OutlineModel::Item
{
    Identity identity;
    Item *parent = nullptr;
    int row = 0;
    std::vector<std::unique_ptr<Item>> children;
};

struct OutlineModel::Order
{
    explicit Order(const DefinitionGraph &graph)
    {
        for (int node : flowOrder(graph)) {
            const GraphNode &step = graph.nodes().at(node);
            lists[{step.parent, step.parent < 0 ? -1 : step.sequence}].append({step.key, -1});
        }
    }

    QHash<std::pair<int, int>, QList<Identity>> lists; // by container and its sequence
};

OutlineModel::OutlineModel(QObject *parent)
    : QAbstractItemModel(parent)
    , m_root(std::make_unique<Item>())
{
}

OutlineModel::~OutlineModel() = default;

void OutlineModel::setDocument(WorkflowDocument *document)
{
    if (document && m_document == document)
        return;
    if (m_document)
        m_document->disconnect(this);
    beginResetModel();
    m_document = document;
    m_steps.clear();
    m_root = std::make_unique<Item>();
    endResetModel();
    if (!document)
        return;
    connect(document, &WorkflowDocument::changed, this, &OutlineModel::takeChange);
    connect(document, &WorkflowDocument::problemsChanged, this, [this] {
        if (!m_root->children.empty())
            Q_EMIT dataChanged(indexOf(*m_root->children.front()), indexOf(*m_root->children.back()),
                {Qt::DecorationRole, Qt::ToolTipRole, Qt::AccessibleDescriptionRole});
    });
    connect(document, &QObject::destroyed, this, [this] { setDocument(nullptr); });
    sync();
}

void OutlineModel::takeChange(const DocumentChange &change)
{
    if (change.structureChanged || change.everything) {
        sync();
        return;
    }
    QStringList keys = change.stepKeys;
    if (change.triggerChanged)
        keys.append(DefinitionGraph::triggerKey());
    for (const QString &key : std::as_const(keys)) {
        if (const Item *item = m_steps.value(key))
            changed(*item);
    }
}

void OutlineModel::changed(const Item &item)
{
    Q_EMIT dataChanged(indexOf(item), indexOf(item));
    if (!item.children.empty())
        Q_EMIT dataChanged(indexOf(*item.children.front()), indexOf(*item.children.back()));
}

void OutlineModel::sync()
{
    const Order order(m_document->graph());
    syncBelow(*m_root, order);
}

QList<OutlineModel::Identity> OutlineModel::below(const Item &item, const Order &order) const
{
    if (&item == m_root.get())
        return order.lists.value({-1, -1});
    const GraphNode *node = nodeOf(item);
    if (!node)
        return {};
    if (item.identity.outcome < 0) {
        QList<Identity> outcomes;
        for (qsizetype i = 0; i < node->outcomes.size(); ++i)
            outcomes.append({node->key, int(i)});
        return outcomes;
    }
    const Outcome *outcome = outcomeOf(item);
    if (!outcome || outcome->kind != Outcome::Kind::Child)
        return {};
    return order.lists.value({m_document->graph().indexOfKey(node->key), outcome->sequence});
}

// What is the same at both ends stays, what is between is replaced.
void OutlineModel::syncBelow(Item &item, const Order &order)
{
    const QList<Identity> wanted = below(item, order);
    auto &present = item.children;
    size_t front = 0;
    while (front < present.size() && front < size_t(wanted.size())
        && present[front]->identity == wanted.at(qsizetype(front)))
        ++front;
    size_t back = 0;
    while (back < present.size() - front && back < size_t(wanted.size()) - front
        && present[present.size() - 1 - back]->identity == wanted.at(wanted.size() - 1 - qsizetype(back)))
        ++back;
    if (front + back + 1 == present.size() && front + back + 1 == size_t(wanted.size()))
        front += takeName(*present[front], wanted.at(qsizetype(front))) ? 1 : 0;
    const QModelIndex parent = indexOf(item);
    if (const size_t end = present.size() - back; end > front) {
        beginRemoveRows(parent, int(front), int(end) - 1);
        for (size_t i = front; i < end; ++i)
            forget(*present[i]);
        present.erase(present.begin() + qsizetype(front), present.begin() + qsizetype(end));
        for (size_t i = front; i < present.size(); ++i)
            present[i]->row = int(i);
        endRemoveRows();
    }
    for (size_t i = 0; i < front; ++i)
        syncBelow(*present[i], order);
    for (size_t i = front; i < present.size(); ++i)
        syncBelow(*present[i], order);
    if (const size_t added = size_t(wanted.size()) - front - back; added > 0) {
        std::vector<std::unique_ptr<Item>> fresh;
        for (size_t i = front; i < front + added; ++i) {
            auto child = std::make_unique<Item>();
            child->identity = wanted.at(qsizetype(i));
            child->parent = &item;
            fresh.push_back(std::move(child));
        }
        beginInsertRows(parent, int(front), int(front + added) - 1);
        present.insert(present.begin() + qsizetype(front), std::make_move_iterator(fresh.begin()),
            std::make_move_iterator(fresh.end()));
        for (size_t i = front; i < present.size(); ++i) {
            present[i]->row = int(i);
            if (present[i]->identity.outcome < 0)
                m_steps.insert(present[i]->identity.key, present[i].get());
        }
        endInsertRows();
        for (size_t i = front; i < front + added; ++i)
            syncBelow(*present[i], order);
    }
    if (!present.empty())
        Q_EMIT dataChanged(indexOf(*present.front()), indexOf(*present.back()));
}

// One row in the place of another whose step is no more: it has another name, its row stays.
bool OutlineModel::takeName(Item &item, const Identity &identity)
{
    const bool isStep = item.identity.outcome < 0 && identity.outcome < 0;
    if (!isStep || m_steps.contains(identity.key) || m_document->graph().indexOfKey(item.identity.key) >= 0)
        return false;
    m_steps.remove(item.identity.key);
    m_steps.insert(identity.key, &item);
    item.identity = identity;
    for (const std::unique_ptr<Item> &outcome : item.children)
        outcome->identity.key = identity.key;
    return true;
}

void OutlineModel::forget(const Item &item)
{
    if (item.identity.outcome < 0 && m_steps.value(item.identity.key) == &item)
        m_steps.remove(item.identity.key);
    for (const std::unique_ptr<Item> &child : item.children)
        forget(*child);
}

const GraphNode *OutlineModel::nodeOf(const Item &item) const
{
    const int node = m_document ? m_document->graph().indexOfKey(item.identity.key) : -1;
    return node < 0 ? nullptr : &m_document->graph().nodes().at(node);
}

const Outcome *OutlineModel::outcomeOf(const Item &item) const
{
    const GraphNode *node = nodeOf(item);
    const int number = item.identity.outcome;
    return node && number >= 0 && number < node->outcomes.size() ? &node->outcomes.at(number) : nullptr;
}

// Places

QModelIndex OutlineModel::indexOf(const Item &item) const
{
    return &item == m_root.get() ? QModelIndex() : createIndex(item.row, 0, &item);
}

QModelIndex OutlineModel::indexOfStep(const QString &key) const
{
    const Item *item = m_steps.value(key);
    return item ? indexOf(*item) : QModelIndex();
}

QModelIndex OutlineModel::indexOfOutcome(const QString &key, const QString &outcomeKey) const
{
    const Item *step = m_steps.value(key);
    for (size_t i = 0; step && i < step->children.size(); ++i) {
        const Outcome *outcome = outcomeOf(*step->children[i]);
        if (outcome && outcome->key() == outcomeKey)
            return indexOf(*step->children[i]);
    }
    return {};
}

QModelIndex OutlineModel::index(int row, int column, const QModelIndex &parent) const
{
    if (column != 0 || row < 0 || (parent.isValid() && parent.column() != 0))
        return {};
    const Item *item = parent.isValid() ? static_cast<const Item *>(parent.internalPointer()) : m_root.get();
    return size_t(row) < item->children.size() ? indexOf(*item->children[size_t(row)]) : QModelIndex();
}

QModelIndex OutlineModel::parent(const QModelIndex &index) const
{
    if (!index.isValid())
        return {};
    return indexOf(*static_cast<const Item *>(index.internalPointer())->parent);
}

int OutlineModel::rowCount(const QModelIndex &parent) const
{
    if (parent.column() > 0)
        return 0;
    const Item *item = parent.isValid() ? static_cast<const Item *>(parent.internalPointer()) : m_root.get();
    return int(item->children.size());
}

int OutlineModel::columnCount(const QModelIndex &) const
{
    return 1;
}

// Texts

QVariant OutlineModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const Item &item = *static_cast<const Item *>(index.internalPointer());
    const GraphNode *node = nodeOf(item);
    if (role == StepKeyRole)
        return item.identity.key;
    if (!node)
        return {};
    if (item.identity.outcome < 0)
        return stepData(*node, role);
    const Outcome *outcome = outcomeOf(item);
    return outcome ? outcomeData(*outcome, role) : QVariant();
}

QVariant OutlineModel::stepData(const GraphNode &node, int role) const
{
    const QString type = node.type ? node.type->label : oneLine(node.typeName);
    const QString title = node.isTrigger ? type : node.id.isEmpty() ? tr("(no id)") : oneLine(node.id);
    switch (role) {
    case Qt::DisplayRole:
        return title;
    case Qt::EditRole:
        return node.id;
    case Qt::DecorationRole:
        return themedIcon(node.type ? node.type->icon : u"unknown"_s);
    case Qt::AccessibleTextRole:
    case Qt::ToolTipRole: {
        QStringList parts {title};
        if (!node.isTrigger)
            parts.append(type);
        QString summary;
        for (const SummaryPiece &piece : summarise(node, m_document->definition()))
            summary += piece.text;
        if (!summary.trimmed().isEmpty())
            parts.append(oneLine(summary));
        const QString text = parts.join(tr(", "));
        return role == Qt::ToolTipRole ? QString(u"<qt>"_s + text.toHtmlEscaped()) : text;
    }
    case Qt::AccessibleDescriptionRole: {
        QStringList messages;
        for (const Problem &problem : m_document->problems()) {
            if (problem.stepKey == node.key)
                messages.append(problem.message);
        }
        return messages.join(u'\n');
    }
    default:
        return {};
    }
}

QVariant OutlineModel::outcomeData(const Outcome &outcome, int role) const
{
    QString label = oneLine(outcome.label());
    if (label.isEmpty() && outcome.kind == Outcome::Kind::Condition)
        label = oneLine(outcome.expression);
    if (label.isEmpty()) {
        label = outcome.kind == Outcome::Kind::Child ? tr("inside")
            : outcome.kind == Outcome::Kind::Default ? tr("otherwise")
                                                     : tr("next");
    }
    const DefinitionGraph &graph = m_document->graph();
    const QString target = oneLine(outcome.target);
    const bool isThere = !outcome.isOpen() && graph.indexOfId(outcome.target) >= 0;
    switch (role) {
    case OutcomeKeyRole:
        return outcome.key();
    case Qt::DisplayRole:
        if (outcome.kind == Outcome::Kind::Child)
            return label;
        if (outcome.isOpen())
            return tr("%1: open").arg(label);
        return isThere ? tr("%1 → %2").arg(label, target) : tr("%1 → %2 (missing)").arg(label, target);
    case Qt::AccessibleTextRole:
        if (outcome.isOpen())
            return tr("%1, open").arg(label);
        return isThere ? tr("%1, leads to %2").arg(label, target)
                       : tr("%1, leads to %2, which does not exist").arg(label, target);
    case Qt::DecorationRole:
        return themedIcon(outcome.isOpen()             ? u"add"_s
                : outcome.kind == Outcome::Kind::Child ? u"extract"_s
                                                       : u"jump"_s,
            IconTone::Muted);
    case Qt::ToolTipRole:
        return QString(
            u"<qt>"_s + (outcome.expression.isEmpty() ? label : outcome.expression.left(2000)).toHtmlEscaped());
    default:
        return {};
    }
}

bool OutlineModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    if (!index.isValid() || role != Qt::EditRole || !m_editor)
        return false;
    const QString key = index.data(StepKeyRole).toString();
    return value.toString() != index.data(Qt::EditRole).toString() && m_editor->rename(key, value.toString());
}

Qt::ItemFlags OutlineModel::flags(const QModelIndex &index) const
{
    if (!index.isValid())
        return Qt::NoItemFlags;
    const Item &item = *static_cast<const Item *>(index.internalPointer());
    Qt::ItemFlags flags = Qt::ItemIsEnabled | Qt::ItemIsSelectable;
    const bool isStep = item.identity.outcome < 0 && item.identity.key != DefinitionGraph::triggerKey();
    if (isStep && m_editor && m_editor->isEditable())
        flags |= Qt::ItemIsEditable;
    if (m_editor && m_editor->isEditable()) {
        const Outcome *outcome = outcomeOf(item);
        if (isStep || (outcome && outcome->kind != Outcome::Kind::Child))
            flags |= Qt::ItemIsDragEnabled;
        flags |= Qt::ItemIsDropEnabled;
    }
    return flags;
}

} // namespace automation
