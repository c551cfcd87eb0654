#include "app/cli/commandline.h"

#include "designer/drawing/graphscene.h"
#include "designer/drawing/pictureexport.h"
#include "designer/drawing/scenestate.h"

#include <QElapsedTimer>

using namespace Qt::Literals::StringLiterals;

namespace automation::cli {

namespace {

const std::pair<QString, QString> fileOperand()
{
    return {u"FILE"_s, Text::tr("The definition, “-” for standard input.")};
}

QString idOf(const GraphNode &node)
{
    return node.isTrigger ? u"trigger"_s : node.key;
}

// As the window shows it: with what the person arranged.
std::shared_ptr<const GraphScene> sceneOf(const WorkflowDocument &document)
{
    LayoutOptions options = GraphScene::defaultOptions();
    if (document.drawing().direction == DrawingLayout::Direction::LeftToRight)
        options.direction = LayoutOptions::Direction::LeftToRight;
    return GraphScene::build(
        document.definition(), document.graph(), options, {}, nullptr, document.drawing().positions);
}

JsonValue layoutJson(const DefinitionGraph &graph, const GraphScene &scene, double milliseconds)
{
    JsonValue nodes = JsonValue::array();
    for (qsizetype i = 0; i < scene.nodes().size(); ++i) {
        const SceneNode &node = scene.nodes()[i];
        nodes.append(JsonValue::object({{u"id"_s, idOf(graph.nodes()[i])}, {u"x"_s, node.box.x()},
            {u"y"_s, node.box.y()}, {u"width"_s, node.box.width()}, {u"height"_s, node.box.height()},
            {u"container"_s, node.parent < 0 ? JsonValue() : JsonValue(idOf(graph.nodes()[node.parent]))}}));
    }
    JsonValue edges = JsonValue::array();
    for (const SceneEdge &edge : scene.edges()) {
        const GraphNode &from = graph.nodes()[edge.from];
        JsonValue points = JsonValue::array();
        for (const QPointF &point : edge.points)
            points.append(JsonValue::array({point.x(), point.y()}));
        edges.append(JsonValue::object({{u"from"_s, idOf(from)}, {u"to"_s, idOf(graph.nodes()[edge.to])},
            {u"outcome"_s, from.outcomes.value(edge.outcome).key()}, {u"points"_s, points}}));
    }
    return JsonValue::object({{u"nodes"_s, nodes}, {u"edges"_s, edges}, {u"milliseconds"_s, milliseconds}});
}

int layout(const QStringList &arguments)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(Text::tr("Says where the drawing's cards and lines stand, in pixels at 100 %."));
    parser.addOption(jsonOption());
    int exitCode = Done;
    if (!readArguments(parser, arguments, {fileOperand()}, exitCode))
        return exitCode;
    const auto document = openToRead(parser.positionalArguments().at(1));
    if (!document)
        return complain(document.error());
    QElapsedTimer timer;
    timer.start();
    const auto scene = sceneOf(**document);
    const double milliseconds = double(timer.nsecsElapsed() / 1000) / 1000;
    if (!scene)
        return complain(Text::tr("The drawing could not be laid out."));
    const DefinitionGraph &graph = (*document)->graph();
    if (parser.isSet(jsonOption().names().first())) {
        printJson(layoutJson(graph, *scene, milliseconds));
        return Done;
    }
    for (qsizetype i = 0; i < scene->nodes().size(); ++i) {
        const QRectF box = scene->nodes()[i].box;
        print(u"%1 %2 %3 %4  %5"_s.arg(box.x())
                  .arg(box.y())
                  .arg(box.width())
                  .arg(box.height())
                  .arg(idOf(graph.nodes()[i])));
    }
    return Done;
}

int render(const QStringList &arguments)
{
    const QCommandLineOption theme(u"theme"_s, Text::tr("light (default) or dark."), u"T"_s, u"light"_s);
    const QCommandLineOption scale(u"scale"_s, Text::tr("Enlargement, 0.1 to 10."), u"S"_s, u"1"_s);
    QCommandLineParser parser;
    parser.setApplicationDescription(Text::tr("Draws a definition into an SVG, PNG or PDF file."));
    parser.addOptions({outputOption(), theme, scale});
    int exitCode = Done;
    if (!readArguments(parser, arguments, {fileOperand()}, exitCode))
        return exitCode;
    const QString output = parser.value(outputOption());
    if (output.isEmpty())
        return complain(Text::tr("render: -o OUT is missing."));
    const QString themeName = parser.value(theme);
    if (themeName != u"light" && themeName != u"dark")
        return complain(Text::tr("render: there is no theme “%1”, only light and dark.").arg(themeName));
    bool isNumber = false;
    const double factor = parser.value(scale).toDouble(&isNumber);
    if (!isNumber || !(factor >= 0.1 && factor <= 10))
        return complain(Text::tr("render: the scale “%1” is no number from 0.1 to 10.").arg(parser.value(scale)));

    const auto document = openToRead(parser.positionalArguments().at(1));
    if (!document)
        return complain(document.error());
    const auto scene = sceneOf(**document);
    if (!scene)
        return complain(Text::tr("The drawing could not be laid out."));
    SceneState state;
    state.showsAddButtons = false;
    for (const CanvasNote &note : (*document)->drawing().notes)
        state.notes.append({note.rect, note.text});
    PictureExport::Options options;
    options.theme = themeName == u"dark" ? Theme::dark() : Theme::light();
    options.scale = factor;
    options.title = (*document)->definition().name();
    const auto written = PictureExport::write(scene, state, output, options);
    return written ? int(Done) : complain(written.error());
}

} // namespace

QList<Command> drawingCommands()
{
    return {{"layout", u"FILE [--json]"_s, Text::tr("Says where the drawing's cards and lines stand."), layout},
        {"render", u"FILE -o OUT.svg|.png|.pdf [--theme T] [--scale S]"_s, Text::tr("Draws a definition."), render}};
}

} // namespace automation::cli
