#include "tests/inspector/formcases.h"

#include "model/json/jsonreader.h"
#include "model/json/jsonwriter.h"

#include <QTest>

using namespace Qt::StringLiterals;

namespace automation::FormCases {

using Editor = InputField::Editor;

const QByteArray ownKeys = R"("x-own":[1,2.50,{"k":null}])"_ba;

// A step of a type as the palette makes it, with keys that nobody knows beside what the form is about.
QByteArray documentWith(const QString &type, const QByteArray &inputs)
{
    return R"({"trigger":"inbound_sms","x-root":1e2,"definition":{"name":"Forms","steps":[{"id":"it","stepType":")"
        + type.toUtf8() + R"(","inputs":)" + inputs + R"(,"x-step":{"a":1.0}},)"
        + R"({"id":"other","stepType":"Wait","inputs":{"duration":"0.00:05:00"}}]}})";
}

Typed typedFor(const InputField &field)
{
    switch (field.editor) {
    case Editor::Duration:
        return {u"0.00:10:00"_s, JsonValue(u"0.00:10:00"_s)};
    case Editor::Integer:
        return {u"7"_s, JsonValue(7)};
    case Editor::Number:
        return {u"-1.25"_s, JsonValue::number("-1.25")};
    case Editor::Json:
        return {uR"({"a":[1.0,"{{data.x}}"]})"_s, *readJson(R"({"a":[1.0,"{{data.x}}"]})")};
    case Editor::PhoneNumber:
        return {u"+6591234567"_s, JsonValue(u"+6591234567"_s)};
    case Editor::Url:
        return {u"https://example.com/{{data.x}}"_s, JsonValue(u"https://example.com/{{data.x}}"_s)};
    case Editor::Expression:
        return {u"{{data.x > 1}}"_s, JsonValue(u"{{data.x > 1}}"_s)};
    default:
        return {u"Ab {{data.x}} c"_s, JsonValue(u"Ab {{data.x}} c"_s)};
    }
}

void eachForm()
{
    QTest::addColumn<QString>("type");
    QTest::addColumn<QByteArray>("inputs");
    const StepCatalog &catalog = StepCatalog::builtIn();
    for (const StepType &type : catalog.triggers())
        QTest::newRow(qPrintable(u"trigger "_s + type.name)) << type.name << QByteArray();
    for (const StepType &type : catalog.steps()) {
        QByteArray inputs = writeJson(type.newInputs, JsonStyle::compact());
        inputs.insert(inputs.size() - 1, type.newInputs.isEmpty() ? ownKeys : "," + ownKeys);
        QTest::newRow(qPrintable(type.name)) << type.name << inputs;
    }
    // Messages of every kind, as the messaging API has them.
    const auto message = [](const char *name, const QByteArray &kind, const QByteArray &content) {
        QTest::newRow(name) << u"ChatAppsMessage"_s
                            << QByteArray(R"({"subAccountId":"a","user":{"msisdn":"+1","x-own":0},"type":")" + kind
                                   + R"(","content":{)" + content + "}," + ownKeys + "}");
    };
    message("image", "image", R"("url":"https://example.com/a.jpg","text":"A")");
    message("video", "video", R"("url":"https://example.com/a.mp4")");
    message("audio", "audio", R"("url":"https://example.com/a.ogg")");
    message("file", "file", R"("url":"https://example.com/a.pdf","text":"A")");
    message("location", "location", R"("location":{"latitude":1.50,"longitude":103})");
    message("template", "template",
        R"("template":{"name":"n","language":"en","components":[{"type":"body","parameters":[{"type":"text","text":"t"}]}]})");
    message("buttons", "interactive",
        R"("interactive":{"type":"button","header":{"type":"text","text":"h"},"body":{"text":"b"},"footer":{"text":"f"},)"
        R"("action":{"buttons":[{"type":"reply","reply":{"id":"1","title":"Yes"}}]}})");
    message("list", "interactive",
        R"("interactive":{"type":"list","body":{"text":"b"},"action":{"button":"Open",)"
        R"("sections":[{"title":"s","rows":[{"id":"1","title":"One","description":"d"}]}]}})");
    message("link", "interactive",
        R"("interactive":{"type":"cta_url","header":{"type":"document","document":{"link":"https://example.com/a"}},)"
        R"("body":{"text":"b"},"action":{"name":"cta_url","parameters":{"display_text":"Open","url":"https://example.com"}}})");
    // Calls, with what no field is for.
    const auto call = [](const char *name, const QByteArray &action, const QByteArray &params) {
        QTest::newRow(name) << u"VoiceMessage"_s
                            << QByteArray(R"({"subAccountId":"a","action":")" + action + R"(","params":{)" + params
                                   + R"(,"x-own":[1.0]},)" + ownKeys + "}");
    };
    call("call with a text", "say",
        R"("source":"+1","destination":"+2","text":"Hi","repetition":2,"voiceProfile":"en-US-ZiraRUS","speed":1)");
    call("call that asks for keys", "say&capture",
        R"("destination":"+2","text":"Press","minDigits":1,"maxDigits":2,"completeOnHash":true)");
    call("call with a file", "playFile", R"("destination":"+2","fileUrl":"https://example.com/a.mp3")");
    message("unknown kind", "carousel", R"("carousel":{"cards":[1,2]})");
}

} // namespace automation::FormCases
