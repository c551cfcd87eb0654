// What a person arranges by hand: as a value, as a file, as part of a document and its history.

#include "documenttools.h"
#include "model/document/commands/clipboardcommands.h"
#include "model/document/drawingjson.h"
#include "model/json/jsonwriter.h"

#include <QTemporaryDir>
#include <sys/stat.h>

using namespace automation;

namespace {

const QByteArray twoSteps = R"({
  "definition": {
    "name": "Two",
    "steps": [
      { "id": "a", "stepType": "SMS", "nextStepId": "b" },
      { "id": "b", "stepType": "SMS" }
    ]
  },
  "trigger": "http_request"
}
)";

DrawingLayout someDrawing()
{
    DrawingLayout drawing;
    drawing.positions = {{u"a"_qs, {12.5, -40}}, {u"b"_qs, {0, 1e6}}};
    drawing.notes = {{u"n1"_qs, {1, 2, 300, 40.25}, u"“Ask\nMaria”"_qs, {}}, {u"n0"_qs, {0, 0, 0, 0}, {}, {}}};
    drawing.direction = DrawingLayout::Direction::LeftToRight;
    return drawing;
}

} // namespace

class TestDrawingLayout : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void textKeepsEverything();
    void unknownMembersStay();
    void readingRefuses_data();
    void readingRefuses();
    void changesTakeBackAndGoOn();
    void commandsAreUndone();
    void nudgesAreOneCommand();
    void impossibleDrawingsAreRefused();
    void positionsFollow();
    void positionsOfTwinsFollow();
    void fileComesAndGoes();
    void definitionIsNotTouched();
    void untouchedFileStays();
    void brokenFileIsKept_data();
    void brokenFileIsKept();
    void foreignFileIsKept();
    void saveAsTakesItAlong();
    void failureLeavesTheDocumentModified();
    void reloadTakesBoth();
    void names();

private:
    QString path(const QString &name) const { return m_folder->filePath(name); }
    std::unique_ptr<WorkflowDocument> opened(const QString &name = u"a.json"_qs)
    {
        Result<std::unique_ptr<WorkflowDocument>> document = WorkflowDocument::open(path(name));
        return document ? std::move(document).value() : nullptr;
    }
    bool move(WorkflowDocument &document, const QString &key, QPointF to, const QString &mergeKey = {})
    {
        DrawingLayout drawing = document.drawing();
        drawing.positions.insert(key, to);
        return document.pushDrawing(drawing, u"Move"_qs, mergeKey).isOk();
    }
    QStringList files() const { return QDir(m_folder->path()).entryList(QDir::Files | QDir::Hidden, QDir::Name); }

    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestDrawingLayout::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    QVERIFY(writeFile(path(u"a.json"_qs), twoSteps));
}

void TestDrawingLayout::textKeepsEverything()
{
    const DrawingLayout drawing = someDrawing();
    const QByteArray text = writeDrawingLayout(drawing);
    const Result<DrawingLayout> read = readDrawingLayout(text);
    QVERIFY2(read.isOk(), read ? "" : qPrintable(read.error().message));
    QVERIFY(*read == drawing);
    QCOMPARE(writeDrawingLayout(*read), text);
    QVERIFY(!drawing.isDefault());
    QVERIFY(DrawingLayout().isDefault());
    QVERIFY(readDrawingLayout(writeDrawingLayout({}))->isDefault());
    // One moved step is one changed line.
    DrawingLayout moved = drawing;
    moved.positions[u"a"_qs] = {0.1, 0.2};
    const auto [gone, come] = changedLines(text, writeDrawingLayout(moved));
    QCOMPARE(gone.size(), 1);
    QCOMPARE(come, QByteArrayList {"    \"a\": [0.1, 0.2],"});
}

void TestDrawingLayout::unknownMembersStay()
{
    const QByteArray text = R"({"version": 1, "zoom": {"b": 1.50, "a": []}, "positions": {"a": [1, 2]},
        "notes": [{"id": "n", "colour": "red", "rect": [1, 2, 3, 4], "text": "t"}]})";
    const Result<DrawingLayout> read = readDrawingLayout(text);
    QVERIFY(read.isOk());
    const QByteArray again = writeDrawingLayout(*read);
    QVERIFY2(again.contains("1.50") && again.contains("\"colour\": \"red\""), again.constData());
    QVERIFY(*readDrawingLayout(again) == *read);
    // Nothing but what others put there: still worth keeping.
    QVERIFY(!readDrawingLayout(R"({"version": 1, "zoom": 2})")->isDefault());
}

