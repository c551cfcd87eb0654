#pragma once

#include "model/api/apivalues.h"

#include <QAbstractTableModel>
#include <QWidget>

namespace automation {

class AccountSession;
class PanelView;

// Why instances of the watched definition failed, as rows, newest first.
class ErrorsModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column { StepColumn, MessageColumn, InstanceColumn, TimeColumn, ColumnCount };
    using QAbstractTableModel::QAbstractTableModel;

    void setErrors(const QList<WorkflowError> &errors);
    const WorkflowError &errorAt(int row) const { return m_errors.at(row); }

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QList<WorkflowError> m_errors;
};

// The Errors tab. A click leads to the failed step on the drawing.
class ErrorsPanel : public QWidget
{
    Q_OBJECT
public:
    explicit ErrorsPanel(AccountSession *session, QWidget *parent = nullptr); // session not owned, outlives this
    int count() const;

Q_SIGNALS:
    void countChanged(int count);
    void errorActivated(const QString &instanceId, const QString &stepId);

private:
    AccountSession *m_session;
    ErrorsModel m_model;
    PanelView *m_view;
};

} // namespace automation
