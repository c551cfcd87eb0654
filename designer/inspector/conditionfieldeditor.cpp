#include "designer/inspector/conditionfieldeditor.h"

#include "designer/inspector/conditionbuilder.h"

#include <QLineEdit>
#include <QToolButton>
#include <QVBoxLayout>

namespace automation {

ConditionFieldEditor::ConditionFieldEditor(const InputField &field, QWidget *parent)
    : TextFieldEditor(field, Kind::Lines, parent)
    , m_checks(new ConditionBuilder(this))
    , m_switch(new QToolButton(this))
{
    m_switch->setProperty("compact", true);
    m_switch->setObjectName(QStringLiteral("switch_") + field.name);
    m_switch->setToolButtonStyle(Qt::ToolButtonTextOnly);
    body()->insertWidget(0, m_checks);
    m_checks->setSubjects([this] { return subjects(); });
    m_checks->hide();
    connect(m_checks, &ConditionBuilder::edited, this, [this](const QString &text) {
        submit(JsonValue(text));
        TextFieldEditor::showValue(value()); // what is behind the checks is the same text
    });
    connect(m_checks, &ConditionBuilder::refused, this, [this](const QString &message) { setHint(message, true); });
    connect(m_checks, &ConditionBuilder::inputsChanged, this, &ConditionFieldEditor::adoptChecks);
    connect(this, &FieldEditor::edited, this, [this] { showChecks(!m_checks->isHidden()); });
    connect(m_switch, &QToolButton::clicked, this, [this] {
        m_asText = !m_checks->isHidden();
        if (!m_asText && expression().trimmed().isEmpty())
            m_checks->start();
        showChecks(!m_asText);
        input()->setFocus();
    });
}

QWidget *ConditionFieldEditor::input() const
{
    return m_checks->isHidden() ? TextFieldEditor::input() : m_checks->inputs().first().first;
}

void ConditionFieldEditor::showValue(const JsonValue *value)
{
    TextFieldEditor::showValue(value);
    // Not under the hands of somebody who is writing.
    const bool isWriting = m_checks->isHidden() && TextFieldEditor::input()->hasFocus();
    showChecks(!m_asText && !isWriting);
}

void ConditionFieldEditor::showChecks(bool isWanted)
{
    const QString text = expression();
    const bool isBlank = text.trimmed().isEmpty();
    const bool canShow = isBlank ? m_checks->isStarted() : m_checks->setExpression(text);
    const bool areShown = canShow && isWanted;
    m_checks->setVisible(areShown);
    TextFieldEditor::input()->setVisible(!areShown);
    m_switch->setText(areShown ? tr("As expression") : tr("As checks"));
    m_switch->setToolTip(
        areShown ? tr("Write the condition as an expression") : tr("Choose what the condition looks at from lists"));
    if (areShown) {
        m_checks->footer()->addWidget(m_switch);
    } else {
        body()->addWidget(m_switch);
        body()->setAlignment(m_switch, Qt::AlignRight);
    }
    m_switch->setVisible(canShow || isBlank);
}

// Keys and visits of the inputs count as those of any other editor.
void ConditionFieldEditor::adoptChecks()
{
    static const char *known = "isOfCondition";
    for (const auto &[widget, name] : m_checks->inputs()) {
        if (widget->property(known).toBool())
            continue;
        widget->setProperty(known, true);
        const QString toolTip = widget->toolTip();
        adopt(widget, tr("%1: %2").arg(field().label.isEmpty() ? tr("Condition") : field().label, name));
        widget->setToolTip(toolTip);
    }
}

QStringList ConditionFieldEditor::subjects() const
{
    const ExpressionCompleter::Source source = completions();
    QStringList result;
    if (source.offers) {
        for (const OfferedOutput &output : source.offers->outputs)
            result.append(QStringLiteral("step.") + output.name);
    }
    for (const AvailableData &known : source.data)
        result.append(known.path);
    return result;
}

QString ConditionFieldEditor::expression() const
{
    return value() && value()->isString() ? value()->toString() : QString();
}

} // namespace automation
