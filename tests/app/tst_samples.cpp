// A person's own samples, with the keys a person presses in the window and a real sandbox for the instance.

#include "app/dialogs/samplesdialog.h"
#include "app/mainwindow.h"
#include "app/settings/samplestore.h"
#include "app/views/codeview.h"
#include "designer/canvas/graphview.h"
#include "designer/inspector/inspector.h"
#include "designer/inspector/wrappedtext.h"
#include "model/api/blocking.h"
#include "model/json/jsonreader.h"
#include "model/json/jsonwriter.h"

#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QDir>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QMessageBox>
#include <QProcess>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QTabWidget>
#include <QTemporaryDir>
#include <QToolButton>
#include <QtTest>

using namespace automation;

namespace {

constexpr int patience = 20'000; // milliseconds; sanitizers are slow

const QByteArray workflow = R"({
  "trigger": "inbound_sms",
  "subAccountId": "shop_sms",
  "status": "disabled",
  "definition": {
    "name": "Thanks",
    "steps": [
      {
        "id": "tell",
        "stepType": "SMS",
        "inputs": { "subAccountId": "shop_sms", "destination": "{{data.payload.source}}", "text": "Thanks" },
        "outputs": { "told": "{{step.umid}}" }
      }
    ]
  }
}
)";

void press(Qt::Key key, Qt::KeyboardModifiers modifiers = {})
{
    QTest::keyClick(QApplication::focusWidget(), key, modifiers);
}

void type(const QString &text)
{
    QTest::keyClicks(QApplication::focusWidget(), text);
}

} // namespace

class TestSamples : public QObject
{
    Q_OBJECT
private slots:
    void init();
    void cleanup();
    void aSampleOfOnesOwnIsTypedNamedAndShown();
    void badJsonIsRefusedAndNothingIsLost();
    void renamingAndDeletingAndBack();
    void unsavedOnesAreAskedAbout();
    void samplesOfOtherTriggersAreNotOffered();
    void whatAnotherWindowSavedIsThere();
    void theContextOfAnInstance();

private:
    SamplesDialog *dialog() const { return m_window->findChild<SamplesDialog *>(); }
    bool openDialog();
    bool closeDialog();
    template <typename T> T *in(const QString &name) const { return dialog()->findChild<T *>(name); }
    QString status() const { return in<WrappedText>(u"sampleStatus"_qs)->text(); }
    QStringList listed() const;
    QStringList files() const { return folder().entryList(QDir::Files); }
    QDir folder() const
    {
        return QDir(QStandardPaths::writableLocation(QStandardPaths::AppDataLocation) + u"/samples"_qs);
    }
    bool saveNew(const QString &name, const QByteArray &data);
    QString liveLine() const;
    QStringList offered() const;

    std::unique_ptr<QTemporaryDir> m_directory;
    std::unique_ptr<QSettings> m_settings;
    std::unique_ptr<MainWindow> m_window;
    std::unique_ptr<QProcess> m_sandbox;
    QString m_path;
};

void TestSamples::init()
{
    m_directory = std::make_unique<QTemporaryDir>();
    qputenv("XDG_DATA_HOME", m_directory->path().toUtf8());
    QCoreApplication::setApplicationName(u"designer-test"_qs);
    m_path = m_directory->filePath(u"thanks.json"_qs);
    QFile file(m_path);
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(workflow) == workflow.size());
    file.close();
    m_settings = std::make_unique<QSettings>(m_directory->filePath(u"settings.ini"_qs), QSettings::IniFormat);
    m_window = std::make_unique<MainWindow>(m_settings.get(), QStringLiteral(PROGRAM_DIR "/automation-sandbox"));
    m_window->resize(1400, 900);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get(), patience));
    m_window->openFile(m_path);
    QTRY_VERIFY_WITH_TIMEOUT(m_window->currentTab(), patience);
    m_window->currentTab()->graphView()->setSelection({u"tell"_qs});
    QTRY_VERIFY_WITH_TIMEOUT(liveLine().startsWith(u"= \""), patience);
}

