#include "model/validation/dataflow.h"

#include "model/definition/stepoutcomes.h"

#include <algorithm>

namespace automation {

void DataFlow::Edges::fill(int count, const std::vector<std::pair<int, int>> &edges)
{
    first.assign(size_t(count) + 1, 0);
    for (const auto &[from, target] : edges)
        ++first[size_t(from)];
    for (size_t i = 1; i < first.size(); ++i)
        first[i] += first[i - 1]; // where those of a place end, until they are put in from the back
    to.resize(edges.size());
    for (auto edge = edges.rbegin(); edge != edges.rend(); ++edge)
        to[size_t(--first[size_t(edge->first)])] = edge->second;
}

DataFlow::DataFlow(const DefinitionGraph &graph, std::vector<DataWrite> writes, int variableCount)
    : m_nodeCount(int(graph.nodes().size()))
    , m_variableCount(variableCount)
    , m_writes(std::move(writes))
{
    std::stable_sort(
        m_writes.begin(), m_writes.end(), [](const DataWrite &a, const DataWrite &b) { return a.node < b.node; });
    m_firstWrite.assign(size_t(m_nodeCount) + 1, 0);
    for (const DataWrite &write : m_writes)
        ++m_firstWrite[size_t(write.node) + 1];
    for (size_t i = 1; i < m_firstWrite.size(); ++i)
        m_firstWrite[i] += m_firstWrite[i - 1];
    connect(graph);
    search();
    findDominators();
    orderDominators();
}

void DataFlow::connect(const DefinitionGraph &graph)
{
    const QList<GraphNode> &nodes = graph.nodes();
    m_placeCount = m_nodeCount;
    m_leaving.resize(size_t(m_nodeCount));
    m_owner.resize(size_t(m_nodeCount));
    std::vector<std::pair<int, int>> ways;
    ways.reserve(size_t(graph.connections().size()) + 16);
    for (int i = 0; i < m_nodeCount; ++i) {
        m_owner[size_t(i)] = i;
        const bool hasSteps = !nodes.at(i).children.isEmpty();
        m_leaving[size_t(i)] = hasSteps ? m_placeCount++ : i;
        if (hasSteps) {
            m_owner.push_back(i);
            ways.emplace_back(i, m_leaving[size_t(i)]); // the condition is false
        }
    }
    std::vector<bool> ends(size_t(m_nodeCount), true); // no condition may be true, or nothing follows
    for (const Connection &connection : graph.connections()) {
        prefetchOutcomes(nodes, connection.from + 8);
        const Outcome &outcome = nodes.at(connection.from).outcomes.at(connection.outcome);
        const bool isChild = outcome.kind == Outcome::Kind::Child;
        ways.emplace_back(isChild ? connection.from : leavingPlace(connection.from), connection.to);
        if (outcome.kind == Outcome::Kind::Next || outcome.kind == Outcome::Kind::Default)
            ends[size_t(connection.from)] = false;
    }
    m_next.fill(m_placeCount, ways);
    addReturns(graph, ends);
}

// What a path that ends inside an If goes back to. A step outside that is jumped to from inside stays in the scope of
// that If (engine semantics §3), and so does all that follows it: every end is taken for such a one.
void DataFlow::addReturns(const DefinitionGraph &graph, const std::vector<bool> &ends)
{
    const QList<GraphNode> &nodes = graph.nodes();
    std::vector<std::pair<int, int>> returns;
    for (int i = 1; i < m_nodeCount; ++i) {
        const int parent = nodes.at(i).parent;
        if (parent >= 0 && ends[size_t(i)])
            returns.emplace_back(leavingPlace(i), leavingPlace(parent));
    }
    if (m_placeCount > m_nodeCount) {
        const auto isInside = [&nodes](int node, int container) {
            // Steps inside follow their container at once, so most answers take no walk.
            for (int at = node; at > container; at = nodes.at(at).parent) {
                if (nodes.at(at).parent == container)
                    return true;
            }
            return false;
        };
        std::vector<bool> isLeft(size_t(m_nodeCount), false);
        bool isAnyLeft = false;
        for (const Connection &connection : graph.connections()) {
            int container = nodes.at(connection.from).parent;
            while (container >= 0 && !isLeft[size_t(container)] && !isInside(connection.to, container)) {
                isLeft[size_t(container)] = isAnyLeft = true;
                container = nodes.at(container).parent;
            }
        }
        if (isAnyLeft) {
            const int end = m_placeCount++; // no step: where all paths end
            m_owner.push_back(0);
            for (int i = 1; i < m_nodeCount; ++i) {
                if (ends[size_t(i)])
                    returns.emplace_back(leavingPlace(i), end);
                if (isLeft[size_t(i)])
                    returns.emplace_back(end, leavingPlace(i));
            }
            m_next.first.push_back(m_next.first.back());
        }
    }
    m_returns.fill(m_placeCount, returns);
}

// Depth first from the trigger, with a stack of its own: chains of 50,000 steps are usual.
void DataFlow::search()
{
    m_number.assign(size_t(m_placeCount), -1);
    m_places.reserve(size_t(m_placeCount));
    m_parent.reserve(size_t(m_placeCount));
    m_flowOrder.reserve(size_t(m_placeCount));
    std::vector<std::pair<int, int>> open; // place, next of its edges
    open.reserve(size_t(m_placeCount));
    const auto enter = [&](int place, int parent) {
        m_number[size_t(place)] = int(m_places.size());
        m_places.push_back(place);
        m_parent.push_back(parent);
        open.emplace_back(place, m_next.first[size_t(place)]);
    };
    enter(0, -1);
    while (!open.empty()) {
        auto &[place, edge] = open.back();
        if (edge == m_next.first[size_t(place) + 1]) {
            m_flowOrder.push_back(place);
            open.pop_back();
            continue;
        }
        const int to = m_next.to[size_t(edge++)];
        if (m_number[size_t(to)] < 0)
            enter(to, m_number[size_t(place)]);
    }
    std::reverse(m_flowOrder.begin(), m_flowOrder.end());
}

// The algorithm of Lengauer and Tarjan in its simple form, on the numbers of the search.
void DataFlow::findDominators()
{
    const int count = int(m_places.size());
    std::vector<std::pair<int, int>> backwards;
    backwards.reserve(m_next.to.size());
    for (int from = 0; from < count; ++from) {
        const auto place = size_t(m_places[size_t(from)]);
        for (int i = m_next.first[place]; i < m_next.first[place + 1]; ++i)
            backwards.emplace_back(m_number[size_t(m_next.to[size_t(i)])], from);
    }
    Edges before;
    before.fill(count, backwards);

    struct Vertex
    {
        int semi;
        int best; // of the path up to the ancestor, the one with the least semi
        int ancestor = -1;
        int bucket = -1; // of those with this semidominator the first
        int nextInBucket = -1;
    };
    std::vector<Vertex> vertices(static_cast<size_t>(count));
    for (int i = 0; i < count; ++i)
        vertices[size_t(i)].semi = vertices[size_t(i)].best = i;
    const auto at = [&vertices](int number) -> Vertex & { return vertices[size_t(number)]; };
    std::vector<int> path;
    const auto leastOnPath = [&](int v) {
        path.clear();
        for (int up = v; at(at(up).ancestor).ancestor >= 0; up = at(up).ancestor)
            path.push_back(up);
        for (auto i = path.rbegin(); i != path.rend(); ++i) {
            Vertex &vertex = at(*i);
            const Vertex &up = at(vertex.ancestor);
            if (at(up.best).semi < at(vertex.best).semi)
                vertex.best = up.best;
            vertex.ancestor = up.ancestor;
        }
        return at(v).best;
    };
    std::vector<std::pair<int, int>> same; // number, other number with the same dominator, from the back
    m_dominator.assign(size_t(count), -1);
    for (int n = count - 1; n > 0; --n) {
        const int parent = m_parent[size_t(n)];
        int least = parent;
        const int first = before.first[size_t(n)];
        const int end = before.first[size_t(n) + 1];
        for (int i = first; i < end; ++i) {
            const int v = before.to[size_t(i)];
            least = std::min(least, v <= n ? v : at(leastOnPath(v)).semi);
        }
        Vertex &vertex = at(n);
        vertex.semi = least;
        vertex.ancestor = parent;
        if (least == parent) { // as most: nothing leads past the parent
            m_dominator[size_t(n)] = parent;
        } else {
            vertex.nextInBucket = at(least).bucket;
            at(least).bucket = n;
        }
        for (int v = at(parent).bucket; v >= 0; v = at(v).nextInBucket) {
            const int y = leastOnPath(v);
            if (at(y).semi == at(v).semi)
                m_dominator[size_t(v)] = parent;
            else
                same.emplace_back(v, y);
        }
        at(parent).bucket = -1;
    }
    std::sort(same.begin(), same.end());
    for (const auto &[n, other] : same)
        m_dominator[size_t(n)] = m_dominator[size_t(other)];
}

void DataFlow::orderDominators()
{
    const int count = int(m_places.size());
    // A dominator has a lower number than what it dominates, so sizes add up from the back.
    std::vector<int> size(size_t(count), 1);
    for (int n = count - 1; n > 0; --n)
        size[size_t(m_dominator[size_t(n)])] += size[size_t(n)];
    m_treeOrder.resize(size_t(count));
    m_treeEnd.resize(size_t(count));
    std::vector<int> free(static_cast<size_t>(count)); // where the next subtree below a node begins
    for (int n = 0; n < count; ++n) {
        const int dominator = m_dominator[size_t(n)];
        const int start = dominator < 0 ? 0 : free[size_t(dominator)];
        if (dominator >= 0)
            free[size_t(dominator)] += size[size_t(n)];
        m_treeOrder[size_t(start)] = n;
        free[size_t(n)] = start + 1;
        m_treeEnd[size_t(n)] = start + size[size_t(n)];
    }
}

int DataFlow::placeOf(const DataRead &read) const
{
    return read.when == DataRead::When::Running ? read.node : leavingPlace(read.node);
}

// Walks over the tree of dominators with the count of writers of each variable above.
std::vector<bool> DataFlow::surelyWritten(const std::vector<DataRead> &reads) const
{
    std::vector<bool> result(reads.size(), false);
    if (reads.empty() || m_writes.empty())
        return result;
    std::vector<int> nextRead(reads.size(), -1);
    std::vector<int> firstRead(size_t(m_placeCount), -1);
    for (size_t i = 0; i < reads.size(); ++i) {
        const auto place = size_t(placeOf(reads[i]));
        nextRead[i] = firstRead[place];
        firstRead[place] = int(i);
    }
    std::vector<int> above(size_t(m_variableCount), 0);
    const auto count = [&](int place, int change) {
        const auto node = size_t(m_owner[size_t(place)]);
        if (m_leaving[node] != place)
            return;
        for (int i = m_firstWrite[node]; i < m_firstWrite[node + 1]; ++i)
            above[size_t(m_writes[size_t(i)].variable)] += change;
    };
    std::vector<int> open; // numbers whose subtree the walk is in
    open.reserve(m_treeOrder.size());
    for (int at = 0; at < int(m_treeOrder.size()); ++at) {
        while (!open.empty() && m_treeEnd[size_t(open.back())] <= at) {
            count(m_places[size_t(open.back())], -1);
            open.pop_back();
        }
        const int number = m_treeOrder[size_t(at)];
        const int place = m_places[size_t(number)];
        const auto answer = [&](DataRead::When when) {
            for (int i = firstRead[size_t(place)]; i >= 0; i = nextRead[size_t(i)]) {
                if (reads[size_t(i)].when == when)
                    result[size_t(i)] = above[size_t(reads[size_t(i)].variable)] > 0;
            }
        };
        answer(DataRead::When::Running);
        count(place, 1);
        answer(DataRead::When::Leaving);
        open.push_back(number);
    }
    return result;
}

// Spreads bits along the ways until nothing changes. A place is looked at again at most once for every bit.
DataFlow::Masks DataFlow::spread(const Masks &written, bool isUnwritten, const Masks &guarded) const
{
    Masks bits(size_t(m_placeCount), 0);
    std::vector<int> open = m_flowOrder;
    std::vector<bool> isOpen(size_t(m_placeCount), false);
    for (const int place : open)
        isOpen[size_t(place)] = true;
    if (isUnwritten)
        bits[0] = ~quint64(0);
    std::vector<int> again;
    const auto lead = [&](const Edges &edges, int place, quint64 all) {
        for (int i = edges.first[size_t(place)]; i < edges.first[size_t(place) + 1]; ++i) {
            const auto to = size_t(edges.to[size_t(i)]);
            const quint64 mask = guarded.empty() ? all : all & ~guarded[size_t(i)];
            if ((mask & ~bits[to]) == 0)
                continue;
            bits[to] |= mask;
            if (!isOpen[to]) {
                isOpen[to] = true;
                again.push_back(int(to));
            }
        }
    };
    while (!open.empty()) {
        for (const int place : open) {
            isOpen[size_t(place)] = false;
            const quint64 own = written[size_t(place)];
            const quint64 mask = isUnwritten ? bits[size_t(place)] & ~own : bits[size_t(place)] | own;
            if (mask == 0)
                continue;
            lead(m_next, place, mask);
            if (!isUnwritten)
                lead(m_returns, place, mask);
        }
        open.swap(again);
        again.clear();
    }
    return bits;
}

std::vector<DataFlow::State> DataFlow::states(
    const std::vector<DataRead> &reads, const std::vector<DataGuard> &guards) const
{
    std::vector<State> result(reads.size(), State::Never);
    const std::vector<bool> isSure = surelyWritten(reads);
    std::vector<int> slot(size_t(m_variableCount), -1); // variable -> its bit
    std::vector<size_t> open;
    int slotCount = 0;
    for (size_t i = 0; i < reads.size(); ++i) {
        if (isSure[i]) {
            result[i] = State::Always;
        } else if (isReached(reads[i].node)) {
            if (slot[size_t(reads[i].variable)] < 0)
                slot[size_t(reads[i].variable)] = slotCount++;
            open.push_back(i);
        }
    }
    constexpr int width = 64;
    std::vector<std::vector<size_t>> groups(size_t((slotCount + width - 1) / width));
    for (const size_t i : open)
        groups[size_t(slot[size_t(reads[i].variable)] / width)].push_back(i);
    for (size_t group = 0; group < groups.size(); ++group) {
        Masks written(size_t(m_placeCount), 0);
        for (const DataWrite &write : m_writes) {
            const int bit = slot[size_t(write.variable)] - int(group) * width;
            if (slot[size_t(write.variable)] >= 0 && bit >= 0 && bit < width)
                written[size_t(leavingPlace(write.node))] |= quint64(1) << bit;
        }
        Masks guarded;
        for (const DataGuard &guard : guards) {
            const int bit = slot[size_t(guard.variable)] - int(group) * width;
            if (slot[size_t(guard.variable)] < 0 || bit < 0 || bit >= width)
                continue;
            guarded.resize(m_next.to.size(), 0);
            const bool isInside = guard.to >= 0 && m_leaving[size_t(guard.node)] != guard.node;
            const auto from = size_t(guard.to < 0 || isInside ? guard.node : leavingPlace(guard.node));
            const int to = guard.to < 0 ? leavingPlace(guard.node) : guard.to;
            for (int i = m_next.first[from]; i < m_next.first[from + 1]; ++i) {
                if (m_next.to[size_t(i)] == to)
                    guarded[size_t(i)] |= quint64(1) << bit;
            }
        }
        const Masks unwritten = spread(written, true, guarded);
        const Masks arrived = spread(written, false, {});
        for (const size_t i : groups[group]) {
            const DataRead &read = reads[i];
            const auto place = size_t(placeOf(read));
            const quint64 own = read.when == DataRead::When::Leaving ? written[place] : 0;
            const quint64 bit = quint64(1) << (slot[size_t(read.variable)] % width);
            if (((unwritten[place] & ~own) & bit) == 0)
                result[i] = State::Always;
            else if (((arrived[place] | own) & bit) != 0)
                result[i] = State::Sometimes;
        }
    }
    return result;
}

std::vector<DataFlow::Available> DataFlow::availableAt(int node, DataRead::When when) const
{
    if (!isReached(node))
        return {};
    // Backwards over all ways to it.
    std::vector<std::pair<int, int>> backwards;
    for (int from = 0; from < m_placeCount; ++from) {
        for (const Edges *edges : {&m_next, &m_returns}) {
            for (int i = edges->first[size_t(from)]; i < edges->first[size_t(from) + 1]; ++i)
                backwards.emplace_back(edges->to[size_t(i)], from);
        }
    }
    Edges before;
    before.fill(m_placeCount, backwards);
    std::vector<bool> isBefore(size_t(m_placeCount), false);
    std::vector<int> open {placeOf({node, 0, when})};
    if (when == DataRead::When::Leaving)
        isBefore[size_t(open.front())] = true;
    while (!open.empty()) {
        const auto place = size_t(open.back());
        open.pop_back();
        for (int i = before.first[place]; i < before.first[place + 1]; ++i) {
            const auto from = size_t(before.to[size_t(i)]);
            const bool canBe = m_number[from] >= 0 || int(from) >= m_nodeCount;
            if (!isBefore[from] && canBe) {
                isBefore[from] = true;
                open.push_back(int(from));
            }
        }
    }
    std::vector<int> slot(size_t(m_variableCount), -1);
    std::vector<Available> result;
    std::vector<DataRead> reads;
    for (const DataWrite &write : m_writes) {
        if (!isReached(write.node) || !isBefore[size_t(leavingPlace(write.node))])
            continue;
        int &index = slot[size_t(write.variable)];
        if (index < 0) {
            index = int(result.size());
            result.push_back({write.variable, {}, false});
            reads.push_back({node, write.variable, when});
        }
        std::vector<int> &writers = result[size_t(index)].writers;
        if (writers.empty() || writers.back() != write.node)
            writers.push_back(write.node);
    }
    const std::vector<State> found = states(reads);
    for (size_t i = 0; i < result.size(); ++i)
        result[i].onAllPaths = found[i] == State::Always;
    return result;
}

} // namespace automation
