#include "documenttools.h"

#include "caserunner.h"
#include "gestures.h"

#include "model/json/jsonpatch.h"
#include "model/json/jsonreader.h"

#include <cstdio>

using namespace automation;

namespace {

// Any sequence of commands, undone, gives the bytes of the file; done again, the bytes from before.
std::optional<QString> undoGivesTheBytes(const GestureCase &it)
{
    const Result<JsonValue> original = readJson(it.text);
    if (!original)
        return u"the generated text is no JSON: %1"_qs.arg(original.error().message);
    Result<WorkflowDefinition> definition = WorkflowDefinition::fromJson(*original);
    if (!definition)
        return std::nullopt;
    const auto bytes = [&](const JsonValue &root) { return patchJson(it.text, *original, root); };

    QList<QList<JsonEdit>> done;
    QList<JsonValue> states {*original};
    for (const Gesture &gesture : it.gestures) {
        const DefinitionGraph graph = DefinitionGraph::build(*definition, StepCatalog::builtIn());
        const Result<DefinitionEdit> edit = gesture.edit(*definition, graph);
        if (!edit || edit->edits.isEmpty())
            continue;
        JsonValue root = definition->root();
        if (!applyEdits(root, edit->edits))
            return u"the edits of “%1” do not fit the definition they were made from"_qs.arg(gesture.command);
        Result<WorkflowDefinition> changed = WorkflowDefinition::fromJson(root);
        if (!changed)
            continue; // refused by the document
        definition = std::move(changed);
        done += edit->edits;
        states += definition->root();
    }
    const QByteArray atEnd = bytes(states.last());
    const Result<JsonValue> read = readJson(atEnd);
    if (!read || *read != states.last())
        return u"what is saved does not read back the same:\n%1"_qs.arg(QString::fromUtf8(atEnd));
    const qsizetype middle = done.size() / 2;
    const QByteArray atMiddle = bytes(states.at(middle));

    JsonValue root = states.last();
    for (qsizetype i = done.size() - 1; i >= 0; --i) {
        if (!applyEdits(root, inverted(done.at(i))))
            return u"command %1 cannot be undone"_qs.arg(i);
        if (root != states.at(i))
            return u"undoing command %1 gives something else"_qs.arg(i);
        if (i == middle && bytes(root) != atMiddle)
            return u"undoing command %1 gives other bytes"_qs.arg(i);
    }
    if (bytes(root) != it.text)
        return u"undoing everything gives other bytes:\n%1"_qs.arg(QString::fromUtf8(bytes(root)));
    for (qsizetype i = 0; i < done.size(); ++i) {
        if (!applyEdits(root, done.at(i)) || root != states.at(i + 1))
            return u"command %1 cannot be done again"_qs.arg(i);
    }
    if (bytes(root) != atEnd)
        return u"doing everything again gives other bytes"_qs;
    return std::nullopt;
}

// The same for the document and its undo stack, where edits may have become one.
std::optional<QString> undoStackGivesTheBytes(const GestureCase &it)
{
    const auto document = documentOf(it.text);
    if (!document)
        return std::nullopt;
    QUndoStack *stack = document->undoStack();
    for (qsizetype i = 0; i < it.gestures.size(); ++i) {
        const Gesture &gesture = it.gestures.at(i);
        const Result<DefinitionEdit> edit = gesture.edit(document->definition(), document->graph());
        // May be refused: it was chosen for another history.
        if (gesture.isDrawing())
            (void)document->pushDrawing(gesture.drawn(document->drawing()), u"draw"_qs, gesture.mergeKey()).isOk();
        else if (edit)
            (void)document->push(*edit).isOk();
        for (auto moved = document->drawing().positions.keyBegin(); moved != document->drawing().positions.keyEnd();
             ++moved) {
            if (document->graph().indexOfKey(*moved) < 0)
                return u"“%1” is no step and has a place in the drawing"_qs.arg(*moved);
        }
        if (i % 7 == 6)
            stack->undo(); // the rest of the way goes on from here
    }
    QByteArrayList texts {document->text()};
    QList<DrawingLayout> drawings {document->drawing()};
    while (stack->canUndo()) {
        stack->undo();
        texts.prepend(document->text());
        drawings.prepend(document->drawing());
    }
    if (!drawings.first().isDefault())
        return u"undoing everything leaves something in the drawing"_qs;
    if (texts.first() != it.text)
        return u"undoing everything gives other bytes:\n%1"_qs.arg(QString::fromUtf8(texts.first()));
    for (qsizetype i = 1; i < texts.size(); ++i) {
        if (!stack->canRedo())
            return u"there is no redo %1"_qs.arg(i);
        stack->redo();
        if (document->text() != texts.at(i))
            return u"redo %1 gives other bytes"_qs.arg(i);
        if (document->drawing() != drawings.at(i))
            return u"redo %1 gives another drawing"_qs.arg(i);
    }
    stack->setIndex(0);
    return document->text() == it.text && document->drawing().isDefault()
        ? std::nullopt
        : std::optional(u"jumping to the start gives other bytes"_qs);
}

using Check = std::optional<QString> (*)(const GestureCase &);

// Most cases go without a document, which costs more: it checks the definition after each command.
constexpr int percentWithDocument = 5;

std::optional<QString> bytesComeBack(Random &random)
{
    const GestureCase it = anyCase(random, 20);
    const Check check = random.chance(percentWithDocument) ? undoStackGivesTheBytes : undoGivesTheBytes;
    const std::optional<QString> failure = check(it);
    if (!failure)
        return std::nullopt;
    const GestureCase small = shrunk(it, [check](const GestureCase &other) { return check(other).has_value(); });
    // The test's own output cuts long texts.
    std::printf("SMALLEST CASE: %s", small.toText().constData());
    return check(small).value_or(*failure);
}

} // namespace