void TestDrawingLayout::readingRefuses_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("line");
    const auto row = [](const char *name, const QByteArray &text, int line) { QTest::newRow(name) << text << line; };
    row("empty", "", 1);
    row("no JSON", "{\n  \"version\": 1,\n}", 3);
    row("list", "[]", 1);
    row("a definition", twoSteps, 1);
    row("another version", "{\n\"version\": 2}", 2);
    row("version as text", "{\"version\": \"1\"}", 1);
    row("direction", "{\"version\": 1,\n\"direction\": \"up\"}", 2);
    row("direction as number", "{\"version\": 1,\n\"direction\": 1}", 2);
    row("positions as list", "{\"version\": 1,\n\n\"positions\": []}", 3);
    row("one number", "{\"version\": 1, \"positions\": {\n\"a\": [1]}}", 2);
    row("three numbers", "{\"version\": 1, \"positions\": {\n\"a\": [1,2,3]}}", 2);
    row("text as number", "{\"version\": 1, \"positions\": {\"a\": [1,\n\"2\"]}}", 2);
    row("infinite", "{\"version\": 1, \"positions\": {\"a\": [1,\n1e999]}}", 2);
    row("too far", "{\"version\": 1, \"positions\": {\"a\": [1, 1e99]}}", 0);
    row("notes as object", "{\"version\": 1,\n\"notes\": {}}", 2);
    row("note without text", "{\"version\": 1,\n\"notes\": [\n{\"id\": \"a\", \"rect\": [1,2,3,4]}]}", 3);
    row("note without place", "{\"version\": 1,\n\"notes\": [\n{\"id\": \"a\", \"text\": \"\"}]}", 3);
    row("note without extent", "{\"version\": 1, \"notes\": [{\"id\": \"a\", \"rect\": [1,2,-3,4], \"text\": \"\"}]}",
        0);
    row("two notes of one id",
        "{\"version\": 1, \"notes\": [{\"id\": \"a\", \"rect\": [1,2,3,4], \"text\": \"\"},"
        "{\"id\": \"a\", \"rect\": [1,2,3,4], \"text\": \"\"}]}",
        0);
    row("deep", "{\"version\": 1, \"x\": " + QByteArray(100, '[') + QByteArray(100, ']') + "}", 1);
}

void TestDrawingLayout::readingRefuses()
{
    QFETCH(QByteArray, text);
    QFETCH(int, line);
    const Result<DrawingLayout> read = readDrawingLayout(text);
    QVERIFY(!read.isOk());
    QVERIFY(!read.error().message.isEmpty());
    QCOMPARE(read.error().line, line);
}

void TestDrawingLayout::changesTakeBackAndGoOn()
{
    const DrawingLayout none;
    const DrawingLayout some = someDrawing();
    DrawingLayout other = some;
    other.positions.remove(u"b"_qs);
    other.positions.insert(u"c"_qs, {1, 1});
    other.notes.removeFirst();
    const QList<DrawingLayout> all {none, some, other};
    for (const DrawingLayout &a : all) {
        for (const DrawingLayout &b : all) {
            const DrawingChange change = DrawingChange::between(a, b);
            QCOMPARE(change.isEmpty(), a == b);
            DrawingLayout drawing = a;
            change.applyTo(drawing);
            QVERIFY(drawing == b);
            change.inverted().applyTo(drawing);
            QVERIFY(drawing == a);
            const std::optional<DrawingChange> read = changeFromJson(changeToJson(change));
            QVERIFY(read.has_value());
            DrawingChange whole = *read;
            whole.setBefore(a);
            whole.applyTo(drawing);
            QVERIFY(drawing == b);
            whole.inverted().applyTo(drawing);
            QVERIFY(drawing == a);
            for (const DrawingLayout &c : all) {
                DrawingChange both = change;
                both.append(DrawingChange::between(b, c));
                QCOMPARE(both.isEmpty(), a == c);
                drawing = a;
                both.applyTo(drawing);
                QVERIFY(drawing == c);
                both.inverted().applyTo(drawing);
                QVERIFY(drawing == a);
            }
        }
    }
}

