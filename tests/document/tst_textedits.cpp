// A document that is edited as text: the bytes that are typed are the document's, what is no definition is kept as a
// draft, and the undo stack leads through all of it and back.

#include "caserunner.h"
#include "documenttools.h"
#include "gestures.h"
#include "randomjson.h"

#include "model/document/recoveryrecord.h"
#include "model/json/jsondifference.h"
#include "model/json/jsonreader.h"
#include "model/json/jsonwriter.h"

namespace automation {

namespace {

const QByteArray small = R"({
  "definition": {
    "name": "Hello",
    "steps": [
      { "id": "a", "stepType": "SMS", "inputs": { "text": "Hi" }, "nextStepId": "b" },
      {   "id" : "b",   "stepType": "Wait", "inputs": { "duration": "00:05:00" } }
    ]
  },
  "trigger": "inbound_sms"
}
)";

QByteArray replaced(QByteArray text, const char *from, const char *to)
{
    return text.replace(from, to);
}

// What a person may do to a text: a key, a deletion, a paste of a piece from elsewhere.
QByteArray typedInto(QByteArray text, Random &random)
{
    static const QByteArrayList keys {"a", "Z", "7", " ", "\n", "\"", "{", "}", "[", ",", ":", "\\", "ä", "😀", "true"};
    const auto boundary = [&text](qsizetype at) {
        while (at > 0 && at < text.size() && (static_cast<uchar>(text[at]) & 0xC0) == 0x80)
            --at;
        return at;
    };
    const qsizetype at = boundary(random.below(int(text.size()) + 1));
    switch (random.below(6)) {
    case 0: {
        const qsizetype end = boundary(std::min(text.size(), at + random.below(12)));
        return text.remove(at, std::max(qsizetype(0), end - at));
    }
    case 1: { // inside of a text literal nothing breaks
        const qsizetype quote = text.indexOf("\": \"", at);
        return quote < 0 ? text.insert(at, ' ') : text.insert(quote + 4, random.oneOf(QByteArrayList {"x", "yz", "ü"}));
    }
    case 2: {
        const qsizetype line = text.indexOf('\n', at);
        return line < 0 ? text + "\n" : text.insert(line, random.oneOf(QByteArrayList {" ", "\n", "\t"}));
    }
    default:
        return text.insert(at, random.oneOf(keys));
    }
}

// Typed until it is a definition again or not; some texts shall be good.
void type(WorkflowDocument &document, Random &random)
{
    const QByteArray shown = document.shownText();
    QByteArray text = document.draft() && random.chance(30) ? document.text() : typedInto(shown, random);
    if (random.chance(40)) { // most keys break a text, so look for one that does not
        for (int i = 0; i < 10 && !WorkflowDocument::fromText(text, u"x"_qs); ++i)
            text = typedInto(shown, random);
    }
    (void)document.pushText(text, u"Type"_qs, random.chance(50) ? u"typing"_qs : QString()).isOk();
}

std::optional<QString> differs(const WorkflowDocument &document)
{
    const Result<JsonValue> read = readJson(document.text());
    if (!read || *read != document.definition().root())
        return u"the text is not the definition's"_qs;
    const DefinitionGraph graph = DefinitionGraph::build(document.definition(), document.catalog());
    if (graph.nodes().size() != document.graph().nodes().size())
        return u"the graph is not the definition's"_qs;
    for (qsizetype i = 0; i < graph.nodes().size(); ++i) {
        if (graph.nodes().at(i).key != document.graph().nodes().at(i).key)
            return u"the graph has another step"_qs;
    }
    if (validate(document.definition(), document.graph(), document.catalog()).size() != document.problems().size())
        return u"the problems are not the definition's"_qs;
    return std::nullopt;
}

struct Moment
{
    QByteArray shown;
    QByteArray text;
    DrawingLayout drawing;
    friend bool operator==(const Moment &, const Moment &) = default;
};

