#include "designer/layout/componentlayout.h"

#include "designer/layout/edgerouting.h"
#include "designer/layout/ordering.h"
#include "designer/layout/placement.h"
#include "designer/layout/ranking.h"
#include "designer/layout/rowsbefore.h"
#include "designer/layout/seeding.h"
#include "designer/layout/straightening.h"
#include <algorithm>
#include <limits>

namespace automation {

namespace {

size_t at(int index)
{
    return static_cast<size_t>(index);
}

} // namespace

FlowDrawing layoutComponent(const std::vector<FlowItem> &items, const std::vector<FlowEdge> &edges, int root,
    const FlowSpacing &spacing, const std::stop_token &stop)
{
    FlowDrawing drawing;
    if (items.size() == 1 && edges.empty()) {
        drawing.anchors.push_back({items[0].left, items[0].head});
        drawing.width = items[0].left + items[0].right;
        drawing.height = items[0].head + items[0].height;
        return drawing;
    }
    Ranking ranking = rankItems(static_cast<int>(items.size()), edges, root);
    if (spacing.keeping == Keeping::Rows)
        keepRows(ranking, items, edges);
    LayeredGraph graph = buildLayeredGraph(items, edges, ranking);
    if (stop.stop_requested())
        return drawing;
    if (graph.isSeeded) {
        fillPlacesBefore(graph);
        graph.keepsOrder = spacing.keeping != Keeping::Distances;
        if (graph.keepsRows)
            findFreePlaces(graph, spacing.nodeGap);
    }
    orderRanks(graph, root, stop);
    if (stop.stop_requested())
        return drawing;
    if (graph.isSeeded && placeAsBefore(graph, spacing.nodeGap, stop)) {
        pullLoopsIn(graph, spacing.nodeGap);
    } else {
        placeNodes(graph, spacing.nodeGap, stop);
        if (stop.stop_requested())
            return drawing;
        straightenLines(graph, spacing.nodeGap);
    }
    if (stop.stop_requested())
        return drawing;

    double left = std::numeric_limits<double>::max();
    double right = std::numeric_limits<double>::lowest();
    for (const LayeredNode &node : graph.nodes) {
        left = std::min(left, node.x - node.left);
        right = std::max(right, node.x + node.right);
    }
    for (LayeredNode &node : graph.nodes)
        node.x -= left;
    drawing.width = right - left;

    EdgeRouting routing(graph, edges, ranking, spacing);
    drawing.width = routing.placeOuterLanes(drawing.width);
    routing.placeLanes(stop);
    if (stop.stop_requested())
        return drawing;
    const std::vector<double> &rankTops = routing.rankTops();
    drawing.height = routing.height();
    drawing.anchors.resize(items.size());
    for (size_t i = 0; i < items.size(); ++i)
        drawing.anchors[i] = {graph.nodes[i].x, rankTops[at(graph.nodes[i].rank)]};
    drawing.routes = routing.routes();
    drawing.isBack = ranking.isBack;
    return drawing;
}

} // namespace automation
