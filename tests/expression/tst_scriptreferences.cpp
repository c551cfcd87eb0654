#include "model/expression/scriptreferences.h"

#include <QRandomGenerator>
#include <QtTest>

using namespace automation;
using namespace Qt::Literals::StringLiterals;

// What a script refers to, found without running it.
class TestScriptReferences : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void finds_data();
    void finds();
    void offsets();
    void calls();
    void survivesAnyText();
};

static QString shown(const QString &script)
{
    QStringList found;
    for (const ScriptReference &reference : findReferences(script).references) {
        QStringList names = reference.names();
        names.prepend(reference.root);
        found << names.join(u'/') + (reference.isOpen ? u"/*"_s : QString());
    }
    return found.join(u' ');
}

void TestScriptReferences::finds_data()
{
    QTest::addColumn<QString>("script");
    QTest::addColumn<QString>("expected");
    QTest::newRow("dots") << u"data.a.b"_s << u"data/a/b"_s;
    QTest::newRow("brackets") << u"data['a']['it\\'s'].c"_s << u"data/a/it's/c"_s;
    QTest::newRow("index") << u"data.list[0].x"_s << u"data/list/0/x"_s;
    QTest::newRow("optional") << u"step?.reply?.['payload']"_s << u"step/reply/payload"_s;
    QTest::newRow("method") << u"data.text.trim().length"_s << u"data/text"_s;
    QTest::newRow("optional method") << u"data.text?.trim?.()"_s << u"data/text"_s;
    QTest::newRow("computed") << u"data.list[data.i]"_s << u"data/list/* data/i"_s;
    QTest::newRow("root alone") << u"data"_s << u"data"_s;
    QTest::newRow("argument") << u"stringContains(step.reply, data.word)"_s << u"step/reply data/word"_s;
    QTest::newRow("in a template") << u"`a ${data.b} data.c`"_s << u"data/b"_s;
    QTest::newRow("in a text") << u"'data.a'"_s << QString();
    QTest::newRow("a member of that name") << u"x.data.a"_s << QString();
    QTest::newRow("a key of that name") << u"{ data: 1, step: data.a }"_s << u"data/a"_s;
    QTest::newRow("a parameter of that name") << u"list.map(data => data.x)"_s << QString();
    QTest::newRow("parameters in brackets") << u"list.reduce((a, step) => step.x + a, data.y)"_s << u"data/y"_s;
    QTest::newRow("in a comment") << u"1 // data.a"_s << QString();
    QTest::newRow("broken") << u"data.a.[ + data."_s << u"data/a data"_s;
}

void TestScriptReferences::finds()
{
    QFETCH(QString, script);
    QFETCH(QString, expected);
    QCOMPARE(shown(script), expected);
}

void TestScriptReferences::offsets()
{
    const QString script = u"1 + data.user['name'] "_s;
    const ScriptReference reference = findReferences(script).references.value(0);
    QCOMPARE(script.mid(reference.offset, reference.length), u"data.user['name']"_s);
    QCOMPARE(reference.path.size(), 2);
    QCOMPARE(script.mid(reference.path[0].offset, reference.path[0].length), u"user"_s);
    QCOMPARE(script.mid(reference.path[1].offset, reference.path[1].length), u"name"_s);
}

void TestScriptReferences::calls()
{
    const auto calls = findReferences(u"uuid() + f(a, [1, 2], g({b: 1, c: 2})) + data.h(1) + k(...x)"_s).calls;
    QStringList found;
    for (const ScriptCall &call : calls)
        found << call.name + QString::number(call.argumentCount);
    QCOMPARE(found, QStringList({u"uuid0"_s, u"f3"_s, u"g1"_s, u"k-1"_s}));
}

void TestScriptReferences::survivesAnyText()
{
    QRandomGenerator random(7);
    const QString signs = u"data.step[]'\"`${}()/\\=>?.,+-* \n\x00e9\xd83d"_s;
    for (int round = 0; round < 5000; ++round) {
        QString script;
        for (int i = random.bounded(40); i > 0; --i)
            script += signs[random.bounded(int(signs.size()))];
        for (const ScriptReference &reference : findReferences(script).references) {
            QVERIFY(reference.offset >= 0 && reference.offset + reference.length <= script.size());
            for (const auto &member : reference.path)
                QVERIFY(member.length >= 0 && member.offset + member.length <= script.size());
        }
    }
}

QTEST_GUILESS_MAIN(TestScriptReferences)
#include "tst_scriptreferences.moc"
