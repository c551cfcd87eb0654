#pragma once

#include "designer/inspector/fieldeditor.h"

namespace automation {

class ExpressionTextEdit;

// A field that holds any JSON value, as text in colours, with the expressions in it as pills. Each state of the text
// that is JSON is taken over while typing; between two such states the line below says where the text is not JSON.
class JsonFieldEditor : public FieldEditor
{
    Q_OBJECT
public:
    JsonFieldEditor(const InputField &field, QWidget *parent);
    QWidget *input() const override;
    bool commit() override;

protected:
    void showValue(const JsonValue *value) override;
    // What stands below the text while that is JSON.
    void setNote(const QString &note);

private:
    bool textEdited();

    ExpressionTextEdit *m_editor = nullptr;
    QString m_seen; // the text as it was shown or looked at last
    QString m_note;
    bool m_isRefused = false;
};

} // namespace automation