Moment momentOf(const WorkflowDocument &document)
{
    return {document.shownText(), document.text(), document.drawing()};
}

// Typing, commands, undo and redo in any order: everything comes back byte for byte, in the order it was done; the
// journal of it gives the same.
std::optional<QString> everythingComesBack(Random &random)
{
    Chance chance(random);
    const GestureCase start = anyCase(random, 1);
    const std::unique_ptr<WorkflowDocument> document = documentOf(start.text);
    if (!document)
        return u"no document"_qs;
    QList<HistoryEvent> events;
    QObject::connect(document.get(), &WorkflowDocument::recorded, document.get(),
        [&events](const HistoryEvent &event) { events += event; });
    const HistorySnapshot beginning = document->historySnapshot(1000);
    QUndoStack *stack = document->undoStack();
    QHash<int, Moment> moments {{0, momentOf(*document)}};
    const int count = 3 + random.below(20);
    for (int i = 0; i < count; ++i) {
        const int index = stack->index();
        switch (random.below(8)) {
        case 0:
            stack->undo();
            break;
        case 1:
            stack->redo();
            break;
        case 2:
        case 3: {
            const Gesture gesture = anyGesture(document->definition(), document->graph(), chance);
            if (gesture.isDrawing()) {
                (void)document->pushDrawing(gesture.drawn(document->drawing()), u"draw"_qs, gesture.mergeKey()).isOk();
            } else if (const Result<DefinitionEdit> edit = gesture.edit(document->definition(), document->graph())) {
                (void)document->push(*edit).isOk();
            }
            break;
        }
        default:
            type(*document, random);
        }
        const Moment now = momentOf(*document);
        if (const std::optional<QString> failure = differs(*document))
            return u"%1 after action %2"_qs.arg(*failure).arg(i);
        if (stack->index() < index && moments.value(stack->index()) != now)
            return u"undo in action %1 gives something else:\n%2\ninstead of\n%3"_qs.arg(i).arg(
                QString::fromUtf8(now.shown), QString::fromUtf8(moments.value(stack->index()).shown));
        moments.insert(stack->index(), now);
        if (stack->index() == stack->count())
            moments.removeIf([&](auto it) { return it.key() > stack->count(); });
    }
    const int end = stack->index();
    const Moment last = momentOf(*document);

    // Another document lives through the same, from the events and from the history at the end.
    const HistorySnapshot ending = document->historySnapshot(1000);
    QByteArray journal = journalBeginning(beginning, QDateTime::currentDateTimeUtc());
    for (const HistoryEvent &event : std::as_const(events))
        journal += journalRecord(event, QDateTime::currentDateTimeUtc());
    for (const QByteArray &bytes : {journal, journalBeginning(ending, QDateTime::currentDateTimeUtc())}) {
        const Result<JournalContent> content = readJournal(bytes);
        if (!content || content->isDamaged)
            return u"the journal cannot be read"_qs;
        const std::unique_ptr<WorkflowDocument> other = documentOf(content->text);
        if (!other || other->replay(content->start, content->events) != content->events.size())
            return u"the journal cannot be lived through"_qs;
        if (momentOf(*other) != last || other->undoStack()->index() != end)
            return u"the journal gives something else"_qs;
        if (const std::optional<QString> failure = differs(*other))
            return u"after the journal %1"_qs.arg(*failure);
        while (other->undoStack()->canUndo())
            other->undoStack()->undo();
        if (momentOf(*other) != moments.value(0))
            return u"undone after the journal it gives something else"_qs;
    }

    for (int index = end; index > 0; --index) {
        stack->undo();
        if (momentOf(*document) != moments.value(index - 1))
            return u"undo to %1 gives something else:\n%2\ninstead of\n%3"_qs.arg(index - 1).arg(
                QString::fromUtf8(document->shownText()), QString::fromUtf8(moments.value(index - 1).shown));
    }
    if (document->text() != start.text || document->draft())
        return u"undoing everything gives other bytes"_qs;
    for (int index = 1; index <= end; ++index) {
        stack->redo();
        if (momentOf(*document) != moments.value(index))
            return u"redo to %1 gives something else"_qs.arg(index);
    }
    return std::nullopt;
}

