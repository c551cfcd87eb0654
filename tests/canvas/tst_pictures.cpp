// Pictures made on another thread while the window goes on.

#include "canvasfixture.h"
#include "designer/canvas/canvaspictures.h"

#include <csignal>
#include <QDir>
#include <QFileInfo>
#include <QPrinter>
#include <QSemaphore>
#include <QTemporaryDir>
#include <sys/resource.h>

using namespace automation;
using namespace Qt::StringLiterals;

namespace {

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void put(const QString &path, const QByteArray &content)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(content), content.size());
}

// Holds the work when it first asks whether it goes on, so that a test can do things in the middle of it.
class Gate
{
public:
    PictureJob::Work held(const PictureJob::Work &work)
    {
        return [this, work](const PictureJob::GoesOn &goesOn) {
            bool wasHeld = false;
            return work([&](qreal share) {
                if (!std::exchange(wasHeld, true)) {
                    m_reached.release();
                    m_open.acquire();
                }
                return goesOn(share);
            });
        };
    }
    bool waitUntilReached() { return m_reached.tryAcquire(1, 20'000); }
    void open() { m_open.release(); }

private:
    QSemaphore m_reached;
    QSemaphore m_open;
};

// How a job ended.
struct Ends
{
    explicit Ends(PictureJob &job)
        : succeeded(&job, &PictureJob::succeeded)
        , failed(&job, &PictureJob::failed)
        , cancelled(&job, &PictureJob::cancelled)
    {
    }
    qsizetype count() const { return succeeded.size() + failed.size() + cancelled.size(); }

    QSignalSpy succeeded;
    QSignalSpy failed;
    QSignalSpy cancelled;
};

PicturePrint::Paper a4()
{
    return {QPageLayout(QPageSize(QPageSize::A4), QPageLayout::Portrait, QMarginsF(20, 20, 20, 20)), {}, 300};
}

QByteArray chain(int steps)
{
    QByteArray text = "{\"trigger\":\"inbound_sms\",\"definition\":{\"steps\":[";
    for (int i = 0; i < steps; ++i) {
        const QByteArray next = i + 1 < steps ? ",\"nextStepId\":\"step_" + QByteArray::number(i + 1) + "\"" : "";
        text += (i ? ",{\"id\":\"step_" : "{\"id\":\"step_") + QByteArray::number(i)
            + "\",\"stepType\":\"SMS\",\"inputs\":{}" + next + "}";
    }
    return text + "]}}";
}

} // namespace

class TestPictures : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void showsWhatTheViewShowedWhenItBegan_data()
    {
        QTest::addColumn<QString>("kind");
        for (const char *kind : {"svg", "png"})
            QTest::newRow(kind) << QString::fromLatin1(kind);
    }
    void showsWhatTheViewShowedWhenItBegan()
    {
        QFETCH(QString, kind);
        CanvasFixture canvas(u"booking.json"_s);
        QTemporaryDir folder;
        const QString before = folder.filePath(u"before."_s + kind);
        QVERIFY(CanvasPictures::write(canvas.view, before)({}));
        const QString path = folder.filePath(u"drawing."_s + kind);
        PictureJob job;
        Ends ends(job);
        Gate gate;
        QVERIFY(job.start(u"drawing"_s, gate.held(CanvasPictures::write(canvas.view, path))));
        QVERIFY(gate.waitUntilReached());
        canvas.view.setSelection({u"choose"_s});
        canvas.view.deleteSelection(false);
        canvas.view.setTheme(Theme::dark());
        QVERIFY(canvas.node(u"choose"_s) < 0);
        QVERIFY(job.isRunning());
        gate.open();
        QTRY_COMPARE(ends.succeeded.size(), 1);
        QVERIFY(!job.isRunning());
        QCOMPARE(contentOf(path), contentOf(before));
    }

    void outlivesViewAndDocument()
    {
        auto canvas = std::make_unique<CanvasFixture>(u"booking.json"_s);
        QTemporaryDir folder;
        const QString path = folder.filePath(u"drawing.svg"_s);
        PictureJob job;
        Ends ends(job);
        Gate gate;
        QVERIFY(job.start(u"drawing"_s, gate.held(CanvasPictures::write(canvas->view, path))));
        QVERIFY(gate.waitUntilReached());
        canvas.reset();
        gate.open();
        QTRY_COMPARE(ends.succeeded.size(), 1);
        QVERIFY(contentOf(path).contains(">farewell</text>"));
    }

    void aJobThatGoesWritesItsFileFirst()
    {
        CanvasFixture canvas(chain(300));
        QTemporaryDir folder;
        const QString path = folder.filePath(u"drawing.pdf"_s);
        auto job = std::make_unique<PictureJob>();
        QVERIFY(job->start(u"drawing"_s, CanvasPictures::write(canvas.view, path)));
        job.reset();
        QVERIFY(contentOf(path).trimmed().endsWith("%%EOF"));
    }

