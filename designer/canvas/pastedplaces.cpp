#include "designer/canvas/pastedplaces.h"

#include "designer/drawing/graphscene.h"

namespace automation {

namespace {

// A workflow of nothing but the steps an edit inserts.
Result<WorkflowDefinition> definitionOf(const DefinitionEdit &edit)
{
    JsonValue steps = JsonValue::array();
    for (const JsonEdit &part : edit.edits) {
        if (part.kind == JsonEdit::Kind::Insert && edit.created.contains(StepView(part.after).id()))
            steps.append(part.after);
    }
    const JsonValue definition = JsonValue::object({{QStringLiteral("steps"), steps}});
    return WorkflowDefinition::fromJson(JsonValue::object({{QStringLiteral("definition"), definition}}));
}

} // namespace

QHash<QString, QPointF> pastedPlaces(
    const DefinitionEdit &edit, const WorkflowDocument &document, const QPointF &middle)
{
    constexpr qsizetype Most = 100; // steps; a layout of so few takes no time
    if (edit.created.size() > Most)
        return {};
    const Result<WorkflowDefinition> definition = definitionOf(edit);
    if (!definition)
        return {};
    LayoutOptions options = GraphScene::defaultOptions();
    if (document.drawing().direction == DrawingLayout::Direction::LeftToRight)
        options.direction = LayoutOptions::Direction::LeftToRight;
    const DefinitionGraph graph = DefinitionGraph::build(*definition, document.catalog());
    const std::shared_ptr<const GraphScene> scene = GraphScene::build(*definition, graph, options);
    QRectF all;
    for (const SceneNode &node : scene->nodes()) {
        if (!node.isTrigger)
            all |= node.box | node.frame;
    }
    QHash<QString, QPointF> places;
    for (const SceneNode &node : scene->nodes()) {
        if (edit.created.contains(node.key))
            places.insert(node.key, node.box.topLeft() + middle - all.center());
    }
    return places;
}

} // namespace automation
