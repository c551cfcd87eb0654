#include "app/panels/definitionspanel.h"

#include "app/panels/panelview.h"
#include "app/session/accountsession.h"
#include "designer/style/emptystate.h"
#include "designer/style/themedicon.h"

#include <QHeaderView>
#include <QMenu>
#include <QTreeWidget>
#include <QVBoxLayout>

namespace automation {

DefinitionsPanel::DefinitionsPanel(AccountSession *session, QWidget *parent)
    : QWidget(parent)
    , m_session(session)
    , m_list(new QTreeWidget)
    , m_empty(new EmptyState(u"cloud"_qs, {}))
{
    m_list->setAccessibleName(tr("Definitions of the account"));
    m_list->setColumnCount(2);
    m_list->setHeaderHidden(true);
    m_list->setRootIsDecorated(false);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setContextMenuPolicy(Qt::CustomContextMenu);
    m_list->header()->setStretchLastSection(false);
    m_list->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    m_list->header()->setSectionResizeMode(1, QHeaderView::ResizeToContents);
    m_list->header()->setMinimumSectionSize(20);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 4, 0, 0);
    layout->addWidget(m_list);
    layout->addWidget(m_empty, 1);

    connect(m_list, &QTreeWidget::itemActivated, this,
        [this](QTreeWidgetItem *item) { Q_EMIT openRequested(item->data(0, Qt::UserRole).toString()); });
    connect(m_list, &QWidget::customContextMenuRequested, this, &DefinitionsPanel::showMenu);
    connect(m_empty, &EmptyState::actionRequested, this, &DefinitionsPanel::connectRequested);
    connect(session, &AccountSession::definitionsChanged, this, &DefinitionsPanel::refresh);
    connect(session, &AccountSession::connectionChanged, this, &DefinitionsPanel::refresh);
    refresh();
}

void DefinitionsPanel::refresh()
{
    const QString current = m_list->currentItem() ? m_list->currentItem()->data(0, Qt::UserRole).toString() : QString();
    m_list->clear();
    for (const DefinitionInfo &info : m_session->definitions()) {
        auto *item
            = new QTreeWidgetItem({info.name.isEmpty() ? tr("(no name)") : info.name, tr("v%1").arg(info.version)});
        item->setIcon(0,
            themedIcon(info.isEnabled() ? u"play"_qs : u"pause"_qs, info.isEnabled() ? IconTone::Ok : IconTone::Muted));
        item->setData(0, Qt::UserRole, info.id);
        item->setToolTip(0, plainToolTip(info.name + u"\n"_qs + info.trigger + u", "_qs + info.status));
        m_list->addTopLevelItem(item);
        if (info.id == current)
            m_list->setCurrentItem(item);
    }
    const bool empty = m_list->topLevelItemCount() == 0;
    m_list->setVisible(!empty);
    m_empty->setVisible(empty);
    const bool connected = m_session->state() == AccountSession::State::Connected;
    m_empty->setSentence(connected ? tr("This account has no definitions yet. Publish one to see it here.")
                                   : tr("The definitions of an account are listed here once you are connected."));
    m_empty->setActionText(connected ? QString() : tr("Connect to the sandbox"));
}

void DefinitionsPanel::showMenu(const QPoint &position)
{
    const QTreeWidgetItem *item = m_list->itemAt(position);
    const DefinitionInfo *info = item ? m_session->definition(item->data(0, Qt::UserRole).toString()) : nullptr;
    if (!info)
        return;
    const QString id = info->id;
    const bool enabled = info->isEnabled();
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(themedIcon(u"open"_qs), tr("Open"), this, [this, id] { Q_EMIT openRequested(id); });
    menu->addAction(themedIcon(enabled ? u"pause"_qs : u"play"_qs), enabled ? tr("Disable") : tr("Enable"), this,
        [this, id, enabled] { Q_EMIT enableRequested(id, !enabled); });
    menu->addSeparator();
    menu->addAction(themedIcon(u"delete"_qs), tr("Delete…"), this, [this, id] { Q_EMIT deleteRequested(id); });
    menu->popup(m_list->viewport()->mapToGlobal(position));
}

} // namespace automation
