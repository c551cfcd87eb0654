// The main job in the real window: real pointer, real keys, the real sandbox as a process of its own.

#include "app/mainwindow.h"
#include "app/panels/errorspanel.h"
#include "app/panels/instancespanel.h"
#include "app/panels/messagespanel.h"
#include "app/panels/problemspanel.h"
#include "app/views/noticebar.h"
#include "designer/canvas/graphview.h"
#include "designer/inspector/inspector.h"
#include "designer/palette/steppalette.h"
#include "tests/end_to_end/realinput.h"

#include <QApplication>
#include <QComboBox>
#include <QDialog>
#include <QDir>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QMessageBox>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSettings>
#include <QTabBar>
#include <QTabWidget>
#include <QTemporaryDir>
#include <QTreeView>
#include <QtTest>
#include <signal.h>

using namespace automation;

namespace {

constexpr int patience = 15'000; // for processes to start, on a busy machine
constexpr int promised = 1'500; // what the person sees within a second, and half of one for the test's own look

QByteArray readFile(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

template <typename T> T *shownChild(const QWidget *parent, const QString &name = {})
{
    for (T *child : parent->findChildren<T *>(name)) {
        if (child->isVisible())
            return child;
    }
    return nullptr;
}

} // namespace

class WindowTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void stepDraggedOntoTheFirstConnection();
    void instanceFollowedOnTheDrawing();
    void instancesSuspendedResumedTerminated();
    void sandboxKilled();
    void filesThatCannotBeOpened_data();
    void filesThatCannotBeOpened();
    void fileThatCannotBeWritten();
    void mistakesInAFileAreListed();
    void wrongKey();
    void refusedConnection();

private:
    GraphView *canvas() const { return m_window->currentTab()->graphView(); }
    WorkflowDocument *document() const { return m_window->currentTab()->document(); }
    QPoint onScreen(const QPointF &scene) const
    {
        return RealInput::at(canvas()->viewport(), canvas()->transform().toView(scene).toPoint());
    }
    QPoint paletteRow(const QString &label) const;
    QString notice() const { return m_window->findChild<NoticeBar *>()->text(); }
    void openAppointment();
    void connectToSandbox();
    void publishAndRun();
    void showPanel(QWidget *panel);
    void clickRow(QWidget *panel, int row);

    std::unique_ptr<QTemporaryDir> m_directory;
    std::unique_ptr<QSettings> m_settings;
    std::unique_ptr<MainWindow> m_window;
    QString m_file;
};

void WindowTest::init()
{
    m_directory = std::make_unique<QTemporaryDir>();
    qputenv("XDG_DATA_HOME", m_directory->path().toUtf8());
    m_settings = std::make_unique<QSettings>(m_directory->filePath(u"settings.ini"_qs), QSettings::IniFormat);
    m_window = std::make_unique<MainWindow>(m_settings.get(), QStringLiteral(PROGRAM_DIR "/automation-sandbox"));
    m_window->setThemeChoice(MainWindow::ThemeChoice::Light);
    m_window->resize(1600, 960);
    m_window->move(0, 0);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get(), patience));
    m_file = m_directory->filePath(u"appointment.json"_qs);
    QVERIFY(QFile::copy(QStringLiteral(TEST_DATA_DIR "/end_to_end/appointment.json"), m_file));
}

void WindowTest::cleanup()
{
    m_window.reset();
    m_settings.reset();
    m_directory.reset();
}

void WindowTest::openAppointment()
{
    m_window->openFile(m_file);
    QTRY_VERIFY(m_window->currentTab());
    QTRY_VERIFY(canvas()->scene() && !canvas()->isLayoutPending());
    QCOMPARE(document()->graph().stepCount(), 8);
    QCOMPARE(document()->graph().connections().size(), 8);
}

QPoint WindowTest::paletteRow(const QString &label) const
{
    const QListView *list = m_window->findChild<StepPalette *>()->list();
    for (int row = 0; row < list->model()->rowCount(); ++row) {
        const QModelIndex index = list->model()->index(row, 0);
        if (index.data().toString() == label)
            return RealInput::at(list->viewport(), list->visualRect(index).center());
    }
    return {};
}

