#include "model/definition/stepcatalog.h"

#include "model/json/jsonreader.h"

#include <QFile>
#include <QSet>
#include <QTemporaryDir>
#include <QtTest>

using namespace automation;

// The catalogue is data: these tests look at what the files say.
class TestStepCatalog : public QObject
{
    Q_OBJECT

private slots:
    void holdsTheTypesOfTheReference();
    void inputsAndOffersAreThoseOfTheReference_data();
    void inputsAndOffersAreThoseOfTheReference();
    void choicesAreThoseOfTheReference();
    void triggersHavePayloads();
    void messagesHaveTheFieldsOfTheReference();
    void everyTypeIsComplete_data();
    void everyTypeIsComplete();
    void newInputsHaveFields_data();
    void newInputsHaveFields();
    void findsTypesInAnyCase();
    void fixedOutcomesHaveConditions();
    void loadReportsBrokenFiles_data();
    void loadReportsBrokenFiles();

private:
    void eachType();
};

void TestStepCatalog::eachType()
{
    QTest::addColumn<bool>("isTrigger");
    QTest::addColumn<int>("index");
    const StepCatalog &catalog = StepCatalog::builtIn();
    for (int i = 0; i < catalog.triggers().size(); ++i)
        QTest::newRow(qPrintable(catalog.triggers().at(i).name)) << true << i;
    for (int i = 0; i < catalog.steps().size(); ++i)
        QTest::newRow(qPrintable(catalog.steps().at(i).name)) << false << i;
}

static const StepType &typeOfRow()
{
    QFETCH(bool, isTrigger);
    QFETCH(int, index);
    const StepCatalog &catalog = StepCatalog::builtIn();
    return isTrigger ? catalog.triggers().at(index) : catalog.steps().at(index);
}

void TestStepCatalog::holdsTheTypesOfTheReference()
{
    QStringList steps;
    for (const StepType &type : StepCatalog::builtIn().steps())
        steps += type.name;
    QCOMPARE(steps.join(u' '),
        QStringLiteral(
            "SMS ChatAppsMessage VoiceMessage Wait WaitForReply WaitForDTMF Branch If HttpRequest SendToConverse"));
    QStringList triggers;
    for (const StepType &type : StepCatalog::builtIn().triggers())
        triggers += type.name;
    QCOMPARE(triggers.join(u' '), QStringLiteral("inbound_sms inbound_chat_apps http_request"));
}

// API reference §5: * is required, = is what the service assumes. Parts of an object are one input there.
void TestStepCatalog::inputsAndOffersAreThoseOfTheReference_data()
{
    QTest::addColumn<QString>("inputs");
    QTest::addColumn<QString>("offers");
    const auto row = [](const char *type, const char *inputs, const char *offers) {
        QTest::newRow(type) << QString::fromLatin1(inputs) << QString::fromLatin1(offers);
    };
    row("SMS",
        "clientMessageId country destination* dlrCallbackUrl encoding=AUTO expiry scheduled source subAccountId* text*",
        "clientMessageId description destination encoding requestId status umid");
    row("ChatAppsMessage", "clientMessageId content* subAccountId* type* user*", "description requestId status umid");
    row("HttpRequest", "body headers method* parameters timeoutSeconds=5 url*",
        "reasonPhrase responseBody responseCode");
    row("Branch", "", "");
    row("If", "condition*", "");
    row("Wait", "duration*", "");
    row("WaitForReply", "channel* from* timeout=1.00:00:00", "reply");
    row("VoiceMessage", "action* clientRequestId params* subAccountId", "response");
    row("WaitForDTMF", "dtmfRequestId timeout=1.00:00:00", "dtmfData");
    row("SendToConverse", "payload*", "ticketId");
}

