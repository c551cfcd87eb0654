#include "model/document/commands/typecommands.h"

#include "model/document/commands/outcomeediting.h"

#include <QCoreApplication>

namespace automation {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(StepCommands)
};

using Outcomes = StepType::Outcomes;

bool hasOwnOutcomes(const StepType &type)
{
    return type.outcomes == Outcomes::Fixed || type.outcomes == Outcomes::Conditions;
}

bool isBlank(const JsonValue *value)
{
    return !value || value->isNull() || (value->isString() && value->toString().isEmpty())
        || ((value->isObject() || value->isArray()) && value->isEmpty());
}

// Whether any input of a type lies below a member of "inputs".
bool knowsInput(const StepType &type, const QString &member)
{
    return type.newInputs.contains(member)
        || std::any_of(type.inputs.begin(), type.inputs.end(),
            [&member](const InputField &field) { return field.name.section(u'.', 0, 0) == member; });
}

class TypeChange
{
public:
    TypeChange(const WorkflowDefinition &definition, const GraphNode &node, const StepType &type)
        : m_style(definition)
        , m_recorder(definition)
        , m_node(node)
        , m_type(type)
        , m_before(*m_recorder.at(node.pointer))
    {
    }

    Result<DefinitionEdit> run()
    {
        const bool holdsSteps = !m_node.children.isEmpty();
        if (holdsSteps && m_type.outcomes != Outcomes::Container) {
            return invalidRequest(Text::tr("“%1” holds other steps, which “%2” cannot. Move or delete them first.")
                                      .arg(m_node.id, m_type.label));
        }
        setMember(u"stepType"_qs, m_type.name);
        changeInputs();
        changeWiring();
        m_edit.text = Text::tr("Change “%1” to %2").arg(m_node.id, m_type.label);
        m_edit.stepKeys = QStringList {m_node.key};
        m_edit.structureChanged = true;
        m_edit.reveal = m_node.key;
        m_edit.notice = m_notices.join(u'\n');
        return m_recorder.finish(m_edit);
    }

private:
    JsonPointer place(const QString &member) const { return m_node.pointer / member; }

    void setMember(const QString &member, const JsonValue &value)
    {
        const JsonValue *step = m_recorder.at(m_node.pointer);
        if (!step)
            return;
        if (step->contains(member))
            m_recorder.replace(place(member), value);
        else
            m_recorder.insertMember(m_node.pointer, m_style.positionOf(*step, member), member, value);
    }

    // The value of an input by its dotted name.
    static const JsonValue *inputAt(const JsonValue &inputs, const QString &name)
    {
        const JsonValue *value = &inputs;
        for (const QString &key : name.split(u'.')) {
            value = value->find(key);
            if (!value)
                return nullptr;
        }
        return value;
    }

    void setInput(const QString &name, const JsonValue &value)
    {
        JsonPointer at = place(u"inputs"_qs);
        const QStringList keys = name.split(u'.');
        for (qsizetype i = 0; i < keys.size(); ++i) {
            const JsonValue *container = m_recorder.at(at);
            if (!container || !container->isObject())
                return; // something else stands there; it is kept
            if (container->contains(keys.at(i))) {
                at = at / keys.at(i);
                continue;
            }
            JsonValue fresh = value;
            for (qsizetype k = keys.size() - 1; k > i; --k)
                fresh = JsonValue::object({{keys.at(k), fresh}});
            m_recorder.insertMember(at, container->size(), keys.at(i), fresh);
            return;
        }
        m_recorder.replace(at, value);
    }

