// A test run with the keyboard alone in the real window: another payload pasted, kept as a sample, chosen again.

#include "app/dialogs/samplesdialog.h"
#include "app/dialogs/testrundialog.h"
#include "app/documenttab.h"
#include "app/mainwindow.h"
#include "app/views/codeview.h"
#include "designer/canvas/graphview.h"
#include "tests/end_to_end/realinput.h"

#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QFile>
#include <QLineEdit>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QtTest>

using namespace automation;

namespace {

constexpr int patience = 20'000; // milliseconds

const QByteArray workflow = R"({"trigger": "inbound_sms", "definition": {"name": "Thanks", "steps": [
  {"id": "rest", "stepType": "Wait", "inputs": {"duration": "0.00:00:01"}}]}}
)";

} // namespace

class TestRunTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void enterStartsAnotherPayload_data();
    void enterStartsAnotherPayload();
    void aPayloadIsKeptAndChosenAgain();

private:
    void open();
    void replacePayload(const QString &text);
    void started(const QString &member, const QString &value);

    std::unique_ptr<QTemporaryDir> m_directory;
    std::unique_ptr<QSettings> m_settings;
    std::unique_ptr<MainWindow> m_window;
    TestRunDialog *m_dialog = nullptr;
};

// A function that tests call: whoever calls it looks whether the test goes on.
#define GO_ON(call)                                                                                                    \
    do {                                                                                                               \
        call;                                                                                                          \
        if (QTest::currentTestFailed())                                                                                \
            return;                                                                                                    \
    } while (false)

void TestRunTest::init()
{
    m_directory = std::make_unique<QTemporaryDir>();
    qputenv("XDG_DATA_HOME", m_directory->path().toUtf8());
    QFile file(m_directory->filePath(u"thanks.json"_qs));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(workflow) == workflow.size());
    file.close();
    m_settings = std::make_unique<QSettings>(m_directory->filePath(u"settings.ini"_qs), QSettings::IniFormat);
    m_window = std::make_unique<MainWindow>(m_settings.get(), QStringLiteral(PROGRAM_DIR "/automation-sandbox"));
    m_window->setThemeChoice(MainWindow::ThemeChoice::Light);
    m_window->resize(1600, 960);
    m_window->move(0, 0);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get(), patience));
    m_window->openFile(file.fileName());
    QTRY_VERIFY_WITH_TIMEOUT(m_window->currentTab(), patience);
    m_window->connectToSandbox();
    QTRY_COMPARE_WITH_TIMEOUT(m_window->session()->state(), AccountSession::State::Connected, patience);
    GO_ON(open());
}

void TestRunTest::cleanup()
{
    m_window.reset();
    m_settings.reset();
    m_directory.reset();
}

void TestRunTest::open()
{
    RealInput::key(u"ctrl+r"_qs);
    QTRY_VERIFY_WITH_TIMEOUT(qobject_cast<TestRunDialog *>(QApplication::activeWindow()), patience);
    m_dialog = static_cast<TestRunDialog *>(QApplication::activeWindow());
    QTRY_VERIFY_WITH_TIMEOUT(m_dialog->findChild<QComboBox *>(u"payloadSource"_qs)->hasFocus(), patience);
}

void TestRunTest::replacePayload(const QString &text)
{
    QApplication::clipboard()->setText(text);
    auto *code = m_dialog->findChild<CodeView *>(u"payload"_qs);
    RealInput::click(RealInput::centerOf(code));
    QTRY_VERIFY_WITH_TIMEOUT(code->hasFocus(), patience);
    RealInput::keys({u"ctrl+a"_qs, u"ctrl+v"_qs});
    QTRY_COMPARE_WITH_TIMEOUT(code->text(), text, patience);
}

// One instance, whose data is that payload.
void TestRunTest::started(const QString &member, const QString &value)
{
    AccountSession *session = m_window->session();
    QTRY_VERIFY_WITH_TIMEOUT(session->selectedInstance(), patience);
    QTRY_COMPARE_WITH_TIMEOUT(session->selectedInstance()->data.value(member).toString(), value, patience);
    QTRY_COMPARE_WITH_TIMEOUT(session->instances().size(), 1, patience); // the list comes when it is asked for again
}

void TestRunTest::enterStartsAnotherPayload_data()
{
    QTest::addColumn<bool>("isInText");
    QTest::newRow("Ctrl+Enter in the text") << true;
    QTest::newRow("Enter outside of it") << false;
}

void TestRunTest::enterStartsAnotherPayload()
{
    QFETCH(bool, isInText);
    GO_ON(replacePayload(u"{\"greeting\": \"hello\"}"_qs));
    auto *code = m_dialog->findChild<CodeView *>(u"payload"_qs);
    if (isInText) {
        RealInput::key(u"Return"_qs); // a new line
        QTRY_COMPARE_WITH_TIMEOUT(code->text(), u"{\"greeting\": \"hello\"}\n"_qs, patience);
        RealInput::key(u"ctrl+Return"_qs);
    } else {
        RealInput::key(u"Tab"_qs);
        QTRY_VERIFY_WITH_TIMEOUT(!code->hasFocus(), patience);
        RealInput::key(u"shift+Tab"_qs);
        QTRY_VERIFY_WITH_TIMEOUT(code->hasFocus(), patience);
        RealInput::keys({u"shift+Tab"_qs, u"shift+Tab"_qs});
        QTRY_VERIFY_WITH_TIMEOUT(m_dialog->findChild<QComboBox *>(u"payloadSource"_qs)->hasFocus(), patience);
        RealInput::key(u"Return"_qs);
    }
    GO_ON(started(u"greeting"_qs, u"hello"_qs));
}

void TestRunTest::aPayloadIsKeptAndChosenAgain()
{
    GO_ON(replacePayload(u"{\"greeting\": \"kept\"}"_qs));
    RealInput::key(u"alt+s"_qs);
    QTRY_VERIFY_WITH_TIMEOUT(qobject_cast<SamplesDialog *>(QApplication::activeWindow()), patience);
    auto *samples = static_cast<SamplesDialog *>(QApplication::activeWindow());
    QTRY_VERIFY_WITH_TIMEOUT(samples->findChild<QLineEdit *>(u"sampleName"_qs)->hasFocus(), patience);
    RealInput::overwrite(u"Mine"_qs, {u"ctrl+a"_qs}, {u"Return"_qs});
    auto *source = m_dialog->findChild<QComboBox *>(u"payloadSource"_qs);
    QTRY_COMPARE_WITH_TIMEOUT(source->currentText(), u"saved “Mine”"_qs, patience);
    RealInput::key(u"Escape"_qs);
    QTRY_VERIFY_WITH_TIMEOUT(QApplication::activeWindow() == m_dialog, patience);
    RealInput::key(u"Escape"_qs);
    QTRY_VERIFY_WITH_TIMEOUT(m_window->isActiveWindow(), patience);

    GO_ON(open());
    source = m_dialog->findChild<QComboBox *>(u"payloadSource"_qs);
    QTRY_COMPARE_WITH_TIMEOUT(source->itemText(source->count() - 1), u"saved “Mine”"_qs, patience);
    QVERIFY(source->currentText() != u"saved “Mine”"_qs);
    RealInput::key(u"End"_qs);
    QTRY_COMPARE_WITH_TIMEOUT(source->currentText(), u"saved “Mine”"_qs, patience);
    RealInput::key(u"Return"_qs);
    GO_ON(started(u"greeting"_qs, u"kept"_qs));
}

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    QApplication::setApplicationName(u"tst_testrun"_qs);
    TestRunTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_testrun.moc"