void TestStepCatalog::inputsAndOffersAreThoseOfTheReference()
{
    QFETCH(QString, inputs);
    QFETCH(QString, offers);
    const StepType *type = StepCatalog::builtIn().step(QString::fromLatin1(QTest::currentDataTag()));
    QVERIFY(type);
    QMap<QString, QString> found;
    for (const InputField &field : type->inputs) {
        QString &mark = found[field.name.section(u'.', 0, 0)];
        if (field.required)
            mark = u"*"_qs;
        else if (field.defaultValue.isString())
            mark = u'=' + field.defaultValue.toString();
        else if (!field.defaultValue.isNull())
            mark = u'=' + QString::number(field.defaultValue.toInteger());
    }
    QStringList names;
    for (auto it = found.cbegin(); it != found.cend(); ++it)
        names += it.key() + it.value();
    QCOMPARE(names.join(u' '), inputs);
    QStringList offered;
    for (const OfferedOutput &output : type->outputs)
        offered += output.name;
    offered.sort();
    QCOMPARE(offered.join(u' '), offers);
}

void TestStepCatalog::choicesAreThoseOfTheReference()
{
    const auto choices = [](QStringView type, QStringView input) {
        return StepCatalog::builtIn().step(type.toString())->input(input.toString())->choices.join(u' ');
    };
    QCOMPARE(choices(u"SMS", u"encoding"), u"AUTO GSM7 UCS2"_qs);
    QCOMPARE(choices(u"VoiceMessage", u"action"), u"say say&capture playFile"_qs);
    QCOMPARE(choices(u"WaitForReply", u"channel"), u"sms whatsapp viber line RCS"_qs);
    QCOMPARE(choices(u"HttpRequest", u"method"), u"GET POST PUT PATCH DELETE HEAD OPTIONS"_qs);
}

// API reference §4, in both shapes of the webhook.
void TestStepCatalog::messagesHaveTheFieldsOfTheReference()
{
    const auto keys = [](const JsonValue &object) {
        QStringList names;
        for (qsizetype i = 0; i < object.size(); ++i)
            names += object.keyAt(i);
        names.sort();
        return names.join(u' ');
    };
    QSet<qint64> versions;
    for (const auto &[name, data] : StepCatalog::builtIn().trigger(u"inbound_sms")->payloads) {
        QCOMPARE(data.value(u"namespace").toString(), u"SMS"_qs);
        QCOMPARE(data.value(u"eventType").toString(), u"inbound_message_received"_qs);
        QCOMPARE(keys(data.value(u"payload")),
            u"body destination encoding price smsCount source subAccountId timestamp umid"_qs);
        QVERIFY(data.value(u"payload").value(u"source").toString().startsWith(u'+'));
        versions += data.value(u"version").toInteger();
    }
    QCOMPARE(versions, (QSet<qint64> {0, 3}));
    versions.clear();
    bool hasReply = false;
    for (const auto &[name, data] : StepCatalog::builtIn().trigger(u"inbound_chat_apps")->payloads) {
        QCOMPARE(data.value(u"namespace").toString(), u"ChatApps"_qs);
        const JsonValue &payload = data.value(u"payload");
        hasReply = hasReply || payload.contains(u"replyToUmid");
        QCOMPARE(
            keys(payload).remove(u" replyToUmid"_qs), u"content recipient subAccountId timestamp type umid user"_qs);
        QCOMPARE(keys(payload.value(u"recipient")), u"channel channelId"_qs);
        const JsonValue &user = payload.value(u"user");
        const QString number = user.value(u"msisdn").toString();
        QVERIFY(number.startsWith(u'+'));
        const bool isThird = data.value(u"version").toInteger() == 3;
        versions += data.value(u"version").toInteger();
        // The second shape has the digits of the number as the channel's user; the third an id of its own, or none.
        const QString channelUser = user.value(u"channelUserId").toString();
        QCOMPARE(channelUser == number.mid(1), !isThird);
        QCOMPARE(user.contains(u"username"), isThird && !channelUser.isEmpty());
    }
    QCOMPARE(versions, (QSet<qint64> {0, 3}));
    QVERIFY(hasReply);
}

void TestStepCatalog::triggersHavePayloads()
{
    for (const StepType &trigger : StepCatalog::builtIn().triggers()) {
        QVERIFY2(!trigger.payloads.isEmpty(), qPrintable(trigger.name));
        for (const auto &[name, payload] : trigger.payloads) {
            QVERIFY2(!name.isEmpty(), qPrintable(trigger.name));
            QVERIFY2(payload.isObject() && !payload.isEmpty(), qPrintable(name));
        }
    }
    const StepType *chat = StepCatalog::builtIn().trigger(u"inbound_chat_apps");
    QVERIFY(chat);
    // Both webhook shapes, and one without the channel's user id, which the third version may leave out.
    int versions = 0;
    int withoutChannelUser = 0;
    for (const auto &[name, payload] : chat->payloads) {
        versions += payload.value(u"version").toInteger() == 3 ? 1 : 0;
        withoutChannelUser += payload.value(u"payload").value(u"user").contains(u"channelUserId") ? 0 : 1;
    }
    QVERIFY(versions >= 1 && versions < chat->payloads.size());
    QVERIFY(withoutChannelUser >= 1);
}

