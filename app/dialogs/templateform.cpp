#include "app/dialogs/templateform.h"

#include "designer/inspector/wrappedtext.h"
#include "designer/style/applicationstyle.h"

#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QVBoxLayout>

namespace automation {

namespace {

constexpr int messageLines = 3;

QString severityWord(const FilledTemplate::Finding &finding)
{
    return finding.severity == Problem::Severity::Error ? u"error"_qs : u"warning"_qs;
}

} // namespace

QWidget *TemplateForm::Field::editor() const
{
    return line ? static_cast<QWidget *>(line) : message;
}

QString TemplateForm::Field::answer() const
{
    return line ? line->text() : message->toPlainText();
}

TemplateForm::TemplateForm(QWidget *parent)
    : QWidget(parent)
    , m_layout(new QVBoxLayout(this))
{
    m_layout->setContentsMargins(0, 0, 0, 0);
}

void TemplateForm::setTemplate(const WorkflowTemplate &item)
{
    delete m_content;
    m_fields.clear();
    m_content = new QWidget;
    auto *column = new QVBoxLayout(m_content);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    for (qsizetype i = 0; i < item.questions.size(); ++i)
        addField(item, item.questions.at(i), int(i));
    if (item.questions.isEmpty()) {
        auto *nothing = new WrappedText;
        nothing->setTone(WrappedText::Tone::Muted);
        nothing->setText(tr("There is nothing to fill in."));
        column->addWidget(nothing);
    }
    column->addStretch();
    m_layout->addWidget(m_content);
    m_content->show(); // at once, for the key that comes next
}

void TemplateForm::addField(const WorkflowTemplate &item, const TemplateQuestion &question, int number)
{
    Field field;
    field.help = question.help;
    auto *label = new QLabel(question.label);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setProperty("textRole", u"field"_qs);
    if (question.isMessage) {
        field.message = new QPlainTextEdit(suggestedAnswer(item, question));
        field.message->setTabChangesFocus(true);
        field.message->setPlaceholderText(question.example);
        field.message->setFixedHeight(messageLines * field.message->fontMetrics().lineSpacing() + 18);
        connect(field.message, &QPlainTextEdit::textChanged, this, &TemplateForm::changed);
    } else {
        field.line = new QLineEdit;
        field.line->setPlaceholderText(question.example);
        connect(field.line, &QLineEdit::textChanged, this, &TemplateForm::changed);
    }
    QWidget *editor = field.editor();
    editor->setObjectName(u"answer_%1"_qs.arg(number));
    editor->setAccessibleName(question.label);
    editor->setAccessibleDescription(question.help);
    label->setBuddy(editor);
    field.note = new WrappedText;
    field.note->setObjectName(u"note_%1"_qs.arg(number));
    field.note->setTone(WrappedText::Tone::Muted);
    field.note->setText(question.help);
    auto *column = static_cast<QVBoxLayout *>(m_content->layout());
    if (number > 0)
        column->addSpacing(10);
    column->addWidget(label);
    column->addWidget(editor);
    column->addWidget(field.note);
    m_fields += field;
}

QStringList TemplateForm::answers() const
{
    QStringList answers;
    for (const Field &field : m_fields)
        answers += field.answer();
    return answers;
}

void TemplateForm::showFindings(const QList<std::optional<FilledTemplate::Finding>> &findings)
{
    for (qsizetype i = 0; i < m_fields.size(); ++i) {
        const Field &field = m_fields.at(i);
        const std::optional<FilledTemplate::Finding> finding = findings.value(i);
        const QString severity = finding ? severityWord(*finding) : QString();
        field.note->setText(finding ? finding->message : field.help);
        field.note->setTone(!finding                            ? WrappedText::Tone::Muted
                : finding->severity == Problem::Severity::Error ? WrappedText::Tone::Error
                                                                : WrappedText::Tone::Warning);
        QWidget *editor = field.editor();
        if (editor->property("severity").toString() == severity)
            continue;
        editor->setProperty("severity", severity);
        editor->setAccessibleDescription(finding ? finding->message : field.help);
        repolish(editor);
    }
}

QList<QWidget *> TemplateForm::editors() const
{
    QList<QWidget *> editors;
    for (const Field &field : m_fields)
        editors += field.editor();
    return editors;
}

void TemplateForm::focusField(int question)
{
    if (question >= 0 && question < m_fields.size())
        m_fields.at(question).editor()->setFocus(Qt::OtherFocusReason);
}

} // namespace automation
