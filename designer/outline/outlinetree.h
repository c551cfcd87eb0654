#pragma once

#include <QTreeView>

namespace automation {

// The tree of an outline: unfolds branches and containers by themselves, and says which keys were pressed that are
// neither the tree's own nor an action's. GUI thread.
class OutlineTree : public QTreeView
{
    Q_OBJECT
public:
    explicit OutlineTree(QWidget *parent = nullptr);

    // Rows as one selection; the first becomes the current one and is shown. None ends the selection.
    void select(const QModelIndexList &rows);

    void setModel(QAbstractItemModel *model) override;
    void doItemsLayout() override;

Q_SIGNALS:
    void editRequested(); // Enter
    void addRequested(); // Insert

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    void unfold(const QModelIndex &parent, int first, int last);
    void unfoldRow(const QModelIndex &row);
    void unfoldAlone(const QModelIndex &row);

    bool m_isLaidOut = false; // rows of the start, while others are yet to be listed behind them
};

} // namespace automation
