#pragma once

#include <QColor>
#include <QIcon>
#include <QPixmap>
#include <QRectF>
#include <QString>

class QPainter;

namespace automation {

// Our own icons (resources/icons): line drawings on a 24-unit grid in one colour, tinted at the moment of drawing.
// A name that does not exist gives the icon "unknown", so a catalogue file with a wrong name still shows something.

// Draws the icon into rect. Pixel devices get a cached picture, all others (SVG, PDF, printer) lines. Any thread.
void paintIcon(QPainter &painter, const QString &name, const QRectF &rect, const QColor &colour);

// size: edge length in device independent pixels. GUI thread.
QPixmap tintedPixmap(const QString &name, const QColor &colour, int size, qreal devicePixelRatio = 1);
// Drawn sharp at any size and scale; greyed out when disabled. GUI thread.
QIcon tintedIcon(const QString &name, const QColor &colour);
// With another colour while the action is disabled.
QIcon tintedIcon(const QString &name, const QColor &colour, const QColor &disabledColour);

// True when the program has an icon of this name.
bool hasIcon(const QString &name);
QStringList iconNames();

} // namespace automation
