#include "designer/drawing/graphpainter.h"

#include "designer/drawing/linehops.h"
#include "designer/drawing/manualplacement.h"

#include <algorithm>
#include <QMap>
#include <QPolygonF>
#include <vector>

namespace automation {

// How far a painting is, and whether it goes on.
class GraphPainter::Course
{
public:
    Course(const Options &options, qsizetype parts)
        : m_goesOn(options.goesOn)
        , m_parts(std::max(qsizetype(1), parts))
    {
    }
    // Before each part; false when the rest is not wanted any more.
    bool next()
    {
        constexpr qsizetype Often = 32;
        if (m_goesOn && m_done++ % Often == 0)
            m_isWanted = m_isWanted && m_goesOn(qreal(m_done) / qreal(m_parts));
        return m_isWanted;
    }

private:
    const std::function<bool(qreal)> &m_goesOn;
    qsizetype m_parts;
    qsizetype m_done = 0;
    bool m_isWanted = true;
};

GraphPainter::GraphPainter()
    : m_scene(std::make_shared<GraphScene>())
{
}

void GraphPainter::setTheme(const Theme &theme)
{
    m_theme = theme;
    m_cards.setTheme(theme);
    m_pills.setTheme(theme);
}

void GraphPainter::setScene(std::shared_ptr<const GraphScene> scene)
{
    m_scene = std::move(scene);
    m_cards.forgetTexts();
    m_pills.forgetTexts();
}

void GraphPainter::paint(QPainter &painter, const QRectF &exposed, const SceneState &state, const Options &options)
{
    paint(painter, QList<QRectF> {exposed}, state, options);
}

void GraphPainter::paint(QPainter &painter, const QList<QRectF> &parts, const SceneState &state, const Options &options)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setRenderHint(QPainter::TextAntialiasing);
    const PixelGrid grid(painter, options.isVector);
    QRectF exposed;
    QList<int> nodes;
    QList<int> edges;
    for (const QRectF &part : parts) {
        exposed |= part;
        nodes += m_scene->nodesIn(part);
        edges += m_scene->edgesIn(part);
        painter.fillRect(part, m_theme.canvas);
        if (options.dots)
            paintDots(painter, grid, part);
    }
    if (parts.size() > 1) {
        for (QList<int> *numbers : {&nodes, &edges}) {
            std::sort(numbers->begin(), numbers->end());
            numbers->erase(std::unique(numbers->begin(), numbers->end()), numbers->end());
        }
    }

    // Detail follows what the person sees, not how fine the screen is.
    const bool isDetailed = options.isVector || painter.worldTransform().m11() >= DetailZoom;
    for (qsizetype i = 0; i < state.notes.size(); ++i) {
        const NoteBox &note = state.notes.at(i);
        if (note.rect.adjusted(-2, -2, 2, 2).intersects(exposed))
            NotePainter::paint(painter, grid, m_theme, note, int(i) == state.selectedNote, isDetailed);
    }
    m_hops.clear();
    if (!state.offsets.isEmpty()) {
        if (isDetailed)
            findDisplacedHops(parts, state);
        nodes.removeIf([&](int node) { return state.offsets.contains(node); });
        edges.removeIf([&](int edge) { return isDisplaced(m_scene->edges().at(edge), state); });
    }
    m_counts = {int(nodes.size()), int(edges.size())};
    paintFrames(painter, grid, nodes, exposed);
    if (isDetailed) {
        Course course(options, edges.size() + nodes.size());
        paintEdges(painter, grid, edges, exposed, state, course);
        for (int node : nodes) {
            if (!course.next())
                break;
            m_cards.paintCard(painter, grid, *m_scene, node, state);
        }
        for (int node : nodes)
            m_cards.paintBadges(painter, grid, *m_scene, node, state);
        if (state.showsAddButtons)
            paintAddButtons(painter, grid, nodes, exposed, state);
    } else {
        painter.setRenderHint(QPainter::Antialiasing, false);
        paintSmallEdges(painter, edges, state);
        m_cards.paintSmall(painter, grid, nodes, *m_scene, state);
    }
    if (!state.offsets.isEmpty())
        paintDisplaced(painter, exposed, state, options);
    painter.restore();
}

