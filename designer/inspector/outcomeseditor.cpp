#include "designer/inspector/outcomeseditor.h"

#include "designer/inspector/conditionfieldeditor.h"
#include "designer/inspector/targetcombo.h"
#include "designer/inspector/wrappedtext.h"
#include "designer/style/themedicon.h"
#include "model/document/commands/stepcommands.h"

#include <QLabel>
#include <QPointer>
#include <QToolButton>
#include <QVBoxLayout>

namespace automation {

OutcomesEditor::OutcomesEditor(WorkflowDocument *document, QWidget *parent)
    : QWidget(parent)
    , m_document(document)
    , m_layout(new QVBoxLayout(this))
{
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(6);
}

void OutcomesEditor::setNode(const QString &key)
{
    m_key = key;
    const GraphNode *current = node();
    if (!current)
        return;
    QStringList shape {key};
    for (const Outcome &outcome : current->outcomes)
        shape.append(QString::number(int(outcome.kind)) + outcome.key());
    if (shape != m_shape) {
        m_shape = shape;
        rebuild(*current);
    }
    update(*current);
}

const GraphNode *OutcomesEditor::node() const
{
    const int index = m_document->graph().indexOfKey(m_key);
    return index < 0 ? nullptr : &m_document->graph().nodes().at(index);
}

bool OutcomesEditor::hasConditions(const GraphNode &node) const
{
    return node.type && node.type->outcomes == StepType::Outcomes::Conditions;
}

void OutcomesEditor::rebuild(const GraphNode &node)
{
    m_rows.clear();
    while (QLayoutItem *item = m_layout->takeAt(0)) {
        if (QWidget *widget = item->widget()) {
            // Later: the row itself may have reported the change that brought us here.
            widget->hide();
            widget->deleteLater();
        }
        delete item;
    }
    auto *caption = new QLabel(this);
    caption->setTextFormat(Qt::PlainText);
    caption->setWordWrap(true);
    caption->setProperty("textRole", QStringLiteral("field"));
    caption->setText(node.isTrigger    ? tr("First step")
            : hasConditions(node)      ? tr("Conditions: every true branch runs, top to bottom")
            : node.outcomes.size() > 1 ? tr("What comes next")
                                       : tr("Next step"));
    m_layout->addWidget(caption);
    for (const Outcome &outcome : node.outcomes)
        m_layout->addWidget(buildRow(node, outcome));
    if (!hasConditions(node))
        return;
    auto *add = new TargetCombo(this);
    add->setObjectName(QStringLiteral("addCondition"));
    add->setAccessibleName(tr("Add a condition that leads to"));
    add->setToolTip(tr("Choose the step that a new condition leads to"));
    add->setNoneText(tr("+ Add a condition that leads to…"));
    add->setTarget({});
    add->setSource([this] {
        QStringList ids = possibleTargets();
        if (const GraphNode *current = this->node()) {
            for (const Outcome &outcome : current->outcomes) // one condition a target: selectNextStep is keyed by it
                ids.removeAll(outcome.target);
        }
        return ids;
    });
    connect(add, &TargetCombo::targetChosen, this, [this](const QString &id) { retarget(QStringLiteral("new"), id); });
    m_layout->addWidget(add);
}

QWidget *OutcomesEditor::buildRow(const GraphNode &node, const Outcome &outcome)
{
    auto *widget = new QWidget(this);
    // One line, or with a condition two: expressions need the whole width.
    auto *column = new QVBoxLayout(widget);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(6);
    auto *layout = new QHBoxLayout;
    layout->setSpacing(6);
    column->addLayout(layout);
    Row row;
    row.outcomeKey = outcome.key();
    row.kind = outcome.kind;
    const bool editable = outcome.kind == Outcome::Kind::Condition && !outcome.isOpen()
        && (hasConditions(node) || outcome.templateKey().isEmpty());
    if (outcome.kind == Outcome::Kind::Child) {
        auto *label = new WrappedText(widget); // ids may be longer than the form is wide
        label->setPixels(13);
        label->setText(outcome.isOpen()
                ? tr("Sequence %1: empty").arg(outcome.sequence + 1)
                : tr("Sequence %1 starts with %2").arg(outcome.sequence + 1).arg(outcome.target));
        layout->addWidget(label);
        m_rows.append(row);
        return widget;
    }
    if (editable) {
        constexpr int gap = 12; // conditions are tall: it must be seen where the next one begins
        column->setContentsMargins(0, 0, 0, gap);
        InputField field;
        field.name = QStringLiteral("condition_") + outcome.target;
        field.editor = InputField::Editor::Expression;
        field.required = true; // an empty expression stays a condition; removing it is the button's job
        field.placeholder = QStringLiteral("{{data.answer == 'yes'}}");
        field.help = tr("One expression in double braces; the step on the right runs when it is true.");
        row.condition = new ConditionFieldEditor(field, widget);
        row.condition->input()->setAccessibleName(tr("Condition for %1").arg(outcome.target));
        row.condition->setLabelText({});
        row.condition->setCompletions(m_completions);
        if (m_data)
            row.condition->setLive(m_data, m_sample);
        const QString target = outcome.target;
        connect(row.condition, &FieldEditor::visited, this, [this] { ++m_visit; });
        connect(row.condition, &FieldEditor::edited, this, [this, target](const std::optional<JsonValue> &value) {
            setCondition(target, value.value_or(JsonValue(QString())));
        });
        connect(row.condition, &FieldEditor::undoRequested, m_document->undoStack(), &QUndoStack::undo);
        connect(row.condition, &FieldEditor::redoRequested, m_document->undoStack(), &QUndoStack::redo);
        column->insertWidget(0, row.condition);
    } else if (node.outcomes.size() > 1 || outcome.kind != Outcome::Kind::Next) {
        auto *label = new QLabel(widget);
        label->setTextFormat(Qt::PlainText);
        label->setText(outcome.label().isEmpty() ? tr("Then") : outcome.label());
        label->setToolTip(outcome.expression.toHtmlEscaped());
        label->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
        if (outcome.tone() != OutcomeTemplate::Tone::Neutral)
            label->setProperty("textRole",
                outcome.tone() == OutcomeTemplate::Tone::Positive ? QStringLiteral("ok") : QStringLiteral("error"));
        layout->addWidget(label, hasConditions(node) ? 2 : 3);
    }
    row.target = new TargetCombo(widget);
    row.target->setObjectName(QStringLiteral("target_") + row.outcomeKey);
    row.target->setAccessibleName(
        outcome.label().isEmpty() ? tr("Next step") : tr("Step after %1").arg(outcome.label()));
    row.target->setNoneText(tr("ends here"));
    row.target->setSource([this] { return possibleTargets(); });
    const QString outcomeKey = row.outcomeKey;
    connect(row.target, &TargetCombo::targetChosen, this,
        [this, outcomeKey](const QString &id) { retarget(outcomeKey, id); });
    layout->addWidget(row.target, 4);
    if (outcome.kind == Outcome::Kind::Condition && !outcome.isOpen() && hasConditions(node)) {
        auto *remove = new QToolButton(widget);
        remove->setIcon(themedIcon(QStringLiteral("close"), IconTone::Muted));
        remove->setIconSize(QSize(14, 14));
        remove->setProperty("compact", true);
        remove->setObjectName(QStringLiteral("removeCondition_") + outcome.target);
        remove->setToolTip(tr("Remove this condition"));
        remove->setAccessibleName(tr("Remove the condition for %1").arg(outcome.target));
        connect(remove, &QToolButton::clicked, this, [this, outcomeKey] { retarget(outcomeKey, {}); });
        layout->addWidget(remove);
    }
    m_rows.append(row);
    return widget;
}

void OutcomesEditor::update(const GraphNode &node)
{
    for (int i = 0; i < m_rows.size() && i < node.outcomes.size(); ++i) {
        const Outcome &outcome = node.outcomes.at(i);
        if (m_rows.at(i).condition) {
            const JsonValue *step = node.pointer.resolve(m_document->definition().root());
            const JsonValue *conditions = step ? step->find(QLatin1StringView("selectNextStep")) : nullptr;
            m_rows.at(i).condition->setValue(conditions ? conditions->find(QStringView(outcome.target)) : nullptr);
        }
        if (m_rows.at(i).target && m_rows.at(i).target->target() != outcome.target)
            m_rows.at(i).target->setTarget(outcome.target);
        else if (m_rows.at(i).target && m_rows.at(i).target->count() == 0)
            m_rows.at(i).target->setTarget(outcome.target);
    }
}

QStringList OutcomesEditor::possibleTargets() const
{
    const GraphNode *current = node();
    QStringList ids;
    if (!current)
        return ids;
    // Steps of the same sequence; a step cannot lead into or out of a container.
    for (const GraphNode &other : m_document->graph().nodes()) {
        if (!other.isTrigger && other.parent == current->parent && other.sequence == current->sequence
            && !other.id.isEmpty() && !ids.contains(other.id))
            ids.append(other.id);
    }
    return ids;
}

void OutcomesEditor::retarget(const QString &outcomeKey, const QString &target)
{
    const WorkflowDefinition &definition = m_document->definition();
    const DefinitionGraph &graph = m_document->graph();
    if (target.isEmpty()) {
        push(disconnectOutcome(definition, graph, m_key, outcomeKey));
        return;
    }
    const int index = graph.indexOfId(target);
    if (index >= 0)
        push(connectOutcome(definition, graph, m_key, outcomeKey, graph.nodes().at(index).key));
}

void OutcomesEditor::setCondition(const QString &target, const JsonValue &expression)
{
    push(setStepValue(m_document->definition(), m_document->graph(), m_key,
        JsonPointer({QStringLiteral("selectNextStep"), target}), expression,
        QStringLiteral("condition:%1:%2:%3").arg(m_key, target).arg(m_visit)));
}

void OutcomesEditor::push(const Result<DefinitionEdit> &edit)
{
    QPointer<OutcomesEditor> alive(this);
    const Result<void> done = edit ? m_document->push(*edit) : Result<void>(edit.error());
    if (!alive || done)
        return;
    Q_EMIT failed(done.error().message);
    // What the person chose did not come about: show again what is so.
    m_shape.clear();
    setNode(m_key);
}

} // namespace automation
