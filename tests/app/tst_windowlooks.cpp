#include "app/mainwindow.h"
#include "app/views/templatecard.h"
#include "app/views/welcomepage.h"
#include "designer/canvas/graphview.h"
#include "designer/style/applicationstyle.h"
#include "designer/style/wholetabs.h"

#include <QAction>
#include <QApplication>
#include <QDockWidget>
#include <QLineEdit>
#include <QPushButton>
#include <QSettings>
#include <QTabBar>
#include <QTemporaryDir>
#include <QTest>
#include <QToolBar>
#include <QToolButton>

using namespace automation;
using namespace Qt::StringLiterals;

// What a small or mirrored window looks like, as far as it can be told without eyes.
class TestWindowLooks : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void tabsOfPanelsAreWhole_data();
    void tabsOfPanelsAreWhole();
    void tabsKeepTheirPlacesWhenAnotherIsChosen();
    void buttonsOfTheToolBarStayInASmallWindow_data();
    void buttonsOfTheToolBarStayInASmallWindow();
    void wordsComeBackWithTheRoom();
    void cardsOfTheWelcomePageCanBeRead_data();
    void cardsOfTheWelcomePageCanBeRead();
    void whatIsTypedOverTheDrawingCanBeRead_data();
    void whatIsTypedOverTheDrawingCanBeRead();
    void mirroredWindowHasItsDocksMirrored();
    void savedDocksOfOneDirectionAreNotTakenForTheOther();

private:
    void show(const QSize &size, bool withDocument);
    QPoint inWindow(const QWidget *widget) const { return widget->mapTo(m_window.get(), QPoint()); }

    std::unique_ptr<QTemporaryDir> m_directory;
    std::unique_ptr<QSettings> m_settings;
    std::unique_ptr<MainWindow> m_window;
};

void TestWindowLooks::init()
{
    m_directory = std::make_unique<QTemporaryDir>();
    QVERIFY(m_directory->isValid());
    qputenv("XDG_DATA_HOME", m_directory->path().toUtf8());
    m_settings = std::make_unique<QSettings>(m_directory->filePath(u"settings.ini"_s), QSettings::IniFormat);
}

void TestWindowLooks::cleanup()
{
    m_window.reset();
    m_settings.reset();
    QApplication::setLayoutDirection(Qt::LeftToRight);
}

void TestWindowLooks::show(const QSize &size, bool withDocument)
{
    m_window = std::make_unique<MainWindow>(m_settings.get());
    m_window->setThemeChoice(MainWindow::ThemeChoice::Light);
    if (withDocument)
        m_window->newEmpty();
    m_window->resize(size);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
    QCoreApplication::processEvents();
}

void TestWindowLooks::tabsOfPanelsAreWhole_data()
{
    QTest::addColumn<QSize>("size");
    QTest::newRow("300 % of a usual screen") << QSize(640, 360);
    QTest::newRow("as small as it gets") << QSize(1, 1);
    QTest::newRow("usual") << QSize(1600, 1000);
}

void TestWindowLooks::tabsOfPanelsAreWhole()
{
    QFETCH(QSize, size);
    show(size, true);
    for (QDockWidget *dock : m_window->findChildren<QDockWidget *>())
        dock->show();
    m_window->currentTab()->graphView()->setSelection({DefinitionGraph::triggerKey()});
    QCoreApplication::processEvents();
    const QList<WholeTabs *> panels = m_window->findChildren<WholeTabs *>();
    int seen = 0;
    for (WholeTabs *tabs : panels) {
        if (!tabs->isVisible())
            continue;
        ++seen;
        QTabBar *bar = tabs->tabBar();
        for (int chosen = 0; chosen < bar->count(); ++chosen) {
            bar->setCurrentIndex(chosen);
            QCoreApplication::processEvents();
            QFont bold = bar->font();
            bold.setWeight(QFont::DemiBold);
            for (int i = 0; i < bar->count(); ++i) {
                const QRect tab = bar->tabRect(i);
                const QString what = u"%1 while %2 is chosen"_s.arg(bar->tabText(i), bar->tabText(chosen));
                QVERIFY2(bar->rect().contains(tab), qPrintable(what));
                QVERIFY2(m_window->rect().contains(QRect(inWindow(bar) + tab.topLeft(), tab.size())), qPrintable(what));
                const int text = QFontMetrics(i == chosen ? bold : bar->font()).horizontalAdvance(bar->tabText(i));
                QVERIFY2(tab.width() >= text + 20,
                    qPrintable(u"%1: %2 for %3"_s.arg(what).arg(tab.width()).arg(text))); // with the style's margins
            }
        }
    }
    QCOMPARE(seen, 3);
}

