#pragma once

#include <QList>
#include <QStringList>

namespace automation {

// What is done to one input of a condition's checks, and what the condition says then.
struct CheckEdit
{
    const char *input = nullptr; // its object name; "switch_…": the expression behind the checks
    int number = 0; // among those of the same name
    const char *text
        = nullptr; // typed or chosen from the list; empty = pressed, or the next entry, which %1 stands for
    const char *expected = nullptr;
};

struct ConditionEdits
{
    QString field;
    QStringList keys; // to it, below the step
    QList<CheckEdit> edits;
};

// For the conditions of a step of everyform.json: each input of each check.
QList<ConditionEdits> conditionEdits(const QString &stepId);

} // namespace automation
