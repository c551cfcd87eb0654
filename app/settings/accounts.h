#pragma once

#include "model/api/apiaccount.h"

#include <optional>
#include <QList>
#include <QSettings>

namespace automation {

// The accounts a person saved: name, address, account id, never a key (see KeyStore). A thin layer over QSettings;
// use on the GUI thread.
class Accounts
{
public:
    explicit Accounts(QSettings *settings); // not owned, outlives this

    QList<ApiAccount> list() const; // in the order they were added; unreadable entries are left out
    std::optional<ApiAccount> find(const QString &name) const;
    // Adds or, for a known name, replaces. An error when the account cannot be used (ApiAccount::check) or stored.
    Result<void> save(const ApiAccount &account);
    void remove(const QString &name);

    QString lastUsed() const; // name; empty = none
    void setLastUsed(const QString &name);

private:
    Result<void> write(const QList<ApiAccount> &accounts);

    QSettings *m_settings;
};

} // namespace automation
