#include "designer/drawing/cardcontent.h"

#include <algorithm>
#include <QCoreApplication>
#include <QVarLengthArray>

namespace automation {

using namespace Qt::StringLiterals;

namespace {

QString translated(const char *text)
{
    return QCoreApplication::translate("CardContent", text);
}

// Whether there is nothing but words with one blank between them, of letters that need no second look.
bool isSimple(const QString &text)
{
    QChar before = u' ';
    for (const QChar c : text) {
        if (c < u' ' || c > u'~' || (c == u' ' && before == u' '))
            return false;
        before = c;
    }
    return text.isEmpty() || before != u' ';
}

// Labels stand in one line: line breaks and tabs of a hostile file must not make a card grow.
QString oneLine(const QString &text)
{
    constexpr qsizetype Longest = 200; // far more than fits a card; keeps text layout cheap
    if (text.size() <= Longest && isSimple(text))
        return text;
    QString line = text.left(Longest).simplified();
    if (text.size() > Longest)
        line += u'…';
    return line;
}

// The same for a piece of a sentence: a blank at either end stays, as it parts the piece from its neighbour.
QString flowing(const QString &text)
{
    QString line = oneLine(text);
    if (line.isEmpty())
        return text.isEmpty() ? QString() : u" "_s;
    if (text.front().isSpace())
        line.prepend(u' ');
    if (text.back().isSpace() && !line.endsWith(u'…'))
        line.append(u' ');
    return line;
}

QString channelName(const QString &channel)
{
    static const QHash<QString, QString> names {{u"whatsapp"_s, u"WhatsApp"_s}, {u"viber"_s, u"Viber"_s},
        {u"line"_s, u"LINE"_s}, {u"zalo"_s, u"Zalo"_s}, {u"rcs"_s, u"RCS"_s}, {u"sms"_s, u"SMS"_s},
        {u"messenger"_s, u"Messenger"_s}, {u"facebook"_s, u"Facebook"_s}, {u"instagram"_s, u"Instagram"_s},
        {u"telegram"_s, u"Telegram"_s}, {u"wechat"_s, u"WeChat"_s}, {u"kakaotalk"_s, u"KakaoTalk"_s},
        {u"googlercs"_s, u"RCS"_s}, {u"applebusinesschat"_s, u"Apple"_s}};
    if (const auto name = names.constFind(channel); name != names.constEnd())
        return *name;
    return names.value(channel.trimmed().toLower(), channel);
}

QString typeText(const GraphNode &node, const WorkflowDefinition &definition)
{
    if (node.isTrigger)
        return node.typeName.isEmpty() ? translated("no trigger chosen") : oneLine(node.typeName);
    QString text = node.type ? node.type->label : oneLine(node.typeName);
    if (!node.type)
        return text.isEmpty() ? translated("no step type") : translated("%1 · unknown type").arg(text);
    if (node.type->category == "wait"_L1) {
        if (const JsonValue *json = node.pointer.resolve(definition.root())) {
            const JsonValue &channel = StepView(*json).input(u"channel");
            if (channel.isString() && !channel.toString().isEmpty())
                text = translated("%1 · %2").arg(text, oneLine(channelName(channel.toString())));
        }
    }
    return text;
}

QString cellText(const Outcome &outcome)
{
    QString text = oneLine(outcome.label());
    if (text.isEmpty()) {
        switch (outcome.kind) {
        case Outcome::Kind::Next:
            text = translated("next");
            break;
        case Outcome::Kind::Condition:
            text = oneLine(outcome.expression);
            break;
        case Outcome::Kind::Default:
            text = translated("otherwise");
            break;
        case Outcome::Kind::Child:
            text = translated("inside");
            break;
        }
    }
    return text;
}

// How much of a crowded row a cell should get, by the length of its text; fonts are not known here.
qreal cellWeight(const OutcomeCell &cell, const QString &text)
{
    constexpr qreal Padding = 2;
    constexpr qreal Sign = 2;
    const bool hasSign = cell.tone != OutcomeTemplate::Tone::Neutral;
    const qreal length = std::clamp(qreal(text.size()), 3.0, 11.0);
    return Padding + length + (hasSign ? Sign : 0) + (cell.isOpen ? Sign : 0);
}

// One plain way on needs no row: the card's bottom edge is its port.
bool needsRow(const QList<Outcome> &outcomes)
{
    if (outcomes.size() > 1)
        return true;
    return outcomes.size() == 1 && outcomes.first().kind != Outcome::Kind::Next;
}

} // namespace

CardContent CardContent::of(
    const GraphNode &node, const WorkflowDefinition &definition, LayoutOptions::Direction direction)
{
    CardContent card;
    card.isSideways = direction == LayoutOptions::Direction::LeftToRight;
    if (node.isTrigger)
        card.title = node.type ? node.type->label : translated("Trigger");
    else
        card.title = node.id.isEmpty() ? translated("(no id)") : oneLine(node.id);
    card.typeLabel = typeText(node, definition);
    if (node.type) {
        card.category = node.type->category;
        card.icon = node.type->icon;
    } else if (node.isTrigger) {
        card.category = u"trigger"_s;
    }

    const bool tellsOfSubaccount = node.isTrigger && !definition.subAccountId().isEmpty();
    card.hasSummary = automation::hasSummary(node, definition) || tellsOfSubaccount;
    if (card.hasSummary) {
        card.m_type = node.type;
        card.m_isTrigger = node.isTrigger;
        card.m_place = node.pointer;
        card.m_definition = definition;
    }
    card.m_ways = node.outcomes;
    card.hasRow = needsRow(node.outcomes);
    const qsizetype count = node.outcomes.size();
    const bool isSide = card.hasRow && !card.isSideways; // cells side by side
    const qreal width
        = isSide ? qMax(CardMetrics::Width, CardMetrics::MinimumCellWidth * qreal(count)) : CardMetrics::Width;
    qreal height = CardMetrics::HeadHeight;
    if (card.hasSummary)
        height += CardMetrics::SummaryHeight;
    const qreal rowTop = height;
    if (card.hasRow)
        height += CardMetrics::OutcomeRowHeight * (card.isSideways ? qreal(count) : 1);
    card.size = {width, height};
    card.outcomes.reserve(count);
    for (const Outcome &outcome : node.outcomes) {
        OutcomeCell cell;
        cell.key = outcome.key();
        cell.kind = outcome.kind;
        cell.tone = outcome.tone();
        cell.isOpen = outcome.isOpen();
        cell.port = card.middleOfExit();
        card.outcomes.append(std::move(cell));
    }
    if (!card.hasRow)
        return card;
    if (card.isSideways) {
        qreal top = rowTop;
        for (OutcomeCell &cell : card.outcomes) {
            cell.rect = {0, top, width, CardMetrics::OutcomeRowHeight};
            cell.port.setY(cell.rect.center().y());
            top += CardMetrics::OutcomeRowHeight;
        }
        return card;
    }
    // Two cells share the row evenly; of more, long texts get more.
    QVarLengthArray<qreal, 16> weights(count, 1);
    qreal allWeights = 0;
    for (qsizetype i = 0; i < count; ++i) {
        if (count > 2)
            weights[i] = cellWeight(card.outcomes.at(i), card.textOf(i));
        allWeights += weights.at(i);
    }
    qreal left = 0;
    for (qsizetype i = 0; i < count; ++i) {
        OutcomeCell &cell = card.outcomes[i];
        const qreal cellWidth = width * weights.at(i) / allWeights;
        cell.rect = {left, rowTop, cellWidth, CardMetrics::OutcomeRowHeight};
        cell.port.setX(cell.rect.center().x());
        left += cellWidth;
    }
    return card;
}

Summary CardContent::summary() const
{
    if (!hasSummary)
        return {};
    GraphNode node;
    node.type = m_type;
    node.isTrigger = m_isTrigger;
    node.pointer = m_place;
    node.outcomes = m_ways;
    Summary summary = summarise(node, m_definition);
    if (m_isTrigger && summary.isEmpty()) {
        summary = {{SummaryPiece::Style::Plain, translated("Subaccount") + u' '},
            {SummaryPiece::Style::Value, m_definition.subAccountId()}};
    }
    for (SummaryPiece &piece : summary)
        piece.text = flowing(piece.text);
    return summary;
}

QString CardContent::textOf(qsizetype outcome) const
{
    return hasRow && outcome >= 0 && outcome < m_ways.size() ? cellText(m_ways.at(outcome)) : QString();
}

QPointF CardContent::middleOfExit() const
{
    return isSideways ? QPointF(size.width(), size.height() / 2) : QPointF(size.width() / 2, size.height());
}

QPointF CardContent::way(qreal distance) const
{
    return isSideways ? QPointF(distance, 0) : QPointF(0, distance);
}

LayoutNode layoutNode(const GraphNode &node, const CardContent &card)
{
    // About as wide as the title in small letters; the layout knows no fonts.
    constexpr qreal LetterWidth = 6.2;
    constexpr qreal BesideName = 30; // arrow and padding
    constexpr qreal NarrowestPill = 52;
    constexpr qreal WidestPill = 128;
    LayoutNode result;
    result.size = card.size;
    result.parent = node.parent;
    result.sequence = node.sequence;
    result.pillWidth = std::clamp(BesideName + LetterWidth * qreal(card.title.size()), NarrowestPill, WidestPill);
    result.ports.reserve(card.outcomes.size());
    for (const OutcomeCell &cell : card.outcomes)
        result.ports.append(card.isSideways ? cell.port.y() : cell.port.x());
    return result;
}

LayoutGraph layoutInput(const DefinitionGraph &graph, const QList<CardContent> &cards)
{
    LayoutGraph input;
    input.nodes.reserve(cards.size());
    for (qsizetype i = 0; i < cards.size(); ++i)
        input.nodes.append(layoutNode(graph.nodes().at(i), cards.at(i)));
    input.edges = layoutEdges(graph);
    return input;
}

QList<LayoutEdge> layoutEdges(const DefinitionGraph &graph)
{
    QList<LayoutEdge> edges;
    edges.reserve(graph.connections().size());
    for (const Connection &connection : graph.connections())
        edges.append({connection.from, connection.outcome, connection.to});
    return edges;
}

} // namespace automation
