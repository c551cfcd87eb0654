#include "model/expression/conditionparts.h"
#include "model/expression/scripttokens.h"

#include <QRandomGenerator>
#include <QtTest>

using namespace automation;

using Kind = ConditionPart::Kind;
using ValueKind = ConditionPart::ValueKind;

// Takes conditions apart, puts them together again, and leaves alone what is no check from the list.
class TestConditionParts : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void checks_data();
    void checks();
    void groups();
    void negations();
    void untouchedPartsStayAsWritten();
    void refused_data();
    void refused();
    void writtenIsRead();
    void literals();
    void subjects();
};

namespace {

// All that a part says, without how it was written.
QString said(const ConditionPart &part)
{
    QString text = QStringLiteral("%1%2 [%3|%4|%5|%6|%7|%8|%9]")
                       .arg(part.isNegated ? u"not "_qs : QString())
                       .arg(int(part.kind))
                       .arg(part.subject, part.comparison)
                       .arg(int(part.valueKind))
                       .arg(part.value)
                       .arg(int(part.ignoresCase))
                       .arg(part.from + u'-' + part.to, part.zone);
    for (const ConditionPart &inner : part.parts)
        text += u'(' + said(inner) + u')';
    return text;
}

ConditionPart withoutSources(ConditionPart part)
{
    part.source.clear();
    for (ConditionPart &inner : part.parts)
        inner = withoutSources(inner);
    return part;
}

} // namespace

void TestConditionParts::checks_data()
{
    QTest::addColumn<QString>("expression");
    QTest::addColumn<Kind>("kind");
    QTest::addColumn<QString>("subject");
    QTest::addColumn<QString>("value");
    QTest::addColumn<QString>("written"); // anew
    const auto row
        = [](const char *name, const QString &expression, Kind kind, const QString &subject, const QString &value,
              const QString &written) { QTest::newRow(name) << expression << kind << subject << value << written; };
    row("keyword", u"{{stringContains(data.text, 'Yes')}}"_qs, Kind::Contains, u"data.text"_qs, u"Yes"_qs,
        u"stringContains(data.text, 'Yes')"_qs);
    row("keyword in any case", u"{{ stringContains( data['a b'] , \"it's\" , true ) }}"_qs, Kind::Contains,
        u"data['a b']"_qs, u"it's"_qs, u"stringContains(data['a b'], 'it\\'s', true)"_qs);
    row("equal text", u"{{data.payload.content.text=='1'}}"_qs, Kind::Compare, u"data.payload.content.text"_qs, u"1"_qs,
        u"data.payload.content.text == '1'"_qs);
    row("response code", u"{{step.responseCode >= 400}}"_qs, Kind::Compare, u"step.responseCode"_qs, u"400"_qs,
        u"step.responseCode >= 400"_qs);
    row("negative number", u"{{data.a < -1.5}}"_qs, Kind::Compare, u"data.a"_qs, u"-1.5"_qs, u"data.a < -1.5"_qs);
    row("strictly", u"{{data.a !== true}}"_qs, Kind::Compare, u"data.a"_qs, u"true"_qs, u"data.a !== true"_qs);
    row("replied", u"{{ step.reply != null }}"_qs, Kind::Compare, u"step.reply"_qs, QString(),
        u"step.reply != null"_qs);
    row("country", u"{{isCountryCode(data.payload.source, 'SG')}}"_qs, Kind::Country, u"data.payload.source"_qs,
        u"SG"_qs, u"isCountryCode(data.payload.source, 'SG')"_qs);
    row("weekday", u"{{isDayOfWeek(data.triggeredAt, 'monday')}}"_qs, Kind::Weekday, u"data.triggeredAt"_qs,
        u"monday"_qs, u"isDayOfWeek(data.triggeredAt, 'monday')"_qs);
    row("digit", u"{{step.dtmfData?.digits == \"5\"}}"_qs, Kind::Compare, u"step.dtmfData?.digits"_qs, u"5"_qs,
        u"step.dtmfData?.digits == '5'"_qs);
    row("given", u"{{ data.list[0] }}"_qs, Kind::Given, u"data.list[0]"_qs, QString(), u"data.list[0]"_qs);
    row("in brackets", u"{{ ((data.a)) }}"_qs, Kind::Given, u"data.a"_qs, QString(), u"data.a"_qs);
    row("without braces", u"data.a == 'b'"_qs, Kind::Compare, u"data.a"_qs, u"b"_qs, u"data.a == 'b'"_qs);
    row("braces in a text", u"{{data.a == '}}'}}"_qs, Kind::Compare, u"data.a"_qs, u"}}"_qs, u"data.a == '}}'"_qs);
}

