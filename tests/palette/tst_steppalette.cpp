#include "designer/palette/palettelist.h"
#include "designer/palette/steppalette.h"
#include "designer/style/applicationstyle.h"

#include <QDrag>
#include <QLineEdit>
#include <QMimeData>
#include <QSignalSpy>
#include <QTest>
#include <QTimer>

using namespace automation;
using namespace Qt::StringLiterals;

class StepPaletteTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { applyTheme(*qApp, Theme::light()); }

    void showsEveryStepTypeOfTheCatalogue()
    {
        StepPalette palette;
        QStringList all;
        for (const StepType &type : StepCatalog::builtIn().steps())
            all.append(type.name);
        QStringList shown = palette.visibleTypes();
        all.sort();
        shown.sort();
        QCOMPARE(shown, all);
    }

    void typingFiltersAndEnterChoosesTheBestRow()
    {
        StepPalette palette;
        show(palette);
        QTest::keyClicks(palette.searchField(), u"http"_s);
        QCOMPARE(palette.visibleTypes(), QStringList {u"HttpRequest"_s});
        QSignalSpy activated(&palette, &StepPalette::stepActivated);
        QTest::keyClick(palette.searchField(), Qt::Key_Return);
        QCOMPARE(activated.size(), 1);
        QCOMPARE(activated.first().first().toString(), u"HttpRequest"_s);
    }

    void arrowsWalkOverTheCaptions()
    {
        StepPalette palette;
        show(palette);
        const QStringList types = palette.visibleTypes();
        for (const QString &type : types) {
            QTest::keyClick(palette.searchField(), Qt::Key_Down);
            QCOMPARE(palette.currentType(), type);
        }
        QTest::keyClick(palette.searchField(), Qt::Key_Up);
        QCOMPARE(palette.currentType(), types.at(types.size() - 2));
    }

    void aSearchWithoutResultSaysSoAndEscapeClearsIt()
    {
        StepPalette palette;
        show(palette);
        QTest::keyClicks(palette.searchField(), u"zzz"_s);
        QVERIFY(palette.visibleTypes().isEmpty());
        QVERIFY(!palette.list()->isVisible());
        QTest::keyClick(palette.searchField(), Qt::Key_Escape);
        QVERIFY(palette.searchField()->text().isEmpty());
        QVERIFY(palette.list()->isVisible());
    }

    void enterWithoutASelectionChoosesNothing()
    {
        StepPalette palette;
        show(palette);
        QSignalSpy activated(&palette, &StepPalette::stepActivated);
        QTest::keyClick(palette.searchField(), Qt::Key_Return);
        QVERIFY(activated.isEmpty());
    }

    void draggingARowCarriesTheTypeName()
    {
        StepPalette palette;
        show(palette);
        QListView *list = palette.list();
        const QModelIndex row = indexOfType(list, u"SMS"_s);
        QVERIFY(row.isValid());
        QByteArray carried;
        bool hasPicture = false;
        QSignalSpy started(&palette, &StepPalette::dragStarted);
        connect(&palette, &StepPalette::dragStarted, this, [&] {
            const auto *drag = list->findChild<QDrag *>();
            QVERIFY(drag);
            carried = drag->mimeData()->data(StepPalette::stepTypeMimeType());
            hasPicture = !drag->pixmap().isNull();
            // Ends the drag that begins after this signal.
            QTimer::singleShot(0, [] { QDrag::cancel(); });
        });
        const QPoint start = list->visualRect(row).center();
        QTest::mousePress(list->viewport(), Qt::LeftButton, {}, start);
        const auto moveTo = [list](QPoint to) {
            QMouseEvent move(
                QEvent::MouseMove, to, list->viewport()->mapToGlobal(to), Qt::NoButton, Qt::LeftButton, {});
            QCoreApplication::sendEvent(list->viewport(), &move);
        };
        moveTo(start + QPoint(2, 2));
        moveTo(start + QPoint(40, 30));
        moveTo(start + QPoint(60, 40));
        QTest::mouseRelease(list->viewport(), Qt::LeftButton, {}, start + QPoint(60, 40));
        QCOMPARE(started.size(), 1);
        QCOMPARE(carried, QByteArray("SMS"));
        QVERIFY(hasPicture);
    }

    void doubleClickChoosesARow()
    {
        StepPalette palette;
        show(palette);
        QListView *list = palette.list();
        const QPoint place = list->visualRect(indexOfType(list, u"SMS"_s)).center();
        QSignalSpy activated(&palette, &StepPalette::stepActivated);
        QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, place);
        QTest::mouseDClick(list->viewport(), Qt::LeftButton, {}, place);
        QCOMPARE(activated.size(), 1);
        QCOMPARE(activated.first().first().toString(), u"SMS"_s);
    }

    void theSearchBeginsWherePeopleBeginToRead()
    {
        StepPalette palette;
        const auto *search = palette.findChild<QLineEdit *>();
        QVERIFY(search->alignment() & Qt::AlignLeft);
        palette.setLayoutDirection(Qt::RightToLeft);
        QVERIFY(search->alignment() & Qt::AlignRight);
        palette.setLayoutDirection(Qt::LeftToRight);
        QVERIFY(search->alignment() & Qt::AlignLeft);
    }

    void rowsHaveNamesForScreenReaders()
    {
        StepPalette palette;
        QVERIFY(!palette.searchField()->accessibleName().isEmpty());
        QVERIFY(!palette.list()->accessibleName().isEmpty());
        const QModelIndex row = indexOfType(palette.list(), u"SMS"_s);
        QCOMPARE(row.data(Qt::AccessibleTextRole).toString(), StepCatalog::builtIn().step(u"SMS")->label);
        QCOMPARE(row.data(Qt::ToolTipRole).toString(), StepCatalog::builtIn().step(u"SMS")->description);
    }

private:
    static void show(StepPalette &palette)
    {
        palette.resize(225, 700);
        palette.show();
        QVERIFY(QTest::qWaitForWindowExposed(&palette));
        palette.focusSearch();
    }

    static QModelIndex indexOfType(const QListView *list, const QString &type)
    {
        for (int row = 0; row < list->model()->rowCount(); ++row) {
            const QModelIndex index = list->model()->index(row, 0);
            if (index.data(PaletteList::TypeNameRole).toString() == type)
                return index;
        }
        return {};
    }
};

QTEST_MAIN(StepPaletteTest)
#include "tst_steppalette.moc"