void TestStepCatalog::everyTypeIsComplete_data()
{
    eachType();
}

void TestStepCatalog::everyTypeIsComplete()
{
    static const QSet<QString> icons {u"sms"_qs, u"chat"_qs, u"voice"_qs, u"wait"_qs, u"reply"_qs, u"dtmf"_qs,
        u"branch"_qs, u"if"_qs, u"http"_qs, u"converse"_qs, u"trigger-sms"_qs, u"trigger-chat"_qs, u"trigger-http"_qs};
    static const QSet<QString> categories {u"trigger"_qs, u"messaging"_qs, u"wait"_qs, u"logic"_qs, u"integration"_qs};
    const StepType &type = typeOfRow();
    QVERIFY(!type.label.isEmpty());
    QVERIFY(!type.description.isEmpty());
    QVERIFY(!type.summary.isEmpty());
    QVERIFY2(icons.contains(type.icon), qPrintable(type.icon));
    QVERIFY2(categories.contains(type.category), qPrintable(type.category));
    QCOMPARE(type.category == u"trigger", type.isTrigger);
    QCOMPARE(type.idPrefix.isEmpty(), type.isTrigger);
    QCOMPARE(type.newInputs.isObject(), !type.isTrigger);
    QSet<std::pair<QString, int>> names; // the same input may look different at different times
    for (const InputField &field : type.inputs) {
        QVERIFY2(!names.contains({field.name, field.group}), qPrintable(field.name));
        names += {field.name, field.group};
        QCOMPARE(field.group > 0, !field.when.isEmpty());
        for (const InputField::Condition &condition : field.when)
            QVERIFY2(type.input(condition.name) && !condition.values.isEmpty(), qPrintable(condition.name));
        QCOMPARE(field.items.isEmpty(), field.editor != InputField::Editor::List);
        QCOMPARE(field.newItem.isObject(), field.editor == InputField::Editor::List);
        QVERIFY2(!field.label.isEmpty(), qPrintable(field.name));
        QVERIFY2(!field.help.isEmpty(), qPrintable(field.name));
        QCOMPARE(field.choices.isEmpty(), field.editor != InputField::Editor::Choice);
        QCOMPARE(type.input(field.name)->name, field.name);
        QVERIFY2(!field.required || field.defaultValue.isNull(), qPrintable(field.name));
    }
    for (const OfferedOutput &output : type.outputs) {
        QVERIFY(!output.name.isEmpty());
        QVERIFY(!output.help.isEmpty());
        QVERIFY((QStringList {u"text"_qs, u"number"_qs, u"object"_qs, u"any"_qs}).contains(output.type));
    }
}

void TestStepCatalog::newInputsHaveFields_data()
{
    eachType();
}

// A fresh step holds only what the inspector shows, and everything that is required.
void TestStepCatalog::newInputsHaveFields()
{
    const StepType &type = typeOfRow();
    QSet<QString> leaves;
    std::function<void(const JsonValue &, const QString &)> collect = [&](const JsonValue &value, const QString &path) {
        const InputField *whole = type.input(path);
        const bool hasParts = whole && whole->editor == InputField::Editor::Content;
        if (!value.isObject() || value.isEmpty() || (whole && !hasParts)) {
            leaves += path;
            return;
        }
        for (qsizetype i = 0; i < value.size(); ++i)
            collect(value.at(i), path + u'.' + value.keyAt(i));
    };
    for (qsizetype i = 0; i < type.newInputs.size(); ++i)
        collect(type.newInputs.at(i), type.newInputs.keyAt(i));
    for (const QString &leaf : leaves)
        QVERIFY2(type.input(leaf), qPrintable(leaf));
    if (type.isTrigger)
        return;
    for (const InputField &field : type.inputs) {
        QVERIFY2(!field.required || !field.isMeant(type.newInputs) || leaves.contains(field.name)
                || field.editor == InputField::Editor::Content,
            qPrintable(field.name));
    }
}

