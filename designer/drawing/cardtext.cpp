#include "designer/drawing/cardtext.h"

#include "designer/drawing/theme.h"

#include <array>
#include <QFontMetricsF>
#include <QHash>
#include <QPainter>

namespace automation {

using namespace Qt::StringLiterals;

namespace {

constexpr qreal TitleBaseline = 23.5;
constexpr qreal TypeBaseline = 39;
constexpr qreal SummaryBaseline = 62.5;
constexpr qreal CellBaseline = 10; // above the bottom of its cell
constexpr qreal PillPadding = 5;
constexpr qreal PillHeight = 17;
constexpr qreal SignSize = 9;
constexpr qreal SignGap = 4;
constexpr qreal CellPadding = 5;

struct Fonts
{
    std::array<QFont, 6> entries;

    Fonts()
    {
        set(TextRun::Role::Title, Theme::titleFont());
        set(TextRun::Role::Type, Theme::smallFont());
        set(TextRun::Role::Plain, Theme::bodyFont());
        QFont value = Theme::bodyFont();
        value.setWeight(QFont::DemiBold);
        set(TextRun::Role::Value, value);
        set(TextRun::Role::Expression, Theme::monospaceFont());
        set(TextRun::Role::Cell, Theme::smallFont());
    }
    void set(TextRun::Role role, QFont font)
    {
        // Unhinted advances are the same at every zoom, so a text that fits at 100 % fits everywhere.
        font.setHintingPreference(QFont::PreferNoHinting);
        entries[size_t(role)] = font;
    }
};

// One set a thread: fonts that share their data keep what they have loaded for the thread that drew last.
const Fonts &fonts()
{
    thread_local const Fonts all;
    return all;
}

QString withoutBraces(const QString &expression)
{
    QString text = expression.trimmed();
    if (text.startsWith("{{"_L1) && text.endsWith("}}"_L1) && text.size() >= 4)
        text = text.mid(2, text.size() - 4).trimmed();
    return text;
}

} // namespace

const QFont &CardText::font(TextRun::Role role)
{
    return fonts().entries[size_t(role)];
}

TextRun CardText::run(const QString &text, TextRun::Role role, qreal available)
{
    if (role == TextRun::Role::Title)
        return measured(text, role, available);
    // Types, values and outcomes are the same words on thousands of cards.
    constexpr qsizetype Most = 2000;
    using Key = std::pair<std::pair<int, qreal>, QString>;
    thread_local QHash<Key, TextRun> known;
    const Key key({int(role), available}, text);
    const auto found = known.constFind(key);
    if (found != known.cend())
        return *found;
    if (known.size() >= Most)
        known.clear();
    return *known.insert(key, measured(text, role, available));
}

TextRun CardText::measured(const QString &text, TextRun::Role role, qreal available)
{
    TextRun result;
    result.role = role;
    result.text = text;
    result.font = font(role);
    result.width = QFontMetricsF(result.font).horizontalAdvance(text);
    // A long id is worth a slightly smaller letter before it is cut.
    constexpr qreal Smallest = 11.0 / Theme::titlePixels;
    if (role == TextRun::Role::Title && result.width > available) {
        const qreal factor = std::max(Smallest, available / result.width);
        result.font.setPixelSize(std::max(11, int(Theme::titlePixels * factor)));
        result.width = QFontMetricsF(result.font).horizontalAdvance(text);
    }
    const QFontMetricsF metrics(result.font);
    result.ascent = metrics.ascent();
    if (result.width > available) {
        result.text = metrics.elidedText(text, Qt::ElideRight, available);
        result.width = metrics.horizontalAdvance(result.text);
    }
    result.laidOut.setTextFormat(Qt::PlainText);
    result.laidOut.setText(result.text);
    return result;
}

CardText::CardText(const CardContent &card)
{
    const qreal width = card.size.width();
    const qreal beside = width - CardMetrics::TextLeft - CardMetrics::Padding;
    TextRun title = run(card.title, TextRun::Role::Title, beside);
    title.baseline = {CardMetrics::TextLeft, TitleBaseline};
    m_runs.append(title);
    TextRun type = run(card.typeLabel, TextRun::Role::Type, beside);
    type.baseline = {CardMetrics::TextLeft, TypeBaseline};
    m_runs.append(type);
    addSummary(card);
    if (card.hasRow)
        addCells(card);
}

void CardText::addSummary(const CardContent &card)
{
    const qreal end = card.size.width() - CardMetrics::Padding;
    qreal x = CardMetrics::Padding;
    for (const SummaryPiece &piece : card.summary()) {
        constexpr qreal Least = 14; // room for a letter and the dots
        const bool isPill = piece.style == SummaryPiece::Style::Expression;
        const qreal available = end - x - (isPill ? 2 * PillPadding : 0);
        if (available < Least)
            return;
        const TextRun::Role role = isPill               ? TextRun::Role::Expression
            : piece.style == SummaryPiece::Style::Value ? TextRun::Role::Value
                                                        : TextRun::Role::Plain;
        TextRun part = run(isPill ? withoutBraces(piece.text) : piece.text, role, available);
        if (isPill) {
            part.pill = QRectF(x, SummaryBaseline - 12.5, part.width + 2 * PillPadding, PillHeight);
            part.baseline = {x + PillPadding, SummaryBaseline - 0.5};
            x = part.pill.right();
        } else {
            part.baseline = {x, SummaryBaseline};
            x += part.width;
        }
        m_runs.append(part);
    }
}

void CardText::addCells(const CardContent &card)
{
    for (qsizetype i = 0; i < card.outcomes.size(); ++i) {
        const OutcomeCell &cell = card.outcomes.at(i);
        // "✓" or "✕" before the text, "+" behind an open one.
        const qreal before = cell.tone == OutcomeTemplate::Tone::Neutral && !cell.isDangling ? 0 : SignSize + SignGap;
        const qreal after = cell.isOpen ? SignSize + SignGap : 0;
        const qreal padding = card.isSideways ? CardMetrics::Padding : CellPadding;
        TextRun text
            = run(card.textOf(i), TextRun::Role::Cell, std::max(4.0, cell.rect.width() - 2 * padding - before - after));
        // In the middle above the port, or at the right beside it.
        const qreal spare = cell.rect.width() - before - text.width - after;
        const qreal left = cell.rect.left() + (card.isSideways ? spare - CardMetrics::Padding : spare / 2);
        text.baseline = {left + before, cell.rect.bottom() - CellBaseline};
        text.outcome = int(i);
        const qreal signTop = cell.rect.center().y() - SignSize / 2;
        if (before > 0)
            text.sign = QRectF(left, signTop, SignSize, SignSize);
        if (after > 0)
            text.pill = QRectF(left + before + text.width + SignGap, signTop, SignSize, SignSize);
        m_runs.append(text);
    }
}

void CardText::draw(QPainter &painter, const TextRun &run, const QPointF &cardTopLeft, bool isVector)
{
    painter.setFont(run.font);
    const QPointF baseline = cardTopLeft + run.baseline;
    if (isVector)
        painter.drawText(baseline, run.text);
    else
        painter.drawStaticText(baseline - QPointF(0, run.ascent), run.laidOut);
}

} // namespace automation
