#include "designer/layout/levellayout.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace automation {

namespace {

constexpr size_t partsInOneRow = 12; // more loose parts than this stand in rows

size_t at(int index)
{
    return static_cast<size_t>(index);
}

// A connected part of a level, with its own numbering.
struct Part
{
    std::vector<int> items;
    std::vector<int> edges;
    int root = -1;
    int sequence = 0;
    bool touchesBorder = false;
    FlowDrawing drawing;
};

class LevelParts
{
public:
    LevelParts(const std::vector<FlowItem> &items, const std::vector<FlowEdge> &edges, int root)
        : m_items(items)
        , m_edges(edges)
        , m_parent(items.size())
        , m_local(items.size(), 0)
    {
        std::iota(m_parent.begin(), m_parent.end(), 0);
        for (const FlowEdge &edge : edges) {
            if (edge.from >= 0 && edge.to >= 0)
                join(find(edge.from), find(edge.to));
        }
        joinInterleavedSequences();
        std::vector<int> partOf(items.size(), -1);
        for (int i = 0; i < static_cast<int>(items.size()); ++i) {
            int &part = partOf[at(find(i))];
            if (part < 0) {
                part = static_cast<int>(m_parts.size());
                m_parts.emplace_back();
                m_parts.back().sequence = items[at(i)].sequence;
            }
            Part &p = m_parts[at(part)];
            m_local[at(i)] = static_cast<int>(p.items.size());
            p.items.push_back(i);
            p.sequence = std::min(p.sequence, items[at(i)].sequence);
            if (i == root)
                p.root = m_local[at(i)];
        }
        for (int i = 0; i < static_cast<int>(edges.size()); ++i) {
            const FlowEdge &edge = edges[at(i)];
            Part &p = m_parts[at(partOf[at(find(std::max(edge.from, edge.to)))])];
            p.edges.push_back(i);
            p.touchesBorder |= edge.from < 0 || edge.to < 0;
        }
        std::stable_sort(m_parts.begin(), m_parts.end(), [](const Part &a, const Part &b) {
            return std::pair(a.root < 0, a.sequence) < std::pair(b.root < 0, b.sequence);
        });
    }

    std::vector<Part> &parts() { return m_parts; }

    void layout(Part &part, const FlowSpacing &spacing, const std::stop_token &stop) const
    {
        std::vector<FlowItem> items;
        items.reserve(part.items.size());
        for (int i : part.items)
            items.push_back(m_items[at(i)]);
        std::vector<FlowEdge> edges;
        edges.reserve(part.edges.size());
        for (int i : part.edges) {
            edges.push_back(m_edges[at(i)]);
            if (edges.back().from >= 0)
                edges.back().from = m_local[at(edges.back().from)];
            if (edges.back().to >= 0)
                edges.back().to = m_local[at(edges.back().to)];
        }
        part.drawing = layoutComponent(items, edges, part.root, spacing, stop);
    }

private:
    int find(int item)
    {
        while (m_parent[at(item)] != item) {
            m_parent[at(item)] = m_parent[at(m_parent[at(item)])];
            item = m_parent[at(item)];
        }
        return item;
    }

    void join(int a, int b) { m_parent[at(std::max(a, b))] = std::min(a, b); }

    // Parts that each span several sequences cannot stand side by side in order; they become one.
    void joinInterleavedSequences()
    {
        struct Span
        {
            int first;
            int last;
            int item;
        };
        std::vector<Span> spans;
        std::vector<int> spanOf(m_items.size(), -1);
        for (int i = 0; i < static_cast<int>(m_items.size()); ++i) {
            const int sequence = m_items[at(i)].sequence;
            int &span = spanOf[at(find(i))];
            if (span < 0) {
                span = static_cast<int>(spans.size());
                spans.push_back({sequence, sequence, i});
            }
            spans[at(span)].first = std::min(spans[at(span)].first, sequence);
            spans[at(span)].last = std::max(spans[at(span)].last, sequence);
        }
        std::stable_sort(spans.begin(), spans.end(), [](const Span &a, const Span &b) { return a.first < b.first; });
        for (size_t i = 1; i < spans.size(); ++i) {
            if (spans[i].first < spans[i - 1].last) {
                join(find(spans[i].item), find(spans[i - 1].item));
                spans[i].last = std::max(spans[i].last, spans[i - 1].last);
            }
        }
    }

    const std::vector<FlowItem> &m_items;
    const std::vector<FlowEdge> &m_edges;
    std::vector<int> m_parent;
    std::vector<int> m_local;
    std::vector<Part> m_parts;
};

void put(FlowDrawing &level, Part &part, double x, double y)
{
    for (size_t i = 0; i < part.items.size(); ++i) {
        const LayoutPoint anchor = part.drawing.anchors[i];
        level.anchors[at(part.items[i])] = {anchor.x + x, anchor.y + y};
    }
    for (size_t i = 0; i < part.edges.size(); ++i) {
        std::vector<LayoutPoint> &route = level.routes[at(part.edges[i])];
        route = std::move(part.drawing.routes[i]);
        for (LayoutPoint &point : route)
            point = {point.x + x, point.y + y};
        level.isBack[at(part.edges[i])] = part.drawing.isBack[i];
    }
    level.width = std::max(level.width, x + part.drawing.width);
    level.height = std::max(level.height, y + part.drawing.height);
}

void endAtBorder(FlowDrawing &level, const std::vector<FlowEdge> &edges)
{
    for (size_t i = 0; i < level.routes.size(); ++i) {
        if (edges[i].to < 0 && !level.routes[i].empty())
            level.routes[i].back().y = level.height;
    }
}

} // namespace

FlowDrawing layoutLevel(const std::vector<FlowItem> &items, const std::vector<FlowEdge> &edges, int root,
    const FlowSpacing &spacing, const std::stop_token &stop)
{
    FlowDrawing level;
    LevelParts levelParts(items, edges, root);
    std::vector<Part> &parts = levelParts.parts();
    if (parts.size() == 1) {
        level = layoutComponent(items, edges, root, spacing, stop);
        endAtBorder(level, edges);
        return level;
    }
    for (Part &part : parts) {
        levelParts.layout(part, spacing, stop);
        if (stop.stop_requested())
            return level;
    }
    level.anchors.resize(items.size());
    level.routes.resize(edges.size());
    level.isBack.resize(edges.size(), 0);

    const double gap = std::ceil(spacing.nodeGap * 1.5);
    std::vector<Part *> loose;
    double x = 0;
    for (Part &part : parts) {
        if (parts.size() > partsInOneRow && part.root < 0 && !part.touchesBorder) {
            loose.push_back(&part);
            continue;
        }
        put(level, part, x, 0);
        x = level.width + gap;
    }
    double area = 0;
    double widest = 0;
    for (const Part *part : loose) {
        area += (part->drawing.width + gap) * (part->drawing.height + spacing.rankGap);
        widest = std::max(widest, part->drawing.width);
    }
    const double rowWidth = std::max(widest, std::sqrt(area) * 1.3);
    const double left = x;
    double y = 0;
    double rowHeight = 0;
    for (Part *part : loose) {
        if (x > left && x + part->drawing.width > left + rowWidth) {
            x = left;
            y += rowHeight + spacing.rankGap;
            rowHeight = 0;
        }
        put(level, *part, x, y);
        x += part->drawing.width + gap;
        rowHeight = std::max(rowHeight, part->drawing.height);
    }
    endAtBorder(level, edges);
    return level;
}

} // namespace automation
