#pragma once

#include "model/api/apiaccount.h"

#include <QDialog>

class QLabel;
class QLineEdit;
class QPushButton;

namespace automation {

// Asks for an account of the service: name, address, account id and key. The key leaves only through key().
class AccountDialog : public QDialog
{
    Q_OBJECT
public:
    // keyStorage: a sentence that says where the key will be kept.
    explicit AccountDialog(const ApiAccount &account, const QString &keyStorage, QWidget *parent = nullptr);
    ApiAccount account() const;
    QString key() const; // empty = keep the one that is stored

private:
    void check();

    QLineEdit *m_name;
    QLineEdit *m_url;
    QLineEdit *m_accountId;
    QLineEdit *m_key;
    QLabel *m_status;
    QPushButton *m_save;
};

} // namespace automation