void WindowTest::connectToSandbox()
{
    m_window->connectToSandbox();
    QTRY_COMPARE_WITH_TIMEOUT(m_window->session()->state(), AccountSession::State::Connected, patience);
}

void WindowTest::showPanel(QWidget *panel)
{
    for (QTabWidget *tabs : m_window->findChildren<QTabWidget *>()) {
        const int index = tabs->indexOf(panel);
        if (index >= 0)
            RealInput::click(RealInput::at(tabs->tabBar(), tabs->tabBar()->tabRect(index).center()));
    }
    QTRY_VERIFY(panel->isVisible());
}

void WindowTest::clickRow(QWidget *panel, int row)
{
    auto *table = panel->findChild<QTreeView *>();
    const QRect place = table->visualRect(table->model()->index(row, 1));
    RealInput::click(RealInput::at(table->viewport(), QPoint(place.left() + 40, place.center().y())));
}

// Test run (Ctrl+R) publishes first and starts one instance with the example payload.
void WindowTest::publishAndRun()
{
    RealInput::key(u"ctrl+r"_qs);
    QTRY_VERIFY(QApplication::activeModalWidget());
    auto *dialog = qobject_cast<QDialog *>(QApplication::activeModalWidget());
    QVERIFY(dialog);
    QPushButton *start = nullptr;
    for (QPushButton *button : dialog->findChildren<QPushButton *>()) {
        if (button->isDefault())
            start = button;
    }
    QVERIFY(start);
    QTRY_VERIFY(start->isEnabled());
    RealInput::click(RealInput::centerOf(start));
    QTRY_COMPARE_WITH_TIMEOUT(m_window->session()->instances().size(), 1, patience);
}

void WindowTest::stepDraggedOntoTheFirstConnection()
{
    openAppointment();
    const QByteArray original = readFile(m_file);
    QCOMPARE(document()->text(), original);

    // The SMS row of the palette, onto the line between trigger and first step.
    const SceneEdge &first = canvas()->scene()->edges().first();
    QCOMPARE(first.from, 0);
    RealInput::drag(paletteRow(u"SMS"_qs), onScreen((first.points.first() + first.points.last()) / 2));
    QTRY_COMPARE(document()->graph().stepCount(), 9);
    const GraphNode sms = document()->graph().nodes().at(1);
    QCOMPARE(sms.typeName, u"SMS"_qs);
    QCOMPARE(document()->graph().connections().first().to, 1);

    // Its text, typed in the inspector.
    QTRY_COMPARE(canvas()->selection(), QStringList {sms.key});
    auto *inspector = m_window->findChild<Inspector *>();
    QTRY_VERIFY(shownChild<QWidget>(inspector, u"editor_text"_qs));
    QWidget *text = shownChild<QWidget>(inspector, u"editor_text"_qs);
    RealInput::click(RealInput::at(text, QPoint(30, 12)));
    QTRY_VERIFY(text->hasFocus() || text->isAncestorOf(QApplication::focusWidget()));
    RealInput::type(u"Hello there"_qs);
    const JsonPointer place = sms.pointer / QLatin1StringView("inputs") / QLatin1StringView("text");
    QTRY_VERIFY(place.resolve(document()->definition().root()));
    QTRY_COMPARE(place.resolve(document()->definition().root())->toString(), u"Hello there"_qs);

    // Back to the start, and forth again.
    RealInput::click(onScreen(canvas()->scene()->bounds().topLeft() - QPointF(20, 0)));
    for (int i = 0; i < 10 && document()->undoStack()->canUndo(); ++i)
        RealInput::key(u"ctrl+z"_qs);
    QTRY_COMPARE(document()->text(), original);
    QVERIFY(!document()->isModified());
    for (int i = 0; i < 10 && document()->undoStack()->canRedo(); ++i)
        RealInput::key(u"ctrl+shift+z"_qs);
    QTRY_COMPARE(place.resolve(document()->definition().root())->toString(), u"Hello there"_qs);
    RealInput::key(u"ctrl+s"_qs);
    QTRY_VERIFY(!document()->isModified());

    // Only lines of the new step came; none went.
    const QByteArray saved = readFile(m_file);
    const QList<QByteArray> before = original.split('\n');
    const QList<QByteArray> after = saved.split('\n');
    qsizetype next = 0;
    QByteArray added;
    for (const QByteArray &line : after) {
        if (next < before.size() && line == before.at(next))
            ++next;
        else
            added += line + '\n';
    }
    QCOMPARE(next, before.size());
    QVERIFY2(
        added.contains("\"Hello there\"") && added.contains("\"nextStepId\": \"ask_for_answer\""), added.constData());
    QCOMPARE(added.count("\"stepType\""), 1);
}

