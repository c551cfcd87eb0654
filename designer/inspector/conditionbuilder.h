#pragma once

#include "designer/inspector/checkrow.h"

class QComboBox;
class QPushButton;

namespace automation {

// A condition as a list of checks, all or any of which must be true. Reads what is written when it is made of such
// checks, and writes the whole condition anew only where something was changed. GUI thread.
class ConditionBuilder : public QWidget
{
    Q_OBJECT
public:
    explicit ConditionBuilder(QWidget *parent = nullptr);

    void setSubjects(const CheckRow::Subjects &subjects) { m_subjects = subjects; }
    // Shows a condition; false, and nothing is shown, when it is not made of checks. Showing what it wrote last leaves
    // everything as it is, so the cursor stays.
    bool setExpression(const QString &expression);
    // Shows one check that is not filled in yet; nothing is written before it is.
    void start();
    bool isStarted() const { return m_expression.isEmpty() && !m_rows.isEmpty(); }
    // Below the checks, at the end of the line.
    QHBoxLayout *footer() const { return m_footer; }
    // The inputs in tab order, with their accessible names.
    QList<std::pair<QWidget *, QString>> inputs() const;

Q_SIGNALS:
    void edited(const QString &expression);
    void refused(const QString &message);
    // Rows or inputs came or went.
    void inputsChanged();

private:
    bool showInPlace();
    void showJoin();
    void rebuild();
    CheckRow *addRow(const ConditionPart &part);
    void rowsChanged();
    void write();
    void addCheck();
    void removeCheck(CheckRow *row);

    CheckRow::Subjects m_subjects;
    QString m_expression; // as it is shown
    ConditionPart m_condition; // whose parts the rows are when it is a group
    QString m_before; // braces and blanks around the script
    QString m_behind;
    QComboBox *m_join = nullptr;
    QVBoxLayout *m_column = nullptr;
    QList<CheckRow *> m_rows;
    QHBoxLayout *m_footer = nullptr;
    QPushButton *m_add = nullptr;
};

} // namespace automation
