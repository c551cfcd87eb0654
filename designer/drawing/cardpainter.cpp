#include "designer/drawing/cardpainter.h"

#include "designer/drawing/icons.h"

#include <algorithm>
#include <QCoreApplication>
#include <QFontMetricsF>
#include <QPainterPath>
#include <QSet>
#include <vector>

namespace automation {

using namespace Qt::StringLiterals;

namespace {

QString translated(const char *text)
{
    return QCoreApplication::translate("CardPainter", text);
}

// Signs are drawn, not written: fonts differ in whether and how they have them.
void drawSign(QPainter &painter, const QString &sign, const QRectF &rect, const QColor &colour, qreal width)
{
    QPen pen(colour, width, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin);
    painter.setPen(pen);
    painter.setBrush(Qt::NoBrush);
    const auto at
        = [&](qreal x, qreal y) { return QPointF(rect.left() + x * rect.width(), rect.top() + y * rect.height()); };
    if (sign == "check"_L1) {
        const QPointF line[] {at(0.08, 0.55), at(0.38, 0.85), at(0.95, 0.18)};
        painter.drawPolyline(line, 3);
    } else if (sign == "cross"_L1) {
        painter.drawLine(at(0.15, 0.15), at(0.85, 0.85));
        painter.drawLine(at(0.85, 0.15), at(0.15, 0.85));
    } else if (sign == "plus"_L1) {
        painter.drawLine(at(0.5, 0.06), at(0.5, 0.94));
        painter.drawLine(at(0.06, 0.5), at(0.94, 0.5));
    } else if (sign == "pause"_L1) {
        painter.drawLine(at(0.3, 0.15), at(0.3, 0.85));
        painter.drawLine(at(0.7, 0.15), at(0.7, 0.85));
    } else if (sign == "run"_L1) {
        const QPointF triangle[] {at(0.25, 0.12), at(0.85, 0.5), at(0.25, 0.88)};
        painter.setBrush(colour);
        painter.drawPolygon(triangle, 3);
    } else if (sign == "stop"_L1) {
        painter.setBrush(colour);
        painter.drawRect(QRectF(at(0.2, 0.2), at(0.8, 0.8)));
    }
}

// Rectangles by their colour.
class ColouredRects
{
public:
    struct Group
    {
        QRgb colour;
        QList<QRectF> rects;
    };
    QList<QRectF> &of(const QColor &colour)
    {
        const QRgb rgb = colour.rgb();
        for (Group &group : m_groups) {
            if (group.colour == rgb)
                return group.rects;
        }
        return m_groups.emplace_back(Group {rgb, {}}).rects;
    }
    std::vector<Group> &groups() { return m_groups; }

private:
    std::vector<Group> m_groups; // a handful
};

// From afar many cards are the same pixel, which is painted once: in the colour of the first card there, so that no
// colour covers all others.
class PixelsTaken
{
public:
    PixelsTaken(const PixelGrid &grid, qsizetype most)
        : m_transform(grid.transform())
    {
        m_taken.reserve(most);
    }

