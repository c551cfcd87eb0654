#pragma once

#include "designer/inspector/jsonfieldeditor.h"

class QPushButton;

namespace automation {

class MessagePreview;

// The object whose members have fields of their own in the form: shows what its recipient will see, and all of it as
// JSON on demand, or where it holds something that none of those fields shows. GUI thread.
class ContentFieldEditor : public JsonFieldEditor
{
    Q_OBJECT
public:
    ContentFieldEditor(const InputField &field, QWidget *parent);

    // The inputs of the step's type; they outlive the field.
    void setFields(const QList<InputField> &fields) { m_fields = &fields; }
    void setInputs(const JsonValue &inputs) override;

protected:
    void showValue(const JsonValue *value) override;
    void showLive(const LiveResult::State &state) override;

private:
    void refresh();
    void updatePreview();

    const QList<InputField> *m_fields = nullptr;
    JsonValue m_inputs;
    MessagePreview *m_preview = nullptr;
    QPushButton *m_switch = nullptr;
    QString m_label;
    LiveResult::State m_result;
    bool m_isOpen = false; // the person wants to see the JSON
};

} // namespace automation
