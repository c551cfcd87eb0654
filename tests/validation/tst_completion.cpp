#include "model/validation/completion.h"

#include <QTest>

using namespace automation;
using namespace Qt::StringLiterals;

class TestCompletion : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void places_data();
    void places();
    void names_data();
    void names();
    void certainComesFirst();
    void closingBraces();
};

// In the texts below, the cursor is where the bar stands.
void TestCompletion::places_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("isPlace");
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("replaced");
    QTest::addColumn<bool>("isClosed");
    const auto place = [](const char *name, const QString &text, const QString &typed, const QString &replaced,
                           bool isClosed) { QTest::newRow(name) << text << true << typed << replaced << isClosed; };
    const auto none = [](const char *name, const QString &text) {
        QTest::newRow(name) << text << false << u""_s << u""_s << false;
    };
    place("just opened", u"Hi {{|"_s, u""_s, u""_s, false);
    place("between braces", u"Hi {{|}}"_s, u""_s, u""_s, true);
    place("a path", u"{{data.pay|}}"_s, u"data.pay"_s, u"data.pay"_s, true);
    place("in a word", u"{{data.pa|yload.body}}"_s, u"data.pa"_s, u"data.payload"_s, true);
    place("behind a dot", u"{{data.|"_s, u"data."_s, u"data."_s, false);
    place("an argument", u"{{isDayOfWeek(da|)}}"_s, u"da"_s, u"da"_s, true);
    place("behind an operator", u"{{data.a == |}}"_s, u""_s, u""_s, true);
    place("behind a text", u"{{'a' + da|}}"_s, u"da"_s, u"da"_s, true);
    place("the second one", u"{{data.a}} and {{st|}}"_s, u"st"_s, u"st"_s, true);
    place("before another one", u"{{da| and {{data.b}}"_s, u"da"_s, u"da"_s, false);
    place("behind a brace of an object", u"{{ {a: da| } }}"_s, u"da"_s, u"da"_s, true);
    none("plain text", u"data.pay|"_s);
    none("in front", u"|{{data.a}}"_s);
    none("behind", u"{{data.a}}|"_s);
    none("between the braces", u"{|{data.a}}"_s);
    none("inside a text", u"{{data.a == 'da|'}}"_s);
    none("in a text that is not closed", u"{{data.a == 'da|"_s);
    none("behind a text", u"{{'a'|}}"_s);
    none("in a number", u"{{12|}}"_s);
    none("a member of a call", u"{{f().da|}}"_s);
    none("a member of an element", u"{{data.list[0].na|}}"_s);
    none("nothing", u"|"_s);
}

void TestCompletion::places()
{
    QFETCH(QString, text);
    QFETCH(bool, isPlace);
    const qsizetype cursor = text.indexOf(u'|');
    text.remove(cursor, 1);
    const std::optional<CompletionPlace> place = completionPlace(text, cursor);
    QCOMPARE(place.has_value(), isPlace);
    if (!isPlace)
        return;
    QTEST(place->typed, "typed");
    QTEST(text.mid(place->start, place->length), "replaced");
    QTEST(place->isClosed, "isClosed");
}

namespace {

AvailableData entry(const QString &parent, const QString &member, const QString &path, bool isCertain = true)
{
    AvailableData data;
    data.isOfTrigger = member == u"accountId" || path.startsWith(u"data.payload");
    data.name = parent == u"data" ? member : u"payload"_s;
    data.parent = parent;
    data.member = member;
    data.path = path;
    data.isCertain = isCertain;
    return data;
}

QList<AvailableData> example()
{
    return {entry(u"data"_s, u"accountId"_s, u"data.accountId"_s), entry(u"data"_s, u"payload"_s, u"data.payload"_s),
        entry(u"data.payload"_s, u"user"_s, u"data.payload.user"_s),
        entry(u"data.payload.user"_s, u"msisdn"_s, u"data.payload.user.msisdn"_s),
        entry(u"data.payload"_s, u"umid"_s, u"data.payload.umid"_s),
        entry(u"data"_s, u"maybe"_s, u"data.maybe"_s, false), entry(u"data"_s, u"booking"_s, u"data.booking"_s),
        entry(u"data"_s, u"grand total"_s, u"data['grand total']"_s)};
}

} // namespace

void TestCompletion::names_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<bool>("canReadStep");
    QTest::addColumn<QStringList>("expected");
    const QStringList top {u"data.booking"_s, u"data['grand total']"_s, u"data.payload"_s, u"data.accountId"_s};
    QTest::newRow("data") << u"data"_s << false << (top + QStringList {u"data.maybe"_s});
    QTest::newRow("all of data") << u"data."_s << false << (top + QStringList {u"data.maybe"_s});
    QTest::newRow("one") << u"data.boo"_s << false << QStringList {u"data.booking"_s};
    QTest::newRow("any case") << u"DATA.Boo"_s << false << QStringList {u"data.booking"_s};
    QTest::newRow("members") << u"data.payload."_s << false
                             << QStringList {u"data.payload.user"_s, u"data.payload.umid"_s};
    QTest::newRow("further inside") << u"data.ms"_s << false << QStringList {u"data.payload.user.msisdn"_s};
    QTest::newRow("by its last name") << u"msi"_s << false << QStringList {u"data.payload.user.msisdn"_s};
    QTest::newRow("with a blank") << u"data.gr"_s << false << QStringList {u"data['grand total']"_s};
    QTest::newRow("a function") << u"isD"_s << false << QStringList {u"isDayOfWeek"_s};
    QTest::newRow("step where it cannot be read") << u"step."_s << false << QStringList();
    QTest::newRow("step") << u"step.um"_s << true << QStringList {u"step.umid"_s};
    QTest::newRow("step and data") << u"umi"_s << true << QStringList {u"step.umid"_s, u"data.payload.umid"_s};
    QTest::newRow("nothing of the kind") << u"data.zzz"_s << true << QStringList();
    QTest::newRow("a longer name") << u"data.payloads."_s << true << QStringList();
}

void TestCompletion::names()
{
    QFETCH(QString, typed);
    QFETCH(bool, canReadStep);
    const StepType *offers = canReadStep ? StepCatalog::builtIn().step(u"SMS") : nullptr;
    QStringList found;
    for (const CompletionItem &item : completions(typed, example(), offers))
        found += item.text;
    QTEST(found, "expected");
}

void TestCompletion::certainComesFirst()
{
    const QList<CompletionItem> all = completions({}, example(), StepCatalog::builtIn().step(u"SMS"));
    const auto placeOf = [&](const QString &text) {
        return std::find_if(all.begin(), all.end(), [&](const CompletionItem &item) { return item.text == text; })
            - all.begin();
    };
    QVERIFY(placeOf(u"data.booking"_s) < placeOf(u"data.maybe"_s));
    QVERIFY(placeOf(u"step.umid"_s) < placeOf(u"data.maybe"_s));
    QVERIFY(placeOf(u"data.maybe"_s) < placeOf(u"isDayOfWeek"_s));
    QCOMPARE(placeOf(u"data.payload.user"_s), all.size()); // only once its parent is named
}

void TestCompletion::closingBraces()
{
    const QString text = u"{{ {a: {b: 'x}}'}} }} and }}"_s;
    for (qsizetype at = -1; at <= text.size() + 1; ++at)
        QCOMPARE(closesExpression(text, at), at == 19);
    QVERIFY(!closesExpression(u"{{data.a", 8));
    QVERIFY(closesExpression(u"{{}}", 2));
}

QTEST_APPLESS_MAIN(TestCompletion)
#include "tst_completion.moc"
