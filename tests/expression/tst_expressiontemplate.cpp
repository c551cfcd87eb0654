#include "model/expression/expressiontemplate.h"
#include "model/expression/functioncatalog.h"
#include "model/expression/scriptcheck.h"
#include "model/expression/timezones.h"

#include <QtTest>

using namespace automation;
using namespace Qt::Literals::StringLiterals;

// How a text is cut into literals and expressions, and what is refused before it runs.
class TestExpressionTemplate : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void looksNoFurtherThanAsked();
    void cuts_data();
    void cuts();
    void partsCoverTheText();
    void unclosedBracesAreText();
    void manyOpeningBracesTakeNoTime();
    void forbidden_data();
    void forbidden();
    void allowed_data();
    void allowed();
    void lengthLimit();
    void pure_data();
    void pure();
    void functionsAreDescribed();
    void timeZonesHaveNames();
};

// "literal|<script>|literal": scripts in angle brackets.
static QString shown(const QString &text)
{
    const ExpressionTemplate parts(text);
    QStringList pieces;
    for (const TemplatePart &part : parts.parts())
        pieces << (part.isExpression ? u'<' + parts.script(part).toString() + u'>' : parts.literal(part).toString());
    return pieces.join(u'|');
}

void TestExpressionTemplate::looksNoFurtherThanAsked()
{
    const QString text = QStringLiteral("a{{1}}b{{2}}c{{3}}");
    const ExpressionTemplate all(text, 3);
    QVERIFY(!all.isCut());
    QCOMPARE(all.parts().size(), 6);
    const ExpressionTemplate start(text, 2);
    QVERIFY(start.isCut());
    QCOMPARE(start.parts().size(), 5);
    QVERIFY(!start.parts().last().isExpression);
    QCOMPARE(start.literal(start.parts().last()), QStringView(u"c{{3}}"));
    QCOMPARE(start.unclosedAt(), -1);
}

void TestExpressionTemplate::cuts_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("expected");
    QTest::newRow("empty") << u""_s << u""_s;
    QTest::newRow("plain") << u"Hello {you}"_s << u"Hello {you}"_s;
    QTest::newRow("whole") << u"{{data.a}}"_s << u"<data.a>"_s;
    QTest::newRow("blanks") << u"{{ data.a }}"_s << u"< data.a >"_s;
    QTest::newRow("interpolated") << u"a {{x}} b {{y}}"_s << u"a |<x>| b |<y>"_s;
    QTest::newRow("three braces") << u"{{{x}}}"_s << u"{|<x>|}"_s;
    QTest::newRow("object literal") << u"{{ {a: {b: 1}} }}"_s << u"< {a: {b: 1}} >"_s;
    QTest::newRow("braces in a text") << u"{{'}}' + data.a}}!"_s << u"<'}}' + data.a>|!"_s;
    QTest::newRow("escaped quote") << u"{{'it\\'s }}'}}"_s << u"<'it\\'s }}'>"_s;
    QTest::newRow("template") << u"{{`a${ {x: `}}`}.x }b`}} end"_s << u"<`a${ {x: `}}`}.x }b`>| end"_s;
    QTest::newRow("regex") << u"{{/[}/]}}/.test(a)}}"_s << u"</[}/]}}/.test(a)>"_s;
    QTest::newRow("unpaired quote") << u"{{it's}} and {{x}}"_s << u"<it's>| and |<x>"_s;
    QTest::newRow("empty script") << u"{{}}"_s << u"<>"_s;
    QTest::newRow("closing only") << u"a }} b"_s << u"a }} b"_s;
}

void TestExpressionTemplate::cuts()
{
    QFETCH(QString, text);
    QFETCH(QString, expected);
    QCOMPARE(shown(text), expected);
}

void TestExpressionTemplate::partsCoverTheText()
{
    const QString text = u"a{{{{b}}}}c{{d}}{{'}}"_s;
    const ExpressionTemplate parts(text);
    QString joined;
    for (const TemplatePart &part : parts.parts()) {
        QCOMPARE(part.start, joined.size());
        joined += parts.literal(part);
    }
    QCOMPARE(joined, text);
}

void TestExpressionTemplate::unclosedBracesAreText()
{
    const ExpressionTemplate parts(u"a {{x}} b {{ c }"_s);
    QCOMPARE(parts.unclosedAt(), 10);
    QCOMPARE(parts.parts().size(), 3);
    QVERIFY(!parts.parts().last().isExpression);
    QCOMPARE(ExpressionTemplate(u"{{x}}"_s).unclosedAt(), -1);
}

