#include "designer/style/pilllabel.h"

#include "designer/drawing/icons.h"
#include "designer/style/applicationstyle.h"

#include <QEvent>
#include <QMenu>
#include <QPainter>

namespace automation {

namespace {

constexpr int sideMargin = 10;
constexpr int dotSize = 8;
constexpr int dotGap = 6;
constexpr int partGap = 10;
constexpr int arrowSize = 12;

QColor toneColour(PillLabel::Tone tone)
{
    const Theme &theme = currentTheme();
    switch (tone) {
    case PillLabel::Tone::Ok:
        return theme.ok;
    case PillLabel::Tone::Warning:
        return theme.warning;
    case PillLabel::Tone::Error:
        return theme.error;
    case PillLabel::Tone::Accent:
        return theme.accent;
    case PillLabel::Tone::Waiting:
        return theme.category(QStringLiteral("wait"));
    case PillLabel::Tone::None:
    case PillLabel::Tone::Neutral:
        break;
    }
    return theme.muted;
}

} // namespace

PillLabel::PillLabel(QWidget *parent)
    : QAbstractButton(parent)
{
    setFocusPolicy(Qt::TabFocus);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    connect(this, &QAbstractButton::clicked, this, &PillLabel::openMenu);
}

PillLabel::PillLabel(Tone tone, const QString &text, QWidget *parent)
    : PillLabel(parent)
{
    setPart(tone, text);
}

void PillLabel::setParts(const QList<Part> &parts)
{
    if (m_parts == parts)
        return;
    m_parts = parts;
    QStringList texts;
    for (const Part &part : parts)
        texts.append(part.text);
    setAccessibleName(texts.join(QLatin1StringView(", ")));
    updateGeometry();
    update();
}

void PillLabel::setBrief(bool isBrief)
{
    m_isBrief = isBrief;
    updateGeometry();
    update();
}

QString PillLabel::shownText(const Part &part) const
{
    return m_isBrief && !part.brief.isEmpty() ? part.brief : part.text;
}

void PillLabel::setMenu(QMenu *menu)
{
    m_menu = menu;
    updateGeometry();
    update();
}

QFont PillLabel::labelFont() const
{
    QFont small = font();
    small.setPointSizeF(small.pointSizeF() * 12 / 13);
    return small;
}

QSize PillLabel::sizeHint() const
{
    const QFontMetrics metrics(labelFont(), this);
    int width = 2 * sideMargin + 4; // texts are measured in whole pixels
    for (const Part &part : m_parts) {
        width += metrics.horizontalAdvance(shownText(part)) + (part.tone == Tone::None ? 0 : dotSize + dotGap);
        if (&part != &m_parts.last())
            width += partGap;
    }
    if (m_menu)
        width += arrowSize + 4;
    return {width, metrics.height() + 8};
}

QSize PillLabel::minimumSizeHint() const
{
    return {qMin(60, sizeHint().width()), sizeHint().height()};
}

void PillLabel::paintEvent(QPaintEvent *)
{
    const Theme &theme = currentTheme();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF frame = QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5);
    painter.setPen(hasFocus() ? theme.accent : underMouse() && isEnabled() ? theme.strongLine : theme.line);
    painter.setBrush(isDown() ? theme.pressed : underMouse() && isEnabled() ? theme.hover : theme.panel);
    painter.drawRoundedRect(frame, frame.height() / 2, frame.height() / 2);

    painter.setFont(labelFont());
    const QFontMetrics metrics = painter.fontMetrics();
    const auto mirrored = [this](const QRectF &place) { // from right to left in some languages
        return isRightToLeft() ? place.translated(width() - place.right() - place.left(), 0) : place;
    };
    int x = sideMargin;
    const int end = width() - sideMargin - (m_menu ? arrowSize + 4 : 0);
    for (const Part &part : m_parts) {
        if (part.tone != Tone::None) {
            painter.setPen(Qt::NoPen);
            painter.setBrush(toneColour(part.tone));
            painter.drawEllipse(mirrored(QRectF(x, (height() - dotSize) / 2.0, dotSize, dotSize)));
            x += dotSize + dotGap;
        }
        painter.setPen(isEnabled() ? theme.text : theme.disabled);
        const QString shown = metrics.elidedText(shownText(part), Qt::ElideRight, qMax(0, end - x));
        painter.drawText(mirrored(QRectF(x, 0, qMax(0, end - x), height())),
            Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine, shown);
        x += metrics.horizontalAdvance(shownText(part)) + partGap;
    }
    if (m_menu)
        paintIcon(painter, QStringLiteral("chevron-down"),
            mirrored(QRectF(width() - sideMargin - arrowSize, (height() - arrowSize) / 2.0, arrowSize, arrowSize)),
            theme.muted);
}

void PillLabel::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange)
        updateGeometry();
    if (event->type() == QEvent::PaletteChange)
        update();
    QAbstractButton::changeEvent(event);
}

void PillLabel::enterEvent(QEnterEvent *event)
{
    update();
    QAbstractButton::enterEvent(event);
}

void PillLabel::leaveEvent(QEvent *event)
{
    update();
    QAbstractButton::leaveEvent(event);
}

void PillLabel::openMenu()
{
    if (m_menu)
        m_menu->popup(mapToGlobal(QPoint(0, height() + 2)));
}

} // namespace automation
