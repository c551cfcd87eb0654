#include "documenttools.h"

#include "model/json/jsonreader.h"

using namespace automation;

class TestValueCommands : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void setChangesOneLine();
    void setMakesMissingObjects();
    void setRemoves();
    void setIntoLists();
    void setRefuses();
    void typingIsOneUndoStep();
    void typingBackDropsTheCommand();
    void typingInAFreshMember();
    void typingIsSplitBySavingAndByFields();
    void renameFollowsReferences();
    void renameRefuses();
    void renameOfADuplicateLeavesReferences();
    void replaceStepAsJson();
    void rootValues();

private:
    bool set(WorkflowDocument &document, const QString &key, QStringView place, const std::optional<JsonValue> &value,
        const QString &mergeKey = {})
    {
        return pushed(
            document, setStepValue(document.definition(), document.graph(), key, pointer(place), value, mergeKey));
    }
};

void TestValueCommands::setChangesOneLine()
{
    const QByteArray text = dataText("exported.json");
    const auto document = documentOf(text);
    QVERIFY(set(*document, u"ask_1"_qs, u"/inputs/text", JsonValue(u"When?"_qs)));
    const auto [gone, come] = changedLines(text, document->text());
    QCOMPARE(gone, QByteArrayList {"          \"text\": \"Morning or evening?\""});
    QCOMPARE(come, QByteArrayList {"          \"text\": \"When?\""});
    QVERIFY(!document->undoStack()->undoText().isEmpty());
    // The same again is no edit.
    QVERIFY(set(*document, u"ask_1"_qs, u"/inputs/text", JsonValue(u"When?"_qs)));
    QCOMPARE(document->undoStack()->count(), 1);
}

void TestValueCommands::setMakesMissingObjects()
{
    const auto document = documentOf(dataText("by-hand.json"));
    QVERIFY(set(*document, u"log"_qs, u"/outputs/code", JsonValue(u"{{step.responseCode}}"_qs)));
    const JsonValue log = stepOf(*document, u"log"_qs);
    QCOMPARE(log[u"outputs"][u"code"].toString(), u"{{step.responseCode}}"_qs);
    QCOMPARE(log.indexOf(u"outputs"), log.indexOf(u"inputs") + 1);
    QVERIFY(set(*document, u"log"_qs, u"/inputs/headers/x/y", JsonValue(true)));
    QVERIFY(stepOf(*document, u"log"_qs)[u"inputs"][u"headers"][u"x"][u"y"].toBool());
}

void TestValueCommands::setRemoves()
{
    const auto document = documentOf(dataText("exported.json"));
    QVERIFY(set(*document, u"ask_1"_qs, u"/inputs/text", std::nullopt));
    QVERIFY(!stepOf(*document, u"ask_1"_qs)[u"inputs"].contains(u"text"));
    QVERIFY(set(*document, u"ask_1"_qs, u"/inputs/not/there", std::nullopt));
    QCOMPARE(document->undoStack()->count(), 1);
}

void TestValueCommands::setIntoLists()
{
    const auto document = documentOf(dataText("exported.json"));
    QVERIFY(set(*document, u"ask_1"_qs, u"/inputs/list", *readJson("[1,null]")));
    QVERIFY(set(*document, u"ask_1"_qs, u"/inputs/list/2", JsonValue(3)));
    QVERIFY(set(*document, u"ask_1"_qs, u"/inputs/list/1/a", JsonValue(2)));
    QVERIFY(stepOf(*document, u"ask_1"_qs)[u"inputs"][u"list"] == *readJson(R"([1,{"a":2},3])"));
}

void TestValueCommands::setRefuses()
{
    const auto document = documentOf(dataText("exported.json"));
    const auto refused = [&document](const QString &key, QStringView place) {
        const Result<DefinitionEdit> edit
            = setStepValue(document->definition(), document->graph(), key, pointer(place), JsonValue(1));
        return !edit.isOk() && edit.error().code == ErrorCode::InvalidArgument && !edit.error().message.isEmpty();
    };
    QVERIFY(refused(u"nobody"_qs, u"/inputs/text"));
    QVERIFY(refused(DefinitionGraph::triggerKey(), u"/inputs/text"));
    QVERIFY(refused(u"ask_1"_qs, u""));
    QVERIFY(refused(u"ask_1"_qs, u"/inputs/text/deeper"));
    QVERIFY(set(*document, u"ask_1"_qs, u"/inputs/list", JsonValue::array()));
    QVERIFY(refused(u"ask_1"_qs, u"/inputs/list/5"));
    QVERIFY(refused(u"ask_1"_qs, u"/inputs/list/-1"));
}

