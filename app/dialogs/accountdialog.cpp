#include "app/dialogs/accountdialog.h"

#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace automation {

AccountDialog::AccountDialog(const ApiAccount &account, const QString &keyStorage, QWidget *parent)
    : QDialog(parent)
    , m_name(new QLineEdit(account.name))
    , m_url(new QLineEdit(account.baseUrl.isEmpty() ? u"https://automation.8x8.com"_qs : account.baseUrl.toString()))
    , m_accountId(new QLineEdit(account.accountId))
    , m_key(new QLineEdit)
    , m_status(new QLabel)
    , m_save(nullptr)
{
    setWindowTitle(account.name.isEmpty() ? tr("Add account") : tr("Edit account"));
    setMinimumWidth(460);
    m_name->setPlaceholderText(tr("Production"));
    m_accountId->setPlaceholderText(u"acme_1A2b3"_qs);
    m_key->setEchoMode(QLineEdit::Password);
    m_key->setInputMethodHints(Qt::ImhSensitiveData | Qt::ImhNoPredictiveText);
    m_key->setPlaceholderText(account.name.isEmpty() ? QString() : tr("unchanged"));
    auto *form = new QFormLayout;
    form->setSpacing(10);
    form->addRow(tr("Name"), m_name);
    form->addRow(tr("Address"), m_url);
    form->addRow(tr("Account id"), m_accountId);
    form->addRow(tr("API key"), m_key);
    auto *storage = new QLabel(keyStorage);
    storage->setProperty("textRole", u"muted"_qs);
    storage->setWordWrap(true);
    m_status->setTextFormat(Qt::PlainText);
    m_status->setWordWrap(true);
    m_status->setProperty("textRole", u"error"_qs);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
    m_save = buttons->addButton(tr("Save and connect"), QDialogButtonBox::AcceptRole);
    m_save->setProperty("primary", true);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(20, 20, 20, 16);
    layout->setSpacing(12);
    layout->addLayout(form);
    layout->addWidget(storage);
    layout->addWidget(m_status);
    layout->addWidget(buttons);
    for (QLineEdit *edit : {m_name, m_url, m_accountId, m_key})
        connect(edit, &QLineEdit::textChanged, this, &AccountDialog::check);
    check();
}

ApiAccount AccountDialog::account() const
{
    return {m_name->text().trimmed(), QUrl(m_url->text().trimmed(), QUrl::StrictMode), m_accountId->text().trimmed()};
}

QString AccountDialog::key() const
{
    return m_key->text().trimmed();
}

void AccountDialog::check()
{
    QString message;
    const bool keyKnown = !m_key->placeholderText().isEmpty();
    if (m_name->text().trimmed().isEmpty())
        message = tr("Give the account a name.");
    else if (const Result<void> usable = account().check(); !usable)
        message = usable.error().message;
    else if (key().isEmpty() && !keyKnown)
        message = tr("The API key is missing.");
    m_status->setText(message);
    m_save->setEnabled(message.isEmpty());
}

} // namespace automation