    void saysHowFarItIs()
    {
        CanvasFixture canvas(chain(300));
        QTemporaryDir folder;
        PictureJob job;
        Ends ends(job);
        QList<int> percents;
        connect(&job, &PictureJob::progressed, this, [&](int percent) { percents.append(percent); });
        QVERIFY(job.start(u"drawing"_s, CanvasPictures::write(canvas.view, folder.filePath(u"d.pdf"_s))));
        QVERIFY(!job.start(u"another"_s, CanvasPictures::write(canvas.view, folder.filePath(u"e.pdf"_s))));
        QCOMPARE(job.name(), u"drawing"_s);
        QTRY_COMPARE(ends.count(), 1);
        QVERIFY2(percents.size() >= 5, qPrintable(QString::number(percents.size())));
        QVERIFY(std::is_sorted(percents.cbegin(), percents.cend()));
        QVERIFY(percents.last() <= 100);
        QVERIFY(!QFile::exists(folder.filePath(u"e.pdf"_s)));
        QVERIFY(job.start(u"another"_s, CanvasPictures::write(canvas.view, folder.filePath(u"e.pdf"_s))));
        QTRY_COMPARE(ends.succeeded.size(), 2);
        QVERIFY(QFile::exists(folder.filePath(u"e.pdf"_s)));
    }