// "+" on a connection and beyond a card whose way on is open.
void GraphPainter::paintAddButtons(
    QPainter &painter, const PixelGrid &grid, const QList<int> &nodes, const QRectF &exposed, const SceneState &state)
{
    const int edge = state.targetEdge >= 0 ? state.targetEdge : state.hover.edge;
    if (edge >= 0 && edge < m_scene->edges().size() && edge != state.hiddenEdge) {
        const bool hot = state.targetEdge >= 0 || state.hover.part == SceneHit::Part::EdgeAdd;
        m_cards.paintAddButton(painter, grid, m_scene->edges().at(edge).addButton, hot);
    }
    for (int node : nodes) {
        if (!m_scene->hasOpenStub(node))
            continue;
        const bool drop = state.targetOutcomeNode == node;
        const bool isAlone = m_scene->nodes().size() == 1; // shows how to begin
        if (!drop && !isAlone && state.hover.node != node && !state.selectedNodes.contains(node))
            continue;
        if (!drop && !state.possibleTargets.isEmpty())
            continue;
        const QPointF port = m_scene->portPosition(node, 0);
        const QPointF add = m_scene->openAddPosition(node, 0);
        EdgePainter(painter, grid)
            .draw({port + m_scene->nodes().at(node).card.way(CardMetrics::PortRadius), add},
                {m_theme.accent, 1.8, false}, exposed);
        const bool hot = drop || (state.hover.node == node && state.hover.part == SceneHit::Part::OpenAdd);
        m_cards.paintAddButton(painter, grid, add, hot);
        if (isAlone)
            m_cards.paintBeginning(painter, add, m_scene->nodes().at(node).card.isSideways);
    }
}

bool GraphPainter::isDisplaced(const SceneEdge &edge, const SceneState &state)
{
    return state.offsets.contains(edge.from) || state.offsets.contains(edge.to);
}

QList<QPointF> GraphPainter::displacedPoints(const SceneEdge &edge, const SceneState &state) const
{
    const QPointF from = state.offsets.value(edge.from);
    const QPointF to = state.offsets.value(edge.to);
    QList<QPointF> points = edge.points;
    if (edge.isJump()) {
        points = {points.at(0) + from, points.at(1) + from, points.at(2) + to, points.at(3) + to};
    } else if (from == to) {
        for (QPointF &point : points)
            point += from;
    } else if (!points.isEmpty()) {
        const SceneNode &start = m_scene->nodes().at(edge.from);
        points = freeRoute(points.first() + from, start.box.translated(from), points.last() + to,
            m_scene->nodes().at(edge.to).box.translated(to), start.card.isSideways);
    }
    return points;
}

QSet<int> GraphPainter::displacedEdges(const SceneState &state) const
{
    QSet<int> edges;
    for (auto offset = state.offsets.cbegin(); offset != state.offsets.cend(); ++offset) {
        if (offset.key() < 0 || offset.key() >= m_scene->nodes().size())
            continue;
        for (int edge : m_scene->edgesFrom(offset.key()))
            edges.insert(edge);
        for (int edge : m_scene->edgesTo(offset.key()))
            edges.insert(edge);
    }
    return edges;
}

// Where displaced lines cross others now, and others cross them no more.
void GraphPainter::findDisplacedHops(const QList<QRectF> &parts, const SceneState &state)
{
    constexpr qreal Room = 4 * CardMetrics::HopRadius; // hops beside a part may take the place of one in it
    QSet<int> numbers = displacedEdges(state);
    for (const QRectF &part : parts) {
        for (int edge : m_scene->edgesIn(part.adjusted(-Room, -Room, Room, Room)))
            numbers.insert(edge);
    }
    std::vector<SceneEdge> lines;
    lines.reserve(size_t(numbers.size()));
    for (int number : std::as_const(numbers)) {
        SceneEdge &line = lines.emplace_back(m_scene->edges().at(number));
        if (isDisplaced(line, state))
            line.points = displacedPoints(line, state);
    }
    findHops(lines);
    auto line = lines.begin();
    for (int number : std::as_const(numbers))
        m_hops.insert(number, (line++)->hops);
}