void WindowTest::instanceFollowedOnTheDrawing()
{
    openAppointment();
    connectToSandbox();
    publishAndRun();

    // It stops at its wait, on the drawing and in the row, by itself.
    AccountSession *session = m_window->session();
    QTRY_COMPARE_WITH_TIMEOUT(session->currentStep(session->instances().first().id), u"wait_for_answer"_qs, patience);
    QCOMPARE(m_window->currentTab()->view(), DocumentTab::View::Runs);
    QTRY_COMPARE_WITH_TIMEOUT(
        canvas()->runOverlay().nodes.value(u"wait_for_answer"_qs).state, NodeRun::State::Waiting, promised);

    // A reply, written in the Messages panel as the customer.
    auto *messages = m_window->findChild<MessagesPanel *>();
    showPanel(messages);
    QLineEdit *from = nullptr;
    QLineEdit *text = nullptr;
    for (QLineEdit *edit : messages->findChildren<QLineEdit *>())
        (edit->accessibleName() == u"From" ? from : text) = edit;
    QVERIFY(from && text);
    const JsonValue data = session->instances().first().data;
    RealInput::click(RealInput::centerOf(from));
    RealInput::key(u"ctrl+a"_qs);
    RealInput::type(
        data[QLatin1StringView("payload")][QLatin1StringView("user")][QLatin1StringView("msisdn")].toString());
    RealInput::click(RealInput::centerOf(text));
    RealInput::type(u"confirm please"_qs);
    RealInput::key(u"Return"_qs);

    // Down the right branch to the server that is not there.
    QTRY_COMPARE_WITH_TIMEOUT(session->instances().first().status, WorkflowInstance::Status::Terminated, patience);
    QTRY_COMPARE_WITH_TIMEOUT(
        canvas()->runOverlay().nodes.value(u"tell_the_clinic"_qs).state, NodeRun::State::Failed, promised);
    // Errors and log come with answers of their own.
    QTRY_COMPARE_WITH_TIMEOUT(canvas()->runOverlay().nodes.value(u"thank"_qs).state, NodeRun::State::Done, promised);
    QVERIFY(canvas()->runOverlay().taken.contains({u"look_at_answer"_qs, u"thank"_qs}));
    QVERIFY(!canvas()->runOverlay().nodes.contains(u"offer_times"_qs));
    auto *instances = m_window->findChild<InstancesPanel *>();
    const QAbstractItemModel *rows = instances->findChild<QTreeView *>()->model();
    QTRY_COMPARE_WITH_TIMEOUT(
        rows->index(0, InstancesModel::StatusColumn).data().toString(), u"Terminated"_qs, promised);

    // The Errors panel has step and cause; a click on the row selects the step.
    auto *errors = m_window->findChild<ErrorsPanel *>();
    QTRY_COMPARE_WITH_TIMEOUT(errors->count(), 1, promised);
    canvas()->setSelection({});
    showPanel(errors);
    const QAbstractItemModel *errorRows = errors->findChild<QTreeView *>()->model();
    QCOMPARE(errorRows->index(0, ErrorsModel::StepColumn).data().toString(), u"tell_the_clinic"_qs);
    const QString cause = errorRows->index(0, ErrorsModel::MessageColumn).data().toString();
    QVERIFY2(cause.contains(u"127.0.0.1:9"), qPrintable(cause));
    clickRow(errors, 0);
    QTRY_COMPARE(canvas()->selection(), QStringList {u"tell_the_clinic"_qs});
}

