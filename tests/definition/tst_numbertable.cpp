#include "model/definition/numbertable.h"

#include <QHash>
#include <QRandomGenerator>
#include <QStringList>
#include <QTest>

using namespace automation;
using namespace Qt::Literals::StringLiterals;

class TestNumberTable : public QObject
{
    Q_OBJECT

private slots:
    void findsWhatWasAdded();
    void takesEntriesOfAnotherTable();
};

void TestNumberTable::findsWhatWasAdded()
{
    QStringList texts;
    const auto textOf = [&texts](int number) { return QStringView(texts.at(number)); };
    NumberTable table;
    QCOMPARE(table.find(u"", textOf), -1);
    QHash<QString, int> expected;
    QRandomGenerator random(1);
    for (int i = 0; i < 5000; ++i) {
        const QString text = i == 77 ? QString() : QString::number(random.bounded(3000), 36);
        const int fresh = int(texts.size());
        const int number = table.findOrAdd(text, fresh, textOf);
        QCOMPARE(number, expected.value(text, fresh));
        if (number == fresh) {
            texts += text;
            expected.insert(text, fresh);
        }
    }
    QVERIFY(texts.size() > 2000 && texts.size() < 5000);
    for (int i = 0; i < 3000; ++i)
        QCOMPARE(table.find(QString::number(i, 36), textOf), expected.value(QString::number(i, 36), -1));
}

void TestNumberTable::takesEntriesOfAnotherTable()
{
    QStringList texts;
    const auto textOf = [&texts](int number) { return QStringView(texts.at(number)); };
    NumberTable all;
    for (int i = 0; i < 200; ++i) {
        texts += u"step_%1"_s.arg(i);
        QCOMPARE(all.findOrAdd(u"step_%1"_s.arg(i), i, [&](int number) { return textOf(number); }), i);
    }
    NumberTable even;
    const NumberTable copy = all;
    for (const NumberTable::Entry &entry : copy.entries()) {
        if (entry.number >= 0 && entry.number % 2 == 0)
            even.add(entry);
    }
    for (int i = 0; i < 200; ++i) {
        QCOMPARE(even.find(texts.at(i), textOf), i % 2 == 0 ? i : -1);
        QCOMPARE(all.find(texts.at(i), textOf), i);
    }
}

QTEST_APPLESS_MAIN(TestNumberTable)
#include "tst_numbertable.moc"
