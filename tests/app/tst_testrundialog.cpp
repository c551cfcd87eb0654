// The dialog that asks for the payload of a test run: its keys, and where payloads come from and go to.

#include "app/dialogs/samplesdialog.h"
#include "app/dialogs/testrundialog.h"
#include "app/settings/samplestore.h"
#include "app/views/codeview.h"
#include "designer/drawing/theme.h"
#include "model/json/jsonreader.h"
#include "tests/document/documenttools.h"

#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QLineEdit>
#include <QPointer>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>

using namespace automation;

namespace {

constexpr int patience = 20'000; // milliseconds; sanitizers are slow

const QByteArray workflow = R"({"trigger": "inbound_sms", "subAccountId": "shop_sms",
  "definition": {"name": "Thanks", "steps": []}})";

} // namespace

class TestTestRunDialog : public QObject
{
    Q_OBJECT
private slots:
    void init();
    void cleanup();
    void enterStarts_data();
    void enterStarts();
    void theKeyboardLeavesTheText();
    void nothingStartsWithAWrongPayload();
    void savedSamplesAreOffered();
    void aPayloadIsSaved();
    void aPayloadOfItsOwnIsNoExample();

private:
    bool open();
    void replacePayload(const QString &text);
    QStringList offered() const;
    int starts() const { return int(m_accepted->size()); }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<SampleStore> m_store;
    std::unique_ptr<WorkflowDocument> m_document;
    std::unique_ptr<QWidget> m_window;
    QPointer<TestRunDialog> m_dialog;
    QComboBox *m_source = nullptr;
    CodeView *m_code = nullptr;
    QPushButton *m_start = nullptr;
    std::unique_ptr<QSignalSpy> m_accepted;
};

void TestTestRunDialog::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_store = std::make_unique<SampleStore>(m_folder->path());
    m_document = documentOf(workflow);
    QVERIFY(m_document);
    m_window = std::make_unique<QWidget>();
    m_window->show();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
}

void TestTestRunDialog::cleanup()
{
    m_accepted.reset();
    m_window.reset();
    m_document.reset();
    m_store.reset();
    m_folder.reset();
}

bool TestTestRunDialog::open()
{
    m_dialog = new TestRunDialog(*m_document, {}, m_store.get(), Theme::light(), m_window.get());
    m_source = m_dialog->findChild<QComboBox *>(u"payloadSource"_qs);
    m_code = m_dialog->findChild<CodeView *>(u"payload"_qs);
    m_start = m_dialog->findChild<QPushButton *>(u"startInstance"_qs);
    m_accepted = std::make_unique<QSignalSpy>(m_dialog, &QDialog::accepted);
    m_dialog->open();
    QSignalSpy read(m_store.get(), &SampleStore::changed);
    return QTest::qWaitForWindowActive(m_dialog) && read.wait(patience);
}

// As a person does: all of it chosen, another pasted.
void TestTestRunDialog::replacePayload(const QString &text)
{
    QApplication::clipboard()->setText(text);
    m_code->setFocus();
    QTest::keyClick(m_code, Qt::Key_A, Qt::ControlModifier);
    QTest::keyClick(m_code, Qt::Key_V, Qt::ControlModifier);
    QCOMPARE(m_code->text(), text);
}

QStringList TestTestRunDialog::offered() const
{
    QStringList labels;
    for (int row = 0; row < m_source->count(); ++row)
        labels += m_source->itemText(row);
    return labels;
}

void TestTestRunDialog::enterStarts_data()
{
    QTest::addColumn<bool>("isReplaced");
    QTest::addColumn<bool>("isInText");
    QTest::newRow("at once") << false << false;
    QTest::newRow("with another payload") << true << false;
    QTest::newRow("from within the payload") << true << true;
}

void TestTestRunDialog::enterStarts()
{
    QFETCH(bool, isReplaced);
    QFETCH(bool, isInText);
    QVERIFY(open());
    QVERIFY(m_source->hasFocus());
    QVERIFY(m_start->isDefault());
    if (isReplaced)
        replacePayload(u"{\"a\": 1}"_qs);
    if (isInText) {
        // There it is a new line.
        QTest::keyClick(m_code, Qt::Key_Return);
        QCOMPARE(starts(), 0);
        QCOMPARE(m_code->text(), u"{\"a\": 1}\n"_qs);
        QTest::keyClick(m_code, Qt::Key_Return, Qt::ControlModifier);
    } else {
        m_source->setFocus();
        QTest::keyClick(m_source, Qt::Key_Return);
    }
    QCOMPARE(starts(), 1);
    if (isReplaced)
        QCOMPARE(m_dialog->payload(), *readJson(R"({"a": 1})"));
    else
        QCOMPARE(m_dialog->payload()[u"payload"][u"subAccountId"].toString(), u"shop_sms"_qs);
}

