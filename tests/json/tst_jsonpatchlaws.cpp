#include "caserunner.h"
#include "randomjson.h"
#include "shrink.h"

#include "model/json/jsonpatch.h"
#include "model/json/jsonreader.h"
#include "model/json/jsonwriter.h"

#include <QtTest>

using namespace automation;

namespace {

QString shown(const QByteArray &text)
{
    QString result;
    for (const char c : text) {
        const uchar byte = static_cast<uchar>(c);
        result
            += byte < 0x20 || byte >= 0x7F ? u"\\x%1"_qs.arg(byte, 2, 16, QLatin1Char('0')) : QString(QLatin1Char(c));
    }
    return result;
}

QByteArray compact(const JsonValue &value)
{
    return writeJson(value, JsonStyle::compact());
}

// The same value in a tree that shares nothing with this one and has no spans of use.
JsonValue rebuilt(const JsonValue &value)
{
    const Result<JsonValue> read = readJson(compact(value));
    return read ? *read : JsonValue(u"not readable"_qs);
}

using Parts = QHash<QByteArray, JsonValue>;

void collect(const JsonValue &value, Parts &parts)
{
    parts.insert(compact(value), value);
    for (qsizetype i = 0; i < value.size(); ++i)
        collect(value.at(i), parts);
}

// The same value made of as many parts of a tree as there are, wherever they stand in it: what an edit leaves, and
// more.
JsonValue grafted(const JsonValue &value, const Parts &parts)
{
    const auto found = parts.constFind(compact(value));
    if (found != parts.cend())
        return *found;
    JsonValue result = value;
    for (qsizetype i = 0; i < value.size(); ++i)
        result.replace(i, grafted(value.at(i), parts));
    return result;
}

JsonValue grafted(const JsonValue &value, const JsonValue &tree)
{
    Parts parts;
    collect(tree, parts);
    return grafted(value, parts);
}

bool keepsItsBytes(const QByteArray &text)
{
    const Result<JsonValue> read = readJson(text);
    return !read || (patchJson(text, *read, rebuilt(*read)) == text && *patchJson(text, *read) == text);
}

// What is wrong with the text after value was written into it, nullptr for nothing.
const char *wrongWith(const QByteArray &text, const JsonValue &value)
{
    const Result<JsonValue> original = readJson(text);
    if (!original)
        return nullptr;
    const QByteArray patched = patchJson(text, *original, value);
    const Result<JsonValue> again = readJson(patched);
    if (!again)
        return "it is no JSON any more";
    if (*again != value)
        return "it reads as something else";
    const JsonValue shared = grafted(value, *original);
    if (shared != value)
        return "a value depends on where it stood";
    if (patchJson(text, *original, shared) != patched)
        return "it depends on what the trees share";
    const auto hasMark = [](const QByteArray &bytes) { return bytes.startsWith("\xEF\xBB\xBF"); };
    if (hasMark(text) != hasMark(patched))
        return "the byte order mark changed";
    const auto hasLines = [](const QByteArray &bytes) { return bytes.contains('\n') || bytes.contains('\r'); };
    if (hasLines(patched) && !hasLines(text))
        return "one line became many";
    return nullptr;
}

QString smallestPair(QByteArray text, JsonValue value)
{
    text = shrinkList(text, [&](const QByteArray &shorter) { return wrongWith(shorter, value) != nullptr; });
    value = shrinkJson(value, [&](const JsonValue &simpler) { return wrongWith(text, simpler) != nullptr; });
    text = shrinkList(text, [&](const QByteArray &shorter) { return wrongWith(shorter, value) != nullptr; });
    return u"%1\n  text     %2\n  value    %3\n  patched  %4"_qs.arg(QLatin1StringView(wrongWith(text, value)),
        shown(text), shown(compact(value)), shown(patchJson(text, *readJson(text), value)));
}

// One element of an array changed: what stands before and behind it must not.
struct ElementEdit
{
    QByteArray text;
    JsonValue list; // instead of the array that text holds as its member "list"
    qsizetype index = 0; // first element that changed
    qsizetype removed = 0; // elements from index that are not in the new list as they were
};

JsonValue listOf(const JsonValue &root)
{
    return root.isArray() ? root : root.value(u"list");
}

bool changesOnlyTheElement(const ElementEdit &edit)
{
    const Result<JsonValue> original = readJson(edit.text);
    if (!original)
        return true;
    const JsonValue older = listOf(*original);
    JsonValue root = *original;
    if (root.isArray())
        root = edit.list;
    else
        root.set(u"list"_qs, edit.list);
    const QByteArray patched = patchJson(edit.text, *original, root);
    if (patchJson(edit.text, *original, grafted(root, *original)) != patched)
        return false;
    // With its neighbours' comma and the blanks between.
    const qsizetype before = edit.index > 0 ? older.at(edit.index - 1).span().end : older.span().start + 1;
    const qsizetype next = edit.index + edit.removed;
    const qsizetype behind = next < older.size() ? older.at(next).span().start : older.span().end - 1;
    const bool replaced = edit.removed == 1 && edit.list.size() == older.size();
    const qsizetype first = replaced ? older.at(edit.index).span().start : before;
    const qsizetype last = replaced ? older.at(edit.index).span().end : behind;
    return patched.startsWith(edit.text.first(first)) && patched.endsWith(edit.text.sliced(last))
        && patched.size() >= first + edit.text.size() - last;
}

// An equal element next to it is as good as the element itself.
bool hasTwin(const JsonValue &list, qsizetype index)
{
    return (index > 0 && list.at(index) == list.at(index - 1))
        || (index + 1 < list.size() && list.at(index) == list.at(index + 1));
}

JsonValue step(const QString &id, int inputs)
{
    JsonValue values = JsonValue::object();
    for (int i = 0; i < inputs; ++i)
        values.set(u"input%1"_qs.arg(i), u"value of %1"_qs.arg(id));
    return JsonValue::object({{u"id"_qs, id}, {u"stepType"_qs, u"SMS"_qs}, {u"inputs"_qs, values}});
}

} // namespace

