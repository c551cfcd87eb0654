// Values that no form was made for: they are named instead of shown, kept as they are, and cost no wait.

#include "designer/inspector/inspector.h"
#include "designer/inspector/problemlabel.h"
#include "designer/inspector/rowgrip.h"
#include "designer/inspector/wrappedtext.h"
#include "designer/style/applicationstyle.h"
#include "model/document/commands/stepcommands.h"

#include <QApplication>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QTabWidget>
#include <QTest>

using namespace automation;
using namespace Qt::StringLiterals;

namespace {

QByteArray withStep(const QByteArray &members)
{
    return R"({ "trigger": "inbound_sms", "definition": { "name": "n", "steps": [
  { "id": "a", )"
        + members + " }\n] } }\n";
}

QByteArray sms(const QByteArray &text)
{
    return withStep(R"("stepType": "SMS", "inputs": { "subAccountId": "s", "destination": "+6591234567", "text": ")"
        + text + "\" }");
}

} // namespace

class LargeValuesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { applyTheme(*qApp, Theme::light()); }
    void cleanup();

    void aTextThatIsTooLongIsKeptAndNamed();
    void aFieldComesBackWithAValueItCanShow();
    void aLongTableIsJson();
    void manyElementsOfListsAreJson();
    void theFirstConditionsOfManyHaveRows();
    void aFewOfManyProblemsAreShown();
    void aLargeStepIsNotShownAsJson();

private:
    void open(const QByteArray &text);
    template <typename T> T *child(const QString &name) { return m_inspector->findChild<T *>(name); }
    QString hints(const QString &field);

    std::unique_ptr<WorkflowDocument> m_document;
    std::unique_ptr<Inspector> m_inspector;
};

void LargeValuesTest::open(const QByteArray &text)
{
    auto opened = WorkflowDocument::fromText(text, u"n"_s);
    QVERIFY2(opened.isOk(), opened ? "" : qPrintable(opened.error().message));
    m_document = std::move(opened).value();
    m_inspector = std::make_unique<Inspector>();
    m_inspector->resize(300, 800);
    m_inspector->setDocument(m_document.get());
    m_inspector->show();
    m_inspector->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_inspector.get()));
    m_inspector->setNodeKey(u"a"_s);
}

void LargeValuesTest::cleanup()
{
    m_inspector.reset();
    m_document.reset();
}

QString LargeValuesTest::hints(const QString &field)
{
    QStringList shown;
    for (const QLabel *label : child<QWidget>(u"field_"_s + field)->findChildren<QLabel *>()) {
        if (label->isVisible())
            shown += label->text();
    }
    return shown.join(u'\n');
}

void LargeValuesTest::aTextThatIsTooLongIsKeptAndNamed()
{
    const QByteArray text = sms(QByteArray("Long {{data.payload.body}} ").repeated(4000));
    open(text);
    auto *editor = child<QPlainTextEdit>(u"editor_text"_s);
    QVERIFY(!editor->isVisible());
    QVERIFY(editor->toPlainText().isEmpty());
    QVERIFY2(hints(u"text"_s).contains(u"JSON page"), qPrintable(hints(u"text"_s)));
    // What is beside it can be edited, and nothing of the text is touched.
    auto *to = child<QLineEdit>(u"editor_destination"_s);
    to->setFocus();
    QTest::keyClick(to, Qt::Key_End);
    QTest::keyClick(to, Qt::Key_Backspace);
    m_inspector->commitPending();
    QCOMPARE(m_document->text(), QByteArray(text).replace("+6591234567", "+659123456"));
    m_document->undoStack()->undo();
    QCOMPARE(m_document->text(), text);
}

