// Find and replace over open workflows and files, with keys in the window.

#include "app/dialogs/findinworkflows.h"
#include "app/mainwindow.h"
#include "designer/inspector/wrappedtext.h"
#include "tests/document/documenttools.h"

#include <QApplication>
#include <QCheckBox>
#include <QDir>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QSettings>
#include <QTemporaryDir>
#include <QTreeView>

using namespace automation;

namespace {

constexpr int patience = 20'000; // milliseconds; sanitizers are slow

void press(Qt::Key key, Qt::KeyboardModifiers modifiers = {})
{
    QWidget *target = QApplication::focusWidget();
    QTest::keyClick(target ? target : QApplication::activeWindow(), key, modifiers);
}

void type(const QString &text)
{
    press(Qt::Key_A, Qt::ControlModifier);
    for (const QChar c : text)
        QTest::sendKeyEvent(QTest::Click, QApplication::focusWidget(), Qt::Key_unknown, QString(c), Qt::NoModifier);
}

} // namespace

class TestFindInWorkflows : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void replacesInAllOpenWorkflowsWithKeys();
    void untickedHitsStay();
    void folderIsReplacedExceptWhatChanged();
    void problemsThatWouldAriseAreShown();
    void documentEditedMeanwhileIsLeftAlone();
    void enterOnAHitGoesToItsField();
    void stopEndsALongSearch();
    void buttonsStayOnASmallScreen();

private:
    FindInWorkflows *dialog() const { return m_window->findChild<FindInWorkflows *>(); }
    template <typename T> T *part(const char *name) const { return dialog()->findChild<T *>(QLatin1StringView(name)); }
    QString status() const { return part<WrappedText>("findStatus")->text(); }
    QString rowText(const QModelIndex &index, int column) const
    {
        return index.siblingAtColumn(column).data().toString();
    }
    bool openDialog();
    bool find(const QString &text, const QString &replacement = {});
    bool settle();
    void pressReplace()
    {
        part<QPushButton>("replaceButton")->setFocus();
        press(Qt::Key_Space);
    }
    QString file(const char *name) const { return m_directory->filePath(QLatin1StringView(name)); }

    std::unique_ptr<QTemporaryDir> m_directory;
    std::unique_ptr<QSettings> m_settings;
    std::unique_ptr<MainWindow> m_window;
    QByteArray m_shop = dataText("order-shop.json");
};

void TestFindInWorkflows::init()
{
    m_directory = std::make_unique<QTemporaryDir>();
    qputenv("XDG_DATA_HOME", m_directory->filePath(u"data"_qs).toUtf8());
    m_settings = std::make_unique<QSettings>(file("settings.ini"), QSettings::IniFormat);
    m_window = std::make_unique<MainWindow>(m_settings.get(), QString());
    m_window->resize(1400, 900);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get(), patience));
    QVERIFY(QDir(m_directory->path()).mkpath(u"files"_qs));
}

void TestFindInWorkflows::cleanup()
{
    m_window.reset();
    m_settings.reset();
    m_directory.reset();
}

bool TestFindInWorkflows::openDialog()
{
    m_window->activateWindow();
    if (!QTest::qWaitForWindowActive(m_window.get()))
        return false;
    QTest::keyClick(m_window.get(), Qt::Key_F, Qt::ControlModifier | Qt::ShiftModifier);
    return QTest::qWaitFor([this] { return dialog() && dialog()->isActiveWindow(); });
}

bool TestFindInWorkflows::settle()
{
    return QTest::qWaitFor([this] { return !dialog()->isBusy(); }, patience);
}

// Text, Tab, Tab, replacement, Enter.
bool TestFindInWorkflows::find(const QString &text, const QString &replacement)
{
    part<QLineEdit>("findText")->setFocus();
    type(text);
    if (!replacement.isNull()) {
        press(Qt::Key_Tab);
        press(Qt::Key_Tab);
        if (QApplication::focusWidget() != part<QLineEdit>("findReplacement"))
            return false;
        type(replacement);
    }
    press(Qt::Key_Return);
    return settle();
}