void TestValueCommands::typingIsOneUndoStep()
{
    const QByteArray text = dataText("exported.json");
    const auto document = documentOf(text);
    QString typed;
    for (const QChar letter : u"Hello"_qs) {
        typed += letter;
        QVERIFY(set(*document, u"ask_1"_qs, u"/inputs/text", JsonValue(typed), u"ask_1/text"_qs));
    }
    QCOMPARE(document->undoStack()->count(), 1);
    document->undoStack()->undo();
    QCOMPARE(document->text(), text);
    document->undoStack()->redo();
    QCOMPARE(stepOf(*document, u"ask_1"_qs)[u"inputs"][u"text"].toString(), u"Hello"_qs);
}

void TestValueCommands::typingBackDropsTheCommand()
{
    const auto document = documentOf(dataText("exported.json"));
    for (const QString &typed : {u"Morning or evening"_qs, u"Morning or evenin"_qs, u"Morning or evening?"_qs})
        QVERIFY(set(*document, u"ask_1"_qs, u"/inputs/text", JsonValue(typed), u"k"_qs));
    QCOMPARE(document->undoStack()->count(), 0);
    QVERIFY(!document->isModified());
}

void TestValueCommands::typingInAFreshMember()
{
    const QByteArray text = dataText("exported.json");
    const auto document = documentOf(text);
    for (const QString &typed : {u"a"_qs, u"ab"_qs, u"abc"_qs})
        QVERIFY(set(*document, u"early_1"_qs, u"/inputs/content/text", JsonValue(typed), u"k"_qs));
    QCOMPARE(document->undoStack()->count(), 1);
    QCOMPARE(stepOf(*document, u"early_1"_qs)[u"inputs"][u"content"][u"text"].toString(), u"abc"_qs);
    document->undoStack()->undo();
    QCOMPARE(document->text(), text);

    for (const std::optional<JsonValue> &typed : {std::optional(JsonValue(u"a"_qs)), std::optional<JsonValue>()})
        QVERIFY(set(*document, u"early_1"_qs, u"/inputs/source", typed, u"k"_qs));
    QCOMPARE(document->undoStack()->count(), 0);
    QVERIFY(set(*document, u"early_1"_qs, u"/inputs/text", std::nullopt, u"k"_qs));
    QVERIFY(set(*document, u"early_1"_qs, u"/inputs/text", JsonValue(u"See you at nine."_qs), u"k"_qs));
    QCOMPARE(document->text(), text);
}

void TestValueCommands::typingIsSplitBySavingAndByFields()
{
    const auto document = documentOf(dataText("exported.json"));
    QVERIFY(set(*document, u"ask_1"_qs, u"/inputs/text", JsonValue(u"a"_qs), u"one"_qs));
    QVERIFY(set(*document, u"ask_1"_qs, u"/inputs/text", JsonValue(u"b"_qs), u"two"_qs));
    QCOMPARE(document->undoStack()->count(), 2);
    document->undoStack()->setClean();
    QVERIFY(set(*document, u"ask_1"_qs, u"/inputs/text", JsonValue(u"c"_qs), u"two"_qs));
    QCOMPARE(document->undoStack()->count(), 3);
    QVERIFY(set(*document, u"ask_1"_qs, u"/inputs/text", JsonValue(u"d"_qs)));
    QCOMPARE(document->undoStack()->count(), 4);
}

void TestValueCommands::renameFollowsReferences()
{
    const QByteArray text = dataText("exported.json");
    const auto document = documentOf(text);
    QVERIFY(pushed(*document, renameStep(document->definition(), document->graph(), u"answer_1"_qs, u"reply"_qs)));
    QByteArray expected = text;
    expected.replace("\"answer_1\"", "\"reply\"");
    QCOMPARE(document->text(), expected);
    QVERIFY(pushed(*document, renameStep(document->definition(), document->graph(), u"ask_1"_qs, u"ask"_qs)));
    expected.replace("\"ask_1\"", "\"ask\"");
    QCOMPARE(document->text(), expected);
    document->undoStack()->setIndex(0);
    QCOMPARE(document->text(), text);
}

