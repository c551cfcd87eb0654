#include "designer/inspector/listfieldeditor.h"

#include "designer/inspector/editortools.h"
#include "designer/inspector/jsonfieldeditor.h"
#include "designer/inspector/listelement.h"
#include "designer/style/themedicon.h"

#include <QPushButton>
#include <QVBoxLayout>

namespace automation {

namespace {

bool isListOfObjects(const JsonValue &value)
{
    for (qsizetype i = 0; i < value.size(); ++i) {
        if (!value.at(i).isObject())
            return false;
    }
    return value.isArray();
}

// With the lists in its elements. The value is a list of objects.
qsizetype elementCount(const InputField &field, const JsonValue &list)
{
    qsizetype count = list.size();
    for (const InputField &part : field.items) {
        for (qsizetype i = 0; part.editor == InputField::Editor::List && i < list.size(); ++i) {
            const JsonValue *inner = JsonPointer(part.keys).resolve(list.at(i));
            if (inner && isListOfObjects(*inner))
                count += elementCount(part, *inner);
        }
    }
    return count;
}

} // namespace

ListFieldEditor::ListFieldEditor(const InputField &field, QWidget *parent)
    : FieldEditor(field, parent)
    , m_add(new QPushButton(tr("Add %1").arg(field.itemLabel.toLower()), this))
{
    InputField json;
    json.name = field.name + QStringLiteral("/json");
    json.editor = InputField::Editor::Json;
    m_json = new JsonFieldEditor(json, this);
    m_json->input()->setAccessibleName(field.label);
    m_json->hide();
    connectEditor(m_json);
    connect(m_json, &FieldEditor::edited, this, [this](const std::optional<JsonValue> &value) { submit(value); });
    m_add->setIcon(themedIcon(QStringLiteral("add"), IconTone::Muted));
    m_add->setObjectName(QStringLiteral("add_") + field.name);
    m_add->setAccessibleName(tr("%1: %2").arg(field.label, m_add->text()));
    body()->setSpacing(10);
    body()->addWidget(m_json);
    body()->addWidget(m_add, 0, Qt::AlignLeft);
    connect(m_add, &QPushButton::clicked, this, &ListFieldEditor::add);
}

ListFieldEditor::~ListFieldEditor() = default;

QWidget *ListFieldEditor::input() const
{
    if (!m_json->isHidden())
        return m_json->input();
    const FieldEditor *first = m_elements.isEmpty() ? nullptr : m_elements.first()->firstShown();
    return first ? first->input() : m_add;
}

QWidget *ListFieldEditor::inputAt(const JsonPointer &pointer) const
{
    const FieldEditor *part = partAt(pointer);
    return part ? part->inputAt(pointer) : input();
}

void ListFieldEditor::setProblems(const QList<Problem> &problems)
{
    QHash<const FieldEditor *, QList<Problem>> byPart;
    for (const Problem &problem : problems)
        byPart[partAt(problem.pointer)].append(problem);
    for (const ListElement *element : std::as_const(m_elements)) {
        for (const ListElement::Part &part : element->parts())
            part.editor->setProblems(byPart.value(part.editor));
    }
    FieldEditor::setProblems(byPart.value(nullptr));
}

// The field of an element's member that a pointer into the definition leads to; nullptr when there is none.
FieldEditor *ListFieldEditor::partAt(const JsonPointer &pointer) const
{
    // The list's own keys are the last ones of their kind on the way: elements of lists have lists of other names.
    const QStringList &tokens = pointer.tokens();
    const QStringList &keys = field().keys;
    qsizetype start = tokens.size() - keys.size() - 1;
    while (start >= 0 && tokens.mid(start, keys.size()) != keys)
        --start;
    bool isNumber = false;
    const int index = start < 0 ? -1 : tokens.at(start + keys.size()).toInt(&isNumber);
    if (!isNumber || index < 0 || index >= m_elements.size())
        return nullptr;
    const QStringList rest = tokens.mid(start + keys.size() + 1);
    for (const ListElement::Part &part : m_elements.at(index)->parts()) {
        if (!part.editor->isHidden() && rest.size() >= part.field->keys.size()
            && rest.first(part.field->keys.size()) == part.field->keys)
            return part.editor;
    }
    return nullptr;
}

bool ListFieldEditor::commit()
{
    bool done = m_json->isHidden() || m_json->commit();
    const QList<ListElement *> elements = m_elements;
    for (const ListElement *element : elements) {
        for (const ListElement::Part &part : element->parts())
            done = part.editor->commit() && done;
    }
    return done;
}

// The parts say what they give; the list as a whole needs no result.
void ListFieldEditor::setLive(StepData *stepData, const std::function<StepData::Sample()> &sample)
{
    m_stepData = stepData;
    m_sample = sample;
    for (const ListElement *element : std::as_const(m_elements)) {
        for (const ListElement::Part &part : element->parts())
            part.editor->setLive(stepData, sample);
    }
}

void ListFieldEditor::showValue(const JsonValue *value)
{
    constexpr qsizetype mostElements = 60;
    const bool isList = !value || value->isNull() || isListOfObjects(*value);
    const bool asJson = !isList || (value && elementCount(field(), *value) > mostElements);
    m_json->setVisible(asJson);
    m_add->setVisible(!asJson);
    setHint(!isList  ? tr("Not a list of objects, so it is shown as JSON.")
            : asJson ? tr("Too many for fields of their own, so they are shown as JSON.")
                     : QString());
    if (asJson) {
        build(0);
        m_json->setValue(value);
        return;
    }
    showList(list());
}

JsonValue ListFieldEditor::list() const
{
    return value() && value()->isArray() ? *value() : JsonValue::array();
}

void ListFieldEditor::showList(const JsonValue &list)
{
    if (list.size() != m_elements.size())
        build(list.size());
    for (qsizetype i = 0; i < m_elements.size(); ++i)
        m_elements.at(i)->showElement(list.at(i));
}

void ListFieldEditor::build(qsizetype count)
{
    while (m_elements.size() > count) {
        ListElement *element = m_elements.takeLast();
        // Later: it may be what reported the edit.
        element->disconnect(this);
        for (const ListElement::Part &part : element->parts())
            part.editor->disconnect(this);
        body()->removeWidget(element);
        element->hide();
        element->deleteLater();
    }
    while (m_elements.size() < count) {
        ListElement *element = buildElement(int(m_elements.size()));
        body()->insertWidget(int(m_elements.size()) + 1, element); // behind the JSON
        m_elements.append(element);
        element->show();
    }
    QList<QWidget *> stops;
    for (const ListElement *element : std::as_const(m_elements))
        stops += tabStops(element);
    setTabOrders(m_json->input(), stops + QList<QWidget *> {m_add});
}

ListElement *ListFieldEditor::buildElement(int index)
{
    auto *element = new ListElement(field(), index, this);
    connect(element, &ListElement::removeRequested, this, [this, index] { remove(index); });
    connect(element, &ListElement::moveUpRequested, this, [this, index] { moveUp(index); });
    for (const InputField &part : field().items) {
        InputField own = part;
        own.name = QStringLiteral("%1/%2/%3").arg(field().name).arg(index).arg(part.name);
        FieldEditor *editor = FieldEditor::create(own, element);
        element->addPart(&part, editor);
        connectEditor(editor);
        if (m_stepData)
            editor->setLive(m_stepData, m_sample);
        connect(editor, &FieldEditor::edited, this,
            [this, index, &part](const std::optional<JsonValue> &value) { elementEdited(index, part, value); });
    }
    return element;
}

void ListFieldEditor::connectEditor(FieldEditor *editor)
{
    editor->setCompletions([this] { return completions(); });
    connect(editor, &FieldEditor::visited, this, [this] {
        if (!isWithinVisit())
            Q_EMIT visited();
    });
    connect(editor, &FieldEditor::fixRequested, this, &FieldEditor::fixRequested);
    connect(editor, &FieldEditor::undoRequested, this, &FieldEditor::undoRequested);
    connect(editor, &FieldEditor::redoRequested, this, &FieldEditor::redoRequested);
}

void ListFieldEditor::elementEdited(int index, const InputField &part, const std::optional<JsonValue> &value)
{
    JsonValue next = list();
    if (index >= next.size() || index >= m_elements.size())
        return;
    const JsonValue before = next.at(index);
    const JsonValue after = m_elements.at(index)->change()->apply(before, withInput(before, part.keys, value));
    next.replace(index, after);
    submit(next);
    m_elements.at(index)->showElement(after);
}

void ListFieldEditor::add()
{
    JsonValue next = list();
    next.append(field().newItem);
    Q_EMIT visited(); // an undo step of its own, and of what is typed next
    submit(next);
    showList(next);
    if (FieldEditor *first = m_elements.isEmpty() ? nullptr : m_elements.last()->firstShown())
        focusWithinVisit(first->input());
}

void ListFieldEditor::remove(int index)
{
    JsonValue next = list();
    if (index >= next.size())
        return;
    next.removeAt(index);
    Q_EMIT visited();
    submit(next);
    showList(next);
    const qsizetype neighbour = std::min<qsizetype>(index, m_elements.size() - 1);
    FieldEditor *first = neighbour < 0 ? nullptr : m_elements.at(neighbour)->firstShown();
    (first ? first->input() : m_add)->setFocus(Qt::OtherFocusReason);
}

void ListFieldEditor::moveUp(int index)
{
    JsonValue next = list();
    if (index < 1 || index >= next.size())
        return;
    const JsonValue moved = next.at(index);
    next.removeAt(index);
    next.insert(index - 1, moved);
    Q_EMIT visited();
    submit(next);
    showList(next);
    if (FieldEditor *first = m_elements.at(index - 1)->firstShown())
        first->input()->setFocus(Qt::OtherFocusReason);
}

} // namespace automation
