#include "designer/drawing/pictureexport.h"
#include "designer/drawing/pictureprint.h"
#include "designer/drawing/scenestate.h"
#include "drawingfixture.h"

#include <QBuffer>
#include <QFile>
#include <QPainter>
#include <QPdfWriter>
#include <QSvgRenderer>
#include <QTemporaryDir>
#include <QXmlStreamReader>

using namespace automation;
using namespace Qt::StringLiterals;

namespace {

// All text elements of an SVG.
QStringList textsOf(const QByteArray &svg)
{
    QStringList texts;
    QXmlStreamReader reader(svg);
    while (!reader.atEnd()) {
        if (reader.readNext() == QXmlStreamReader::StartElement && reader.name() == "text"_L1)
            texts.append(reader.readElementText(QXmlStreamReader::IncludeChildElements).trimmed());
    }
    return reader.hasError() ? QStringList() : texts;
}

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

int pagesOf(const QByteArray &pdf)
{
    return int(pdf.count("/Type /Page\n"));
}

} // namespace

class TestPictureExport : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void svgKeepsTextAsText()
    {
        const auto drawing = DrawingFixture::fromFile(u"booking.json"_s);
        const Result<QByteArray> svg = PictureExport::svg(drawing.scene, {}, {});
        QVERIFY(svg);
        const QStringList texts = textsOf(*svg);
        for (const QString &id :
            {u"ask"_s, u"await_answer"_s, u"choose"_s, u"farewell"_s, u"confirm"_s, u"offer_link"_s})
            QVERIFY2(texts.contains(id), qPrintable(id));
        QSvgRenderer renderer(*svg);
        QVERIFY(renderer.isValid());
    }

    void hostileTextIsEscaped()
    {
        const auto drawing = DrawingFixture::fromFile(u"odd.json"_s);
        const Result<QByteArray> svg = PictureExport::svg(drawing.scene, {}, {});
        QVERIFY(svg);
        QVERIFY(!textsOf(*svg).isEmpty()); // well-formed
        QVERIFY(!svg->contains("<b>"));
    }

    void whatXmlCannotSayIsReplaced()
    {
        const DrawingFixture drawing(
            "{\"trigger\":\"inbound_sms\",\"definition\":{\"steps\":[{\"id\":\"a\\u0001b\\uffff\","
            "\"stepType\":\"SMS\",\"inputs\":{\"content\":\"<&\\u001b\\\"'\"}}]}}");
        PictureExport::Options options;
        options.title = u"one\u0002<two"_s;
        const Result<QByteArray> svg = PictureExport::svg(drawing.scene, {}, options);
        QVERIFY(svg);
        QVERIFY(svg->contains("<title>one\xef\xbf\xbd&lt;two</title>"));
        QVERIFY2(textsOf(*svg).contains(u"a\ufffdb\ufffd"_s), qPrintable(textsOf(*svg).join(u'|')));
    }

    void fontsHaveAGeneralFamilyBehindThem()
    {
        const auto drawing = DrawingFixture::fromFile(u"booking.json"_s);
        const Result<QByteArray> svg = PictureExport::svg(drawing.scene, {}, {});
        QVERIFY(svg);
        QSet<QString> general;
        QXmlStreamReader reader(*svg);
        while (!reader.atEnd()) {
            if (reader.readNext() != QXmlStreamReader::StartElement || reader.name() != "text"_L1)
                continue;
            const QString families = reader.attributes().value("font-family"_L1).toString();
            general.insert(families.section(u", "_s, -1));
            QVERIFY(reader.attributes().value("font-size"_L1).toDouble() >= 11);
        }
        QCOMPARE(general, (QSet<QString> {u"sans-serif"_s, u"monospace"_s}));
    }

    // Read back by another program's parser, so that letters may differ a little, shapes and places not.
    void anSvgLooksLikeThePicture_data()
    {
        QTest::addColumn<bool>("isDark");
        QTest::newRow("light") << false;
        QTest::newRow("dark") << true;
    }
    void anSvgLooksLikeThePicture()
    {
        QFETCH(bool, isDark);
        const auto drawing = DrawingFixture::fromFile(u"booking.json"_s);
        SceneState state;
        state.notes.append({QRectF(drawing.scene->bounds().topLeft(), QSizeF(120, 80)), u"A note"_s});
        PictureExport::Options options;
        options.theme = isDark ? Theme::dark() : Theme::light();
        const Result<QByteArray> svg = PictureExport::svg(drawing.scene, state, options);
        const Result<QImage> picture = PictureExport::image(drawing.scene, state, options);
        QVERIFY(svg && picture);
        QSvgRenderer renderer(*svg);
        QVERIFY(renderer.isValid());
        QCOMPARE(renderer.defaultSize(), picture->size());
        QImage shown(picture->size(), QImage::Format_RGB32);
        shown.fill(Qt::magenta);
        QPainter painter(&shown);
        renderer.render(&painter);
        painter.end();
        int different = 0;
        int drawn = 0;
        for (int y = 0; y < shown.height(); ++y) {
            for (int x = 0; x < shown.width(); ++x) {
                const QColor a = shown.pixelColor(x, y);
                const QColor b = picture->pixelColor(x, y);
                const int most = std::max(
                    {std::abs(a.red() - b.red()), std::abs(a.green() - b.green()), std::abs(a.blue() - b.blue())});
                different += most > 40;
                drawn += b != options.theme.canvas && b != options.theme.card;
            }
        }
        QVERIFY2(different < drawn / 4, qPrintable(u"%1 of %2"_s.arg(different).arg(drawn)));
    }

    void writesEachKind_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QByteArray>("start");
        QTest::newRow("svg") << u"d.svg"_s << QByteArray("<?xml");
        QTest::newRow("png") << u"d.PNG"_s << QByteArray("\x89PNG");
        QTest::newRow("pdf") << u"d.pdf"_s << QByteArray("%PDF");
    }
    void writesEachKind()
    {
        QFETCH(QString, name);
        QFETCH(QByteArray, start);
        const auto drawing = DrawingFixture::fromFile(u"booking.json"_s);
        QTemporaryDir folder;
        const QString path = folder.filePath(name);
        QVERIFY(PictureExport::write(drawing.scene, {}, path, {}));
        QVERIFY(contentOf(path).startsWith(start));
    }

    void imageHasTheSizeOfTheDrawing()
    {
        const auto drawing = DrawingFixture::fromFile(u"booking.json"_s);
        const Result<QImage> once = PictureExport::image(drawing.scene, {}, {});
        PictureExport::Options twice;
        twice.scale = 2;
        twice.theme = Theme::dark();
        const Result<QImage> doubled = PictureExport::image(drawing.scene, {}, twice);
        QVERIFY(once && doubled);
        QCOMPARE(doubled->size(), once->size() * 2);
        QVERIFY(once->width() >= drawing.scene->bounds().width());
        QCOMPARE(once->pixelColor(2, 2), Theme::light().canvas);
        QCOMPARE(doubled->pixelColor(2, 2), Theme::dark().canvas);
    }

    void refusesWhatCannotBe()
    {
        const auto drawing = DrawingFixture::fromFile(u"booking.json"_s);
        const Result<void> kind = PictureExport::write(drawing.scene, {}, u"drawing.gif"_s, {});
        QCOMPARE(kind.error().code, ErrorCode::InvalidArgument);
        QVERIFY(kind.error().message.contains(u"drawing.gif"_s));
        QTemporaryDir folder;
        const Result<void> place
            = PictureExport::write(drawing.scene, {}, folder.filePath(u"no/such/folder.svg"_s), {});
        QCOMPARE(place.error().code, ErrorCode::Unwritable);
        const auto tall = DrawingFixture::chain(400);
        const Result<QImage> large = PictureExport::image(tall.scene, {}, {});
        QCOMPARE(large.error().code, ErrorCode::Limit);
        QVERIFY(PictureExport::svg(tall.scene, {}, {}));
        QVERIFY(PictureExport::pdf(tall.scene, {}, {}));
    }

    void aPartShowsOnlyItself()
    {
        const auto drawing = DrawingFixture::fromFile(u"booking.json"_s);
        PictureExport::Options options;
        for (const QString &key : {u"choose"_s, u"confirm"_s})
            options.only.insert(drawing.scene->indexOfKey(key));
        SceneState state;
        state.problems.insert(drawing.scene->indexOfKey(u"confirm"_s), {1, 0});
        state.problems.insert(drawing.scene->indexOfKey(u"ask"_s), {2, 0});
        const PictureExport::Part part = PictureExport::partFor(drawing.scene, state, options);
        QCOMPARE(part.scene->nodes().size(), 2);
        QCOMPARE(part.scene->edges().size(), 1);
        QCOMPARE(part.scene->keyOf(part.scene->edges().first().to), u"confirm"_s);
        QCOMPARE(part.scene->nodes().at(part.scene->indexOfKey(u"confirm"_s)).box, drawing.node(u"confirm"_s).box);
        QCOMPARE(part.state.problems.size(), 1);
        QCOMPARE(part.state.problems.value(part.scene->indexOfKey(u"confirm"_s)).errors, 1);
        const Result<QByteArray> svg = PictureExport::svg(drawing.scene, state, options);
        QVERIFY(svg);
        const QStringList texts = textsOf(*svg);
        QVERIFY(texts.contains(u"choose"_s) && texts.contains(u"confirm"_s));
        QVERIFY(!texts.contains(u"ask"_s));
        const Result<QImage> image = PictureExport::image(drawing.scene, state, options);
        QVERIFY(image);
        QVERIFY(image->height() < drawing.scene->bounds().height());
    }

    void printsOnOnePageOrOnMany()
    {
        const auto drawing = DrawingFixture::chain(40);
        const auto printed = [&](PicturePrint::Fit fit, QByteArray *bytes) {
            QBuffer buffer(bytes);
            buffer.open(QIODevice::WriteOnly);
            QPdfWriter writer(&buffer);
            writer.setPageSize(QPageSize(QPageSize::A4));
            writer.setResolution(300);
            PictureExport::Options options;
            options.title = u"forty <b>steps</b>"_s;
            const Result<int> pages = PicturePrint::print(drawing.scene, {}, options, fit, writer);
            return pages ? *pages : -1;
        };
        QByteArray one;
        QCOMPARE(printed(PicturePrint::Fit::OnePage, &one), 1);
        QCOMPARE(pagesOf(one), 1);
        QVERIFY(one.contains("/ToUnicode")); // text, not outlines
        QByteArray many;
        const int pages = printed(PicturePrint::Fit::Pages, &many);
        QVERIFY2(pages >= 3 && pages <= 10, qPrintable(QString::number(pages)));
        QCOMPARE(pagesOf(many), pages);
        const auto large = DrawingFixture::chain(3000);
        QByteArray limited;
        QBuffer buffer(&limited);
        buffer.open(QIODevice::WriteOnly);
        QPdfWriter writer(&buffer);
        const Result<int> most = PicturePrint::print(large.scene, {}, {}, PicturePrint::Fit::Pages, writer);
        QVERIFY(most && *most > 20 && *most <= PicturePrint::MostPages);
    }

    void aLargePdfKeepsTextAsText()
    {
        const auto drawing = DrawingFixture::chain(10000);
        QTemporaryDir folder;
        const QString path = folder.filePath(u"large.pdf"_s);
        QVERIFY(PictureExport::write(drawing.scene, {}, path, {}));
        const QByteArray pdf = contentOf(path);
        QVERIFY(pdf.startsWith("%PDF") && pdf.trimmed().endsWith("%%EOF"));
        QCOMPARE(pagesOf(pdf), 1);
        QVERIFY(pdf.contains("/ToUnicode"));
    }

    void anEmptyDrawingIsAPictureToo()
    {
        const auto nothing = std::make_shared<const GraphScene>();
        QVERIFY(PictureExport::svg(nothing, {}, {}));
        QVERIFY(PictureExport::image(nothing, {}, {}));
        QVERIFY(PictureExport::pdf(nothing, {}, {}));
    }
};

QTEST_MAIN(TestPictureExport)
#include "tst_pictureexport.moc"