std::optional<QString> differenceLeadsThere(Random &random)
{
    RandomJson json(random);
    JsonValue before = json.value(4);
    if (!before.isObject() && !before.isArray())
        before = JsonValue::array({before});
    JsonValue after = before;
    for (int i = 0; i < 1 + random.below(4); ++i)
        json.mutate(after);
    if (before.type() != after.type())
        return std::nullopt;
    const Result<JsonValue> read = readJson(json.text(after));
    if (!read)
        return u"the text cannot be read"_qs;
    const QList<JsonEdit> edits = jsonDifference(before, *read);
    JsonValue value = before;
    if (!applyEdits(value, edits) || value != after)
        return u"the edits lead elsewhere"_qs;
    if (!applyEdits(value, inverted(edits)) || value != before)
        return u"the edits do not lead back"_qs;
    return std::nullopt;
}

// A text with one piece replaced that can still be read; the tree it was is not the one its text was read to.
std::optional<QString> typedDifferenceLeadsThere(Random &random)
{
    RandomJson json(random);
    const QByteArray text = json.text(json.value(4));
    const Result<JsonValue> source = readJson(text);
    if (!source || (!source->isObject() && !source->isArray()))
        return std::nullopt;
    const JsonValue before = readJson(writeJson(*source)).value();
    for (int i = 0; i < 30; ++i) {
        const auto piece = [&](int longest) {
            const qsizetype at = random.below(int(text.size()) + 1);
            return std::pair(at, std::min(qsizetype(random.below(longest)), text.size() - at));
        };
        QByteArray typed;
        if (random.chance(50)) {
            typed = typedInto(text, random);
        } else { // what stands elsewhere fits more often than anything else
            const auto [at, size] = piece(40);
            const auto [from, length] = piece(40);
            typed = QByteArray(text).replace(at, size, text.mid(from, length));
        }
        const Result<JsonValue> after = readJson(typed);
        const QList<TextSplice> splices = textDifference(text, typed);
        if (!after || after->type() != before.type() || splices.isEmpty())
            continue;
        const TextSplice &splice = splices.first();
        const QList<JsonEdit> edits
            = jsonDifference(before, *after, *source, {splice.at, splice.removed.size(), splice.inserted.size()});
        JsonValue value = before;
        if (!applyEdits(value, edits) || value != *after)
            return u"the edits of what was typed lead elsewhere:\n%1\n%2"_qs.arg(
                QString::fromUtf8(text), QString::fromUtf8(typed));
        if (!applyEdits(value, inverted(edits)) || value != before)
            return u"the edits of what was typed do not lead back"_qs;
        // Often less, never more than without knowing the piece.
        if (edits.size() > jsonDifference(before, *after).size())
            return u"more edits than need be:\n%1\n%2"_qs.arg(QString::fromUtf8(text), QString::fromUtf8(typed));
    }
    return std::nullopt;
}

