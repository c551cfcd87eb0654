#include "designer/drawing/icons.h"
#include "designer/style/applicationstyle.h"
#include "designer/style/pilllabel.h"
#include "designer/style/segmentedcontrol.h"
#include "designer/style/themedicon.h"
#include "model/definition/stepcatalog.h"

#include <QImage>
#include <QLineEdit>
#include <QPainter>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace automation;
using namespace Qt::StringLiterals;

class StyleTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void textsAreReadable_data()
    {
        QTest::addColumn<bool>("dark");
        QTest::newRow("light") << false;
        QTest::newRow("dark") << true;
    }

    void textsAreReadable()
    {
        QFETCH(bool, dark);
        const Theme theme = dark ? Theme::dark() : Theme::light();
        for (const QColor &back : {theme.panel, theme.field, theme.card, theme.window, theme.canvas, theme.hover,
                 theme.pillBack, theme.errorBack, theme.warningBack}) {
            for (const QColor &text :
                {theme.text, theme.muted, theme.okText, theme.warningText, theme.errorText, theme.pillText})
                QVERIFY2(Theme::contrast(text, back) >= 4.5, qPrintable(text.name() + u" on "_s + back.name()));
        }
        QVERIFY(Theme::contrast(theme.onAccent, theme.accent) >= 4.5);
        QVERIFY(Theme::contrast(theme.pillText, theme.pillBack) >= 4.5);
        QVERIFY(Theme::contrast(theme.errorText, theme.errorBack) >= 4.5);
        QVERIFY(Theme::contrast(theme.warningText, theme.warningBack) >= 4.5);
        for (const QColor &badge : {theme.ok, theme.warning, theme.error})
            QVERIFY(Theme::contrast(Theme::readableOn(badge), badge) >= 4.5);
    }

    void placeholdersAreReadable_data() { textsAreReadable_data(); }

    void placeholdersAreReadable()
    {
        QFETCH(bool, dark);
        const Theme theme = dark ? Theme::dark() : Theme::light();
        applyTheme(*qApp, theme);
        QLineEdit line;
        QPlainTextEdit text;
        for (QWidget *field : {static_cast<QWidget *>(&line), static_cast<QWidget *>(&text)}) {
            for (const bool enabled : {true, false}) {
                field->setEnabled(enabled);
                field->ensurePolished();
                const QColor colour = field->palette().color(QPalette::PlaceholderText);
                QCOMPARE(colour.alpha(), 255);
                QVERIFY2(Theme::contrast(colour, theme.field) >= 4.5, qPrintable(colour.name()));
            }
        }
        applyTheme(*qApp, Theme::light());
    }

    void theCatalogueNamesOnlyIconsThatExist()
    {
        for (const QList<StepType> &types : {StepCatalog::builtIn().steps(), StepCatalog::builtIn().triggers()}) {
            for (const StepType &type : types)
                QVERIFY2(hasIcon(type.icon), qPrintable(type.name + u": "_s + type.icon));
        }
    }

    void everyIconDrawsSomethingInItsColour()
    {
        for (const QString &name : iconNames()) {
            const QImage image = tintedPixmap(name, Qt::red, 24).toImage();
            int coloured = 0;
            for (int y = 0; y < image.height(); ++y) {
                for (int x = 0; x < image.width(); ++x) {
                    const QColor pixel = image.pixelColor(x, y);
                    if (pixel.alpha() < 200)
                        continue;
                    ++coloured;
                    QVERIFY2(pixel.red() > 240 && pixel.green() < 10 && pixel.blue() < 10, qPrintable(name));
                }
            }
            QVERIFY2(coloured > 8, qPrintable(name));
        }
    }

    void anUnknownIconIsDrawnAsUnknown()
    {
        QVERIFY(!hasIcon(u"no-such-icon"_s));
        QCOMPARE(tintedPixmap(u"no-such-icon"_s, Qt::black, 24).toImage(),
            tintedPixmap(u"unknown"_s, Qt::black, 24).toImage());
    }

    void theStyleSheetIsFilledCompletely()
    {
        const QString sheet = styleSheetFor(Theme::dark(), 10, u"Monospace"_s);
        QVERIFY(!sheet.isEmpty());
        QCOMPARE(sheet.count(u'@'), 1); // the one in the comment at the top
    }

    void theThemeCanBeSwitchedWhileRunning()
    {
        QPushButton button(u"Go"_s);
        button.resize(80, 30);
        PillLabel pill(PillLabel::Tone::Ok, u"Ready"_s);
        applyTheme(*qApp, Theme::light());
        const QIcon icon = themedIcon(u"save"_s);
        const QImage lightIcon = icon.pixmap(24, 24).toImage();
        const QColor light = button.grab().toImage().pixelColor(40, 4);
        applyTheme(*qApp, Theme::dark());
        QCOMPARE(currentTheme().isDark, true);
        const QColor dark = button.grab().toImage().pixelColor(40, 4);
        QVERIFY(light.lightness() > 200);
        QVERIFY(dark.lightness() < 70);
        QVERIFY(icon.pixmap(24, 24).toImage() != lightIcon);
        QVERIFY(pill.grab().toImage().pixelColor(pill.width() / 2, 3).lightness() < 70);
        applyTheme(*qApp, Theme::light());
    }

    void oneSegmentIsChosenByMouse()
    {
        SegmentedControl control;
        for (const QString &text : {u"Design"_s, u"Runs"_s, u"JSON"_s})
            control.addSegment(text);
        QCOMPARE(control.currentIndex(), 0);
        control.show();
        QVERIFY(QTest::qWaitForWindowExposed(&control));
        QSignalSpy changed(&control, &SegmentedControl::currentChanged);
        QTest::mouseClick(control.childAt(control.width() / 2, control.height() / 2), Qt::LeftButton);
        QCOMPARE(control.currentIndex(), 1);
        QCOMPARE(changed.size(), 1);
    }
};

QTEST_MAIN(StyleTest)
#include "tst_style.moc"
