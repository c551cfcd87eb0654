#include "tests/sandbox/rehearsal.h"

#include <QTemporaryDir>
#include <QTest>

using namespace automation;
using namespace Qt::StringLiterals;

namespace {

// A step that sends text to the outbox.
QByteArray sms(const QByteArray &id, const QByteArray &text, const QByteArray &more = {})
{
    return R"({"id":")" + id + R"(","stepType":"SMS","inputs":{"subAccountId":"s","destination":"+6590000001","text":")"
        + text + R"("})" + more + "}";
}

const QByteArray waitForReply
    = R"([{"id":"wait","stepType":"WaitForReply","inputs":{"from":"{{data.payload.source}}",)"
      R"("channel":"sms","timeout":"00:05:00"},"outputs":{"answer":"{{step.reply.payload.body}}"},)"
      R"("selectNextStep":{"yes":"{{step.reply != null && data.answer == 'yes'}}",)"
      R"("none":"{{step.reply == null}}","other":null}},)"
    + sms("yes", "got yes") + "," + sms("none", "got nothing: {{data.answer}}.") + ","
    + sms("other", "got {{data.answer}}") + "]";
const QByteArray fromAlice = R"({"namespace":"SMS","payload":{"source":"+6591111111","body":"hi"}})";

} // namespace

class WorkflowEngineTest : public QObject
{
    Q_OBJECT
private slots:
    void runsStepsInOrderAndKeepsOutputs();
    void sendsEveryKindOfMessage();
    void followsEveryTrueCondition();
    void takesTheDefaultWhenNothingIsTrue();
    void endsSilentlyWhenNoConditionIsTrue();
    void interleavesPathsRoundByRound();
    void runsAStepTwiceWhenReachedTwice();
    void runsTheContinuationAfterTheChildrenOfAnIf();
    void skipsTheChildrenOfAFalseIf();
    void sleepsUntilTheClockIsThere();
    void replyTakesTheRightBranch();
    void replyFromSomebodyElseIsIgnored();
    void replyMatchesWithoutThePlus();
    void timeoutIsCancelledAndContinues();
    void aMessageAnswersOrStarts();
    void startsOnlyDefinitionsOfItsSubAccount();
    void webhookVersions_data();
    void webhookVersions();
    void pressedKeysContinueACall();
    void chatToABusinessScopedId();
    void faults_data();
    void faults();
    void stopsEndlessLoops();
    void limitsGrowingData();
    void suspendHoldsTimersAndReplies();
    void refusesWhatAStateDoesNotAllow();
    void restartKeepsWaitingInstances();
    void restartFiresWhatBecameDue();
    void newVersionLeavesRunningInstancesAlone();
};

void WorkflowEngineTest::runsStepsInOrderAndKeepsOutputs()
{
    Rehearsal sandbox;
    QVERIFY2(sandbox.isOpen(), qPrintable(sandbox.openError()));
    const QString definition = sandbox.create("["
        + sms("one", "Hello {{data.name}}",
            R"(,"nextStepId":"two","outputs":)"
            R"({"id":"{{step.umid}}","state":"{{step.status.code}}","fixed":"as is"})")
        + "," + sms("two", "{{data.state}}") + "," + sms("never", "nobody leads here") + "]");
    const QString workflow = sandbox.start(definition, R"({"name":"Ada","big":12345678901234567890})");
    QCOMPARE(sandbox.status(definition, workflow), u"Complete"_s);
    QCOMPARE(sandbox.outbox(), (QStringList {u"Hello Ada"_s, u"QUEUED"_s}));
    QCOMPARE(sandbox.log(definition, workflow), (QStringList {u"one:Complete"_s, u"two:Complete"_s}));
    const JsonValue instance = sandbox.instance(definition, workflow);
    QCOMPARE(instance["data"_L1]["fixed"_L1].toString(), u"as is"_s);
    QCOMPARE(instance["data"_L1]["big"_L1].numberLexeme(), QByteArray("12345678901234567890"));
    QCOMPARE(instance["data"_L1]["accountId"_L1].toString(), Rehearsal::account());
    QCOMPARE(instance["data"_L1]["triggeredAt"_L1].toString(), u"2026-03-02T08:00:00Z"_s);
    QCOMPARE(instance["completedAt"_L1].toString(), u"2026-03-02T08:00:00Z"_s);
    QVERIFY(sandbox.errors(definition, workflow).isArray());
    QCOMPARE(sandbox.errors(definition, workflow).size(), 0);
}