std::optional<QString> splicesLeadThere(Random &random)
{
    const QByteArrayList lines {"a\n", "b\n", "ä\n", "\n", "one\n", "two\r\n", "😀\n", "end"};
    const auto text = [&] {
        QByteArray made;
        for (int i = random.below(12); i > 0; --i)
            made += random.oneOf(lines);
        return made;
    };
    const auto edited = [&](QByteArray it) {
        for (int i = random.below(4); i > 0; --i)
            it = typedInto(it, random);
        return it;
    };
    const QByteArray base = text();
    const QByteArray other = random.chance(70) ? edited(base) : text();
    for (const QList<TextSplice> &splices : {textDifference(base, other), textDifferences(base, other)}) {
        QByteArray there = base;
        if (!applySplices(there, splices) || there != other)
            return u"splices lead elsewhere"_qs;
        for (const TextSplice &splice : splices) {
            if (QString::fromUtf8(splice.removed).toUtf8() != splice.removed
                || QString::fromUtf8(splice.inserted).toUtf8() != splice.inserted)
                return u"a splice cuts a character"_qs;
        }
        if (!applySplices(there, inverted(splices)) || there != base)
            return u"splices do not lead back"_qs;
    }
    QList<TextSplice> folded;
    QByteArray there = base;
    for (int i = 0; i < 6; ++i) {
        const QByteArray next = typedInto(there, random);
        for (const TextSplice &splice : textDifference(there, next))
            appendSplice(folded, splice);
        there = next;
    }
    QByteArray again = base;
    if (!applySplices(again, folded) || again != there)
        return u"folded splices lead elsewhere"_qs;
    if (mergedText(other, base, base) != other || mergedText(base, base, other) != other)
        return u"merging with nothing changes something"_qs;
    return std::nullopt;
}

} // namespace

class TestTextEdits : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void typedBytesAreKept();
    void brokenTextIsADraft();
    void draftsAndCommandsMeet();
    void draftsAreNotSaved();
    void typingIsOneCommand();
    void changesAreSmall();
    void positionsFollowTypedIds();
    void reloadDropsTheDraft();
    void laws_data();
    void laws();
};

void TestTextEdits::typedBytesAreKept()
{
    const std::unique_ptr<WorkflowDocument> document = documentOf(small);
    const QByteArray spaced = replaced(small, "\"name\": \"Hello\"", "\"name\"  :\t\"Hello\"  ");
    QVERIFY(document->pushText(spaced, u"Type"_qs));
    QCOMPARE(document->text(), spaced);
    QVERIFY(document->isModified());
    QVERIFY(
        pushed(*document, setRootValue(document->definition(), pointer(u"/definition/name"), u"Bye"_qs, u"name"_qs)));
    QCOMPARE(document->text(), replaced(spaced, "Hello", "Bye"));
    document->undoStack()->undo();
    QCOMPARE(document->text(), spaced);
    document->undoStack()->undo();
    QCOMPARE(document->text(), small);
    QVERIFY(!document->isModified());
    QVERIFY(!document->pushText("\xff", u"Type"_qs));
    QCOMPARE(document->text(), small);
}

void TestTextEdits::brokenTextIsADraft()
{
    const std::unique_ptr<WorkflowDocument> document = documentOf(small);
    QSignalSpy changed(document.get(), &WorkflowDocument::changed);
    QSignalSpy draftChanged(document.get(), &WorkflowDocument::draftChanged);
    const QByteArray broken = replaced(small, "\"Hi\"", "\"Hi");
    QVERIFY(document->pushText(broken, u"Type"_qs));
    QVERIFY(document->draft());
    QCOMPARE(document->draft()->text, broken);
    QCOMPARE(document->draft()->error.line, 5);
    QVERIFY(document->draft()->error.column > 0);
    QCOMPARE(document->shownText(), broken);
    QCOMPARE(document->text(), small);
    QCOMPARE(changed.size(), 0);
    QCOMPARE(draftChanged.size(), 1);
    QVERIFY(document->pushText(replaced(small, "\"Hi\"", "\"Hi you\""), u"Type"_qs));
    QVERIFY(!document->draft());
    QCOMPARE(changed.size(), 1);
    QCOMPARE(draftChanged.size(), 2);
    document->undoStack()->undo();
    QCOMPARE(document->shownText(), broken);
    QCOMPARE(document->text(), small);
    document->undoStack()->undo();
    QVERIFY(!document->draft());
    // No definition, but JSON.
    QVERIFY(document->pushText("[]", u"Type"_qs));
    QVERIFY(document->draft());
    QVERIFY(!document->draft()->error.message.isEmpty());
    QCOMPARE(document->definition().name(), u"Hello"_qs);
}

