#include "designer/inspector/outcomeseditor.h"

#include "designer/inspector/conditionfieldeditor.h"
#include "designer/inspector/rowgrip.h"
#include "designer/inspector/targetcombo.h"
#include "designer/inspector/wrappedtext.h"
#include "designer/style/themedicon.h"
#include "model/document/commands/ordercommands.h"
#include "model/document/commands/stepcommands.h"

#include <algorithm>
#include <QApplication>
#include <QFrame>
#include <QLabel>
#include <QPointer>
#include <QScrollArea>
#include <QSet>
#include <QShortcut>
#include <QToolButton>
#include <QVBoxLayout>

namespace automation {

OutcomesEditor::OutcomesEditor(WorkflowDocument *document, QWidget *parent)
    : QWidget(parent)
    , m_document(document)
    , m_gap(new QFrame(this))
    , m_layout(new QVBoxLayout(this))
{
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(6);
    m_gap->setObjectName(QStringLiteral("dropLine"));
    m_gap->setAttribute(Qt::WA_TransparentForMouseEvents);
    m_gap->setAutoFillBackground(true);
    m_gap->setBackgroundRole(QPalette::Highlight);
    m_gap->hide();
}

void OutcomesEditor::setNode(const QString &key)
{
    m_key = key;
    const GraphNode *current = node();
    if (!current)
        return;
    QStringList shape {current->typeName, QString::number(current->outcomes.size())}; // the step's own id may change
    for (const Outcome &outcome : shownOutcomes(*current))
        shape.append(QString::number(int(outcome.kind)) + outcome.key());
    if (shape != m_shape) {
        const bool isOtherOrder = !m_shape.isEmpty() && shape.first() == m_shape.first()
            && std::is_permutation(shape.cbegin(), shape.cend(), m_shape.cbegin(), m_shape.cend());
        m_shape = shape;
        if (isOtherOrder)
            reorder(*current); // the cursor stays
        else
            rebuild(*current);
    }
    update(*current);
}

QList<Outcome> OutcomesEditor::shownOutcomes(const GraphNode &node) const
{
    QList<Outcome> outcomes = node.outcomes;
    std::stable_partition(outcomes.begin(), outcomes.end(),
        [](const Outcome &outcome) { return outcome.kind != Outcome::Kind::Default; });
    // A row takes a moment to build; nobody goes through hundreds of them.
    constexpr qsizetype most = 40;
    const auto end = std::find_if(outcomes.cbegin(), outcomes.cend(),
        [](const Outcome &outcome) { return outcome.kind == Outcome::Kind::Default; });
    if (end - outcomes.cbegin() > most)
        outcomes.erase(outcomes.cbegin() + most, end);
    return outcomes;
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
    const QWidget *focused = QApplication::focusWidget();
    const auto focusedRow = std::find_if(
        m_rows.cbegin(), m_rows.cend(), [focused](const Row &row) { return row.widget->isAncestorOf(focused); });
    const qsizetype rowWithKeys = focusedRow == m_rows.cend() ? -1 : focusedRow - m_rows.cbegin();
    const bool hadKeys = focused && isAncestorOf(focused);
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
    const QList<Outcome> shown = shownOutcomes(node);
    for (const Outcome &outcome : shown)
        m_layout->addWidget(buildRow(node, outcome));
    updateGrips();
    if (shown.size() < node.outcomes.size()) {
        auto *more = new WrappedText(this);
        more->setObjectName(QStringLiteral("moreOutcomes"));
        more->setTone(WrappedText::Tone::Muted);
        more->setText(
            tr("%n more in the drawing and on the JSON page", nullptr, int(node.outcomes.size() - shown.size())));
        m_layout->addWidget(more);
    }
    if (hasConditions(node))
        m_layout->addWidget(buildAdd());
    if (!hadKeys)
        return;
    // The keys stay where they were; of a row that went, in the one that took its place.
    QWidget *next = m_layout->itemAt(m_layout->count() - 1)->widget();
    if (rowWithKeys >= 0 && !m_rows.isEmpty() && m_rows.at(std::min(rowWithKeys, m_rows.size() - 1)).target) {
        const Row &row = m_rows.at(std::min(rowWithKeys, m_rows.size() - 1));
        row.widget->show(); // not only at the layout's next turn
        next = row.target;
    }
    next->show();
    next->setFocus(Qt::OtherFocusReason);
}

QWidget *OutcomesEditor::buildAdd()
{
    auto *add = new TargetCombo(this);
    add->setObjectName(QStringLiteral("addCondition"));
    add->setAccessibleName(tr("Add a condition that leads to"));
    add->setToolTip(tr("Choose the step that a new condition leads to"));
    add->setNoneText(tr("+ Add a condition that leads to…"));
    add->setTarget({});
    add->setSource([this] {
        QStringList ids = possibleTargets();
        if (const GraphNode *current = this->node()) {
            QSet<QString> taken; // one condition a target: selectNextStep is keyed by it
            for (const Outcome &outcome : current->outcomes)
                taken.insert(outcome.target);
            ids.removeIf([&taken](const QString &id) { return taken.contains(id); });
        }
        return ids;
    });
    connect(add, &TargetCombo::targetChosen, this, [this](const QString &id) { retarget(QStringLiteral("new"), id); });
    return add;
}

// The rows there are, in the order of the outcomes.
void OutcomesEditor::reorder(const GraphNode &node)
{
    const int first = m_layout->indexOf(m_rows.first().widget);
    QList<Row> rows;
    for (const Outcome &outcome : shownOutcomes(node)) {
        const auto found = std::find_if(
            m_rows.cbegin(), m_rows.cend(), [key = outcome.key()](const Row &row) { return row.outcomeKey == key; });
        if (found != m_rows.cend())
            rows.append(*found);
    }
    m_rows = rows;
    for (int i = 0; i < m_rows.size(); ++i) {
        m_layout->removeWidget(m_rows.at(i).widget);
        m_layout->insertWidget(first + i, m_rows.at(i).widget);
    }
}

QWidget *OutcomesEditor::buildRow(const GraphNode &node, const Outcome &outcome)
{
    auto *widget = new QWidget(this);
    // One line, or with a condition two: expressions need the whole width.
    auto *column = new QVBoxLayout(widget);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(6);
    auto *line = new QHBoxLayout;
    line->setSpacing(6);
    Row row;
    row.widget = widget;
    row.outcomeKey = outcome.key();
    row.kind = outcome.kind;
    if (outcome.kind == Outcome::Kind::Child) {
        auto *label = new WrappedText(widget); // ids may be longer than the form is wide
        label->setPixels(13);
        label->setText(outcome.isOpen()
                ? tr("Sequence %1: empty").arg(outcome.sequence + 1)
                : tr("Sequence %1 starts with %2").arg(outcome.sequence + 1).arg(outcome.target));
        line->addWidget(label);
        column->addLayout(line);
        m_rows.append(row);
        return widget;
    }
    const bool editable = outcome.kind == Outcome::Kind::Condition && !outcome.isOpen()
        && (hasConditions(node) || outcome.templateKey().isEmpty());
    if (editable) {
        constexpr int gap = 12; // conditions are tall: it must be seen where the next one begins
        column->setContentsMargins(0, 0, 0, gap);
        addCondition(&row, outcome);
        column->addWidget(row.condition);
        addGrip(&row, outcome, line);
    } else if (node.outcomes.size() > 1 || outcome.kind != Outcome::Kind::Next) {
        auto *label = new QLabel(widget);
        label->setTextFormat(Qt::PlainText);
        label->setText(outcome.label().isEmpty() ? tr("Then") : outcome.label());
        label->setToolTip(outcome.kind == Outcome::Kind::Default ? tr("Taken when no condition is true")
                                                                 : outcome.expression.toHtmlEscaped());
        label->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
        if (outcome.tone() != OutcomeTemplate::Tone::Neutral)
            label->setProperty("textRole",
                outcome.tone() == OutcomeTemplate::Tone::Positive ? QStringLiteral("ok") : QStringLiteral("error"));
        line->addWidget(label, hasConditions(node) ? 2 : 3);
    }
    addTarget(&row, outcome, line);
    if (outcome.kind == Outcome::Kind::Condition && !outcome.isOpen() && hasConditions(node)) {
        auto *remove = new QToolButton(widget);
        remove->setIcon(themedIcon(QStringLiteral("close"), IconTone::Muted));
        remove->setIconSize(QSize(14, 14));
        remove->setProperty("compact", true);
        remove->setObjectName(QStringLiteral("removeCondition_") + outcome.target);
        remove->setToolTip(tr("Remove this condition"));
        remove->setAccessibleName(tr("Remove the condition for %1").arg(outcome.target));
        connect(remove, &QToolButton::clicked, this, [this, key = row.outcomeKey] { retarget(key, {}); });
        line->addWidget(remove, 0, Qt::AlignVCenter); // lower than the rest, which keeps its height
    }
    column->addLayout(line);
    m_rows.append(row);
    return widget;
}

void OutcomesEditor::addCondition(Row *row, const Outcome &outcome)
{
    InputField field;
    field.name = QStringLiteral("condition_") + outcome.target;
    field.editor = InputField::Editor::Expression;
    field.required = true; // an empty expression stays a condition; removing it is the button's job
    field.placeholder = QStringLiteral("{{data.answer == 'yes'}}");
    field.help = tr("One expression in double braces; the step on the right runs when it is true.");
    row->condition = new ConditionFieldEditor(field, row->widget);
    row->condition->input()->setAccessibleName(tr("Condition for %1").arg(outcome.target));
    row->condition->setLabelText({});
    row->condition->setCompletions(m_completions);
    if (m_data)
        row->condition->setLive(m_data, m_sample);
    const QString target = outcome.target;
    connect(row->condition, &FieldEditor::visited, this, [this] { ++m_visit; });
    connect(row->condition, &FieldEditor::edited, this, [this, target](const std::optional<JsonValue> &value) {
        setCondition(target, value.value_or(JsonValue(QString())));
    });
    connect(row->condition, &FieldEditor::undoRequested, m_document->undoStack(), &QUndoStack::undo);
    connect(row->condition, &FieldEditor::redoRequested, m_document->undoStack(), &QUndoStack::redo);
}

void OutcomesEditor::addGrip(Row *row, const Outcome &outcome, QHBoxLayout *line)
{
    row->grip = new RowGrip(row->widget);
    row->grip->setObjectName(QStringLiteral("grip_") + outcome.target);
    row->grip->setToolTip(tr("Drag to another place among the conditions (Alt+Up, Alt+Down)"));
    row->grip->setAccessibleName(tr("Order of the condition for %1").arg(outcome.target));
    row->grip->setAccessibleDescription(row->grip->toolTip());
    const QString key = row->outcomeKey;
    connect(row->grip, &RowGrip::dragged, this, &OutcomesEditor::showGap);
    connect(row->grip, &RowGrip::cancelled, this, [this] { m_gap->hide(); });
    connect(row->grip, &RowGrip::dropped, this, [this, key](const QPoint &place) {
        m_gap->hide();
        const int from = indexOfMovable(key);
        const int gap = gapAt(place);
        move(key, gap > from ? gap - 1 : gap);
    });
    for (const int way : {-1, 1}) {
        auto *shortcut = new QShortcut(QKeySequence(Qt::ALT | (way < 0 ? Qt::Key_Up : Qt::Key_Down)), row->widget,
            nullptr, nullptr, Qt::WidgetWithChildrenShortcut);
        connect(shortcut, &QShortcut::activated, this, [this, key, way] { move(key, indexOfMovable(key) + way); });
    }
    line->addWidget(row->grip, 0, Qt::AlignVCenter);
}

void OutcomesEditor::addTarget(Row *row, const Outcome &outcome, QHBoxLayout *line)
{
    row->target = new TargetCombo(row->widget);
    row->target->setObjectName(QStringLiteral("target_") + row->outcomeKey);
    row->target->setAccessibleName(
        outcome.label().isEmpty() ? tr("Next step") : tr("Step after %1").arg(outcome.label()));
    row->target->setNoneText(tr("ends here"));
    row->target->setSource([this] { return possibleTargets(); });
    connect(row->target, &TargetCombo::targetChosen, this,
        [this, key = row->outcomeKey](const QString &id) { retarget(key, id); });
    line->addWidget(row->target, 4);
}

QList<const OutcomesEditor::Row *> OutcomesEditor::movableRows() const
{
    QList<const Row *> rows;
    for (const Row &row : m_rows) {
        if (row.grip)
            rows.append(&row);
    }
    return rows;
}

int OutcomesEditor::indexOfMovable(const QString &outcomeKey) const
{
    const QList<const Row *> rows = movableRows();
    for (int i = 0; i < rows.size(); ++i) {
        if (rows.at(i)->outcomeKey == outcomeKey)
            return i;
    }
    return -1;
}

// One condition has no order.
void OutcomesEditor::updateGrips()
{
    const QList<const Row *> rows = movableRows();
    for (const Row *row : rows)
        row->grip->setVisible(rows.size() > 1);
}

// Before which of the conditions a dragged one would go.
int OutcomesEditor::gapAt(const QPoint &globalPosition) const
{
    const int y = mapFromGlobal(globalPosition).y();
    const QList<const Row *> rows = movableRows();
    return int(std::count_if(
        rows.begin(), rows.end(), [y](const Row *row) { return row->widget->geometry().center().y() < y; }));
}

void OutcomesEditor::showGap(const QPoint &globalPosition)
{
    const QList<const Row *> rows = movableRows();
    const int gap = gapAt(globalPosition);
    const int y = gap < rows.size() ? rows.at(gap)->widget->y() - 4 : rows.last()->widget->geometry().bottom() - 6;
    m_gap->setGeometry(0, y, width(), 2);
    m_gap->raise();
    m_gap->show();
    for (QWidget *parent = parentWidget(); parent; parent = parent->parentWidget()) {
        if (auto *scroll = qobject_cast<QScrollArea *>(parent)) {
            const QPoint place = scroll->widget()->mapFromGlobal(globalPosition);
            scroll->ensureVisible(place.x(), place.y(), 0, 24);
            return;
        }
    }
}

void OutcomesEditor::move(const QString &outcomeKey, qsizetype to)
{
    const QList<const Row *> rows = movableRows();
    const GraphNode *current = node();
    if (!current || to < 0 || to >= rows.size() || rows.at(to)->outcomeKey == outcomeKey)
        return;
    const JsonValue *step = current->pointer.resolve(m_document->definition().root());
    const QString target = rows.at(to)->target->target();
    const qsizetype position = step ? step->value(u"selectNextStep").indexOf(target) : -1;
    push(moveOutcome(m_document->definition(), m_document->graph(), m_key, outcomeKey, position));
}

void OutcomesEditor::update(const GraphNode &node)
{
    const QList<Outcome> outcomes = shownOutcomes(node);
    for (int i = 0; i < m_rows.size() && i < outcomes.size(); ++i) {
        const Outcome &outcome = outcomes.at(i);
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
    QSet<QString> known;
    for (const GraphNode &other : m_document->graph().nodes()) {
        if (!other.isTrigger && other.parent == current->parent && other.sequence == current->sequence
            && !other.id.isEmpty() && !known.contains(other.id)) {
            known.insert(other.id);
            ids.append(other.id);
        }
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
    if (index < 0)
        return;
    Result<DefinitionEdit> edit = connectOutcome(definition, graph, m_key, outcomeKey, graph.nodes().at(index).key);
    if (edit)
        edit->reveal = m_key; // whoever fills in this form goes on with it
    push(edit);
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
