#pragma once

#include "model/validation/problem.h"

#include <QWidget>

class QLabel;
class QPushButton;

namespace automation {

// A problem in words, with its icon and colour, and a link that applies its fix.
class ProblemLabel : public QWidget
{
    Q_OBJECT
public:
    explicit ProblemLabel(QWidget *parent = nullptr);

    void setProblem(const Problem &problem);
    const Problem &problem() const { return m_problem; }
    QString message() const;

Q_SIGNALS:
    void fixRequested(const automation::Problem &problem);

private:
    Problem m_problem;
    QLabel *m_icon = nullptr;
    QLabel *m_text = nullptr;
    QPushButton *m_fix = nullptr;
};

// As many as a form shows at one place; what stands for the others is said in a last one.
QList<Problem> firstProblems(const QList<Problem> &problems);

} // namespace automation