void TestTextEdits::draftsAndCommandsMeet()
{
    const std::unique_ptr<WorkflowDocument> document = documentOf(small);
    const QByteArray broken = replaced(small, "\"00:05:00\"", "\"00:05:00");
    QVERIFY(document->pushText(broken, u"Type"_qs));
    // Elsewhere: it comes into what is typed.
    QVERIFY(
        pushed(*document, setRootValue(document->definition(), pointer(u"/definition/name"), u"Bye"_qs, u"name"_qs)));
    QCOMPARE(document->shownText(), replaced(broken, "Hello", "Bye"));
    QVERIFY(!document->draft()->hasConflict);
    // In the same line: what is typed stays.
    QVERIFY(pushed(*document,
        setStepValue(document->definition(), document->graph(), u"b"_qs, pointer(u"/inputs/duration"), u"1"_qs)));
    QCOMPARE(document->shownText(), replaced(broken, "Hello", "Bye"));
    QVERIFY(document->draft()->hasConflict);
    QVERIFY(document->text().contains("\"1\""));
    document->undoStack()->undo();
    document->undoStack()->undo();
    QCOMPARE(document->shownText(), broken);
    QVERIFY(!document->draft()->hasConflict);
    document->undoStack()->undo();
    QCOMPARE(document->shownText(), small);
    document->undoStack()->setIndex(3);
    QCOMPARE(document->shownText(), replaced(broken, "Hello", "Bye"));
}

void TestTextEdits::draftsAreNotSaved()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(u"a.json"_qs);
    QVERIFY(writeFile(path, small));
    const std::unique_ptr<WorkflowDocument> document = std::move(WorkflowDocument::open(path)).value();
    QVERIFY(document->pushText(replaced(small, "\"Hi\"", "\"Hi"), u"Type"_qs));
    for (const Result<void> &refused : {document->save(), document->saveInBackground(), document->saveAs(path),
             document->saveAsInBackground(folder.filePath(u"b.json"_qs))}) {
        QVERIFY(!refused);
        QCOMPARE(refused.error().line, 5);
        QVERIFY(refused.error().message.contains(u"not saved"));
    }
    QVERIFY(!document->isSaving());
    QVERIFY(document->isModified());
    QCOMPARE(fileContent(path), small);
    const QByteArray good = replaced(small, "\"Hi\"", "  \"Ho\"");
    QVERIFY(document->pushText(good, u"Type"_qs));
    QVERIFY(document->save());
    QCOMPARE(fileContent(path), good);
    QVERIFY(!document->isModified());
}

void TestTextEdits::typingIsOneCommand()
{
    const std::unique_ptr<WorkflowDocument> document = documentOf(small);
    QByteArray text = small;
    qsizetype at = small.indexOf("Hi\"");
    for (const char c : QByteArray("he said \\\"no\\\" ")) // broken behind each backslash
        QVERIFY(document->pushText(text.insert(at++, c), u"Type"_qs, u"typing 1"_qs));
    QCOMPARE(document->undoStack()->count(), 1);
    QVERIFY(document->pushText(text.insert(at++, 'x'), u"Type"_qs, u"typing 2"_qs));
    QVERIFY(document->pushText(text.insert(at, '"'), u"Type"_qs, u"typing 2"_qs));
    QVERIFY(document->draft());
    QCOMPARE(document->undoStack()->count(), 2);
    document->undoStack()->undo();
    document->undoStack()->redo();
    QCOMPARE(document->shownText(), text);
    QVERIFY(document->text().contains("\\\"no\\\" xHi\""));
    document->undoStack()->setIndex(0);
    QCOMPARE(document->text(), small);
    // Typed and taken back is nothing.
    QVERIFY(document->pushText(replaced(small, "Hi", "Hi!"), u"Type"_qs, u"typing 3"_qs));
    QVERIFY(document->pushText(small, u"Type"_qs, u"typing 3"_qs));
    QCOMPARE(document->undoStack()->count(), 0);
}

