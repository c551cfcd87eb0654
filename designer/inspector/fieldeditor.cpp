#include "designer/inspector/fieldeditor.h"

#include "designer/inspector/choicefieldeditor.h"
#include "designer/inspector/conditionfieldeditor.h"
#include "designer/inspector/contentfieldeditor.h"
#include "designer/inspector/editortools.h"
#include "designer/inspector/jsonfieldeditor.h"
#include "designer/inspector/listfieldeditor.h"
#include "designer/inspector/membersfieldeditor.h"
#include "designer/inspector/problemlabel.h"
#include "designer/inspector/textfieldeditor.h"
#include "designer/inspector/wrappedtext.h"
#include "designer/style/applicationstyle.h"

#include <QEvent>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPlainTextEdit>
#include <QVBoxLayout>

namespace automation {

FieldEditor *FieldEditor::create(const InputField &field, QWidget *parent)
{
    switch (field.editor) {
    case InputField::Editor::Expression:
        return new ConditionFieldEditor(field, parent);
    case InputField::Editor::MultilineText:
        return new TextFieldEditor(field, TextFieldEditor::Kind::Lines, parent);
    case InputField::Editor::Duration:
        return new TextFieldEditor(field, TextFieldEditor::Kind::Duration, parent);
    case InputField::Editor::Integer:
        return new TextFieldEditor(field, TextFieldEditor::Kind::Integer, parent);
    case InputField::Editor::Number:
        return new TextFieldEditor(field, TextFieldEditor::Kind::Number, parent);
    case InputField::Editor::Choice:
        return new ChoiceFieldEditor(field, parent);
    case InputField::Editor::KeyValue:
        return new MembersFieldEditor(field, {}, parent);
    case InputField::Editor::List:
        return new ListFieldEditor(field, parent);
    case InputField::Editor::Content:
        return new ContentFieldEditor(field, parent);
    case InputField::Editor::Json:
        return new JsonFieldEditor(field, parent);
    case InputField::Editor::Text:
    case InputField::Editor::PhoneNumber:
    case InputField::Editor::Url:
        break;
    }
    return new TextFieldEditor(field, TextFieldEditor::Kind::Line, parent);
}

FieldEditor::FieldEditor(const InputField &field, QWidget *parent)
    : QWidget(parent)
    , m_field(field)
    , m_label(new QLabel(this))
    , m_area(new QWidget(this))
    , m_body(new QVBoxLayout(m_area))
    , m_hint(new QLabel(this))
    , m_problemLayout(new QVBoxLayout)
{
    setObjectName(QStringLiteral("field_") + field.name);
    m_label->setProperty("textRole", QStringLiteral("field"));
    m_label->setToolTip(field.help);
    m_hint->setTextFormat(Qt::PlainText);
    m_hint->setWordWrap(true);
    m_hint->hide();
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addWidget(m_label);
    m_body->setContentsMargins(0, 0, 0, 0);
    m_body->setSpacing(4);
    layout->addWidget(m_area);
    layout->addWidget(m_hint);
    m_problemLayout->setSpacing(2);
    layout->addLayout(m_problemLayout);
    updateLabel();
}

void FieldEditor::setValue(const JsonValue *value)
{
    const std::optional<JsonValue> next = value ? std::optional<JsonValue>(*value) : std::nullopt;
    if (m_shown && next == m_value)
        return;
    m_value = next;
    m_shown = true;
    m_isTooLarge = false;
    const bool isTooLarge = value && !canShow(*value);
    m_area->setVisible(!isTooLarge);
    showValue(value && !isTooLarge ? &*m_value : nullptr);
    if (isTooLarge)
        setHint(tr("Too large for a form: it is kept as it is, and edited on the JSON page."));
    m_isTooLarge = isTooLarge;
    if (m_live)
        m_live->setValue(isTooLarge ? nullptr : this->value());
}

bool FieldEditor::canShow(const JsonValue &value) const
{
    constexpr qsizetype most = 50'000; // characters; laying out a text ten times as long takes half a second
    return isSmallerThan(most, value);
}

void FieldEditor::setProblems(const QList<Problem> &problems)
{
    m_problems = problems;
    showProblems(m_problemLayout, problems);
    updateSeverity();
    if (m_live)
        showLive(m_live->state());
}

void FieldEditor::showProblems(QVBoxLayout *layout, const QList<Problem> &all)
{
    const QList<Problem> problems = firstProblems(all);
    const auto isSame = [](const Problem &a, const Problem &b) {
        return a.message == b.message && a.severity == b.severity && a.fixText == b.fixText;
    };
    const auto label = [layout](int index) { return static_cast<ProblemLabel *>(layout->itemAt(index)->widget()); };
    bool areSame = layout->count() == problems.size();
    for (int i = 0; areSame && i < problems.size(); ++i)
        areSame = isSame(label(i)->problem(), problems.at(i));
    if (areSame) {
        for (int i = 0; i < problems.size(); ++i) // the same words, but the fix may have new places
            label(i)->setProblem(problems.at(i));
        return;
    }
    while (QLayoutItem *item = layout->takeAt(0)) {
        item->widget()->hide();
        item->widget()->deleteLater();
        delete item;
    }
    for (const Problem &problem : problems) {
        auto *fresh = new ProblemLabel(this);
        fresh->setProblem(problem);
        connect(fresh, &ProblemLabel::fixRequested, this, &FieldEditor::fixRequested);
        layout->addWidget(fresh);
    }
}

void FieldEditor::setLabelText(const QString &text)
{
    m_field.label = text;
    updateLabel();
}

void FieldEditor::adopt(QWidget *widget, const QString &accessibleName)
{
    widget->setAccessibleName(accessibleName.isEmpty() ? m_field.label : accessibleName);
    if (!m_field.help.isEmpty()) {
        widget->setToolTip(m_field.help);
        widget->setAccessibleDescription(m_field.help);
    }
    widget->installEventFilter(this);
    const auto source = [this] { return completions(); };
    ExpressionCompleter *completer = nullptr;
    if (auto *line = qobject_cast<QLineEdit *>(widget))
        completer = new ExpressionCompleter(line, source);
    else if (auto *lines = qobject_cast<QPlainTextEdit *>(widget))
        completer = new ExpressionCompleter(lines, source);
    if (completer)
        completer->setWholeExpression(m_field.editor == InputField::Editor::Expression);
    m_adopted.removeAll(nullptr); // rows that went
    m_adopted.append(widget);
    if (!m_label->buddy())
        m_label->setBuddy(widget);
}

void FieldEditor::submit(const std::optional<JsonValue> &value)
{
    // Before it has shown the definition's value an editor cannot know of another one.
    if (!m_shown || m_isTooLarge || value == m_value)
        return;
    // First, so that the echo of the document's change leaves the editor alone.
    m_value = value;
    if (m_live)
        m_live->setValue(this->value());
    Q_EMIT edited(value);
}

void FieldEditor::submitText(const QString &text)
{
    if (text.isEmpty() && !m_field.required && !m_existedAtVisit)
        submit(std::nullopt);
    else
        submit(JsonValue(text));
}

void FieldEditor::setLive(StepData *stepData, const std::function<StepData::Sample()> &sample)
{
    const LiveResult::Kind kind = m_field.editor == InputField::Editor::Expression ? LiveResult::Kind::Condition
        : m_field.editor == InputField::Editor::KeyValue                           ? LiveResult::Kind::Members
                                                                                   : LiveResult::Kind::Whole;
    m_live = new LiveResult(stepData, sample, kind, this);
    m_liveLine = new WrappedText(this);
    m_liveLine->setObjectName(QStringLiteral("live_") + m_field.name);
    m_liveLine->hide();
    auto *column = static_cast<QVBoxLayout *>(layout());
    column->insertWidget(column->indexOf(m_hint) + 1, m_liveLine);
    connect(m_live, &LiveResult::stateChanged, this, [this] { showLive(m_live->state()); });
    connect(m_liveLine, &WrappedText::linkActivated, this, &FieldEditor::chooseSource);
}

void FieldEditor::showLive(const LiveResult::State &state)
{
    using Phase = LiveResult::State::Phase;
    const bool isFailure = state.phase == Phase::Failed;
    const bool isSaidAlready = (state.phase == Phase::Expected || (isFailure && state.isOfSyntax))
        && std::any_of(m_problems.cbegin(), m_problems.cend(),
            [](const Problem &problem) { return problem.severity == Problem::Severity::Error; });
    if (state.phase == Phase::None || isSaidAlready) {
        setLiveLine({}, false, false, {});
        return;
    }
    const QString text = state.note.isEmpty() ? state.text
        : state.text.isEmpty()                ? state.note
                                              : tr("%1 · %2").arg(state.text, state.note);
    const bool isDoubtful = state.phase == Phase::Unknown || state.phase == Phase::Working || state.text.isEmpty();
    setLiveLine(text, isFailure, isDoubtful, state.source);
    if (state.phase == Phase::Expected)
        m_liveLine->makeBlank();
}

void FieldEditor::setLiveLine(const QString &text, bool isFailure, bool isDoubtful, const QString &source)
{
    if (text.isEmpty() && source.isEmpty()) {
        m_liveLine->hide();
        return;
    }
    // The source's name is looked for from the end, as texts can hold anything.
    const QString named = source.isEmpty() ? QString() : tr("sample: %1").arg(source);
    const bool isBoth = !text.isEmpty() && !source.isEmpty();
    const QString between = !isBoth ? QString() : text.contains(u'\n') ? QStringLiteral("\n") : tr(" · ");
    m_liveLine->setText(text + between + named);
    m_liveLine->setTone(isFailure ? WrappedText::Tone::Error
            : isDoubtful          ? WrappedText::Tone::Muted
                                  : WrappedText::Tone::Ok);
    m_liveLine->setToolTip(source.isEmpty() ? QString() : tr("Click the sample's name to choose another one."));
    if (!source.isEmpty())
        m_liveLine->setLink(m_liveLine->text().lastIndexOf(source), source.size());
    m_liveLine->show();
}

void FieldEditor::chooseSource(const QPoint &globalPosition)
{
    if (!m_live || !m_live->data())
        return;
    QMenu *menu = m_live->data()->createSourceMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->popup(globalPosition);
}

void FieldEditor::setHint(const QString &text, bool isError)
{
    if (m_isTooLarge)
        return;
    m_hint->setText(text);
    m_hint->setVisible(!text.isEmpty());
    const QString role = isError ? QStringLiteral("error") : QStringLiteral("small");
    if (m_hint->property("textRole").toString() != role) {
        m_hint->setProperty("textRole", role);
        repolish(m_hint);
    }
}

void FieldEditor::focusWithinVisit(QWidget *widget)
{
    m_staysOnVisit = true;
    widget->setFocus(Qt::OtherFocusReason);
    m_staysOnVisit = false;
}

void FieldEditor::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange)
        updateLabel();
    QWidget::changeEvent(event);
}