class TestUndoLaws : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void casesMakeSense();
    void counterexamples_data();
    void counterexamples();
    void commands();
};

// A law over commands that are all refused would say nothing.
void TestUndoLaws::casesMakeSense()
{
    Random random(4711);
    QHash<QString, int> made;
    for (int i = 0; i < 600; ++i) {
        for (const Gesture &gesture : anyCase(random, 20).gestures)
            ++made[gesture.command];
    }
    for (const char *command : {"insert", "append", "add", "connect", "disconnect", "delete", "set", "replace",
             "rename", "root", "trigger", "name", "status", "subaccount", "duplicate", "paste", "move", "order",
             "condition", "source", "retype", "variable", "draw"})
        QVERIFY2(made.value(QLatin1StringView(command)) >= 20, command);
}

// What the laws found once, shrunk.
void TestUndoLaws::counterexamples_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("nothing") << GestureCase {dataText("exported.json"), {}}.toText();
    const QDir folder(QStringLiteral(TEST_DATA_DIR "/document/laws"));
    for (const QString &name : folder.entryList({u"*.json"_qs}, QDir::Files))
        QTest::newRow(qPrintable(name)) << fileContent(folder.filePath(name));
}

void TestUndoLaws::counterexamples()
{
    QFETCH(QByteArray, text);
    const GestureCase it = GestureCase::fromText(text);
    QVERIFY(!it.text.isEmpty());
    for (const Check check : {undoGivesTheBytes, undoStackGivesTheBytes}) {
        const std::optional<QString> failure = check(it);
        QVERIFY2(!failure, qPrintable(failure.value_or(QString())));
    }
}

void TestUndoLaws::commands()
{
    const QString failure = runCases("undone commands give the same bytes", 3000, bytesComeBack);
    QVERIFY2(failure.isEmpty(), qPrintable(failure));
}

QTEST_GUILESS_MAIN(TestUndoLaws)
#include "tst_undolaws.moc"
