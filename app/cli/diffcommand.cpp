#include "app/cli/commandline.h"
#include "app/cli/palette.h"

#include "model/definition/definitiondiff.h"
#include "model/json/jsonwriter.h"
#include "model/json/visibletext.h"

using namespace Qt::Literals::StringLiterals;

namespace automation::cli {

namespace {

using Kind = ConnectionDifference::Kind;

// A member is left out where there is no value: null is a value too.
void setOptional(JsonValue &object, const QString &key, const std::optional<JsonValue> &value)
{
    if (value)
        object.set(key, *value);
}

JsonValue textOrNull(const QString &text)
{
    return text.isEmpty() ? JsonValue() : JsonValue(text);
}

JsonValue positionJson(const StepPosition &position)
{
    return JsonValue::object({{u"container"_s, textOrNull(position.container.section(nodeKeySeparator, 0, 0))},
        {u"sequence"_s, position.sequence < 0 ? JsonValue() : JsonValue(position.sequence)},
        {u"index"_s, qint64(position.index)}});
}

JsonValue fieldJson(const FieldChange &field, const QString &step)
{
    JsonValue json = JsonValue::object();
    if (!step.isNull())
        json.set(u"step"_s, step);
    json.set(u"pointer"_s, field.pointer.toString());
    setOptional(json, u"before"_s, field.before);
    setOptional(json, u"after"_s, field.after);
    return json;
}

QString word(Kind kind)
{
    switch (kind) {
    case Kind::Added:
        return u"added"_s;
    case Kind::Removed:
        return u"removed"_s;
    case Kind::Retargeted:
        return u"retargeted"_s;
    case Kind::ConditionChanged:
        break;
    }
    return u"condition"_s;
}

bool isTrigger(const ConnectionDifference &connection)
{
    return connection.fromKey == DefinitionGraph::triggerKey();
}

JsonValue connectionJson(const ConnectionDifference &connection)
{
    JsonValue json = JsonValue::object({{u"change"_s, word(connection.kind)},
        {u"from"_s, isTrigger(connection) ? JsonValue() : JsonValue(connection.from)},
        {u"outcome"_s, connection.outcome}, {u"before"_s, textOrNull(connection.targetBefore)},
        {u"after"_s, textOrNull(connection.targetAfter)}});
    setOptional(json, u"conditionBefore"_s, connection.conditionBefore);
    setOptional(json, u"conditionAfter"_s, connection.conditionAfter);
    return json;
}

JsonValue toJson(const DefinitionDiff &difference)
{
    JsonValue added = JsonValue::array();
    JsonValue removed = JsonValue::array();
    JsonValue moved = JsonValue::array();
    JsonValue renamed = JsonValue::array();
    JsonValue retyped = JsonValue::array();
    JsonValue reordered = JsonValue::array();
    JsonValue fields = JsonValue::array();
    for (const StepDifference &step : difference.steps) {
        if (step.isAdded()) {
            added.append(JsonValue::object({{u"id"_s, step.idAfter}, {u"type"_s, step.typeAfter},
                {u"position"_s, positionJson(step.positionAfter)}}));
            continue;
        }
        if (step.isRemoved()) {
            removed.append(JsonValue::object({{u"id"_s, step.idBefore}, {u"type"_s, step.typeBefore},
                {u"position"_s, positionJson(step.positionBefore)}}));
            continue;
        }
        if (step.moved) {
            moved.append(JsonValue::object({{u"id"_s, step.idAfter}, {u"before"_s, positionJson(step.positionBefore)},
                {u"after"_s, positionJson(step.positionAfter)}}));
        }
        if (step.isRenamed())
            renamed.append(JsonValue::object({{u"before"_s, step.idBefore}, {u"after"_s, step.idAfter}}));
        if (step.isRetyped()) {
            retyped.append(JsonValue::object(
                {{u"id"_s, step.idAfter}, {u"before"_s, step.typeBefore}, {u"after"_s, step.typeAfter}}));
        }
        if (step.outcomesReordered)
            reordered.append(step.idAfter);
        for (const FieldChange &field : step.fields)
            fields.append(fieldJson(field, step.idAfter));
    }
    JsonValue connections = JsonValue::array();
    for (const ConnectionDifference &connection : difference.connections)
        connections.append(connectionJson(connection));
    JsonValue workflow = JsonValue::array();
    for (const FieldChange &field : difference.fields)
        workflow.append(fieldJson(field, {}));
    return JsonValue::object({{u"same"_s, difference.isEmpty()}, {u"workflow"_s, workflow}, {u"added"_s, added},
        {u"removed"_s, removed}, {u"renamed"_s, renamed}, {u"retyped"_s, retyped}, {u"moved"_s, moved},
        {u"reordered"_s, reordered}, {u"fields"_s, fields}, {u"connections"_s, connections}});
}

// Writes a difference for people, a step a block.
class Report
{
public:
    Report(const DefinitionDiff &difference, const Palette &palette)
        : m_difference(difference)
        , m_palette(palette)
    {
    }

