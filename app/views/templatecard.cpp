#include "app/views/templatecard.h"

#include "model/definition/definitiongraph.h"

#include <QPainter>
#include <QPainterPath>

namespace automation {

namespace {
constexpr int drawingHeight = 108;
constexpr int padding = 14;
} // namespace

TemplateCard::TemplateCard(
    const QString &title, const QString &sentence, const WorkflowDefinition &definition, QWidget *parent)
    : QAbstractButton(parent)
    , m_sentence(sentence)
    , m_theme(Theme::light())
{
    setText(title);
    setAccessibleName(title);
    setAccessibleDescription(sentence);
    setCursor(Qt::PointingHandCursor);
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);

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
        m_categories.append(node.type ? node.type->category : QString());
    }
    for (const Connection &connection : graph.connections())
        input.edges.append({connection.from, connection.outcome, connection.to});
    LayoutOptions options;
    options.nodeGap = 22;
    options.rankGap = 12;
    options.framePadding = 4;
    m_layout = layoutGraph(input, options);
}

void TemplateCard::setTheme(const Theme &theme)
{
    m_theme = theme;
    update();
}

QSize TemplateCard::sizeHint() const
{
    return {260, drawingHeight + 2 * padding + 2 * fontMetrics().height()};
}

void TemplateCard::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF card = QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5);
    const bool lit = underMouse() || hasFocus();
    painter.setPen(QPen(lit ? m_theme.accent : m_theme.line, hasFocus() ? 2 : 1));
    painter.setBrush(isDown() ? m_theme.pillBack : m_theme.card);
    painter.drawRoundedRect(card, 10, 10);

    const QRectF area(padding, padding, width() - 2 * padding, drawingHeight - padding);
    painter.save();
    painter.setClipRect(area);
    const QRectF bounds = m_layout.bounds;
    const qreal scale = bounds.isEmpty() ? 1 : qMin(1.0, area.width() / bounds.width());
    painter.translate(area.center().x(), area.top() + 4);
    painter.scale(scale, scale);
    painter.translate(-bounds.center().x(), -bounds.top());
    painter.setPen(QPen(m_theme.edge, 1));
    for (const LayoutRoute &route : m_layout.routes) {
        if (!route.isJump())
            painter.drawPolyline(QPolygonF(route.points));
    }
    painter.setPen(Qt::NoPen);
    for (qsizetype i = 0; i < m_layout.nodes.size(); ++i) {
        painter.setBrush(m_theme.category(m_categories.value(i)));
        painter.drawRoundedRect(m_layout.nodes[i], 3, 3);
    }
    painter.restore();

    QFont bold = font();
    bold.setWeight(QFont::DemiBold);
    const int lineHeight = fontMetrics().height();
    const int textWidth = width() - 2 * padding;
    const int titleTop = height() - padding - 2 * lineHeight;
    painter.setFont(bold);
    painter.setPen(m_theme.text);
    painter.drawText(QRect(padding, titleTop, textWidth, lineHeight), Qt::AlignVCenter | Qt::AlignLeft,
        QFontMetrics(bold).elidedText(text(), Qt::ElideRight, textWidth));
    painter.setFont(font());
    painter.setPen(m_theme.muted);
    painter.drawText(QRect(padding, titleTop + lineHeight, textWidth, lineHeight), Qt::AlignVCenter | Qt::AlignLeft,
        fontMetrics().elidedText(m_sentence, Qt::ElideRight, textWidth));
}

} // namespace automation