void TestSamples::cleanup()
{
    // Whatever was done to samples, the workflow is as it was.
    QFile file(m_path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), workflow);
    QVERIFY(m_window->currentTab()->document()->text() == workflow);
    m_window.reset();
    if (m_sandbox) {
        m_sandbox->terminate();
        QVERIFY(m_sandbox->waitForFinished(patience));
        m_sandbox.reset();
    }
    QVERIFY(TaskScope::drainAll());
    m_settings.reset();
    m_directory.reset();
}

// From the line below a field, as a person does: a click on the sample's name, and the last entry.
bool TestSamples::openDialog()
{
    m_window->activateWindow();
    auto *line = m_window->findChild<Inspector *>()->findChild<WrappedText *>(u"live_destination"_qs);
    QTest::mouseClick(line, Qt::LeftButton, {}, line->linkRect().center());
    if (!QTest::qWaitFor([] { return qobject_cast<QMenu *>(QApplication::activePopupWidget()) != nullptr; }))
        return false;
    auto *menu = static_cast<QMenu *>(QApplication::activePopupWidget());
    QAction *edit = menu->actions().last();
    QTest::mouseClick(menu, Qt::LeftButton, {}, menu->actionGeometry(edit).center());
    return QTest::qWaitFor([this] { return dialog() && dialog()->isActiveWindow(); });
}

bool TestSamples::closeDialog()
{
    in<QPushButton>(u"closeSamples"_qs)->click();
    return QTest::qWaitFor([this] { return !dialog(); });
}

QStringList TestSamples::listed() const
{
    QStringList names;
    const auto *list = in<QListWidget>(u"sampleList"_qs);
    for (int row = 0; row < list->count(); ++row)
        names += list->item(row)->text();
    return names;
}

bool TestSamples::saveNew(const QString &name, const QByteArray &data)
{
    in<QPushButton>(u"newSample"_qs)->click();
    if (QApplication::focusWidget() != in<QLineEdit>(u"sampleName"_qs))
        return false;
    type(name); // over what was suggested
    QApplication::clipboard()->setText(QString::fromUtf8(data));
    in<CodeView>(u"sampleData"_qs)->setFocus();
    press(Qt::Key_A, Qt::ControlModifier);
    press(Qt::Key_V, Qt::ControlModifier);
    in<QPushButton>(u"saveSample"_qs)->click();
    return QTest::qWaitFor([&] { return status() == u"Saved “%1”."_qs.arg(name); }, patience);
}

QString TestSamples::liveLine() const
{
    QString text;
    for (const auto *line : m_window->findChild<Inspector *>()->findChildren<WrappedText *>(u"live_destination"_qs)) {
        if (line->isVisible())
            text = line->text();
    }
    return text;
}

QStringList TestSamples::offered() const
{
    auto *inspector = m_window->findChild<Inspector *>();
    inspector->tabs()->setCurrentIndex(1);
    const auto *sources = inspector->findChild<QComboBox *>(u"dataSource"_qs);
    QStringList names;
    for (int row = 0; row < sources->count(); ++row) {
        if (!sources->itemText(row).isEmpty()) // a line between kinds
            names += sources->itemText(row);
    }
    inspector->tabs()->setCurrentIndex(0);
    return names;
}

void TestSamples::aSampleOfOnesOwnIsTypedNamedAndShown()
{
    const QString before = liveLine();
    QVERIFY(before.contains(u" · sample: "));
    QVERIFY(openDialog());
    QCOMPARE(listed(), QStringList());
    QVERIFY(saveNew(u"Mei"_qs, R"({"payload": {"source": "+6590000001", "body": "hi"}})"));
    QCOMPARE(listed(), QStringList {u"Mei"_qs});
    QCOMPARE(files(), QStringList {u"mei.json"_qs});
    QVERIFY(closeDialog());
    // It was made to be looked at.
    QTRY_COMPARE_WITH_TIMEOUT(liveLine(), u"= \"+6590000001\" · sample: saved “Mei”"_qs, patience);
    // The Data tab shows the same one.
    QVERIFY(offered().contains(u"saved “Mei”"_qs));
    const auto *sources = m_window->findChild<Inspector *>()->findChild<QComboBox *>(u"dataSource"_qs);
    QCOMPARE(sources->currentText(), u"saved “Mei”"_qs);
    // The tool beside it leads to the dialog as well.
    m_window->findChild<Inspector *>()->tabs()->setCurrentIndex(1);
    QTest::mouseClick(m_window->findChild<QToolButton *>(u"editSamples"_qs), Qt::LeftButton);
    QTRY_VERIFY(dialog() && dialog()->isActiveWindow());
    QTRY_COMPARE(listed(), QStringList {u"Mei"_qs});
    QVERIFY(closeDialog());
}