void TestConditionParts::checks()
{
    QFETCH(QString, expression);
    QFETCH(Kind, kind);
    QFETCH(QString, subject);
    QFETCH(QString, value);
    QFETCH(QString, written);
    const std::optional<ConditionPart> part = readConditionParts(expression);
    QVERIFY(part);
    QCOMPARE(part->kind, kind);
    QCOMPARE(part->subject, subject);
    QCOMPARE(part->value, value);
    QVERIFY(!part->isNegated);
    QCOMPARE(conditionScript(withoutSources(*part)), written);
}

void TestConditionParts::groups()
{
    const QString time = u"!isTimeOfDayBetween(data.at, '09:00:00', '18:00:00', 'Singapore Standard Time')"_qs;
    const std::optional<ConditionPart> part
        = readConditionParts(u"{{ data.a == 'x' && ("_qs + time + u" || data.b) && data.c > 1 }}"_qs);
    QVERIFY(part);
    QCOMPARE(part->kind, Kind::All);
    QCOMPARE(part->parts.size(), 3);
    const ConditionPart &inner = part->parts.at(1);
    QCOMPARE(inner.kind, Kind::Any);
    QCOMPARE(inner.parts.size(), 2);
    QCOMPARE(inner.parts.first().kind, Kind::TimeOfDay);
    QVERIFY(inner.parts.first().isNegated);
    QCOMPARE(inner.parts.first().from, u"09:00:00"_qs);
    QCOMPARE(inner.parts.first().to, u"18:00:00"_qs);
    QCOMPARE(inner.parts.first().zone, u"Singapore Standard Time"_qs);
    // && binds closer.
    const std::optional<ConditionPart> other = readConditionParts(u"data.a || data.b && data.c"_qs);
    QVERIFY(other);
    QCOMPARE(other->kind, Kind::Any);
    QCOMPARE(other->parts.at(1).kind, Kind::All);
}

void TestConditionParts::negations()
{
    const std::optional<ConditionPart> compared = readConditionParts(u"{{!(data.a == 'x')}}"_qs);
    QVERIFY(compared && compared->isNegated);
    QCOMPARE(compared->kind, Kind::Compare);
    QCOMPARE(conditionScript(withoutSources(*compared)), u"!(data.a == 'x')"_qs);
    const std::optional<ConditionPart> group = readConditionParts(u"{{!(data.a || data.b)}}"_qs);
    QVERIFY(group && group->isNegated);
    QCOMPARE(conditionScript(withoutSources(*group)), u"!(data.a || data.b)"_qs);
    QVERIFY(!readConditionParts(u"{{!data.a == 'x'}}"_qs)); // compares true or false with a text
    QVERIFY(!readConditionParts(u"{{!!data.a}}"_qs));
}

void TestConditionParts::untouchedPartsStayAsWritten()
{
    const QString first = u"data.a==\"x\""_qs;
    const QString second = u"stringContains(data.b,'y' , false)"_qs;
    std::optional<ConditionPart> part = readConditionParts(first + u"  &&  "_qs + second);
    QVERIFY(part);
    QCOMPARE(conditionScript(*part), first + u"  &&  "_qs + second);
    part->source.clear();
    part->parts[0].source.clear();
    part->parts[0].value = u"z"_qs;
    QCOMPARE(conditionScript(*part), u"data.a == 'z' && "_qs + second);
}

void TestConditionParts::refused_data()
{
    QTest::addColumn<QString>("expression");
    for (const char *expression : {"", "{{}}", "{{ }}", "plain text", "data.a ==", "{{data.a}} {{data.b}}",
             "x {{data.a}}", "{{data.a == data.b}}", "{{data.a + 1 == 2}}", "{{data.a.toLowerCase() == 'x'}}",
             "{{stringContains(data.a.trim(), 'x')}}", "{{stringContains(data.a)}}",
             "{{stringContains(data.a, data.b)}}", "{{stringContains('text', data.b)}}",
             "{{stringContains(data.a, 'x', data.b)}}", "{{stringContains(data.a, 'x', true, 1)}}",
             "{{otherFunction(data.a, 'x')}}", "{{IsCountryCode(data.a, 'SG')}}",
             "{{isCountryCode(data.a, 'SG') == true}}", "{{data.a ? true : false}}", "{{data.a == `x`}}",
             "{{data.a == '\\u0041'}}", "{{data.a[data.b] == 1}}", "{{true}}", "{{null == data.a}}", "{{1}}",
             "{{data.a == 1 == 2}}", "{{(data.a}}", "{{data.a)}}", "{{data.a && }}", "{{|| data.a}}", "{{(data.a).b}}",
             "{{(data.a) == 'x'}}", "{{data.a == \xE2\x80\x98x\xE2\x80\x99}}", "{{data.a = 'x'}}", "{{data.a =='x}}",
             "{{data.a; data.b}}", "{{data.a, data.b}}", "{{new data.a}}", "{{data.a == -'x'}}", "{{data..a}}",
             "{{data.}}", "{{data.a == undefined}}"})
        QTest::newRow(expression) << QString::fromUtf8(expression);
    QTest::newRow("deep") << QString(u'(').repeated(20000) + u"data.a"_qs + QString(u')').repeated(20000);
    QTest::newRow("deep negation") << QString(u'!').repeated(20000) + u"data.a"_qs;
}

