#include "gestures.h"

#include "model/document/commands/clipboardcommands.h"
#include "model/document/commands/ordercommands.h"
#include "model/document/commands/rootcommands.h"
#include "model/document/commands/stepcommands.h"
#include "model/document/commands/typecommands.h"
#include "model/document/commands/variablecommands.h"
#include "model/json/jsonpatch.h"
#include "model/json/jsonreader.h"
#include "model/json/jsonwriter.h"
#include "model/validation/validator.h"
#include "shrink.h"

namespace automation {

namespace {

const StepType &typeNamed(const QString &name)
{
    const StepType *type = StepCatalog::builtIn().step(name);
    return type ? *type : StepCatalog::builtIn().steps().first();
}

JsonPointer pointerOf(const QString &text)
{
    const Result<JsonPointer> pointer = JsonPointer::parse(text);
    return pointer ? *pointer : JsonPointer();
}

// Nothing for an empty text.
std::optional<JsonValue> valueOf(const QString &text)
{
    const Result<JsonValue> value = readJson(text.toUtf8());
    return value ? std::optional(*value) : std::nullopt;
}

StepPlace placeOf(const QStringList &arguments, qsizetype from)
{
    const QString kind = arguments.value(from);
    const QString key = arguments.value(from + 1);
    if (kind == u"before")
        return StepPlace::before(key);
    if (kind == u"after")
        return StepPlace::after(key);
    if (kind == u"on")
        return StepPlace::onConnection(key, arguments.value(from + 2));
    if (kind == u"in")
        return StepPlace::inSequence(key, arguments.value(from + 2).toInt(), arguments.value(from + 3).toInt());
    return StepPlace::atEnd();
}

constexpr qsizetype placeArguments = 4;

using Command = Result<DefinitionEdit> (*)(const WorkflowDefinition &, const DefinitionGraph &, const QStringList &);

const QHash<QString, Command> &commands()
{
    using D = const WorkflowDefinition &;
    using G = const DefinitionGraph &;
    using A = const QStringList &;
    using R = Result<DefinitionEdit>;
    static const QHash<QString, Command> table {
        {u"insert"_qs, [](D d, G g, A a) -> R { return insertStepOnConnection(d, g, typeNamed(a[0]), a[1], a[2]); }},
        {u"append"_qs, [](D d, G g, A a) -> R { return appendStep(d, g, typeNamed(a[0]), a[1], a[2]); }},
        {u"add"_qs, [](D d, G g, A a) -> R { return addStep(d, g, typeNamed(a[0])); }},
        {u"connect"_qs, [](D d, G g, A a) -> R { return connectOutcome(d, g, a[0], a[1], a[2]); }},
        {u"disconnect"_qs, [](D d, G g, A a) -> R { return disconnectOutcome(d, g, a[0], a[1]); }},
        {u"delete"_qs, [](D d, G g, A a) -> R { return deleteSteps(d, g, a.mid(1), a[0] == u"heal"); }},
        {u"set"_qs,
            [](D d, G g, A a) -> R { return setStepValue(d, g, a[0], pointerOf(a[1]), valueOf(a[2]), a.value(3)); }},
        {u"replace"_qs,
            [](D d, G g, A a) -> R { return replaceStep(d, g, a[0], valueOf(a[1]).value_or(JsonValue())); }},
        {u"rename"_qs, [](D d, G g, A a) -> R { return renameStep(d, g, a[0], a[1]); }},
        {u"root"_qs,
            [](D d, G, A a) -> R {
                return setRootValue(d, pointerOf(a[0]), valueOf(a[1]).value_or(JsonValue()), u"root"_qs);
            }},
        {u"trigger"_qs, [](D d, G, A a) -> R { return setTrigger(d, a[0]); }},
        {u"name"_qs, [](D d, G, A a) -> R { return setName(d, a[0], a.value(1)); }},
        {u"status"_qs, [](D d, G, A a) -> R { return setStatus(d, a[0]); }},
        {u"subaccount"_qs,
            [](D d, G, A a) -> R { return setSubAccount(d, a.isEmpty() ? std::nullopt : std::optional(a[0])); }},
        {u"duplicate"_qs, [](D d, G g, A a) -> R { return duplicateSteps(d, g, a); }},
        {u"paste"_qs, [](D d, G g, A a) -> R { return pasteSteps(d, g, a[0].toUtf8(), placeOf(a, 1)); }},
        {u"move"_qs, [](D d, G g, A a) -> R { return moveSteps(d, g, a.mid(placeArguments), placeOf(a, 0)); }},
        {u"order"_qs, [](D d, G g, A a) -> R { return moveOutcome(d, g, a[0], a[1], a[2].toInt()); }},
        {u"condition"_qs,
            [](D d, G g, A a) -> R {
                return setCondition(d, g, a[0], a[1], a.size() > 2 ? std::optional(a[2]) : std::nullopt);
            }},
        {u"source"_qs, [](D d, G g, A a) -> R { return reconnectSource(d, g, a[0], a[1], a[2], a[3]); }},
        {u"retype"_qs, [](D d, G g, A a) -> R { return changeStepType(d, g, a[0], typeNamed(a[1])); }},
        {u"variable"_qs, [](D d, G g, A a) -> R { return renameVariable(d, g, a[0], a[1]); }},
        {u"draw"_qs, [](D, G, A) -> R { return DefinitionEdit(); }},
        {u"fix"_qs,
            [](D d, G g, A a) -> R {
                QList<Problem> fixable = validate(d, g, StepCatalog::builtIn());
                fixable.removeIf([](const Problem &problem) { return problem.fix.isEmpty(); });
                if (fixable.isEmpty())
                    return Error {ErrorCode::InvalidArgument, u"nothing to fix"_qs};
                return fixEdit(fixable.at(a[0].toInt() % fixable.size()));
            }},
    };
    return table;
}

class Chooser
{
public:
    Chooser(const WorkflowDefinition &definition, const DefinitionGraph &graph, Chance &chance)
        : m_definition(definition)
        , m_graph(graph)
        , m_chance(chance)
        , m_generator(chance)
    {
    }