void TestDrawingLayout::commandsAreUndone()
{
    const auto document = opened();
    QSignalSpy drawn(document.get(), &WorkflowDocument::drawingChanged);
    QSignalSpy changed(document.get(), &WorkflowDocument::changed);
    QVERIFY(move(*document, u"a"_qs, {5, 6}));
    QCOMPARE(document->drawing().positions.value(u"a"_qs), QPointF(5, 6));
    QCOMPARE(document->undoStack()->undoText(), u"Move"_qs);
    QVERIFY(document->isModified());
    QCOMPARE(drawn.size(), 1);
    QVERIFY(changed.isEmpty());
    QVERIFY(document->pushDrawing(document->drawing(), u"nothing"_qs).isOk());
    QCOMPARE(document->undoStack()->count(), 1);
    document->undoStack()->undo();
    QVERIFY(document->drawing().isDefault());
    QVERIFY(!document->isModified());
    document->undoStack()->redo();
    QCOMPARE(document->drawing().positions.value(u"a"_qs), QPointF(5, 6));
    QCOMPARE(drawn.size(), 3);
}

void TestDrawingLayout::nudgesAreOneCommand()
{
    const auto document = opened();
    for (int i = 1; i <= 5; ++i)
        QVERIFY(move(*document, u"a"_qs, {qreal(i), 0}, u"nudge"_qs));
    QCOMPARE(document->undoStack()->count(), 1);
    QVERIFY(move(*document, u"a"_qs, {7, 0}));
    QCOMPARE(document->undoStack()->count(), 2);
    document->undoStack()->undo();
    QCOMPARE(document->drawing().positions.value(u"a"_qs), QPointF(5, 0));
    document->undoStack()->undo();
    QVERIFY(document->drawing().isDefault());
    // There and back is nothing to undo.
    QVERIFY(move(*document, u"a"_qs, {1, 0}, u"nudge"_qs));
    QVERIFY(document->pushDrawing({}, u"back"_qs, u"nudge"_qs).isOk());
    QCOMPARE(document->undoStack()->index(), 0);
    QVERIFY(document->drawing().isDefault());
}

void TestDrawingLayout::impossibleDrawingsAreRefused()
{
    const auto document = opened();
    const auto refused = [&document](const DrawingLayout &drawing) {
        const Result<void> done = document->pushDrawing(drawing, u"draw"_qs);
        return !done && !done.error().message.isEmpty() && document->undoStack()->count() == 0
            && document->drawing().isDefault();
    };
    DrawingLayout drawing;
    drawing.positions = {{u"nowhere"_qs, {1, 1}}};
    QVERIFY(refused(drawing));
    for (const QPointF far : {QPointF(qQNaN(), 0), QPointF(0, qInf()), QPointF(1e8, 0)}) {
        drawing.positions = {{u"a"_qs, far}};
        QVERIFY(refused(drawing));
    }
    drawing.positions.clear();
    drawing.notes = {{{}, {0, 0, 1, 1}, {}, {}}};
    QVERIFY(refused(drawing));
    drawing.notes = {{u"n"_qs, {0, 0, 1, 1}, {}, {}}, {u"n"_qs, {0, 0, 1, 1}, {}, {}}};
    QVERIFY(refused(drawing));
    drawing.notes = {{u"n"_qs, {0, 0, 1, 1}, QString(DrawingLayout::longestNote + 1, u'x'), {}}};
    QVERIFY(refused(drawing));
}

