#include "designer/inspector/inspector.h"
#include "designer/inspector/messagepreview.h"
#include "designer/inspector/stepdata.h"
#include "designer/inspector/wrappedtext.h"
#include "designer/style/applicationstyle.h"
#include "model/document/commands/stepcommands.h"
#include "model/document/samplefolder.h"
#include "model/expression/functioncatalog.h"
#include "model/json/jsonwriter.h"

#include <csignal>
#include <QApplication>
#include <QElapsedTimer>
#include <QFile>
#include <QLineEdit>
#include <QMenu>
#include <QPlainTextEdit>
#include <QRegularExpression>
#include <QScrollArea>
#include <QSignalSpy>
#include <QTest>
#include <QTimer>

using namespace automation;
using namespace Qt::StringLiterals;

namespace {

// The longest time the event loop was away, while it lives.
class LoopWatch : public QObject
{
public:
    LoopWatch()
    {
        m_timer.setTimerType(Qt::PreciseTimer);
        connect(&m_timer, &QTimer::timeout, this, [this] { m_longest = std::max(m_longest, m_since.restart()); });
        m_timer.start(1);
        m_since.start();
    }
    qint64 longest() const { return m_longest; }

private:
    QTimer m_timer;
    QElapsedTimer m_since;
    qint64 m_longest = 0;
};

} // namespace