    Gesture choose()
    {
        static const QStringList kinds {u"insert"_qs, u"append"_qs, u"add"_qs, u"connect"_qs, u"connect"_qs,
            u"disconnect"_qs, u"delete"_qs, u"delete"_qs, u"set"_qs, u"set"_qs, u"replace"_qs, u"rename"_qs,
            u"rename"_qs, u"root"_qs, u"trigger"_qs, u"name"_qs, u"status"_qs, u"subaccount"_qs, u"duplicate"_qs,
            u"paste"_qs, u"paste"_qs, u"move"_qs, u"move"_qs, u"move"_qs, u"order"_qs, u"order"_qs, u"condition"_qs,
            u"source"_qs, u"source"_qs, u"retype"_qs, u"retype"_qs, u"variable"_qs, u"variable"_qs, u"draw"_qs,
            u"draw"_qs, u"draw"_qs};
        const QString kind = m_chance.from(kinds);
        return {kind, argumentsOf(kind)};
    }

private:
    const GraphNode &node() { return m_chance.from(m_graph.nodes()); }

    // One with several outcomes, when a few tries find one.
    const GraphNode &branching()
    {
        const GraphNode *found = &node();
        for (int tries = 0; tries < 5 && found->outcomes.size() < 2; ++tries)
            found = &node();
        return *found;
    }

    // Of a step rather than the trigger; of the trigger when there is no step.
    QString key()
    {
        const qsizetype count = m_graph.nodes().size();
        return m_graph.nodes().at(count > 1 && !m_chance.once(30) ? 1 + m_chance.below(count - 1) : 0).key;
    }

    QStringList keys()
    {
        QStringList result;
        for (int i = m_chance.once(2) ? 0 : m_chance.below(4); i >= 0; --i)
            result += key();
        return result;
    }

    QString outcomeOf(const GraphNode &node)
    {
        if (m_chance.once(10))
            return u"new"_qs;
        if (m_chance.once(15))
            return u"do:%1"_qs.arg(m_chance.below(3));
        return node.outcomes.isEmpty() ? u"next"_qs : m_chance.from(node.outcomes).key();
    }

