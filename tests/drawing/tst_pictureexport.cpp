#include "designer/drawing/pictureexport.h"
#include "designer/drawing/scenestate.h"
#include "drawingfixture.h"

#include <QFile>
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