void TestTextEdits::changesAreSmall()
{
    const std::unique_ptr<WorkflowDocument> document = documentOf(small);
    QList<DocumentChange> changes;
    connect(document.get(), &WorkflowDocument::changed, this, [&](const DocumentChange &it) { changes += it; });
    QVERIFY(document->pushText(replaced(small, "\"Hi\"", "\"Ho\""), u"Type"_qs));
    QCOMPARE(changes.last().stepKeys, QStringList {u"a"_qs});
    QVERIFY(!changes.last().structureChanged);
    QVERIFY(!changes.last().triggerChanged);
    QVERIFY(!changes.last().everything);
    QVERIFY(document->pushText(replaced(small, "\"nextStepId\": \"b\"", "\"nextStepId\": \"\""), u"Type"_qs));
    QVERIFY(changes.last().structureChanged);
    QVERIFY(document->pushText(replaced(small, "Hello", "Bye"), u"Type"_qs));
    QVERIFY(changes.last().triggerChanged);
    QVERIFY(document->pushText(replaced(small, "\"id\": \"a\"", "\"id\": \"aa\""), u"Type"_qs));
    QCOMPARE(changes.last().stepKeys, (QStringList {u"a"_qs, u"aa"_qs}));
    const qsizetype count = changes.size();
    QVERIFY(document->pushText(document->text() + "\n", u"Type"_qs)); // blanks change no definition
    QCOMPARE(changes.size(), count);
}

void TestTextEdits::positionsFollowTypedIds()
{
    const std::unique_ptr<WorkflowDocument> document = documentOf(small);
    DrawingLayout drawing;
    drawing.positions.insert(u"a"_qs, {10, 20});
    QVERIFY(document->pushDrawing(drawing, u"Move"_qs));
    QByteArray text = small;
    for (const char c : QByteArray("12")) {
        text.insert(text.indexOf("\", \"stepType\": \"SMS"), c);
        QVERIFY(document->pushText(text, u"Type"_qs, u"typing"_qs));
    }
    QCOMPARE(document->drawing().positions.keys(), QStringList {u"a12"_qs});
    document->undoStack()->undo();
    QCOMPARE(document->drawing().positions.keys(), QStringList {u"a"_qs});
    document->undoStack()->redo();
    QCOMPARE(document->drawing().positions.value(u"a12"_qs), QPointF(10, 20));
}

void TestTextEdits::reloadDropsTheDraft()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(u"a.json"_qs);
    QVERIFY(writeFile(path, small));
    const std::unique_ptr<WorkflowDocument> document = std::move(WorkflowDocument::open(path)).value();
    const QByteArray broken = replaced(small, "\"Hi\"", "\"Hi");
    QVERIFY(document->pushText(broken, u"Type"_qs));
    QVERIFY(document->reload()); // the same bytes as before, but not what is shown
    QVERIFY(!document->draft());
    QCOMPARE(document->text(), small);
    QVERIFY(!document->isModified());
    document->undoStack()->undo();
    QCOMPARE(document->shownText(), broken);
}

void TestTextEdits::laws_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::newRow("difference") << QByteArray("difference");
    QTest::newRow("typed difference") << QByteArray("typed");
    QTest::newRow("splices") << QByteArray("splices");
    QTest::newRow("history") << QByteArray("history");
}

void TestTextEdits::laws()
{
    QFETCH(QByteArray, name);
    const QString failure = name == "difference"
        ? runCases("the difference of two values leads from one to the other", 3000, differenceLeadsThere)
        : name == "typed"
        ? runCases("a piece of text leads from one value to the other", 1000, typedDifferenceLeadsThere)
        : name == "splices" ? runCases("splices lead from one text to the other", 5000, splicesLeadThere)
                            : runCases("typing and commands come back in their order", 300, everythingComesBack);
    QVERIFY2(failure.isEmpty(), qPrintable(failure));
}

} // namespace automation

QTEST_GUILESS_MAIN(automation::TestTextEdits)
#include "tst_textedits.moc"