void WorkflowEngineTest::sendsEveryKindOfMessage()
{
    Rehearsal sandbox;
    const QString definition = sandbox.create(
        R"([{"id":"chat","stepType":"ChatAppsMessage","nextStepId":"call","inputs":{"subAccountId":"s","user":)"
        R"({"msisdn":"+6590000001"},"type":"text","content":{"text":"chat text"}},"outputs":{"umid":"{{step.umid}}"}},)"
        R"({"id":"call","stepType":"VoiceMessage","nextStepId":"desk","inputs":{"action":"say","params":)"
        R"({"destination":"+6590000001","text":"spoken"}},"outputs":{"uid":"{{step.response.uid}}"}},)"
        R"({"id":"desk","stepType":"SendToConverse","inputs":{"payload":"{{data.note}}"},)"
        R"("outputs":{"ticket":"{{step.ticketId}}"}}])");
    const QString workflow = sandbox.start(definition, R"({"note":"help"})");
    QCOMPARE(sandbox.status(definition, workflow), u"Complete"_s);
    const JsonValue sent = sandbox.call("GET", u"/sandbox/outbox"_s).body;
    QCOMPARE(sent.size(), 3);
    QCOMPARE(sent.at(0)["kind"_L1].toString(), u"chat"_s);
    QCOMPARE(sent.at(1)["kind"_L1].toString(), u"voice"_s);
    QCOMPARE(sent.at(2)["kind"_L1].toString(), u"converse"_s);
    const JsonValue data = sandbox.instance(definition, workflow)["data"_L1];
    QCOMPARE(data["umid"_L1], sent.at(0)["id"_L1]);
    QCOMPARE(data["uid"_L1], sent.at(1)["id"_L1]);
    QCOMPARE(data["ticket"_L1], sent.at(2)["id"_L1]);
}

void WorkflowEngineTest::followsEveryTrueCondition()
{
    Rehearsal sandbox;
    const QString definition = sandbox.create(
        R"([{"id":"b","stepType":"branch","selectNextStep":{"otherwise":null,"one":"{{data.n > 0}}","two":"{{data.n > 1}}",)"
        R"("three":"{{data.n > 2}}"}},)"
        + sms("one", "1") + "," + sms("two", "2") + "," + sms("three", "3") + "," + sms("otherwise", "0") + "]");
    sandbox.start(definition, R"({"n":2})");
    QCOMPARE(sandbox.outbox(), (QStringList {u"1"_s, u"2"_s}));
}

void WorkflowEngineTest::takesTheDefaultWhenNothingIsTrue()
{
    Rehearsal sandbox;
    const QString definition
        = sandbox.create(R"([{"id":"b","stepType":"Branch","selectNextStep":{"d1":null,"no":"{{false}}","d2":null}},)"
            + sms("d1", "1") + "," + sms("d2", "2") + "," + sms("no", "no") + "]");
    sandbox.start(definition);
    QCOMPARE(sandbox.outbox(), (QStringList {u"1"_s, u"2"_s}));
}

void WorkflowEngineTest::endsSilentlyWhenNoConditionIsTrue()
{
    Rehearsal sandbox;
    const QString definition
        = sandbox.create(R"([{"id":"b","stepType":"Branch","selectNextStep":{"no":"{{0}}"}},)" + sms("no", "no") + "]");
    const QString workflow = sandbox.start(definition);
    QCOMPARE(sandbox.status(definition, workflow), u"Complete"_s);
    QCOMPARE(sandbox.outbox(), QStringList());
}

void WorkflowEngineTest::interleavesPathsRoundByRound()
{
    Rehearsal sandbox;
    const QString definition
        = sandbox.create(R"([{"id":"b","stepType":"Branch","selectNextStep":{"a1":"{{1}}","b1":"{{1}}"}},)"
            + sms("a1", "a1", R"(,"nextStepId":"a2")") + "," + sms("a2", "a2") + ","
            + sms("b1", "b1", R"(,"nextStepId":"b2")") + "," + sms("b2", "b2") + "]");
    sandbox.start(definition);
    QCOMPARE(sandbox.outbox(), (QStringList {u"a1"_s, u"b1"_s, u"a2"_s, u"b2"_s}));
}

