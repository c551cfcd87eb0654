#pragma once

#include "model/validation/availabledata.h"

#include <QStandardItemModel>
#include <QStyledItemDelegate>

namespace automation {

// The clipboard's and a drag's form of a path into data, beside the text {{data.x}}: editors that know it put only the
// path where an expression is open already.
inline QString dataPathMimeType()
{
    return QStringLiteral("application/x-automation-data-path");
}

// What data holds at a step, as a tree of members: an item an entry. GUI thread.
class DataTreeModel : public QStandardItemModel
{
    Q_OBJECT
public:
    enum Role {
        PathRole = Qt::UserRole + 1, // "data.payload.user"
        EntryRole, // index in entries()
        DetailRole, // what stands at the right: the sample, else the type
        DoubtRole // not there on every path
    };

    using QStandardItemModel::QStandardItemModel;

    void setEntries(const QList<AvailableData> &entries);
    const QList<AvailableData> &entries() const { return m_entries; }
    // The sample value of an entry with the chosen example; null when there is none.
    void setSample(qsizetype entry, const JsonValue &value);
    JsonValue sample(qsizetype entry) const { return m_samples.value(entry); }
    QModelIndex indexOfPath(const QString &path) const;

    bool setData(const QModelIndex &index, const QVariant &value, int role) override;
    QStringList mimeTypes() const override;
    QMimeData *mimeData(const QModelIndexList &indexes) const override;
    Qt::DropActions supportedDragActions() const override { return Qt::CopyAction; }

Q_SIGNALS:
    // The person gave a variable another name.
    void renameRequested(const QString &variable, const QString &newName);

private:
    QList<AvailableData> m_entries;
    QHash<qsizetype, JsonValue> m_samples;
    QHash<QString, QStandardItem *> m_items; // by path
};

// A name in the script's font and at the right what is known of it.
class DataTreeDelegate : public QStyledItemDelegate
{
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
};

// "text", "number", … for people; empty when it cannot be told.
QString dataTypeInWords(const QString &type);

} // namespace automation
