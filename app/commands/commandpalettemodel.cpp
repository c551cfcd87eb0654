#include "app/commands/commandpalettemodel.h"

#include "app/commands/fuzzymatch.h"
#include "designer/style/themedicon.h"
#include "model/definition/definitiongraph.h"

#include <algorithm>
#include <QAction>
#include <QMenu>

namespace automation {

namespace {

constexpr int deepestMenu = 5;

// "&Save as…" → "Save as…"; "&&" is one "&".
QString plainText(const QString &text)
{
    QString plain;
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (text.at(i) == u'&') {
            if (i + 1 < text.size() && text.at(i + 1) == u'&')
                plain += text.at(++i);
            continue;
        }
        plain += text.at(i);
    }
    return plain;
}

} // namespace

void CommandPaletteModel::addActions(const QList<QAction *> &actions, const QString &path, int depth)
{
    for (QAction *action : actions) {
        if (action->isSeparator() || !action->isVisible() || depth > deepestMenu)
            continue;
        const QString title = plainText(action->text());
        if (QMenu *menu = action->menu()) {
            // Menus that are filled when they open.
            if (menu->actions().isEmpty() || menu->objectName() == u"changeTypeMenu")
                QMetaObject::invokeMethod(menu, "aboutToShow");
            addActions(menu->actions(), path.isEmpty() ? title : tr("%1 › %2").arg(path, title), depth + 1);
            continue;
        }
        Entry entry;
        entry.id = u"action:"_qs + (action->objectName().isEmpty() ? path + u'/' + title : action->objectName());
        entry.action = action;
        entry.title = title;
        entry.detail = path;
        entry.shortcut = action->shortcut().toString(QKeySequence::NativeText);
        entry.icon = action->icon();
        entry.isEnabled = action->isEnabled();
        m_all.append(entry);
    }
}

void CommandPaletteModel::setContent(
    const QList<QAction *> &menus, const DefinitionGraph *graph, const QStringList &recent)
{
    m_all.clear();
    m_recent = recent;
    addActions(menus, {}, 0);
    for (const GraphNode &node : graph ? graph->nodes() : QList<GraphNode>()) {
        Entry entry;
        entry.id = u"step:"_qs + node.key;
        entry.stepKey = node.key;
        const QString type = node.type ? node.type->label : node.typeName.left(80).simplified();
        entry.title = node.isTrigger ? type : node.id.left(200).simplified();
        entry.detail = node.isTrigger ? tr("Go to the trigger") : tr("Go to step · %1").arg(type);
        entry.icon = node.type ? themedIcon(node.type->icon) : themedIcon(u"unknown"_qs);
        m_all.append(entry);
    }
    setFilter({});
}

void CommandPaletteModel::setFilter(const QString &text)
{
    constexpr int OfTitle = 1000; // a fit in the title beats any in the path
    constexpr int OfRecent = 12;
    struct Ranked
    {
        int score;
        qsizetype index;
        QList<int> marked;
    };
    QList<Ranked> ranked;
    const bool all = text.trimmed().isEmpty();
    for (qsizetype i = 0; i < m_all.size(); ++i) {
        const Entry &entry = m_all.at(i);
        const qsizetype recent = m_recent.indexOf(entry.id);
        if (all) {
            // Steps come by name only, else they would bury the actions.
            if (entry.stepKey.isEmpty() || recent >= 0)
                ranked.append({recent < 0 ? 0 : int(m_recent.size() - recent), i, {}});
            continue;
        }
        const int bonus = recent < 0 ? 0 : OfRecent;
        if (const std::optional<FuzzyMatch> match = fuzzyMatch(text, entry.title)) {
            ranked.append({OfTitle + match->score + bonus, i, match->positions});
            continue;
        }
        // Some letters of anything are somewhere in a path.
        const QString path = entry.title + u' ' + entry.detail;
        const std::optional<FuzzyMatch> wide = fuzzyMatch(text, path);
        if (wide && beginsAtWords(*wide, path))
            ranked.append({wide->score + bonus, i, {}});
    }
    std::stable_sort(ranked.begin(), ranked.end(), [this](const Ranked &a, const Ranked &b) {
        const bool first = m_all.at(a.index).isEnabled;
        const bool second = m_all.at(b.index).isEnabled;
        return first != second ? first : a.score > b.score;
    });
    beginResetModel();
    m_shown.clear();
    for (const Ranked &item : ranked.first(std::min(ranked.size(), MostShown))) {
        m_shown.append(m_all.at(item.index));
        m_shown.last().marked = item.marked;
    }
    endResetModel();
}

int CommandPaletteModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_shown.size());
}

QVariant CommandPaletteModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= m_shown.size())
        return {};
    const Entry &e = m_shown.at(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return e.title;
    case Qt::AccessibleTextRole:
        return e.shortcut.isEmpty() ? tr("%1, %2").arg(e.title, e.detail)
                                    : tr("%1, %2, %3").arg(e.title, e.detail, e.shortcut);
    case EntryRole:
        return QVariant::fromValue(e);
    default:
        return {};
    }
}

Qt::ItemFlags CommandPaletteModel::flags(const QModelIndex &index) const
{
    if (!index.isValid() || index.row() >= m_shown.size())
        return Qt::NoItemFlags;
    return m_shown.at(index.row()).isEnabled ? Qt::ItemIsEnabled | Qt::ItemIsSelectable : Qt::ItemIsSelectable;
}

} // namespace automation
