#pragma once

#include "designer/inspector/fieldeditor.h"
#include "model/definition/smscount.h"

class QLineEdit;
class QPlainTextEdit;

namespace automation {

class MessagePreview;

// A field of text: one line, several lines, a duration with its reading in words, or a number. A value that is
// no text (an object, say) is shown as JSON and edited as such, so it is never turned into text by accident. Below the
// text of an SMS stands what its recipient will read.
class TextFieldEditor : public FieldEditor
{
    Q_OBJECT
public:
    enum class Kind { Line, Lines, Duration, Integer, Number };

    TextFieldEditor(const InputField &field, Kind kind, QWidget *parent);
    QWidget *input() const override;
    void setInputs(const JsonValue &inputs) override;

protected:
    void showValue(const JsonValue *value) override;
    void showLive(const LiveResult::State &state) override;

private:
    QString text() const;
    void textEdited();
    void updateHint();
    void fitHeight();
    void updatePreview();
    QString smsHint(const QString &text, bool isWhole) const;

    Kind m_kind;
    std::optional<SmsEncoding> m_encoding; // that the step asks for
    QLineEdit *m_line = nullptr;
    QPlainTextEdit *m_lines = nullptr;
    MessagePreview *m_preview = nullptr;
    QString m_seen; // the text as it was shown or looked at last
    bool m_isTextByNow = false; // a number that the definition holds as a text stays one
    LiveResult::State m_result; // of the expressions in the text
};

} // namespace automation