void WorkflowEngineTest::runsAStepTwiceWhenReachedTwice()
{
    Rehearsal sandbox;
    const QString definition
        = sandbox.create(R"([{"id":"b","stepType":"Branch","selectNextStep":{"a":"{{1}}","c":"{{1}}"}},)"
            + sms("a", "a", R"(,"nextStepId":"end")") + "," + sms("c", "c", R"(,"nextStepId":"end")") + ","
            + sms("end", "end") + "]");
    const QString workflow = sandbox.start(definition);
    QCOMPARE(sandbox.outbox(), (QStringList {u"a"_s, u"c"_s, u"end"_s, u"end"_s}));
    QCOMPARE(sandbox.log(definition, workflow).size(), 5);
}

void WorkflowEngineTest::runsTheContinuationAfterTheChildrenOfAnIf()
{
    Rehearsal sandbox;
    const QString definition = sandbox.create(
        R"([{"id":"if","stepType":"If","inputs":{"condition":"{{data.go}}"},"nextStepId":"after","do":[[)"
        + sms("c1", "c1", R"(,"nextStepId":"pause")") + "," + sms("unchained", "never") + R"(],[)"
        + sms("other", "other") + R"(]]},{"id":"pause","stepType":"Wait","inputs":{"duration":"00:01:00"}},)"
        + sms("after", "after") + "]");
    const QString workflow = sandbox.start(definition, R"({"go":true})");
    QCOMPARE(sandbox.outbox(), (QStringList {u"c1"_s, u"other"_s}));
    QCOMPARE(sandbox.log(definition, workflow),
        (QStringList {u"if:Running"_s, u"c1:Complete"_s, u"other:Complete"_s, u"pause:Sleeping"_s}));
    QVERIFY(sandbox.advance(u"00:01:00"_s));
    QCOMPARE(sandbox.outbox(), (QStringList {u"c1"_s, u"other"_s, u"after"_s}));
    QCOMPARE(sandbox.status(definition, workflow), u"Complete"_s);
}

void WorkflowEngineTest::skipsTheChildrenOfAFalseIf()
{
    Rehearsal sandbox;
    const QString definition = sandbox.create(
        R"([{"id":"if","stepType":"If","inputs":{"condition":"{{data.go == true}}"},"nextStepId":"after","do":[[)"
        + sms("c1", "c1") + "]]}," + sms("after", "after") + "]");
    sandbox.start(definition);
    QCOMPARE(sandbox.outbox(), QStringList {u"after"_s});
}

void WorkflowEngineTest::sleepsUntilTheClockIsThere()
{
    Rehearsal sandbox;
    const QString definition
        = sandbox.create(R"([{"id":"w","stepType":"Wait","inputs":{"duration":"1.00:00:00"},"nextStepId":"end"},)"
            + sms("end", "up") + "]");
    const QString workflow = sandbox.start(definition);
    QCOMPARE(sandbox.log(definition, workflow), QStringList {u"w:Sleeping"_s});
    QVERIFY(sandbox.advance(u"0.23:59:59"_s));
    QCOMPARE(sandbox.status(definition, workflow), u"Runnable"_s);
    QVERIFY(sandbox.advance(u"0.00:00:10"_s));
    const JsonValue instance = sandbox.instance(definition, workflow);
    QCOMPARE(instance["status"_L1].toString(), u"Complete"_s);
    // It ended when it was due, not when the jump of the clock ended.
    QCOMPARE(instance["completedAt"_L1].toString(), u"2026-03-03T08:00:00Z"_s);
}

