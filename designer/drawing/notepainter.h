#pragma once

#include "designer/drawing/pixelgrid.h"
#include "designer/drawing/theme.h"

#include <QPainter>

namespace automation {

// A text on the canvas as it is drawn. Value type.
struct NoteBox
{
    QRectF rect; // scene units
    QString text; // plain

    friend bool operator==(const NoteBox &, const NoteBox &) = default;
};

// Draws notes: sheets behind the cards.
namespace NotePainter {
inline constexpr qreal Padding = 10;
inline constexpr qreal Radius = 6;
inline constexpr qreal Corner = 14; // the lower right corner, for resizing
QColor fill(const Theme &theme);
QColor line(const Theme &theme);
void paint(
    QPainter &painter, const PixelGrid &grid, const Theme &theme, const NoteBox &note, bool isSelected, bool withText);
} // namespace NotePainter

} // namespace automation
