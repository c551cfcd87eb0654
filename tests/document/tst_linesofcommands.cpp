#include "documenttools.h"

#include "caserunner.h"
#include "gestures.h"

#include "model/json/jsonpatch.h"
#include "model/json/jsonreader.h"

#include <cstdio>

using namespace automation;

namespace {

constexpr int noOwner = -1;

// A text and which step each of its bytes belongs to; of nested steps the innermost one.
struct OwnedText
{
    QByteArray text;
    QList<int> owner; // byte -> node, noOwner outside the steps
    QSet<int> named; // nodes whose lines may change
    bool outsideNamed = false; // whether what is around the steps may change
    JsonSpan stepsSpan;

    bool isNamed(qsizetype byte) const
    {
        const int node = owner.at(byte);
        if (node != noOwner)
            return named.contains(node);
        return outsideNamed && (byte < stepsSpan.start || byte >= stepsSpan.end);
    }
};

std::optional<OwnedText> ownedText(const QByteArray &text, const DefinitionEdit &edit, bool nestedToo)
{
    const Result<JsonValue> root = readJson(text);
    if (!root)
        return std::nullopt;
    const Result<WorkflowDefinition> definition = WorkflowDefinition::fromJson(*root);
    if (!definition)
        return std::nullopt;
    const DefinitionGraph graph = DefinitionGraph::build(*definition, StepCatalog::builtIn());
    OwnedText result {text, QList<int>(text.size(), noOwner), {}, edit.triggerChanged, definition->steps().span()};
    // Steps of one id, or without one, are told apart by their order, which the edit may change: all of them count as
    // named.
    QSet<QString> ids;
    if (edit.structureChanged)
        ids.insert(QString());
    for (const QString &key : edit.stepKeys)
        ids.insert(key.section(nodeKeySeparator, 0, 0));
    for (int i = 1; i < graph.nodes().size(); ++i) {
        const GraphNode &node = graph.nodes().at(i);
        const JsonSpan span = node.pointer.resolve(*root)->span();
        std::fill(result.owner.begin() + span.start, result.owner.begin() + span.end, i);
        // What is nested in a step without id moves with it: files are patched by id.
        const bool goesWithParent = node.parent >= 0 && (nestedToo || graph.nodes().at(node.parent).id.isEmpty());
        const bool isNested = goesWithParent && result.named.contains(node.parent);
        if (ids.contains(node.id) || isNested)
            result.named.insert(i);
    }
    return result;
}

// A line of a text. Bytes of no named step that are neither blank nor comma are counted through the whole text, so that
// the same ones can be found in another text.
struct Line
{
    QByteArray text;
    qsizetype first = 0; // number of its first such byte
    qsizetype end = 0; // behind its last one
    bool isNamed = false; // holds a byte of a named step
};

struct Rest
{
    QList<Line> lines; // without those that are blank
    QByteArray bytes; // the counted ones
};

Rest restOf(const OwnedText &it)
{
    Rest rest;
    qsizetype start = 0;
    while (start < it.text.size()) {
        qsizetype end = it.text.indexOf('\n', start);
        end = end < 0 ? it.text.size() : end + 1;
        Line line {it.text.mid(start, end - start), rest.bytes.size(), 0, false};
        for (qsizetype i = start; i < end; ++i) {
            const char c = it.text.at(i);
            if (c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == ',')
                continue;
            if (it.isNamed(i))
                line.isNamed = true;
            else
                rest.bytes += c;
        }
        line.end = rest.bytes.size();
        if (line.isNamed || line.end > line.first)
            rest.lines += line;
        start = end;
    }
    return rest;
}

QByteArray withoutCommas(QByteArray line)
{
    line = line.trimmed();
    while (line.endsWith(',') || line.startsWith(','))
        line = (line.startsWith(',') ? line.mid(1) : line.chopped(1)).trimmed();
    return line;
}

bool touchesNamed(const QList<Line> &lines, qsizetype i)
{
    return (i > 0 && lines.at(i - 1).isNamed) || (i + 1 < lines.size() && lines.at(i + 1).isNamed);
}

// The first line of no named step that has changed in more than a comma: before and after. What stands on one line with
// a named step, or is joined with such a neighbour (brackets of a list), is not its own line.
std::optional<std::pair<QByteArray, QByteArray>> changedLine(const Rest &before, const Rest &after)
{
    qsizetype other = 0;
    for (qsizetype i = 0; i < before.lines.size(); ++i) {
        const Line &line = before.lines.at(i);
        if (line.isNamed)
            continue;
        while (other < after.lines.size() && after.lines.at(other).end <= line.first)
            ++other;
        if (other == after.lines.size())
            return std::pair(line.text, QByteArray());
        const Line &now = after.lines.at(other);
        if (now.isNamed || now.text == line.text)
            continue;
        const bool isSameLine = now.first == line.first && now.end == line.end;
        const bool isJoined = touchesNamed(before.lines, i) || touchesNamed(after.lines, other);
        if (isSameLine ? withoutCommas(now.text) != withoutCommas(line.text) : !isJoined)
            return std::pair(line.text, now.text);
    }
    return std::nullopt;
}

// What is arranged by hand is not part of the definition.
std::optional<QString> changesNothing(const GestureCase &it)
{
    const auto document = documentOf(it.text);
    const Gesture &gesture = it.gestures.first();
    if (!document || !document->pushDrawing(gesture.drawn({}), u"draw"_qs))
        return std::nullopt;
    return document->text() == it.text ? std::nullopt : std::optional(u"the drawing changed the definition"_qs);
}

// One command changes only lines of the steps it names, and the commas of their neighbours.
std::optional<QString> changesOnlyItsLines(const GestureCase &it)
{
    if (!it.gestures.isEmpty() && it.gestures.first().isDrawing())
        return changesNothing(it);
    const Result<JsonValue> root = readJson(it.text);
    if (!root || it.gestures.isEmpty())
        return std::nullopt;
    const Result<WorkflowDefinition> definition = WorkflowDefinition::fromJson(*root);
    if (!definition)
        return std::nullopt;
    const Gesture &gesture = it.gestures.first();
    const DefinitionGraph graph = DefinitionGraph::build(*definition, StepCatalog::builtIn());
    const Result<DefinitionEdit> edit = gesture.edit(*definition, graph);
    if (!edit)
        return std::nullopt;
    JsonValue changed = *root;
    if (!applyEdits(changed, edit->edits))
        return u"the edits do not fit"_qs;
    if (!WorkflowDefinition::fromJson(changed))
        return std::nullopt;
    const QByteArray after = patchJson(it.text, *root, changed);
    if (after == it.text)
        return edit->edits.isEmpty() || changed == *root ? std::nullopt : std::optional(u"an edit without bytes"_qs);

    const Result<JsonValue> read = readJson(after);
    if (!read || *read != changed)
        return u"what is saved does not read back the same:\n%1"_qs.arg(QString::fromUtf8(after));

    // Files are patched by id: of steps without one, or of an id that stands twice, what is nested goes along.
    const bool namesAmbiguous = std::any_of(edit->stepKeys.begin(), edit->stepKeys.end(), [&graph](const QString &key) {
        const bool hasTwin = graph.indexOfKey(key + nodeKeySeparator + u'2') >= 0;
        return key != DefinitionGraph::triggerKey() && (hasTwin || key.contains(nodeKeySeparator));
    });
    const bool nestedToo = gesture.replacesNested() || namesAmbiguous;
    const auto ownedBefore = ownedText(it.text, *edit, nestedToo);
    const auto ownedAfter = ownedText(after, *edit, nestedToo);
    if (!ownedBefore || !ownedAfter)
        return u"what is saved is no definition"_qs;
    const Rest before = restOf(*ownedBefore);
    const Rest rest = restOf(*ownedAfter);
    const auto failure = [&](const QString &what) {
        return u"%1 (“%2”, names %3)\nAfter:\n%4"_qs.arg(
            what, edit->text, edit->stepKeys.join(u", "), QString::fromUtf8(after));
    };
    if (before.bytes != rest.bytes)
        return failure(u"something outside of the named steps has changed"_qs);
    if (const auto line = changedLine(before, rest)) {
        return failure(u"a line of another step has changed from “%1” to “%2”"_qs.arg(
            QString::fromUtf8(line->first), QString::fromUtf8(line->second)));
    }
    return std::nullopt;
}

} // namespace