class TestJsonPatchLaws : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void saveWithoutEditKeepsEveryByte();
    void patchedTextReadsAsTheNewValue();
    void oneEditChangesOnlyItsElement();
    void freshElementsLookLikeTheirNeighbours();
    void counterexamples_data();
    void counterexamples();
};

void TestJsonPatchLaws::saveWithoutEditKeepsEveryByte()
{
    const QString failure = runCases("save without edit", 100000, [](Random &random) -> std::optional<QString> {
        RandomJson json(random);
        const JsonValue value = json.value(1 + random.below(4));
        const quint64 looks = random.next();
        const auto textOf = [looks](const JsonValue &content) {
            Random again(looks);
            return RandomJson(again).text(content);
        };
        const auto misread = [&textOf](const JsonValue &content) {
            const Result<JsonValue> read = readJson(textOf(content));
            return !read || *read != content;
        };
        if (misread(value)) {
            const QByteArray text = textOf(shrinkJson(value, misread));
            const Result<JsonValue> read = readJson(text);
            return u"misread: %1\n%2"_qs.arg(shown(text), read ? shown(compact(*read)) : read.error().message);
        }
        const QByteArray text = textOf(value);
        if (!keepsItsBytes(text)) {
            const QByteArray small = shrinkList(text, [](const QByteArray &t) { return !keepsItsBytes(t); });
            return u"bytes changed: %1\n%2"_qs.arg(shown(small), shown(*patchJson(small, rebuilt(*readJson(small)))));
        }
        return std::nullopt;
    });
    QVERIFY2(failure.isEmpty(), qPrintable(failure));
}

void TestJsonPatchLaws::patchedTextReadsAsTheNewValue()
{
    const QString failure
        = runCases("patched text reads as the value", 100000, [](Random &random) -> std::optional<QString> {
              RandomJson json(random);
              const QByteArray text = json.text(json.value(1 + random.below(3)));
              JsonValue value = json.value(1 + random.below(3));
              if (random.chance(75)) {
                  const Result<JsonValue> read = readJson(text);
                  if (!read)
                      return u"refused: %1"_qs.arg(shown(text));
                  value = *read;
                  for (int edits = 1 + random.below(4); edits > 0; --edits)
                      json.mutate(value);
              }
              return wrongWith(text, value) ? std::optional(smallestPair(text, value)) : std::nullopt;
          });
    QVERIFY2(failure.isEmpty(), qPrintable(failure));
}