void TestStepCatalog::findsTypesInAnyCase()
{
    const StepCatalog &catalog = StepCatalog::builtIn();
    QVERIFY(catalog.step(u"Branch"));
    QCOMPARE(catalog.step(u" bRANCH\t"), catalog.step(u"Branch"));
    QCOMPARE(catalog.trigger(u"INBOUND_SMS"), &catalog.triggers().first());
    QVERIFY(!catalog.step(u"JumpTo"));
    QVERIFY(!catalog.step(u""));
    QVERIFY(!catalog.step(u"inbound_sms"));
    QVERIFY(!catalog.trigger(u"SMS"));
}

void TestStepCatalog::fixedOutcomesHaveConditions()
{
    for (const StepType &type : StepCatalog::builtIn().steps()) {
        QCOMPARE(!type.outcomeTemplates.isEmpty(),
            type.outcomes == StepType::Outcomes::Fixed || type.outcomes == StepType::Outcomes::Conditions);
        for (const OutcomeTemplate &outcome : type.outcomeTemplates)
            QCOMPARE(outcome.condition.isEmpty(), type.outcomes == StepType::Outcomes::Conditions);
    }
    const StepType *reply = StepCatalog::builtIn().step(u"WaitForReply");
    QCOMPARE(reply->outcomeTemplates.size(), 2);
    QCOMPARE(reply->outcomeTemplates.at(0).key, u"replied"_qs);
    QCOMPARE(reply->outcomeTemplates.at(0).condition, u"{{step.reply != null}}"_qs);
    QCOMPARE(reply->outcomeTemplates.at(0).tone, OutcomeTemplate::Tone::Positive);
    QCOMPARE(reply->outcomeTemplates.at(1).tone, OutcomeTemplate::Tone::Negative);
}

void TestStepCatalog::loadReportsBrokenFiles_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::newRow("no json") << QByteArray("{");
    QTest::newRow("no object") << QByteArray("[]");
    QTest::newRow("no name") << QByteArray(R"({"kind":"step","outcomes":"single"})");
    QTest::newRow("wrong kind") << QByteArray(R"({"name":"A","kind":"stop"})");
    QTest::newRow("wrong outcomes") << QByteArray(R"({"name":"A","kind":"step","outcomes":"many"})");
    QTest::newRow("wrong editor") << QByteArray(
        R"({"name":"A","kind":"step","outcomes":"single","inputs":[{"name":"x","editor":"dial"}]})");
    QTest::newRow("wrong tone") << QByteArray(
        R"({"name":"A","kind":"step","outcomes":"fixed","outcomeTemplates":[{"key":"x","tone":"loud"}]})");
    QTest::newRow("wrong editor in a list") << QByteArray(
        R"({"name":"A","kind":"step","outcomes":"single","inputs":[{"name":"x","editor":"list","items":[{"name":"y"}]}]})");
    QTest::newRow("group in a group") << QByteArray(
        R"({"name":"A","kind":"step","outcomes":"single","inputs":[{"when":{"x":["1"]},"inputs":[{"when":{},"inputs":[]}]}]})");
    QTest::newRow("group that asks for what is no input") << QByteArray(
        R"({"name":"A","kind":"step","outcomes":"single","inputs":[{"when":{"x":["1"]},"inputs":[{"name":"y","editor":"text"}]}]})");
    QTest::newRow("only a step") << QByteArray(R"({"name":"A","kind":"step","outcomes":"single"})");
}

void TestStepCatalog::loadReportsBrokenFiles()
{
    QFETCH(QByteArray, content);
    QTemporaryDir folder;
    QFile file(folder.filePath(u"10-a.json"_qs));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(content);
    file.close();
    const Result<StepCatalog> result = StepCatalog::load(folder.path());
    QVERIFY(!result.isOk());
    QVERIFY(result.error().message.contains(folder.path()));
}

QTEST_GUILESS_MAIN(TestStepCatalog)
#include "tst_stepcatalog.moc"