void TestTestRunDialog::theKeyboardLeavesTheText()
{
    QVERIFY(open());
    m_code->setFocus();
    const QString text = m_code->text();
    QTest::keyClick(m_code, Qt::Key_Tab);
    QVERIFY(qobject_cast<QPushButton *>(QApplication::focusWidget()));
    for (int i = 0; i < 2 && !m_code->hasFocus(); ++i) // the order of the buttons hangs on the platform
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Backtab, Qt::ShiftModifier);
    QVERIFY(m_code->hasFocus());
    QCOMPARE(m_code->text(), text);
    QTest::keyClick(m_code, Qt::Key_Escape);
    QVERIFY(!m_dialog->isVisible());
    QCOMPARE(starts(), 0);
}

void TestTestRunDialog::nothingStartsWithAWrongPayload()
{
    QVERIFY(open());
    replacePayload(u"{\"a\": }"_qs);
    QVERIFY(!m_start->isEnabled());
    QVERIFY(!m_dialog->findChild<QPushButton *>(u"saveAsSample"_qs)->isEnabled());
    QTest::keyClick(m_code, Qt::Key_Return, Qt::ControlModifier);
    m_source->setFocus();
    QTest::keyClick(m_source, Qt::Key_Return);
    QCOMPARE(starts(), 0);
    QVERIFY(m_dialog->isVisible());
    replacePayload(u"{\"a\": 2}"_qs);
    QTest::keyClick(m_code, Qt::Key_Return, Qt::ControlModifier);
    QCOMPARE(starts(), 1);
    QCOMPARE(m_dialog->payload(), *readJson(R"({"a": 2})"));
}

void TestTestRunDialog::savedSamplesAreOffered()
{
    const JsonValue mei = *readJson(R"({"payload": {"source": "+65"}})");
    const QString path = m_folder->path();
    QVERIFY(saveSample(path, {QString(), u"Mei"_qs, u"inbound_sms"_qs, false, mei}));
    QVERIFY(saveSample(path, {QString(), u"Ran"_qs, u"inbound_sms"_qs, true, *readJson(R"({"told": 1})")}));
    QVERIFY(saveSample(path, {QString(), u"Chat"_qs, u"inbound_chat_apps"_qs, false, JsonValue::object()}));
    QVERIFY(open());
    const qsizetype examples = m_document->catalog().trigger(u"inbound_sms")->payloads.size();
    QCOMPARE(offered().mid(examples), QStringList({QString(), u"saved “Mei”"_qs, u"saved “Ran”, a whole context"_qs}));
    QCOMPARE(m_source->currentIndex(), 0);
    // With the keys.
    m_source->setFocus();
    QTest::keyClick(m_source, Qt::Key_End);
    QTest::keyClick(m_source, Qt::Key_Up);
    QCOMPARE(m_source->currentText(), u"saved “Mei”"_qs);
    QTest::keyClick(m_source, Qt::Key_Return);
    QCOMPARE(starts(), 1);
    QCOMPARE(m_dialog->payload(), mei);
}

void TestTestRunDialog::aPayloadIsSaved()
{
    QVERIFY(open());
    const QStringList before = offered();
    replacePayload(u"{\"payload\": {\"source\": \"+1\"}}"_qs);
    m_dialog->findChild<QPushButton *>(u"saveAsSample"_qs)->click();
    auto *samples = m_dialog->findChild<SamplesDialog *>();
    QVERIFY(samples && QTest::qWaitForWindowActive(samples));
    QTest::keyClicks(samples->findChild<QLineEdit *>(u"sampleName"_qs), u"Tom"_qs);
    QTest::keyClick(samples->findChild<QLineEdit *>(u"sampleName"_qs), Qt::Key_Return);
    QTRY_COMPARE_WITH_TIMEOUT(offered(), before + QStringList({QString(), u"saved “Tom”"_qs}), patience);
    QCOMPARE(m_source->currentText(), u"saved “Tom”"_qs);
    QCOMPARE(m_code->text(), u"{\"payload\": {\"source\": \"+1\"}}"_qs); // as it was typed
    const SavedSamples saved = readSampleFolder(m_folder->path());
    QCOMPARE(saved.samples.size(), 1);
    QCOMPARE(saved.samples.first().trigger, u"inbound_sms"_qs);
    QCOMPARE(saved.samples.first().data, *readJson(R"({"payload": {"source": "+1"}})"));
    // Deleted there, it is no source any more; the text stays.
    samples->findChild<QPushButton *>(u"removeSample"_qs)->click();
    QTRY_COMPARE_WITH_TIMEOUT(offered(), before, patience);
    QCOMPARE(m_source->currentIndex(), -1);
    QCOMPARE(m_code->text(), u"{\"payload\": {\"source\": \"+1\"}}"_qs);
}

void TestTestRunDialog::aPayloadOfItsOwnIsNoExample()
{
    QVERIFY(open());
    m_dialog->setPayload(*readJson(R"({"b": 1})"));
    QCOMPARE(m_source->currentIndex(), -1);
    m_dialog->offerFirst(u"The template’s"_qs, *readJson(R"({"c": 1})"));
    QCOMPARE(m_source->currentText(), u"The template’s"_qs);
    QTest::keyClick(m_source, Qt::Key_Return);
    QCOMPARE(m_dialog->payload(), *readJson(R"({"c": 1})"));
}

QTEST_MAIN(TestTestRunDialog)
#include "tst_testrundialog.moc"