void TestJsonPatchLaws::oneEditChangesOnlyItsElement()
{
    const QString failure = runCases("one edit, one element", 100000, [](Random &random) -> std::optional<QString> {
        RandomJson json(random);
        JsonValue list = JsonValue::array();
        for (int i = 1 + random.below(5); i > 0; --i)
            list.append(random.chance(50) ? step(u"s%1"_qs.arg(i), random.below(3)) : json.value(2));
        const bool bare = random.chance(20);
        ElementEdit edit;
        edit.text
            = json.text(bare ? list : JsonValue::object({{u"a"_qs, json.value(1)}, {u"list"_qs, list}, {u"b"_qs, 1}}));
        const Result<JsonValue> read = readJson(edit.text);
        if (!read)
            return u"refused: %1"_qs.arg(shown(edit.text));
        edit.list = random.chance(50) ? listOf(*read) : list; // sharing its data with the text's tree or not
        edit.index = random.below(int(list.size()));
        switch (random.below(4)) {
        case 0: {
            edit.index = random.below(int(list.size()) + 1);
            edit.list.insert(edit.index, random.chance(50) ? step(u"fresh"_qs, 2) : json.value(2));
            if (hasTwin(edit.list, edit.index))
                return std::nullopt;
            break;
        }
        case 1:
            if (list.size() == 1 || hasTwin(list, edit.index))
                return std::nullopt;
            edit.list.removeAt(edit.index);
            edit.removed = 1;
            break;
        default:
            json.mutate(*edit.list.mutableAt(edit.index));
            edit.removed = 1;
        }
        if (changesOnlyTheElement(edit))
            return std::nullopt;
        const auto fails = [&edit](const QByteArray &text) {
            ElementEdit smaller = edit;
            smaller.text = text;
            const Result<JsonValue> root = readJson(text);
            return root && listOf(*root).size() >= edit.index + edit.removed
                && listOf(*root) == listOf(*readJson(edit.text)) && !changesOnlyTheElement(smaller);
        };
        edit.text = shrinkList(edit.text, fails);
        return u"element %1 of %2\n  new list %3\n"_qs.arg(edit.index).arg(shown(edit.text), shown(compact(edit.list)));
    });
    QVERIFY2(failure.isEmpty(), qPrintable(failure));
}

void TestJsonPatchLaws::freshElementsLookLikeTheirNeighbours()
{
    static const JsonStyle styles[] = {JsonStyle(), {"\t", "\n", ": ", ", ", {}}, {"    ", "\r\n", " : ", ", ", {}}};
    const QString failure = runCases("fresh elements", 20000, [](Random &random) -> std::optional<QString> {
        const JsonStyle &style = random.oneOf(styles);
        JsonValue steps = JsonValue::array();
        const int count = 1 + random.below(6);
        for (int i = 0; i < count; ++i)
            steps.append(step(u"step_%1"_qs.arg(i), random.below(4)));
        const QByteArray text = writeJson(JsonValue::object({{u"name"_qs, u"x"_qs}, {u"steps"_qs, steps}}), style);

        JsonValue root = *readJson(text);
        const int at = random.below(count + 1);
        root.mutableAt(1)->insert(at, step(u"fresh"_qs, 2));
        const QByteArray patched = *patchJson(text, root);
        // Written wholly in this style it could not look otherwise.
        if (patched != writeJson(root, style))
            return u"another style: %1"_qs.arg(shown(patched));
        root.mutableAt(1)->removeAt(at);
        if (*patchJson(text, root) != text || *patchJson(patched, root) != text)
            return u"taken back, something stays: %1"_qs.arg(shown(*patchJson(patched, root)));
        return std::nullopt;
    });
    QVERIFY2(failure.isEmpty(), qPrintable(failure));
}

// Pairs of files NAME.text and NAME.value.json that once broke a law, as small as they got.
void TestJsonPatchLaws::counterexamples_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("value");
    const auto content = [](const QString &path) {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    };
    const QDir folder(QStringLiteral(TEST_DATA_DIR "/json/counterexamples"));
    for (const QString &name : folder.entryList({u"*.text"_qs}, QDir::Files)) {
        const QString path = folder.filePath(name.chopped(5));
        QTest::newRow(qPrintable(name)) << content(path + u".text"_qs) << content(path + u".value.json"_qs);
    }
}

void TestJsonPatchLaws::counterexamples()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, value);
    QVERIFY(readJson(text).isOk());
    QVERIFY(keepsItsBytes(text));
    const Result<JsonValue> newer = readJson(value);
    QVERIFY(newer.isOk());
    QCOMPARE(wrongWith(text, *newer), nullptr);
}

QTEST_GUILESS_MAIN(TestJsonPatchLaws)
#include "tst_jsonpatchlaws.moc"
