#include "model/document/samplefolder.h"

#include "model/json/jsonreader.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QtTest>

using namespace automation;

// Samples of a person's own, as they stand on the disk.
class TestSampleFolder : public QObject
{
    Q_OBJECT
private slots:
    void init() { m_directory = std::make_unique<QTemporaryDir>(); }

    void whatIsSavedComesBack()
    {
        SavedSample sample = sampleOf(u"Mei: booking / 1"_qs, R"({"payload":{"n":1.50,"n":2,"t":"ä\u0000"}})");
        sample.isContext = true;
        const Result<SavedSample> saved = saveSample(folder(), sample);
        QVERIFY(saved.isOk());
        QVERIFY(!saved->id.isEmpty());
        const SavedSamples read = readSampleFolder(folder());
        QCOMPARE(read.damaged, QStringList());
        QCOMPARE(read.samples.size(), 1);
        QVERIFY(read.samples.first() == *saved);
        QCOMPARE(read.samples.first().name, u"Mei: booking / 1"_qs);
        QCOMPARE(read.samples.first().data.at(0).at(0).numberLexeme(), "1.50");
        QCOMPARE(read.samples.first().data.at(0).size(), 3);
    }

    void nobodyElseCanReadThem()
    {
        QVERIFY(saveSample(folder(), sampleOf(u"x"_qs)).isOk());
        const QFile::Permissions others = QFile::ReadGroup | QFile::ExeGroup | QFile::ReadOther | QFile::ExeOther;
        QCOMPARE(QFile::permissions(folder()) & others, QFile::Permissions());
    }

    void renamingKeepsTheId()
    {
        Result<SavedSample> saved = saveSample(folder(), sampleOf(u"First"_qs));
        QVERIFY(saved.isOk());
        const QString id = saved->id;
        saved->name = u"Second"_qs;
        QCOMPARE(saveSample(folder(), *saved)->id, id);
        const SavedSamples read = readSampleFolder(folder());
        QCOMPARE(read.samples.size(), 1);
        QCOMPARE(read.samples.first().name, u"Second"_qs);
        QCOMPARE(read.samples.first().id, id);
    }

    void likeNamesHaveFilesOfTheirOwn()
    {
        QStringList ids;
        for (const QString &name : {u"a b"_qs, u"a-b"_qs, u"A: B"_qs})
            ids += saveSample(folder(), sampleOf(name))->id;
        QCOMPARE(QSet<QString>(ids.begin(), ids.end()).size(), 3);
        QCOMPARE(readSampleFolder(folder()).samples.size(), 3);
    }

    void namesWithoutALetterAreRefused()
    {
        for (const QString &name : {QString(), u"  "_qs, u"…/.."_qs})
            QCOMPARE(saveSample(folder(), sampleOf(name)).error().code, ErrorCode::InvalidArgument);
        QVERIFY(!QDir(folder()).exists());
    }

    void nothingLeadsOutOfTheFolder()
    {
        QVERIFY(saveSample(folder(), sampleOf(u"inside"_qs)).isOk());
        const QString outside = m_directory->filePath(u"outside.json"_qs);
        QFile file(outside);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.close();
        QCOMPARE(removeSample(folder(), u"../outside"_qs).error().code, ErrorCode::InvalidArgument);
        QVERIFY(QFile::exists(outside));
        SavedSample sample = sampleOf(u"x"_qs);
        sample.id = u"../outside"_qs;
        QCOMPARE(saveSample(folder(), sample)->id, u"x"_qs);
        QCOMPARE(QFileInfo(outside).size(), 0);
    }

    void removedOnesAreGone()
    {
        const QString id = saveSample(folder(), sampleOf(u"x"_qs))->id;
        QVERIFY(removeSample(folder(), id).isOk());
        QVERIFY(readSampleFolder(folder()).samples.isEmpty());
        QVERIFY(removeSample(folder(), id).isOk()); // that it is not there is all that was wanted
    }

    void damagedOnesAreNamedAndStay()
    {
        QVERIFY(saveSample(folder(), sampleOf(u"good"_qs)).isOk());
        const QList<std::pair<QString, QByteArray>> broken {{u"torn.json"_qs, "{\"name\": \"a\",\n \"data\": "},
            {u"list.json"_qs, "[1]"}, {u"text.json"_qs, "{\"name\": 1, \"data\": \"x\"}"},
            {u"deep.json"_qs, QByteArray(100'000, '[')}};
        for (const auto &[name, text] : broken) {
            QFile file(QDir(folder()).filePath(name));
            QVERIFY(file.open(QIODevice::WriteOnly) && file.write(text) == text.size());
        }
        QVERIFY(QDir(folder()).mkdir(u"folder.json"_qs));
        const SavedSamples read = readSampleFolder(folder());
        QCOMPARE(read.samples.size(), 1);
        QCOMPARE(read.damaged.size(), broken.size() + 1);
        for (const auto &[name, text] : broken) {
            QVERIFY2(read.damaged.join(u'\n').contains(name), qPrintable(read.damaged.join(u'\n')));
            QVERIFY(QFile::exists(QDir(folder()).filePath(name)));
        }
        QVERIFY2(read.damaged.join(u'\n').contains(u"Line 2, column 10"), qPrintable(read.damaged.join(u'\n')));
    }

    void whatIsTypedIsRefusedWithItsPlace_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("line");
        QTest::addColumn<int>("column");
        QTest::newRow("comma") << u"{\n  \"a\": 1,\n}"_qs << 3 << 1;
        QTest::newRow("quotes") << u"{\n  'a': 1\n}"_qs << 2 << 3;
        QTest::newRow("nothing") << QString() << 1 << 1;
        QTest::newRow("a list") << u"[1]"_qs << 1 << 1;
        QTest::newRow("a text") << u"\"x\""_qs << 1 << 1;
    }
    void whatIsTypedIsRefusedWithItsPlace()
    {
        QFETCH(QString, text);
        QFETCH(int, line);
        QFETCH(int, column);
        const Result<JsonValue> data = readSampleData(text);
        QVERIFY(!data);
        QCOMPARE(data.error().line, line);
        QCOMPARE(data.error().column, column);
        QVERIFY(!data.error().message.isEmpty());
        QVERIFY(readSampleData(u" {\"a\": 1} "_qs).isOk());
    }

private:
    QString folder() const { return m_directory->filePath(u"samples"_qs); }
    static SavedSample sampleOf(const QString &name, const QByteArray &data = "{}")
    {
        return {QString(), name, u"inbound_sms"_qs, false, *readJson(data)};
    }

    std::unique_ptr<QTemporaryDir> m_directory;
};

QTEST_GUILESS_MAIN(TestSampleFolder)
#include "tst_samplefolder.moc"