    void print()
    {
        if (!m_difference.fields.isEmpty()) {
            cli::print(m_palette.changed(Text::tr("~ the workflow")));
            for (const FieldChange &field : m_difference.fields)
                printField(field);
        }
        for (const ConnectionDifference &connection : m_difference.connections)
            (connection.fromRemoved ? m_ofRemoved : m_ofOthers)[connection.fromKey] += &connection;
        for (const ConnectionDifference *connection : m_ofOthers.value(DefinitionGraph::triggerKey()))
            printWithTitle(*connection);
        for (const StepDifference &step : m_difference.steps) {
            if (!step.isRemoved())
                printStep(step);
        }
        // Steps of which nothing but a connection has changed.
        for (const ConnectionDifference &connection : m_difference.connections) {
            if (!connection.fromRemoved)
                printWithTitle(connection);
        }
        for (const StepDifference &step : m_difference.steps) {
            if (step.isRemoved())
                printStep(step);
        }
    }

private:
    using Connections = QHash<QString, QList<const ConnectionDifference *>>;

    // All connections of the step one of them belongs to, unless they were printed.
    void printWithTitle(const ConnectionDifference &connection)
    {
        const QList<const ConnectionDifference *> connections = m_ofOthers.take(connection.fromKey);
        if (connections.isEmpty())
            return;
        cli::print(
            m_palette.changed(isTrigger(connection) ? Text::tr("~ the trigger") : u"~ "_s + named(connection.from)));
        for (const ConnectionDifference *each : connections)
            printConnection(*each);
    }

    static QString named(const QString &id) { return id.isEmpty() ? Text::tr("(no id)") : visibleText(id); }

    // Others that come or go before it may leave it the number it had.
    static QString movedText(const QString &before, const QString &after)
    {
        return before == after ? Text::tr("moved past other steps, to %1 again").arg(after)
                               : Text::tr("moved from %1 to %2").arg(before, after);
    }

    static QString place(const StepPosition &position)
    {
        const QString index = QString::number(position.index + 1);
        if (position.container.isEmpty())
            return Text::tr("place %1").arg(index);
        return Text::tr("place %1 of sequence %2 in %3")
            .arg(index)
            .arg(position.sequence + 1)
            .arg(named(position.container.section(nodeKeySeparator, 0, 0)));
    }

    void printStep(const StepDifference &step)
    {
        if (step.isAdded()) {
            cli::print(m_palette.added(u"+ %1 (%2)"_s.arg(named(step.idAfter), visibleText(step.typeAfter))));
        } else if (step.isRemoved()) {
            cli::print(m_palette.removed(u"- %1 (%2)"_s.arg(named(step.idBefore), visibleText(step.typeBefore))));
        } else {
            cli::print(m_palette.changed(u"~ "_s + named(step.idAfter)));
            if (step.isRenamed())
                detail(Text::tr("renamed, was %1").arg(named(step.idBefore)));
            if (step.isRetyped())
                detail(Text::tr("type %1 → %2").arg(visibleText(step.typeBefore), visibleText(step.typeAfter)));
            if (step.moved)
                detail(movedText(place(step.positionBefore), place(step.positionAfter)));
            if (step.outcomesReordered)
                detail(Text::tr("outcomes in another order"));
        }
        for (const FieldChange &field : step.fields)
            printField(field);
        const QList<const ConnectionDifference *> connections
            = step.isRemoved() ? m_ofRemoved.take(step.keyBefore) : m_ofOthers.take(step.keyAfter);
        for (const ConnectionDifference *connection : connections)
            printConnection(*connection);
    }

