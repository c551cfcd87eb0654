#include "designer/canvas/quickaddmodel.h"

#include <algorithm>

namespace automation {

void QuickAddModel::setContent(
    const StepCatalog &catalog, const DefinitionGraph &graph, bool targets, const QString &exceptKey)
{
    QList<Entry> entries;
    for (const StepType &type : catalog.steps())
        entries.append({type.name, {}, {}, type.label, type.description, type.icon, type.category});
    if (targets) {
        for (const GraphNode &node : graph.nodes()) {
            if (node.isTrigger || node.key == exceptKey || node.id.isEmpty())
                continue;
            const QString type = node.type ? node.type->label : node.typeName.left(80).simplified();
            entries.append({{}, node.key, {}, tr("Connect to “%1”").arg(node.id.left(80).simplified()),
                tr("An existing step · %1").arg(type), QStringLiteral("jump"),
                node.type ? node.type->category : QString()});
        }
    }
    setEntries(entries);
}

void QuickAddModel::setEntries(const QList<Entry> &entries)
{
    beginResetModel();
    m_all = entries;
    m_shown.clear();
    endResetModel();
    setFilter({});
}

void QuickAddModel::setFilter(const QString &text)
{
    const QStringList words = text.simplified().split(u' ', Qt::SkipEmptyParts);
    beginResetModel();
    m_shown.clear();
    QList<std::pair<int, int>> ranked; // rank, index
    for (qsizetype i = 0; i < m_all.size(); ++i) {
        const Entry &entry = m_all.at(i);
        int rank = 0;
        bool fits = true;
        for (const QString &word : words) {
            if (entry.label.startsWith(word, Qt::CaseInsensitive))
                continue;
            if (entry.label.contains(word, Qt::CaseInsensitive) || entry.typeName.contains(word, Qt::CaseInsensitive))
                rank += 1;
            else if (entry.description.contains(word, Qt::CaseInsensitive))
                rank += 2;
            else
                fits = false;
        }
        if (fits)
            ranked.append({rank, int(i)});
    }
    std::stable_sort(ranked.begin(), ranked.end(), [](const auto &a, const auto &b) { return a.first < b.first; });
    for (const auto &[rank, index] : ranked)
        m_shown.append(index);
    endResetModel();
}

int QuickAddModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_shown.size());
}

QVariant QuickAddModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= m_shown.size())
        return {};
    const Entry &e = entry(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return e.label;
    case Qt::AccessibleTextRole:
        return tr("%1, %2").arg(e.label, e.description);
    case EntryRole:
        return QVariant::fromValue(e);
    default:
        return {};
    }
}

} // namespace automation