    QString type() { return m_chance.from(StepCatalog::builtIn().steps()).name; }

    QStringList place()
    {
        const GraphNode &at = node();
        switch (m_chance.below(6)) {
        case 0:
            return {u"end"_qs, {}, {}, {}};
        case 1:
            return {u"before"_qs, at.key, {}, {}};
        case 2:
            return {u"on"_qs, at.key, outcomeOf(at), {}};
        case 3:
        case 4:
            for (int tries = 0; tries < 6; ++tries) {
                const GraphNode &container = node();
                if (container.type && container.type->outcomes == StepType::Outcomes::Container) {
                    return {u"in"_qs, container.key, QString::number(m_chance.below(3)),
                        QString::number(m_chance.below(3) - 1)};
                }
            }
            return {u"after"_qs, at.key, {}, {}};
        default:
            return {u"after"_qs, at.key, {}, {}};
        }
    }

    QString clipboard()
    {
        static const QStringList odd {u"[]"_qs, u"nothing"_qs, u"{\"id\": \"x\", \"stepType\": \"SMS\"},"_qs,
            u"[{\"id\":\"p\",\"nextStepId\":\"q\"},{\"id\":\"q\",\"nextStepId\":\"p\"}]"_qs, u"5"_qs};
        if (m_chance.once(8))
            return m_chance.from(odd);
        if (m_chance.once(3)) {
            JsonValue list = JsonValue::array({m_generator.step(1), m_generator.step(2)});
            return QString::fromUtf8(writeJson(list, JsonStyle::compact()));
        }
        const Result<QByteArray> text = copySteps(m_definition, m_graph, keys());
        return text ? QString::fromUtf8(*text) : u"{}"_qs;
    }

    QStringList argumentsOf(const QString &kind)
    {
        static const QStringList names {
            u"answer"_qs, u"total"_qs, u"grand total"_qs, u"état"_qs, u"fresh"_qs, u"it's"_qs};
        static const QStringList ids {u"renamed"_qs, u"sms_1"_qs, u"x"_qs, u"nowhere_1"_qs, u"with / ~ \" it"_qs};
        static const QStringList places {u"/inputs/text"_qs, u"/inputs/content/text"_qs, u"/inputs/user/msisdn"_qs,
            u"/outputs/answer"_qs, u"/id"_qs, u"/nextStepId"_qs, u"/do"_qs, u"/do/0/0/inputs"_qs, u"/selectNextStep"_qs,
            u"/selectNextStep/x"_qs, u"/note"_qs, u"/stepType"_qs, u"/inputs"_qs};
        static const QStringList values {u"\"a\""_qs, u"\"sms_1\""_qs, u"null"_qs, u"12.50"_qs, u"{\"a\":[1,{}]}"_qs,
            u"[[{\"id\":\"inner\",\"stepType\":\"SMS\"}]]"_qs, QString(), u"[]"_qs};
        static const QStringList roots {u"/definition/name"_qs, u"/definition/id"_qs, u"/definition/version"_qs,
            u"/version"_qs, u"/id"_qs, u"/trigger"_qs, u"/note"_qs, u"/note/k"_qs, u"/definition/extra/deep"_qs};
        const GraphNode &from = node();
        const GraphNode &other = node();
        if (kind == u"insert" || kind == u"append")
            return {type(), from.key, outcomeOf(from)};
        if (kind == u"add")
            return {type()};
        if (kind == u"connect")
            return {from.key, outcomeOf(from), node().key};
        if (kind == u"disconnect")
            return {from.key, outcomeOf(from)};
        if (kind == u"delete")
            return QStringList {m_chance.once(2) ? u"heal"_qs : u"cut"_qs} + keys();
        if (kind == u"set")
            return {key(), m_chance.from(places), m_chance.from(values), m_chance.once(3) ? u"merge"_qs : QString()};
        if (kind == u"replace")
            return {key(), QString::fromUtf8(writeJson(m_generator.step(2), JsonStyle::compact()))};
        if (kind == u"rename")
            return {key(), m_chance.from(ids)};
        if (kind == u"root")
            return {m_chance.from(roots), m_chance.from(values)};
        if (kind == u"trigger")
            return {m_chance.once(2) ? u"inbound_sms"_qs : u"http_request"_qs};
        if (kind == u"name")
            return {u"Name %1"_qs.arg(m_chance.below(5)), m_chance.once(2) ? u"name"_qs : QString()};
        if (kind == u"status")
            return {m_chance.once(2) ? u"enabled"_qs : u"disabled"_qs};
        if (kind == u"subaccount")
            return m_chance.once(2) ? QStringList() : QStringList {u"acme_%1"_qs.arg(m_chance.below(3))};
        if (kind == u"duplicate")
            return keys();
        if (kind == u"paste")
            return QStringList {clipboard()} + place();
        if (kind == u"move")
            return place() + keys();
        if (kind == u"order") {
            const GraphNode &branch = branching();
            return {branch.key, outcomeOf(branch), QString::number(m_chance.below(4))};
        }
        if (kind == u"condition") {
            const GraphNode &branch = branching();
            const QStringList found {branch.key, outcomeOf(branch)};
            return m_chance.once(3) ? found : found + QStringList {m_chance.once(2) ? u"data.a > 1"_qs : u"{{x}}"_qs};
        }
        if (kind == u"source")
            return {from.key, outcomeOf(from), other.key, outcomeOf(other)};
        if (kind == u"retype")
            return {key(), type()};
        if (kind == u"draw") {
            static const QStringList what {u"step"_qs, u"step"_qs, u"step"_qs, u"back"_qs, u"note"_qs, u"turn"_qs};
            return {m_chance.from(what), key(), QString::number(m_chance.below(400) - 200),
                QString::number(m_chance.below(9)), m_chance.once(2) ? u"nudge"_qs : QString()};
        }
        return {m_chance.from(names), m_chance.from(names)};
    }

