#include "app/panels/instancespanel.h"

#include "app/panels/panelview.h"
#include "app/session/accountsession.h"

#include <chrono>
#include <QVBoxLayout>

namespace automation {

InstancesPanel::InstancesPanel(AccountSession *session, QWidget *parent)
    : QWidget(parent)
    , m_session(session)
    , m_view(new PanelView(tr("Instances"), u"play"_qs, {}))
{
    m_view->setModel(&m_model);
    m_view->setColumnShares({190, 320, 110, 180, 170, 240, 240});
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_view);

    connect(session, &AccountSession::instancesChanged, this, &InstancesPanel::refresh);
    connect(session, &AccountSession::errorsChanged, this, &InstancesPanel::refresh); // tell where they stopped
    connect(session, &AccountSession::connectionChanged, this, &InstancesPanel::updateEmptyText);
    connect(m_view->table()->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
        [this](const QModelIndex &current) {
            if (current.isValid())
                m_session->selectInstance(m_model.instanceAt(current.row()).id);
        });
    connect(m_view->table(), &QAbstractItemView::clicked, this,
        [this](const QModelIndex &index) { Q_EMIT instanceActivated(m_model.instanceAt(index.row()).id); });
    connect(m_view->table(), &QAbstractItemView::activated, this,
        [this](const QModelIndex &index) { Q_EMIT instanceActivated(m_model.instanceAt(index.row()).id); });
    connect(m_view->table(), &QWidget::customContextMenuRequested, this, [this](const QPoint &position) {
        if (!selectedInstances().isEmpty())
            Q_EMIT contextMenuRequested(m_view->table()->viewport()->mapToGlobal(position));
    });
    m_clock.setInterval(std::chrono::seconds(1));
    connect(&m_clock, &QTimer::timeout, &m_model, &InstancesModel::updateDurations);
    m_clock.start();
    refresh();
}

void InstancesPanel::setTheme(const Theme &theme)
{
    m_model.setTheme(theme);
}

int InstancesPanel::count() const
{
    return m_model.rowCount();
}

QStringList InstancesPanel::selectedInstances() const
{
    QStringList ids;
    for (const QModelIndex &index : m_view->table()->selectionModel()->selectedRows())
        ids.append(m_model.instanceAt(index.row()).id);
    return ids;
}

void InstancesPanel::refresh()
{
    m_model.update(*m_session);
    const int row = m_model.rowOf(m_session->selectedInstanceId());
    QItemSelectionModel *selection = m_view->table()->selectionModel();
    if (row >= 0 && selection->currentIndex().row() != row) {
        selection->setCurrentIndex(
            m_model.index(row, 0), QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    }
    updateEmptyText();
    Q_EMIT countChanged(count());
}

void InstancesPanel::updateEmptyText()
{
    if (m_session->watchedDefinition().isEmpty())
        m_view->setEmptyText(
            tr("Publish this workflow to see its instances here: status, duration and the step each one is at."));
    else
        m_view->setEmptyText(
            tr("No instances yet. Start one with Test run, or send a message from the Messages panel."));
}

} // namespace automation