// Cards on their way, above the others, and the lines that hang on them.
void GraphPainter::paintDisplaced(
    QPainter &painter, const QRectF &exposed, const SceneState &state, const Options &options)
{
    constexpr qreal Room = 16; // badges, ports, pens
    const PixelGrid grid(painter, options.isVector);
    const bool isDetailed = options.isVector || painter.worldTransform().m11() >= DetailZoom;
    QList<int> nodes;
    for (auto offset = state.offsets.cbegin(); offset != state.offsets.cend(); ++offset) {
        if (offset.key() < 0 || offset.key() >= m_scene->nodes().size())
            continue;
        const SceneNode &node = m_scene->nodes().at(offset.key());
        const QRectF place = (node.box | node.frame).translated(offset.value()).adjusted(-Room, -Room, Room, Room);
        if (place.intersects(exposed))
            nodes.append(offset.key());
    }
    std::sort(nodes.begin(), nodes.end());
    if (!isDetailed)
        painter.setPen(QPen(m_theme.edge, 0));
    EdgePainter edgePainter(painter, grid);
    for (int edge : displacedEdges(state)) {
        const SceneEdge &line = m_scene->edges().at(edge);
        const QList<QPointF> points = displacedPoints(line, state);
        if (line.isJump() && isDetailed) {
            ++m_counts.edges;
            paintJump(
                painter, grid, edge, state.offsets.value(line.from), state.offsets.value(line.to), exposed, state);
            continue;
        }
        const QRectF bounds = QPolygonF(points).boundingRect().adjusted(-8, -8, 8, 8);
        if (!bounds.intersects(exposed))
            continue;
        ++m_counts.edges;
        if (isDetailed)
            edgePainter.draw(points, edgeStyle(edge, state), exposed, m_hops.value(edge));
        else
            painter.drawPolyline(points.constData(), line.isJump() ? 2 : int(points.size()));
    }
    m_counts.cards += int(nodes.size());
    for (int node : std::as_const(nodes)) {
        painter.save();
        painter.translate(state.offsets.value(node));
        const PixelGrid moved(painter, options.isVector);
        paintFrames(painter, moved, {node}, exposed.translated(-state.offsets.value(node)));
        if (isDetailed) {
            m_cards.paintCard(painter, moved, *m_scene, node, state);
            m_cards.paintBadges(painter, moved, *m_scene, node, state);
        } else {
            m_cards.paintSmall(painter, moved, {node}, *m_scene, state);
        }
        painter.restore();
    }
}

// Rows of pixels with the dots in them are made once and copied: a dot at a time costs more than the cards.
void GraphPainter::paintDots(QPainter &painter, const PixelGrid &grid, const QRectF &exposed) const
{
    qreal spacing = Theme::dotSpacing;
    const qreal zoom = painter.worldTransform().m11();
    while (spacing * zoom < 12)
        spacing *= 2;
    constexpr int Most = 32000; // pixels; a picture of kilometres gets no dots rather than hanging
    const QRect place = grid.pixels(exposed);
    if (grid.isVector() || place.isEmpty() || place.width() > Most || place.height() > Most)
        return;
    const int size = qRound(grid.width(std::max(1.4, 1.0 / zoom)) * grid.scale());
    QImage row(place.width(), size, QImage::Format_RGB32);
    row.fill(m_theme.canvas);
    const QRgb colour = m_theme.dots.rgb();
    const auto pixel = [&](qreal x, qreal y) { return grid.pixels(QRectF(x, y, 0, 0)).topLeft() - place.topLeft(); };
    for (qreal x = std::floor(exposed.left() / spacing) * spacing; x <= exposed.right(); x += spacing) {
        const int left = pixel(x, 0).x();
        for (int y = 0; y < size; ++y) {
            QRgb *line = reinterpret_cast<QRgb *>(row.scanLine(y));
            std::fill(
                line + std::clamp(left, 0, place.width()), line + std::clamp(left + size, 0, place.width()), colour);
        }
    }
    const QTransform before = painter.worldTransform();
    painter.setWorldTransform(grid.transform().inverted() * before);
    for (qreal y = std::floor(exposed.top() / spacing) * spacing; y <= exposed.bottom(); y += spacing) {
        const int top = pixel(0, y).y();
        const int from = std::max(0, -top);
        const int rows = std::min(size, place.height() - top) - from;
        if (rows > 0)
            painter.drawImage(place.topLeft() + QPoint(0, top + from), row, QRect(0, from, place.width(), rows));
    }
    painter.setWorldTransform(before);
}

