#include "model/document/templatefilling.h"

#include "model/json/jsonpatch.h"
#include "model/json/jsonreader.h"
#include "model/validation/validator.h"

#include <QCoreApplication>

namespace automation {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(TemplateFilling)
};

// False when nothing is there that could hold the value.
bool write(JsonValue &root, const JsonPointer &place, const QString &answer)
{
    const JsonPointer parent = place.parent();
    if (!parent.resolve(std::as_const(root)))
        return false;
    JsonValue *holder = parent.resolve(root);
    if (holder->isObject()) {
        holder->set(place.lastToken(), JsonValue(answer));
        return true;
    }
    JsonValue *element = holder->isArray() ? place.resolve(root) : nullptr;
    if (!element)
        return false;
    *element = JsonValue(answer);
    return true;
}

void note(std::optional<FilledTemplate::Finding> &finding, const Problem &problem)
{
    if (!finding || problem.severity < finding->severity)
        finding = {problem.severity, problem.message};
}

} // namespace

int FilledTemplate::firstError() const
{
    for (qsizetype i = 0; i < findings.size(); ++i) {
        if (findings.at(i) && findings.at(i)->severity == Problem::Severity::Error)
            return int(i);
    }
    return -1;
}

QString suggestedAnswer(const WorkflowTemplate &item, const TemplateQuestion &question)
{
    const Result<JsonValue> json = readJson(item.definition);
    const JsonValue *value = json ? question.places.first().resolve(*json) : nullptr;
    return value ? value->toString() : QString();
}

Result<FilledTemplate> fillTemplate(const WorkflowTemplate &item, const QStringList &answers)
{
    const Result<JsonValue> original = readJson(item.definition);
    if (!original)
        return original.error();
    JsonValue root = *original;
    FilledTemplate filled;
    filled.payload = item.payload;
    for (qsizetype i = 0; i < item.questions.size(); ++i) {
        const TemplateQuestion &question = item.questions.at(i);
        const QString answer = answers.value(i).trimmed();
        // A message that was there can be taken out; one that was not need not come in.
        const JsonValue *before = question.places.first().resolve(std::as_const(root));
        if (answer.isEmpty() && (!question.isMessage || !before || before->toString().isEmpty()))
            continue;
        for (const JsonPointer &place : question.places) {
            if (!write(root, place, answer)) {
                return Error {ErrorCode::InvalidArgument,
                    Text::tr("The template “%1” asks for “%2”, which has no place in it.")
                        .arg(item.title, question.label)};
            }
        }
        for (const JsonPointer &place : question.payloadPlaces) {
            if (place.resolve(std::as_const(filled.payload)))
                write(filled.payload, place, answer);
        }
    }
    const Result<WorkflowDefinition> definition = WorkflowDefinition::fromJson(root);
    if (!definition)
        return definition.error();
    filled.text = patchJson(item.definition, *original, root);
    filled.findings.resize(item.questions.size());
    const StepCatalog &catalog = StepCatalog::builtIn();
    for (const Problem &problem : validate(*definition, DefinitionGraph::build(*definition, catalog), catalog)) {
        bool isAsked = false;
        for (qsizetype i = 0; i < item.questions.size() && !isAsked; ++i) {
            for (const JsonPointer &place : item.questions.at(i).places) {
                isAsked = problem.pointer.startsWith(place);
                if (isAsked) {
                    note(filled.findings[i], problem);
                    break;
                }
            }
        }
        if (!isAsked)
            ++filled.otherProblems;
    }
    return filled;
}

} // namespace automation
