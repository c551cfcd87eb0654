#pragma once

#include <QWidget>

class QTreeWidget;

namespace automation {

class AccountSession;
class EmptyState;

// The definitions of the connected account. Double-click fetches one into a document.
class DefinitionsPanel : public QWidget
{
    Q_OBJECT
public:
    explicit DefinitionsPanel(AccountSession *session, QWidget *parent = nullptr); // session not owned, outlives this

Q_SIGNALS:
    void openRequested(const QString &definitionId);
    void enableRequested(const QString &definitionId, bool enabled);
    void deleteRequested(const QString &definitionId);
    void connectRequested();

private:
    void refresh();
    void showMenu(const QPoint &position);

    AccountSession *m_session;
    QTreeWidget *m_list;
    EmptyState *m_empty;
};

} // namespace automation