// What stands below fields that hold expressions, with the keys a person presses and the real evaluator.
class TestLiveResults : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        QFile file(QStringLiteral(TEST_DATA_DIR "/inspector/live.json"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        m_text = file.readAll();
        applyTheme(*qApp, Theme::light());
    }

    void init() { open(m_text); }

    void cleanup()
    {
        m_inspector.reset();
        m_document.reset();
    }

    void theLineSaysResultAndSource()
    {
        m_inspector->setNodeKey(u"tell"_s);
        QTRY_COMPARE(line(u"destination"_s), u"= \"+6591234567\" · sample: Webhook v3 (WhatsApp)"_s);
        QCOMPARE(lineOf(u"destination"_s)->tone(), WrappedText::Tone::Ok);
        QVERIFY(!lineOf(u"subAccountId"_s) || line(u"subAccountId"_s).isEmpty());
    }

    // Of many steps it takes a while to know what is there; the line comes then.
    void theLineComesLaterInALargeWorkflow()
    {
        JsonValue steps = JsonValue::array();
        for (int i = 0; i < 600; ++i) {
            JsonValue step = JsonValue::object({{u"id"_s, u"s%1"_s.arg(i)}, {u"stepType"_s, u"SMS"_s},
                {u"inputs"_s, JsonValue::object({{u"destination"_s, u"{{data.payload.source}}"_s}})},
                {u"outputs"_s, JsonValue::object({{u"v%1"_s.arg(i), u"{{step.umid}}"_s}})}});
            if (i < 599)
                step.set(u"nextStepId"_s, JsonValue(u"s%1"_s.arg(i + 1)));
            steps.append(step);
        }
        const JsonValue root
            = JsonValue::object({{u"definition"_s, JsonValue::object({{u"name"_s, u"Many"_s}, {u"steps"_s, steps}})},
                {u"trigger"_s, u"inbound_sms"_s}});
        open(writeJson(root));
        StepData data;
        data.setDocument(m_document.get());
        QSignalSpy changed(&data, &StepData::changed);
        QVERIFY(data.sampleSoon(u"s500"_s, DataRead::When::Running).isPending);
        QVERIFY(changed.wait());
        const StepData::Sample sample = data.sampleSoon(u"s500"_s, DataRead::When::Running);
        QVERIFY(!sample.isPending);
        QVERIFY(sample.data.contains(u"v499"_s));
        QVERIFY(!sample.data.contains(u"v500"_s));
        // An edit meanwhile: what was found is of the definition before.
        QVERIFY(data.sampleSoon(u"s501"_s, DataRead::When::Running).isPending);
        const auto renamed = renameStep(m_document->definition(), m_document->graph(), u"s0"_s, u"first"_s);
        QVERIFY(renamed && m_document->push(*renamed));
        QTRY_VERIFY(!data.sampleSoon(u"s501"_s, DataRead::When::Running).isPending);
        QCOMPARE(data.sample(u"s501"_s, DataRead::When::Running).data,
            data.sampleSoon(u"s501"_s, DataRead::When::Running).data);
        m_inspector->setNodeKey(u"s500"_s);
        QTRY_VERIFY(line(u"destination"_s).startsWith(u"= \""));
    }

    void theLineFollowsTheKeys()
    {
        m_inspector->setNodeKey(u"tell"_s);
        auto *editor = child<QLineEdit>(u"editor_destination"_s);
        editor->setFocus();
        editor->selectAll();
        QTest::keyClicks(editor, u"{{data.booking_id + 1}}"_s);
        QTRY_COMPARE(line(u"destination"_s), u"= 48214 · sample: Webhook v3 (WhatsApp)"_s);
        editor->selectAll();
        QTest::keyClicks(editor, u"plain"_s);
        QTRY_VERIFY(line(u"destination"_s).isEmpty());
    }

    // What earlier steps wrote: literals, parts of a reply, and what takes a script of its own.
    void samplesOfWhatStepsWrote_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("result");
        QTest::newRow("literal") << u"{{data.booking_id}}"_s << u"= 48213"_s;
        QTest::newRow("reply") << u"{{data.answer.length > 0}}"_s << u"= true"_s;
        QTest::newRow("script") << u"{{data.shout == data.answer.toUpperCase() + '!'}}"_s << u"= true"_s;
        QTest::newRow("number") << u"{{data.code}}"_s << u"= 200"_s;
        QTest::newRow("object") << u"{{ {a: data.code} }}"_s << u"= {\"a\": 200}"_s;
        QTest::newRow("nothing there") << u"{{data.payload.user.shoe}}"_s
                                       << u"= null · nothing in data.payload.user.shoe"_s;
        QTest::newRow("unknown") << u"{{data.found}}"_s << u"no example value for data.found"_s;
    }
    void samplesOfWhatStepsWrote()
    {
        QFETCH(QString, typed);
        QFETCH(QString, result);
        m_inspector->setNodeKey(u"tell"_s);
        type(u"destination"_s, typed);
        QTRY_COMPARE(line(u"destination"_s), result + u" · sample: Webhook v3 (WhatsApp)"_s);
    }

    void errorsNameTheCause()
    {
        m_inspector->setNodeKey(u"tell"_s);
        type(u"destination"_s, u"{{data.nope.deeper}}"_s);
        QTRY_COMPARE(lineOf(u"destination"_s)->tone(), WrappedText::Tone::Error);
        QVERIFY2(line(u"destination"_s).contains(u"data.nope"), qPrintable(line(u"destination"_s)));
    }

    void anotherSampleIsChosenInTheLineAndKept()
    {
        m_inspector->setNodeKey(u"tell"_s);
        QTRY_VERIFY(!line(u"destination"_s).isEmpty());
        chooseSample(u"Webhook v2"_s);
        QTRY_VERIFY2(line(u"destination"_s).endsWith(u"sample: Webhook v2"), qPrintable(line(u"destination"_s)));
        m_inspector->setNodeKey(u"other"_s);
        QTRY_VERIFY(line(u"user.msisdn"_s).endsWith(u"sample: Webhook v2"));
        // Another document has a choice of its own; this one's is still there afterwards.
        auto other = WorkflowDocument::fromText(m_text, u"second"_s);
        QVERIFY(other.isOk());
        m_inspector->setDocument(other->get());
        m_inspector->setNodeKey(u"tell"_s);
        QTRY_VERIFY(line(u"destination"_s).endsWith(u"Webhook v3 (WhatsApp)"));
        m_inspector->setDocument(m_document.get());
        m_inspector->setNodeKey(u"tell"_s);
        QTRY_VERIFY(line(u"destination"_s).endsWith(u"sample: Webhook v2"));
    }

    void aRealInstanceIsASample()
    {
        m_inspector->setNodeKey(u"tell"_s);
        m_inspector->setInstanceSample(u"instance 7f3a"_s,
            JsonValue::object(
                {{u"payload"_s,
                     JsonValue::object({{u"user"_s, JsonValue::object({{u"msisdn"_s, JsonValue(u"+4479"_s)}})}})},
                    {u"code"_s, JsonValue(503)}}));
        QTRY_VERIFY(!line(u"destination"_s).isEmpty());
        QVERIFY(line(u"destination"_s).endsWith(u"Webhook v3 (WhatsApp)")); // not without being asked
        chooseSample(u"instance 7f3a"_s);
        QTRY_COMPARE(line(u"destination"_s), u"= \"+4479\" · sample: instance 7f3a"_s);
        type(u"destination"_s, u"{{data.code}}"_s);
        QTRY_COMPARE(line(u"destination"_s), u"= 503 · sample: instance 7f3a"_s);
        m_inspector->setInstanceSample({}, {});
        QTRY_COMPARE(line(u"destination"_s), u"= 200 · sample: Webhook v3 (WhatsApp)"_s);
    }

    // A saved payload leaves variables to the steps; a saved context has them, and what it lacks is not made up.
    void savedSamplesAreSamples()
    {
        const JsonValue user = JsonValue::object({{u"msisdn"_s, JsonValue(u"+4479"_s)}});
        const JsonValue payload = JsonValue::object({{u"payload"_s, JsonValue::object({{u"user"_s, user}})}});
        JsonValue context = payload;
        context.set(u"code"_s, JsonValue(503));
        m_inspector->setNodeKey(u"tell"_s);
        m_inspector->setSavedSamples({{u"a"_s, u"Mei & Co"_s, u"inbound_chat_apps"_s, false, payload},
            {u"b"_s, u"Failed"_s, u"inbound_chat_apps"_s, true, context},
            {u"c"_s, u"SMS"_s, u"inbound_sms"_s, false, payload}});
        QTRY_VERIFY(line(u"destination"_s).endsWith(u"Webhook v3 (WhatsApp)")); // not without being asked
        chooseSample(u"saved “Mei && Co”"_s);
        QTRY_COMPARE(line(u"destination"_s), u"= \"+4479\" · sample: saved “Mei & Co”"_s);
        type(u"destination"_s, u"{{data.code + data.booking_id}}"_s);
        QTRY_COMPARE(line(u"destination"_s), u"= 48413 · sample: saved “Mei & Co”"_s);
        chooseSample(u"saved “Failed”"_s);
        QTRY_COMPARE(line(u"destination"_s), u"no example value for data.booking_id · sample: saved “Failed”"_s);
        type(u"destination"_s, u"{{data.code}}"_s);
        QTRY_COMPARE(line(u"destination"_s), u"= 503 · sample: saved “Failed”"_s);
        // Changed where it is kept, and gone.
        context.set(u"code"_s, JsonValue(418));
        m_inspector->setSavedSamples({{u"b"_s, u"Teapot"_s, u"inbound_chat_apps"_s, true, context}});
        QTRY_COMPARE(line(u"destination"_s), u"= 418 · sample: saved “Teapot”"_s);
        m_inspector->setSavedSamples({});
        QTRY_COMPARE(line(u"destination"_s), u"= 200 · sample: Webhook v3 (WhatsApp)"_s);
    }

    // Nobody sees a call, so there is no preview that would show what is said.
    void whatIsSpokenHasAResult()
    {
        open(
            R"({"trigger":"inbound_chat_apps","definition":{"name":"Call","steps":[{"id":"tell","stepType":"VoiceMessage",)"
            R"("inputs":{"action":"say","params":{"text":"Hi {{data.payload.user.name}}"}}}]}})");
        m_inspector->setNodeKey(u"tell"_s);
        QTRY_COMPARE(line(u"params.text"_s), u"= \"Hi Mei Tan\" · sample: Webhook v3 (WhatsApp)"_s);
        for (const MessagePreview *candidate : m_inspector->findChildren<MessagePreview *>())
            QVERIFY(!candidate->isVisible());
    }

    void rowsAndBodiesHaveResults()
    {
        m_inspector->setNodeKey(u"find"_s);
        QTRY_VERIFY2(line(u"headers"_s).contains(u"X-Sum = 48214"), qPrintable(line(u"headers"_s)));
        QVERIFY(line(u"headers"_s).contains(u"X-User = \"Mei Tan\""));
        QVERIFY(!line(u"headers"_s).contains(u"X-Plain"));
        QTRY_VERIFY(line(u"body"_s).contains(u"{\"who\": \"Mei Tan\"}"));
        QTRY_VERIFY(line(u"url"_s).startsWith(u"= \"https://acme.example/48213\""));
        QTRY_VERIFY(line(u"outputs"_s).contains(u"code = 200"));
        QVERIFY(line(u"outputs"_s).contains(u"found: no example value for step.responseBody"));
    }

    void aConditionIsTrueOrFalse()
    {
        m_inspector->setNodeKey(u"choose"_s);
        QTRY_COMPARE(line(u"condition_tell"_s), u"= true · sample: Webhook v3 (WhatsApp)"_s);
    }

    // The five functions, as they are documented (API reference §7).
    void documentedFunctions_data()
    {
        QTest::addColumn<QString>("script");
        QTest::addColumn<QString>("result");
        const auto row = [](const char *script, const char *result) {
            QTest::newRow(script) << QString::fromLatin1(script) << QString::fromLatin1(result);
        };
        row("isCountryCode('+6512345678', 'SG')", "= true");
        row("isCountryCode('6512345678', 'sg')", "= true");
        row("isCountryCode('+447911123456', 'SG')", "= false");
        row("stringContains('Please register me', 'register')", "= true");
        row("stringContains('Please Register me', 'register')", "= false");
        row("stringContains('Please Register me', 'register', true)", "= true");
        row("isTimeOfDayBetween('2021-05-24T08:00:00Z', '09:00:00', '18:00:00', 'Singapore Standard Time')", "= true");
        row("isTimeOfDayBetween('2021-05-24T12:00:00Z', '09:00:00', '18:00:00', 'Singapore Standard Time')", "= false");
        row("isTimeOfDayBetween('2021-05-24T01:00:00', '09:00:00', '18:00:00', 'Singapore Standard Time')", "= true");
        row("isTimeOfDayBetween('2021-05-24T10:00:00Z', '09:00:00', '18:00:00', 'Singapore Standard Time')", "= true");
        row("isDayOfWeek('2021-05-24T08:00:00Z', 'Monday')", "= true");
        row("isDayOfWeek('2021-05-25', 'tuesday')", "= true");
        row("isDayOfWeek('2021-05-25', 'Monday')", "= false");
    }
    void documentedFunctions()
    {
        QFETCH(QString, script);
        QFETCH(QString, result);
        m_inspector->setNodeKey(u"tell"_s);
        type(u"destination"_s, u"{{"_s + script + u"}}"_s);
        QTRY_COMPARE(line(u"destination"_s), result + u" · sample: Webhook v3 (WhatsApp)"_s);
    }

    void theExamplesOfTheCatalogue_data()
    {
        QTest::addColumn<QString>("example");
        for (const automation::FunctionInfo &function : functionCatalog())
            QTest::newRow(qPrintable(function.name)) << function.example;
    }
    void theExamplesOfTheCatalogue()
    {
        QFETCH(QString, example);
        m_inspector->setNodeKey(u"tell"_s);
        type(u"destination"_s, u"{{"_s + example + u"}}"_s);
        static const QRegularExpression expected(
            u"^= (true|false|\"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\") · sample: "_s);
        QTRY_VERIFY2(expected.match(line(u"destination"_s)).hasMatch(), qPrintable(line(u"destination"_s)));
    }

    void runawaysHarmNobody_data()
    {
        QTest::addColumn<QString>("script");
        QTest::newRow("loop") << u"(() => { while(true){} })()"_s;
        QTest::newRow("statement") << u"while(true){}"_s;
        QTest::newRow("256 MB") << u"'x'.repeat(256*1024*1024)"_s;
        QTest::newRow("256 MB in memory") << u"'x'.repeat(256*1024*1024).split('').length"_s;
        QTest::newRow("native") << u"Array(1e9).fill(0).length"_s;
        QTest::newRow("regex") << u"/^(a+)+$/.test('a'.repeat(40) + 'b')"_s;
    }
    void runawaysHarmNobody()
    {
        QFETCH(QString, script);
        m_inspector->setNodeKey(u"tell"_s);
        QTRY_VERIFY(!line(u"destination"_s).isEmpty()); // the evaluator is there
        auto *editor = child<QLineEdit>(u"editor_destination"_s);
        editor->setFocus();
        editor->selectAll();
        QElapsedTimer elapsed;
        LoopWatch watch;
        editor->insert(u"{{"_s + script + u"}}"_s);
        elapsed.start();
        const auto isSaid = [&] {
            return (lineOf(u"destination"_s)->isVisible()
                       && lineOf(u"destination"_s)->tone() == WrappedText::Tone::Error)
                || (script.startsWith(u"while") && line(u"destination"_s).isEmpty()); // the checks say it
        };
        QTRY_VERIFY_WITH_TIMEOUT(isSaid(), 5000);
        qInfo("%s: said after %lld ms, longest turn of the event loop %lld ms", QTest::currentDataTag(),
            elapsed.elapsed(), watch.longest());
        // And on it goes, with a new helper where the old one had to die.
        type(u"destination"_s, u"{{data.booking_id}}"_s);
        QTRY_VERIFY(line(u"destination"_s).startsWith(u"= 48213"));
    }

    void typingOnGivesUpWhatIsUnderWay()
    {
        m_inspector->setNodeKey(u"tell"_s);
        QTRY_VERIFY(!line(u"destination"_s).isEmpty());
        auto *editor = child<QLineEdit>(u"editor_destination"_s);
        editor->setFocus();
        editor->setText(u"{{(() => { while(true){} })()}}"_s);
        QTRY_VERIFY(line(u"destination"_s).startsWith(u"= …")); // it is being worked on
        editor->selectAll();
        QTest::keyClicks(editor, u"{{1 + 1}}"_s);
        QTRY_VERIFY(line(u"destination"_s).startsWith(u"= 2"));
    }

    void resultsMoveNothing()
    {
        m_inspector->setNodeKey(u"tell"_s);
        const auto places = [this] {
            for (int layer = 0; layer < 10; ++layer) // without a turn of the event loop, in which a result may come
                QCoreApplication::sendPostedEvents(nullptr, QEvent::LayoutRequest);
            QHash<QString, int> result;
            for (const QWidget *field : m_inspector->findChildren<QWidget *>()) {
                if (field->isVisible() && field->objectName().startsWith(u"field_"))
                    result.insert(field->objectName(), field->mapTo(m_inspector.get(), QPoint()).y());
            }
            return result;
        };
        const QHash<QString, int> before = places();
        QVERIFY(before.size() > 2);
        QCOMPARE(line(u"destination"_s), QString());
        QTRY_VERIFY(line(u"destination"_s).startsWith(u"= "));
        QCOMPARE(places(), before);
    }

    void aMessageAsItArrives()
    {
        m_inspector->setNodeKey(u"tell"_s);
        auto *editor = child<QPlainTextEdit>(u"editor_text"_s);
        editor->setFocus();
        QVERIFY(!preview()->isVisible());
        QTest::keyClicks(editor, u"Hi {{data.payload.user.name}},"_s);
        QTest::keyClick(editor, Qt::Key_Return);
        editor->insertPlainText(u"see r/{{data.booking_id}}"_s);
        QTRY_COMPARE(preview()->message(), u"Hi Mei Tan,\nsee r/48213"_s);
        QVERIFY(preview()->isVisible());
        QTRY_VERIFY(count().startsWith(u"GSM-7 · 23 of 160 characters · 1 part"));
        QVERIFY(!count().contains(u"without"));
        QTRY_COMPARE(line(u"text"_s), u"sample: Webhook v3 (WhatsApp)"_s);
        editor->insertPlainText(u" 😀"_s);
        QTRY_COMPARE(preview()->message(), u"Hi Mei Tan,\nsee r/48213 😀"_s);
        QVERIFY2(count().startsWith(u"UCS-2 because of “😀” · 26 of 70 characters"), qPrintable(count()));
        editor->clear();
        QTRY_VERIFY(!preview()->isVisible());
    }

    void theCounterOfAnSms()
    {
        m_inspector->setNodeKey(u"tell"_s);
        auto *editor = child<QPlainTextEdit>(u"editor_text"_s);
        editor->setFocus();
        QTest::keyClicks(editor, u"Hello"_s);
        QCOMPARE(count(), u"GSM-7 · 5 of 160 characters · 1 part(s)"_s);
        editor->setPlainText(u"Hello ’"_s.repeated(12));
        QCOMPARE(count(), u"UCS-2 because of “’” · 84 of 134 characters · 2 part(s)"_s);
        editor->setPlainText(u"a"_s.repeated(255 * 153));
        QVERIFY(count().endsWith(u"255 part(s)"));
        editor->setPlainText(u"a"_s.repeated(255 * 153 + 1));
        QVERIFY(count().startsWith(u"Longer than any SMS"));
        m_inspector->setNodeKey(u"other"_s); // no SMS
        QTRY_COMPARE(preview()->message(), u"Hi Mei Tan"_s);
        QVERIFY(count().isEmpty());
    }

    void aMessageThatFailsSaysWhy()
    {
        m_inspector->setNodeKey(u"tell"_s);
        auto *editor = child<QPlainTextEdit>(u"editor_text"_s);
        editor->setPlainText(u"Hi {{data.nope.x}}"_s);
        QTRY_COMPARE(lineOf(u"text"_s)->tone(), WrappedText::Tone::Error);
        QTRY_VERIFY(count().contains(u"without what expressions bring"));
    }

    void itNeedsNoMoreThanItsWidth()
    {
        m_inspector->setNodeKey(u"tell"_s);
        type(u"destination"_s, u"{{'x'.repeat(300)}}"_s);
        QTRY_VERIFY(line(u"destination"_s).startsWith(u"= \"xxx"));
        const auto *scroll = m_inspector->findChild<QScrollArea *>();
        QVERIFY(scroll->widget()->minimumSizeHint().width() <= 290);
        QTRY_VERIFY(lineOf(u"destination"_s)->height() > 30); // over several lines
        QVERIFY(lineOf(u"destination"_s)->width() <= 290);
    }

    // Whoever kills the helper harms nothing but the helper.
    void aKilledHelperComesBack()
    {
        m_inspector->setNodeKey(u"tell"_s);
        QTRY_VERIFY(!line(u"destination"_s).isEmpty());
        AsyncEvaluator evaluator({QStringLiteral(PROGRAM_DIR "/automation-evaluator")});
        AsyncEvaluator::Request request;
        request.values = {JsonValue(u"{{1 + 1}}"_s)};
        int answers = 0;
        const auto ask = [&] {
            evaluator.evaluate(this, request, [&](const AsyncEvaluator::Answer &answer) {
                QVERIFY(answer.results.first().isOk());
                QCOMPARE(answer.results.first()->toInteger(), 2);
                ++answers;
            });
        };
        ask();
        QTRY_COMPARE(answers, 1);
        QVERIFY(evaluator.helperProcessId() > 0);
        ::kill(pid_t(evaluator.helperProcessId()), SIGKILL);
        ask();
        QTRY_COMPARE(answers, 2);
    }

    // Only the newest request of a client is answered; others' are not touched.
    void oneRequestAClient()
    {
        AsyncEvaluator evaluator({QStringLiteral(PROGRAM_DIR "/automation-evaluator")});
        QObject first;
        QObject second;
        QStringList heard;
        const auto ask = [&](QObject *client, const QString &script) {
            AsyncEvaluator::Request request;
            request.values = {JsonValue(u"{{"_s + script + u"}}"_s)};
            evaluator.evaluate(client, request, [&heard](const AsyncEvaluator::Answer &answer) {
                heard += answer.results.first() ? answer.results.first()->toString() : u"failed"_s;
            });
        };
        ask(&first, u"'a'"_s);
        ask(&second, u"'b'"_s);
        ask(&first, u"'c'"_s);
        ask(&first, u"'d'"_s);
        QTRY_COMPARE(heard.size(), 2);
        QCOMPARE(heard, (QStringList {u"b"_s, u"d"_s}));
        {
            QObject gone;
            ask(&gone, u"'e'"_s);
        }
        ask(&second, u"'f'"_s);
        QTRY_COMPARE(heard.size(), 3);
        QCOMPARE(heard.last(), u"f"_s);
    }

