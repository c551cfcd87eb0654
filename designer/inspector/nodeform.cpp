#include "designer/inspector/nodeform.h"

#include "designer/inspector/contentfieldeditor.h"
#include "designer/inspector/editortools.h"
#include "designer/inspector/idfieldeditor.h"
#include "designer/inspector/membersfieldeditor.h"
#include "designer/inspector/outcomeseditor.h"
#include "designer/inspector/problemlabel.h"
#include "designer/inspector/stepdata.h"
#include "designer/inspector/stepjsoneditor.h"
#include "designer/style/themedicon.h"
#include "model/document/commands/stepcommands.h"

#include <QLabel>
#include <QPointer>
#include <QPushButton>
#include <QVBoxLayout>

namespace automation {

namespace {

InputField plainField(
    const QString &name, const QString &label, const QString &help, InputField::Editor editor, bool required = false)
{
    InputField field;
    field.name = name;
    field.label = label;
    field.help = help;
    field.editor = editor;
    field.required = required;
    return field;
}

JsonPointer joined(const JsonPointer &base, const JsonPointer &rest)
{
    return JsonPointer(base.tokens() + rest.tokens());
}

JsonPointer inputPlace(const QString &dottedName)
{
    return JsonPointer(QStringList {QStringLiteral("inputs")} + dottedName.split(QLatin1Char('.')));
}

// Files write subAccountId and subaccountId; the one that is there is edited.
QString rootKey(const JsonValue &root, const QString &name)
{
    for (qsizetype i = 0; i < root.size(); ++i) {
        if (root.keyAt(i).compare(name, Qt::CaseInsensitive) == 0)
            return root.keyAt(i);
    }
    return name;
}

} // namespace

NodeForm::NodeForm(WorkflowDocument *document, StepData *stepData, const QString &key, QWidget *parent)
    : QWidget(parent)
    , m_document(document)
    , m_data(stepData)
    , m_key(key)
    , m_shape(shapeOf(key))
    , m_layout(new QVBoxLayout(this))
    , m_error(new QLabel(this))
    , m_problemLayout(new QVBoxLayout)
{
    m_layout->setContentsMargins(14, 12, 14, 14);
    m_layout->setSpacing(12);
    m_error->setObjectName(QStringLiteral("formError"));
    m_error->setTextFormat(Qt::PlainText);
    m_error->setWordWrap(true);
    m_error->setProperty("textRole", QStringLiteral("errorBox"));
    m_error->hide();
    m_layout->addWidget(m_error);
    if (const GraphNode *current = node()) {
        if (current->isTrigger)
            buildTrigger(*current);
        else
            buildStep(*current);
    }
    m_problemLayout->setSpacing(6);
    m_layout->addLayout(m_problemLayout);
    if (!m_json)
        m_layout->addStretch(1);
    refresh();
}

const GraphNode *NodeForm::node() const
{
    const int index = m_document->graph().indexOfKey(m_key);
    return index < 0 ? nullptr : &m_document->graph().nodes().at(index);
}

NodeForm::Shape NodeForm::shapeOf(const QString &key) const
{
    const int index = m_document->graph().indexOfKey(key);
    if (index < 0)
        return {};
    const GraphNode &current = m_document->graph().nodes().at(index);
    return {key, current.typeName, current.isTrigger ? m_document->definition().trigger() : QString()};
}

bool NodeForm::fits(const QString &key) const
{
    return node() && key == m_key && shapeOf(key) == m_shape;
}

bool NodeForm::follow(const QString &key)
{
    const Shape shape = shapeOf(key);
    if (shape.key.isEmpty() || shape.typeName != m_shape.typeName || shape.triggerName != m_shape.triggerName)
        return false;
    m_key = key;
    m_shape = shape;
    refresh();
    return true;
}

void NodeForm::buildTrigger(const GraphNode &node)
{
    const JsonValue &root = m_document->definition().root();
    addField(FieldEditor::create(plainField(QStringLiteral("workflowName"), tr("Workflow name"),
                                     tr("What the workflow is called at the service."), InputField::Editor::Text, true),
                 this),
        JsonPointer({QStringLiteral("definition"), QStringLiteral("name")}), m_layout);
    InputField trigger = plainField(QStringLiteral("trigger"), tr("Starts with"),
        tr("The event that starts an instance of this workflow."), InputField::Editor::Choice, true);
    for (const StepType &type : m_document->catalog().triggers())
        trigger.choices.append(type.name);
    addField(FieldEditor::create(trigger, this), JsonPointer({QStringLiteral("trigger")}), m_layout);
    if (node.type) {
        auto *what = new QLabel(node.type->description, this);
        what->setTextFormat(Qt::PlainText);
        what->setWordWrap(true);
        what->setProperty("textRole", QStringLiteral("small"));
        m_layout->addWidget(what);
        for (const InputField &field : node.type->inputs)
            addField(FieldEditor::create(field, this), JsonPointer({rootKey(root, field.name)}), m_layout);
    }
    InputField status = plainField(QStringLiteral("status"), tr("Status when published"),
        tr("A disabled workflow is kept at the service but starts no instances."), InputField::Editor::Choice);
    status.choices = {QStringLiteral("enabled"), QStringLiteral("disabled")};
    addField(FieldEditor::create(status, this), JsonPointer({QStringLiteral("status")}), m_layout);
    m_outcomes = new OutcomesEditor(m_document, this);
    m_layout->addWidget(m_outcomes);
}

void NodeForm::buildStep(const GraphNode &node)
{
    m_idEditor = new IdFieldEditor(
        plainField(QStringLiteral("id"), tr("Step id"),
            tr("Unique in the workflow; every connection to this step follows a new name."), InputField::Editor::Text),
        this);
    addField(m_idEditor, JsonPointer({QStringLiteral("id")}), m_layout);
    if (!node.type) {
        auto *warning = new QLabel(this);
        warning->setTextFormat(Qt::PlainText);
        warning->setWordWrap(true);
        warning->setProperty("textRole", QStringLiteral("warningBox"));
        warning->setText(node.typeName.isEmpty()
                ? tr("This step has no type. It is kept as it is and can be edited as JSON.")
                : tr("The step type “%1” is not known here. It is kept as it is and can be edited as JSON.")
                      .arg(node.typeName));
        m_layout->addWidget(warning);
        m_json = new StepJsonEditor(m_document, this);
        m_json->setMinimumHeight(220);
        connect(m_json, &StepJsonEditor::applied, this, &NodeForm::keyChanged);
        m_layout->addWidget(m_json, 1);
        return;
    }
    buildFields(node);
    m_outcomes = new OutcomesEditor(m_document, this);
    m_outcomes->setCompletions([this] { return completionSource(DataRead::When::Leaving); });
    m_outcomes->setLive(m_data, [this] { return m_data->sampleSoon(m_key, DataRead::When::Leaving); });
    connect(m_outcomes, &OutcomesEditor::failed, this, &NodeForm::showError);
    m_layout->addWidget(m_outcomes);
    const JsonValue *json = node.pointer.resolve(m_document->definition().root());
    const bool hasOutputs = json && !StepView(*json).outputs().isEmpty();
    if (!node.type->outputs.isEmpty() || hasOutputs) {
        auto *outputs = new MembersFieldEditor(
            plainField(QStringLiteral("outputs"), tr("Save from the answer"),
                tr("Variables that later steps read as data.NAME."), InputField::Editor::KeyValue),
            {tr("Variable"), tr("Value"), tr("Add variable")}, this);
        QList<MembersFieldEditor::Offer> offers;
        for (const OfferedOutput &output : node.type->outputs)
            offers.append({output.name, QStringLiteral("{{step.%1}}").arg(output.name), output.help});
        outputs->setOffers(offers);
        addField(outputs, JsonPointer({QStringLiteral("outputs")}), m_layout);
    }
}

void NodeForm::buildFields(const GraphNode &node)
{
    const JsonValue *json = node.pointer.resolve(m_document->definition().root());
    const StepView step = json ? StepView(*json) : StepView();
    QList<const InputField *> later;
    for (const InputField &field : node.type->inputs) {
        if (field.group > 0) {
            addArea(field, m_layout);
            continue;
        }
        // What is neither needed nor used stays out of sight until asked for.
        const bool isUsed = step.isValid() && inputPlace(field.name).resolve(step.json()) != nullptr;
        if (field.required || isUsed)
            addField(FieldEditor::create(field, this), inputPlace(field.name), m_layout);
        else
            later.append(&field);
    }
    for (const Entry &entry : std::as_const(m_entries)) {
        if (auto *content = qobject_cast<ContentFieldEditor *>(entry.editor))
            content->setFields(node.type->inputs);
    }
    m_change.emplace(node.type->inputs);
    if (later.isEmpty())
        return;
    m_moreButton = new QPushButton(this);
    m_moreButton->setObjectName(QStringLiteral("moreFields"));
    m_moreButton->setProperty("link", true);
    m_moreButton->setCheckable(true);
    m_moreButton->setText(later.size() == 1 ? tr("One more field") : tr("%1 more fields").arg(later.size()));
    m_moreButton->setIcon(themedIcon(QStringLiteral("chevron-right"), IconTone::Muted));
    m_layout->addWidget(m_moreButton, 0, Qt::AlignLeft);
    m_more = new QWidget(this);
    auto *moreLayout = new QVBoxLayout(m_more);
    moreLayout->setContentsMargins(0, 0, 0, 0);
    moreLayout->setSpacing(12);
    for (const InputField *field : std::as_const(later)) {
        addField(FieldEditor::create(*field, m_more), inputPlace(field->name), moreLayout);
        m_entries.last().isOptional = true;
    }
    m_more->hide();
    m_layout->addWidget(m_more);
    connect(m_moreButton, &QPushButton::toggled, this, &NodeForm::showMore);
}

// Next to the fields before it that have a meaning at the same time.
void NodeForm::addArea(const InputField &field, QVBoxLayout *layout)
{
    const bool goesOn = !m_areas.isEmpty() && m_areas.last().fields.last()->group == field.group
        && layout->itemAt(layout->count() - 1)->widget() == m_areas.last().widget;
    if (!goesOn) {
        auto *widget = new QWidget(this);
        auto *column = new QVBoxLayout(widget);
        column->setContentsMargins(0, 0, 0, 0);
        column->setSpacing(12);
        widget->hide();
        layout->addWidget(widget);
        m_areas.append({{}, widget, false, false});
    }
    m_areas.last().fields.append(&field);
}

void NodeForm::showAreas(const JsonValue &inputs)
{
    for (int i = 0; i < m_areas.size(); ++i) {
        m_areas[i].isShown = m_areas.at(i).fields.first()->isMeant(inputs);
        if (m_areas.at(i).isShown && !m_areas.at(i).isBuilt) {
            m_areas[i].isBuilt = true;
            QWidget *widget = m_areas.at(i).widget;
            for (const InputField *field : std::as_const(m_areas.at(i).fields)) {
                addField(FieldEditor::create(*field, widget), inputPlace(field->name),
                    static_cast<QVBoxLayout *>(widget->layout()));
                m_entries.last().area = i;
            }
        }
    }
}

void NodeForm::showMore(bool more)
{
    if (!m_more)
        return;
    m_moreButton->setChecked(more);
    m_moreButton->setIcon(
        themedIcon(more ? QStringLiteral("chevron-down") : QStringLiteral("chevron-right"), IconTone::Muted));
    m_more->setVisible(more);
}

FieldEditor *NodeForm::addField(FieldEditor *editor, const JsonPointer &place, QVBoxLayout *layout)
{
    m_entries.append({editor, place, false});
    layout->addWidget(editor);
    const bool isOutput = place.tokens().value(0) == u"outputs";
    const auto when = isOutput ? DataRead::When::Leaving : DataRead::When::Running;
    editor->setCompletions([this, when] { return completionSource(when); });
    if (const GraphNode *current = node(); current && !current->isTrigger)
        editor->setLive(m_data, [this, when] { return m_data->sampleSoon(m_key, when); });
    connect(editor, &FieldEditor::visited, this, [this] { ++m_visit; });
    connect(editor, &FieldEditor::edited, this,
        [this, editor](const std::optional<JsonValue> &value) { fieldEdited(editor, value); });
    connect(editor, &FieldEditor::fixRequested, this, &NodeForm::applyFix);
    connect(editor, &FieldEditor::undoRequested, m_document->undoStack(), &QUndoStack::undo);
    connect(editor, &FieldEditor::redoRequested, m_document->undoStack(), &QUndoStack::redo);
    return editor;
}

ExpressionCompleter::Source NodeForm::completionSource(DataRead::When when) const
{
    const GraphNode *current = node();
    if (!current || current->isTrigger)
        return {};
    return {m_data->available(m_key, when), when == DataRead::When::Leaving ? current->type : nullptr};
}

void NodeForm::fieldEdited(const FieldEditor *editor, const std::optional<JsonValue> &value)
{
    if (m_retired)
        return;
    if (editor == m_idEditor) {
        rename(value ? value->toString() : QString());
        return;
    }
    const auto entry = std::find_if(
        m_entries.cbegin(), m_entries.cend(), [editor](const Entry &candidate) { return candidate.editor == editor; });
    const GraphNode *current = node();
    if (entry == m_entries.cend() || !current)
        return;
    const JsonPointer place = entry->place;
    const QString mergeKey = QStringLiteral("field:%1:%2:%3").arg(m_key, place.toString()).arg(m_visit);
    const WorkflowDefinition &definition = m_document->definition();
    if (!current->isTrigger) {
        pushInput(place, value, mergeKey);
        return;
    }
    if (value) {
        push(setRootValue(definition, place, *value, tr("Change the workflow"), mergeKey));
        return;
    }
    const Result<JsonEdit> removal = JsonEdit::remove(definition.root(), place);
    if (!removal)
        return;
    DefinitionEdit edit;
    edit.text = tr("Change the workflow");
    edit.edits = {*removal};
    edit.triggerChanged = true;
    edit.mergeKey = mergeKey;
    push(edit);
}

// What goes with the change of one input is one edit with it.
void NodeForm::pushInput(const JsonPointer &place, const std::optional<JsonValue> &value, const QString &mergeKey)
{
    const WorkflowDefinition &definition = m_document->definition();
    const JsonPointer inputs({QStringLiteral("inputs")});
    const JsonValue *step = node()->pointer.resolve(definition.root());
    if (m_change && step && place != inputs && place.startsWith(inputs)) {
        const JsonValue before = step->value(u"inputs");
        const QStringList keys = place.tokens().mid(1);
        const JsonValue after = withInput(before, keys, value);
        const JsonValue changed = m_change->apply(before, after);
        // Of a removal that leaves nothing, the emptied objects go as well.
        constexpr qsizetype plainDepth = 2;
        if (changed != after || (!value && keys.size() > plainDepth && after != before)) {
            push(setStepValue(definition, m_document->graph(), m_key, inputs, changed, mergeKey));
            return;
        }
    }
    push(setStepValue(definition, m_document->graph(), m_key, place, value, mergeKey));
}

void NodeForm::rename(const QString &newId)
{
    const Result<DefinitionEdit> edit = renameStep(m_document->definition(), m_document->graph(), m_key, newId);
    auto *editor = static_cast<IdFieldEditor *>(m_idEditor);
    if (!edit) {
        editor->refuse(edit.error().message);
        return;
    }
    const JsonPointer place = node()->pointer;
    QPointer<NodeForm> alive(this);
    // The node's key changes with its id: this form follows, so that the cursor stays where it is.
    m_renaming = true;
    const Result<void> done = m_document->push(*edit);
    if (!alive)
        return;
    m_renaming = false;
    if (!done) {
        editor->refuse(done.error().message);
        return;
    }
    for (const GraphNode &renamed : m_document->graph().nodes()) {
        if (!renamed.isTrigger && renamed.pointer == place) {
            const QString newKey = renamed.key;
            follow(newKey);
            Q_EMIT keyChanged(newKey);
            return;
        }
    }
}

void NodeForm::applyFix(const Problem &problem)
{
    DefinitionEdit edit;
    edit.text = problem.fixText;
    edit.edits = problem.fix;
    if (!problem.stepKey.isEmpty())
        edit.stepKeys = {problem.stepKey};
    edit.structureChanged = true; // a fix may do anything
    edit.triggerChanged = problem.stepKey.isEmpty() || problem.stepKey == DefinitionGraph::triggerKey();
    push(edit);
}

void NodeForm::refresh()
{
    const GraphNode *current = node();
    if (!current)
        return;
    const JsonValue *json = current->pointer.resolve(m_document->definition().root());
    if (!json)
        return;
    showAreas(json->value(u"inputs"));
    for (const Entry &entry : std::as_const(m_entries)) {
        entry.editor->setInputs(json->value(u"inputs"));
        entry.editor->setValue(entry.place.resolve(*json));
    }
    for (const Area &area : std::as_const(m_areas))
        area.widget->setVisible(area.isShown);
    if (m_outcomes)
        m_outcomes->setNode(m_key);
    if (m_json)
        m_json->setNode(m_key);
    refreshProblems(*current);
    // Fields and rows come later than their neighbours.
    const QList<QWidget *> stops = tabStops(this);
    if (stops != m_stops)
        setTabOrders(this, stops);
    m_stops = stops;
}

// The field that shows the most of what a pointer into the definition leads to; nullptr when there is none.
const NodeForm::Entry *NodeForm::entryAt(const JsonPointer &stepPlace, const JsonPointer &pointer) const
{
    const Entry *best = nullptr;
    for (const Entry &entry : m_entries) {
        if (isShown(entry) && pointer.startsWith(joined(stepPlace, entry.place))
            && (!best || entry.place.tokens().size() > best->place.tokens().size()))
            best = &entry;
    }
    return best;
}

void NodeForm::refreshProblems(const GraphNode &node)
{
    QHash<const FieldEditor *, QList<Problem>> byField;
    QList<Problem> rest;
    for (const Problem &problem : m_document->problems()) {
        const bool own = problem.stepKey == m_key || (node.isTrigger && problem.stepKey.isEmpty());
        if (!own)
            continue;
        const Entry *best = entryAt(node.pointer, problem.pointer);
        if (!best) {
            rest.append(problem);
            continue;
        }
        byField[best->editor].append(problem);
        if (best->isOptional)
            showMore(true);
    }
    for (const Entry &entry : std::as_const(m_entries))
        entry.editor->setProblems(byField.value(entry.editor));
    rest = firstProblems(rest);
    while (m_problemLayout->count() > rest.size()) {
        const std::unique_ptr<QLayoutItem> item(m_problemLayout->takeAt(m_problemLayout->count() - 1));
        item->widget()->hide();
        item->widget()->deleteLater();
    }
    while (m_problemLayout->count() < rest.size()) {
        auto *label = new ProblemLabel(this);
        connect(label, &ProblemLabel::fixRequested, this, &NodeForm::applyFix);
        m_problemLayout->addWidget(label);
    }
    for (int i = 0; i < rest.size(); ++i)
        static_cast<ProblemLabel *>(m_problemLayout->itemAt(i)->widget())->setProblem(rest.at(i));
}

// Of what has no field of its own: where a step leads on among its outcomes, else the first thing to edit but the id.
QWidget *NodeForm::fieldInsteadOf(const GraphNode &node, const JsonPointer &pointer) const
{
    QWidget *way = nullptr;
    if (m_outcomes) { // the first that Tab comes to
        for (QWidget *next = nextInFocusChain(); next != this && !way; next = next->nextInFocusChain()) {
            if (m_outcomes->isAncestorOf(next) && (next->focusPolicy() & Qt::TabFocus) && next->isEnabledTo(m_outcomes)
                && next->isVisibleTo(m_outcomes))
                way = next;
        }
    }
    if (way
        && (pointer.startsWith(node.pointer / QStringLiteral("selectNextStep"))
            || pointer.startsWith(node.pointer / QStringLiteral("nextStepId"))))
        return way;
    for (const Entry &entry : m_entries) {
        if (!entry.isOptional && entry.place != JsonPointer() / QStringLiteral("id"))
            return entry.editor->input();
    }
    return way ? way : m_entries.isEmpty() ? nullptr : m_entries.first().editor->input();
}

bool NodeForm::focusField(const JsonPointer &pointer)
{
    const GraphNode *current = node();
    if (!current)
        return false;
    const Entry *best = entryAt(current->pointer, pointer);
    if (!best) {
        QWidget *instead = fieldInsteadOf(*current, pointer);
        if (instead)
            instead->setFocus(Qt::OtherFocusReason);
        return instead;
    }
    if (best->isOptional)
        showMore(true);
    best->editor->inputAt(pointer)->setFocus(Qt::OtherFocusReason);
    return true;
}

bool NodeForm::isRenaming() const
{
    return m_renaming || (m_json && m_json->isApplying());
}

void NodeForm::retire()
{
    m_retired = true;
    if (m_json)
        m_json->retire();
}

bool NodeForm::commit()
{
    bool done = !m_json || m_json->commit();
    // Committing may rename the step and so rebuild this form's list; a copy stays valid meanwhile.
    const QList<Entry> entries = m_entries;
    QPointer<NodeForm> alive(this);
    for (const Entry &entry : entries) {
        if (!isShown(entry))
            continue;
        done = entry.editor->commit() && done;
        if (!alive)
            return done;
    }
    return done;
}

bool NodeForm::push(const Result<DefinitionEdit> &edit)
{
    QPointer<NodeForm> alive(this);
    const Result<void> done = edit ? m_document->push(*edit) : Result<void>(edit.error());
    if (alive)
        showError(done ? QString() : done.error().message);
    return done.isOk();
}

void NodeForm::showError(const QString &message)
{
    m_error->setText(message);
    m_error->setVisible(!message.isEmpty());
}

} // namespace automation