void TestSamples::badJsonIsRefusedAndNothingIsLost()
{
    QVERIFY(openDialog());
    QVERIFY(saveNew(u"Mei"_qs, R"({"payload": {"source": "+6590000001"}})"));
    auto *code = in<CodeView>(u"sampleData"_qs);
    const QString bad = u"{\n  \"payload\": {\n    \"source\": +65\n  }\n}"_qs;
    QApplication::clipboard()->setText(bad);
    code->setFocus();
    press(Qt::Key_A, Qt::ControlModifier);
    press(Qt::Key_V, Qt::ControlModifier);
    QVERIFY2(in<WrappedText>(u"sampleProblem"_qs)->text().startsWith(u"Line 3, column 15"),
        qPrintable(in<WrappedText>(u"sampleProblem"_qs)->text()));
    const auto stored = [this] {
        QFile file(folder().filePath(u"mei.json"_qs));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    };
    const QByteArray before = stored();
    in<QPushButton>(u"saveSample"_qs)->setFocus();
    press(Qt::Key_Space);
    QVERIFY(status().startsWith(u"Not saved"));
    // The cursor is where it is wrong.
    QCOMPARE(QApplication::focusWidget(), code);
    int line = 0;
    int column = 0;
    code->getCursorPosition(&line, &column);
    QCOMPARE(line, 2);
    QCOMPARE(column, 14);
    QCOMPARE(stored(), before);
    QCOMPARE(code->text(), bad);
    // Also after a look at another one.
    in<QPushButton>(u"newSample"_qs)->click();
    QVERIFY(code->text() != bad);
    in<QListWidget>(u"sampleList"_qs)->setCurrentRow(0);
    QCOMPARE(code->text(), bad);
    QCOMPARE(listed().first(), u"Mei – not saved"_qs);
    // Mended, it is saved.
    code->setFocus();
    code->setCursorPosition(2, 14);
    type(u"\""_qs);
    code->setCursorPosition(2, 18);
    type(u"\""_qs);
    in<QPushButton>(u"saveSample"_qs)->click();
    QTRY_VERIFY_WITH_TIMEOUT(stored().contains("\"+65\""), patience);
    QTRY_COMPARE(listed().first(), u"Mei"_qs);
    in<QListWidget>(u"sampleList"_qs)->setCurrentRow(1); // the new one is given up
    in<QPushButton>(u"removeSample"_qs)->click();
    QVERIFY(closeDialog());
    QTRY_COMPARE_WITH_TIMEOUT(liveLine(), u"= \"+65\" · sample: saved “Mei”"_qs, patience);
}