private:
    void open(const QByteArray &text)
    {
        auto opened = WorkflowDocument::fromText(text, u"live"_s);
        QVERIFY2(opened.isOk(), opened ? "" : qPrintable(opened.error().message));
        m_document = std::move(opened).value();
        m_inspector = std::make_unique<Inspector>();
        m_inspector->resize(300, 900);
        m_inspector->setDocument(m_document.get());
        m_inspector->show();
        m_inspector->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_inspector.get()));
    }

    template <typename T> T *child(const QString &name) const
    {
        T *found = nullptr;
        // The newest: forms that were replaced wait for their deletion.
        for (T *candidate : m_inspector->findChildren<T *>(name))
            found = candidate;
        return found;
    }
    WrappedText *lineOf(const QString &field) const { return child<WrappedText>(u"live_"_s + field); }
    QString line(const QString &field) const
    {
        const WrappedText *found = lineOf(field);
        return found && found->isVisible() ? found->text() : QString();
    }
    MessagePreview *preview() const
    {
        for (MessagePreview *candidate : m_inspector->findChildren<MessagePreview *>(u"messagePreview"_s)) {
            if (candidate->isVisible())
                return candidate;
        }
        return child<MessagePreview>(u"messagePreview"_s);
    }
    QString count() const { return preview()->findChild<WrappedText *>(u"previewCount"_s)->text(); }

    void type(const QString &field, const QString &text)
    {
        auto *editor = child<QLineEdit>(u"editor_"_s + field);
        QVERIFY(editor);
        editor->setFocus();
        editor->selectAll();
        QTest::keyClicks(editor, text);
    }

    // As a person does: a click on the sample's name, and one on the new one.
    void chooseSample(const QString &name)
    {
        WrappedText *shown = lineOf(u"destination"_s);
        QTest::mouseClick(shown, Qt::LeftButton, {}, shown->linkRect().center());
        QTRY_VERIFY(qobject_cast<QMenu *>(QApplication::activePopupWidget()));
        auto *menu = qobject_cast<QMenu *>(QApplication::activePopupWidget());
        for (QAction *action : menu->actions()) {
            if (action->text() == name) {
                QTest::mouseClick(menu, Qt::LeftButton, {}, menu->actionGeometry(action).center());
                return;
            }
        }
        menu->close();
        QFAIL("no such sample");
    }

    QByteArray m_text;
    std::unique_ptr<WorkflowDocument> m_document;
    std::unique_ptr<Inspector> m_inspector;
};

QTEST_MAIN(TestLiveResults)
#include "tst_liveresults.moc"
