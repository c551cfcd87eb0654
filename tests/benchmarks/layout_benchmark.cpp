// Prints the CPU time of a layout for workflows of several sizes: median and 95th percentile in milliseconds.

#include "designer/layout/graphlayout.h"
#include "tests/layout/workflowgenerator.h"
#include <algorithm>
#include <cstdio>
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
    std::printf("%-28s %6d cards %6d edges   median %8.2f ms   p95 %8.2f ms   %.0f x %.0f\n", name,
        static_cast<int>(graph.nodes.size()), static_cast<int>(graph.edges.size()), times[times.size() / 2],
        times[std::min(times.size() - 1, times.size() * 95 / 100)], layout.bounds.width(), layout.bounds.height());
}

} // namespace

int main()
{
    for (int steps : {100, 1000, 10000, 50000}) {
        const int rounds = std::clamp(100000 / steps, 5, 100);
        WorkflowGenerator::Shape shape;
        shape.steps = steps;
        measure("workflow", WorkflowGenerator(1).make(shape), rounds);
        shape.jumpPercent = 5;
        measure("workflow with jumps", WorkflowGenerator(2).make(shape), rounds);
        shape.jumpPercent = 0;
        shape.containerPercent = 0;
        shape.branchPercent = 60;
        shape.deadEndPercent = 90;
        measure("many branches", WorkflowGenerator(3).make(shape), rounds);
        measure("chain", WorkflowGenerator::chain(steps), rounds);
    }
    return 0;
}
