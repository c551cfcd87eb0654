#include "app/cli/commandline.h"

#include "model/document/commands/stepcommands.h"
#include "model/document/workflowdocument.h"
#include "model/json/jsonreader.h"
#include "model/json/jsonwriter.h"

using namespace Qt::Literals::StringLiterals;

namespace automation::cli {

namespace {

using Document = std::unique_ptr<WorkflowDocument>;

const std::pair<QString, QString> fileOperand()
{
    return {u"FILE"_s, Text::tr("The definition.")};
}

// To another file, or back to the one it came from.
int write(WorkflowDocument &document, const QCommandLineParser &parser)
{
    const QString output = parser.value(outputOption());
    const auto saved = output.isEmpty() ? document.save() : document.saveAs(output);
    return saved ? int(Done) : complain(saved.error());
}

int apply(WorkflowDocument &document, const Result<DefinitionEdit> &edit, const QCommandLineParser &parser)
{
    if (!edit)
        return complain(edit.error());
    if (const auto pushed = document.push(*edit); !pushed)
        return complain(pushed.error());
    return write(document, parser);
}

int save(const QStringList &arguments)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(
        Text::tr("Opens a definition and saves it elsewhere, as the designer does: the same bytes."));
    parser.addOption(outputOption());
    int exitCode = Done;
    if (!readArguments(parser, arguments, {fileOperand()}, exitCode))
        return exitCode;
    if (parser.value(outputOption()).isEmpty())
        return complain(Text::tr("save: -o OUT is missing."));
    const Result<Document> document = WorkflowDocument::open(parser.positionalArguments().at(1));
    return document ? write(**document, parser) : complain(document.error());
}

// A place in a definition: a step and what is below it, or a value of the root.
struct Place
{
    int node = -1; // index in the graph, -1 = none
    JsonPointer rest; // below the step, or from the root
};

Result<Place> findPlace(const WorkflowDocument &document, const QString &text)
{
    const auto pointer = JsonPointer::parse(text);
    if (!pointer)
        return pointer.error();
    const DefinitionGraph &graph = document.graph();
    const QStringList tokens = pointer->tokens();
    if (tokens.size() > 1 && tokens[0] == u"steps" && tokens[1].startsWith(u'@')) {
        const QString id = tokens[1].mid(1);
        const int node = graph.indexOfId(id);
        if (node < 0)
            return Error {ErrorCode::InvalidArgument, Text::tr("There is no step “%1”.").arg(id)};
        return Place {node, JsonPointer(tokens.mid(2))};
    }
    // People leave out where the steps stand.
    if (tokens.value(0) == u"steps" && !document.definition().root().contains(u"steps"))
        return findPlace(document, u"/definition"_s + text);
    // A pointer through the root: the innermost step on its way, as steps may be nested.
    Place place {-1, *pointer};
    qsizetype length = 0;
    for (int i = 1; i < graph.nodes().size(); ++i) {
        const JsonPointer &step = graph.nodes()[i].pointer;
        if (pointer->startsWith(step) && step.tokens().size() > length) {
            length = step.tokens().size();
            place = {i, JsonPointer(tokens.mid(length))};
        }
    }
    return place;
}

// Most often the quotes of a text are missing, or the shell took them.
QString noJson(const QString &text, const Error &error)
{
    static const QString signs = u"{[\"-0123456789"_s;
    const QString shown = text.left(80);
    if (!text.trimmed().isEmpty() && !signs.contains(text.trimmed().front())) {
        return Text::tr("“%1” is no JSON. A text needs its quotes, and those need quotes for the shell: '%2'")
            .arg(shown, QString::fromUtf8(writeJsonString(shown)));
    }
    return Text::tr("“%1” is no JSON: %2").arg(shown, error.message);
}

int set(const QStringList &arguments)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(Text::tr("Sets one value. Only its lines of the file change. Write “--” before a "
                                              "VALUE that begins with a minus."));
    parser.addOption(outputOption());
    int exitCode = Done;
    if (!readArguments(parser, arguments,
            {fileOperand(),
                {u"POINTER"_s, Text::tr("A JSON pointer; /steps/@ID/… is the step of that id wherever it stands.")},
                {u"VALUE"_s, Text::tr("JSON; a text needs its quotes.")}},
            exitCode))
        return exitCode;
    const QStringList operands = parser.positionalArguments();
    const auto value = readJson(operands.at(3).toUtf8());
    if (!value)
        return complain(noJson(operands.at(3), value.error()));
    const Result<Document> opened = WorkflowDocument::open(operands.at(1));
    if (!opened)
        return complain(opened.error());
    WorkflowDocument &document = **opened;
    const auto place = findPlace(document, operands.at(2));
    if (!place)
        return complain(place.error());
    if (place->node < 0) {
        return apply(document,
            setRootValue(document.definition(), place->rest, *value, Text::tr("Set %1").arg(place->rest.toString())),
            parser);
    }
    const QString key = document.graph().nodes()[place->node].key;
    const auto edit = place->rest.isRoot()
        ? replaceStep(document.definition(), document.graph(), key, *value)
        : setStepValue(document.definition(), document.graph(), key, place->rest, *value);
    return apply(document, edit, parser);
}

int rename(const QStringList &arguments)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(Text::tr("Gives a step another id and changes every reference to it."));
    parser.addOption(outputOption());
    int exitCode = Done;
    if (!readArguments(parser, arguments,
            {fileOperand(), {u"OLD"_s, Text::tr("The step's id.")}, {u"NEW"_s, Text::tr("The id it shall get.")}},
            exitCode))
        return exitCode;
    const QStringList operands = parser.positionalArguments();
    const Result<Document> opened = WorkflowDocument::open(operands.at(1));
    if (!opened)
        return complain(opened.error());
    WorkflowDocument &document = **opened;
    const int node = document.graph().indexOfId(operands.at(2));
    if (node < 0)
        return complain(Text::tr("There is no step “%1” in %2.").arg(operands.at(2), operands.at(1)));
    const QString key = document.graph().nodes()[node].key;
    return apply(document, renameStep(document.definition(), document.graph(), key, operands.at(3)), parser);
}

} // namespace

QList<Command> editCommands()
{
    return {{"save", u"FILE -o OUT"_s, Text::tr("Opens and saves; without an edit the same bytes."), save},
        {"set", u"FILE POINTER VALUE [-o OUT]"_s, Text::tr("Sets one value."), set},
        {"rename", u"FILE OLD NEW [-o OUT]"_s, Text::tr("Gives a step another id, everywhere."), rename}};
}

} // namespace automation::cli