    const WorkflowDefinition &m_definition;
    const DefinitionGraph &m_graph;
    Chance &m_chance;
    DefinitionGenerator m_generator;
};

// How many arguments a command reads at least.
qsizetype argumentsNeeded(const QString &command)
{
    static const QHash<QString, qsizetype> needed {{u"insert"_qs, 3}, {u"append"_qs, 3}, {u"add"_qs, 1},
        {u"connect"_qs, 3}, {u"disconnect"_qs, 2}, {u"delete"_qs, 1}, {u"set"_qs, 3}, {u"replace"_qs, 2},
        {u"rename"_qs, 2}, {u"root"_qs, 2}, {u"trigger"_qs, 1}, {u"name"_qs, 1}, {u"status"_qs, 1}, {u"paste"_qs, 1},
        {u"order"_qs, 3}, {u"condition"_qs, 2}, {u"source"_qs, 4}, {u"retype"_qs, 2}, {u"variable"_qs, 2},
        {u"fix"_qs, 1}, {u"draw"_qs, 4}};
    return needed.value(command, 0);
}

} // namespace

Result<DefinitionEdit> Gesture::edit(const WorkflowDefinition &definition, const DefinitionGraph &graph) const
{
    const Command run = commands().value(command);
    if (!run || arguments.size() < argumentsNeeded(command))
        return Error {ErrorCode::InvalidArgument, u"no such gesture: %1"_qs.arg(command)};
    return run(definition, graph, arguments);
}

DrawingLayout Gesture::drawn(DrawingLayout drawing) const
{
    const QString what = arguments.value(0);
    const QPointF place(arguments.value(2).toDouble(), arguments.value(3).toDouble() / 8);
    if (what == u"step") {
        drawing.positions.insert(arguments.value(1), place);
    } else if (what == u"back") {
        drawing.positions.remove(arguments.value(1));
    } else if (what == u"note") {
        const QString id = arguments.value(3);
        drawing.notes.removeIf([&id](const CanvasNote &note) { return note.id == id; });
        if (place.x() > 0)
            drawing.notes += {id, QRectF(place, QSizeF(80, 40)), u"“%1”"_qs.arg(place.x())};
    } else {
        drawing.direction
            = place.x() > 0 ? DrawingLayout::Direction::LeftToRight : DrawingLayout::Direction::TopToBottom;
    }
    return drawing;
}

bool Gesture::replacesNested() const
{
    return command == u"set" || command == u"replace" || command == u"root" || command == u"fix";
}

JsonValue Gesture::toJson() const
{
    JsonValue list = JsonValue::array({command});
    for (const QString &argument : arguments)
        list.append(argument);
    return list;
}

Gesture Gesture::fromJson(const JsonValue &json)
{
    Gesture gesture {json.at(0).toString(), {}};
    for (qsizetype i = 1; i < json.size(); ++i)
        gesture.arguments += json.at(i).toString();
    return gesture;
}

Gesture anyGesture(const WorkflowDefinition &definition, const DefinitionGraph &graph, Chance &chance)
{
    return Chooser(definition, graph, chance).choose();
}

QByteArray GestureCase::toText() const
{
    JsonValue list = JsonValue::array();
    for (const Gesture &gesture : gestures)
        list.append(gesture.toJson());
    // In Latin-1 every byte is a character, the byte order mark too.
    return writeJson(JsonValue::object({{u"text"_qs, QString::fromLatin1(text)}, {u"gestures"_qs, list}})) + '\n';
}

GestureCase GestureCase::fromText(const QByteArray &text)
{
    GestureCase result;
    const Result<JsonValue> json = readJson(text);
    if (!json)
        return result;
    result.text = json->value(u"text").toString().toLatin1();
    const JsonValue &list = json->value(u"gestures");
    for (qsizetype i = 0; i < list.size(); ++i)
        result.gestures += Gesture::fromJson(list.at(i));
    return result;
}

GestureCase anyCase(Random &random, int mostGestures)
{
    Chance chance(random);
    GestureCase result;
    const JsonValue root = DefinitionGenerator(chance).definition();
    result.text = oddlyWritten(root, chance);
    Result<WorkflowDefinition> definition = WorkflowDefinition::fromJson(root);
    if (!definition)
        return result;
    const int count = 1 + qMin(chance.below(mostGestures), chance.below(mostGestures));
    // More tries than gestures: many make no sense.
    for (int tries = 0; tries < 3 * count && result.gestures.size() < count; ++tries) {
        const DefinitionGraph graph = DefinitionGraph::build(*definition, StepCatalog::builtIn());
        const Gesture gesture = anyGesture(*definition, graph, chance);
        const Result<DefinitionEdit> edit = gesture.edit(*definition, graph);
        if (!edit)
            continue;
        result.gestures += gesture;
        JsonValue changed = definition->root();
        if (!applyEdits(changed, edit->edits))
            break; // the law will say so
        Result<WorkflowDefinition> next = WorkflowDefinition::fromJson(changed);
        if (!next)
            break;
        definition = std::move(next);
    }
    return result;
}

GestureCase shrunk(const GestureCase &start, const std::function<bool(const GestureCase &)> &fails)
{
    GestureCase best = start;
    best.gestures = shrinkList(best.gestures, [&](const QList<Gesture> &gestures) {
        return fails({best.text, gestures});
    });
    const Result<JsonValue> root = readJson(best.text);
    if (!root)
        return best;
    // The layout may be what it is about: try a plain one first, then the given one with less in it.
    const QByteArray layout = best.text;
    const bool plain = fails({writeJson(*root) + '\n', best.gestures});
    const auto written = [&](const JsonValue &value) {
        if (plain)
            return writeJson(value) + '\n';
        const Result<QByteArray> patched = patchJson(layout, value);
        return patched ? *patched : layout;
    };
    const JsonValue smallest = shrinkJson(
        *root,
        [&](const JsonValue &value) {
            return WorkflowDefinition::fromJson(value).isOk() && fails({written(value), best.gestures});
        },
        3000);
    best.text = written(smallest);
    return best;
}

} // namespace automation
