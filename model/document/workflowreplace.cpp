#include "model/document/workflowreplace.h"

#include "model/document/commands/editrecorder.h"
#include "model/document/commands/stepcommands.h"
#include "model/json/jsonreader.h"
#include "model/validation/validator.h"

#include <algorithm>
#include <QCoreApplication>
#include <QSet>

namespace automation {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(WorkflowReplace)
};

// The hits of one text.
struct Group
{
    const SearchHit *first = nullptr;
    QList<SearchHit> hits;
};

QString subjectNow(const JsonValue &root, const SearchHit &hit)
{
    const JsonValue *value = hit.place.resolve(root);
    if (!value)
        return {};
    if (hit.isName)
        return hit.place.lastToken();
    if (value->isNumber())
        return QString::fromLatin1(value->numberLexeme());
    if (value->isBool())
        return value->toBool() ? u"true"_qs : u"false"_qs;
    return value->toString();
}

// Of a number or truth value what the text says, if that is one as well.
std::optional<JsonValue> valueOf(const JsonValue &before, const QString &text)
{
    if (before.isString())
        return JsonValue(text);
    const Result<JsonValue> value = readJson(text.toUtf8());
    return value && (value->isNumber() || value->isBool()) ? std::optional(*value) : std::nullopt;
}

QString ruleAndPlace(const Problem &problem)
{
    return problem.rule + u' ' + problem.pointer.toString();
}

// The same without what may be renamed: ids are no part of where a step stands, the names below it are.
QString ruleAndStep(const Problem &problem)
{
    QString step = problem.rule;
    for (const QString &token : problem.pointer.tokens()) {
        if (token != u"definition" && token != u"steps" && token != u"do"
            && (token.isEmpty() || !token.at(0).isDigit()))
            break;
        step += u'/' + token;
    }
    return step;
}

class Replacing
{
public:
    Replacing(const WorkflowDefinition &definition, const DefinitionGraph &graph, const QList<SearchHit> &hits)
        : m_definition(definition)
        , m_graph(graph)
        , m_hits(hits)
        , m_recorder(definition)
    {
    }

    Result<Replacement> run()
    {
        if (const Result<void> grouped = group(); !grouped)
            return grouped.error();
        m_result.edit.text = Text::tr("Replace %n hit(s)", nullptr, int(m_hits.size()));
        for (const Group &found : std::as_const(m_groups)) {
            if (!found.first->isName && !isStepId(*found.first))
                replaceValue(found);
        }
        // Deeper ones first: the names above them are part of their places.
        std::stable_sort(m_groups.begin(), m_groups.end(), [](const Group &a, const Group &b) {
            return a.first->place.tokens().size() > b.first->place.tokens().size();
        });
        for (const Group &found : std::as_const(m_groups)) {
            if (found.first->isName)
                replaceName(found);
        }
        Result<DefinitionEdit> edit = m_recorder.finish(m_result.edit);
        if (!edit)
            return edit.error();
        m_result.edit = std::move(*edit);
        if (const Result<void> renamed = renameIds(); !renamed)
            return renamed.error();
        findArising();
        return m_result;
    }

private:
    static bool isStepId(const SearchHit &hit)
    {
        return hit.kind == SearchHit::Kind::Id && !hit.isName && hit.place.lastToken() == u"id";
    }

    Result<void> group()
    {
        QHash<QString, qsizetype> places;
        for (const SearchHit &hit : m_hits) {
            if (subjectNow(m_definition.root(), hit) != hit.subject || hit.start < 0 || hit.length < 0
                || hit.start + hit.length > hit.subject.size()) {
                return Error {ErrorCode::InvalidArgument,
                    Text::tr("“%1” is not what it was when it was searched.").arg(hit.place.toString())};
            }
            const QString place = (hit.isName ? u"name "_qs : u"value "_qs) + hit.place.toString();
            const auto known = places.constFind(place);
            if (known == places.constEnd()) {
                places.insert(place, m_groups.size());
                m_groups.append({&hit, {hit}});
            } else {
                m_groups[*known].hits += hit;
            }
        }
        return {};
    }

    void refuse(const Group &found, const QString &reason)
    {
        const QString where = found.first->stepId.isEmpty() ? found.first->place.toString() : found.first->stepId;
        m_result.refused += Text::tr("“%1”: %2").arg(where, reason);
    }

    void touch(const QString &key)
    {
        if (!m_touched.contains(key)) {
            m_touched.insert(key);
            m_result.edit.stepKeys += key;
        }
    }

    void note(const Group &found)
    {
        m_result.replaced += found.hits.size();
        const QString &key = found.first->stepKey;
        if (key.isEmpty())
            m_result.edit.triggerChanged = true;
        else
            touch(key);
        if (m_result.edit.reveal.isEmpty())
            m_result.edit.reveal = key;
        // Cards and the labels of outcomes show texts, ids and conditions.
        m_result.edit.structureChanged = m_result.edit.structureChanged || found.first->kind == SearchHit::Kind::Id
            || found.first->kind == SearchHit::Kind::Expression;
    }