void GraphPainter::paintFrames(QPainter &painter, const PixelGrid &grid, const QList<int> &nodes, const QRectF &exposed)
{
    constexpr qreal Radius = CardMetrics::FrameRadius;
    for (int node : nodes) {
        const QRectF &frame = m_scene->nodes().at(node).frame;
        if (frame.isEmpty())
            continue;
        QColor back = m_theme.category(m_scene->nodes().at(node).card.category);
        const QColor line = mixed(back, 0.55);
        back.setAlpha(m_theme.isDark ? 22 : 14);
        if (grid.isVector()) {
            QPen pen(line, 1);
            pen.setDashPattern({4, 3});
            painter.setPen(pen);
            painter.setBrush(back);
            painter.drawRoundedRect(frame, Radius, Radius);
            continue;
        }
        m_boxes.draw(painter, grid, frame, {back, QColor(), 0, Radius, QColor()});
        EdgePainter(painter, grid).drawDashedFrame(frame, Radius, line, exposed);
    }
}

QColor GraphPainter::mixed(const QColor &colour, qreal share) const
{
    const float s = float(share);
    const QColor &back = m_theme.canvas;
    return QColor::fromRgbF(colour.redF() * s + back.redF() * (1 - s), colour.greenF() * s + back.greenF() * (1 - s),
        colour.blueF() * s + back.blueF() * (1 - s));
}

EdgePainter::Style GraphPainter::edgeStyle(int edge, const SceneState &state) const
{
    if (edge == state.selectedEdge || edge == state.targetEdge)
        return {m_theme.accent, 2.4};
    if (state.showsRun) {
        if (state.failedEdges.contains(edge))
            return {m_theme.error, 3};
        if (state.takenEdges.contains(edge))
            return {m_theme.accent, 3};
        return {mixed(m_theme.edge, 0.55), 1.8};
    }
    if (edge == state.hover.edge)
        return {m_theme.accent, 1.8};
    if (state.isSearching)
        return {mixed(m_theme.edge, 0.5), 1.8};
    if (state.isLit(edge))
        return {mixed(m_theme.accent, 0.75), 1.8};
    return {m_theme.edge, 1.8};
}

void GraphPainter::paintEdges(QPainter &painter, const PixelGrid &grid, const QList<int> &edges, const QRectF &exposed,
    const SceneState &state, Course &course)
{
    EdgePainter edgePainter(painter, grid);
    // Quiet ones first, so that marked ones are whole where they share a lane or a pill.
    QList<int> marked;
    QSet<int> targets; // whose pill is painted
    const QColor quiet = m_theme.edge;
    const auto paintOne = [&](int number, const EdgePainter::Style &style) {
        const SceneEdge &edge = m_scene->edges().at(number);
        if (!edge.isJump()) {
            edgePainter.draw(edge.points, style, exposed, m_hops.value(number, edge.hops));
            return;
        }
        const bool isFirst = !targets.contains(edge.to);
        targets.insert(edge.to);
        paintJump(painter, grid, number, {}, {}, exposed, state, isFirst || style.colour != quiet);
    };
    for (int edge : edges) {
        if (!course.next())
            return;
        if (edge == state.hiddenEdge)
            continue;
        const EdgePainter::Style style = edgeStyle(edge, state);
        if (style.colour == quiet || ((state.showsRun || state.isSearching) && style.width < 2))
            paintOne(edge, style);
        else
            marked.append(edge);
    }
    std::stable_sort(marked.begin(), marked.end(), [&](int a, int b) {
        const auto rank
            = [&](int e) { return e == state.hover.edge || e == state.selectedEdge || state.failedEdges.contains(e); };
        return rank(a) < rank(b);
    });
    for (int edge : marked)
        paintOne(edge, edgeStyle(edge, state));
}

