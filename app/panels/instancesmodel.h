#pragma once

#include "model/api/apivalues.h"

#include <QAbstractTableModel>
#include <QColor>

namespace automation {

class AccountSession;
struct Theme;

// "Runnable", "Suspended", … for people, with the service's own word when it is a new one.
QString instanceStatusText(const WorkflowInstance &instance);
QColor instanceStatusColor(const WorkflowInstance &instance, const Theme &theme);
// "31 s", "1 min 17 s", "2 h 05 min"
QString elapsedText(qint64 milliseconds);
// "09:33:06" today, with the date on other days; local time.
QString timeText(const QDateTime &time);

// The instances of the watched definition as rows, newest first. Rows keep their identity while values change, so
// that a selection stays.
class InstancesModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column {
        StatusColumn,
        IdColumn,
        VersionColumn,
        StartedColumn,
        DurationColumn,
        StepColumn,
        SubAccountColumn,
        ColumnCount
    };

    explicit InstancesModel(QObject *parent = nullptr);
    void setTheme(const Theme &theme);
    void update(const AccountSession &session);
    void updateDurations(); // of those still running
    const WorkflowInstance &instanceAt(int row) const { return m_instances.at(row); }
    int rowOf(const QString &instanceId) const; // -1 when not there

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QList<WorkflowInstance> m_instances;
    QStringList m_steps; // current step of each
    QList<QColor> m_colors; // by WorkflowInstance::Status
};

} // namespace automation
