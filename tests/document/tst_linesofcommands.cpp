#include "documenttools.h"

#include "caserunner.h"
#include "gestures.h"

#include "model/json/jsonpatch.h"
#include "model/json/jsonreader.h"

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
    for (int i = 1; i < graph.nodes().size(); ++i) {
        const GraphNode &node = graph.nodes().at(i);
        const JsonSpan span = node.pointer.resolve(*root)->span();
        std::fill(result.owner.begin() + span.start, result.owner.begin() + span.end, i);
        const bool isNested = nestedToo && node.parent >= 0 && result.named.contains(node.parent);
        if (edit.stepKeys.contains(node.key) || isNested)
            result.named.insert(i);
    }
    return result;
}

// The lines without a byte of a named step, and the bytes of no named step without blanks and commas.
struct Rest
{
    QByteArrayList lines;
    QByteArray bytes;
};

QByteArray withoutCommas(QByteArray line)
{
    line = line.trimmed();
    while (line.endsWith(',') || line.startsWith(',')) {
        line = line.startsWith(',') ? line.mid(1) : line.chopped(1);
        line = line.trimmed();
    }
    return line;
}

Rest restOf(const OwnedText &it)
{
    Rest rest;
    qsizetype start = 0;
    while (start < it.text.size()) {
        qsizetype end = it.text.indexOf('\n', start);
        end = end < 0 ? it.text.size() : end + 1;
        bool isNamed = false;
        for (qsizetype i = start; i < end; ++i) {
            const char c = it.text.at(i);
            const bool isBlank = c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == ',';
            if (it.isNamed(i))
                isNamed = isNamed || !isBlank;
            else if (!isBlank)
                rest.bytes += c;
        }
        if (!isNamed)
            rest.lines += it.text.mid(start, end - start);
        start = end;
    }
    return rest;
}

// One command changes only lines of the steps it names, and the commas of their neighbours.
std::optional<QString> changesOnlyItsLines(const GestureCase &it)
{
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

    const auto ownedBefore = ownedText(it.text, *edit, gesture.replacesNested());
    const auto ownedAfter = ownedText(after, *edit, gesture.replacesNested());
    if (!ownedBefore || !ownedAfter)
        return u"what is saved is no definition"_qs;
    const Rest before = restOf(*ownedBefore);
    const Rest rest = restOf(*ownedAfter);
    const auto failure = [&](const QString &what) {
        return u"%1 (“%2”, names %3)\nAfter:\n%4"_qs.arg(
            what, edit->text, edit->stepKeys.join(u", "), QString::fromUtf8(after));
    };
    const auto joined = [](QByteArray bytes) { return bytes.replace("[]", ""); };
    if (joined(before.bytes) != joined(rest.bytes))
        return failure(u"something outside of the named steps has changed"_qs);
    // A list that gets its first step or loses its last one is written on one line or on several.
    QByteArrayList left;
    QByteArrayList right;
    for (const QByteArray &line : before.lines)
        left += withoutCommas(line);
    for (const QByteArray &line : rest.lines)
        right += withoutCommas(line);
    for (QByteArrayList *lines : {&left, &right}) {
        lines->removeAll(QByteArray());
        QByteArray text = lines->join('\n');
        text.replace("[\n]", "[]");
        *lines = text.split('\n');
    }
    if (left == right)
        return std::nullopt;
    for (qsizetype i = 0; i < qMax(left.size(), right.size()); ++i) {
        if (left.value(i) != right.value(i))
            return failure(u"a line of another step has changed from “%1” to “%2”"_qs.arg(
                QString::fromUtf8(left.value(i)), QString::fromUtf8(right.value(i))));
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
        return changesOnlyItsLines(small).value_or(*failure) + u"\nSmallest case:\n"_qs
            + QString::fromUtf8(small.toText());
    };
    const QString failure = runCases("a command changes only lines of the steps it names", 6000, law);
    QVERIFY2(failure.isEmpty(), qPrintable(failure));
}

QTEST_GUILESS_MAIN(TestLinesOfCommands)
#include "tst_linesofcommands.moc"