void TestValueCommands::renameRefuses()
{
    const auto document = documentOf(dataText("exported.json"));
    for (const QString &id : {u""_qs, u"  "_qs, u"sort_1"_qs, QString(201, u'x')}) {
        const Result<DefinitionEdit> edit = renameStep(document->definition(), document->graph(), u"ask_1"_qs, id);
        QVERIFY(!edit.isOk());
        QCOMPARE(edit.error().code, ErrorCode::InvalidArgument);
    }
    QVERIFY(!renameStep(document->definition(), document->graph(), DefinitionGraph::triggerKey(), u"x"_qs).isOk());
    QVERIFY(pushed(*document, renameStep(document->definition(), document->graph(), u"ask_1"_qs, u"ask_1"_qs)));
    QCOMPARE(document->undoStack()->count(), 0);
}

void TestValueCommands::renameOfADuplicateLeavesReferences()
{
    QByteArray text = dataText("exported.json");
    text.replace("\"id\": \"late_1\"", "\"id\": \"early_1\"");
    const auto document = documentOf(text);
    QString key;
    for (const GraphNode &node : document->graph().nodes()) {
        if (node.id == u"early_1")
            key = node.key; // the later one
    }
    QVERIFY(key != u"early_1");
    QVERIFY(pushed(*document, renameStep(document->definition(), document->graph(), key, u"other"_qs)));
    QCOMPARE(stepOf(*document, u"sort_1"_qs)[u"selectNextStep"].keyAt(0), u"early_1"_qs);
    QVERIFY(!stepOf(*document, u"other"_qs).isNull());
}

void TestValueCommands::replaceStepAsJson()
{
    const auto document = documentOf(dataText("exported.json"));
    JsonValue step = stepOf(*document, u"late_1"_qs);
    step.set(u"extra"_qs, 1);
    const Result<DefinitionEdit> quiet = replaceStep(document->definition(), document->graph(), u"late_1"_qs, step);
    QVERIFY(quiet.isOk());
    QVERIFY(!quiet->structureChanged);
    step.set(u"id"_qs, u"evening"_qs);
    const Result<DefinitionEdit> loud = replaceStep(document->definition(), document->graph(), u"late_1"_qs, step);
    QVERIFY(pushed(*document, loud));
    QVERIFY(loud->structureChanged);
    QCOMPARE(loud->reveal, u"evening"_qs);
    QCOMPARE(document->graph().danglingOutcomes().size(), 1); // references are not followed
    QVERIFY(!replaceStep(document->definition(), document->graph(), u"evening"_qs, JsonValue(1)).isOk());
}

void TestValueCommands::rootValues()
{
    const QByteArray text = dataText("exported.json");
    const auto document = documentOf(text);
    const auto setRoot = [&document](QStringView place, const JsonValue &value) {
        return pushed(*document, setRootValue(document->definition(), pointer(place), value, u"x"_qs, u"name"_qs));
    };
    QSignalSpy changes(document.get(), &WorkflowDocument::changed);
    QVERIFY(setRoot(u"/definition/name", JsonValue(u"Slots"_qs)));
    QCOMPARE(document->definition().name(), u"Slots"_qs);
    QVERIFY(changes.takeLast().at(0).value<DocumentChange>().triggerChanged);
    QVERIFY(setRoot(u"/subAccountId", JsonValue(u"acme"_qs)));
    QVERIFY(setRoot(u"/comment", JsonValue(u"new"_qs)));
    QVERIFY(document->text().endsWith("\"enabled\",\n  \"comment\": \"new\"\n}\n"));
    QVERIFY(!setRootValue(document->definition(), pointer(u"/definition/steps/0"), {}, {}).isOk());
    QVERIFY(!setRootValue(document->definition(), {}, {}, {}).isOk());
    // What would make it no definition is refused by the document, unchanged.
    const QByteArray before = document->text();
    const Result<DefinitionEdit> fatal
        = setRootValue(document->definition(), pointer(u"/definition"), JsonValue(1), u"x"_qs);
    QVERIFY(fatal.isOk());
    const Result<void> refused = document->push(*fatal);
    QVERIFY(!refused.isOk());
    QCOMPARE(refused.error().code, ErrorCode::InvalidArgument);
    QCOMPARE(document->text(), before);
}

QTEST_GUILESS_MAIN(TestValueCommands)
#include "tst_valuecommands.moc"
