#include "designer/outline/outlinemodel.h"

#include "designer/canvas/canvaseditor.h"
#include "designer/canvas/floworder.h"
#include "designer/style/themedicon.h"

#include <algorithm>
#include <QAccessible>

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
    QList<Outcome> outcomes; // of a step, as its rows say them
};

struct OutlineModel::Order
{
    explicit Order(const DefinitionGraph &graph)
    {
        const FlowOrder flow = nestedFlowOrder(graph);
        top.reserve(flow.nodes.size());
        for (int node : flow.nodes) {
            const int parent = flow.parents[size_t(node)];
            if (parent < 0)
                top.append(node);
            else
                nested[{parent, graph.nodes().at(node).sequence}].append(node);
        }
    }

    QList<int> top; // nodes in no container
    QHash<std::pair<int, int>, QList<int>> nested; // nodes by container and its sequence
};

OutlineModel::OutlineModel(QObject *parent)
    : QAbstractItemModel(parent)
    , m_root(std::make_unique<Item>())
{
    m_nextPart.setSingleShot(true);
    connect(&m_nextPart, &QTimer::timeout, this, &OutlineModel::listNextPart);
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
    m_dangling.clear();
    m_root = std::make_unique<Item>();
    m_nextPart.stop();
    m_toList.reset();
    m_listed = StepsATurn;
    endResetModel();
    if (!document)
        return;
    m_steps.reserve(document->graph().nodes().size());
    connect(document, &WorkflowDocument::changed, this, &OutlineModel::takeChange);
    connect(document, &WorkflowDocument::problemsChanged, this, [this] {
        // Nothing that is painted; views look at each row even so.
        if (QAccessible::isActive() && !m_root->children.empty())
            Q_EMIT dataChanged(
                indexOf(*m_root->children.front()), indexOf(*m_root->children.back()), {Qt::AccessibleDescriptionRole});
    });
    connect(document, &QObject::destroyed, this, [this] { setDocument(nullptr); });
    sync({});
}

void OutlineModel::takeChange(const DocumentChange &change)
{
    QStringList keys = change.stepKeys;
    if (change.triggerChanged)
        keys.append(DefinitionGraph::triggerKey());
    if (change.structureChanged || change.everything || m_toList)
        sync(QSet<QString>(keys.begin(), keys.end()));
    else
        tellOf(QSet<QString>(keys.begin(), keys.end()));
}

void OutlineModel::tellOf(const QSet<QString> &steps)
{
    constexpr qsizetype Few = 100; // beyond it, views are quicker with one look at all
    if (steps.size() > Few && !m_root->children.empty()) {
        Q_EMIT dataChanged(indexOf(*m_root->children.front()), indexOf(*m_root->children.back()));
        return;
    }
    for (const QString &key : steps) {
        const Item *item = m_steps.value(key);
        if (!item)
            continue;
        Q_EMIT dataChanged(indexOf(*item), indexOf(*item));
        if (!item->children.empty())
            Q_EMIT dataChanged(indexOf(*item->children.front()), indexOf(*item->children.back()));
    }
}

// changed: steps whose own rows may say something else. What leads elsewhere, and what leads to a step that came or
// went, is found here.
void OutlineModel::sync(QSet<QString> changed)
{
    const DefinitionGraph &graph = m_document->graph();
    const bool wasListing = m_toList != nullptr;
    auto order = std::make_unique<const Order>(graph);
    if (order->top.size() > m_listed) {
        syncSteps(*m_root, order->top.first(m_listed), *order, &changed);
        m_toList = std::move(order);
        m_nextPart.start(0);
    } else {
        m_listed = std::numeric_limits<qsizetype>::max() / 2; // all are; what comes later comes at once
        syncSteps(*m_root, order->top, *order, &changed);
        m_nextPart.stop();
        m_toList.reset();
    }
    QSet<std::pair<QString, int>> dangling;
    for (const auto &[node, outcome] : graph.danglingOutcomes())
        dangling.insert({graph.nodes().at(node).key, outcome});
    for (const QSet<std::pair<QString, int>> &some : {m_dangling - dangling, dangling - m_dangling}) {
        for (const auto &[key, outcome] : some)
            changed.insert(key);
    }
    m_dangling = dangling;
    tellOf(changed);
    if (wasListing && !m_toList)
        Q_EMIT allListed();
}