void WorkflowEngineTest::replyTakesTheRightBranch()
{
    Rehearsal sandbox;
    const QString definition = sandbox.create(waitForReply);
    const QString workflow = sandbox.start(definition, fromAlice);
    QCOMPARE(sandbox.log(definition, workflow), QStringList {u"wait:WaitingForEvent"_s});
    const auto answer = sandbox.call(
        "POST", u"/sandbox/inbound"_s, Rehearsal::json(R"({"kind":"sms","from":"+6591111111","text":"yes"})"));
    QCOMPARE(answer.status, 200);
    QCOMPARE(answer.body["resumed"_L1].at(0)["workflowId"_L1].toString(), workflow);
    QCOMPARE(answer.body["notes"_L1].size(), 0);
    QVERIFY(sandbox.settle());
    QCOMPARE(sandbox.status(definition, workflow), u"Complete"_s);
    QCOMPARE(sandbox.outbox(), QStringList {u"got yes"_s});
    QCOMPARE(sandbox.log(definition, workflow), (QStringList {u"wait:Complete"_s, u"yes:Complete"_s}));
}

void WorkflowEngineTest::replyFromSomebodyElseIsIgnored()
{
    Rehearsal sandbox;
    const QString definition = sandbox.create(waitForReply);
    const QString workflow = sandbox.start(definition, fromAlice);
    for (const QByteArray &message : {QByteArray(R"({"kind":"sms","from":"+6592222222","text":"yes"})"),
             QByteArray(R"({"kind":"chat","channel":"whatsapp","from":"+6591111111","text":"yes"})")}) {
        const auto answer = sandbox.call("POST", u"/sandbox/inbound"_s, Rehearsal::json(message));
        QCOMPARE(answer.body["resumed"_L1].size(), 0);
    }
    QVERIFY(sandbox.settle());
    QCOMPARE(sandbox.status(definition, workflow), u"Runnable"_s);
}

void WorkflowEngineTest::replyMatchesWithoutThePlus()
{
    Rehearsal sandbox;
    const QString definition = sandbox.create(waitForReply);
    sandbox.start(definition, R"({"payload":{"source":"6591111111"}})");
    const auto answer = sandbox.call(
        "POST", u"/sandbox/inbound"_s, Rehearsal::json(R"({"kind":"sms","from":"+65 9111-1111","text":"no"})"));
    QCOMPARE(answer.body["resumed"_L1].size(), 1);
    QCOMPARE(answer.body["notes"_L1].size(), 1);
    QVERIFY(sandbox.settle());
    QCOMPARE(sandbox.outbox(), QStringList {u"got no"_s});
}

void WorkflowEngineTest::timeoutIsCancelledAndContinues()
{
    Rehearsal sandbox;
    const QString definition = sandbox.create(waitForReply);
    const QString workflow = sandbox.start(definition, fromAlice);
    QVERIFY(sandbox.advance(u"00:05:00"_s));
    QCOMPARE(sandbox.log(definition, workflow), (QStringList {u"wait:Cancelled"_s, u"none:Complete"_s}));
    QCOMPARE(sandbox.outbox(), QStringList {u"got nothing: ."_s});
    QVERIFY(sandbox.instance(definition, workflow)["data"_L1].contains("answer"_L1));
    QVERIFY(sandbox.instance(definition, workflow)["data"_L1]["answer"_L1].isNull());
}

void WorkflowEngineTest::aMessageAnswersOrStarts()
{
    Rehearsal sandbox;
    const QString waiting = sandbox.create(waitForReply, u"inbound_sms"_s);
    const QString simple = sandbox.create("[" + sms("auto", "auto {{data.payload.body}}") + "]", u"inbound_sms"_s);
    const JsonValue message = Rehearsal::json(R"({"kind":"sms","from":"+6591111111","text":"yes"})");

    auto answer = sandbox.call("POST", u"/sandbox/inbound"_s, message);
    QCOMPARE(answer.body["resumed"_L1].size(), 0);
    QCOMPARE(answer.body["started"_L1].size(), 2);
    QVERIFY(sandbox.settle());

    answer = sandbox.call("POST", u"/sandbox/inbound"_s, message);
    QCOMPARE(answer.body["resumed"_L1].at(0)["definitionId"_L1].toString(), waiting);
    QCOMPARE(answer.body["started"_L1].size(), 1);
    QCOMPARE(answer.body["started"_L1].at(0)["definitionId"_L1].toString(), simple);
    QVERIFY(sandbox.settle());
    QCOMPARE(sandbox.outbox().count(u"auto yes"_s), 2);
    QCOMPARE(sandbox.outbox().count(u"got yes"_s), 1);
}

