#include "designer/style/applicationstyle.h"

#include <QAbstractScrollArea>
#include <QApplication>
#include <QFile>
#include <QFontDatabase>
#include <QFontInfo>
#include <QHeaderView>
#include <QLabel>
#include <QPainter>
#include <QPalette>
#include <QRegularExpression>
#include <QScreen>
#include <QStyleOption>
#include <QTableView>
#include <QToolTip>
#include <QTreeView>

// Resources of a static library are only found after this; it must stand outside of any namespace.
static void initialiseThemeResources()
{
    Q_INIT_RESOURCE(themes);
}

namespace automation {

namespace {

bool s_moves = true;

Theme &themeStorage()
{
    static Theme theme = Theme::light();
    return theme;
}

QPalette paletteFor(const Theme &theme)
{
    QPalette palette;
    const auto set = [&palette](QPalette::ColorRole role, const QColor &colour) { palette.setColor(role, colour); };
    set(QPalette::Window, theme.panel);
    set(QPalette::WindowText, theme.text);
    set(QPalette::Base, theme.field);
    set(QPalette::AlternateBase, theme.window);
    set(QPalette::Text, theme.text);
    set(QPalette::PlaceholderText, theme.muted);
    set(QPalette::Button, theme.panel);
    set(QPalette::ButtonText, theme.text);
    set(QPalette::BrightText, theme.error);
    set(QPalette::Highlight, theme.accent);
    set(QPalette::HighlightedText, theme.onAccent);
    set(QPalette::Link, theme.isDark ? theme.accent : theme.pillText);
    set(QPalette::LinkVisited, theme.isDark ? theme.accent : theme.pillText);
    set(QPalette::ToolTipBase, theme.isDark ? theme.pressed : theme.text);
    set(QPalette::ToolTipText, theme.isDark ? theme.text : theme.panel);
    set(QPalette::Light, theme.hover);
    set(QPalette::Midlight, theme.hover);
    set(QPalette::Mid, theme.line);
    set(QPalette::Dark, theme.strongLine);
    set(QPalette::Shadow, theme.strongLine);
    for (const QPalette::ColorRole role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, theme.disabled);
    palette.setColor(QPalette::Disabled, QPalette::Highlight, theme.pressed);
    palette.setColor(QPalette::Disabled, QPalette::HighlightedText, theme.disabled);
    return palette;
}

// Points that make 13 pixels on a 100 % screen, unless the person's system asks for larger text.
double basePointsFor(const QApplication &)
{
    constexpr double wantedPixels = 13;
    const QScreen *screen = QGuiApplication::primaryScreen();
    const double dotsPerInch = screen ? screen->logicalDotsPerInch() : 96;
    const double wanted = wantedPixels * 72 / qMax(1.0, dotsPerInch);
    const double systemSize = QFontInfo(QFontDatabase::systemFont(QFontDatabase::GeneralFont)).pointSizeF();
    return qBound(wanted, systemSize, wanted * 1.6);
}

// A line of one pixel inside a handle wide enough to be caught with the mouse.
void drawDivider(QPainter *painter, const QRect &handle)
{
    const Theme &theme = currentTheme();
    painter->fillRect(handle, theme.panel);
    if (handle.height() > handle.width())
        painter->fillRect(QRect(handle.center().x(), handle.y(), 1, handle.height()), theme.line);
    else
        painter->fillRect(QRect(handle.x(), handle.center().y(), handle.width(), 1), theme.line);
}

} // namespace

ApplicationStyle::ApplicationStyle()
    : QProxyStyle(QStringLiteral("Fusion"))
{
}

void ApplicationStyle::drawPrimitive(
    PrimitiveElement element, const QStyleOption *option, QPainter *painter, const QWidget *widget) const
{
    const Theme &theme = currentTheme();
    switch (element) {
    case PE_FrameFocusRect: {
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        painter->setPen(QPen(theme.accent, 1));
        painter->setBrush(Qt::NoBrush);
        painter->drawRoundedRect(QRectF(option->rect).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
        painter->restore();
        return;
    }
    case PE_IndicatorDockWidgetResizeHandle:
        drawDivider(painter, option->rect);
        return;
    case PE_FrameStatusBarItem:
    case PE_PanelStatusBar:
        return;
    default:
        QProxyStyle::drawPrimitive(element, option, painter, widget);
    }
}

void ApplicationStyle::drawControl(
    ControlElement element, const QStyleOption *option, QPainter *painter, const QWidget *widget) const
{
    if (element == CE_Splitter) {
        drawDivider(painter, option->rect);
        return;
    }
    QProxyStyle::drawControl(element, option, painter, widget);
}

int ApplicationStyle::pixelMetric(PixelMetric metric, const QStyleOption *option, const QWidget *widget) const
{
    switch (metric) {
    case PM_SmallIconSize:
    case PM_ButtonIconSize:
    case PM_TabBarIconSize:
    case PM_ListViewIconSize:
        return 16;
    case PM_ToolBarIconSize:
        return 18;
    case PM_SplitterWidth:
    case PM_DockWidgetSeparatorExtent:
        return 3;
    case PM_DefaultFrameWidth:
        return 1;
    case PM_DockWidgetFrameWidth:
    case PM_ToolBarFrameWidth:
    case PM_ToolBarItemMargin:
    case PM_TabBarBaseOverlap:
    case PM_ScrollView_ScrollBarSpacing:
        return 0;
    case PM_LayoutHorizontalSpacing:
    case PM_LayoutVerticalSpacing:
        return 8;
    default:
        return QProxyStyle::pixelMetric(metric, option, widget);
    }
}

int ApplicationStyle::styleHint(
    StyleHint hint, const QStyleOption *option, const QWidget *widget, QStyleHintReturn *returnData) const
{
    switch (hint) {
    case SH_Widget_Animation_Duration:
        return s_moves ? QProxyStyle::styleHint(hint, option, widget, returnData) : 0;
    case SH_EtchDisabledText:
    case SH_DitherDisabledText:
    case SH_DialogButtonBox_ButtonsHaveIcons:
    case SH_ComboBox_Popup:
    case SH_ScrollView_FrameOnlyAroundContents:
    case SH_UnderlineShortcut:
        return 0;
    case SH_ItemView_ShowDecorationSelected:
    case SH_TabBar_ElideMode:
        return hint == SH_TabBar_ElideMode ? int(Qt::ElideRight) : 1;
    default:
        return QProxyStyle::styleHint(hint, option, widget, returnData);
    }
}

void ApplicationStyle::polish(QWidget *widget)
{
    QProxyStyle::polish(widget);
    // What a style sheet cannot say: tables without a grid, at the density of the design.
    if (auto *table = qobject_cast<QTableView *>(widget)) {
        table->setShowGrid(false);
        table->setCornerButtonEnabled(false);
        table->verticalHeader()->setDefaultSectionSize(30);
    } else if (auto *label = qobject_cast<QLabel *>(widget)) {
        // A label goes by the direction of its text; in a mirrored window all of them begin where people begin to read.
        const Qt::Alignment side = label->alignment() & (Qt::AlignHorizontal_Mask | Qt::AlignAbsolute);
        if (label->isRightToLeft() && (side == Qt::AlignLeft || side == Qt::AlignLeading))
            label->setAlignment((label->alignment() & ~Qt::AlignHorizontal_Mask) | Qt::AlignRight | Qt::AlignAbsolute);
    } else if (auto *header = qobject_cast<QHeaderView *>(widget)) {
        if (header->orientation() == Qt::Horizontal) {
            header->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
            header->setHighlightSections(false);
        }
    }
}

QString styleSheetFor(const Theme &theme, double basePoints, const QString &monospaceFamily)
{
    initialiseThemeResources();
    QFile file(QStringLiteral(":/automation/themes/application.qss"));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    const QString text = QString::fromUtf8(file.readAll());

    const auto points = [basePoints](double pixels) {
        return QString::number(basePoints * pixels / 13, 'f', 2) + QLatin1StringView("pt");
    };
    QColor scroll = theme.strongLine;
    QColor selection = theme.accent;
    selection.setAlphaF(theme.isDark ? 0.45f : 0.25f);
    const QHash<QString, QString> values {
        {QStringLiteral("variant"), theme.isDark ? QStringLiteral("dark") : QStringLiteral("light")},
        {QStringLiteral("onwards"),
            QGuiApplication::isRightToLeft() ? QStringLiteral("left") : QStringLiteral("right")},
        {QStringLiteral("window"), theme.window.name()},
        {QStringLiteral("panel"), theme.panel.name()},
        {QStringLiteral("field"), theme.field.name()},
        {QStringLiteral("hover"), theme.hover.name()},
        {QStringLiteral("pressed"), theme.pressed.name()},
        {QStringLiteral("line"), theme.line.name()},
        {QStringLiteral("strongLine"), theme.strongLine.name()},
        {QStringLiteral("controlLine"), theme.isDark ? theme.line.lighter(115).name() : theme.line.darker(104).name()},
        {QStringLiteral("text"), theme.text.name()},
        {QStringLiteral("muted"), theme.muted.name()},
        {QStringLiteral("disabled"), theme.disabled.name()},
        {QStringLiteral("canvas"), theme.canvas.name()},
        {QStringLiteral("card"), theme.card.name()},
        {QStringLiteral("accent"), theme.accent.name()},
        {QStringLiteral("accentHover"), theme.accentHover.name()},
        {QStringLiteral("accentText"), (theme.isDark ? theme.accent : theme.pillText).name()},
        {QStringLiteral("onAccent"), theme.onAccent.name()},
        {QStringLiteral("focusOnAccent"), theme.isDark ? theme.text.name() : theme.pillText.darker(160).name()},
        {QStringLiteral("selection"), selection.name(QColor::HexArgb)},
        {QStringLiteral("scroll"), scroll.name()},
        {QStringLiteral("error"), theme.error.name()},
        {QStringLiteral("errorText"), theme.errorText.name()},
        {QStringLiteral("errorBack"), theme.errorBack.name()},
        {QStringLiteral("warning"), theme.warning.name()},
        {QStringLiteral("warningText"), theme.warningText.name()},
        {QStringLiteral("warningBack"), theme.warningBack.name()},
        {QStringLiteral("okText"), theme.okText.name()},
        {QStringLiteral("pillBack"), theme.pillBack.name()},
        {QStringLiteral("pillText"), theme.pillText.name()},
        {QStringLiteral("tipBack"), theme.isDark ? theme.pressed.name() : theme.text.name()},
        {QStringLiteral("tipText"), theme.isDark ? theme.text.name() : theme.panel.name()},
        {QStringLiteral("monospace"), QLatin1Char('"') + monospaceFamily + QLatin1Char('"')},
        {QStringLiteral("captionSize"), points(11)},
        {QStringLiteral("smallSize"), points(11.5)},
        {QStringLiteral("labelSize"), points(12)},
        {QStringLiteral("headingSize"), points(22)},
    };

    static const QRegularExpression token(QStringLiteral("@([A-Za-z]+)"));
    QString sheet;
    sheet.reserve(text.size());
    qsizetype done = 0;
    for (auto match = token.globalMatch(text); match.hasNext();) {
        const QRegularExpressionMatch found = match.next();
        sheet += QStringView(text).mid(done, found.capturedStart() - done);
        sheet += values.value(found.captured(1), found.captured());
        done = found.capturedEnd();
    }
    sheet += QStringView(text).mid(done);
    return sheet;
}

void applyTheme(QApplication &application, const Theme &theme)
{
    themeStorage() = theme;
    const double basePoints = basePointsFor(application);
    QFont font = Theme::systemFont();
    font.setPointSizeF(basePoints);
    QApplication::setFont(font);
    // The style first: setStyle() would put its own palette over ours. Once it is there a new theme only needs
    // colours, so the widgets keep their state.
    if (!application.property("automationStyle").toBool()) {
        QApplication::setStyle(new ApplicationStyle);
        application.setProperty("automationStyle", true);
    }
    QApplication::setPalette(paletteFor(theme));
    QToolTip::setPalette(paletteFor(theme));
    application.setStyleSheet(
        styleSheetFor(theme, basePoints, QFontDatabase::systemFont(QFontDatabase::FixedFont).family()));
}

void setMotion(bool moves)
{
    s_moves = moves;
}

const Theme &currentTheme()
{
    return themeStorage();
}

void repolish(QWidget *widget)
{
    widget->style()->unpolish(widget);
    widget->style()->polish(widget);
    widget->update();
}

} // namespace automation
