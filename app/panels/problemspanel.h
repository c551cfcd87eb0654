#pragma once

#include "model/document/workflowdocument.h"

#include <QAbstractTableModel>
#include <QColor>
#include <QPointer>
#include <QWidget>

namespace automation {

class PanelView;
struct Theme;

// The problems of one document as rows.
class ProblemsModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column { MessageColumn, StepColumn, RuleColumn, FixColumn, ColumnCount };
    using QAbstractTableModel::QAbstractTableModel;

    void setProblems(const QList<Problem> &problems);
    const Problem &problemAt(int row) const { return m_problems.at(row); }

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    void setTheme(const Theme &theme);

private:
    QList<Problem> m_problems;
    QColor m_error;
    QColor m_warning;
    QColor m_muted;
    QColor m_link;
};

// The Problems tab: what is wrong with the current document, where, and a fix to click.
class ProblemsPanel : public QWidget
{
    Q_OBJECT
public:
    explicit ProblemsPanel(QWidget *parent = nullptr);
    void setDocument(WorkflowDocument *document); // nullptr = none; not owned
    void setTheme(const Theme &theme);
    int count() const;

Q_SIGNALS:
    void countChanged(int count);
    // The person wants to see the place of a problem.
    void placeRequested(const QString &stepKey, const automation::JsonPointer &pointer);
    void failed(const QString &message);

private:
    void refresh();
    void openRow(const QModelIndex &index);

    QPointer<WorkflowDocument> m_document;
    ProblemsModel m_model;
    PanelView *m_view;
};

} // namespace automation