void TestWindowLooks::tabsKeepTheirPlacesWhenAnotherIsChosen()
{
    show({1600, 1000}, true);
    for (const WholeTabs *tabs : m_window->findChildren<WholeTabs *>()) {
        if (!tabs->isVisible())
            continue;
        QTabBar *bar = tabs->tabBar();
        QList<QList<QRect>> places;
        for (int chosen = 0; chosen < bar->count(); ++chosen) {
            bar->setCurrentIndex(chosen);
            QCoreApplication::processEvents();
            QList<QRect> now;
            for (int i = 0; i < bar->count(); ++i)
                now += bar->tabRect(i);
            places += now;
        }
        for (const QList<QRect> &now : std::as_const(places))
            for (int i = 0; i < bar->count(); ++i) // rounded here or there
                QVERIFY2(std::abs(now.at(i).left() - places.first().at(i).left()) <= 2, qPrintable(bar->tabText(i)));
    }
}

void TestWindowLooks::buttonsOfTheToolBarStayInASmallWindow_data()
{
    QTest::addColumn<int>("width");
    QTest::addColumn<bool>("mirrored");
    for (const int width : {1600, 960, 800, 640}) {
        QTest::addRow("%d", width) << width << false;
        QTest::addRow("%d mirrored", width) << width << true;
    }
}

void TestWindowLooks::buttonsOfTheToolBarStayInASmallWindow()
{
    QFETCH(int, width);
    QFETCH(bool, mirrored);
    QApplication::setLayoutDirection(mirrored ? Qt::RightToLeft : Qt::LeftToRight);
    show({width, 700}, true);
    for (const QString &name : {u"testRunButton"_s, u"publishButton"_s}) {
        const auto *button = m_window->findChild<QPushButton *>(name);
        QVERIFY2(button && button->isVisible(), qPrintable(name));
        QVERIFY2(m_window->rect().contains(QRect(inWindow(button), button->size())), qPrintable(name));
        QVERIFY2(button->width() >= button->sizeHint().width(), qPrintable(name));
    }
}

void TestWindowLooks::wordsComeBackWithTheRoom()
{
    show({640, 700}, true);
    const auto *bar = m_window->findChild<QToolBar *>();
    QAction *open = m_window->findChild<QAction *>(u"openAction"_s);
    const auto *button = qobject_cast<QToolButton *>(bar->widgetForAction(open));
    QVERIFY(button);
    QCOMPARE(button->toolButtonStyle(), Qt::ToolButtonIconOnly);
    m_window->resize(1600, 700);
    QTRY_COMPARE(button->toolButtonStyle(), Qt::ToolButtonTextBesideIcon);
}

void TestWindowLooks::cardsOfTheWelcomePageCanBeRead_data()
{
    QTest::addColumn<int>("width");
    QTest::addColumn<int>("columns");
    QTest::newRow("usual") << 1600 << 4;
    QTest::newRow("200 %") << 960 << 3;
    QTest::newRow("300 %") << 640 << 3;
}

void TestWindowLooks::cardsOfTheWelcomePageCanBeRead()
{
    QFETCH(int, width);
    QFETCH(int, columns);
    show({width, 700}, false);
    const auto *page = m_window->findChild<WelcomePage *>();
    const QList<TemplateCard *> cards = page->findChildren<TemplateCard *>();
    QVERIFY(cards.size() > 4);
    QSet<int> places;
    for (const TemplateCard *card : cards) {
        QVERIFY2(card->width() >= 160, qPrintable(card->text()));
        QVERIFY2(card->fontMetrics().horizontalAdvance(card->text()) < card->width(), qPrintable(card->text()));
        places += card->x();
    }
    QCOMPARE(places.size(), columns);
    QVERIFY(page->width() <= page->parentWidget()->width()); // nothing to scroll sideways
}

