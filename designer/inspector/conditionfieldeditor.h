#pragma once

#include "designer/inspector/textfieldeditor.h"

class QToolButton;

namespace automation {

class ConditionBuilder;

// A field of a condition: a list of checks where the condition is made of such, else, or where the person prefers it,
// the expression as text. Looking at it changes nothing.
class ConditionFieldEditor : public TextFieldEditor
{
    Q_OBJECT
public:
    ConditionFieldEditor(const InputField &field, QWidget *parent);
    QWidget *input() const override;

protected:
    void showValue(const JsonValue *value) override;

private:
    void showChecks(bool isWanted);
    void adoptChecks();
    QStringList subjects() const;
    QString expression() const;

    ConditionBuilder *m_checks = nullptr;
    QToolButton *m_switch = nullptr;
    bool m_asText = false; // what the person prefers
};

} // namespace automation
