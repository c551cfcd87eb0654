#include "app/views/jsonoffers.h"

#include "app/views/jsonplaces.h"

#include <algorithm>
#include <QCoreApplication>

namespace automation {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(JsonOffers)
};

const QString colon = u": "_qs;
const QString textFollows = u": \"\""_qs;

// How many of the path's tokens lead to the step; 0 outside of all.
qsizetype stepDepth(const QStringList &path)
{
    const QStringList steps = WorkflowDefinition::stepsPointer().tokens();
    if (path.size() <= steps.size() || path.first(steps.size()) != steps)
        return 0;
    qsizetype depth = steps.size() + 1;
    while (depth + 2 < path.size() && path.at(depth) == u"do")
        depth += 3;
    return depth;
}

QString followsOf(const InputField &field)
{
    switch (field.editor) {
    case InputField::Editor::Integer:
    case InputField::Editor::Number:
    case InputField::Editor::KeyValue:
    case InputField::Editor::List:
    case InputField::Editor::Content:
    case InputField::Editor::Json:
        return colon;
    default:
        return textFollows;
    }
}

class Offers
{
public:
    Offers(const JsonContext &place, const WorkflowDocument &document)
        : m_place(place)
        , m_document(document)
        , m_step(stepDepth(place.path))
    {
    }

    QList<JsonOffer> run()
    {
        if (m_step > 0)
            inStep(m_place.path.mid(m_step));
        else
            outside();
        return best();
    }

private:
    void add(const QString &name, const QString &detail, const QString &sentence = {}, const QString &follows = {})
    {
        m_offers += {name, detail, sentence, follows, false};
    }

    void addMembers(std::initializer_list<std::tuple<QString, QString, QString>> members)
    {
        for (const auto &[name, help, follows] : members)
            add(name, {}, help, follows);
    }

    void outside()
    {
        if (m_place.isKey && m_place.path.isEmpty()) {
            addMembers({{u"definition"_qs, Text::tr("Name and steps of the workflow."), colon},
                {u"subAccountId"_qs, Text::tr("The subaccount whose messages start it."), textFollows},
                {u"trigger"_qs, Text::tr("What starts an instance."), textFollows},
                {u"status"_qs, Text::tr("Whether it may start."), textFollows}});
        } else if (m_place.isKey && m_place.path == QStringList {u"definition"_qs}) {
            addMembers({{u"name"_qs, Text::tr("What people call the workflow."), textFollows},
                {u"steps"_qs, Text::tr("The list of its steps; the first one begins."), colon}});
        } else if (!m_place.isKey && m_place.path.isEmpty() && m_place.key == u"trigger") {
            for (const StepType &type : m_document.catalog().triggers())
                add(type.name, type.label, type.description);
        } else if (!m_place.isKey && m_place.path.isEmpty() && m_place.key == u"status") {
            add(u"enabled"_qs, {});
            add(u"disabled"_qs, {});
        }
    }

    const StepType *type() const
    {
        if (const StepType *written = m_document.catalog().step(m_place.stepType))
            return written;
        const int node = nodeAt(m_place, m_document);
        return node > 0 ? m_document.graph().nodes().at(node).type : nullptr;
    }

    void inStep(const QStringList &below)
    {
        if (below.isEmpty() && m_place.isKey) {
            addMembers({{u"id"_qs, Text::tr("The name other steps lead to."), textFollows},
                {u"stepType"_qs, Text::tr("What the step does."), textFollows},
                {u"inputs"_qs, Text::tr("What the step works with."), colon},
                {u"outputs"_qs, Text::tr("Variables the step writes."), colon},
                {u"nextStepId"_qs, Text::tr("The step that follows."), textFollows},
                {u"selectNextStep"_qs, Text::tr("Steps that may follow, each with its condition."), colon},
                {u"do"_qs, Text::tr("Lists of steps inside of this one."), colon}});
        } else if (below.isEmpty() && m_place.key == u"stepType") {
            for (const StepType &step : m_document.catalog().steps())
                add(step.name, step.label, step.description);
        } else if ((below.isEmpty() && !m_place.isKey && m_place.key == u"nextStepId")
            || (m_place.isKey && below == QStringList {u"selectNextStep"_qs})) {
            targets();
        } else if (!below.isEmpty() && below.first() == u"inputs") {
            inputs(below.mid(1));
        }
    }

    void targets()
    {
        const QStringList own = m_place.path.first(m_step);
        for (const GraphNode &node : m_document.graph().nodes()) {
            if (node.isTrigger || node.id.isEmpty() || node.pointer.tokens() == own)
                continue;
            add(node.id, node.type ? node.type->label : node.typeName, {}, m_place.isKey ? textFollows : QString());
        }
    }

    void inputs(const QStringList &inside)
    {
        const StepType *step = type();
        if (!step)
            return;
        QStringList known;
        for (const InputField &field : step->inputs) {
            const QStringList whole = inside + QStringList {m_place.isKey ? QString() : m_place.key};
            if (!m_place.isKey) {
                if (field.keys == whole) {
                    for (const QString &choice : field.choices)
                        add(choice, {}, field.help);
                }
                continue;
            }
            if (field.keys.size() <= inside.size() || field.keys.first(inside.size()) != inside)
                continue;
            const QString name = field.keys.at(inside.size());
            if (known.contains(name))
                continue;
            known += name;
            const bool isLast = field.keys.size() == inside.size() + 1;
            add(name,
                isLast && field.required ? Text::tr("%1 · required").arg(field.label)
                    : isLast             ? field.label
                                         : QString(),
                isLast ? field.help : QString(), isLast ? followsOf(field) : colon);
        }
    }

    // Without what is there already, what begins as typed before what has it inside.
    QList<JsonOffer> best()
    {
        QList<JsonOffer> first;
        QList<JsonOffer> rest;
        for (const JsonOffer &offer : std::as_const(m_offers)) {
            if (m_place.isKey && m_place.siblings.contains(offer.name) && offer.name != m_place.typed)
                continue;
            if (offer.name.startsWith(m_place.typed, Qt::CaseInsensitive))
                first += offer;
            else if (offer.name.contains(m_place.typed, Qt::CaseInsensitive))
                rest += offer;
        }
        return first + rest;
    }

    const JsonContext &m_place;
    const WorkflowDocument &m_document;
    qsizetype m_step;
    QList<JsonOffer> m_offers;
};

} // namespace

QList<JsonOffer> jsonOffers(const JsonContext &place, const WorkflowDocument &document)
{
    return Offers(place, document).run();
}

int nodeAt(const JsonContext &place, const WorkflowDocument &document)
{
    const JsonPointer pointer(place.path.first(stepDepth(place.path)));
    const int node = pointer.isRoot() ? -1 : nodeAt(document.graph(), pointer);
    return node > 0 && document.graph().nodes().at(node).pointer == pointer ? node : -1;
}

bool isInOutputs(const JsonContext &place)
{
    const qsizetype depth = stepDepth(place.path);
    return depth > 0 && (place.path.value(depth) == u"outputs" || place.path.value(depth) == u"selectNextStep");
}

} // namespace automation
