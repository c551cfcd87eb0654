#pragma once

#include "model/api/sandboxclient.h"

#include <QAbstractTableModel>
#include <QTimer>
#include <QWidget>

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;

namespace automation {

class AccountSession;
class PanelView;

// What the sandbox sent, as rows, newest first.
class OutboxModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column { TimeColumn, KindColumn, ToColumn, TextColumn, StepColumn, ColumnCount };
    using QAbstractTableModel::QAbstractTableModel;
    void setMessages(QList<OutboxMessage> messages); // newest last, as the service answers
    const OutboxMessage &messageAt(int row) const { return m_messages.at(row); }

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QList<OutboxMessage> m_messages;
};

// The Messages tab: the other side of the conversation, in a rehearsal. Sends a message as a customer would and
// lists what the workflow sent. Only with the local sandbox.
class MessagesPanel : public QWidget
{
    Q_OBJECT
public:
    explicit MessagesPanel(AccountSession *session, QWidget *parent = nullptr); // session not owned, outlives this
    // Presets of the form, for the trigger of the open workflow and the sender of a test run.
    void setChannel(const QString &channel); // "sms", "whatsapp", …
    // Who an instance talks to: their number, and their id on the channel when it is another one (webhook version 3).
    void setContact(const QString &number, const QString &channelUserId = {});

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    void send();
    void updateEnabled();

    AccountSession *m_session;
    OutboxModel m_model;
    PanelView *m_view;
    QComboBox *m_channel;
    QLineEdit *m_from;
    QLineEdit *m_text;
    QPushButton *m_send;
    QString m_contactNumber;
    QString m_contactId;
    QTimer m_poll; // while the panel is visible
};

} // namespace automation
