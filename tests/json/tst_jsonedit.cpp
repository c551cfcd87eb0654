#include "caserunner.h"
#include "randomjson.h"

#include "model/json/jsonedit.h"
#include "model/json/jsonreader.h"
#include "model/json/jsonwriter.h"

#include <QtTest>

using namespace automation;

namespace {

JsonValue parsed(const char *text)
{
    Result<JsonValue> read = readJson(text);
    return read ? *read : JsonValue();
}

JsonPointer pointer(QStringView text)
{
    const Result<JsonPointer> place = JsonPointer::parse(text);
    return place ? *place : JsonPointer();
}

} // namespace

class TestJsonEdit : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void eachKindAndBack();
    void lastPlaceIsMinusOne();
    void noSuchPlace();
    void editThatDoesNotFitChangesNothing();
    void anySequenceUndone();
    void pointers();
};

void TestJsonEdit::eachKindAndBack()
{
    const JsonValue before = parsed(R"({"a":[1,2,3],"b":{"x":1,"y":2}})");
    const Result<JsonEdit> replaced = JsonEdit::replace(before, pointer(u"/a/1"), JsonValue(u"two"_qs));
    const Result<JsonEdit> removed = JsonEdit::remove(before, pointer(u"/b/x"));
    const Result<JsonEdit> renamed = JsonEdit::renameKey(before, pointer(u"/b/y"), u"z"_qs);
    QVERIFY(replaced.isOk() && removed.isOk() && renamed.isOk());
    const auto check = [&before](const JsonEdit &edit, const char *after) {
        JsonValue root = before;
        QVERIFY(applyEdits(root, {edit}));
        QCOMPARE(root == parsed(after), true);
        QVERIFY(applyEdits(root, {edit.inverted()}));
        QCOMPARE(root == before, true);
    };
    check(*replaced, R"({"a":[1,"two",3],"b":{"x":1,"y":2}})");
    check(*removed, R"({"a":[1,2,3],"b":{"y":2}})");
    check(*renamed, R"({"a":[1,2,3],"b":{"x":1,"z":2}})");
    check(JsonEdit::insertElement(pointer(u"/a"), 1, 9), R"({"a":[1,9,2,3],"b":{"x":1,"y":2}})");
    check(JsonEdit::insertMember(pointer(u"/b"), 0, u"w"_qs, 9), R"({"a":[1,2,3],"b":{"w":9,"x":1,"y":2}})");
    check(JsonEdit::insertMember({}, 1, u"w"_qs, 9), R"({"a":[1,2,3],"w":9,"b":{"x":1,"y":2}})");
}

void TestJsonEdit::lastPlaceIsMinusOne()
{
    const JsonValue before = parsed(R"({"a":[1,2]})");
    for (const JsonEdit &edit :
        {JsonEdit::insertElement(pointer(u"/a"), -1, 3), JsonEdit::insertMember({}, -1, u"b"_qs, 3)}) {
        JsonValue root = before;
        QVERIFY(applyEdits(root, {edit}));
        const JsonValue &container = edit.container.isRoot() ? root : root.at(0);
        QCOMPARE(container.at(container.size() - 1).toInteger(), 3);
        QVERIFY(applyEdits(root, {edit.inverted()}));
        QVERIFY(root == before);
    }
}

void TestJsonEdit::noSuchPlace()
{
    const JsonValue root = parsed(R"({"a":[1]})");
    const Result<JsonEdit> replaced = JsonEdit::replace(root, pointer(u"/a/1"), {});
    QVERIFY(!replaced.isOk());
    QCOMPARE(replaced.error().code, ErrorCode::InvalidArgument);
    QVERIFY(replaced.error().message.contains(u"/a/1"_qs));
    QVERIFY(!JsonEdit::remove(root, pointer(u"/b")).isOk());
    QVERIFY(!JsonEdit::remove(root, {}).isOk());
    QVERIFY(!JsonEdit::renameKey(root, pointer(u"/a/0"), u"x"_qs).isOk());
}

