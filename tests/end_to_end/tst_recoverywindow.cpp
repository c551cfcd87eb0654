// The real window after a crash: killed while a person edits in it, started again, restored with real clicks.

#include "app/dialogs/recoverydialog.h"
#include "app/mainwindow.h"
#include "app/views/noticebar.h"
#include "designer/canvas/graphview.h"
#include "model/document/commands/typecommands.h"
#include "tests/document/documenttools.h"
#include "tests/end_to_end/killedprocess.h"
#include "tests/end_to_end/realinput.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QProgressBar>
#include <QPushButton>
#include <QRandomGenerator>
#include <QSettings>
#include <QTabBar>
#include <QTabWidget>
#include <QTemporaryDir>
#include <QTimer>

using namespace automation;

namespace {

constexpr int patience = 15'000; // for processes to start, on a busy machine
constexpr double allowedLoss = 1000; // ms

} // namespace

class RecoveryTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void windowKilled_data();
    void windowKilled();
    void discardAndKeep();
    void laterKeepsEverything();
    void closedProperlyLeavesNothing();
    void savedElsewhereMeanwhile();
    void deletedMeanwhile();
    void outcomeOfAnEditIsSaid();
    void modifiedTabHasAMark();
    void restoringIsCancelled();

private:
    void startWindow(const QString &file = {});
    void endWindow();
    void leaveUnsaved(const QString &file, const QString &name);
    WorkflowDocument *document() const { return m_window->currentTab()->document(); }
    RecoveryDialog *dialog() const { return m_window->findChild<RecoveryDialog *>(); }
    bool waitForDialog() const
    {
        return QTest::qWaitFor([this] { return dialog() && dialog()->isVisible(); }, patience)
            && QTest::qWaitForWindowActive(dialog(), patience);
    }
    QPushButton *button(const QWidget *parent, const QString &text) const;
    // A window that was just mapped may still be moved by the window manager: click when the pointer is really there.
    void click(const QPushButton *button)
    {
        for (int attempt = 0; attempt < 50; ++attempt) {
            RealInput::moveTo(RealInput::centerOf(button));
            if (QTest::qWaitFor([button] { return button->underMouse(); }, 300))
                break;
        }
        RealInput::click(RealInput::centerOf(button));
    }
    QStringList journals() const { return QDir(m_journals).entryList(QDir::Files); }
    bool rename(const QString &name)
    {
        return pushed(*document(),
            setRootValue(document()->definition(), pointer(u"/definition/name"), JsonValue(name), u"name"_qs));
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<QSettings> m_settings;
    std::unique_ptr<MainWindow> m_window;
    QString m_journals;
    QString m_file;
    QByteArray m_original;
};

void RecoveryTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    qputenv("XDG_DATA_HOME", m_folder->path().toUtf8());
    m_journals = m_folder->filePath(u"recovery"_qs);
    m_file = m_folder->filePath(u"appointment.json"_qs);
    m_original = fileContent(QStringLiteral(TEST_DATA_DIR "/end_to_end/appointment.json"));
    QVERIFY(writeFile(m_file, m_original));
}

void RecoveryTest::cleanup()
{
    m_window.reset();
    m_settings.reset();
    m_folder.reset();
}

void RecoveryTest::startWindow(const QString &file)
{
    m_settings = std::make_unique<QSettings>(m_folder->filePath(u"settings.ini"_qs), QSettings::IniFormat);
    m_window = std::make_unique<MainWindow>(m_settings.get(), QStringLiteral(PROGRAM_DIR "/automation-sandbox"));
    m_window->setThemeChoice(MainWindow::ThemeChoice::Light);
    m_window->resize(1600, 960);
    m_window->move(0, 0);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get(), patience));
    m_window->startRecovery(m_journals);
    if (!file.isEmpty()) {
        m_window->openFile(file);
        QTRY_VERIFY(m_window->currentTab());
    }
}

// Without the questions a person would get: what is not saved stays in the journals.
void RecoveryTest::endWindow()
{
    m_window.reset();
    m_settings.reset();
}

void RecoveryTest::leaveUnsaved(const QString &file, const QString &name)
{
    startWindow(file);
    QVERIFY(rename(name));
    endWindow();
    QCOMPARE(journals().size(), 1);
}