    void aCancelledOneLeavesNoTrace_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<bool>("isThere");
        for (const char *name : {"d.svg", "d.png", "d.pdf", "printed.pdf"}) {
            QTest::addRow("%s, new", name) << QString::fromLatin1(name) << false;
            QTest::addRow("%s, there already", name) << QString::fromLatin1(name) << true;
        }
    }
    void aCancelledOneLeavesNoTrace()
    {
        QFETCH(QString, name);
        QFETCH(bool, isThere);
        CanvasFixture canvas(chain(300));
        QTemporaryDir folder;
        const QString path = folder.filePath(name);
        if (isThere)
            put(path, "what was there");
        PictureJob job;
        Ends ends(job);
        Gate gate;
        const PictureJob::Work work = name == u"printed.pdf"
            ? CanvasPictures::printToFile(canvas.view, CanvasPictures::What::All, PicturePrint::Fit::Pages, a4(), path)
            : CanvasPictures::write(canvas.view, path);
        QVERIFY(job.start(name, gate.held(work)));
        QVERIFY(gate.waitUntilReached());
        job.cancel();
        gate.open();
        QTRY_COMPARE(ends.count(), 1);
        QCOMPARE(ends.cancelled.size(), 1);
        QCOMPARE(QDir(folder.path()).entryList(QDir::Files | QDir::Hidden).size(), isThere ? 1 : 0);
        QCOMPARE(contentOf(path), isThere ? QByteArray("what was there") : QByteArray());
    }

    void saysWhyItFailed()
    {
        CanvasFixture canvas(u"booking.json"_s);
        QTemporaryDir folder;
        PictureJob job;
        Ends ends(job);
        const QString nowhere = folder.filePath(u"no/such/drawing.svg"_s);
        QVERIFY(job.start(u"drawing"_s, CanvasPictures::write(canvas.view, nowhere)));
        QTRY_COMPARE(ends.count(), 1);
        QCOMPARE(ends.failed.size(), 1);
        QVERIFY(ends.failed.first().first().toString().contains(nowhere));
        QVERIFY(job.start(u"drawing"_s,
            CanvasPictures::printToFile(
                canvas.view, CanvasPictures::What::All, PicturePrint::Fit::OnePage, a4(), nowhere)));
        QTRY_COMPARE(ends.failed.size(), 2);
        QVERIFY(ends.failed.last().first().toString().contains(nowhere));
    }

    void aFullDiskIsNoticed_data()
    {
        QTest::addColumn<QString>("name");
        for (const char *name : {"d.svg", "d.png", "d.pdf", "printed.pdf"})
            QTest::newRow(name) << QString::fromLatin1(name);
    }
    void aFullDiskIsNoticed()
    {
        QFETCH(QString, name);
        CanvasFixture canvas(chain(100));
        QTemporaryDir folder;
        const QString path = folder.filePath(name);
        put(path, "what was there");
        PictureJob job;
        Ends ends(job);
        const PictureJob::Work work = name == u"printed.pdf"
            ? CanvasPictures::printToFile(canvas.view, CanvasPictures::What::All, PicturePrint::Fit::Pages, a4(), path)
            : CanvasPictures::write(canvas.view, path);
        rlimit before {};
        QCOMPARE(getrlimit(RLIMIT_FSIZE, &before), 0);
        const auto handler = std::signal(SIGXFSZ, SIG_IGN);
        rlimit small = before;
        small.rlim_cur = 10'000;
        QCOMPARE(setrlimit(RLIMIT_FSIZE, &small), 0);
        const bool isStarted = job.start(name, work);
        const bool hasEnded = QTest::qWaitFor([&] { return ends.count() == 1; }, 20'000);
        QCOMPARE(setrlimit(RLIMIT_FSIZE, &before), 0);
        std::signal(SIGXFSZ, handler);
        QVERIFY(isStarted && hasEnded);
        QCOMPARE(ends.failed.size(), 1);
        QVERIFY2(
            ends.failed.first().first().toString().contains(path), qPrintable(ends.failed.first().first().toString()));
        QCOMPARE(contentOf(path), QByteArray("what was there"));
        QCOMPARE(QDir(folder.path()).entryList(QDir::Files | QDir::Hidden).size(), 1);
    }

    void picturesAreCopied()
    {
        CanvasFixture canvas(u"booking.json"_s);
        const auto copied = [&] {
            Ends ends(*canvas.actions.pictures());
            canvas.actions.action(CanvasActions::Id::CopyPicture)->trigger();
            return QTest::qWaitFor([&] { return ends.succeeded.size() == 1; }, 20'000);
        };
        QVERIFY(copied());
        const QMimeData *data = QApplication::clipboard()->mimeData();
        const QImage all = qvariant_cast<QImage>(data->imageData());
        QVERIFY(all.height() > canvas.view.scene()->bounds().height());
        QCOMPARE(QImage::fromData(data->data(u"image/png"_s)).size(), all.size());
        QVERIFY(data->data(u"image/svg+xml"_s).contains("farewell"));
        canvas.view.setSelection({u"choose"_s, u"confirm"_s});
        QVERIFY(copied());
        data = QApplication::clipboard()->mimeData();
        QVERIFY(qvariant_cast<QImage>(data->imageData()).height() < all.height());
        QVERIFY(data->data(u"image/svg+xml"_s).contains("confirm"));
        QVERIFY(!data->data(u"image/svg+xml"_s).contains("farewell"));
        QVERIFY(canvas.isUntouched());
    }

    void oneCopyAtATime()
    {
        CanvasFixture canvas(u"booking.json"_s);
        QApplication::clipboard()->setText(u"before"_s);
        PictureJob &job = *canvas.actions.pictures();
        Ends ends(job);
        Gate gate;
        QVERIFY(job.start(u"copy"_s, gate.held(CanvasPictures::copy(canvas.view))));
        QVERIFY(gate.waitUntilReached());
        canvas.actions.action(CanvasActions::Id::CopyPicture)->trigger();
        QCOMPARE(canvas.messages.size(), 1);
        job.cancel();
        gate.open();
        QTRY_COMPARE(ends.cancelled.size(), 1);
        QCOMPARE(QApplication::clipboard()->text(), u"before"_s);
    }

    void printsToAPrinter()
    {
        CanvasFixture canvas(chain(40));
        QTemporaryDir folder;
        const auto printer = std::make_shared<QPrinter>(QPrinter::HighResolution);
        printer->setOutputFormat(QPrinter::PdfFormat);
        printer->setOutputFileName(folder.filePath(u"printed.pdf"_s));
        PictureJob job;
        Ends ends(job);
        QVERIFY(job.start(u"printing"_s,
            CanvasPictures::print(canvas.view, CanvasPictures::What::All, PicturePrint::Fit::OnePage, printer)));
        QTRY_COMPARE(ends.succeeded.size(), 1);
        const QByteArray one = contentOf(printer->outputFileName());
        QVERIFY(one.startsWith("%PDF") && one.contains("/ToUnicode"));
        QCOMPARE(one.count("/Type /Page\n"), 1);
        // What has begun comes out: a cancelled one ends with a page.
        Gate gate;
        printer->setOutputFileName(folder.filePath(u"given_up.pdf"_s));
        QVERIFY(job.start(u"printing"_s,
            gate.held(
                CanvasPictures::print(canvas.view, CanvasPictures::What::All, PicturePrint::Fit::Pages, printer))));
        QVERIFY(gate.waitUntilReached());
        gate.open();
        connect(&job, &PictureJob::progressed, &job, &PictureJob::cancel);
        QTRY_COMPARE(ends.cancelled.size() + ends.succeeded.size(), 2);
        QVERIFY(contentOf(printer->outputFileName()).trimmed().endsWith("%%EOF"));
    }

    void printsThePagesAsked()
    {
        CanvasFixture canvas(chain(40));
        QTemporaryDir folder;
        const auto printed = [&](const QString &ranges) {
            PicturePrint::Paper paper = a4();
            paper.ranges = QPageRanges::fromString(ranges);
            const QString path = folder.filePath(u"printed.pdf"_s);
            PictureJob job;
            Ends ends(job);
            const bool isStarted = job.start(u"printing"_s,
                CanvasPictures::printToFile(
                    canvas.view, CanvasPictures::What::All, PicturePrint::Fit::Pages, paper, path));
            const bool hasEnded = isStarted && QTest::qWaitFor([&] { return ends.succeeded.size() == 1; }, 20'000);
            return hasEnded ? contentOf(path).count("/Type /Page\n") : -1;
        };
        const qsizetype all = printed({});
        QVERIFY2(all >= 3, qPrintable(QString::number(all)));
        QCOMPARE(printed(u"2"_s), 1);
        QCOMPARE(printed(u"1,3-90"_s), all - 1);
    }
};

QTEST_MAIN(TestPictures)
#include "tst_pictures.moc"
