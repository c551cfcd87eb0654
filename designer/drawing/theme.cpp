#include "designer/drawing/theme.h"

#include <cmath>
#include <QFontDatabase>
#include <QFontInfo>

namespace automation {

namespace {

double linearChannel(double channel)
{
    return channel <= 0.04045 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
}

double luminance(const QColor &colour)
{
    const QColor rgb = colour.toRgb();
    return 0.2126 * linearChannel(double(rgb.redF())) + 0.7152 * linearChannel(double(rgb.greenF()))
        + 0.0722 * linearChannel(double(rgb.blueF()));
}

// A font of its own: pictures are drawn on other threads, and fonts that share their data must stay on one.
QFont ownFont(const QFont &family, int pixels, QFont::Weight weight)
{
    QFont font(family.families());
    font.setStyleHint(family.styleHint(), family.styleStrategy());
    font.setFixedPitch(family.fixedPitch());
    font.setPixelSize(pixels);
    font.setWeight(weight);
    return font;
}

QFont drawingFont(int pixels, QFont::Weight weight)
{
    // Asked once: the desktop's settings belong to the GUI thread.
    static const QFont family = Theme::systemFont();
    return ownFont(family, pixels, weight);
}

} // namespace

Theme Theme::light()
{
    Theme theme;
    theme.window = QColor(0xF6, 0xF7, 0xF9);
    theme.panel = QColor(0xFF, 0xFF, 0xFF);
    theme.field = QColor(0xFF, 0xFF, 0xFF);
    theme.hover = QColor(0xF1, 0xF3, 0xF6);
    theme.pressed = QColor(0xE6, 0xEA, 0xF0);
    theme.line = QColor(0xE3, 0xE6, 0xEB);
    theme.strongLine = QColor(0xC5, 0xCC, 0xD6);
    theme.text = QColor(0x1C, 0x24, 0x30);
    theme.muted = QColor(0x62, 0x6C, 0x81);
    theme.disabled = QColor(0xA3, 0xAB, 0xB8);
    theme.canvas = QColor(0xF3, 0xF5, 0xF8);
    theme.dots = QColor(0xD5, 0xDA, 0xE2);
    theme.card = QColor(0xFF, 0xFF, 0xFF);
    theme.cardLine = theme.line;
    theme.cardShadow = QColor(0x1C, 0x24, 0x30, 18);
    theme.edge = QColor(0x9A, 0xA6, 0xB8);
    theme.accent = QColor(0x2F, 0x6F, 0xED);
    theme.accentHover = QColor(0x25, 0x60, 0xD6);
    theme.onAccent = QColor(0xFF, 0xFF, 0xFF);
    theme.ok = QColor(0x1E, 0x9E, 0x63);
    theme.warning = QColor(0xC9, 0x8A, 0x06);
    theme.error = QColor(0xD6, 0x40, 0x3A);
    theme.okText = QColor(0x13, 0x78, 0x4A);
    theme.warningText = QColor(0x8A, 0x5E, 0x00);
    theme.errorText = QColor(0xC2, 0x33, 0x2E);
    theme.errorBack = QColor(0xFD, 0xEE, 0xED);
    theme.warningBack = QColor(0xFD, 0xF5, 0xE1);
    theme.pillBack = QColor(0xE8, 0xF0, 0xFF);
    theme.pillText = QColor(0x1F, 0x56, 0xC3);
    return theme;
}

Theme Theme::dark()
{
    Theme theme;
    theme.isDark = true;
    theme.window = QColor(0x15, 0x18, 0x1D);
    theme.panel = QColor(0x1B, 0x1F, 0x26);
    theme.field = QColor(0x15, 0x19, 0x1F);
    theme.hover = QColor(0x25, 0x2A, 0x33);
    theme.pressed = QColor(0x2E, 0x35, 0x40);
    theme.line = QColor(0x2C, 0x32, 0x3C);
    theme.strongLine = QColor(0x45, 0x4E, 0x5C);
    theme.text = QColor(0xE6, 0xE9, 0xEE);
    theme.muted = QColor(0x98, 0xA2, 0xB3);
    theme.disabled = QColor(0x5D, 0x68, 0x78);
    theme.canvas = QColor(0x12, 0x15, 0x1A);
    theme.dots = QColor(0x26, 0x2C, 0x35);
    theme.card = QColor(0x20, 0x25, 0x2D);
    theme.cardLine = theme.line;
    theme.cardShadow = QColor(0, 0, 0, 70);
    theme.edge = QColor(0x5D, 0x68, 0x78);
    theme.accent = QColor(0x6E, 0xA0, 0xFF);
    theme.accentHover = QColor(0x86, 0xB0, 0xFF);
    theme.onAccent = QColor(0x0E, 0x17, 0x26);
    theme.ok = QColor(0x3C, 0xCB, 0x8A);
    theme.warning = QColor(0xE8, 0xB1, 0x3A);
    theme.error = QColor(0xF0, 0x70, 0x6A);
    theme.okText = theme.ok;
    theme.warningText = theme.warning;
    theme.errorText = QColor(0xF4, 0x85, 0x80);
    theme.errorBack = QColor(0x3A, 0x22, 0x24);
    theme.warningBack = QColor(0x38, 0x2F, 0x1C);
    theme.pillBack = QColor(0x22, 0x30, 0x4A);
    theme.pillText = QColor(0xA9, 0xC6, 0xFF);
    return theme;
}

QColor Theme::category(QStringView name) const
{
    if (name == QLatin1StringView("trigger"))
        return QColor(0xE0, 0x50, 0x3A);
    if (name == QLatin1StringView("messaging"))
        return QColor(0x2F, 0x6F, 0xED);
    if (name == QLatin1StringView("wait"))
        return QColor(0x8A, 0x5C, 0xF6);
    if (name == QLatin1StringView("logic"))
        return QColor(0xD9, 0x77, 0x06);
    if (name == QLatin1StringView("integration"))
        return QColor(0x0E, 0x93, 0x84);
    return QColor(0x66, 0x70, 0x85);
}

QColor Theme::readableOn(const QColor &fill)
{
    const QColor ink(0x10, 0x15, 0x1C);
    return contrast(Qt::white, fill) >= contrast(ink, fill) ? QColor(Qt::white) : ink;
}

double Theme::contrast(const QColor &a, const QColor &b)
{
    const double first = luminance(a);
    const double second = luminance(b);
    return (std::max(first, second) + 0.05) / (std::min(first, second) + 0.05);
}

QFont Theme::systemFont()
{
    QFont font = QFontDatabase::systemFont(QFontDatabase::GeneralFont);
    // A desktop without settings falls back to the widest of fonts. (No font that rewrites what it shows: "8x8" must
    // not become a product sign.)
    static const bool hasRoboto = QFontDatabase::hasFamily(QStringLiteral("Roboto"));
    if (hasRoboto && QFontInfo(font).family() == QLatin1StringView("DejaVu Sans"))
        font.setFamily(QStringLiteral("Roboto"));
    return font;
}

QFont Theme::titleFont()
{
    return drawingFont(titlePixels, QFont::DemiBold);
}

QFont Theme::bodyFont()
{
    return drawingFont(bodyPixels, QFont::Normal);
}

QFont Theme::smallFont()
{
    return drawingFont(smallPixels, QFont::Normal);
}

QFont Theme::monospaceFont(int pixels)
{
    static const QFont family = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    return ownFont(family, pixels, family.weight());
}

} // namespace automation
