// Prints the CPU time of a layout for workflows of several kinds and sizes: median and 95th percentile in milliseconds.
//   layout_benchmark [steps…]

#include "designer/layout/graphlayout.h"
#include "tests/layout/workflowgenerator.h"
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <vector>

using namespace automation;

namespace {

void measure(const char *name, const LayoutGraph &graph, int rounds)
{
    std::vector<double> times;
    LayoutResult layout;
    for (int i = 0; i < rounds; ++i) {
        const std::clock_t start = std::clock();
        layout = layoutGraph(graph);
        times.push_back(1000.0 * static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC);
    }
    std::sort(times.begin(), times.end());
    std::printf("%-24s %6d cards %6d edges   median %8.2f ms   p95 %8.2f ms   %.0f x %.0f\n", name,
        static_cast<int>(graph.nodes.size()), static_cast<int>(graph.edges.size()), times[times.size() / 2],
        times[std::min(times.size() - 1, times.size() * 95 / 100)], layout.bounds.width(), layout.bounds.height());
    std::fflush(stdout);
}

LayoutGraph generated(int steps, void (*change)(WorkflowGenerator::Shape &))
{
    WorkflowGenerator::Shape shape;
    shape.loopPercent = 0;
    shape.containerPercent = 0;
    change(shape);
    // A sequence may end early in arms that all stop.
    for (quint32 seed = 1;; ++seed) {
        shape.steps = steps;
        LayoutGraph graph = WorkflowGenerator(seed).make(shape);
        if (graph.nodes.size() >= steps * 9 / 10 || seed == 20)
            return graph;
    }
}

void measureSize(int steps)
{
    const int rounds = std::clamp(100000 / std::max(1, steps), 9, 100);
    using Shape = WorkflowGenerator::Shape;
    measure("chain", WorkflowGenerator::chain(steps), rounds);
    measure(
        "branches that end", generated(steps, [](Shape &s) { s.branchPercent = 40, s.deadEndPercent = 80; }), rounds);
    measure("branches that join", generated(steps, [](Shape &s) { s.deadEndPercent = 0; }), rounds);
    measure("loops", generated(steps, [](Shape &s) { s.loopPercent = 5; }), rounds);
    measure(
        "containers and loops", generated(steps, [](Shape &s) { s.loopPercent = 5, s.containerPercent = 5; }), rounds);
    measure("far jumps", generated(steps, [](Shape &s) { s.farJumpPercent = 2; }), rounds);
    LayoutGraph fixed = generated(steps, [](Shape &s) { s.loopPercent = 5; });
    const LayoutResult before = layoutGraph(fixed);
    for (int i = 1; i <= 500; ++i) {
        const auto node = static_cast<qsizetype>(i) * fixed.nodes.size() / 501;
        fixed.nodes[node].fixed = before.nodes[node].topLeft() + QPointF(i * 37 % 600 - 300, i * 53 % 300 - 150);
    }
    measure("loops, 500 fixed cards", fixed, rounds);
    measure("random jumps",
        generated(steps, [](Shape &s) { s.loopPercent = 5, s.containerPercent = 5, s.jumpPercent = 5; }), rounds);
}

} // namespace

int main(int argc, char **argv)
{
    for (int i = 1; i < argc; ++i)
        measureSize(std::clamp(std::atoi(argv[i]), 1, 1000000));
    if (argc == 1) {
        for (int steps : {100, 1000, 10000, 50000})
            measureSize(steps);
    }
    return 0;
}
