#include "caserunner.h"
#include "definitiongenerator.h"

#include "model/json/jsonwriter.h"
#include "model/validation/validator.h"

#include <QtTest>

using namespace automation;

// After an edit graph and problems are made from those before it: the result must be the one made from nothing.
class TestCheckAgain : public QObject
{
    Q_OBJECT

private slots:
    void editsGiveWhatAFreshStartGives();
};

namespace {

QString describe(const GraphNode &node)
{
    QString text = node.key + u'|' + node.id + u'|' + node.typeName + u'|' + node.pointer.toString() + u'|'
        + QString::number(node.parent) + u'|' + QString::number(node.sequence)
        + (node.isTrigger ? u"|trigger|"_qs : u"|step|"_qs) + (node.type ? node.type->name : QString());
    for (const Outcome &outcome : node.outcomes) {
        text += u"\n    "_qs + outcome.key() + u' ' + QString::number(int(outcome.kind)) + u' ' + outcome.target + u' '
            + outcome.expression + u' ' + outcome.label() + u' ' + QString::number(outcome.sequence);
    }
    for (const int child : node.children)
        text += u"\n    child "_qs + QString::number(child);
    return text;
}

QStringList describe(const DefinitionGraph &graph)
{
    QStringList lines;
    for (int i = 0; i < graph.nodes().size(); ++i) {
        const GraphNode &node = graph.nodes().at(i);
        QString line = describe(node);
        for (const Connection &connection : graph.connectionsOf(i)) {
            line
                += u"\n    from %1 outcome %2 to %3"_qs.arg(connection.from).arg(connection.outcome).arg(connection.to);
        }
        for (const int connection : graph.connectionsTo(i))
            line += u"\n    reached by "_qs + QString::number(graph.connections().at(connection).from);
        line += u"\n    found at %1 and %2"_qs.arg(graph.indexOfKey(node.key)).arg(graph.indexOfId(node.id));
        lines += line;
    }
    for (const auto &[node, outcome] : graph.danglingOutcomes())
        lines += u"dangling %1 %2"_qs.arg(node).arg(outcome);
    for (int i = 0; i < graph.stepCount(); ++i)
        lines += u"top %1 %2"_qs.arg(i).arg(graph.topLevelNode(i));
    return lines;
}

QStringList describe(const QList<Problem> &problems)
{
    QStringList lines;
    for (const Problem &problem : problems) {
        QString line = u"%1 %2 %3 %4 %5 %6 %7 %8"_qs.arg(problem.rule)
                           .arg(int(problem.severity))
                           .arg(problem.stepKey, problem.stepId, problem.pointer.toString())
                           .arg(problem.offset)
                           .arg(problem.length)
                           .arg(problem.message)
            + problem.fixText;
        for (const JsonEdit &edit : problem.fix) {
            line += u"\n    %1 %2 %3 %4 %5 "_qs.arg(int(edit.kind))
                        .arg(edit.container.toString())
                        .arg(edit.index)
                        .arg(edit.key, edit.newKey)
                + QString::fromUtf8(writeJson(edit.before) + " -> " + writeJson(edit.after));
        }
        lines += line;
    }
    return lines;
}

// The outermost list, or a list inside some step.
JsonPointer someList(const JsonValue &root, Chance &chance)
{
    JsonPointer place = WorkflowDefinition::stepsPointer();
    for (int depth = 0; depth < 3; ++depth) {
        const JsonValue *list = place.resolve(root);
        if (!list || list->isEmpty() || !chance.once(3))
            return place;
        const qsizetype step = chance.below(list->size());
        const JsonValue &sequences = list->at(step).value(u"do");
        if (!sequences.isArray() || sequences.isEmpty() || !sequences.at(0).isArray())
            return place;
        place = place / step / QLatin1StringView("do") / qsizetype(0);
    }
    return place;
}

JsonValue edited(const JsonValue &before, DefinitionGenerator &generator, Chance &chance)
{
    JsonValue root = before;
    if (chance.once(12)) {
        root.set(QStringLiteral("trigger"),
            chance.once(2) ? QStringLiteral("http_request") : QStringLiteral("inbound_chat_apps"));
        return root;
    }
    JsonValue *list = someList(root, chance).resolve(root);
    const qsizetype size = list->size();
    switch (size == 0 ? 0 : chance.below(6)) {
    case 0:
        list->insert(chance.below(size + 1), generator.step(1));
        break;
    case 1:
        list->removeAt(chance.below(size));
        break;
    case 2:
        list->replace(chance.below(size), generator.step(1));
        break;
    case 3: {
        const qsizetype from = chance.below(size);
        const JsonValue moved = list->at(from);
        list->removeAt(from);
        list->insert(chance.below(size), moved);
        break;
    }
    case 4:
        if (JsonValue *step = list->mutableAt(chance.below(size)); step->isObject())
            step->set(QStringLiteral("nextStepId"), generator.id());
        break;
    default:
        if (JsonValue *step = list->mutableAt(chance.below(size)); step->isObject()) {
            step->set(QStringLiteral("inputs"),
                JsonValue::object({{QStringLiteral("text"), u"{{"_qs + generator.script() + u"}}"_qs}}));
        }
        break;
    }
    return root;
}

QString firstDifference(const QStringList &a, const QStringList &b)
{
    for (qsizetype i = 0; i < qMax(a.size(), b.size()); ++i) {
        if (a.value(i) != b.value(i))
            return u"after edits:\n%1\nfresh:\n%2"_qs.arg(a.value(i), b.value(i));
    }
    return {};
}

} // namespace

void TestCheckAgain::editsGiveWhatAFreshStartGives()
{
    const StepCatalog &catalog = StepCatalog::builtIn();
    const QString failure = runCases("checking again", 400, [&catalog](Random &random) -> std::optional<QString> {
        Chance chance(random);
        DefinitionGenerator generator(chance);
        JsonValue root = generator.definition();
        DefinitionGraph graph;
        Validator validator(catalog);
        for (int i = 0; i < 6; ++i) {
            const auto definition = WorkflowDefinition::fromJson(root);
            if (!definition)
                return std::nullopt;
            graph = DefinitionGraph::rebuild(std::move(graph), *definition, catalog);
            const DefinitionGraph fresh = DefinitionGraph::build(*definition, catalog);
            QString difference = firstDifference(describe(graph), describe(fresh));
            if (difference.isEmpty()) {
                difference = firstDifference(
                    describe(validator.check(*definition, graph)), describe(validate(*definition, fresh, catalog)));
            }
            if (!difference.isEmpty())
                return difference + u"\nof\n"_qs + QString::fromUtf8(writeJson(root));
            root = edited(root, generator, chance);
        }
        return std::nullopt;
    });
    QVERIFY2(failure.isEmpty(), qPrintable(failure));
}

QTEST_GUILESS_MAIN(TestCheckAgain)
#include "tst_checkagain.moc"