void TestExpressionTemplate::manyOpeningBracesTakeNoTime()
{
    const ExpressionTemplate braces(QString(200'000, u'{'));
    QVERIFY(!braces.hasExpressions());
    const ExpressionTemplate quotes(u"{{'}} "_s.repeated(50'000));
    QCOMPARE(quotes.parts().size(), 50'000); // each two of them are one script and a blank
}

void TestExpressionTemplate::forbidden_data()
{
    QTest::addColumn<QString>("script");
    QTest::addColumn<int>("offset");
    QTest::newRow("assignment") << u"data.a = 1"_s << 7;
    QTest::newRow("plus") << u"data.a += 1"_s << 7;
    QTest::newRow("shift") << u"a >>>= 1"_s << 2;
    QTest::newRow("coalesce") << u"a ?\?= 1"_s << 2;
    QTest::newRow("increment") << u"data.i++"_s << 6;
    QTest::newRow("decrement") << u"--data.i"_s << 0;
    QTest::newRow("delete") << u"delete data.a"_s << 0;
    QTest::newRow("new") << u"1 + new Date()"_s << 4;
    QTest::newRow("function") << u"(function () { return 1 })()"_s << 1;
    QTest::newRow("class") << u"class {}"_s << 0;
    QTest::newRow("let") << u"(() => { let a; })()"_s << 9;
    QTest::newRow("import") << u"import('fs')"_s << 0;
    QTest::newRow("await") << u"async () => await 1"_s << 12;
    QTest::newRow("in a template") << u"`a${data.b = 1}`"_s << 11;
    QTest::newRow("behind a division") << u"a / b++ / c"_s << 5;
    QTest::newRow("default value") << u"((a = 1) => a)()"_s << 4;
}

void TestExpressionTemplate::forbidden()
{
    QFETCH(QString, script);
    QFETCH(int, offset);
    const auto problem = checkScript(script);
    QVERIFY(problem);
    QCOMPARE(problem->kind, ScriptProblem::Kind::Forbidden);
    QCOMPARE(problem->offset, offset);
    QVERIFY(!problem->message.isEmpty());
}

void TestExpressionTemplate::allowed_data()
{
    QTest::addColumn<QString>("script");
    for (const char *script :
        {"data.a == 1", "a === b", "a !== b", "a != b", "a <= b", "a >= b", "x => x", "'a = b'", "`a = ${1}`",
            "/a=b/.test(c)", "data.new", "data?.delete", "{ class: 1 }", "a // b = c", "a /* b++ */", "- -a", "+ +a",
            "\"it's = \" + a", "[1].map(x => x + 1)", "a ?? b", "a?.5:1", "newest", "data.list['let']"})
        QTest::newRow(script) << QString::fromLatin1(script);
}

void TestExpressionTemplate::allowed()
{
    QFETCH(QString, script);
    const auto problem = checkScript(script);
    QVERIFY2(!problem, problem ? qPrintable(problem->message) : "");
}

void TestExpressionTemplate::lengthLimit()
{
    QVERIFY(!checkScript(QString(maxScriptLength, u'1')));
    const auto tooLong = checkScript(QString(maxScriptLength + 1, u'1'));
    QVERIFY(tooLong);
    QCOMPARE(tooLong->kind, ScriptProblem::Kind::TooLong);
    const auto empty = checkScript(u"  "_s);
    QVERIFY(empty);
    QCOMPARE(empty->kind, ScriptProblem::Kind::Empty);
}

void TestExpressionTemplate::pure_data()
{
    QTest::addColumn<QString>("script");
    QTest::addColumn<bool>("expected");
    QTest::newRow("member") << u"data.a.b + 1"_s << true;
    QTest::newRow("group") << u"(data.a || (1 + 2)) * 3"_s << true;
    QTest::newRow("ours") << u"stringContains(data.a, 'x')"_s << true;
    QTest::newRow("harmless method") << u"data.a.trim()"_s << true;
    QTest::newRow("method") << u"data.list.sort()"_s << false;
    QTest::newRow("global") << u"Object.assign(globalThis, {a: 1})"_s << false;
    QTest::newRow("own word as a method") << u"data.uuid()"_s << false;
    QTest::newRow("optional call") << u"data.sort?.()"_s << false;
    QTest::newRow("computed call") << u"data['sort']()"_s << false;
    QTest::newRow("tagged template") << u"data.sort`x`"_s << false;
    QTest::newRow("behind a division") << u"a / data.list.sort() / b"_s << false;
}

void TestExpressionTemplate::pure()
{
    QFETCH(QString, script);
    QFETCH(bool, expected);
    QCOMPARE(isPureScript(script), expected);
}

void TestExpressionTemplate::functionsAreDescribed()
{
    QCOMPARE(functionCatalog().size(), 5);
    for (const FunctionInfo &function : functionCatalog()) {
        QVERIFY(function.signature.startsWith(function.name + u'('));
        QVERIFY(!function.description.isEmpty());
        QVERIFY(!checkScript(function.example));
        QCOMPARE(findFunction(function.name), &function);
    }
    const JsonValue list = functionCatalogJson();
    QCOMPARE(list.size(), 5);
    QCOMPARE(list.at(3)["parameters"_L1].at(2)["default"_L1], JsonValue(false));
}

void TestExpressionTemplate::timeZonesHaveNames()
{
    QCOMPARE(timeZones().size(), 135);
    for (const TimeZoneInfo &zone : timeZones()) {
        QVERIFY2(timeZoneById(zone.id).isValid(), qPrintable(zone.id));
        QVERIFY2(zone.name.contains(u"(UTC"), qPrintable(zone.name));
    }
    QStringList ids;
    for (const TimeZoneInfo &zone : timeZonesContaining(u"europe"_s))
        ids << zone.id;
    QCOMPARE(ids,
        QStringList({u"Central Europe Standard Time"_s, u"Central European Standard Time"_s,
            u"E. Europe Standard Time"_s, u"W. Europe Standard Time"_s}));
    QCOMPARE(timeZonesContaining(u"singapore standard"_s).value(0).name.right(11), u"(UTC+08:00)"_s);
    QVERIFY(!timeZoneById(u"singapore standard time"_s).isValid());
    QVERIFY(!timeZoneById(u"Moon"_s).isValid());
    QVERIFY(!timeZoneById(QString()).isValid());
    QVERIFY(timeZoneById(u"Europe/Berlin"_s).isValid());
}

QTEST_GUILESS_MAIN(TestExpressionTemplate)
#include "tst_expressiontemplate.moc"