    void printConnection(const ConnectionDifference &connection)
    {
        const QString from = outcomeInWords(connection);
        const QString before = named(connection.targetBefore);
        const QString after = named(connection.targetAfter);
        switch (connection.kind) {
        case Kind::Added:
            cli::print(u"    "_s + m_palette.added(u"+ %1 → %2"_s.arg(from, after)));
            return;
        case Kind::Removed:
            cli::print(u"    "_s + m_palette.removed(u"- %1 → %2"_s.arg(from, before)));
            return;
        case Kind::Retargeted:
            detail(Text::tr("%1 → %2, was %3").arg(from, after, before));
            return;
        case Kind::ConditionChanged:
            break;
        }
        detail(Text::tr("to %1 when %2, was %3")
                   .arg(after, inWords(connection.conditionAfter), inWords(connection.conditionBefore)));
    }

    static QString outcomeInWords(const ConnectionDifference &connection)
    {
        if (connection.outcome == u"next")
            return isTrigger(connection) ? Text::tr("starts") : Text::tr("next");
        if (connection.outcome == u"default")
            return Text::tr("otherwise");
        if (connection.outcome.startsWith(u"do:"))
            return Text::tr("sequence %1").arg(connection.outcome.mid(3).toInt() + 1);
        return Text::tr("when %1").arg(
            inWords(connection.conditionAfter ? connection.conditionAfter : connection.conditionBefore));
    }

    static QString inWords(const std::optional<JsonValue> &condition)
    {
        return !condition || condition->isNull() ? Text::tr("nothing else is true") : shortened(*condition);
    }

    static QString shortened(const JsonValue &value)
    {
        constexpr qsizetype longest = 100;
        const QString text = QString::fromUtf8(writeJson(value, JsonStyle::compact()));
        return visibleText(text.size() > longest ? text.left(longest) + u'…' : text);
    }

    void printField(const FieldChange &field)
    {
        const QString place = visibleText(field.pointer.toString());
        if (!field.before)
            cli::print(u"    "_s + m_palette.added(u"+ %1: %2"_s.arg(place, shortened(*field.after))));
        else if (!field.after)
            cli::print(u"    "_s + m_palette.removed(u"- %1: %2"_s.arg(place, shortened(*field.before))));
        else
            detail(u"%1: %2 → %3"_s.arg(place, shortened(*field.before), shortened(*field.after)));
    }

    void detail(const QString &text) { cli::print(u"    "_s + text); }

    const DefinitionDiff &m_difference;
    const Palette &m_palette;
    Connections m_ofOthers; // by the key of their step
    Connections m_ofRemoved;
};

int diffCommand(const QStringList &arguments)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(
        Text::tr("Says what differs between two definitions: steps added, removed, moved, renamed or changed, "
                 "connections, and values of the workflow, whatever their layout. Exit code 0: the same, 1: they "
                 "differ, 2: could not."));
    parser.addOption(jsonOption());
    int exitCode = Done;
    if (!readArguments(parser, arguments,
            {{u"A"_s, Text::tr("The earlier definition, “-” for standard input.")},
                {u"B"_s, Text::tr("The later definition, or “-”.")}},
            exitCode))
        return exitCode;
    const auto before = openToRead(parser.positionalArguments().at(1));
    if (!before)
        return complain(before.error());
    const auto after = openToRead(parser.positionalArguments().at(2));
    if (!after)
        return complain(after.error());
    const DefinitionDiff difference = diff((*before)->definition(), (*after)->definition());
    if (parser.isSet(jsonOption().names().first())) {
        printJson(toJson(difference));
    } else if (!difference.isEmpty()) {
        Report(difference, Palette::ofStandardOutput()).print();
    } else {
        print((*before)->text() == (*after)->text() ? Text::tr("No differences.")
                                                    : Text::tr("The same workflow, only written differently."));
    }
    return difference.isEmpty() ? Done : AnswerIsNo;
}

} // namespace

QList<Command> diffCommands()
{
    return {{"diff", u"A B [--json]"_s, Text::tr("Says what differs between two definitions."), diffCommand}};
}

} // namespace automation::cli
