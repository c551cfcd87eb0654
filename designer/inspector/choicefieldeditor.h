#pragma once

#include "designer/inspector/fieldeditor.h"

class QComboBox;

namespace automation {

// A field with a list of choices. Any other text can be typed where the field allows it, or when the definition
// already holds an expression or an unknown word.
class ChoiceFieldEditor : public FieldEditor
{
    Q_OBJECT
public:
    ChoiceFieldEditor(const InputField &field, QWidget *parent);
    QWidget *input() const override;

protected:
    void showValue(const JsonValue *value) override;

private:
    QComboBox *m_combo = nullptr;
};

} // namespace automation
