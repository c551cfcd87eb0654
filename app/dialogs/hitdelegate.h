#pragma once

#include <QStyledItemDelegate>

namespace automation {

// Shows the text of a hit with the hit itself marked (SearchResults::MarkRole).
class HitDelegate : public QStyledItemDelegate
{
    Q_OBJECT
public:
    explicit HitDelegate(QObject *parent = nullptr);
    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
};

} // namespace automation