void TestDrawingLayout::positionsFollow()
{
    const auto document = opened();
    QVERIFY(move(*document, u"a"_qs, {1, 2}));
    QVERIFY(move(*document, u"b"_qs, {3, 4}));
    const DrawingLayout both = document->drawing();
    QSignalSpy drawn(document.get(), &WorkflowDocument::drawingChanged);
    const QPointF a(1, 2);

    QVERIFY(pushed(*document, renameStep(document->definition(), document->graph(), u"a"_qs, u"first"_qs)));
    QCOMPARE(document->drawing().positions, (QHash<QString, QPointF> {{u"first"_qs, a}, {u"b"_qs, {3, 4}}}));
    QCOMPARE(drawn.size(), 1);
    document->undoStack()->undo();
    QVERIFY(document->drawing() == both);

    QVERIFY(pushed(*document, deleteSteps(document->definition(), document->graph(), {u"a"_qs}, true)));
    QCOMPARE(document->drawing().positions.keys(), QStringList {u"b"_qs});
    document->undoStack()->undo();
    QVERIFY(document->drawing() == both);
    document->undoStack()->redo();
    QCOMPARE(document->drawing().positions.keys(), QStringList {u"b"_qs});
    document->undoStack()->undo();

    // Copies are placed by the layout.
    QVERIFY(pushed(*document, duplicateSteps(document->definition(), document->graph(), {u"a"_qs})));
    QCOMPARE(document->graph().stepCount(), 3);
    QVERIFY(document->drawing() == both);
    // A fresh step of an id that was moved once is placed by the layout too.
    QVERIFY(pushed(*document, deleteSteps(document->definition(), document->graph(), {u"a"_qs}, true)));
    const Result<DefinitionEdit> paste = pasteSteps(
        document->definition(), document->graph(), R"({"id": "a", "stepType": "SMS"})", StepPlace::atEnd());
    QVERIFY(pushed(*document, paste));
    QVERIFY(document->graph().indexOfKey(u"a"_qs) >= 0);
    QVERIFY(!document->drawing().positions.contains(u"a"_qs));
    // The id in the JSON of the step.
    const Result<DefinitionEdit> replaced = replaceStep(document->definition(), document->graph(), u"b"_qs,
        JsonValue::object({{u"id"_qs, u"bee"_qs}, {u"stepType"_qs, u"SMS"_qs}}));
    QVERIFY(pushed(*document, replaced));
    QCOMPARE(document->drawing().positions, (QHash<QString, QPointF> {{u"bee"_qs, {3, 4}}}));
    while (document->undoStack()->canUndo())
        document->undoStack()->undo();
    QVERIFY(document->drawing().isDefault());
    QCOMPARE(document->text(), twoSteps);
}

// Steps of one id have numbered keys, which change when one of them is renamed, goes or comes before another.
void TestDrawingLayout::positionsOfTwinsFollow()
{
    const auto document = documentOf(QByteArray(twoSteps).replace("\"b\"", "\"a\""));
    const QString twin = u"a"_qs + nodeKeySeparator + u'2';
    const QPointF first(1, 1);
    const QPointF second(2, 2);
    QVERIFY(move(*document, u"a"_qs, first) && move(*document, twin, second));
    const DrawingLayout both = document->drawing();
    using Positions = QHash<QString, QPointF>;
    QVERIFY(pushed(*document, renameStep(document->definition(), document->graph(), u"a"_qs, u"x"_qs)));
    QCOMPARE(document->drawing().positions, (Positions {{u"x"_qs, first}, {u"a"_qs, second}}));
    document->undoStack()->undo();
    QVERIFY(document->drawing() == both);
    QVERIFY(pushed(*document, deleteSteps(document->definition(), document->graph(), {u"a"_qs}, false)));
    QCOMPARE(document->drawing().positions, (Positions {{u"a"_qs, second}}));
    document->undoStack()->undo();
    QVERIFY(document->drawing() == both);
}

void TestDrawingLayout::fileComesAndGoes()
{
    auto document = opened();
    QVERIFY(document->save().isOk());
    QCOMPARE(files(), QStringList {u"a.json"_qs});
    DrawingLayout drawing = someDrawing();
    QVERIFY(document->pushDrawing(drawing, u"draw"_qs).isOk());
    QCOMPARE(files(), QStringList {u"a.json"_qs}); // saving writes, nothing else
    QVERIFY(document->save().isOk());
    QVERIFY(!document->isModified());
    QCOMPARE(files(), (QStringList {u"a.json"_qs, u"a.layout.json"_qs}));
    document = opened();
    QVERIFY(document->drawing() == drawing);
    QVERIFY(document->openingNotice().isEmpty());
    QVERIFY(!document->isModified());
    QVERIFY(document->pushDrawing({}, u"tidy"_qs).isOk());
    QVERIFY(document->save().isOk());
    QCOMPARE(files(), QStringList {u"a.json"_qs});
    document->undoStack()->undo();
    QVERIFY(document->isModified());
    QVERIFY(document->save().isOk());
    QVERIFY(opened()->drawing() == drawing);
}

