#pragma once

#include <QColor>
#include <QFont>
#include <QString>

namespace automation {

// The colours and measures of the program, the same for widgets, canvas and exported pictures. Value type, any thread.
// Texts on these backgrounds keep a contrast of at least 4.5:1 when the members named …Text (or text, muted, accent)
// are used; ok, warning and error themselves are for icons, dots, outlines and badge fills.
struct Theme
{
    static Theme light();
    static Theme dark();

    bool isDark = false;

    // Surfaces
    QColor window; // behind panels
    QColor panel; // docks, menus, dialogs, tool bars
    QColor field; // line edits, lists
    QColor hover; // under the pointer, on panels
    QColor pressed;
    QColor line; // one-pixel separators and outlines
    QColor strongLine; // outlines of a control under the pointer
    // Text
    QColor text;
    QColor muted;
    QColor disabled; // text of what cannot be used now
    // Canvas
    QColor canvas;
    QColor dots;
    QColor card;
    QColor cardLine;
    QColor cardShadow; // with alpha
    QColor edge;
    // Meaning
    QColor accent;
    QColor accentHover;
    QColor onAccent; // text on an accent fill
    QColor ok;
    QColor warning;
    QColor error;
    QColor okText; // the same, readable as text on panel, field and card
    QColor warningText;
    QColor errorText;
    QColor errorBack; // a quiet fill behind an error
    QColor warningBack;
    // Pills: expressions, selected rows and segments
    QColor pillBack;
    QColor pillText;

    // "trigger", "messaging", "wait", "logic", "integration"; a neutral grey for any other word. The icon on it is
    // white.
    QColor category(QStringView name) const;

    // White or near black, whichever is easier to read on fill.
    static QColor readableOn(const QColor &fill);
    // Contrast ratio of WCAG 2, 1 to 21. Alpha is ignored.
    static double contrast(const QColor &a, const QColor &b);

    // Measures of a card and the canvas, in scene units (device independent pixels at 100 %).
    static constexpr qreal cardWidth = 232;
    static constexpr qreal cardRadius = 10;
    static constexpr qreal iconTile = 28;
    static constexpr qreal edgeRadius = 8;
    static constexpr qreal dotSpacing = 20;

    // Text sizes of the drawing, in scene units. Widgets use points (see ApplicationStyle) so that they scale.
    static constexpr int titlePixels = 13; // weight 600
    static constexpr int bodyPixels = 12;
    static constexpr int smallPixels = 11;

    // The desktop's; Roboto where the desktop names none and it is installed. GUI thread.
    static QFont systemFont();
    // Fonts of the drawing: the system's families, as they were when they were first asked for (on the GUI thread), at
    // the sizes above. Afterwards any thread may ask; each call gives a font of its own.
    static QFont titleFont();
    static QFont bodyFont();
    static QFont smallFont();
    static QFont monospaceFont(int pixels = smallPixels);
};

} // namespace automation