void TestFindInWorkflows::replacesInAllOpenWorkflowsWithKeys()
{
    QVERIFY(writeFile(file("one.json"), m_shop));
    QVERIFY(writeFile(file("two.json"), m_shop));
    m_window->openFile(file("one.json"));
    QTRY_VERIFY(!m_window->isOpening());
    WorkflowDocument *one = m_window->currentTab()->document();
    m_window->openFile(file("two.json"));
    QTRY_VERIFY(!m_window->isOpening());
    WorkflowDocument *two = m_window->currentTab()->document();
    QVERIFY(openDialog());
    QVERIFY(find(u"order"_qs, u"ticket"_qs));
    QCOMPARE(status(), u"28 hit(s) in 2 workflow(s)."_qs);
    const SearchResults *results = dialog()->results();
    QCOMPARE(results->rowCount(), 2);
    const QModelIndex top = results->index(0, 0);
    QCOMPARE(rowText(top, SearchResults::WhereColumn), u"one.json"_qs);
    const QModelIndex id = results->index(2, 0, top);
    QCOMPARE(rowText(id, SearchResults::WhereColumn), u"order · id"_qs);
    QCOMPARE(rowText(id, SearchResults::KindColumn), u"Id"_qs);
    QCOMPARE(rowText(id, SearchResults::BeforeColumn), u"order"_qs);
    QCOMPARE(rowText(id, SearchResults::AfterColumn), u"ticket"_qs);
    QCOMPARE(one->undoStack()->count(), 0); // a look changes nothing

    auto *replace = part<QPushButton>("replaceButton");
    QCOMPARE(replace->text(), u"&Replace 28 hit(s)"_qs);
    pressReplace();
    QVERIFY(settle());
    QCOMPARE(status(), u"Replaced 28 hit(s) in 2 workflow(s)."_qs);
    for (WorkflowDocument *document : {one, two}) {
        QCOMPARE(document->undoStack()->count(), 1);
        QVERIFY(!document->text().contains("order"));
        QVERIFY(document->text().contains(R"("ticket": "{{data.payload.body == 'ticket'}}")"));
        document->undoStack()->undo();
        QCOMPARE(document->text(), m_shop);
    }
}

void TestFindInWorkflows::untickedHitsStay()
{
    QVERIFY(writeFile(file("one.json"), m_shop));
    m_window->openFile(file("one.json"));
    QTRY_VERIFY(!m_window->isOpening());
    QVERIFY(openDialog());
    for (const char *name : {"findIds", "findExpressions", "findValues"})
        part<QCheckBox>(name)->setChecked(false);
    QVERIFY(find(u"order"_qs, u"parcel"_qs));
    QCOMPARE(dialog()->results()->hitCount(), 3);
    auto *view = part<QTreeView>("findResults");
    view->setFocus();
    press(Qt::Key_Down); // from the workflow to its first hit, the name
    press(Qt::Key_Space);
    QCOMPARE(dialog()->results()->checkedCount(), 2);
    QVERIFY(settle());
    pressReplace();
    QVERIFY(settle());
    QCOMPARE(m_window->currentTab()->document()->text(),
        QByteArray(m_shop).replace("Your order", "Your parcel").replace("Reorder", "Reparcel"));
    m_window->currentTab()->document()->undoStack()->undo();
}

void TestFindInWorkflows::folderIsReplacedExceptWhatChanged()
{
    QVERIFY(writeFile(file("files/a.json"), m_shop));
    QVERIFY(writeFile(file("files/b.json"), m_shop));
    QVERIFY(writeFile(file("files/broken.json"), "{\"definition\":"));
    QVERIFY(writeFile(file("files/c.json"), m_shop));
    m_window->openFile(file("files/c.json"));
    QTRY_VERIFY(!m_window->isOpening());
    QVERIFY(openDialog());
    part<QLineEdit>("findFolder")->setFocus();
    type(file("files"));
    QVERIFY(part<QCheckBox>("findInFolder")->isChecked());
    QVERIFY(find(u"Order shop"_qs, u"Shop"_qs));
    QCOMPARE(status(), u"3 hit(s) in 3 workflow(s). 1 could not be searched."_qs);
    const SearchResults *results = dialog()->results();
    QCOMPARE(results->rowCount(), 4); // what is open is searched as it is open
    QModelIndex broken = results->index(3, 0);
    QCOMPARE(rowText(broken, 0), u"broken.json"_qs);
    QVERIFY(rowText(results->index(0, 0, broken), 0).contains(u"broken.json"_qs));
    // One file changes after the look.
    const QByteArray other = QByteArray(m_shop).replace("Reorder", "Again");
    QVERIFY(writeFile(file("files/b.json"), other));
    pressReplace();
    QVERIFY(settle());
    const QByteArray expected = QByteArray(m_shop).replace("Order shop", "Shop");
    QCOMPARE(fileContent(file("files/a.json")), expected);
    QCOMPARE(fileContent(file("files/b.json")), other);
    QCOMPARE(fileContent(file("files/c.json")), m_shop); // the document is changed, not its file
    QCOMPARE(m_window->currentTab()->document()->text(), expected);
    QCOMPARE(status(), u"Replaced 2 hit(s) in 2 workflow(s). 1 could not be changed, or not wholly."_qs);
    QCOMPARE(results->rowCount(), 1);
    QCOMPARE(rowText(results->index(0, 0), 0), u"b.json"_qs);
    QVERIFY(rowText(results->index(0, 0, results->index(0, 0)), 0).contains(u"was changed since it was searched"_qs));
    m_window->currentTab()->document()->undoStack()->undo();
}

