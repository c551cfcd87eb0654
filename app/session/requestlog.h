#pragma once

#include "model/api/clientoptions.h"

#include <deque>
#include <QAbstractTableModel>

namespace automation {

// The requests made to the service, newest first, at most so many. Never holds headers, bodies or the key.
class RequestLog : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column { TimeColumn, MethodColumn, PathColumn, StatusColumn, DurationColumn, MessageColumn, ColumnCount };
    enum Role { FailedRole = Qt::UserRole, StatusRole, MillisecondsRole };

    explicit RequestLog(QObject *parent = nullptr, int capacity = 500);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

    const RequestRecord &record(int row) const; // row must be valid

public slots:
    void add(const automation::RequestRecord &record);
    void clear();

private:
    std::deque<RequestRecord> m_records; // newest first
    int m_capacity;
};

} // namespace automation