// Of the graph as it was at the last sync(), which any change repeats until all are listed.
void OutlineModel::listNextPart()
{
    const QList<int> &steps = m_toList->top;
    const auto first = qsizetype(m_root->children.size());
    m_listed += StepsATurn;
    std::vector<std::unique_ptr<Item>> fresh;
    for (qsizetype i = first; i < std::min(m_listed, steps.size()); ++i)
        fresh.push_back(madeStep(steps.at(i), *m_root, int(i), *m_toList));
    const bool isLast = m_listed >= steps.size();
    if (!isLast)
        m_nextPart.start(0);
    addRows(*m_root, size_t(first), std::move(fresh));
    if (!isLast)
        return;
    m_toList.reset();
    m_listed = std::numeric_limits<qsizetype>::max() / 2;
    Q_EMIT allListed();
}

// A row with all that is below it, not yet in the tree.
std::unique_ptr<OutlineModel::Item> OutlineModel::made(const Identity &identity, Item &parent, int row) const
{
    auto item = std::make_unique<Item>();
    item->identity = identity;
    item->parent = &parent;
    item->row = row;
    return item;
}

std::unique_ptr<OutlineModel::Item> OutlineModel::madeStep(int node, Item &parent, int row, const Order &order) const
{
    const GraphNode &step = m_document->graph().nodes().at(node);
    std::unique_ptr<Item> item = made({step.key, -1}, parent, row);
    item->outcomes = step.outcomes;
    item->children.reserve(size_t(step.outcomes.size()));
    for (int i = 0; i < step.outcomes.size(); ++i) {
        item->children.push_back(made({step.key, i}, *item, i));
        Item &outcome = *item->children.back();
        for (int child : inside(node, i, order))
            outcome.children.push_back(madeStep(child, outcome, int(outcome.children.size()), order));
    }
    return item;
}

// The steps below a way out: those of a container's sequence.
QList<int> OutlineModel::inside(int node, int outcome, const Order &order) const
{
    const Outcome &way = m_document->graph().nodes().at(node).outcomes.at(outcome);
    return way.kind == Outcome::Kind::Child ? order.nested.value({node, way.sequence}) : QList<int>();
}

// What is the same at both ends stays, what is between is replaced.
void OutlineModel::syncSteps(Item &item, const QList<int> &wanted, const Order &order, QSet<QString> *changed)
{
    const QList<GraphNode> &nodes = m_document->graph().nodes();
    auto &present = item.children;
    const size_t count = size_t(wanted.size());
    const auto isSame = [&](size_t row, size_t place) {
        const QString &own = present[row]->identity.key;
        const QString &key = nodes.at(wanted.at(qsizetype(place))).key;
        return own.isSharedWith(key) || own == key; // mostly the very text of before
    };
    size_t front = 0;
    while (front < std::min(present.size(), count) && isSame(front, front))
        ++front;
    size_t back = 0;
    while (back < std::min(present.size(), count) - front && isSame(present.size() - 1 - back, count - 1 - back))
        ++back;
    if (front + back + 1 == present.size() && front + back + 1 == count)
        front += takeName(*present[front], nodes.at(wanted.at(qsizetype(front))).key) ? 1 : 0;
    takeRows(item, front, present.size() - back);
    for (size_t i = 0; i < present.size(); ++i)
        syncStep(*present[i], wanted.at(qsizetype(i < front ? i : count - present.size() + i)), order, changed);
    std::vector<std::unique_ptr<Item>> fresh;
    for (size_t i = front; i < count - back; ++i)
        fresh.push_back(madeStep(wanted.at(qsizetype(i)), item, int(i), order));
    addRows(item, front, std::move(fresh));
}

