#pragma once

#include "designer/inspector/fieldeditor.h"

class QPlainTextEdit;

namespace automation {

// A field that holds any JSON value, as text. Each state of the text that is JSON is taken over while typing; between
// two such states the line below says where the text is not JSON.
class JsonFieldEditor : public FieldEditor
{
    Q_OBJECT
public:
    JsonFieldEditor(const InputField &field, QWidget *parent);
    QWidget *input() const override;
    bool commit() override;

protected:
    void showValue(const JsonValue *value) override;

private:
    bool textEdited();

    QPlainTextEdit *m_editor = nullptr;
};

} // namespace automation