void TestDrawingLayout::definitionIsNotTouched()
{
    const auto document = opened();
    QVERIFY(move(*document, u"a"_qs, {1, 2}));
    struct stat before
    {
    };
    struct stat after
    {
    };
    const QByteArray name = QFile::encodeName(path(u"a.json"_qs));
    QCOMPARE(::stat(name.constData(), &before), 0);
    QVERIFY(document->save().isOk());
    QCOMPARE(::stat(name.constData(), &after), 0);
    QCOMPARE(fileContent(path(u"a.json"_qs)), twoSteps);
    QCOMPARE(after.st_ino, before.st_ino); // not even written anew
    QCOMPARE(after.st_mtim.tv_nsec, before.st_mtim.tv_nsec);
}

// Written by hand or by another version: the file is not ours to tidy while nothing was arranged here.
void TestDrawingLayout::untouchedFileStays()
{
    const QByteArray theirs = R"({"positions":{"a":[1,2],"gone":[3,4]},"version":1})";
    QVERIFY(writeFile(path(u"a.layout.json"_qs), theirs));
    const auto document = opened();
    QCOMPARE(document->drawing().positions.keys(), QStringList {u"a"_qs});
    QVERIFY(
        pushed(*document, setRootValue(document->definition(), pointer(u"/definition/name"), u"New"_qs, u"name"_qs)));
    QVERIFY(document->save().isOk());
    QCOMPARE(fileContent(path(u"a.layout.json"_qs)), theirs);
    QVERIFY(move(*document, u"a"_qs, {5, 5}));
    QVERIFY(document->save().isOk());
    QCOMPARE(files(), (QStringList {u"a.json"_qs, u"a.layout.json"_qs}));
    QCOMPARE(opened()->drawing().positions.value(u"a"_qs), QPointF(5, 5));
}

void TestDrawingLayout::brokenFileIsKept_data()
{
    QTest::addColumn<QByteArray>("broken");
    QTest::newRow("no JSON") << QByteArray("{\"version\": 1,\n oops");
    QTest::newRow("a definition") << twoSteps;
    QTest::newRow("empty") << QByteArray();
}

void TestDrawingLayout::brokenFileIsKept()
{
    QFETCH(QByteArray, broken);
    QVERIFY(writeFile(path(u"a.layout.json"_qs), broken));
    const auto document = opened();
    QVERIFY(document->drawing().isDefault());
    QVERIFY(!document->isModified());
    QVERIFY2(document->openingNotice().contains(u"a.layout.json"), qPrintable(document->openingNotice()));
    QVERIFY2(broken.isEmpty() || document->openingNotice().contains(u"Line ", Qt::CaseInsensitive),
        qPrintable(document->openingNotice()));
    QVERIFY(
        pushed(*document, setRootValue(document->definition(), pointer(u"/definition/name"), u"New"_qs, u"name"_qs)));
    QVERIFY(document->save().isOk());
    QCOMPARE(fileContent(path(u"a.layout.json"_qs)), broken);
    QVERIFY(move(*document, u"a"_qs, {1, 2}));
    QVERIFY(document->save().isOk());
    QCOMPARE(fileContent(path(u"a.layout.json.bak"_qs)), broken);
    QCOMPARE(opened()->drawing().positions.value(u"a"_qs), QPointF(1, 2));
}

void TestDrawingLayout::foreignFileIsKept()
{
    const auto document = opened();
    QVERIFY(move(*document, u"a"_qs, {1, 2}));
    QVERIFY(document->save().isOk());
    QByteArrayList theirs;
    for (int i = 0; i < 2; ++i) { // another program writes it meanwhile, twice
        theirs += "{\"version\": 1, \"positions\": {\"a\": [" + QByteArray::number(i) + ", 9]}}";
        QVERIFY(writeFile(path(u"a.layout.json"_qs), theirs.last()));
        QVERIFY(move(*document, u"a"_qs, {qreal(i), 20}));
        QVERIFY(document->save().isOk());
        QCOMPARE(opened()->drawing().positions.value(u"a"_qs), QPointF(i, 20));
    }
    QCOMPARE(fileContent(path(u"a.layout.json.bak"_qs)), theirs.first());
    QCOMPARE(fileContent(path(u"a.layout.json.bak2"_qs)), theirs.last());
    // And is not removed when it holds something of somebody else.
    QVERIFY(writeFile(path(u"a.layout.json"_qs), "theirs"));
    QVERIFY(document->pushDrawing({}, u"tidy"_qs).isOk());
    QVERIFY(document->save().isOk());
    QVERIFY(!QFile::exists(path(u"a.layout.json"_qs)));
    QCOMPARE(fileContent(path(u"a.layout.json.bak3"_qs)), QByteArray("theirs"));
}

