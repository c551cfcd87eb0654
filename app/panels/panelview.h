#pragma once

#include <QTreeView>

class QAbstractItemModel;
class QStackedWidget;

namespace automation {

class EmptyState;

// A tool tip that shows a text from a file or the service as it is: tool tips take markup for what looks like it.
QString plainToolTip(const QString &text);

// A table for the bottom dock: whole rows, no grid, one header line; and, while the model is empty, a sentence that
// says what would be there. Takes no ownership of the model.
class PanelView : public QWidget
{
    Q_OBJECT
public:
    PanelView(
        const QString &accessibleName, const QString &emptyIcon, const QString &emptyText, QWidget *parent = nullptr);

    QTreeView *table() const { return m_table; }
    void setModel(QAbstractItemModel *model);
    // How the columns divide the width among them, until the person changes one. A share is the width that column has
    // at the sum of all; the last column takes what is left.
    void setColumnShares(const QList<int> &shares);
    void setEmptyText(const QString &text);
    EmptyState *emptyState() const { return m_emptyState; }
    int currentRow() const; // in the view's order; -1 without one

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void showTableOrText();
    void shareWidth();

    QStackedWidget *m_stack;
    QTreeView *m_table;
    EmptyState *m_emptyState;
    QList<int> m_shares;
    bool m_isSharing = false;
};

} // namespace automation