void LargeValuesTest::aFieldComesBackWithAValueItCanShow()
{
    const QByteArray text = sms(QByteArray(60'000, 'x'));
    open(text);
    const auto set = [&](const QString &value) {
        const auto edit = setStepValue(m_document->definition(), m_document->graph(), u"a"_s,
            JsonPointer({u"inputs"_s, u"text"_s}), JsonValue(value));
        QVERIFY(edit.isOk());
        QVERIFY(m_document->push(*edit).isOk());
    };
    set(u"short"_s);
    auto *editor = child<QPlainTextEdit>(u"editor_text"_s);
    QVERIFY(editor->isVisible());
    QCOMPARE(editor->toPlainText(), u"short"_s);
    QVERIFY(!hints(u"text"_s).contains(u"JSON page"));
    QTest::keyClicks(editor, u"er"_s);
    QVERIFY(m_document->text().contains("short") && m_document->text().contains("er"));
    m_document->undoStack()->setIndex(0);
    QVERIFY(!editor->isVisible());
    QCOMPARE(m_document->text(), text);
}

void LargeValuesTest::aLongTableIsJson()
{
    QByteArray headers;
    for (int i = 0; i < 150; ++i)
        headers += (i ? ", \"H" : "\"H") + QByteArray::number(i) + "\": \"v\"";
    const QByteArray text = withStep(R"("stepType": "HttpRequest", "inputs": { "url": "https://acme.example", )"
                                     R"("method": "GET", "headers": { )"
        + headers + " } }");
    open(text);
    auto *json = child<QPlainTextEdit>(u"editor_headers"_s);
    QVERIFY(json->isVisible());
    QVERIFY(!child<QLineEdit>(u"name_headers_0"_s));
    QVERIFY2(hints(u"headers"_s).contains(u"Too many"), qPrintable(hints(u"headers"_s)));
    // An edit there changes what it names.
    QString changed = json->toPlainText();
    json->setFocus();
    json->setPlainText(changed.replace(u"\"H7\": \"v\""_s, u"\"H7\": \"w\""_s));
    QCOMPARE(m_document->text(), QByteArray(text).replace("\"H7\": \"v\"", "\"H7\": \"w\""));
}

void LargeValuesTest::manyElementsOfListsAreJson()
{
    const auto sections = [](int rows) {
        QByteArray all;
        for (int section = 0; section < 2; ++section) {
            all += QByteArray(section ? ", " : "") + R"({ "title": "S", "rows": [)";
            for (int row = 0; row < rows; ++row)
                all += (row ? ", {\"id\": \"" : "{\"id\": \"") + QByteArray::number(row) + R"(", "title": "T"})";
            all += "] }";
        }
        return withStep(
            R"("stepType": "ChatAppsMessage", "inputs": { "subAccountId": "s", "user": { "msisdn": "+1" }, )"
            R"("type": "interactive", "content": { "interactive": { "type": "list", "body": { "text": "b" }, )"
            R"("action": { "button": "B", "sections": [)"
            + all + "] } } } }");
    };
    open(sections(5));
    QVERIFY(!hints(u"content.interactive.action.sections"_s).contains(u"Too many"));
    cleanup();
    const QByteArray text = sections(80);
    open(text);
    QVERIFY2(hints(u"content.interactive.action.sections"_s).contains(u"Too many"),
        qPrintable(hints(u"content.interactive.action.sections"_s)));
    QVERIFY(m_inspector->findChildren<QLineEdit *>().size() < 40);
    m_inspector->commitPending();
    QCOMPARE(m_document->text(), text);
}

void LargeValuesTest::theFirstConditionsOfManyHaveRows()
{
    QByteArray conditions;
    for (int i = 0; i < 300; ++i)
        conditions += "\n    \"t" + QByteArray::number(i) + "\": \"{{data.payload.body == 'x'}}\",";
    const QByteArray text
        = withStep(R"("stepType": "Branch", "inputs": {}, "selectNextStep": {)" + conditions + "\n    \"t\": null }");
    open(text);
    QCOMPARE(m_inspector->findChildren<RowGrip *>().size(), 40);
    auto *more = child<WrappedText>(u"moreOutcomes"_s);
    QVERIFY(more && more->isVisible());
    QVERIFY2(more->text().startsWith(u"260 "), qPrintable(more->text()));
    QVERIFY(child<QWidget>(u"target_default"_s) || child<QWidget>(u"grip_t39"_s));
    QVERIFY(!child<QWidget>(u"grip_t40"_s));
    // The rows there are do what they always do.
    auto *grip = child<RowGrip>(u"grip_t1"_s);
    grip->setFocus();
    QTest::keyClick(grip, Qt::Key_Up, Qt::AltModifier);
    QByteArray moved = text;
    moved.replace("\"t0\": \"{{data.payload.body == 'x'}}\",\n    \"t1\"",
        "\"t1\": \"{{data.payload.body == 'x'}}\",\n    \"t0\"");
    QCOMPARE(m_document->text(), moved);
    m_document->undoStack()->undo();
    QCOMPARE(m_document->text(), text);
}

void LargeValuesTest::aFewOfManyProblemsAreShown()
{
    QByteArray conditions;
    for (int i = 0; i < 300; ++i)
        conditions += "\"t" + QByteArray::number(i) + "\": \"{{data.payload.body == 'x'}}\", ";
    open(withStep(R"("stepType": "Branch", "inputs": {}, "selectNextStep": {)" + conditions + "\"t\": null }"));
    QVERIFY(m_document->problems().size() > 300); // each leads nowhere
    QStringList shown;
    for (const ProblemLabel *label : m_inspector->findChildren<ProblemLabel *>()) {
        if (label->isVisible())
            shown += label->message();
    }
    QVERIFY2(shown.size() > 10 && shown.size() < 50, qPrintable(QString::number(shown.size())));
    QVERIFY2(shown.last().contains(u"Problems panel"), qPrintable(shown.last()));
}

void LargeValuesTest::aLargeStepIsNotShownAsJson()
{
    const QByteArray text = sms(QByteArray(300'000, 'x'));
    open(text);
    auto *tabs = m_inspector->findChild<QTabWidget *>();
    QVERIFY(tabs);
    auto *json = child<QPlainTextEdit>(u"stepJson"_s);
    QVERIFY(json);
    QVERIFY(json->isReadOnly());
    QVERIFY(json->toPlainText().isEmpty());
    m_inspector->commitPending();
    QCOMPARE(m_document->text(), text);
}

QTEST_MAIN(LargeValuesTest)
#include "tst_largevalues.moc"