// The stubs of a jump with their pills, each end where its card is.
void GraphPainter::paintJump(QPainter &painter, const PixelGrid &grid, int edge, const QPointF &fromOffset,
    const QPointF &toOffset, const QRectF &exposed, const SceneState &state, bool withTarget)
{
    constexpr qreal Room = 4; // pens
    const SceneEdge &jump = m_scene->edges().at(edge);
    const EdgePainter::Style style = edgeStyle(edge, state);
    PillPainter::Look look {mixed(m_theme.pillText, 0.22), 1, 1};
    const bool isDimmed = (state.showsRun || state.isSearching) && style.width < 2;
    if (isDimmed)
        look.opacity = 0.6;
    else if (style.colour != m_theme.edge)
        look = {style.colour, style.width > 2 ? 2.0 : 1.2, 1};
    EdgePainter edgePainter(painter, grid);
    const QRectF source = jump.sourcePill.translated(fromOffset);
    const QPointF port = jump.points.at(0) + fromOffset;
    const QRectF stub(port, jump.points.at(1) + fromOffset);
    if ((source | stub.normalized()).adjusted(-Room, -Room, Room, Room).intersects(exposed)) {
        edgePainter.draw({stub.topLeft(), stub.bottomRight()}, {style.colour, style.width, false}, exposed);
        m_pills.paintSource(painter, grid, *m_scene, edge, source, look);
    }
    const QRectF target = jump.targetPill.translated(toOffset);
    const QRectF arrow(jump.points.at(2) + toOffset, jump.points.at(3) + toOffset);
    if (withTarget && (target | arrow.normalized()).adjusted(-Room, -Room, Room, Room).intersects(exposed)) {
        edgePainter.draw({arrow.topLeft(), arrow.bottomRight()}, style, exposed);
        m_pills.paintTarget(painter, grid, *m_scene, edge, target, look);
    }
}

void GraphPainter::paintSmallEdges(QPainter &painter, const QList<int> &edges, const SceneState &state) const
{
    QMap<QRgb, QList<QLineF>> lines; // always in the same order
    QList<QLineF> quiet; // nearly all
    const QColor pillColour = mixed(m_theme.pillText, 0.35);
    const qreal pixel = 1 / painter.deviceTransform().m11(); // what is shorter is not to be seen
    for (int edge : edges) {
        if (edge == state.hiddenEdge)
            continue;
        const SceneEdge &line = m_scene->edges().at(edge);
        const QList<QPointF> &points = line.points;
        const QColor colour = edgeStyle(edge, state).colour;
        const bool isQuiet = colour == m_theme.edge;
        if (line.isJump()) {
            for (const QRectF &pill : {line.sourcePill, line.targetPill})
                painter.fillRect(pill, isQuiet ? pillColour : colour);
        }
        QList<QLineF> &group = isQuiet ? quiet : lines[colour.rgb()];
        for (qsizetype i = 1; i < points.size(); ++i) {
            if (line.isDrawn(i) && (points.at(i) - points.at(i - 1)).manhattanLength() >= pixel)
                group.append(QLineF(points.at(i - 1), points.at(i)));
        }
    }
    painter.setPen(QPen(m_theme.edge, 0));
    painter.drawLines(quiet);
    for (auto group = lines.cbegin(); group != lines.cend(); ++group) {
        painter.setPen(QPen(QColor::fromRgb(group.key()), 0));
        painter.drawLines(*group);
    }
}

QList<QPointF> GraphPainter::wirePoints(const QPointF &from, const QPointF &to, bool isSideways)
{
    constexpr qreal Stub = 18;
    if (isSideways) {
        QList<QPointF> points = wirePoints(from.transposed(), to.transposed(), false);
        for (QPointF &point : points)
            point = point.transposed();
        return points;
    }
    if (to.y() - from.y() >= 2 * Stub || qAbs(to.x() - from.x()) < 1) {
        const qreal middle = (from.y() + to.y()) / 2;
        return {from, {from.x(), middle}, {to.x(), middle}, to};
    }
    // Upwards: round the outside.
    const qreal side = (from.x() + to.x()) / 2;
    return {
        from, {from.x(), from.y() + Stub}, {side, from.y() + Stub}, {side, to.y() - Stub}, {to.x(), to.y() - Stub}, to};
}

void GraphPainter::paintWire(QPainter &painter, const QPointF &from, const QPointF &to) const
{
    // All cards of a scene go the same way.
    const bool isSideways = !m_scene->nodes().isEmpty() && m_scene->nodes().first().card.isSideways;
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    const PixelGrid grid(painter, false);
    EdgePainter(painter, grid).drawDashed(wirePoints(from, to, isSideways), {m_theme.accent, 2, false});
    painter.setPen(Qt::NoPen);
    painter.setBrush(m_theme.accent);
    painter.drawEllipse(to, 4, 4);
    painter.restore();
}

} // namespace automation