void WindowTest::instancesSuspendedResumedTerminated()
{
    openAppointment();
    connectToSandbox();
    publishAndRun();
    AccountSession *session = m_window->session();
    QTRY_COMPARE_WITH_TIMEOUT(session->currentStep(session->instances().first().id), u"wait_for_answer"_qs, patience);
    const auto button = [this](const QString &text) {
        QPushButton *found = nullptr;
        for (QPushButton *candidate : m_window->findChildren<QPushButton *>()) {
            if (candidate->isVisible() && candidate->text() == text)
                found = candidate;
        }
        return found;
    };
    const auto status = [session] { return session->instances().first().status; };

    QTRY_VERIFY(button(u"Suspend"_qs));
    RealInput::click(RealInput::centerOf(button(u"Suspend"_qs)));
    QTRY_COMPARE_WITH_TIMEOUT(status(), WorkflowInstance::Status::Suspended, promised);
    RealInput::click(RealInput::centerOf(button(u"Resume"_qs)));
    QTRY_COMPARE_WITH_TIMEOUT(status(), WorkflowInstance::Status::Runnable, promised);
    RealInput::click(RealInput::centerOf(button(u"Terminate"_qs)));
    QTRY_VERIFY(QApplication::activeModalWidget());
    auto *box = qobject_cast<QMessageBox *>(QApplication::activeModalWidget());
    QVERIFY(box && box->informativeText().contains(session->instances().first().id));
    for (QAbstractButton *choice : box->buttons()) {
        if (box->buttonRole(choice) == QMessageBox::DestructiveRole)
            RealInput::click(RealInput::centerOf(choice));
    }
    QTRY_COMPARE_WITH_TIMEOUT(status(), WorkflowInstance::Status::Terminated, promised);

    // What the service refuses is shown in its words.
    QTRY_VERIFY(!QApplication::activeModalWidget());
    RealInput::click(RealInput::centerOf(button(u"Resume"_qs)));
    QTRY_VERIFY_WITH_TIMEOUT(notice().contains(u"Cannot resume a workflow in status Terminated"), patience);
}

void WindowTest::sandboxKilled()
{
    openAppointment();
    connectToSandbox();
    publishAndRun();
    AccountSession *session = m_window->session();
    QTRY_COMPARE_WITH_TIMEOUT(session->currentStep(session->instances().first().id), u"wait_for_answer"_qs, patience);
    const QString definition = session->definitions().first().id;
    const QString instance = session->instances().first().id;
    const QByteArray text = document()->text();
    canvas()->setSelection({u"thank"_qs});
    const int undoIndex = document()->undoStack()->index();

    QCOMPARE(::kill(static_cast<pid_t>(m_window->sandbox()->processId()), SIGKILL), 0);
    QTRY_VERIFY_WITH_TIMEOUT(notice().contains(u"lost"), patience);
    QCOMPARE(document()->text(), text);
    QCOMPARE(canvas()->selection(), QStringList {u"thank"_qs});
    QCOMPARE(document()->undoStack()->index(), undoIndex);

    auto *action = m_window->findChild<NoticeBar *>()->findChild<QPushButton *>(u"noticeAction"_qs);
    QCOMPARE(action->text(), u"Start again"_qs);
    RealInput::click(RealInput::centerOf(action));
    QTRY_COMPARE_WITH_TIMEOUT(session->state(), AccountSession::State::Connected, patience);
    QTRY_COMPARE_WITH_TIMEOUT(session->definitions().value(0).id, definition, patience);
    QTRY_COMPARE_WITH_TIMEOUT(session->instances().value(0).id, instance, patience);
    QTRY_COMPARE_WITH_TIMEOUT(session->currentStep(instance), u"wait_for_answer"_qs, patience);
    QCOMPARE(document()->text(), text);
    QCOMPARE(canvas()->selection(), QStringList {u"thank"_qs});
}

void WindowTest::filesThatCannotBeOpened_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QString>("cause");
    const QByteArray whole = readFile(QStringLiteral(TEST_DATA_DIR "/end_to_end/appointment.json"));
    QTest::newRow("truncated") << whole.left(700) << u"ends too early"_qs;
    QTest::newRow("no definition") << QByteArray("{\"hello\": 1}") << u"definition"_qs;
    QTest::newRow("missing") << QByteArray() << u"bad.json"_qs;
}