void TestJsonEdit::editThatDoesNotFitChangesNothing()
{
    const JsonValue before = parsed(R"({"a":[1]})");
    JsonValue root = before;
    const JsonEdit good = JsonEdit::insertElement(pointer(u"/a"), 0, 0);
    QVERIFY(!applyEdits(root, {good, JsonEdit::insertElement(pointer(u"/a"), 7, 0)}));
    QVERIFY(!applyEdits(root, {good, JsonEdit::insertElement(pointer(u"/a"), -2, 0)}));
    QVERIFY(!applyEdits(root, {good, JsonEdit::insertElement(pointer(u"/nowhere"), 0, 0)}));
    QVERIFY(!applyEdits(root, {good, JsonEdit::insertElement(pointer(u"/a/0"), 0, 0)})); // a number
    JsonEdit wrongKey = *JsonEdit::remove(root, pointer(u"/a"));
    wrongKey.key = u"b"_qs;
    QVERIFY(!applyEdits(root, {good, wrongKey}));
    QVERIFY(root == before);
}

void TestJsonEdit::anySequenceUndone()
{
    const auto law = [](Random &random) -> std::optional<QString> {
        RandomJson json(random);
        const JsonValue before = JsonValue::object({{u"a"_qs, json.value(4)}, {u"b"_qs, json.value(3)}});
        JsonValue root = before;
        QList<JsonEdit> edits;
        for (int i = 0; i < 5; ++i) {
            JsonPointer place;
            const JsonValue *container = &root;
            while (random.chance(70)) {
                const int index = container->isEmpty() ? 0 : random.below(int(container->size()));
                const JsonValue &next = container->at(index);
                if (!next.isArray() && !next.isObject())
                    break;
                // A pointer reaches only the last of duplicate members.
                if (container->isObject() && container->indexOf(container->keyAt(index)) != index)
                    break;
                place = container->isObject() ? place / container->keyAt(index) : place / qsizetype(index);
                container = &next;
            }
            const int size = int(container->size());
            const qsizetype at = random.below(size + 1);
            JsonEdit edit = container->isObject() ? JsonEdit::insertMember(place, at, u"new"_qs, json.value(2))
                                                  : JsonEdit::insertElement(place, at, json.value(2));
            if (size > 0 && random.chance(60)) {
                const int index = random.below(size);
                edit.index = index;
                edit.key = container->keyAt(index);
                edit.before = container->at(index);
                edit.kind = random.chance(50) ? JsonEdit::Kind::Replace : JsonEdit::Kind::Remove;
                if (edit.kind == JsonEdit::Kind::Remove)
                    edit.after = {};
            }
            if (!applyEdits(root, {edit}))
                return u"an edit that fits is refused"_qs;
            edits += edit;
        }
        const JsonValue after = root;
        if (!applyEdits(root, inverted(edits)) || root != before)
            return u"undone is not as before: "_qs + QString::fromUtf8(writeJson(before));
        if (!applyEdits(root, edits) || root != after)
            return u"redone is not as after: "_qs + QString::fromUtf8(writeJson(after));
        return std::nullopt;
    };
    const QString failure = runCases("edits undone and redone", 20000, law);
    QVERIFY2(failure.isEmpty(), qPrintable(failure));
}

void TestJsonEdit::pointers()
{
    QCOMPARE(pointer(u"/a~1b/~0/~01/").tokens(), QStringList({u"a/b"_qs, u"~"_qs, u"~1"_qs, u""_qs}));
    QCOMPARE(pointer(u"/a~1b/~0/~01/").toString(), u"/a~1b/~0/~01/"_qs);
    QVERIFY(!JsonPointer::parse(u"a").isOk());
    QVERIFY(JsonPointer::parse(u"")->isRoot());
    const JsonValue root = parsed(R"({"a":[{"b":1}],"a":[{"b":2}]})");
    QCOMPARE(pointer(u"/a/0/b").resolve(root)->toInteger(), 2);
    QVERIFY(!pointer(u"/a/1").resolve(root));
    QVERIFY(!pointer(u"/a/x").resolve(root));
    QVERIFY(!pointer(u"/a/-1").resolve(root));
}

QTEST_GUILESS_MAIN(TestJsonEdit)
#include "tst_jsonedit.moc"
