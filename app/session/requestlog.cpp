#include "app/session/requestlog.h"

#include <QLocale>

namespace automation {

RequestLog::RequestLog(QObject *parent, int capacity)
    : QAbstractTableModel(parent)
    , m_capacity(std::max(1, capacity))
{
}

int RequestLog::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_records.size());
}

int RequestLog::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant RequestLog::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= int(m_records.size()))
        return {};
    const RequestRecord &entry = m_records[size_t(index.row())];
    switch (role) {
    case FailedRole:
        return !entry.error.isEmpty();
    case StatusRole:
        return entry.status;
    case MillisecondsRole:
        return entry.milliseconds;
    case Qt::ToolTipRole:
        return entry.error.isEmpty() ? QVariant() : QVariant(entry.error.toHtmlEscaped());
    case Qt::TextAlignmentRole:
        return index.column() == StatusColumn || index.column() == DurationColumn
            ? QVariant(int(Qt::AlignRight | Qt::AlignVCenter))
            : QVariant();
    case Qt::DisplayRole:
        break;
    default:
        return {};
    }
    switch (index.column()) {
    case TimeColumn:
        return entry.startedAt.toLocalTime().toString(QStringLiteral("HH:mm:ss.zzz"));
    case MethodColumn:
        return entry.attempt > 1 ? tr("%1 (try %2)").arg(entry.method).arg(entry.attempt) : entry.method;
    case PathColumn:
        return entry.path;
    case StatusColumn:
        return entry.status > 0 ? QString::number(entry.status) : QStringLiteral("–");
    case DurationColumn:
        return tr("%1 ms").arg(QLocale().toString(entry.milliseconds));
    case MessageColumn:
        return entry.error;
    default:
        return {};
    }
}

QVariant RequestLog::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case TimeColumn:
        return tr("Time");
    case MethodColumn:
        return tr("Method");
    case PathColumn:
        return tr("Path");
    case StatusColumn:
        return tr("Status");
    case DurationColumn:
        return tr("Duration");
    case MessageColumn:
        return tr("Message");
    default:
        return {};
    }
}

const RequestRecord &RequestLog::record(int row) const
{
    return m_records[size_t(row)];
}

void RequestLog::add(const RequestRecord &record)
{
    if (int(m_records.size()) >= m_capacity) {
        beginRemoveRows({}, m_capacity - 1, int(m_records.size()) - 1);
        m_records.resize(size_t(m_capacity) - 1);
        endRemoveRows();
    }
    beginInsertRows({}, 0, 0);
    m_records.push_front(record);
    endInsertRows();
}

void RequestLog::clear()
{
    beginResetModel();
    m_records.clear();
    endResetModel();
}

} // namespace automation
