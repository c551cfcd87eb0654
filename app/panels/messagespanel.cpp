#include "app/panels/messagespanel.h"

#include "app/panels/instancesmodel.h"
#include "app/panels/panelview.h"
#include "app/session/accountsession.h"

#include <chrono>
#include <QComboBox>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace automation {

void OutboxModel::setMessages(QList<OutboxMessage> messages)
{
    std::reverse(messages.begin(), messages.end());
    const auto sameId = [](const OutboxMessage &a, const OutboxMessage &b) { return a.id == b.id; };
    if (std::equal(messages.begin(), messages.end(), m_messages.begin(), m_messages.end(), sameId))
        return;
    beginResetModel();
    m_messages = std::move(messages);
    endResetModel();
}

int OutboxModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_messages.size());
}

int OutboxModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant OutboxModel::data(const QModelIndex &index, int role) const
{
    const OutboxMessage &message = m_messages.at(index.row());
    if (role == Qt::ToolTipRole && index.column() == TextColumn)
        return plainToolTip(message.text);
    if (role != Qt::DisplayRole)
        return {};
    switch (index.column()) {
    case TimeColumn:
        return timeText(message.time);
    case KindColumn:
        return message.kind;
    case ToColumn: // a number is read from left to right everywhere
        return QGuiApplication::isRightToLeft() ? QString(QChar(0x200E) + message.to) : message.to;
    case TextColumn:
        return message.text.simplified();
    case StepColumn:
        return message.stepName;
    }
    return {};
}

QVariant OutboxModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case TimeColumn:
        return tr("Sent");
    case KindColumn:
        return tr("As");
    case ToColumn:
        return tr("To");
    case TextColumn:
        return tr("Text");
    case StepColumn:
        return tr("By step");
    }
    return {};
}

MessagesPanel::MessagesPanel(AccountSession *session, QWidget *parent)
    : QWidget(parent)
    , m_session(session)
    , m_view(new PanelView(tr("Messages sent"), u"message"_qs, {}))
    , m_channel(new QComboBox)
    , m_from(new QLineEdit)
    , m_text(new QLineEdit)
    , m_send(new QPushButton(tr("Send")))
{
    const std::pair<QString, QString> channels[] = {{u"whatsapp"_qs, tr("WhatsApp")}, {u"sms"_qs, tr("SMS")},
        {u"viber"_qs, tr("Viber")}, {u"line"_qs, tr("LINE")}, {u"RCS"_qs, tr("RCS")}};
    for (const auto &[word, label] : channels)
        m_channel->addItem(label, word);
    m_channel->setAccessibleName(tr("Channel"));
    m_from->setAccessibleName(tr("From"));
    m_from->setPlaceholderText(tr("From, e.g. +6591234567"));
    m_from->setText(u"+6591234567"_qs);
    m_from->setMaximumWidth(180);
    m_text->setAccessibleName(tr("Message text"));
    m_text->setPlaceholderText(tr("Write as the customer: starts workflows or answers a wait"));
    m_send->setProperty("primary", true);

    auto *form = new QHBoxLayout;
    form->setContentsMargins(12, 8, 12, 8);
    form->setSpacing(8);
    form->addWidget(m_channel);
    form->addWidget(m_from);
    form->addWidget(m_text, 1);
    form->addWidget(m_send);

    m_view->setModel(&m_model);
    m_view->setColumnShares({120, 160, 220, 760, 240});
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(form);
    layout->addWidget(m_view, 1);

    connect(m_send, &QPushButton::clicked, this, &MessagesPanel::send);
    connect(m_text, &QLineEdit::returnPressed, this, &MessagesPanel::send);
    connect(m_text, &QLineEdit::textChanged, this, &MessagesPanel::updateEnabled);
    connect(m_from, &QLineEdit::textChanged, this, &MessagesPanel::updateEnabled);
    connect(session, &AccountSession::connectionChanged, this, &MessagesPanel::updateEnabled);
    connect(session, &AccountSession::outboxFetched, this,
        [this](const QList<OutboxMessage> &messages) { m_model.setMessages(messages); });
    connect(session, &AccountSession::inboundSent, m_session, &AccountSession::fetchOutbox);
    connect(session, &AccountSession::instancesChanged, this, [this] {
        if (isVisible() && m_session->isSandbox() && m_session->state() == AccountSession::State::Connected)
            m_session->fetchOutbox();
    });
    m_poll.setInterval(std::chrono::seconds(2));
    connect(&m_poll, &QTimer::timeout, this, [this] {
        if (m_session->isSandbox() && m_session->state() == AccountSession::State::Connected)
            m_session->fetchOutbox();
    });
    updateEnabled();
}

void MessagesPanel::setChannel(const QString &channel)
{
    const int index = m_channel->findData(channel, Qt::UserRole, Qt::MatchFixedString);
    if (index >= 0)
        m_channel->setCurrentIndex(index);
}

void MessagesPanel::setContact(const QString &number, const QString &channelUserId)
{
    if (number.isEmpty())
        return;
    m_contactNumber = number;
    m_contactId = channelUserId;
    m_from->setText(number);
}

void MessagesPanel::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    m_poll.start();
    if (m_session->isSandbox() && m_session->state() == AccountSession::State::Connected)
        m_session->fetchOutbox();
}

void MessagesPanel::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    m_poll.stop();
}

void MessagesPanel::send()
{
    if (!m_send->isEnabled())
        return;
    InboundMessage message;
    const QString channel = m_channel->currentData().toString();
    message.kind = channel == u"sms" ? InboundMessage::Kind::Sms : InboundMessage::Kind::Chat;
    message.channel = message.kind == InboundMessage::Kind::Chat ? channel : QString();
    message.from = m_from->text().trimmed();
    if (message.kind == InboundMessage::Kind::Chat && message.from == m_contactNumber)
        message.channelUserId = m_contactId;
    message.text = m_text->text();
    m_session->sendInbound(message);
    m_text->clear();
}

void MessagesPanel::updateEnabled()
{
    const bool usable = m_session->isSandbox() && m_session->state() == AccountSession::State::Connected;
    m_channel->setEnabled(usable);
    m_from->setEnabled(usable);
    m_text->setEnabled(usable);
    m_send->setEnabled(usable && !m_from->text().trimmed().isEmpty() && !m_text->text().isEmpty());
    m_view->setEmptyText(m_session->isSandbox()
            ? tr("Nothing was sent yet. Messages of your workflows come here instead of going to people.")
            : tr("With the sandbox you can be the customer here: send a message, read the answers."));
}

} // namespace automation