void WorkflowEngineTest::startsOnlyDefinitionsOfItsSubAccount()
{
    Rehearsal sandbox;
    const auto create = [&](const QByteArray &subAccount, const QByteArray &status) {
        return sandbox.call("POST", u"definitions"_s,
            Rehearsal::json(R"({"trigger":"http_request","status":")" + status + R"(","subAccountId":)" + subAccount
                + R"(,"definition":{"name":"N","steps":[)" + sms("s", subAccount.mid(1, 1)) + "]}}"));
    };
    create(R"("a")", "enabled");
    create(R"("b")", "enabled");
    create("null", "enabled");
    create(R"("a")", "disabled");
    QCOMPARE(sandbox.call("POST", u"triggers/http_request?subAccountId=a"_s, Rehearsal::json("{}")).status, 200);
    QVERIFY(sandbox.settle());
    QStringList sent = sandbox.outbox();
    sent.sort();
    QCOMPARE(sent, (QStringList {u"a"_s, u"u"_s}));
    QCOMPARE(sandbox.call("POST", u"triggers/http_request"_s, Rehearsal::json("{}")).status, 200);
    QVERIFY(sandbox.settle());
    QCOMPARE(sandbox.outbox().size(), 3);
}

void WorkflowEngineTest::webhookVersions_data()
{
    QTest::addColumn<QByteArray>("message");
    QTest::addColumn<QString>("seen");
    QTest::newRow("v2") << QByteArray(R"({"kind":"chat","channel":"whatsapp","from":"+6591111111","text":"x"})")
                        << u"/+6591111111/6591111111/whatsapp/x"_s;
    QTest::newRow("v3 viber") << QByteArray(
        R"({"kind":"chat","channel":"viber","from":"6591111111","text":"x","webhookVersion":3})")
                              << u"3/+6591111111//viber/x"_s;
    QTest::newRow("envelope") << QByteArray(
        R"({"envelope":{"namespace":"ChatApps","version":3,"payload":{"user":{"msisdn":"+1"},"recipient":{"channel":"RCS"},)"
        R"("content":{"text":"y"}}}})")
                              << u"3/+1//RCS/y"_s;
}

void WorkflowEngineTest::webhookVersions()
{
    QFETCH(QByteArray, message);
    QFETCH(QString, seen);
    Rehearsal sandbox;
    sandbox.create("["
            + sms("s",
                "{{data.version}}/{{data.payload.user.msisdn}}/{{data.payload.user.channelUserId}}/"
                "{{data.payload.recipient.channel}}/{{data.payload.content.text}}")
            + "]",
        u"inbound_chat_apps"_s);
    QCOMPARE(sandbox.call("POST", u"/sandbox/inbound"_s, Rehearsal::json(message)).status, 200);
    QVERIFY(sandbox.settle());
    QCOMPARE(sandbox.outbox(), QStringList {seen});
}

void WorkflowEngineTest::pressedKeysContinueACall()
{
    Rehearsal sandbox;
    const QByteArray call
        = R"([{"id":"call","stepType":"VoiceMessage","nextStepId":"keys","inputs":{"action":"say&capture",)"
          R"("clientRequestId":"ticket-7","params":{"destination":"+65","text":"press"}}},)";
    const QByteArray next = R"("outputs":{"code":"{{step.dtmfData.actionDetails.dtmf}}"},"nextStepId":"end"},)"
        + sms("end", "code {{data.code}}") + "]";
    const QString given = sandbox.create(
        call + R"({"id":"keys","stepType":"WaitForDTMF","inputs":{"dtmfRequestId":"ticket-7"},)" + next);
    const QString implied = sandbox.create(call + R"({"id":"keys","stepType":"WaitForDTMF","inputs":{},)" + next);
    const QString first = sandbox.start(given);
    const QString second = sandbox.start(implied);
    auto answer
        = sandbox.call("POST", u"/sandbox/dtmf"_s, Rehearsal::json(R"({"dtmfRequestId":"ticket-7","dtmf":"42"})"));
    QCOMPARE(answer.body["resumed"_L1].size(), 2);
    QVERIFY(sandbox.settle());
    QCOMPARE(sandbox.status(given, first), u"Complete"_s);
    QCOMPARE(sandbox.status(implied, second), u"Complete"_s);
    QCOMPARE(sandbox.outbox().count(u"code 42"_s), 2);
    QCOMPARE(sandbox.call("POST", u"/sandbox/dtmf"_s, Rehearsal::json(R"({"dtmf":"42"})")).status, 400);
}