void TestSamples::renamingAndDeletingAndBack()
{
    QVERIFY(openDialog());
    QVERIFY(saveNew(u"Mei"_qs, R"({"payload": {"source": "+1"}})"));
    QVERIFY(saveNew(u"Tom"_qs, R"({"payload": {"source": "+2"}})"));
    auto *name = in<QLineEdit>(u"sampleName"_qs);
    name->setFocus();
    name->selectAll();
    type(u"mei"_qs);
    press(Qt::Key_Return);
    QCOMPARE(status(), u"There is another sample with this name."_qs);
    name->selectAll();
    type(u"Anna"_qs);
    press(Qt::Key_Return);
    QTRY_COMPARE_WITH_TIMEOUT(listed(), QStringList({u"Anna"_qs, u"Mei"_qs}), patience);
    // Who had chosen it still has.
    QTRY_COMPARE_WITH_TIMEOUT(liveLine(), u"= \"+2\" · sample: saved “Anna”"_qs, patience);
    QCOMPARE(in<QListWidget>(u"sampleList"_qs)->currentRow(), 0);

    in<QPushButton>(u"removeSample"_qs)->click();
    QTRY_COMPARE_WITH_TIMEOUT(listed(), QStringList {u"Mei"_qs}, patience);
    QTRY_COMPARE(files().size(), 1);
    QTRY_VERIFY_WITH_TIMEOUT(!liveLine().contains(u"saved"), patience); // no sample is shown that is not there
    QVERIFY(in<QPushButton>(u"undoRemoving"_qs)->isVisible());
    in<QPushButton>(u"undoRemoving"_qs)->click();
    QTRY_COMPARE_WITH_TIMEOUT(listed(), QStringList({u"Anna"_qs, u"Mei"_qs}), patience);
    QTRY_COMPARE_WITH_TIMEOUT(liveLine(), u"= \"+2\" · sample: saved “Anna”"_qs, patience);
    QVERIFY(closeDialog());
}

void TestSamples::unsavedOnesAreAskedAbout()
{
    QVERIFY(openDialog());
    QVERIFY(saveNew(u"Mei"_qs, "{}"));
    in<QLineEdit>(u"sampleName"_qs)->setFocus();
    press(Qt::Key_End);
    type(u"!"_qs);
    press(Qt::Key_Escape);
    QTRY_VERIFY(qobject_cast<QMessageBox *>(QApplication::activeModalWidget()));
    QTest::keyClick(QApplication::activeModalWidget(), Qt::Key_Escape);
    QTRY_VERIFY(!qobject_cast<QMessageBox *>(QApplication::activeModalWidget()));
    QVERIFY(dialog());
    QCOMPARE(in<QLineEdit>(u"sampleName"_qs)->text(), u"Mei!"_qs);
    dialog()->reject();
    QTRY_VERIFY(qobject_cast<QMessageBox *>(QApplication::activeModalWidget()));
    auto *box = static_cast<QMessageBox *>(QApplication::activeModalWidget());
    for (QAbstractButton *button : box->buttons()) {
        if (box->buttonRole(button) == QMessageBox::DestructiveRole)
            button->click();
    }
    QTRY_VERIFY(!dialog());
    QCOMPARE(readSampleFolder(folder().path()).samples.first().name, u"Mei"_qs);
}

void TestSamples::samplesOfOtherTriggersAreNotOffered()
{
    QVERIFY(saveSample(folder().path(), {QString(), u"Chat"_qs, u"inbound_chat_apps"_qs, false, JsonValue::object()}));
    QVERIFY(saveSample(folder().path(), {QString(), u"Text"_qs, u"inbound_sms"_qs, false, JsonValue::object()}));
    QVERIFY(openDialog());
    QTRY_COMPARE_WITH_TIMEOUT(listed(), QStringList {u"Text"_qs}, patience);
    QVERIFY(closeDialog());
    QVERIFY(offered().contains(u"saved “Text”"_qs));
    QVERIFY(!offered().join(u' ').contains(u"Chat"));
}

void TestSamples::whatAnotherWindowSavedIsThere()
{
    QVERIFY(folder().mkpath(u"."_qs));
    QFile file(folder().filePath(u"torn.json"_qs));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write("{") == 1);
    file.close();
    QVERIFY(saveSample(folder().path(), {QString(), u"Other"_qs, u"inbound_sms"_qs, false, JsonValue::object()}));
    QVERIFY(openDialog());
    QTRY_COMPARE_WITH_TIMEOUT(listed(), QStringList {u"Other"_qs}, patience);
    QVERIFY(in<WrappedText>(u"damagedSamples"_qs)->isVisible());
    QVERIFY(in<WrappedText>(u"damagedSamples"_qs)->text().contains(u"torn.json"));
    QVERIFY(closeDialog());
}

