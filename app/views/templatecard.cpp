#include "app/views/templatecard.h"

#include "model/definition/definitiongraph.h"

#include <QPainter>

namespace automation {

namespace {
constexpr int drawingHeight = 108;
constexpr int padding = 14;
constexpr qreal leastScale = 0.6; // of a drawing that is taller than a card
} // namespace

CardDrawing cardDrawing(const WorkflowDefinition &definition)
{
    CardDrawing drawing;
    const DefinitionGraph graph = DefinitionGraph::build(definition, StepCatalog::builtIn());
    LayoutGraph input;
    for (const GraphNode &node : graph.nodes()) {
        LayoutNode box;
        box.size = QSizeF(52, 14);
        box.parent = node.parent;
        box.sequence = node.sequence;
        for (qsizetype i = 0; i < node.outcomes.size(); ++i)
            box.ports.append(52.0 * (static_cast<qreal>(i) + 1) / (static_cast<qreal>(node.outcomes.size()) + 1));
        input.nodes.append(box);
        drawing.categories.append(node.type ? node.type->category : QString());
    }
    for (const Connection &connection : graph.connections())
        input.edges.append({connection.from, connection.outcome, connection.to});
    LayoutOptions options;
    options.nodeGap = 22;
    options.rankGap = 12;
    options.framePadding = 4;
    drawing.layout = layoutGraph(input, options);
    return drawing;
}

TemplateCard::TemplateCard(const QString &title, const QString &sentence, const CardDrawing &drawing, QWidget *parent)
    : QAbstractButton(parent)
    , m_sentence(sentence)
    , m_drawing(drawing)
    , m_theme(Theme::light())
{
    setText(title);
    setAccessibleName(title);
    setAccessibleDescription(sentence);
    setCursor(Qt::PointingHandCursor);
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void TemplateCard::setTheme(const Theme &theme)
{
    m_theme = theme;
    update();
}

void TemplateCard::setSentenceLines(int lines)
{
    m_sentenceLines = lines;
    updateGeometry();
}

QSize TemplateCard::sizeHint() const
{
    return {260, drawingHeight + 2 * padding + (1 + m_sentenceLines) * fontMetrics().height()};
}

void TemplateCard::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const qreal outline = hasFocus() || isChecked() ? 2 : 1;
    const QRectF card = QRectF(rect()).adjusted(outline / 2, outline / 2, -outline / 2, -outline / 2);
    const bool lit = underMouse() || hasFocus() || isChecked();
    painter.setPen(QPen(lit ? m_theme.accent : m_theme.line, outline));
    painter.setBrush(isDown() || (isChecked() && hasFocus()) ? m_theme.pillBack : m_theme.card);
    painter.drawRoundedRect(card, 10, 10);

    const QRectF area(padding, padding, width() - 2 * padding, drawingHeight - padding);
    painter.save();
    painter.setClipRect(area);
    const LayoutResult &layout = m_drawing.layout;
    const QRectF bounds = layout.bounds;
    const qreal wide = bounds.isEmpty() ? 1 : qMin(1.0, area.width() / bounds.width());
    const qreal scale = bounds.isEmpty() ? 1 : qMin(wide, qMax(leastScale, (area.height() - 8) / bounds.height()));
    painter.translate(area.center().x(), area.top() + 4);
    painter.scale(scale, scale);
    painter.translate(-bounds.center().x(), -bounds.top());
    // Of a tall workflow the top is seen.
    const QRectF seen(bounds.left(), bounds.top() - 4, bounds.width(), area.height() / scale);
    painter.setPen(QPen(m_theme.edge, 1));
    for (const LayoutRoute &route : layout.routes) {
        const QPolygonF line(route.points);
        if (!route.isJump() && line.boundingRect().top() <= seen.bottom())
            painter.drawPolyline(line);
    }
    painter.setPen(Qt::NoPen);
    for (qsizetype i = 0; i < layout.nodes.size(); ++i) {
        if (layout.nodes[i].top() > seen.bottom())
            continue;
        painter.setBrush(m_theme.category(m_drawing.categories.value(i)));
        painter.drawRoundedRect(layout.nodes[i], 3, 3);
    }
    painter.restore();

    QFont bold = font();
    bold.setWeight(QFont::DemiBold);
    const int lineHeight = fontMetrics().height();
    const int textWidth = width() - 2 * padding;
    const int titleTop = height() - padding - (1 + m_sentenceLines) * lineHeight;
    painter.setFont(bold);
    painter.setPen(m_theme.text);
    painter.drawText(QRect(padding, titleTop, textWidth, lineHeight), Qt::AlignVCenter | Qt::AlignLeft,
        QFontMetrics(bold).elidedText(text(), Qt::ElideRight, textWidth));
    painter.setFont(font());
    painter.setPen(m_theme.muted);
    const QRect sentence(padding, titleTop + lineHeight, textWidth, m_sentenceLines * lineHeight);
    // Words that go to the next line leave a part of theirs empty.
    const int room = m_sentenceLines > 1 ? m_sentenceLines * textWidth * 9 / 10 : textWidth;
    painter.drawText(sentence, Qt::AlignTop | Qt::AlignLeft | (m_sentenceLines > 1 ? Qt::TextWordWrap : 0),
        fontMetrics().elidedText(m_sentence, Qt::ElideRight, room));
}

} // namespace automation