bool FieldEditor::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::FocusIn) {
        if (m_staysOnVisit)
            return QWidget::eventFilter(watched, event);
        m_existedAtVisit = m_value.has_value();
        Q_EMIT visited();
    } else if (event->type() == QEvent::ShortcutOverride || event->type() == QEvent::KeyPress) {
        // Undo is the document's also while typing: an editor's own undo would write edits instead of taking them back.
        auto *key = static_cast<QKeyEvent *>(event);
        const bool undo = key->matches(QKeySequence::Undo);
        if (undo || key->matches(QKeySequence::Redo)) {
            if (event->type() == QEvent::ShortcutOverride) {
                event->ignore();
                return true;
            }
            if (undo)
                Q_EMIT undoRequested();
            else
                Q_EMIT redoRequested();
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

void FieldEditor::updateLabel()
{
    m_label->setVisible(!m_field.label.isEmpty());
    if (m_field.required) {
        m_label->setTextFormat(Qt::RichText);
        m_label->setText(QStringLiteral("%1 <span style=\"color:%2\">*</span>")
                             .arg(m_field.label.toHtmlEscaped(), currentTheme().errorText.name()));
        m_label->setAccessibleName(tr("%1, required").arg(m_field.label));
    } else {
        m_label->setTextFormat(Qt::PlainText);
        m_label->setText(m_field.label);
        m_label->setAccessibleName(m_field.label);
    }
}

void FieldEditor::updateSeverity()
{
    QString severity;
    for (const Problem &problem : std::as_const(m_problems)) {
        if (problem.severity == Problem::Severity::Error)
            severity = QStringLiteral("error");
        else if (problem.severity == Problem::Severity::Warning && severity.isEmpty())
            severity = QStringLiteral("warning");
    }
    for (const QPointer<QWidget> &widget : std::as_const(m_adopted)) {
        if (widget && widget->property("severity").toString() != severity) {
            widget->setProperty("severity", severity);
            repolish(widget);
        }
    }
}

} // namespace automation
