#include "app/panels/startpanel.h"

#include "designer/style/sectionlabel.h"
#include "designer/style/themedicon.h"
#include "model/api/apiaccount.h"

#include <QFileInfo>
#include <QLabel>
#include <QToolButton>
#include <QVBoxLayout>

namespace automation {

namespace {

void clear(QVBoxLayout *layout)
{
    while (QLayoutItem *item = layout->takeAt(0)) {
        if (QWidget *widget = item->widget())
            widget->deleteLater();
        delete item;
    }
}

QToolButton *row(const QIcon &icon, QString text)
{
    auto *button = new QToolButton;
    button->setIcon(icon);
    button->setText(text.replace(u'&', u"&&"_qs)); // a name is no mnemonic
    button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    button->setAutoRaise(true);
    button->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    button->setFocusPolicy(Qt::TabFocus);
    return button;
}

} // namespace

StartPanel::StartPanel(QWidget *parent)
    : QWidget(parent)
    , m_files(new QVBoxLayout)
    , m_accounts(new QVBoxLayout)
{
    m_files->setSpacing(2);
    m_accounts->setSpacing(2);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(12, 12, 12, 12);
    layout->setSpacing(6);
    layout->addWidget(new SectionLabel(tr("Recent")));
    layout->addLayout(m_files);
    layout->addSpacing(8);
    layout->addWidget(new SectionLabel(tr("Accounts")));
    layout->addLayout(m_accounts);
    layout->addStretch();
}

void StartPanel::setRecentFiles(const QStringList &paths)
{
    clear(m_files);
    for (const QString &path : paths) {
        QToolButton *button = row(themedIcon(u"file"_qs, IconTone::Muted), QFileInfo(path).fileName());
        button->setToolTip(QString(u"<qt>"_qs + path.toHtmlEscaped() + u"</qt>"_qs));
        connect(button, &QToolButton::clicked, this, [this, path] { Q_EMIT fileRequested(path); });
        m_files->addWidget(button);
    }
    if (paths.isEmpty()) {
        auto *none = new QLabel(tr("Files you open are listed here."));
        none->setProperty("textRole", u"muted"_qs);
        none->setWordWrap(true);
        m_files->addWidget(none);
    }
}

void StartPanel::setAccounts(const QList<ApiAccount> &accounts, const QString &connected, bool sandboxConnected)
{
    clear(m_accounts);
    QToolButton *sandbox = row(
        themedIcon(u"sandbox"_qs, sandboxConnected ? IconTone::Ok : IconTone::Muted), tr("Sandbox (this computer)"));
    connect(sandbox, &QToolButton::clicked, this, &StartPanel::sandboxRequested);
    m_accounts->addWidget(sandbox);
    for (const ApiAccount &account : accounts) {
        const bool active = !sandboxConnected && account.name == connected;
        QToolButton *button = row(themedIcon(u"cloud"_qs, active ? IconTone::Ok : IconTone::Muted), account.name);
        connect(button, &QToolButton::clicked, this, [this, name = account.name] { Q_EMIT accountRequested(name); });
        m_accounts->addWidget(button);
    }
    QToolButton *add = row(themedIcon(u"add"_qs, IconTone::Accent), tr("Add account…"));
    connect(add, &QToolButton::clicked, this, &StartPanel::addAccountRequested);
    m_accounts->addWidget(add);
}

} // namespace automation