void TestWindowLooks::whatIsTypedOverTheDrawingCanBeRead_data()
{
    using Choice = MainWindow::ThemeChoice;
    QTest::addColumn<Choice>("before"); // while the window is made
    QTest::addColumn<Choice>("now");
    QTest::newRow("light") << Choice::Light << Choice::Light;
    QTest::newRow("dark") << Choice::Dark << Choice::Dark;
    QTest::newRow("light, then dark") << Choice::Light << Choice::Dark;
    QTest::newRow("dark, then light") << Choice::Dark << Choice::Light;
}

void TestWindowLooks::whatIsTypedOverTheDrawingCanBeRead()
{
    QFETCH(MainWindow::ThemeChoice, before);
    QFETCH(MainWindow::ThemeChoice, now);
    m_window = std::make_unique<MainWindow>(m_settings.get());
    m_window->setThemeChoice(before);
    m_window->resize(1600, 1000);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
    m_window->newEmpty();
    if (now != before)
        m_window->setThemeChoice(now);
    GraphView *canvas = m_window->currentTab()->graphView();
    QTRY_VERIFY(!canvas->isLayoutPending() && canvas->isVisible());
    canvas->addStepOfType(u"SMS"_s); // and selected
    const Theme &theme = currentTheme();
    // What adding, searching and renaming ask for.
    const QList<std::pair<Qt::Key, Qt::KeyboardModifiers>> gestures {
        {Qt::Key_Tab, Qt::NoModifier}, {Qt::Key_F, Qt::ControlModifier}, {Qt::Key_F2, Qt::NoModifier}};
    for (const auto &[key, modifiers] : gestures) {
        canvas->setFocus();
        QTest::keyClick(canvas->viewport(), key, modifiers);
        auto *field = qobject_cast<QLineEdit *>(QApplication::focusWidget());
        QVERIFY2(field, qPrintable(QKeySequence(key).toString()));
        field->setText(u"WWWWWW"_s);
        field->deselect();
        const QImage image = field->grab().toImage();
        const int back = qGray(image.pixel(6, image.height() / 2));
        int strongest = 0;
        for (int y = 4; y < image.height() - 4; ++y) { // within the frame
            for (int x = 10; x < 50; ++x)
                strongest = std::max(strongest, std::abs(qGray(image.pixel(x, y)) - back));
        }
        const int wanted = std::abs(qGray(theme.text.rgb()) - qGray(theme.field.rgb()));
        QVERIFY2(strongest > wanted * 8 / 10,
            qPrintable(u"%1: %2 of %3"_s.arg(field->objectName()).arg(strongest).arg(wanted)));
        QTest::keyClick(field, Qt::Key_Escape);
    }
}

void TestWindowLooks::mirroredWindowHasItsDocksMirrored()
{
    QApplication::setLayoutDirection(Qt::RightToLeft);
    show({1600, 1000}, true);
    const auto *steps = m_window->findChild<QDockWidget *>(u"stepsDock"_s);
    const auto *inspector = m_window->findChild<QDockWidget *>(u"inspectorDock"_s);
    QTRY_VERIFY(inWindow(steps).x() > m_window->centralWidget()->geometry().right());
    QVERIFY(inWindow(inspector).x() < m_window->centralWidget()->geometry().left());
}

void TestWindowLooks::savedDocksOfOneDirectionAreNotTakenForTheOther()
{
    show({1600, 1000}, true);
    QVERIFY(m_window->close());
    m_window.reset();
    QVERIFY(!m_settings->value(u"window/state"_s).toByteArray().isEmpty());
    mirroredWindowHasItsDocksMirrored();
}

QTEST_MAIN(TestWindowLooks)
#include "tst_windowlooks.moc"
