#include "designer/drawing/pillpainter.h"

namespace automation {

using namespace Qt::StringLiterals;

namespace {

constexpr qreal Padding = 7;

} // namespace

QString PillPainter::sourceText(const GraphScene &scene, int edge)
{
    return u"→ "_s + scene.nodes().at(scene.edges().at(edge).to).card.title;
}

QString PillPainter::targetText(const GraphScene &scene, int edge)
{
    const SceneEdge &jump = scene.edges().at(edge);
    const int count = int(scene.jumpsTo(jump.to).size());
    return count > 1 ? u"← "_s + tr("%n jump(s)", nullptr, count) : u"← "_s + scene.nodes().at(jump.from).card.title;
}

void PillPainter::paintSource(
    QPainter &painter, const PixelGrid &grid, const GraphScene &scene, int edge, const QRectF &pill, const Look &look)
{
    paint(painter, grid, sourceText(scene, edge), edge, pill, look);
}

void PillPainter::paintTarget(
    QPainter &painter, const PixelGrid &grid, const GraphScene &scene, int edge, const QRectF &pill, const Look &look)
{
    paint(painter, grid, targetText(scene, edge), -1 - edge, pill, look);
}

void PillPainter::paint(
    QPainter &painter, const PixelGrid &grid, const QString &text, int key, const QRectF &pill, const Look &look)
{
    auto known = m_texts.find(key);
    if (known == m_texts.end()) {
        TextRun run = CardText::run(text, TextRun::Role::Type, pill.width() - 2 * Padding);
        const QFontMetricsF metrics(run.font);
        run.baseline = {(pill.width() - run.width) / 2, (pill.height() + metrics.capHeight()) / 2};
        known = m_texts.emplace(key, run).first;
    }
    const auto dimmed = [&](QColor colour) {
        colour.setAlphaF(colour.alphaF() * float(look.opacity));
        return colour;
    };
    const qreal radius = std::min(pill.width(), pill.height()) / 2;
    m_boxes.draw(painter, grid, pill, {dimmed(m_theme.pillBack), look.outline, look.width, radius, QColor()});
    painter.setPen(dimmed(m_theme.pillText));
    CardText::draw(painter, known->second, pill.topLeft(), grid.isVector());
}

} // namespace automation