QPushButton *RecoveryTest::button(const QWidget *parent, const QString &text) const
{
    for (QPushButton *candidate : parent->findChildren<QPushButton *>()) {
        if (candidate->isVisible() && candidate->text() == text)
            return candidate;
    }
    return nullptr;
}

void RecoveryTest::windowKilled_data()
{
    QTest::addColumn<int>("wait");
    for (int i = 0; i < 6; ++i) {
        const int wait = QRandomGenerator::global()->bounded(500, 4000);
        QTest::addRow("%d: after %d ms", i, wait) << wait;
    }
}

void RecoveryTest::windowKilled()
{
    QFETCH(int, wait);
    KilledProcess subject(
        QStringLiteral(TEST_PROGRAM_DIR "/windowsubject"), {m_file, m_journals, m_folder->filePath(u"subject.ini"_qs)});
    subject.process().start();
    QTRY_VERIFY_WITH_TIMEOUT(!subject.changes().isEmpty(), patience);
    RealInput::click(QPoint(560, 600)); // into the drawing
    QTimer::singleShot(wait, &subject.process(), [&subject] { subject.kill(); });
    // A person at work: steps added by name, taken back, brought again.
    for (int i = 0; subject.process().state() == QProcess::Running; ++i) {
        RealInput::key(u"Tab"_qs);
        RealInput::type(i % 2 == 0 ? u"sms"_qs : u"wait"_qs);
        RealInput::key(u"Return"_qs);
        RealInput::key(u"ctrl+z"_qs);
        RealInput::key(u"ctrl+shift+z"_qs);
    }
    const qsizetype changes = subject.changes().size();
    QVERIFY2(wait < 2500 || changes > 3, qPrintable(QString::number(changes)));

    startWindow();
    QByteArray text = fileContent(m_file);
    QCOMPARE(text, m_original);
    if (changes > 1 && !journals().isEmpty()) {
        QVERIFY(waitForDialog());
        QTRY_VERIFY(button(dialog(), u"Restore all"_qs));
        click(button(dialog(), u"Restore all"_qs));
        QTRY_VERIFY(m_window->currentTab());
        QCOMPARE(document()->filePath(), m_file);
        QVERIFY(document()->isModified());
        text = document()->text();
        QTRY_VERIFY(!dialog());
        const int index = document()->undoStack()->index();
        document()->undoStack()->setIndex(0);
        QCOMPARE(document()->text(), m_original);
        QVERIFY(!document()->isModified());
        document()->undoStack()->setIndex(index);
        QCOMPARE(document()->text(), text);
    }
    const double lacking = subject.lackingMilliseconds(textHash(wholeState(text, {})));
    QVERIFY2(lacking >= 0 && lacking <= allowedLoss, qPrintable(u"%1 ms are lost"_qs.arg(lacking)));
    qInfo("%lld changes, %.1f ms lost", qlonglong(changes) - 1, lacking);
    QCOMPARE(fileContent(m_file), m_original); // nothing but saving writes it
}

void RecoveryTest::discardAndKeep()
{
    leaveUnsaved(m_file, u"Left"_qs);
    startWindow();
    QVERIFY(waitForDialog());
    QTRY_VERIFY(button(dialog(), u"Discard"_qs));
    click(button(dialog(), u"Discard"_qs));
    QTRY_VERIFY(button(dialog(), u"Keep"_qs));
    QVERIFY(!button(dialog(), u"Restore all"_qs)->isEnabled());
    QCOMPARE(journals().size(), 1); // until the program ends
    click(button(dialog(), u"Keep"_qs));
    QTRY_VERIFY(button(dialog(), u"Discard"_qs));
    click(button(dialog(), u"Discard"_qs));
    QTRY_VERIFY(button(dialog(), u"Keep"_qs));
    endWindow();
    QVERIFY(journals().isEmpty());
}