    void changeInputs()
    {
        const JsonValue before = m_before.value(u"inputs");
        if (!before.isObject() && !before.isNull())
            return; // not what it should be; the checker says so
        if (before.isNull()) {
            if (m_type.newInputs.isObject())
                setMember(u"inputs"_qs, m_type.newInputs);
            return;
        }
        const StepType *old = m_node.type;
        QStringList dropped;
        QList<std::pair<QString, JsonValue>> moved;
        for (qsizetype i = 0; old && i < before.size(); ++i) {
            const QString &member = before.keyAt(i);
            if (before.indexOf(member) != i || knowsInput(m_type, member) || !knowsInput(*old, member))
                continue;
            bool isKept = isBlank(&before.at(i));
            for (const InputField &field : old->inputs) {
                const JsonValue *value
                    = field.name.section(u'.', 0, 0) == member ? inputAt(before, field.name) : nullptr;
                if (isBlank(value) || !field.isMeant(before))
                    continue;
                if (const InputField *other = namesake(field); other && isBlank(inputAt(before, other->name))) {
                    moved += {other->name, *value};
                    isKept = true;
                }
            }
            if (!isKept)
                dropped += member;
            m_recorder.remove(place(u"inputs"_qs) / member);
        }
        for (const auto &[name, value] : moved)
            setInput(name, value);
        addMissing(m_type.newInputs, place(u"inputs"_qs));
        if (!dropped.isEmpty()) {
            m_notices
                += Text::tr("%1 has no %2; what stood there is gone.").arg(m_type.label, dropped.join(Text::tr(", ")));
        }
    }

    // The input of the new type that means the same: label and editor are those of the catalogue.
    const InputField *namesake(const InputField &field) const
    {
        for (const InputField &other : m_type.inputs) {
            if (other.label == field.label && other.editor == field.editor)
                return &other;
        }
        return nullptr;
    }

    void addMissing(const JsonValue &wanted, const JsonPointer &at)
    {
        for (qsizetype i = 0; i < wanted.size(); ++i) {
            const JsonValue *container = m_recorder.at(at);
            if (!wanted.isObject() || !container || !container->isObject())
                return;
            const QString &key = wanted.keyAt(i);
            if (!container->contains(key))
                m_recorder.insertMember(at, container->size(), key, wanted.at(i));
            else if (wanted.at(i).isObject())
                addMissing(wanted.at(i), at / key);
        }
    }

    // Place of the condition among the old type's own ones, -1 for one that a person wrote or the default.
    qsizetype templateOf(const QString &target) const
    {
        if (!m_node.type || m_node.type->outcomes != Outcomes::Fixed)
            return -1;
        for (const Outcome &outcome : m_node.outcomes) {
            if (outcome.target != target || outcome.kind != Outcome::Kind::Condition)
                continue;
            const QList<OutcomeTemplate> &templates = m_node.type->outcomeTemplates;
            for (qsizetype i = 0; i < templates.size(); ++i) {
                if (!outcome.templateKey().isEmpty() && templates.at(i).key == outcome.templateKey())
                    return i;
            }
        }
        return -1;
    }

    void changeWiring()
    {
        const StepView step(m_before);
        const JsonValue before = step.selectNextStep();
        const QString next = step.nextStepId();
        if (!before.isObject() && !before.isNull())
            return;
        JsonValue entries = before.isObject() ? before : JsonValue::object();
        const bool hasDefault = hasDefaultEntry(entries);
        QString nextAfter = next;
        if (m_type.outcomes == Outcomes::Fixed)
            translate(entries);
        else if (m_type.outcomes == Outcomes::Conditions)
            toConditions(entries, hasDefault);
        else if (next.isEmpty())
            nextAfter = toSingle(entries);
        else
            dropTemplates(entries, 0);

        if (hasOwnOutcomes(m_type) && !next.isEmpty() && entries.isEmpty()) {
            const bool isFixed = m_type.outcomes == Outcomes::Fixed && !m_type.outcomeTemplates.isEmpty();
            entries.set(next, isFixed ? JsonValue(m_type.outcomeTemplates.first().condition) : JsonValue());
            nextAfter.clear();
        }
        if (nextAfter != next)
            setNext(nextAfter);
        if (entries != before && !(entries.isEmpty() && before.isNull()))
            setEntries(entries, before);
    }

    static bool hasDefaultEntry(const JsonValue &entries)
    {
        for (qsizetype i = 0; i < entries.size(); ++i) {
            if (entries.at(i).isNull())
                return true;
        }
        return false;
    }

