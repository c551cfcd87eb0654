// What helps to write a document as text: find and replace, and completion from the catalogue and the data.

#include "jsonwindow.h"

#include "app/views/jsoncompleter.h"
#include "app/views/jsoncontext.h"
#include "app/views/jsonfindbar.h"
#include "designer/style/applicationstyle.h"

#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QToolButton>

namespace automation {

class TestJsonAssistance : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void finding();
    void replacing();
    void completion_data();
    void completion();
    void expressions();
    void offeredDataFollowsTheText();
    void context();
};

void TestJsonAssistance::initTestCase()
{
    applyTheme(*qApp, Theme::light());
    setMotion(false);
}

void TestJsonAssistance::finding()
{
    const QByteArray text("one ONE oneself – One 😀one");
    QCOMPARE(findText(text, u"one"_qs, false, false).size(), 5);
    QCOMPARE(findText(text, u"one"_qs, true, false).size(), 3);
    QCOMPARE(findText(text, u"one"_qs, false, true).size(), 3);
    const TextMatch last = findText(text, u"one"_qs, true, false).last();
    QCOMPARE(text.mid(last.start, last.end - last.start), QByteArray("one"));
    QCOMPARE(last.end, text.size());
    QVERIFY(findText(text, {}, false, false).isEmpty());

    JsonWindow window(smallWorkflow);
    window.key(Qt::Key_F, Qt::ControlModifier);
    auto *field = window.view()->findChild<QLineEdit *>(u"jsonFindField"_qs);
    QVERIFY(field->hasFocus());
    QTest::keyClicks(field, u"PAUSE"_qs);
    auto *count = window.view()->findChild<QLabel *>(u"jsonFindCount"_qs);
    QVERIFY(count->text().contains(u'2'));
    QTest::keyClick(field, Qt::Key_Return);
    QCOMPARE(window.editor()->selectedText(), u"pause"_qs);
    const qsizetype first = window.editor()->cursor();
    QTest::keyClick(field, Qt::Key_Return);
    QVERIFY(window.editor()->cursor() > first);
    QTest::keyClick(field, Qt::Key_Return, Qt::ShiftModifier);
    QCOMPARE(window.editor()->cursor(), first);
    QCOMPARE(count->text(), u"1 of 2"_qs);
    window.view()->findChild<QToolButton *>(u"matchCase"_qs)->click();
    QCOMPARE(count->text(), u"None"_qs);
    QTest::keyClick(field, Qt::Key_Escape);
    QVERIFY(!window.view()->findBar()->isVisible());
    QVERIFY(window.editor()->hasFocus());
    QCOMPARE(window.text(), smallWorkflow);
    QCOMPARE(window.stack()->count(), 0);
}

void TestJsonAssistance::replacing()
{
    JsonWindow window(smallWorkflow);
    window.key(Qt::Key_H, Qt::ControlModifier);
    auto *field = window.view()->findChild<QLineEdit *>(u"jsonFindField"_qs);
    auto *with = window.view()->findChild<QLineEdit *>(u"jsonReplaceField"_qs);
    QVERIFY(with->isVisible());
    QTest::keyClicks(field, u"pause"_qs);
    with->setText(u"wait ü"_qs);
    QTest::mouseClick(window.view()->findChild<QPushButton *>(u"jsonReplaceAll"_qs), Qt::LeftButton);
    QCOMPARE(window.text(), QByteArray(smallWorkflow).replace("pause", "wait ü"));
    QVERIFY(!disagreement(window));
    QVERIFY(window.document()->graph().indexOfId(u"wait ü"_qs) > 0);
    QCOMPARE(window.stack()->count(), 1);
    window.stack()->undo();
    QCOMPARE(window.text(), smallWorkflow);
    // One after the other.
    window.editor()->setCursor(0);
    QTest::keyClick(with, Qt::Key_Return); // shows the first
    QCOMPARE(window.text(), smallWorkflow);
    QTest::keyClick(with, Qt::Key_Return);
    QCOMPARE(window.text().count("wait ü"), 1);
    QTest::keyClick(with, Qt::Key_Return);
    QCOMPARE(window.text(), QByteArray(smallWorkflow).replace("pause", "wait ü"));
    QCOMPARE(window.stack()->count(), 2);
}

void TestJsonAssistance::completion_data()
{
    QTest::addColumn<QByteArray>("text"); // | is the cursor
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("offered");
    QTest::addColumn<QString>("missing");
    QTest::addColumn<QByteArray>("result"); // after Enter
    const auto step = [](const QByteArray &inside) {
        return QByteArray(smallWorkflow)
            .replace("{\n        \"id\": \"ask\"", "{ " + inside + "\n        \"id\": \"ask\"");
    };
    QTest::newRow("member of a step") << step("|") << u"\"out"_qs << u"outputs"_qs << u"inputs"_qs
                                      << step("\"outputs\": ");
    QTest::newRow("step type") << QByteArray(smallWorkflow).replace("\"SMS\"", "|") << u"\"http"_qs << u"HttpRequest"_qs
                               << u"SMS"_qs << QByteArray(smallWorkflow).replace("\"SMS\"", "\"HttpRequest\"");
    QTest::newRow("target") << QByteArray(smallWorkflow).replace("\"pause\"\n      }", "|\n      }") << u"\"pa"_qs
                            << u"pause"_qs << u"ask"_qs << smallWorkflow;
    QTest::newRow("input of the type") << QByteArray(smallWorkflow).replace("\"duration\": \"00:05:00\"", "|")
                                       << u"\"d"_qs << u"duration"_qs << u"text"_qs
                                       << QByteArray(smallWorkflow).replace("\"00:05:00\"", "\"\"");
    QTest::newRow("trigger") << QByteArray(smallWorkflow).replace("\"inbound_sms\"", "|") << u"\"chat"_qs
                             << u"inbound_chat_apps"_qs << u"inbound_sms"_qs
                             << QByteArray(smallWorkflow).replace("\"inbound_sms\"", "\"inbound_chat_apps\"");
    QTest::newRow("inside a name that is there")
        << QByteArray(smallWorkflow).replace("\"nextStepId\": \"pause\"", "\"next|StepId\": \"pause\"") << u"S"_qs
        << u"nextStepId"_qs << u"inputs"_qs << QByteArray(smallWorkflow);
}