void WindowTest::filesThatCannotBeOpened()
{
    QFETCH(QByteArray, content);
    QFETCH(QString, cause);
    openAppointment();
    const QString path = m_directory->filePath(u"bad.json"_qs);
    if (!content.isEmpty()) {
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(content);
    }
    m_window->openFile(path);
    QTRY_VERIFY(!m_window->isOpening());
    QVERIFY2(notice().contains(u"bad.json") && notice().contains(cause), qPrintable(notice()));
    QCOMPARE(document()->filePath(), m_file);
}

void WindowTest::fileThatCannotBeWritten()
{
    openAppointment();
    canvas()->addStepOfType(u"Wait"_qs);
    QVERIFY(document()->isModified());
    const QByteArray text = document()->text();
    const QByteArray before = readFile(m_file);
    // Removing the folder is something root cannot write through either.
    QVERIFY(document()->saveAs(m_directory->filePath(u"missing/folder.json"_qs)).error().message.contains(u"missing"));
    QVERIFY(document()->isModified());
    QCOMPARE(document()->text(), text);
    QCOMPARE(readFile(m_file), before);

    // In the window: the folder is gone, so Ctrl+S says so and the document stays as it is.
    const QString folder = m_directory->filePath(u"removed"_qs);
    QVERIFY(QDir().mkdir(folder));
    QVERIFY(document()->saveAs(folder + u"/appointment.json"_qs).isOk());
    canvas()->addStepOfType(u"Wait"_qs);
    QVERIFY(QDir(folder).removeRecursively());
    canvas()->setFocus();
    RealInput::key(u"ctrl+s"_qs);
    QTRY_VERIFY_WITH_TIMEOUT(notice().contains(u"removed/appointment.json"), patience);
    QVERIFY(document()->isModified());
}

void WindowTest::mistakesInAFileAreListed()
{
    // A second step of the same id, and an outcome that leads nowhere.
    QByteArray text = readFile(m_file);
    text.replace("\"id\": \"say_goodbye\"", "\"id\": \"thank\"");
    const QString path = m_directory->filePath(u"mistakes.json"_qs);
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(text);
    file.close();
    m_window->openFile(path);
    QTRY_VERIFY(m_window->currentTab());
    QTRY_VERIFY(canvas()->scene() && !canvas()->isLayoutPending());
    QCOMPARE(canvas()->scene()->nodes().size(), 9);
    auto *problems = m_window->findChild<ProblemsPanel *>();
    const QAbstractItemModel *rows = problems->findChild<QTreeView *>()->model();
    QMap<QString, QString> steps; // by rule
    for (int row = 0; row < rows->rowCount(); ++row)
        steps.insert(rows->index(row, ProblemsModel::RuleColumn).data().toString(),
            rows->index(row, ProblemsModel::StepColumn).data().toString());
    QCOMPARE(steps.value(u"duplicate-id"_qs), u"thank"_qs);
    QCOMPARE(steps.value(u"dangling-target"_qs), u"wait_for_answer"_qs);
    QCOMPARE(document()->text(), text);
}

void WindowTest::wrongKey()
{
    openAppointment();
    connectToSandbox();
    const ApiAccount account = m_window->session()->account();
    m_window->session()->connectTo(account, u"not-the-key"_qs, false);
    QTRY_COMPARE_WITH_TIMEOUT(m_window->session()->state(), AccountSession::State::Refused, patience);
    QVERIFY2(notice().contains(account.hostName()) && notice().contains(u"key"), qPrintable(notice()));
    QVERIFY(!notice().contains(u"not-the-key"));
    QCOMPARE(document()->filePath(), m_file);
    QVERIFY(!document()->isModified());
}

void WindowTest::refusedConnection()
{
    openAppointment();
    m_window->session()->connectTo(
        {u"Nobody there"_qs, QUrl(u"http://127.0.0.1:9"_qs), u"acme"_qs}, u"secret-key"_qs, false);
    QTRY_COMPARE_WITH_TIMEOUT(m_window->session()->state(), AccountSession::State::Lost, patience);
    QVERIFY2(notice().contains(u"127.0.0.1:9") && notice().contains(u"Nobody there"), qPrintable(notice()));
    QVERIFY(!notice().contains(u"secret-key"));
}

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    QApplication::setApplicationName(u"tst_window"_qs);
    WindowTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_window.moc"
