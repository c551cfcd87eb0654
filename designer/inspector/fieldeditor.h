#pragma once

#include "designer/inspector/expressioncompleter.h"
#include "designer/inspector/liveresult.h"
#include "model/definition/stepcatalog.h"
#include "model/validation/problem.h"

#include <optional>
#include <QPointer>
#include <QWidget>

class QLabel;
class QVBoxLayout;

namespace automation {

class WrappedText;

// One field of a form: label, editor, a quiet hint and the problems of its value. Shows a JSON value and reports a new
// one; never changes a definition itself. What it was told last (setValue) is never overwritten on the screen by the
// same value again, so the cursor stays while a person types. GUI thread.
class FieldEditor : public QWidget
{
    Q_OBJECT
public:
    // The editor that fits the field of a step type.
    static FieldEditor *create(const InputField &field, QWidget *parent);

    // The value in the definition; nullptr when it has none.
    void setValue(const JsonValue *value);
    // The inputs of the step the field is one of, for what depends on others; call it before setValue().
    virtual void setInputs(const JsonValue &inputs) { Q_UNUSED(inputs) }
    // The problems of this field, shown below it; a problem with a fix gets a link.
    virtual void setProblems(const QList<Problem> &problems);
    void setLabelText(const QString &text);
    // What can be read in expressions that are written here; without it, none is offered.
    void setCompletions(const ExpressionCompleter::Provider &provider) { m_completions = provider; }
    // Shows from now on what the value's expressions give with the sample, evaluated by stepData's evaluator. Call it
    // before the first setValue(). stepData outlives the field.
    virtual void setLive(StepData *stepData, const std::function<StepData::Sample()> &sample);
    // What takes the keys.
    virtual QWidget *input() const = 0;
    // What takes them for the part of the value that a pointer into the definition leads to.
    virtual QWidget *inputAt(const JsonPointer &pointer) const
    {
        Q_UNUSED(pointer)
        return input();
    }
    // Takes over what is typed but not yet reported. False when it cannot be understood; then it stays on the screen.
    virtual bool commit() { return true; }

Q_SIGNALS:
    // The person changed the value; no value = the member shall go.
    void edited(const std::optional<automation::JsonValue> &value);
    // The person came to this field: edits from now on are one undo step.
    void visited();
    void fixRequested(const automation::Problem &problem);
    void undoRequested();
    void redoRequested();

protected:
    FieldEditor(const InputField &field, QWidget *parent);

    // Puts the value on the screen. Must not report it as an edit.
    virtual void showValue(const JsonValue *value) = 0;
    // Whether the value is small enough to be shown and edited here without a wait; what is not is named instead.
    virtual bool canShow(const JsonValue &value) const;

    // The result of the expressions is another; shows it in a line below the field.
    virtual void showLive(const LiveResult::State &state);
    // A text in that line, with the name of the sample as a link to choose another one behind it.
    void setLiveLine(const QString &text, bool isFailure, bool isDoubtful, const QString &source);

    const InputField &field() const { return m_field; }
    ExpressionCompleter::Source completions() const
    {
        return m_completions ? m_completions() : ExpressionCompleter::Source();
    }
    const JsonValue *value() const { return m_value ? &*m_value : nullptr; }
    QVBoxLayout *body() const { return m_body; }
    // Prepares a widget for keys: accessible name, tool tip, placeholder help, visits and the document's undo keys.
    void adopt(QWidget *widget, const QString &accessibleName = {});
    // Reports an edit, unless it is what the definition holds already.
    void submit(const std::optional<JsonValue> &value);
    // Reports the text as fits a field of text: an empty one takes a member away that was not there before.
    void submitText(const QString &text);
    void setHint(const QString &text, bool isError = false);
    // One label a problem in a layout that holds nothing else.
    void showProblems(QVBoxLayout *layout, const QList<Problem> &problems);
    // Gives a widget of the field the focus without beginning a new visit: what is typed there goes with the last edit.
    void focusWithinVisit(QWidget *widget);
    bool isWithinVisit() const { return m_staysOnVisit; }

    void changeEvent(QEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void updateLabel();
    void updateSeverity();
    void chooseSource(const QPoint &globalPosition);

    InputField m_field;
    std::optional<JsonValue> m_value;
    ExpressionCompleter::Provider m_completions;
    bool m_shown = false; // showValue() was called at least once
    bool m_isTooLarge = false; // the editor shows nothing and takes no edits
    bool m_existedAtVisit = false;
    bool m_staysOnVisit = false;
    QLabel *m_label = nullptr;
    QWidget *m_area = nullptr; // of the body
    QVBoxLayout *m_body = nullptr;
    QLabel *m_hint = nullptr;
    LiveResult *m_live = nullptr;
    WrappedText *m_liveLine = nullptr;
    QVBoxLayout *m_problemLayout = nullptr;
    QList<Problem> m_problems;
    QList<QPointer<QWidget>> m_adopted;
};

} // namespace automation
