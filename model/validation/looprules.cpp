#include "model/validation/rules.h"

#include <algorithm>

namespace automation {

namespace {

// Strongly connected steps of those that do not wait (Tarjan's algorithm, with a stack of its own).
class Circles
{
public:
    explicit Circles(const RuleContext &context)
        : m_context(context)
    {
    }

    std::vector<std::vector<int>> find()
    {
        // A circle goes back somewhere; most definitions go back from a wait only, if at all.
        const QList<Connection> &connections = m_context.graph().connections();
        const bool goesBack = std::any_of(connections.begin(), connections.end(), [this](const Connection &connection) {
            return connection.to <= connection.from && connection.to > 0 && !waits(connection.from)
                && !waits(connection.to);
        });
        if (!goesBack)
            return {};
        m_number.assign(size_t(m_context.graph().nodes().size()), 0);
        m_lowest.assign(m_number.size(), 0);
        m_isOpen.assign(m_number.size(), false);
        for (int node = 1; node < int(m_number.size()); ++node) {
            if (m_number[size_t(node)] == 0 && !waits(node))
                search(node);
        }
        return std::move(m_found);
    }

private:
    struct Frame
    {
        int node;
        qsizetype next;
    };

    bool waits(int node) const { return m_context.stepOf(node)->analysis->waits; }

    void enter(int node)
    {
        m_number[size_t(node)] = m_lowest[size_t(node)] = ++m_count;
        m_isOpen[size_t(node)] = true;
        m_open.push_back(node);
        m_frames.push_back({node, 0});
    }

    void search(int start)
    {
        enter(start);
        while (!m_frames.empty()) {
            Frame &frame = m_frames.back();
            const auto connections = m_context.graph().connectionsOf(frame.node);
            if (frame.next == qsizetype(connections.size())) {
                leave();
                continue;
            }
            const int to = (connections.begin() + frame.next++)->to;
            if (waits(to))
                continue;
            if (m_number[size_t(to)] == 0)
                enter(to);
            else if (m_isOpen[size_t(to)])
                m_lowest[size_t(frame.node)] = std::min(m_lowest[size_t(frame.node)], m_number[size_t(to)]);
        }
    }

    void leave()
    {
        const int node = m_frames.back().node;
        m_frames.pop_back();
        if (!m_frames.empty()) {
            int &lowest = m_lowest[size_t(m_frames.back().node)];
            lowest = std::min(lowest, m_lowest[size_t(node)]);
        }
        if (m_lowest[size_t(node)] != m_number[size_t(node)])
            return;
        const auto first = std::find(m_open.rbegin(), m_open.rend(), node).base() - 1;
        if (m_open.end() - first > 1)
            m_found.emplace_back(first, m_open.end());
        for (auto i = first; i != m_open.end(); ++i)
            m_isOpen[size_t(*i)] = false;
        m_open.erase(first, m_open.end());
    }

    const RuleContext &m_context;
    int m_count = 0;
    std::vector<int> m_number;
    std::vector<int> m_lowest;
    std::vector<bool> m_isOpen;
    std::vector<int> m_open;
    std::vector<Frame> m_frames;
    std::vector<std::vector<int>> m_found;
};

// A shortest way from a step back to itself within its circle.
std::vector<int> wayRound(const DefinitionGraph &graph, int start, const std::vector<int> &circle)
{
    std::vector<int> sorted = circle;
    std::sort(sorted.begin(), sorted.end());
    const auto place = [&sorted](int node) {
        const auto found = std::lower_bound(sorted.begin(), sorted.end(), node);
        return found != sorted.end() && *found == node ? found - sorted.begin() : -1;
    };
    std::vector<int> from(sorted.size(), -1);
    std::vector<int> open {start};
    for (size_t i = 0; i < open.size(); ++i) {
        for (const Connection &connection : graph.connectionsOf(open[i])) {
            const auto to = place(connection.to);
            if (to < 0 || from[size_t(to)] >= 0)
                continue;
            from[size_t(to)] = open[i];
            if (connection.to != start) {
                open.push_back(connection.to);
                continue;
            }
            std::vector<int> way {start};
            for (int at = open[i]; at != start; at = from[size_t(place(at))])
                way.push_back(at);
            std::reverse(way.begin() + 1, way.end());
            return way;
        }
    }
    return {start};
}

} // namespace

void checkLoops(RuleContext &context)
{
    for (const std::vector<int> &circle : Circles(context).find()) {
        const int first = *std::min_element(circle.begin(), circle.end());
        const std::vector<int> way = wayRound(context.graph(), first, circle);
        constexpr size_t most = 8;
        QStringList names;
        for (size_t i = 0; i < way.size() && i < most; ++i)
            names += context.graph().nodes().at(way[i]).id;
        if (way.size() > most)
            names += QStringLiteral("…");
        names += names.first();
        const RuleStep &step = *context.stepOf(first);
        context.report(Problem::Severity::Warning, QLatin1StringView("loop-without-wait"), step, step.node->pointer,
            RuleText::tr("These steps run in a circle and none of them waits: %1. An instance ends with an error after "
                         "some thousand steps.")
                .arg(names.join(QStringLiteral(" → "))));
    }
}

} // namespace automation
