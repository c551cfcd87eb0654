#include "model/definition/templatequestions.h"

#include <QCoreApplication>
#include <QHash>

namespace automation {

namespace {

constexpr qsizetype mostQuestions = 40; // more is no form any more
constexpr qsizetype longestText = 4000; // what is longer is edited in the workflow itself

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(TemplateCatalog)
};

using Editor = InputField::Editor;

bool isAskedFor(const InputField &field)
{
    return field.name == u"subAccountId" || field.name == u"source" || field.editor == Editor::Url
        || field.editor == Editor::MultilineText;
}

class Questions
{
public:
    void ask(const InputField &field, const GraphNode &node, const JsonValue &present, const JsonPointer &place)
    {
        if (!(present.isString() || present.isNull()) || (present.isNull() && !field.required))
            return;
        const QString value = present.toString();
        if (value.contains(u"{{") || value.size() > longestText)
            return;
        const bool isMessage = field.editor == Editor::MultilineText;
        const QString group = isMessage ? QString() : QString(field.label + QChar(u'\x1f') + value);
        if (const auto known = m_groups.constFind(group); !isMessage && known != m_groups.constEnd()) {
            m_questions[*known].places += place;
            return;
        }
        if (m_questions.size() >= mostQuestions)
            return;
        TemplateQuestion question;
        question.label = isMessage || field.editor == Editor::Url
            ? Text::tr("%1 of “%2”").arg(field.label, node.id.left(80).simplified())
            : field.label;
        question.help = field.help;
        question.example = value.isEmpty() ? field.placeholder : value;
        question.isMessage = isMessage;
        question.places = {place};
        if (!isMessage)
            m_groups.insert(group, m_questions.size());
        m_questions += question;
    }

    const QList<TemplateQuestion> &all() const { return m_questions; }

private:
    QList<TemplateQuestion> m_questions;
    QHash<QString, qsizetype> m_groups; // label and present value
};

} // namespace

QList<TemplateQuestion> questionsOf(const WorkflowDefinition &definition, const DefinitionGraph &graph)
{
    Questions questions;
    for (const GraphNode &node : graph.nodes()) {
        const JsonValue *step = node.isTrigger || !node.type ? nullptr : node.pointer.resolve(definition.root());
        const JsonValue *inputs = step ? step->find(u"inputs") : nullptr;
        if (!inputs || !inputs->isObject())
            continue;
        for (const InputField &field : node.type->inputs) {
            if (!isAskedFor(field) || !field.isMeant(*inputs))
                continue;
            const JsonPointer below(field.keys);
            JsonPointer place = node.pointer / QLatin1StringView("inputs");
            for (const QString &key : field.keys)
                place = place / key;
            const JsonValue *holder = below.parent().resolve(*inputs);
            if (!holder || !holder->isObject())
                continue;
            // A message with other content than a text needs none.
            const JsonValue &present = holder->value(field.keys.last());
            const bool isOther = field.keys.size() > 1 && present.toString().isEmpty()
                && holder->size() > (holder->contains(field.keys.last()) ? 1 : 0);
            if (!isOther)
                questions.ask(field, node, present, place);
        }
    }
    // The workflow listens on a subaccount: mostly the one that answers.
    const QString own = definition.subAccountId();
    QList<TemplateQuestion> all = questions.all();
    if (own.isEmpty())
        return all;
    const QString member = definition.root().contains(u"subAccountId") ? u"subAccountId"_qs : u"subaccountId"_qs;
    const JsonPointer place = JsonPointer() / member;
    if (!place.resolve(definition.root()))
        return all;
    for (TemplateQuestion &question : all) {
        if (question.places.first().lastToken() == u"subAccountId" && question.example == own) {
            question.places.prepend(place);
            question.payloadPlaces = {JsonPointer({u"payload"_qs, u"subAccountId"_qs})};
            return all;
        }
    }
    TemplateQuestion question;
    question.label = Text::tr("Subaccount");
    question.help = Text::tr("The subaccount whose messages start the workflow.");
    question.example = own;
    question.places = {place};
    question.payloadPlaces = {JsonPointer({u"payload"_qs, u"subAccountId"_qs})};
    all.prepend(question);
    return all;
}

} // namespace automation
