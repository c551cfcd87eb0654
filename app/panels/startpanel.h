#pragma once

#include <QWidget>

class QVBoxLayout;

namespace automation {

struct ApiAccount;

// The left dock while no document is open: files opened lately and the accounts.
class StartPanel : public QWidget
{
    Q_OBJECT
public:
    explicit StartPanel(QWidget *parent = nullptr);
    void setRecentFiles(const QStringList &paths);
    // connected: name of the connected account, sandboxConnected for the local one.
    void setAccounts(const QList<ApiAccount> &accounts, const QString &connected, bool sandboxConnected);

Q_SIGNALS:
    void fileRequested(const QString &path);
    void sandboxRequested();
    void accountRequested(const QString &name);
    void addAccountRequested();

private:
    QVBoxLayout *m_files;
    QVBoxLayout *m_accounts;
};

} // namespace automation
