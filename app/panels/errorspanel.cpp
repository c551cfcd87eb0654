#include "app/panels/errorspanel.h"

#include "app/panels/instancesmodel.h"
#include "app/panels/panelview.h"
#include "app/session/accountsession.h"

#include <QFontDatabase>
#include <QVBoxLayout>

namespace automation {

void ErrorsModel::setErrors(const QList<WorkflowError> &errors)
{
    if (m_errors == errors)
        return;
    beginResetModel();
    m_errors = errors;
    endResetModel();
}

int ErrorsModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_errors.size());
}

int ErrorsModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant ErrorsModel::data(const QModelIndex &index, int role) const
{
    const WorkflowError &error = m_errors.at(index.row());
    if (role == Qt::FontRole && index.column() == InstanceColumn)
        return QFontDatabase::systemFont(QFontDatabase::FixedFont);
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole)
        return {};
    switch (index.column()) {
    case StepColumn:
        return role == Qt::ToolTipRole ? plainToolTip(error.step) : error.step;
    case MessageColumn:
        // One line in the table; the whole text in the tool tip.
        return role == Qt::ToolTipRole ? plainToolTip(error.message) : error.message.simplified();
    case InstanceColumn:
        return role == Qt::ToolTipRole ? plainToolTip(error.instanceId) : error.instanceId;
    case TimeColumn:
        return timeText(error.time);
    }
    return {};
}

QVariant ErrorsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case StepColumn:
        return tr("Step");
    case MessageColumn:
        return tr("Cause");
    case InstanceColumn:
        return tr("Instance");
    case TimeColumn:
        return tr("Time");
    }
    return {};
}

ErrorsPanel::ErrorsPanel(AccountSession *session, QWidget *parent)
    : QWidget(parent)
    , m_session(session)
    , m_view(new PanelView(
          tr("Errors"), u"check"_qs, tr("No errors. When an instance fails, the step and the cause are listed here.")))
{
    m_view->setModel(&m_model);
    m_view->setColumnShares({220, 700, 300, 160});
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_view);

    const auto open = [this](const QModelIndex &index) {
        const WorkflowError error = m_model.errorAt(index.row());
        Q_EMIT errorActivated(error.instanceId, error.step);
    };
    connect(m_view->table(), &QAbstractItemView::clicked, this, open);
    connect(m_view->table(), &QAbstractItemView::activated, this, open);
    connect(session, &AccountSession::errorsChanged, this, [this] {
        m_model.setErrors(m_session->errors());
        Q_EMIT countChanged(count());
    });
    m_model.setErrors(session->errors());
}

int ErrorsPanel::count() const
{
    return m_model.rowCount();
}

} // namespace automation
