#pragma once

#include <QAbstractListModel>
#include <QIcon>
#include <QPointer>

class QAction;

namespace automation {

class DefinitionGraph;

// What the command palette offers: the actions of the menus and the steps of the open document, filtered by a few
// typed letters (see fuzzyMatch), those used recently first.
class CommandPaletteModel : public QAbstractListModel
{
    Q_OBJECT
public:
    struct Entry
    {
        QString id; // to remember it by
        QPointer<QAction> action; // null for a step
        QString stepKey;
        QString title;
        QString detail; // menu path or step type
        QString shortcut;
        QIcon icon;
        bool isEnabled = true;
        QList<int> marked; // letters of the title that fit
    };
    enum Role { EntryRole = Qt::UserRole + 1 };
    static constexpr qsizetype MostShown = 300;
    static constexpr qsizetype MostRecent = 20;

    using QAbstractListModel::QAbstractListModel;

    // recent: ids, the newest first.
    void setContent(const QList<QAction *> &menus, const DefinitionGraph *graph, const QStringList &recent);
    void setFilter(const QString &text);
    const Entry &entry(int row) const { return m_shown.at(row); }

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;

private:
    void addActions(const QList<QAction *> &actions, const QString &path, int depth);

    QList<Entry> m_all;
    QList<Entry> m_shown;
    QStringList m_recent;
};

} // namespace automation

Q_DECLARE_METATYPE(automation::CommandPaletteModel::Entry)