void TestSamples::theContextOfAnInstance()
{
    m_sandbox = std::make_unique<QProcess>();
    m_sandbox->start(QStringLiteral(PROGRAM_DIR "/automation-sandbox"),
        {u"--port"_qs, u"0"_qs, u"--memory"_qs, u"--clock"_qs, u"virtual"_qs, u"--key"_qs, u"test-key"_qs});
    QTRY_VERIFY_WITH_TIMEOUT(m_sandbox->canReadLine(), patience);
    const Result<JsonValue> ready = readJson(m_sandbox->readLine());
    QVERIFY(ready);
    AccountSession *session = m_window->session();
    session->connectTo(
        {u"Sandbox"_qs, QUrl((*ready)[u"url"].toString()), (*ready)[u"account"].toString()}, u"test-key"_qs, true);
    QTRY_VERIFY_WITH_TIMEOUT(session->state() == AccountSession::State::Connected, patience);
    QSignalSpy started(session, &AccountSession::instanceStarted);
    m_window->activateWindow();
    QTest::keyClick(m_window.get(), Qt::Key_R, Qt::ControlModifier);
    QTRY_VERIFY(QApplication::activeModalWidget());
    auto *payload = QApplication::activeModalWidget()->findChild<CodeView *>();
    payload->showText(R"({"namespace": "SMS", "payload": {"source": "+6590000009", "body": "hello"}})");
    for (QPushButton *button : QApplication::activeModalWidget()->findChildren<QPushButton *>()) {
        if (button->property("primary").toBool())
            button->click();
    }
    QTRY_COMPARE_WITH_TIMEOUT(started.size(), 1, patience);
    const QString id = started.first().at(1).toString();
    QTRY_VERIFY_WITH_TIMEOUT(
        session->selectedInstance() && session->selectedInstance()->data[u"told"].isString(), patience);
    const QString told = session->selectedInstance()->data[u"told"].toString();

    // It is offered beside the examples, and not shown before it is chosen.
    m_window->currentTab()->setView(DocumentTab::View::Design);
    QVERIFY(!liveLine().contains(u"instance"));
    QTRY_VERIFY_WITH_TIMEOUT(offered().contains(u"instance "_qs + id), patience);
    auto *sources = m_window->findChild<Inspector *>()->findChild<QComboBox *>(u"dataSource"_qs);
    const int row = sources->findText(u"instance "_qs + id);
    sources->setCurrentIndex(row);
    Q_EMIT sources->activated(row);
    QTRY_COMPARE_WITH_TIMEOUT(liveLine(), u"= \"+6590000009\" · sample: instance "_qs + id, patience);

    // Kept as a sample it outlives the connection, with its variables.
    m_window->currentTab()->setView(DocumentTab::View::Runs);
    m_window->findChild<QPushButton *>(u"saveInstanceSample"_qs)->click();
    QTRY_VERIFY(dialog() && dialog()->isActiveWindow());
    QCOMPARE(in<QLineEdit>(u"sampleName"_qs)->text(), u"Instance "_qs + id);
    QCOMPARE(in<QComboBox>(u"sampleHolds"_qs)->currentIndex(), 1);
    type(u"Real"_qs);
    press(Qt::Key_Return);
    QTRY_COMPARE_WITH_TIMEOUT(listed(), QStringList {u"Real"_qs}, patience);
    QVERIFY(closeDialog());
    const SavedSamples saved = readSampleFolder(folder().path());
    QCOMPARE(saved.samples.size(), 1);
    QVERIFY(saved.samples.first().isContext);
    QCOMPARE(saved.samples.first().data[u"told"].toString(), told);
    session->disconnectFromService();
    m_window->currentTab()->setView(DocumentTab::View::Design);
    QTRY_COMPARE_WITH_TIMEOUT(liveLine(), u"= \"+6590000009\" · sample: saved “Real”"_qs, patience);
    QVERIFY(!offered().join(u' ').contains(u"instance "));
}

QTEST_MAIN(TestSamples)
#include "tst_samples.moc"