void RecoveryTest::laterKeepsEverything()
{
    leaveUnsaved(m_file, u"Left"_qs);
    startWindow(m_file); // the file as it is on the disk is open as well
    QVERIFY(waitForDialog());
    QTRY_VERIFY(button(dialog(), u"Later"_qs));
    click(button(dialog(), u"Later"_qs));
    QTRY_VERIFY(!dialog());
    auto *action = m_window->findChild<QAction *>(u"restoreAction"_qs);
    QVERIFY(action->isEnabled());
    endWindow();
    QCOMPARE(journals().size(), 1);
    startWindow(m_file);
    QVERIFY(waitForDialog());
    QTRY_VERIFY(button(dialog(), u"Restore"_qs));
    click(button(dialog(), u"Restore"_qs));
    QTRY_VERIFY(!dialog());
    QCOMPARE(m_window->findChildren<DocumentTab *>().size(), 1); // in place of the untouched one
    QCOMPARE(document()->definition().name(), u"Left"_qs);
    QVERIFY(!m_window->findChild<QAction *>(u"restoreAction"_qs)->isEnabled());
    QVERIFY(m_window->save());
    QTRY_VERIFY(!document()->isModified());
    endWindow();
    QVERIFY(journals().isEmpty());
}

void RecoveryTest::closedProperlyLeavesNothing()
{
    startWindow(m_file);
    QVERIFY(rename(u"Edited"_qs));
    QTRY_COMPARE(journals().size(), 1);
    QVERIFY(m_window->save());
    QVERIFY(m_window->closeTab(0));
    QTRY_VERIFY(journals().isEmpty());
}

void RecoveryTest::savedElsewhereMeanwhile()
{
    startWindow(m_file);
    QVERIFY(rename(u"Mine"_qs));
    const QByteArray mine = document()->text();
    const QByteArray theirs = QByteArray(m_original).replace("say_goodbye", "say_farewell");
    QVERIFY(theirs != m_original);
    QVERIFY(writeFile(m_file, theirs));
    auto *notice = m_window->currentTab()->findChild<NoticeBar *>();
    QTRY_VERIFY(notice->isVisible());
    QVERIFY(notice->text().contains(m_file));
    click(button(notice, u"Compare"_qs));
    QTRY_COMPARE(m_window->currentTab()->view(), DocumentTab::View::Diff);
    QVERIFY(notice->isVisible());
    click(button(notice, u"Reload"_qs));
    QTRY_COMPARE(document()->text(), theirs);
    QTRY_VERIFY(notice->isHidden());
    QVERIFY(!document()->isModified());
    RealInput::key(u"ctrl+z"_qs);
    QTRY_COMPARE(document()->text(), mine);
    QVERIFY(document()->isModified());

    // Again, and kept.
    QVERIFY(writeFile(m_file, m_original + '\n'));
    QTRY_VERIFY(notice->isVisible());
    click(button(notice, u"Keep mine"_qs));
    QTRY_VERIFY(notice->isHidden());
    QVERIFY(m_window->save());
    QTRY_COMPARE(fileContent(m_file), mine);
}

void RecoveryTest::deletedMeanwhile()
{
    startWindow(m_file);
    QVERIFY(QFile::remove(m_file));
    auto *notice = m_window->currentTab()->findChild<NoticeBar *>();
    QTRY_VERIFY(notice->isVisible());
    QVERIFY2(notice->text().contains(u"deleted"), qPrintable(notice->text()));
    QVERIFY(document()->isModified());
    click(button(notice, u"Save"_qs));
    QTRY_COMPARE(fileContent(m_file), m_original);
    QTRY_VERIFY(notice->isHidden());
    QVERIFY(!document()->isModified());
}

// What changing a step's type drops is said, and can be taken back there.
void RecoveryTest::outcomeOfAnEditIsSaid()
{
    startWindow(m_file);
    std::optional<DefinitionEdit> edit;
    for (const GraphNode &node : document()->graph().nodes()) {
        const Result<DefinitionEdit> change = node.isTrigger
            ? Result<DefinitionEdit>(DefinitionEdit())
            : changeStepType(document()->definition(), document()->graph(), node.key, stepType(u"Branch"));
        if (change && !change->notice.isEmpty())
            edit = *change;
    }
    QVERIFY(edit);
    QVERIFY(document()->push(*edit).isOk());
    const QList<NoticeBar *> bars = m_window->findChildren<NoticeBar *>();
    const auto shown = std::find_if(bars.begin(), bars.end(),
        [&edit](const NoticeBar *bar) { return bar->isVisible() && bar->text() == edit->notice; });
    QVERIFY(shown != bars.end());
    QTest::qWait(0);
    click(button(*shown, u"Undo"_qs));
    QTRY_COMPARE(document()->text(), m_original);
    QTRY_VERIFY((*shown)->isHidden());
}

