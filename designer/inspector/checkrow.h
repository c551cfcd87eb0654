#pragma once

#include "model/expression/conditionparts.h"

#include <functional>
#include <QWidget>

class QComboBox;
class QHBoxLayout;
class QLabel;
class QLineEdit;
class QToolButton;
class QVBoxLayout;

namespace automation {

// One check of a condition: what is looked at, how, and what with. A part that is itself a group, which has no row of
// its own, is shown as it is written. GUI thread.
class CheckRow : public QWidget
{
    Q_OBJECT
public:
    // Gives the paths that can be looked at; asked when the list is opened.
    using Subjects = std::function<QStringList()>;

    CheckRow(const ConditionPart &part, const Subjects &subjects, QWidget *parent);

    // With its source as long as the person changed nothing.
    const ConditionPart &part() const { return m_part; }
    // Shows another part in the same inputs, so that cursors and focus stay; false when it needs other ones.
    bool setPart(const ConditionPart &part);
    // Everything that takes keys, in tab order, with its accessible name.
    QList<std::pair<QWidget *, QString>> inputs() const { return m_inputs; }
    void setRemovable(bool isRemovable);

Q_SIGNALS:
    void edited();
    void removeRequested();
    // What is typed cannot be taken over, and why; empty when it can again.
    void refused(const QString &message);
    // There are other inputs now.
    void inputsChanged();

private:
    void buildValues();
    QLineEdit *addLine(QLayout *layout, const QString &name, const QString &text, QString ConditionPart::*member,
        const std::function<QString(const QString &)> &refusal = {});
    QComboBox *addChoice(QLayout *layout, const QString &name, const QList<std::pair<QString, QString>> &choices,
        const QString &chosen, QString ConditionPart::*member);
    void chooseCheck(int index);
    void change(const std::function<void(ConditionPart &)> &make);
    void take(QWidget *input, const QString &name);

    ConditionPart m_part;
    QVBoxLayout *m_column = nullptr;
    QHBoxLayout *m_second = nullptr; // the second line
    QComboBox *m_subject = nullptr;
    QComboBox *m_check = nullptr;
    QToolButton *m_remove = nullptr;
    QWidget *m_values = nullptr;
    QToolButton *m_matchCase = nullptr; // of Contains
    QList<std::pair<QLineEdit *, QString ConditionPart::*>> m_lines; // and what each edits
    QList<std::pair<QComboBox *, QString ConditionPart::*>> m_choices;
    QList<std::pair<QWidget *, QString>> m_inputs;
    qsizetype m_fixedInputs = 0; // those that are always there, in front
};

} // namespace automation
