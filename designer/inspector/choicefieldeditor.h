#pragma once

#include "designer/inspector/fieldeditor.h"

class QComboBox;

namespace automation {

// A field with a list of choices, or none where it need not be set. Any other text can be typed where the field allows
// it, or when the definition already holds an expression or an unknown word.
class ChoiceFieldEditor : public FieldEditor
{
    Q_OBJECT
public:
    ChoiceFieldEditor(const InputField &field, QWidget *parent);
    QWidget *input() const override;

protected:
    void showValue(const JsonValue *value) override;

private:
    void choose(const QString &word);

    QComboBox *m_combo = nullptr;
    int m_ownCount = 0; // entries for what can be chosen at any time
};

} // namespace automation
