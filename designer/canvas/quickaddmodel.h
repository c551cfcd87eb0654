#pragma once

#include "model/definition/definitiongraph.h"

#include <QAbstractListModel>

namespace automation {

// What quick-add offers: the step types of the catalogue, then existing steps to connect to, or any other choice;
// filtered by a search text (every word must occur in label, id or description, those that start with it first).
class QuickAddModel : public QAbstractListModel
{
    Q_OBJECT
public:
    struct Entry
    {
        QString typeName; // a step type to add; empty for a connection
        QString stepKey; // a step to connect to
        QString outcomeKey; // a way out of a step
        QString label;
        QString description;
        QString icon;
        QString category;
    };
    enum Role { EntryRole = Qt::UserRole + 1 }; // Entry as QVariant

    using QAbstractListModel::QAbstractListModel;

    // targets: whether existing steps are offered; exceptKey: the step the connection comes from.
    void setContent(const StepCatalog &catalog, const DefinitionGraph &graph, bool targets, const QString &exceptKey);
    void setEntries(const QList<Entry> &entries);
    void setFilter(const QString &text);
    const Entry &entry(int row) const { return m_all.at(m_shown.at(row)); }

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;

private:
    QList<Entry> m_all;
    QList<int> m_shown; // indices into m_all
};

} // namespace automation

Q_DECLARE_METATYPE(automation::QuickAddModel::Entry)