class TestLinesOfCommands : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void counterexamples_data();
    void counterexamples();
    void commands();
};

void TestLinesOfCommands::counterexamples_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("nothing") << GestureCase {dataText("exported.json"), {}}.toText();
    const QDir folder(QStringLiteral(TEST_DATA_DIR "/document/laws"));
    for (const QString &name : folder.entryList({u"*.json"_qs}, QDir::Files))
        QTest::newRow(qPrintable(name)) << fileContent(folder.filePath(name));
}

void TestLinesOfCommands::counterexamples()
{
    QFETCH(QByteArray, text);
    const std::optional<QString> failure = changesOnlyItsLines(GestureCase::fromText(text));
    QVERIFY2(!failure, qPrintable(failure.value_or(QString())));
}

void TestLinesOfCommands::commands()
{
    const Law law = [](Random &random) -> std::optional<QString> {
        const GestureCase it = anyCase(random, 1);
        const std::optional<QString> failure = changesOnlyItsLines(it);
        if (!failure)
            return std::nullopt;
        const GestureCase small
            = shrunk(it, [](const GestureCase &other) { return changesOnlyItsLines(other).has_value(); });
        // The test's own output cuts long texts.
        std::printf("SMALLEST CASE: %s", small.toText().constData());
        return changesOnlyItsLines(small).value_or(*failure);
    };
    const QString failure = runCases("a command changes only lines of the steps it names", 6000, law);
    QVERIFY2(failure.isEmpty(), qPrintable(failure));
}

QTEST_GUILESS_MAIN(TestLinesOfCommands)
#include "tst_linesofcommands.moc"