    // Whether it is the first there. box: aligned to pixels.
    bool take(const QRectF &box)
    {
        if (box.width() * m_transform.m11() > 1.5 || box.height() * m_transform.m22() > 1.5)
            return true;
        const QPoint pixel = m_transform.map(box.topLeft()).toPoint();
        const qsizetype before = m_taken.size();
        m_taken.insert(quint64(quint32(pixel.x())) << 32 | quint32(pixel.y()));
        return m_taken.size() > before;
    }

private:
    QTransform m_transform;
    QSet<quint64> m_taken;
};

// The lines of that width round rectangles, to be filled: much faster than a stroke.
QList<QRectF> outlines(const QList<QRectF> &rects, qreal width)
{
    QList<QRectF> result;
    result.reserve(rects.size());
    const qreal half = width / 2;
    for (const QRectF &rect : rects) {
        const QRectF outer = rect.adjusted(-half, -half, half, half);
        if (rect.width() <= width || rect.height() <= width) {
            result.append(outer);
            continue;
        }
        const qreal height = outer.height() - 2 * width;
        result += {QRectF(outer.topLeft(), QSizeF(outer.width(), width)),
            QRectF(outer.left(), outer.bottom() - width, outer.width(), width),
            QRectF(outer.left(), outer.top() + width, width, height),
            QRectF(outer.right() - width, outer.top() + width, width, height)};
    }
    return result;
}

QFont badgeFont()
{
    QFont font = Theme::smallFont();
    font.setWeight(QFont::Bold);
    font.setHintingPreference(QFont::PreferNoHinting);
    return font;
}

} // namespace

const CardText &CardPainter::textOf(const SceneNode &node, int index)
{
    constexpr size_t Most = 3000; // cards; beyond what any screen shows at once, so old ones can go
    if (m_texts.size() > Most)
        m_texts.clear();
    std::unique_ptr<CardText> &text = m_texts[index];
    if (!text)
        text = std::make_unique<CardText>(node.card);
    return *text;
}

bool CardPainter::isDimmed(int node, const SceneState &state) const
{
    if (!state.possibleTargets.isEmpty())
        return !state.possibleTargets.contains(node);
    if (state.isSearching)
        return !state.found.contains(node);
    return state.showsRun && !state.runs.contains(node);
}

void CardPainter::paintCard(
    QPainter &painter, const PixelGrid &grid, const GraphScene &scene, int node, const SceneState &state)
{
    const SceneNode &card = scene.nodes().at(node);
    const bool dimmed = isDimmed(node, state);
    if (dimmed)
        painter.setOpacity(0.5);
    paintBody(painter, grid, card, node, state);
    paintTexts(painter, grid, card, node, state);
    if (dimmed)
        painter.setOpacity(1);
    paintPorts(painter, grid, scene, node, state);
}

void CardPainter::paintBody(
    QPainter &painter, const PixelGrid &grid, const SceneNode &node, int index, const SceneState &state)
{
    const QRectF box = grid.fill(node.box);
    const bool selected = state.selectedNodes.contains(index);
    const bool target = state.targetNode == index;
    const bool hovered = state.hover.node == index;
    if (target) {
        painter.setPen(Qt::NoPen);
        QColor glow = m_theme.accent;
        glow.setAlpha(50);
        painter.setBrush(glow);
        painter.drawRoundedRect(box.adjusted(-4, -4, 4, 4), CardMetrics::Radius + 4, CardMetrics::Radius + 4);
    }

    const bool strong = selected || target;
    const bool possible = state.possibleTargets.contains(index);
    const qreal wanted = strong ? 2 : 1;
    const qreal width = grid.width(wanted);
    const QColor line = strong || possible ? m_theme.accent : hovered ? m_theme.strongLine : m_theme.cardLine;
    m_boxes.draw(painter, grid, node.box, {m_theme.card, line, wanted, CardMetrics::Radius, m_theme.cardShadow});

    // Outcome row
    if (node.card.hasRow) {
        const QPointF corner = node.box.topLeft();
        const auto cellRect = [&](int cell) { return node.card.outcomes.at(cell).rect.translated(corner); };
        const qreal top = cellRect(0).top();
        const bool dropHere = state.targetOutcomeNode == index && state.targetOutcome >= 0;
        const bool hoverHere = hovered && state.hover.part == SceneHit::Part::Outcome && state.showsAddButtons;
        const int marked = dropHere ? state.targetOutcome : hoverHere ? state.hover.outcome : -1;
        if (marked >= 0 && marked < node.card.outcomes.size()) {
            const qreal inset = strong ? 2 : 1;
            painter.save();
            QPainterPath inside;
            const qreal radius = CardMetrics::Radius - width / 2 - 0.5;
            inside.addRoundedRect(box.adjusted(inset, inset, -inset, -inset), radius, radius);
            painter.setClipPath(inside, Qt::IntersectClip);
            painter.fillRect(grid.fill(cellRect(marked)), m_theme.pillBack);
            painter.restore();
        }
        const qreal thin = grid.width(1);
        const QPointF left = grid.centre({node.box.left(), top}, 1);
        painter.fillRect(QRectF(box.left() + width, left.y() - thin / 2, box.width() - 2 * width, thin), m_theme.line);
        for (qsizetype c = 1; c < node.card.outcomes.size(); ++c) {
            const QPointF x = grid.centre(cellRect(int(c)).topLeft(), 1);
            if (node.card.isSideways) {
                painter.fillRect(
                    QRectF(box.left() + width, x.y() - thin / 2, box.width() - 2 * width, thin), m_theme.line);
                continue;
            }
            painter.fillRect(
                QRectF(x.x() - thin / 2, left.y() + thin / 2, thin, box.bottom() - width - left.y() - thin / 2),
                m_theme.line);
        }
    }

    // Icon tile
    const QRectF tile = grid.fill(
        QRectF(node.box.left() + CardMetrics::Padding, node.box.top() + 13, CardMetrics::Tile, CardMetrics::Tile));
    m_boxes.draw(painter, grid, tile, {m_theme.category(node.card.category), QColor(), 0, 7, QColor()});
    paintIcon(painter, node.card.icon, tile.adjusted(5, 5, -5, -5), Qt::white);
}

void CardPainter::paintTexts(
    QPainter &painter, const PixelGrid &grid, const SceneNode &node, int index, const SceneState &)
{
    const QPointF corner = grid.fill(node.box).topLeft();
    for (const TextRun &run : textOf(node, index).runs()) {
        QColor colour = m_theme.muted;
        switch (run.role) {
        case TextRun::Role::Title:
        case TextRun::Role::Value:
            colour = m_theme.text;
            break;
        case TextRun::Role::Type:
        case TextRun::Role::Plain:
            break;
        case TextRun::Role::Expression:
            m_boxes.draw(painter, grid, run.pill.translated(corner), {m_theme.pillBack, QColor(), 0, 4, QColor()});
            colour = m_theme.pillText;
            break;
        case TextRun::Role::Cell: {
            const OutcomeCell &cell = node.card.outcomes.at(run.outcome);
            if (cell.isDangling)
                colour = m_theme.errorText;
            else if (cell.tone == OutcomeTemplate::Tone::Positive)
                colour = m_theme.okText;
            else if (cell.tone == OutcomeTemplate::Tone::Negative)
                colour = m_theme.errorText;
            else if (!cell.isOpen)
                colour = m_theme.text;
            if (!run.sign.isNull()) {
                drawSign(painter,
                    cell.tone == OutcomeTemplate::Tone::Positive && !cell.isDangling ? u"check"_s : u"cross"_s,
                    run.sign.translated(corner).adjusted(0.5, 0.5, -0.5, -0.5), colour, 1.4);
            }
            if (!run.pill.isNull())
                drawSign(painter, u"plus"_s, run.pill.translated(corner).adjusted(0.5, 0.5, -0.5, -0.5), colour, 1.3);
            break;
        }
        }
        painter.setPen(colour);
        CardText::draw(painter, run, corner, grid.isVector());
    }
}

void CardPainter::paintPorts(
    QPainter &painter, const PixelGrid &grid, const GraphScene &scene, int node, const SceneState &state)
{
    const SceneNode &card = scene.nodes().at(node);
    for (qsizetype i = 0; i < card.card.outcomes.size(); ++i) {
        if (!card.card.outcomes.at(i).isDangling)
            continue;
        // A way on that names no step ends in the air, crossed out.
        const QPointF port = scene.portPosition(node, int(i));
        painter.setPen(QPen(m_theme.error, grid.width(1.6)));
        painter.drawLine(port, port + card.card.way(10));
        QRectF cross(0, 0, 9, 9);
        cross.moveCenter(port + card.card.way(15.5));
        drawSign(painter, u"cross"_s, cross, m_theme.error, 1.8);
    }
    const bool hovered = state.hover.node == node;
    if (!state.showsAddButtons || !(hovered || state.selectedNodes.contains(node)) || !state.possibleTargets.isEmpty())
        return;
    for (qsizetype i = 0; i < card.card.outcomes.size(); ++i) {
        const bool hot = hovered && state.hover.part == SceneHit::Part::Outcome && state.hover.outcome == i;
        const QPointF port = scene.portPosition(node, int(i));
        painter.setPen(QPen(m_theme.accent, grid.width(1.5)));
        painter.setBrush(hot ? m_theme.accent : m_theme.card);
        const qreal radius = hot ? CardMetrics::PortRadius : CardMetrics::PortRadius - 1;
        painter.drawEllipse(grid.centre(port, 1.5), radius, radius);
    }
}

void CardPainter::paintAddButton(QPainter &painter, const PixelGrid &grid, const QPointF &centre, bool isHot) const
{
    const qreal radius = CardMetrics::AddButtonRadius;
    const QPointF middle = grid.centre(centre, 1);
    painter.setPen(QPen(m_theme.accent, grid.width(1)));
    painter.setBrush(isHot ? m_theme.accent : m_theme.card);
    painter.drawEllipse(middle, radius - 0.5, radius - 0.5);
    drawSign(painter, u"plus"_s, QRectF(middle.x() - 4, middle.y() - 4, 8, 8),
        isHot ? m_theme.onAccent : m_theme.accent, 1.5);
}

void CardPainter::paintBeginning(QPainter &painter, const QPointF &add, bool isSideways) const
{
    constexpr qreal Gap = CardMetrics::AddButtonRadius + 9;
    const QSizeF room(480, 20);
    const QRectF place = isSideways ? QRectF(add + QPointF(Gap, -room.height() / 2), room)
                                    : QRectF(add + QPointF(-room.width() / 2, Gap), room);
    painter.setFont(CardText::font(TextRun::Role::Plain));
    painter.setPen(m_theme.muted);
    painter.drawText(place, (isSideways ? Qt::AlignLeft | Qt::AlignAbsolute : Qt::AlignHCenter) | Qt::AlignVCenter,
        translated("Add the first step: press +, the Tab key, or drag one here."));
}

qreal CardPainter::paintBadge(QPainter &painter, const PixelGrid &grid, const QPointF &rightMiddle, const QColor &fill,
    const QString &sign, const QString &text, qreal radius) const
{
    constexpr qreal SignSize = 8;
    constexpr qreal Gap = 4;
    thread_local const QFont font = badgeFont();
    const QFontMetricsF metrics(font);
    QString shown = text;
    constexpr qreal Widest = 180;
    if (metrics.horizontalAdvance(shown) > Widest)
        shown = metrics.elidedText(shown, Qt::ElideRight, Widest);
    const qreal textWidth = metrics.horizontalAdvance(shown);
    const qreal content = textWidth + (sign.isEmpty() ? 0 : SignSize + (shown.isEmpty() ? 0 : Gap));
    const qreal padding = sign.isEmpty() ? 5.5 : 8;
    const qreal width = std::max(CardMetrics::BadgeHeight, content + 2 * padding);
    const QRectF pill = grid.fill(QRectF(
        rightMiddle.x() - width, rightMiddle.y() - CardMetrics::BadgeHeight / 2, width, CardMetrics::BadgeHeight));
    const QColor ink = Theme::readableOn(fill);
    painter.setPen(Qt::NoPen);
    painter.setBrush(fill);
    painter.drawRoundedRect(pill, radius, radius);
    qreal x = pill.center().x() - content / 2;
    if (!sign.isEmpty()) {
        drawSign(painter, sign, QRectF(x, pill.center().y() - SignSize / 2, SignSize, SignSize), ink, 1.7);
        x += SignSize + Gap;
    }
    if (!shown.isEmpty()) {
        painter.setPen(ink);
        painter.setFont(font);
        painter.drawText(QPointF(x, pill.center().y() + metrics.capHeight() / 2), shown);
    }
    return pill.left();
}

void CardPainter::paintBadges(
    QPainter &painter, const PixelGrid &grid, const GraphScene &scene, int node, const SceneState &state)
{
    const QRectF box = scene.nodes().at(node).box;
    constexpr qreal Round = CardMetrics::BadgeHeight / 2;
    if (state.showsRun) {
        const auto run = state.runs.constFind(node);
        if (run == state.runs.cend())
            return;
        const QString count = run->count > 1 ? QString::number(run->count) : QString();
        QString text = run->badge.left(60).simplified();
        const auto withCount = [&](const QString &word) { return count.isEmpty() ? word : count + u' ' + word; };
        QColor fill = m_theme.ok;
        QString sign = u"check"_s;
        switch (run->state) {
        case NodeRun::State::NotReached:
            return;
        case NodeRun::State::Done:
            if (text.isEmpty())
                text = count;
            break;
        case NodeRun::State::Running:
            fill = m_theme.accent;
            sign = u"run"_s;
            text = withCount(text.isEmpty() ? translated("running") : text);
            break;
        case NodeRun::State::Waiting:
            fill = m_theme.category(u"wait");
            sign = u"pause"_s;
            text = withCount(text.isEmpty() ? translated("waiting") : text);
            break;
        case NodeRun::State::Failed:
            fill = m_theme.error;
            sign = u"cross"_s;
            text = withCount(text.isEmpty() ? translated("failed") : text);
            break;
        case NodeRun::State::Cancelled:
            fill = m_theme.muted;
            sign = u"stop"_s;
            text = withCount(text.isEmpty() ? translated("cancelled") : text);
            break;
        }
        paintBadge(painter, grid, {box.right() - 12, box.top()}, fill, sign, text, Round);
        return;
    }
    const auto count = state.problems.constFind(node);
    if (count == state.problems.cend())
        return;
    // Errors round, warnings with corners: told apart without colour.
    QPointF place(box.right() + 8, box.top() + 1);
    const auto number = [](int n) { return n > 99 ? u"99+"_s : QString::number(n); };
    if (count->errors > 0)
        place.setX(paintBadge(painter, grid, place, m_theme.error, {}, number(count->errors), Round) - 3);
    if (count->warnings > 0)
        paintBadge(painter, grid, place, m_theme.warning, {}, number(count->warnings), 5);
}

void CardPainter::paintSmall(QPainter &painter, const PixelGrid &grid, const QList<int> &nodes, const GraphScene &scene,
    const SceneState &state) const
{
    // One call a colour: at this size a drawing may show thousands of cards.
    QList<QRectF> bodies;
    QList<QRectF> titles;
    ColouredRects tiles;
    const bool tiny = grid.scale() < 0.12;
    const qreal pixel = 1 / grid.scale();
    if (!tiny)
        bodies.reserve(nodes.size());
    PixelsTaken taken(grid, tiny ? nodes.size() : 0);
    QList<int> ordered = nodes; // what is not dimmed comes first
    const bool dims = !state.possibleTargets.isEmpty() || state.isSearching || state.showsRun;
    if (tiny && dims)
        std::stable_partition(ordered.begin(), ordered.end(), [&](int index) { return !isDimmed(index, state); });
    constexpr qsizetype Ahead = 8; // so many cards earlier memory is asked for one
    for (qsizetype i = 0; i < ordered.size(); ++i) {
        __builtin_prefetch(&scene.nodes().at(ordered.at(std::min(i + Ahead, ordered.size() - 1))).box);
        const int index = ordered.at(i);
        const SceneNode &node = scene.nodes().at(index);
        const QRectF box = grid.fill(node.box);
        // From however far, a card is a speck at least.
        const QRectF speck(box.topLeft(), box.size().expandedTo({pixel, pixel}));
        if (tiny && !taken.take(speck))
            continue;
        QColor colour = m_theme.category(node.card.category);
        if (dims && isDimmed(index, state))
            colour = QColor::fromRgbF((colour.redF() + m_theme.canvas.redF()) / 2,
                (colour.greenF() + m_theme.canvas.greenF()) / 2, (colour.blueF() + m_theme.canvas.blueF()) / 2);
        if (tiny) {
            tiles.of(colour).append(speck);
            continue;
        }
        bodies.append(box);
        const QPointF corner = node.box.topLeft();
        tiles.of(colour).append(grid.fill(
            QRectF(corner + QPointF(CardMetrics::Padding, 13), QSizeF(CardMetrics::Tile, CardMetrics::Tile))));
        const qreal title = std::min(150.0, 12 + 7.0 * qreal(node.card.title.size()));
        titles.append(QRectF(corner + QPointF(CardMetrics::TextLeft, 16), QSizeF(title, 8)));
        titles.append(QRectF(corner + QPointF(CardMetrics::TextLeft, 31), QSizeF(title * 0.6, 5)));
    }
    painter.setPen(QPen(m_theme.strongLine, 0));
    painter.setBrush(m_theme.card);
    painter.drawRects(bodies);
    painter.setPen(Qt::NoPen);
    painter.setBrush(m_theme.strongLine);
    painter.drawRects(titles);
    for (ColouredRects::Group &group : tiles.groups()) {
        painter.setBrush(QColor::fromRgb(group.colour));
        painter.drawRects(group.rects);
    }
    QList<QRectF> marked;
    PixelsTaken markedPixels(grid, tiny ? state.selectedNodes.size() : 0);
    for (int index : state.selectedNodes.isEmpty() && state.targetNode < 0 ? QList<int>() : nodes) {
        if (!state.selectedNodes.contains(index) && state.targetNode != index)
            continue;
        const QRectF box = grid.fill(scene.nodes().at(index).box);
        if (markedPixels.take(box))
            marked.append(box);
    }
    painter.setBrush(m_theme.accent);
    painter.drawRects(outlines(marked, grid.width(2 / grid.scale())));
    // What needs attention shows from afar too.
    const qreal dot = tiny ? 24 : 18;
    if (!state.showsRun && state.problems.isEmpty())
        return;
    for (int index : nodes) {
        const QRectF box = scene.nodes().at(index).box;
        QColor colour;
        if (state.showsRun) {
            const NodeRun::State run = state.runs.value(index).state;
            if (run == NodeRun::State::NotReached)
                continue;
            colour = run == NodeRun::State::Failed ? m_theme.error
                : run == NodeRun::State::Waiting   ? m_theme.category(u"wait")
                : run == NodeRun::State::Running   ? m_theme.accent
                : run == NodeRun::State::Cancelled ? m_theme.muted
                                                   : m_theme.ok;
        } else {
            const ProblemCount count = state.problems.value(index);
            if (count.errors == 0 && count.warnings == 0)
                continue;
            colour = count.errors > 0 ? m_theme.error : m_theme.warning;
        }
        painter.setBrush(colour);
        painter.drawEllipse(QPointF(box.right(), box.top()), dot, dot);
    }
}

} // namespace automation