    // The old type's conditions become the new one's, first to first.
    void translate(JsonValue &entries)
    {
        for (qsizetype i = 0; i < entries.size(); ++i) {
            const qsizetype own = templateOf(entries.keyAt(i));
            if (own >= 0 && own < m_type.outcomeTemplates.size())
                entries.replace(i, m_type.outcomeTemplates.at(own).condition);
        }
    }

    void toConditions(JsonValue &entries, bool hasDefault)
    {
        QStringList open;
        for (qsizetype i = 0; i < entries.size(); ++i) {
            const qsizetype own = templateOf(entries.keyAt(i));
            if (own < 0)
                continue;
            if (own == 0 && !hasDefault) {
                entries.replace(i, JsonValue());
            } else {
                entries.replace(i, u"{{ }}"_qs);
                open += entries.keyAt(i);
            }
        }
        if (!open.isEmpty())
            m_notices += Text::tr("The condition for “%1” has to be written anew.").arg(open.join(Text::tr("”, “")));
    }

    // Takes out the old type's conditions from the template first on; gives the targets taken.
    QStringList dropTemplates(JsonValue &entries, qsizetype first)
    {
        QStringList targets;
        for (qsizetype i = entries.size() - 1; i >= 0; --i) {
            if (templateOf(entries.keyAt(i)) >= first) {
                targets.prepend(entries.keyAt(i));
                entries.removeAt(i);
            }
        }
        if (!targets.isEmpty())
            m_notices += Text::tr("It does not lead to “%1” any more.").arg(targets.join(Text::tr("”, “")));
        return targets;
    }

    // Gives the next step when the entries can be one; entries that a person wrote work in every type and stay.
    QString toSingle(JsonValue &entries)
    {
        dropTemplates(entries, 1);
        if (entries.size() != 1)
            return defaultForTemplate(entries);
        const QString target = entries.keyAt(0);
        if (!entries.at(0).isNull() && templateOf(target) < 0)
            return {};
        entries = JsonValue::object();
        return target;
    }

    QString defaultForTemplate(JsonValue &entries)
    {
        const bool hasDefault = hasDefaultEntry(entries);
        for (qsizetype i = 0; i < entries.size(); ++i) {
            if (templateOf(entries.keyAt(i)) >= 0)
                entries.replace(i, hasDefault ? JsonValue(u"{{ }}"_qs) : JsonValue());
        }
        return {};
    }

    void setNext(const QString &target)
    {
        const QString member = u"nextStepId"_qs;
        if (!target.isEmpty())
            setMember(member, target);
        else if (m_style.writesNullNext() && m_before.contains(member))
            m_recorder.replace(place(member), JsonValue());
        else if (m_before.contains(member))
            m_recorder.remove(place(member));
    }

    // Entry by entry, so that those that stay keep their lines.
    void setEntries(const JsonValue &entries, const JsonValue &before)
    {
        const JsonPointer select = place(u"selectNextStep"_qs);
        if (!before.isObject() || before.isEmpty() || entries.isEmpty()) {
            if (entries.isEmpty() && !m_style.writesEmptyMembers())
                m_recorder.remove(select);
            else
                setMember(u"selectNextStep"_qs, entries);
            return;
        }
        m_recorder.replace(select, entries);
    }

    StepStyle m_style;
    EditRecorder m_recorder;
    const GraphNode &m_node;
    const StepType &m_type;
    JsonValue m_before;
    DefinitionEdit m_edit;
    QStringList m_notices;
};

} // namespace

Result<DefinitionEdit> changeStepType(
    const WorkflowDefinition &definition, const DefinitionGraph &graph, const QString &key, const StepType &type)
{
    const Result<const GraphNode *> node = findNode(graph, key);
    if (!node)
        return node.error();
    if ((*node)->isTrigger || type.isTrigger)
        return invalidRequest(Text::tr("The trigger is no step."));
    const JsonValue *step = (*node)->pointer.resolve(definition.root());
    if (!step || !step->isObject())
        return invalidRequest(Text::tr("A step must be an object in { }."));
    return TypeChange(definition, **node, type).run();
}

} // namespace automation
