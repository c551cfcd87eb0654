#include "designer/drawing/scenestate.h"

namespace automation {

void SceneState::setRun(const GraphScene &scene, const RunOverlay &overlay)
{
    showsRun = !overlay.isEmpty();
    runs.clear();
    takenEdges.clear();
    failedEdges.clear();
    for (auto run = overlay.nodes.cbegin(); run != overlay.nodes.cend(); ++run) {
        const int node = scene.indexOfKey(run.key());
        if (node >= 0 && run->state != NodeRun::State::NotReached)
            runs.insert(node, *run);
    }
    if (overlay.taken.isEmpty())
        return;
    for (qsizetype i = 0; i < scene.edges().size(); ++i) {
        const SceneEdge &edge = scene.edges().at(i);
        if (!overlay.taken.contains({scene.keyOf(edge.from), scene.keyOf(edge.to)}))
            continue;
        takenEdges.insert(int(i));
        if (runs.value(edge.to).state == NodeRun::State::Failed)
            failedEdges.insert(int(i));
    }
}

} // namespace automation