void OutlineModel::syncStep(Item &item, int node, const Order &order, QSet<QString> *changed)
{
    const GraphNode &step = m_document->graph().nodes().at(node);
    // A graph hands the outcomes of steps that stayed on.
    const bool isSame = item.outcomes.isSharedWith(step.outcomes);
    if (isSame && step.children.isEmpty())
        return;
    if (!isSame) {
        changed->insert(step.key);
        item.outcomes = step.outcomes;
        const auto count = size_t(step.outcomes.size());
        takeRows(item, std::min(count, item.children.size()), item.children.size());
        std::vector<std::unique_ptr<Item>> fresh;
        for (size_t i = item.children.size(); i < count; ++i)
            fresh.push_back(made({step.key, int(i)}, item, int(i)));
        addRows(item, item.children.size(), std::move(fresh));
    }
    for (int i = 0; i < step.outcomes.size(); ++i)
        syncSteps(*item.children[size_t(i)], inside(node, i, order), order, changed);
}

void OutlineModel::takeRows(Item &item, size_t first, size_t end)
{
    if (first >= end)
        return;
    auto &rows = item.children;
    beginRemoveRows(indexOf(item), int(first), int(end) - 1);
    for (size_t i = first; i < end; ++i)
        forget(*rows[i]);
    rows.erase(rows.begin() + qsizetype(first), rows.begin() + qsizetype(end));
    for (size_t i = first; i < rows.size(); ++i)
        rows[i]->row = int(i);
    endRemoveRows();
}

void OutlineModel::addRows(Item &item, size_t first, std::vector<std::unique_ptr<Item>> fresh)
{
    if (fresh.empty())
        return;
    auto &rows = item.children;
    const size_t end = first + fresh.size();
    beginInsertRows(indexOf(item), int(first), int(end) - 1);
    rows.insert(
        rows.begin() + qsizetype(first), std::make_move_iterator(fresh.begin()), std::make_move_iterator(fresh.end()));
    for (size_t i = first; i < end; ++i)
        remember(*rows[i]);
    for (size_t i = end; i < rows.size(); ++i)
        rows[i]->row = int(i);
    endInsertRows();
}

// One row in the place of another whose step is no more: it has another name, its row stays.
bool OutlineModel::takeName(Item &item, const QString &key)
{
    if (m_steps.contains(key) || m_document->graph().indexOfKey(item.identity.key) >= 0)
        return false;
    m_steps.remove(item.identity.key);
    m_steps.insert(key, &item);
    item.identity.key = key;
    for (const std::unique_ptr<Item> &outcome : item.children)
        outcome->identity.key = key;
    return true;
}

void OutlineModel::remember(Item &item)
{
    if (item.identity.outcome < 0)
        m_steps.insert(item.identity.key, &item);
    for (const std::unique_ptr<Item> &child : item.children)
        remember(*child);
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

bool OutlineModel::isStep(const QModelIndex &index)
{
    return static_cast<const Item *>(index.internalPointer())->identity.outcome < 0;
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
    // What is asked of each of thousands of selected rows needs no look at its step.
    if (role == StepKeyRole)
        return item.identity.key;
    if (role == OutcomeKeyRole && item.identity.outcome < 0)
        return {};
    const GraphNode *node = nodeOf(item);
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
    // Views ask this of every row: what the rows say is enough, nothing is looked up.
    static const QString trigger = DefinitionGraph::triggerKey();
    const int number = item.identity.outcome;
    const bool isStep = number < 0 && item.identity.key != trigger;
    if (m_editor && m_editor->isEditable()) {
        if (isStep)
            flags |= Qt::ItemIsEditable;
        const QList<Outcome> &ways = item.parent->outcomes;
        const bool isWay = number >= 0 && number < ways.size() && ways.at(number).kind != Outcome::Kind::Child;
        if (isStep || isWay)
            flags |= Qt::ItemIsDragEnabled;
        flags |= Qt::ItemIsDropEnabled;
    }
    return flags;
}

} // namespace automation
