// Parts of the inspector where people read from right to left.

#include "designer/inspector/messagepreview.h"
#include "designer/inspector/wrappedtext.h"
#include "designer/style/applicationstyle.h"
#include "designer/style/themedicon.h"

#include <QApplication>
#include <QTest>

using namespace automation;
using namespace Qt::StringLiterals;

namespace {

// From the first to the last column in which something is painted on what is there else.
std::pair<int, int> paintedColumns(const QImage &image)
{
    const QRgb ground = image.pixel(0, 0);
    std::pair<int, int> columns(image.width(), -1);
    for (int x = 0; x < image.width(); ++x) {
        for (int y = 0; y < image.height(); ++y) {
            if (image.pixel(x, y) != ground)
                columns = {std::min(columns.first, x), std::max(columns.second, x)};
        }
    }
    return columns;
}

} // namespace

class TestMirroredParts : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { applyTheme(*qApp, Theme::light()); }
    void cleanup() { QApplication::setLayoutDirection(Qt::LeftToRight); }
    void whatIsFoldedPointsWhereOneReadsOn();
    void textsBeginWhereOneBeginsToRead_data();
    void textsBeginWhereOneBeginsToRead();
    void theMessageStandsAtTheOtherSide();
};

void TestMirroredParts::whatIsFoldedPointsWhereOneReadsOn()
{
    const auto look = [](const QString &name) { return themedIcon(name).pixmap(32, 32).toImage(); };
    const QImage folded = look(u"chevron-right"_s);
    const QImage open = look(u"chevron-down"_s);
    QVERIFY(folded != folded.mirrored(true, false));
    QApplication::setLayoutDirection(Qt::RightToLeft);
    const auto [first, last] = paintedColumns(look(u"chevron-right"_s));
    const auto [firstBefore, lastBefore] = paintedColumns(folded.mirrored(true, false));
    QCOMPARE(first, firstBefore);
    QCOMPARE(last, lastBefore);
    QVERIFY(look(u"chevron-right"_s) != folded);
    QCOMPARE(look(u"chevron-down"_s), open);
}

void TestMirroredParts::textsBeginWhereOneBeginsToRead_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("isMirrored");
    QTest::addColumn<bool>("beginsRight");
    const QString hebrew = u"שלום"_s;
    QTest::newRow("a word in an English program") << u"hello"_s << false << false;
    QTest::newRow("a word in a mirrored program") << u"hello"_s << true << true;
    QTest::newRow("Hebrew in an English program") << hebrew << false << true;
    QTest::newRow("Hebrew in a mirrored program") << hebrew << true << true;
}

void TestMirroredParts::textsBeginWhereOneBeginsToRead()
{
    QFETCH(QString, text);
    QFETCH(bool, isMirrored);
    QFETCH(bool, beginsRight);
    QApplication::setLayoutDirection(isMirrored ? Qt::RightToLeft : Qt::LeftToRight);
    WrappedText line;
    line.setText(text);
    line.resize(400, 30);
    const auto [first, last] = paintedColumns(line.grab().toImage());
    QVERIFY(first <= last);
    QCOMPARE(first > 200, beginsRight);
    QCOMPARE(last > 200, beginsRight);
}

void TestMirroredParts::theMessageStandsAtTheOtherSide()
{
    const auto bubble = [] {
        MessagePreview preview;
        preview.setMessage(u"Hi"_s, true);
        preview.resize(400, 160);
        preview.show();
        const auto *text = preview.findChild<WrappedText *>(u"previewText"_s);
        const QPoint place = text->mapTo(&preview, QPoint());
        return QRect(place, text->size());
    };
    const QRect before = bubble();
    QApplication::setLayoutDirection(Qt::RightToLeft);
    const QRect mirrored = bubble();
    QVERIFY(before.center().x() < 200);
    QVERIFY(mirrored.center().x() > 200);
}

QTEST_MAIN(TestMirroredParts)
#include "tst_mirroredparts.moc"