void RecoveryTest::modifiedTabHasAMark()
{
    startWindow(m_file);
    auto *tabs = m_window->findChild<QTabBar *>(u"qt_tabwidget_tabbar"_qs);
    for (QTabBar *bar : m_window->findChildren<QTabBar *>()) {
        if (bar->count() == 1 && bar->tabText(0) == u"appointment.json")
            tabs = bar;
    }
    QVERIFY(tabs);
    QCOMPARE(tabs->accessibleTabName(0), u"appointment.json"_qs);
    const QImage unmarked = tabs->tabIcon(0).pixmap(16).toImage();
    QVERIFY(rename(u"Edited"_qs));
    QCOMPARE(tabs->accessibleTabName(0), u"appointment.json, modified"_qs);
    const QImage mark = tabs->tabIcon(0).pixmap(16).toImage();
    QVERIFY(mark != unmarked);
    QVERIFY(qAlpha(mark.pixel(mark.width() / 2, mark.height() / 2)) > 200); // a dot, filled
    QCOMPARE(qAlpha(mark.pixel(1, 1)), 0);
    document()->undoStack()->undo();
    QCOMPARE(tabs->accessibleTabName(0), u"appointment.json"_qs);
}

// A long history is restored beside the window, and may be given up on the way.
void RecoveryTest::restoringIsCancelled()
{
    {
        Result<std::unique_ptr<WorkflowDocument>> left = WorkflowDocument::open(m_file);
        QVERIFY(left.isOk());
        JournalWriter writer;
        RecoveryJournal journal(**left, writer, m_journals, {qint64(1) << 40, 1'000'000});
        for (int i = 0; i < 20'000; ++i)
            QVERIFY((*left)
                        ->push(*setRootValue((*left)->definition(), pointer(u"/definition/name"),
                            JsonValue(u"Name %1"_qs.arg(i)), u"name"_qs))
                        .isOk());
    }
    const QStringList before = journals();
    QCOMPARE(before.size(), 1);
    const QByteArray bytes = fileContent(QDir(m_journals).filePath(before.first()));
    startWindow();
    QVERIFY(waitForDialog());
    QTRY_VERIFY(button(dialog(), u"Restore"_qs));
    button(dialog(), u"Restore"_qs)->click();
    QVERIFY(dialog()->findChild<QProgressBar *>()); // at once: it goes on elsewhere
    QVERIFY(!m_window->currentTab());
    for (QPushButton *cancel : dialog()->findChildren<QPushButton *>()) {
        if (cancel->text() == RecoveryDialog::tr("Cancel"))
            cancel->click();
    }
    QTRY_VERIFY(button(dialog(), u"Restore"_qs));
    QVERIFY(!m_window->currentTab());
    QCOMPARE(fileContent(QDir(m_journals).filePath(before.first())), bytes);
    // And then all the same; the window lives on meanwhile.
    QElapsedTimer sinceTick;
    qint64 longest = 0;
    QTimer ticks;
    connect(&ticks, &QTimer::timeout, this, [&] { longest = qMax(longest, sinceTick.restart()); });
    sinceTick.start();
    ticks.start(1);
    button(dialog(), u"Restore"_qs)->click();
    QTRY_VERIFY_WITH_TIMEOUT(m_window->currentTab(), patience);
    ticks.stop();
    qInfo("20,000 edits restored; the window answered every %lld ms or sooner", longest);
    QCOMPARE(document()->undoStack()->count(), 20'000);
    QCOMPARE(document()->definition().name(), u"Name 19999"_qs);
    document()->undoStack()->setIndex(0);
    QCOMPARE(document()->text(), m_original);
}

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    QApplication::setApplicationName(u"tst_recoverywindow"_qs);
    RecoveryTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_recoverywindow.moc"