    void replaceValue(const Group &found)
    {
        const JsonPointer &place = found.first->place;
        const JsonValue *before = m_recorder.at(place);
        const QString text = replacedText(found.first->subject, found.hits);
        const std::optional<JsonValue> after = before ? valueOf(*before, text) : std::nullopt;
        if (!after) {
            refuse(found, Text::tr("“%1” is no number and neither true nor false.").arg(text));
            return;
        }
        m_recorder.replace(place, *after);
        note(found);
    }

    void replaceName(const Group &found)
    {
        const JsonPointer &place = found.first->place;
        const QString name = replacedText(found.first->subject, found.hits);
        const JsonValue *holder = m_recorder.at(place.parent());
        if (name.trimmed().isEmpty()) {
            refuse(found, Text::tr("a name cannot be empty."));
        } else if (name != place.lastToken() && holder && holder->contains(name)) {
            refuse(found, Text::tr("there is a “%1” beside “%2” already.").arg(name, place.lastToken()));
        } else {
            m_recorder.renameKey(place, name);
            note(found);
        }
    }

    // On top of the other edits; the keys of the steps are still the same.
    Result<void> renameIds()
    {
        QHash<QString, QString> newIds;
        QSet<QString> taken;
        for (int i = 1; i < int(m_graph.nodes().size()); ++i)
            taken.insert(m_graph.nodes().at(i).id);
        QList<const Group *> wanted;
        for (const Group &found : std::as_const(m_groups)) {
            if (isStepId(*found.first)) {
                wanted += &found;
                taken.remove(found.first->subject);
            }
        }
        for (const Group *found : std::as_const(wanted)) {
            const QString id = replacedText(found->first->subject, found->hits);
            if (id.trimmed().isEmpty()) {
                refuse(*found, Text::tr("a step needs an id."));
                taken.insert(found->first->subject);
            } else if (taken.contains(id)) {
                refuse(*found, Text::tr("another step has the id “%1” already.").arg(id));
                taken.insert(found->first->subject);
            } else {
                taken.insert(id);
                newIds.insert(found->first->stepKey, id);
                note(*found);
            }
        }
        if (newIds.isEmpty())
            return {};
        JsonValue root = m_definition.root();
        if (!applyEdits(root, m_result.edit.edits))
            return Error {ErrorCode::Internal, Text::tr("The replacements do not fit together.")};
        const Result<WorkflowDefinition> changed = WorkflowDefinition::fromEdited(root);
        if (!changed)
            return changed.error();
        Result<DefinitionEdit> renaming
            = renameSteps(*changed, DefinitionGraph::build(*changed, StepCatalog::builtIn()), newIds);
        if (!renaming)
            return renaming.error();
        m_result.edit.edits += renaming->edits;
        for (const QString &key : std::as_const(renaming->stepKeys))
            touch(key);
        m_result.edit.reveal = newIds.value(m_result.edit.reveal, m_result.edit.reveal);
        m_result.edit.structureChanged = true;
        return {};
    }

    void findArising()
    {
        if (m_result.edit.edits.isEmpty())
            return;
        JsonValue root = m_definition.root();
        if (!applyEdits(root, m_result.edit.edits))
            return;
        const Result<WorkflowDefinition> changed = WorkflowDefinition::fromEdited(root);
        if (!changed)
            return;
        const StepCatalog &catalog = StepCatalog::builtIn();
        const auto validator = std::make_shared<Validator>(catalog);
        QSet<QString> known;
        QHash<QString, int> more; // problems of a step by rule, after less before
        for (const Problem &problem : validator->check(m_definition, m_graph)) {
            known.insert(ruleAndPlace(problem));
            --more[ruleAndStep(problem)];
        }
        DefinitionState state {*changed, DefinitionGraph::build(*changed, catalog), {}, validator, true};
        state.problems = validator->check(state.definition, state.graph);
        const QList<Problem> &after = state.problems;
        for (const Problem &problem : after)
            ++more[ruleAndStep(problem)];
        for (const Problem &problem : after) {
            if (!known.contains(ruleAndPlace(problem)) && more[ruleAndStep(problem)]-- > 0)
                m_result.arising += problem;
        }
        m_result.outcome = {m_definition.root(), state};
    }

    const WorkflowDefinition &m_definition;
    const DefinitionGraph &m_graph;
    const QList<SearchHit> &m_hits;
    EditRecorder m_recorder;
    QList<Group> m_groups;
    Replacement m_result;
    QSet<QString> m_touched; // as in the edit
};

} // namespace

QString replacedText(const QString &subject, const QList<SearchHit> &hits)
{
    QList<SearchHit> ordered = hits;
    std::sort(ordered.begin(), ordered.end(), [](const SearchHit &a, const SearchHit &b) { return a.start > b.start; });
    QString text = subject;
    for (const SearchHit &hit : std::as_const(ordered))
        text.replace(hit.start, hit.length, hit.replacement);
    return text;
}

Result<Replacement> replaceHits(
    const WorkflowDefinition &definition, const DefinitionGraph &graph, const QList<SearchHit> &hits)
{
    return Replacing(definition, graph, hits).run();
}

} // namespace automation