void WorkflowEngineTest::chatToABusinessScopedId()
{
    Rehearsal sandbox;
    const QString definition = sandbox.create(
        R"([{"id":"hello","stepType":"ChatAppsMessage","inputs":{"subAccountId":"s","type":"text","user":{"msisdn":"SG.1c7d0f92a6b84e"},"content":{"text":"Hi"}}}])");
    const QString workflow = sandbox.start(definition);
    QCOMPARE(sandbox.status(definition, workflow), u"Complete"_s);
    QVERIFY(sandbox.outbox().contains(u"Hi"_s));
}

void WorkflowEngineTest::faults_data()
{
    QTest::addColumn<QByteArray>("step");
    QTest::addColumn<QString>("message");
    QTest::newRow("throws") << sms("bad", "{{data.missing.deeper}}") << u"Failed to evaluate the expression. Error: "_s;
    QTest::newRow("in outputs") << sms("bad", "fine", R"(,"outputs":{"x":"{{step.none.deeper}}"})")
                                << u"Failed to evaluate the expression. Error: "_s;
    QTest::newRow("chat without user") << QByteArray(
        R"({"id":"bad","stepType":"ChatAppsMessage","inputs":{"subAccountId":"s","type":"text"}})")
                                       << u"Failed to send chat apps message because Empty 'user'"_s;
    QTest::newRow("chat to nobody") << QByteArray(
        R"({"id":"bad","stepType":"ChatAppsMessage","inputs":{"subAccountId":"s","type":"text","user":{"msisdn":"{{data.x}}"}}})")
                                    << u"Failed to send chat apps message because Invalid 'msisdn'.. Error id: "_s;
    QTest::newRow("no subaccount") << QByteArray(R"({"id":"bad","stepType":"SMS","inputs":{}})")
                                   << u"Invalid subaccount id."_s;
    QTest::newRow("computed duration") << QByteArray(
        R"({"id":"bad","stepType":"Wait","inputs":{"duration":"{{'soon'}}"}})")
                                       << u"'soon'"_s;
    QTest::newRow("reply without sender")
        << QByteArray(R"({"id":"bad","stepType":"WaitForReply","inputs":{"channel":"sms"}})") << u"'from'"_s;
    QTest::newRow("keys without call") << QByteArray(R"({"id":"bad","stepType":"WaitForDTMF","inputs":{}})")
                                       << u"dtmfRequestId"_s;
    QTest::newRow("local file") << QByteArray(
        R"({"id":"bad","stepType":"HttpRequest","inputs":{"url":"file:///etc/hostname","method":"GET"}})")
                                << u"Invalid URL"_s;
}

void WorkflowEngineTest::faults()
{
    QFETCH(QByteArray, step);
    QFETCH(QString, message);
    Rehearsal sandbox;
    const QString definition
        = sandbox.create(R"([{"id":"b","stepType":"Branch","selectNextStep":{"bad":"{{1}}","beside":"{{1}}"}},)" + step
            + R"(,{"id":"beside","stepType":"Wait","inputs":{"duration":"1"}}])");
    const QString workflow = sandbox.start(definition);
    const JsonValue instance = sandbox.instance(definition, workflow);
    QCOMPARE(instance["status"_L1].toString(), u"Terminated"_s);
    QVERIFY(instance["completedAt"_L1].isString());
    QCOMPARE(sandbox.log(definition, workflow).mid(0, 2), (QStringList {u"b:Complete"_s, u"bad:Failed"_s}));
    QVERIFY(instance["logs"_L1].at(1)["completedAt"_L1].isNull());
    const JsonValue errors = sandbox.errors(definition, workflow);
    QCOMPARE(errors.size(), 1);
    QCOMPARE(errors.at(0)["step"_L1].toString(), u"bad"_s);
    QCOMPARE(errors.at(0)["workflowId"_L1].toString(), workflow);
    QVERIFY2(
        errors.at(0)["message"_L1].toString().contains(message), qPrintable(errors.at(0)["message"_L1].toString()));
}

void WorkflowEngineTest::stopsEndlessLoops()
{
    Rehearsal sandbox;
    const QString definition = sandbox.create(
        R"([{"id":"again","stepType":"Branch","inputs":{},"nextStepId":"again","selectNextStep":{}}])");
    const QString workflow = sandbox.start(definition);
    QCOMPARE(sandbox.status(definition, workflow), u"Terminated"_s);
    QVERIFY(sandbox.errors(definition, workflow).at(0)["message"_L1].toString().contains(u"10000 steps"_s));
    QCOMPARE(sandbox.instance(definition, workflow)["logs"_L1].size(), 10000);
}

void WorkflowEngineTest::limitsGrowingData()
{
    Rehearsal sandbox;
    const QString definition = sandbox.create(
        R"([{"id":"grow","stepType":"Branch","nextStepId":"grow","outputs":{"t":"{{(data.t || 'xxxxxxxx').repeat(8)}}"},)"
        R"("selectNextStep":{}}])");
    const QString workflow = sandbox.start(definition);
    QCOMPARE(sandbox.status(definition, workflow), u"Terminated"_s);
    QVERIFY(!sandbox.errors(definition, workflow).isEmpty());
}

void WorkflowEngineTest::suspendHoldsTimersAndReplies()
{
    Rehearsal sandbox;
    const QString sleeper
        = sandbox.create(R"([{"id":"w","stepType":"Wait","inputs":{"duration":"00:01:00"},"nextStepId":"end"},)"
            + sms("end", "up") + "]");
    const QString waiter = sandbox.create(waitForReply);
    const QString sleeping = sandbox.start(sleeper);
    const QString waiting = sandbox.start(waiter, fromAlice);
    const auto command = [&](const QString &definition, const QString &workflow, const QString &word) {
        return sandbox.call("PATCH", u"definitions/%1/workflows/%2"_s.arg(definition, workflow),
            JsonValue::object({{u"status"_s, word}}));
    };
    QCOMPARE(command(sleeper, sleeping, u"suspend"_s).status, 200);
    QCOMPARE(command(waiter, waiting, u"suspend"_s).status, 200);
    QCOMPARE(sandbox.status(sleeper, sleeping), u"Suspended"_s);
    QVERIFY(sandbox.advance(u"00:02:00"_s));
    const auto answer = sandbox.call(
        "POST", u"/sandbox/inbound"_s, Rehearsal::json(R"({"kind":"sms","from":"+6591111111","text":"yes"})"));
    QCOMPARE(answer.body["resumed"_L1].size(), 1);
    QVERIFY(sandbox.advance(u"00:10:00"_s));
    QCOMPARE(sandbox.outbox(), QStringList());

    QCOMPARE(command(sleeper, sleeping, u"resume"_s).status, 200);
    QCOMPARE(command(waiter, waiting, u"resume"_s).status, 200);
    QVERIFY(sandbox.settle());
    QCOMPARE(sandbox.outbox(), (QStringList {u"up"_s, u"got yes"_s}));
}

void WorkflowEngineTest::refusesWhatAStateDoesNotAllow()
{
    Rehearsal sandbox;
    const QString definition = sandbox.create(R"([{"id":"w","stepType":"Wait","inputs":{"duration":"1"}}])");
    const QString workflow = sandbox.start(definition);
    const auto command = [&](const QString &word) {
        return sandbox.call("PATCH", u"definitions/%1/workflows/%2"_s.arg(definition, workflow),
            JsonValue::object({{u"status"_s, word}}));
    };
    QCOMPARE(command(u"resume"_s).message(), u"Cannot resume a workflow in status Runnable"_s);
    QCOMPARE(command(u"pause"_s).status, 400);
    QCOMPARE(command(u"terminate"_s).status, 200);
    QCOMPARE(sandbox.log(definition, workflow), QStringList {u"w:Sleeping"_s});
    const auto refused = command(u"resume"_s);
    QCOMPARE(refused.status, 400);
    QCOMPARE(refused.body["code"_L1].toInteger(), 1400);
    QCOMPARE(refused.message(), u"Cannot resume a workflow in status Terminated"_s);
    QCOMPARE(command(u"terminate"_s).message(), u"Cannot terminate a workflow in status Terminated"_s);
    QCOMPARE(command(u"suspend"_s).message(), u"Cannot suspend a workflow in status Terminated"_s);
}

void WorkflowEngineTest::restartKeepsWaitingInstances()
{
    QTemporaryDir folder;
    QString definition;
    QString workflow;
    {
        Rehearsal sandbox(folder.path());
        QVERIFY2(sandbox.isOpen(), qPrintable(sandbox.openError()));
        definition = sandbox.create(waitForReply);
        workflow = sandbox.start(definition, fromAlice);
        Rehearsal second(folder.path());
        QVERIFY(!second.isOpen());
        QVERIFY(second.openError().contains(u"Another sandbox"_s));
    }
    Rehearsal sandbox(folder.path());
    QVERIFY2(sandbox.isOpen(), qPrintable(sandbox.openError()));
    QCOMPARE(sandbox.call("GET", u"definitions"_s).body.at(0)["definition"_L1]["id"_L1].toString(), definition);
    QCOMPARE(sandbox.log(definition, workflow), QStringList {u"wait:WaitingForEvent"_s});
    const auto answer = sandbox.call(
        "POST", u"/sandbox/inbound"_s, Rehearsal::json(R"({"kind":"sms","from":"+6591111111","text":"yes"})"));
    QCOMPARE(answer.body["resumed"_L1].size(), 1);
    QVERIFY(sandbox.settle());
    QCOMPARE(sandbox.log(definition, workflow), (QStringList {u"wait:Complete"_s, u"yes:Complete"_s}));
}

void WorkflowEngineTest::restartFiresWhatBecameDue()
{
    QTemporaryDir folder;
    const QByteArray steps
        = R"([{"id":"if","stepType":"If","inputs":{"condition":"{{true}}"},"nextStepId":"after","do":[[)"
          R"({"id":"w","stepType":"Wait","inputs":{"duration":"00:10:00"}}]]},)"
        + sms("after", "after") + "]";
    QString definition;
    QString workflow;
    {
        Rehearsal sandbox(folder.path());
        definition = sandbox.create(steps);
        workflow = sandbox.start(definition);
        QVERIFY(sandbox.advance(u"00:09:00"_s));
    }
    Rehearsal sandbox(folder.path());
    QCOMPARE(sandbox.call("GET", u"/sandbox/state"_s).body["clock"_L1]["now"_L1].toString(), u"2026-03-02T08:09:00Z"_s);
    QCOMPARE(sandbox.status(definition, workflow), u"Runnable"_s);
    QVERIFY(sandbox.advance(u"00:01:00"_s));
    QCOMPARE(sandbox.status(definition, workflow), u"Complete"_s);
    QCOMPARE(sandbox.outbox(), QStringList {u"after"_s});
}

void WorkflowEngineTest::newVersionLeavesRunningInstancesAlone()
{
    Rehearsal sandbox;
    const auto body = [](const QByteArray &text) {
        return Rehearsal::json(R"({"trigger":"http_request","status":"enabled","definition":{"name":"N","steps":[)"
                               R"({"id":"w","stepType":"Wait","inputs":{"duration":"00:01:00"},"nextStepId":"end"},)"
            + sms("end", text) + "]}}");
    };
    const QString definition
        = sandbox.call("POST", u"definitions"_s, body("old")).body["definition"_L1]["id"_L1].toString();
    sandbox.start(definition);
    QCOMPARE(sandbox.call("PUT", u"definitions/"_s + definition, body("new"))
                 .body["definition"_L1]["version"_L1]
                 .toInteger(),
        2);
    sandbox.start(definition);
    QVERIFY(sandbox.advance(u"00:01:00"_s));
    QCOMPARE(sandbox.outbox(), (QStringList {u"old"_s, u"new"_s}));
}

QTEST_GUILESS_MAIN(WorkflowEngineTest)
#include "tst_workflowengine.moc"