void TestDrawingLayout::saveAsTakesItAlong()
{
    const auto document = opened();
    QVERIFY(move(*document, u"a"_qs, {1, 2}));
    QVERIFY(document->save().isOk());
    const QByteArray written = fileContent(path(u"a.layout.json"_qs));
    QVERIFY(document->saveAs(path(u"b.json"_qs)).isOk());
    QCOMPARE(fileContent(path(u"b.layout.json"_qs)), written);
    QCOMPARE(fileContent(path(u"a.layout.json"_qs)), written);
    QVERIFY(document->pushDrawing({}, u"tidy"_qs).isOk());
    QVERIFY(document->save().isOk());
    QCOMPARE(files(), (QStringList {u"a.json"_qs, u"a.layout.json"_qs, u"b.json"_qs}));
    // Over a definition that was arranged: its arrangement does not come into effect for another one.
    QVERIFY(document->saveAs(path(u"a.json"_qs)).isOk());
    QVERIFY(opened()->drawing().isDefault());
    QCOMPARE(fileContent(path(u"a.layout.json.bak"_qs)), written);
}

void TestDrawingLayout::failureLeavesTheDocumentModified()
{
    const auto document = opened();
    QVERIFY(move(*document, u"a"_qs, {1, 2}));
    QVERIFY(QDir(m_folder->path()).mkpath(u"a.layout.json"_qs)); // a folder is in the way
    const Result<void> saved = document->save();
    QVERIFY(!saved.isOk());
    QCOMPARE(saved.error().code, ErrorCode::Unwritable);
    QVERIFY2(saved.error().message.contains(u"a.layout.json"), qPrintable(saved.error().message));
    QVERIFY(document->isModified());
    QVERIFY(QDir(m_folder->path()).rmdir(u"a.layout.json"_qs));
    QVERIFY(document->save().isOk());
    QVERIFY(!document->isModified());
    QCOMPARE(opened()->drawing().positions.value(u"a"_qs), QPointF(1, 2));
}

void TestDrawingLayout::reloadTakesBoth()
{
    const auto document = opened();
    QVERIFY(move(*document, u"a"_qs, {1, 2}) && move(*document, u"b"_qs, {3, 4}));
    QVERIFY(document->save().isOk());
    const DrawingLayout mine = document->drawing();
    // The definition only: what was arranged of the steps that stay stays.
    QVERIFY(writeFile(path(u"a.json"_qs), QByteArray(twoSteps).replace("\"b\"", "\"c\"")));
    QVERIFY(document->reload().isOk());
    QCOMPARE(document->drawing().positions.keys(), QStringList {u"a"_qs});
    document->undoStack()->undo();
    QVERIFY(document->drawing() == mine);
    document->undoStack()->redo();
    // Both.
    QVERIFY(writeFile(path(u"a.json"_qs), twoSteps));
    QVERIFY(writeFile(path(u"a.layout.json"_qs), R"({"version": 1, "positions": {"b": [7, 8]}})"));
    QVERIFY(document->reload().isOk());
    QCOMPARE(document->drawing().positions, (QHash<QString, QPointF> {{u"b"_qs, {7, 8}}}));
    QVERIFY(!document->isModified());
    document->undoStack()->undo();
    document->undoStack()->undo();
    QVERIFY(document->drawing() == mine);
    QCOMPARE(document->text(), twoSteps);
}

void TestDrawingLayout::names()
{
    QCOMPARE(layoutFilePath(u"/x/a.json"_qs), u"/x/a.layout.json"_qs);
    QCOMPARE(layoutFilePath(u"/x/a.b.JSON"_qs), u"/x/a.b.layout.json"_qs);
    QCOMPARE(layoutFilePath(u"/x.json/a"_qs), u"/x.json/a.layout.json"_qs);
    QCOMPARE(layoutFilePath(u"/x/a.layout.json"_qs), u"/x/a.layout.layout.json"_qs);
}

QTEST_GUILESS_MAIN(TestDrawingLayout)
#include "tst_drawinglayout.moc"
