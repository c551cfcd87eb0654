#include "app/panels/instancesmodel.h"

#include "app/session/accountsession.h"
#include "designer/drawing/theme.h"

#include <QFontDatabase>
#include <QIcon>
#include <QLocale>
#include <QPainter>
#include <QPixmap>

namespace automation {

namespace {

QIcon dot(const QColor &color)
{
    // Large enough to be crisp at 300 % scale.
    QPixmap pixmap(36, 36);
    pixmap.setDevicePixelRatio(3);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(color);
    painter.drawEllipse(QRectF(2, 2, 8, 8));
    painter.end();
    QIcon icon(pixmap);
    icon.addPixmap(pixmap, QIcon::Selected); // the same colour in a selected row
    return icon;
}

} // namespace

QString instanceStatusText(const WorkflowInstance &instance)
{
    switch (instance.status) {
    case WorkflowInstance::Status::Runnable:
        return InstancesModel::tr("Runnable");
    case WorkflowInstance::Status::Suspended:
        return InstancesModel::tr("Suspended");
    case WorkflowInstance::Status::Complete:
        return InstancesModel::tr("Complete");
    case WorkflowInstance::Status::Terminated:
        return InstancesModel::tr("Terminated");
    case WorkflowInstance::Status::Unknown:
        break;
    }
    return instance.statusWord;
}

QColor instanceStatusColor(const WorkflowInstance &instance, const Theme &theme)
{
    switch (instance.status) {
    case WorkflowInstance::Status::Runnable:
        return theme.category(u"wait"_qs);
    case WorkflowInstance::Status::Suspended:
        return theme.warning;
    case WorkflowInstance::Status::Complete:
        return theme.ok;
    case WorkflowInstance::Status::Terminated:
        return theme.error;
    case WorkflowInstance::Status::Unknown:
        break;
    }
    return theme.muted;
}

QString elapsedText(qint64 milliseconds)
{
    const qint64 seconds = qMax<qint64>(0, milliseconds) / 1000;
    if (milliseconds < 1000)
        return InstancesModel::tr("%1 ms").arg(qMax<qint64>(0, milliseconds));
    if (seconds < 60)
        return InstancesModel::tr("%1 s").arg(seconds);
    if (seconds < 3600)
        return InstancesModel::tr("%1 min %2 s").arg(seconds / 60).arg(seconds % 60, 2, 10, QLatin1Char('0'));
    if (seconds < 24 * 3600)
        return InstancesModel::tr("%1 h %2 min").arg(seconds / 3600).arg(seconds / 60 % 60, 2, 10, QLatin1Char('0'));
    return InstancesModel::tr("%1 d %2 h").arg(seconds / 86400).arg(seconds / 3600 % 24);
}

QString timeText(const QDateTime &time)
{
    if (!time.isValid())
        return {};
    const QDateTime local = time.toLocalTime();
    const QString clock = local.toString(u"HH:mm:ss"_qs);
    return local.date() == QDate::currentDate() ? clock
                                                : QLocale().toString(local.date(), QLocale::ShortFormat) + u' ' + clock;
}

InstancesModel::InstancesModel(QObject *parent)
    : QAbstractTableModel(parent)
{
    setTheme(Theme::light());
}

void InstancesModel::setTheme(const Theme &theme)
{
    m_colors.clear();
    for (int status = 0; status <= static_cast<int>(WorkflowInstance::Status::Terminated); ++status) {
        WorkflowInstance instance;
        instance.status = static_cast<WorkflowInstance::Status>(status);
        m_colors.append(instanceStatusColor(instance, theme));
    }
    if (rowCount() > 0)
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

void InstancesModel::update(const AccountSession &session)
{
    const QList<WorkflowInstance> &fresh = session.instances();
    QStringList steps;
    for (const WorkflowInstance &instance : fresh)
        steps.append(session.currentStep(instance.id));

    // New instances come at the top; anything else than that is a new list.
    const auto sameIds = [](const QList<WorkflowInstance> &a, qsizetype offset, const QList<WorkflowInstance> &b) {
        if (a.size() - offset != b.size())
            return false;
        for (qsizetype i = 0; i < b.size(); ++i) {
            if (a[i + offset].id != b[i].id)
                return false;
        }
        return true;
    };
    const qsizetype added = fresh.size() - m_instances.size();
    if (added >= 0 && sameIds(fresh, added, m_instances)) {
        if (added > 0) {
            beginInsertRows({}, 0, static_cast<int>(added) - 1);
            m_instances = fresh.mid(0, added) + m_instances;
            m_steps = steps.mid(0, added) + m_steps;
            endInsertRows();
        }
        for (int row = 0; row < fresh.size(); ++row) {
            if (m_instances[row] == fresh[row] && m_steps[row] == steps[row])
                continue;
            m_instances[row] = fresh[row];
            m_steps[row] = steps[row];
            Q_EMIT dataChanged(index(row, 0), index(row, ColumnCount - 1));
        }
        return;
    }
    beginResetModel();
    m_instances = fresh;
    m_steps = steps;
    endResetModel();
}

void InstancesModel::updateDurations()
{
    for (int row = 0; row < m_instances.size(); ++row) {
        if (!m_instances[row].isFinished())
            Q_EMIT dataChanged(index(row, DurationColumn), index(row, DurationColumn), {Qt::DisplayRole});
    }
}

int InstancesModel::rowOf(const QString &instanceId) const
{
    for (int row = 0; row < m_instances.size(); ++row) {
        if (m_instances[row].id == instanceId)
            return row;
    }
    return -1;
}

int InstancesModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_instances.size());
}

int InstancesModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant InstancesModel::data(const QModelIndex &index, int role) const
{
    const WorkflowInstance &instance = m_instances.at(index.row());
    if (role == Qt::DecorationRole && index.column() == StatusColumn)
        return dot(m_colors.at(static_cast<int>(instance.status)));
    if (role == Qt::FontRole && index.column() == IdColumn)
        return QFontDatabase::systemFont(QFontDatabase::FixedFont);
    if (role != Qt::DisplayRole)
        return {};
    switch (index.column()) {
    case StatusColumn:
        return instanceStatusText(instance);
    case IdColumn:
        return instance.id;
    case VersionColumn:
        return tr("v%1").arg(instance.version);
    case StartedColumn:
        return timeText(instance.startedAt);
    case DurationColumn: {
        if (!instance.startedAt.isValid())
            return {};
        const QDateTime end = instance.completedAt.isValid() ? instance.completedAt : QDateTime::currentDateTimeUtc();
        if (!instance.completedAt.isValid() && instance.isFinished())
            return {};
        return elapsedText(instance.startedAt.msecsTo(end));
    }
    case StepColumn:
        return m_steps.at(index.row());
    case SubAccountColumn:
        return instance.data[QLatin1StringView("subAccountId")].toString();
    }
    return {};
}

QVariant InstancesModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case StatusColumn:
        return tr("Status");
    case IdColumn:
        return tr("Instance");
    case VersionColumn:
        return tr("Version");
    case StartedColumn:
        return tr("Started");
    case DurationColumn:
        return tr("Duration");
    case StepColumn:
        return tr("At step");
    case SubAccountColumn:
        return tr("Subaccount");
    }
    return {};
}

} // namespace automation
