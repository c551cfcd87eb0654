#include "designer/drawing/notepainter.h"

#include <QTextLayout>

namespace automation::NotePainter {

QColor fill(const Theme &theme)
{
    return theme.isDark ? QColor(0x2f, 0x2b, 0x1c) : QColor(0xff, 0xf7, 0xdc);
}

QColor line(const Theme &theme)
{
    return theme.isDark ? QColor(0x55, 0x4b, 0x2a) : QColor(0xea, 0xdb, 0xa8);
}

void paint(
    QPainter &painter, const PixelGrid &grid, const Theme &theme, const NoteBox &note, bool isSelected, bool withText)
{
    painter.setPen(QPen(isSelected ? theme.accent : line(theme), grid.width(isSelected ? 2 : 1)));
    painter.setBrush(fill(theme));
    painter.drawRoundedRect(grid.outline(note.rect, isSelected ? 2 : 1), Radius, Radius);
    if (isSelected) {
        // The grip in the corner.
        painter.setPen(QPen(theme.muted, grid.width(1.2)));
        const QPointF corner = note.rect.bottomRight() - QPointF(4, 4);
        for (const qreal length : {4.0, 8.0})
            painter.drawLine(corner - QPointF(length, 0), corner - QPointF(0, length));
    }
    if (!withText || note.text.isEmpty())
        return;
    constexpr int MostLines = 400; // more do not fit on a screen
    const QFont font = Theme::bodyFont();
    const QFontMetricsF metrics(font);
    const QRectF inner = note.rect.adjusted(Padding, Padding, -Padding, -Padding);
    painter.setPen(theme.text);
    painter.setFont(font);
    qreal y = inner.top();
    int lines = 0;
    for (const QString &paragraph : note.text.left(20'000).split(u'\n')) {
        QTextLayout layout(paragraph, font);
        QTextOption option;
        option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
        layout.setTextOption(option);
        layout.beginLayout();
        for (QTextLine text = layout.createLine(); text.isValid(); text = layout.createLine()) {
            text.setLineWidth(std::max(10.0, inner.width()));
            if (y + metrics.height() > inner.bottom() + 1 || ++lines > MostLines)
                break;
            // As text, not as the layout's glyphs, so that pictures keep it as text.
            painter.drawText(QPointF(inner.left(), y + metrics.ascent()),
                paragraph.mid(text.textStart(), text.textLength()).trimmed());
            y += metrics.lineSpacing();
        }
        layout.endLayout();
        if (paragraph.isEmpty())
            y += metrics.lineSpacing();
        if (y > inner.bottom())
            break;
    }
}

} // namespace automation::NotePainter
