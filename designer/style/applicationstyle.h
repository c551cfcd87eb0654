#pragma once

#include "designer/drawing/theme.h"

#include <QProxyStyle>

class QApplication;

namespace automation {

// The look of the whole program on top of Qt's Fusion style: measures, focus rings and dividers are drawn here,
// everything else comes from one style sheet (resources/themes/application.qss) filled with the theme's colours.
// GUI thread only.
//
// What a widget can ask for with dynamic properties: QPushButton "primary", "danger" or "link" = true; QLabel
// "textRole" = muted, small, field, title, heading, error, warning, ok, monospace, errorBox, warningBox; QWidget
// "surface" = panel, window, canvas, card; a field "severity" = error, warning; a text editor "monospace" or
// "frameless" = true; QTabBar "documentTabs" = true; QTreeView "rows" = true (one-pixel row lines). After changing
// such a property of a visible widget call repolish().
class ApplicationStyle : public QProxyStyle
{
    Q_OBJECT
public:
    ApplicationStyle();

    void drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
        const QWidget *widget = nullptr) const override;
    void drawControl(ControlElement element, const QStyleOption *option, QPainter *painter,
        const QWidget *widget = nullptr) const override;
    int pixelMetric(
        PixelMetric metric, const QStyleOption *option = nullptr, const QWidget *widget = nullptr) const override;
    int styleHint(StyleHint hint, const QStyleOption *option = nullptr, const QWidget *widget = nullptr,
        QStyleHintReturn *returnData = nullptr) const override;
    using QProxyStyle::polish;
    void polish(QWidget *widget) override;
};

// Gives the program this look: style, palette, font and style sheet. Can be called again at any time; widgets that
// paint themselves get QEvent::PaletteChange and find the new colours in currentTheme().
void applyTheme(QApplication &application, const Theme &theme);
// The theme last applied; Theme::light() before that.
const Theme &currentTheme();

// Whether cards may glide, menus fade and so on; true at first. All that moves asks the style for
// SH_Widget_Animation_Duration, which is 0 without.
void setMotion(bool moves);

// The style sheet for a theme, with text sizes derived from a base size in points.
QString styleSheetFor(const Theme &theme, double basePoints, const QString &monospaceFamily);

// Makes a changed dynamic property take effect.
void repolish(QWidget *widget);

} // namespace automation