void TestJsonAssistance::completion()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, typed);
    QFETCH(QString, offered);
    QFETCH(QString, missing);
    QFETCH(QByteArray, result);
    JsonWindow window(smallWorkflow);
    const qsizetype cursor = text.indexOf('|');
    text.remove(cursor, 1);
    QVERIFY(window.document()->pushText(text, u"Prepare"_qs));
    window.editor()->setCursor(cursor);
    QTest::keyClicks(window.editor(), typed);
    if (typed == u"S") // the name was whole before
        window.key(Qt::Key_Backspace);
    if (typed == u"S")
        window.key(Qt::Key_Space, Qt::ControlModifier);
    JsonCompleter *completer = window.view()->completer();
    QTRY_VERIFY(completer->isOpen());
    QVERIFY2(completer->names().contains(offered), qPrintable(completer->names().join(u' ')));
    QVERIFY2(!completer->names().contains(missing), qPrintable(completer->names().join(u' ')));
    while (completer->names().first() != offered)
        QVERIFY2(false, qPrintable(completer->names().join(u' ')));
    window.key(Qt::Key_Return);
    QVERIFY(!completer->isOpen());
    QCOMPARE(window.text(), result);
    QVERIFY(!disagreement(window));
}

void TestJsonAssistance::expressions()
{
    JsonWindow window(smallWorkflow);
    window.goBehind("\"Hi ");
    window.keys("{{data.pay");
    JsonCompleter *completer = window.view()->completer();
    QTRY_VERIFY(completer->isOpen());
    QVERIFY2(completer->names().contains(u"data.payload"_qs), qPrintable(completer->names().join(u' ')));
    window.key(Qt::Key_Escape);
    QVERIFY(!completer->isOpen());
    window.keys("load.sourc");
    QTRY_VERIFY(completer->isOpen());
    QCOMPARE(completer->names().first(), u"data.payload.source"_qs);
    window.key(Qt::Key_Tab);
    QVERIFY(window.text().contains("\"Hi {{data.payload.source}}{{data.payload.source}}\""));
    QVERIFY(!disagreement(window));
    QVERIFY(window.editor()->hasFocus());
}

void TestJsonAssistance::offeredDataFollowsTheText()
{
    JsonWindow window(QByteArray(smallWorkflow).replace(R"("duration": "00:05:00")", R"("duration": "{{data.}}")"));
    const auto offered = [&] {
        window.goBehind("\"duration\": \"{{data.");
        window.key(Qt::Key_Space, Qt::ControlModifier);
        const QStringList names = window.view()->completer()->names();
        window.key(Qt::Key_Escape);
        return names;
    };
    QVERIFY(offered().contains(u"data.payload"_qs));
    QVERIFY(!offered().contains(u"data.kept"_qs));
    window.goBehind("payload.source}}\"\n        },");
    window.keys(R"( "outputs": {"kept": "x"},)");
    QVERIFY(!window.document()->draft());
    QVERIFY(offered().contains(u"data.kept"_qs));
    while (window.document()->shownText().contains("kept"))
        window.stack()->undo();
    QVERIFY(!offered().contains(u"data.kept"_qs));
}

void TestJsonAssistance::context()
{
    const auto at = [](QByteArray text) {
        const qsizetype cursor = text.indexOf('|');
        return jsonContextAt(text.remove(cursor, 1), cursor);
    };
    JsonContext place = at(R"({"a": [1, {"b": "x|y"}]})");
    QCOMPARE(place.path, (QStringList {u"a"_qs, u"1"_qs}));
    QCOMPARE(place.key, u"b"_qs);
    QVERIFY(!place.isKey && place.isInString && place.isClosed);
    QCOMPARE(place.typed, u"x"_qs);
    place = at(R"({"a": {"stepType": "SMS", "in|": 1, "z": [{"no": 1}], "y": 2}})");
    QVERIFY(place.isKey && place.hasColon);
    QCOMPARE(place.siblings, (QStringList {u"z"_qs, u"y"_qs, u"stepType"_qs}));
    QCOMPARE(place.stepType, u"SMS"_qs);
    place = at("{ \"| \n \"b\": 1, \"c\": 2 }"); // the rest is to come yet
    QCOMPARE(place.siblings, (QStringList {u"b"_qs, u"c"_qs}));
    place = at("{\"a\": \"open|\n, \"b\": 1}");
    QVERIFY(place.isInString && !place.isClosed);
    QCOMPARE(place.end, 11);
    QCOMPARE(at("{\"a\": \"op|en ] },").end, 11);
    for (const char *odd : {"|", "}|", "]]|}", "\"|", "{\"\\|", "[|", "{\"a\":|", "\xff\xfe|"})
        (void)at(odd); // does not crash
}

} // namespace automation

QTEST_MAIN(automation::TestJsonAssistance)
#include "tst_jsonassistance.moc"
