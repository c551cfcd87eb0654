#include "app/settings/accounts.h"

#include <QCoreApplication>

namespace automation {

namespace {

struct Texts
{
    Q_DECLARE_TR_FUNCTIONS(automation::Accounts)
};

const QString arrayKey = QStringLiteral("accounts/list");
const QString lastKey = QStringLiteral("accounts/last");
const QString nameKey = QStringLiteral("name");
const QString urlKey = QStringLiteral("url");
const QString idKey = QStringLiteral("accountId");

} // namespace

Accounts::Accounts(QSettings *settings)
    : m_settings(settings)
{
}

QList<ApiAccount> Accounts::list() const
{
    QList<ApiAccount> accounts;
    const int count = m_settings->beginReadArray(arrayKey);
    for (int i = 0; i < count; ++i) {
        m_settings->setArrayIndex(i);
        ApiAccount account {m_settings->value(nameKey).toString(),
            QUrl(m_settings->value(urlKey).toString(), QUrl::StrictMode), m_settings->value(idKey).toString()};
        // Settings are a file anybody can write into: what could not be saved is not offered either.
        if (!account.name.isEmpty() && account.check())
            accounts.append(std::move(account));
    }
    m_settings->endArray();
    return accounts;
}

std::optional<ApiAccount> Accounts::find(const QString &name) const
{
    for (const ApiAccount &account : list()) {
        if (account.name == name)
            return account;
    }
    return {};
}

Result<void> Accounts::save(const ApiAccount &account)
{
    if (account.name.trimmed().isEmpty())
        return Error {ErrorCode::InvalidArgument, Texts::tr("The account needs a name.")};
    if (Result<void> usable = account.check(); !usable)
        return usable;
    QList<ApiAccount> accounts = list();
    const auto known = std::find_if(
        accounts.begin(), accounts.end(), [&account](const ApiAccount &other) { return other.name == account.name; });
    if (known != accounts.end())
        *known = account;
    else
        accounts.append(account);
    return write(accounts);
}

void Accounts::remove(const QString &name)
{
    QList<ApiAccount> accounts = list();
    accounts.removeIf([&name](const ApiAccount &account) { return account.name == name; });
    write(accounts).isOk();
    if (lastUsed() == name)
        setLastUsed({});
}

QString Accounts::lastUsed() const
{
    return m_settings->value(lastKey).toString();
}

void Accounts::setLastUsed(const QString &name)
{
    m_settings->setValue(lastKey, name);
}

Result<void> Accounts::write(const QList<ApiAccount> &accounts)
{
    m_settings->remove(arrayKey);
    m_settings->beginWriteArray(arrayKey, int(accounts.size()));
    for (int i = 0; i < accounts.size(); ++i) {
        m_settings->setArrayIndex(i);
        m_settings->setValue(nameKey, accounts.at(i).name);
        m_settings->setValue(urlKey, accounts.at(i).baseUrl.toString());
        m_settings->setValue(idKey, accounts.at(i).accountId);
    }
    m_settings->endArray();
    m_settings->sync();
    if (m_settings->status() != QSettings::NoError) {
        return Error {
            ErrorCode::Unwritable, Texts::tr("The accounts cannot be saved in %1.").arg(m_settings->fileName())};
    }
    return {};
}

} // namespace automation