void TestConditionParts::refused()
{
    QFETCH(QString, expression);
    QVERIFY(!readConditionParts(expression));
}

void TestConditionParts::writtenIsRead()
{
    const quint32 seed = QRandomGenerator::global()->generate();
    qInfo("seed %u", seed);
    QRandomGenerator random(seed);
    const QStringList subjects {u"data.a"_qs, u"step.reply?.text"_qs, u"data['x\\'y'][0].b"_qs, u"http_code"_qs};
    const auto text = [&random] {
        const QString letters = u"ab'\"\\ \n{}()&|!é\U0001F600"_qs;
        QString result;
        for (int i = random.bounded(8); i > 0; --i)
            result += letters.at(random.bounded(letters.size()));
        return result;
    };
    const auto make = [&](int depth, const auto &self) -> ConditionPart {
        ConditionPart part;
        part.kind = Kind(random.bounded(depth < 4 ? 8 : 6));
        part.isNegated = random.bounded(4) == 0;
        if (part.isGroup()) {
            for (int i = 2 + random.bounded(3); i > 0; --i)
                part.parts += self(depth + 1, self);
            return part;
        }
        part.subject = subjects.at(random.bounded(subjects.size()));
        if (part.kind == Kind::TimeOfDay) {
            part.from = text();
            part.to = text();
            part.zone = text();
        } else if (part.kind == Kind::Compare) {
            part.comparison
                = QStringList {u"=="_qs, u"!="_qs, u"==="_qs, u"!=="_qs, u"<"_qs, u"<="_qs, u">"_qs, u">="_qs}.at(
                    random.bounded(8));
            part.valueKind = ValueKind(random.bounded(4));
            part.value = part.valueKind == ValueKind::Text ? text()
                : part.valueKind == ValueKind::Number      ? QString::number(random.bounded(-500, 500))
                : part.valueKind == ValueKind::Truth       ? u"true"_qs
                                                           : QString();
        } else if (part.kind != Kind::Given) {
            part.value = text();
            part.ignoresCase = part.kind == Kind::Contains && random.bounded(2) == 0;
        }
        return part;
    };
    for (int i = 0; i < 20000; ++i) {
        const ConditionPart part = make(0, make);
        const QString script = conditionScript(part);
        const std::optional<ConditionPart> read = readConditionParts(u"{{"_qs + script + u"}}"_qs);
        QVERIFY2(read, qPrintable(script));
        QVERIFY2(said(*read) == said(part), qPrintable(script + u'\n' + said(part) + u'\n' + said(*read)));
        QCOMPARE(conditionScript(*read), script);
        QCOMPARE(conditionScript(withoutSources(*read)), script);
    }
}

void TestConditionParts::literals()
{
    QCOMPARE(scriptLiteral(u"it's"), u"'it\\'s'"_qs);
    QCOMPARE(scriptLiteral(u"a\\b\nc"), u"'a\\\\b\\nc'"_qs);
    QCOMPARE(scriptLiteral(u"a\r"), u"'a\\n'"_qs);
}

void TestConditionParts::subjects()
{
    for (const QStringView good : {u"data", u"data.a", u"data['a b'][0].c", u"step.reply?.text"})
        QVERIFY2(isConditionSubject(good), qPrintable(good.toString()));
    for (const QStringView bad : {u"", u"data.", u"1", u"data.a()", u"data.a + 1", u"true", u"data[a]", u"'x'"})
        QVERIFY2(!isConditionSubject(bad), qPrintable(bad.toString()));
}

QTEST_APPLESS_MAIN(TestConditionParts)
#include "tst_conditionparts.moc"