void TestFindInWorkflows::problemsThatWouldAriseAreShown()
{
    QVERIFY(writeFile(file("one.json"), m_shop));
    m_window->openFile(file("one.json"));
    QTRY_VERIFY(!m_window->isOpening());
    QVERIFY(openDialog());
    QVERIFY(find(u"!= null"_qs, u"!= null)"_qs));
    const SearchResults *results = dialog()->results();
    const QModelIndex top = results->index(0, 0);
    QCOMPARE(results->rowCount(top), 2);
    const QString note = rowText(results->index(0, 0, top), SearchResults::WhereColumn);
    QVERIFY2(note.startsWith(u"Would be a problem: check"_qs), qPrintable(note));
    // Without a tick nothing would.
    auto *view = part<QTreeView>("findResults");
    view->setFocus();
    press(Qt::Key_Down);
    press(Qt::Key_Down);
    press(Qt::Key_Space);
    QVERIFY(settle());
    QCOMPARE(results->rowCount(top), 1);
    QVERIFY(!part<QPushButton>("replaceButton")->isEnabled());
    // A mistake in a regular expression is told, with its place.
    part<QCheckBox>("findRegular")->setChecked(true);
    QVERIFY(find(u"(a"_qs));
    QVERIFY(status().startsWith(u"The regular expression has a mistake at character "_qs));
}

void TestFindInWorkflows::documentEditedMeanwhileIsLeftAlone()
{
    QVERIFY(writeFile(file("one.json"), m_shop));
    m_window->openFile(file("one.json"));
    QTRY_VERIFY(!m_window->isOpening());
    WorkflowDocument *document = m_window->currentTab()->document();
    QVERIFY(openDialog());
    QVERIFY(find(u"order"_qs, u"ticket"_qs));
    QVERIFY(pushed(*document,
        setStepValue(
            document->definition(), document->graph(), u"say"_qs, pointer(u"/inputs/text"), JsonValue(u"Bye"_qs))));
    const QByteArray text = document->text();
    pressReplace();
    QVERIFY(settle());
    QCOMPARE(document->text(), text);
    QVERIFY(status().startsWith(u"Replaced 0 hit(s)"_qs));
    const SearchResults *results = dialog()->results();
    QVERIFY(rowText(results->index(0, 0, results->index(0, 0)), 0).contains(u"was changed"_qs));
    document->undoStack()->undo();
}

void TestFindInWorkflows::enterOnAHitGoesToItsField()
{
    QVERIFY(writeFile(file("files/a.json"), m_shop));
    QVERIFY(openDialog());
    part<QLineEdit>("findFolder")->setFocus();
    type(file("files"));
    QVERIFY(find(u"on its way"_qs));
    QCOMPARE(dialog()->results()->hitCount(), 1);
    QVERIFY(part<QTreeView>("findResults")->isColumnHidden(SearchResults::AfterColumn));
    part<QTreeView>("findResults")->setFocus();
    press(Qt::Key_Down);
    press(Qt::Key_Return);
    QTRY_VERIFY(m_window->currentTab());
    QCOMPARE(m_window->currentTab()->document()->filePath(), file("files/a.json"));
    QTRY_VERIFY(QApplication::focusWidget() && QApplication::focusWidget()->window() == m_window.get());
}

void TestFindInWorkflows::stopEndsALongSearch()
{
    for (int i = 0; i < 400; ++i)
        QVERIFY(writeFile(file("files/") + u"/%1.json"_qs.arg(i), m_shop));
    QVERIFY(openDialog());
    part<QLineEdit>("findFolder")->setFocus();
    type(file("files"));
    part<QLineEdit>("findText")->setFocus();
    type(u"order"_qs);
    press(Qt::Key_Return);
    QCOMPARE(part<QPushButton>("findButton")->text(), u"&Stop"_qs);
    press(Qt::Key_Return);
    QVERIFY(settle());
    QVERIFY2(status().contains(u"Not everything was searched."_qs), qPrintable(status()));
    QCOMPARE(part<QPushButton>("findButton")->text(), u"&Find all"_qs);
    press(Qt::Key_Return);
    QVERIFY(settle());
    QCOMPARE(status(), u"5600 hit(s) in 400 workflow(s)."_qs);
}

// 300 % of a usual one.
void TestFindInWorkflows::buttonsStayOnASmallScreen()
{
    QVERIFY(openDialog());
    dialog()->resize(490, 300);
    QTRY_COMPARE(dialog()->size(), QSize(490, 300));
    for (const char *name : {"findButton", "replaceButton"}) {
        auto *button = part<QPushButton>(name);
        QVERIFY(dialog()->rect().contains(QRect(button->mapTo(dialog(), QPoint()), button->size())));
        QVERIFY(button->height() >= button->sizeHint().height());
    }
    // All the rest can be reached with the keyboard, and is seen then.
    auto *area = dialog()->findChild<QScrollArea *>();
    auto *folder = part<QLineEdit>("findFolder");
    part<QLineEdit>("findText")->setFocus();
    for (int i = 0; i < 20 && !folder->hasFocus(); ++i)
        press(Qt::Key_Tab);
    QVERIFY(folder->hasFocus());
    QVERIFY(area->viewport()->rect().intersects(QRect(folder->mapTo(area->viewport(), QPoint()), folder->size())));
}

QTEST_MAIN(TestFindInWorkflows)
#include "tst_findinworkflows.moc"
