#include "model/expression/functioncall.h"
#include "model/expression/functioncatalog.h"

#include <QTest>

using namespace automation;
using namespace Qt::StringLiterals;

// Which call a cursor stands in while an expression is written.
class TestFunctionCall : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void callAroundACursor_data()
    {
        QTest::addColumn<QString>("text"); // the cursor is the |
        QTest::addColumn<QString>("function"); // empty: none
        QTest::addColumn<int>("argument");
        QTest::newRow("begun") << u"{{stringContains(|"_s << u"stringContains"_s << 0;
        QTest::newRow("closed") << u"Hi {{stringContains(|)}} there"_s << u"stringContains"_s << 0;
        QTest::newRow("second") << u"{{stringContains(data.a, |)}}"_s << u"stringContains"_s << 1;
        QTest::newRow("in a text") << u"{{stringContains(data.a, 'a,b(|c')}}"_s << u"stringContains"_s << 1;
        QTest::newRow("in a begun text") << u"{{isDayOfWeek(data.t, 'Mon|"_s << u"isDayOfWeek"_s << 1;
        QTest::newRow("behind a list") << u"{{stringContains([1, 2][0], 'b', |)}}"_s << u"stringContains"_s << 2;
        QTest::newRow("in a list") << u"{{stringContains([1, |"_s << u"stringContains"_s << 0;
        QTest::newRow("in a bracket") << u"{{stringContains((data.a, |"_s << u"stringContains"_s << 0;
        QTest::newRow("inner one") << u"{{stringContains(uuid(|), 'a')}}"_s << u"uuid"_s << 0;
        QTest::newRow("behind the inner one") << u"{{stringContains(uuid(), |'a')}}"_s << u"stringContains"_s << 1;
        QTest::newRow("other call") << u"{{stringContains(data.a.at(0, |"_s << u"stringContains"_s << 0;
        QTest::newRow("template") << u"{{stringContains(`${uuid(|"_s << u"uuid"_s << 0;
        QTest::newRow("too many") << u"{{isCountryCode(1, 2, 3, |"_s << u"isCountryCode"_s << 3;
        QTest::newRow("second expression") << u"{{uuid()}} {{isCountryCode(|}}"_s << u"isCountryCode"_s << 0;
        QTest::newRow("before the bracket") << u"{{stringContains|(data.a)}}"_s << QString() << 0;
        QTest::newRow("behind the bracket") << u"{{stringContains(data.a)|}}"_s << QString() << 0;
        QTest::newRow("method of that name") << u"{{data.uuid(|)}}"_s << QString() << 0;
        QTest::newRow("unknown") << u"{{contains(|)}}"_s << QString() << 0;
        QTest::newRow("no call") << u"{{(data.a, |)}}"_s << QString() << 0;
        QTest::newRow("plain text") << u"stringContains(|)"_s << QString() << 0;
        QTest::newRow("more closed than opened") << u"{{)) ] } uuid(|"_s << u"uuid"_s << 0;
        QTest::newRow("empty") << u"|"_s << QString() << 0;
    }

    void callAroundACursor()
    {
        QFETCH(QString, text);
        QFETCH(QString, function);
        QFETCH(int, argument);
        const qsizetype cursor = text.indexOf(u'|');
        text.remove(cursor, 1);
        const std::optional<FunctionCall> call = callAt(text, cursor);
        QCOMPARE(call ? call->function->name : QString(), function);
        if (call) {
            QCOMPARE(call->argument, argument);
            QVERIFY(QStringView(text).sliced(call->start).startsWith(function));
        }
    }

    void cursorOutsideOfTheText()
    {
        QVERIFY(!callAt(u"{{uuid()}}", -5));
        QVERIFY(!callAt(u"{{uuid()}}", 500));
        QVERIFY(callAt(u"{{uuid(", 500));
    }
};

QTEST_GUILESS_MAIN(TestFunctionCall)
#include "tst_functioncall.moc"
