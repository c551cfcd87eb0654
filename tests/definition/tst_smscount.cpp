#include "model/definition/smscount.h"

#include <QRandomGenerator>
#include <QTest>

using namespace automation;

class TestSmsCount : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void alphabet();
    void limits_data();
    void limits();
    void whatTellsTheEncoding();
    void encodingGiven();
    void partsHoldTheirCharacters();
};

namespace {

// The code points of the default alphabet by their codes 0x00 to 0x7f and of the extension table, as the standard
// lists them; 0x1b is the escape.
constexpr char32_t defaultTable[128] = {0x40, 0xa3, 0x24, 0xa5, 0xe8, 0xe9, 0xf9, 0xec, 0xf2, 0xc7, 0x0a, 0xd8, 0xf8,
    0x0d, 0xc5, 0xe5, 0x394, 0x5f, 0x3a6, 0x393, 0x39b, 0x3a9, 0x3a0, 0x3a8, 0x3a3, 0x398, 0x39e, 0, 0xc6, 0xe6, 0xdf,
    0xc9, 0x20, 0x21, 0x22, 0x23, 0xa4, 0x25, 0x26, 0x27, 0x28, 0x29, 0x2a, 0x2b, 0x2c, 0x2d, 0x2e, 0x2f, 0x30, 0x31,
    0x32, 0x33, 0x34, 0x35, 0x36, 0x37, 0x38, 0x39, 0x3a, 0x3b, 0x3c, 0x3d, 0x3e, 0x3f, 0xa1, 0x41, 0x42, 0x43, 0x44,
    0x45, 0x46, 0x47, 0x48, 0x49, 0x4a, 0x4b, 0x4c, 0x4d, 0x4e, 0x4f, 0x50, 0x51, 0x52, 0x53, 0x54, 0x55, 0x56, 0x57,
    0x58, 0x59, 0x5a, 0xc4, 0xd6, 0xd1, 0xdc, 0xa7, 0xbf, 0x61, 0x62, 0x63, 0x64, 0x65, 0x66, 0x67, 0x68, 0x69, 0x6a,
    0x6b, 0x6c, 0x6d, 0x6e, 0x6f, 0x70, 0x71, 0x72, 0x73, 0x74, 0x75, 0x76, 0x77, 0x78, 0x79, 0x7a, 0xe4, 0xf6, 0xf1,
    0xfc, 0xe0};
constexpr char32_t extensionTable[] = {0x0c, 0x5e, 0x7b, 0x7d, 0x5c, 0x5b, 0x7e, 0x5d, 0x7c, 0x20ac};

QString times(int count, const QString &text)
{
    return text.repeated(count);
}

} // namespace

void TestSmsCount::alphabet()
{
    int ones = 0;
    int twos = 0;
    for (char32_t code = 0; code < 0x10000; ++code) {
        const int septets = gsmSeptets(QChar(char16_t(code)));
        const bool isDefault
            = code != 0 && std::find(std::begin(defaultTable), std::end(defaultTable), code) != std::end(defaultTable);
        const bool isExtended
            = std::find(std::begin(extensionTable), std::end(extensionTable), code) != std::end(extensionTable);
        QVERIFY2(septets == (isDefault ? 1 : isExtended ? 2 : 0), qPrintable(QString::number(code, 16)));
        ones += septets == 1;
        twos += septets == 2;
    }
    QCOMPARE(ones, 127);
    QCOMPARE(twos, 10);
}

void TestSmsCount::limits_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("units");
    QTest::addColumn<int>("parts");
    QTest::addColumn<int>("room");
    const QString euro(QChar(0x20ac));
    const QString han(QChar(0x4f60));
    const QString smile = QString::fromUcs4(U"\U0001f600");
    const auto row = [](const char *name, const QString &text, int units, int parts, int room) {
        QTest::newRow(name) << text << units << parts << room;
    };
    const QString a = QStringLiteral("a");
    row("nothing", {}, 0, 0, 160);
    row("one", a, 1, 1, 160);
    row("160", times(160, a), 160, 1, 160);
    row("161", times(161, a), 161, 2, 306);
    row("306", times(306, a), 306, 2, 306);
    row("307", times(307, a), 307, 3, 459);
    row("80 euros", times(80, euro), 160, 1, 160);
    // An escape and its character stay together: a part of 153 holds 76 of them and leaves one septet free.
    row("81 euros", times(81, euro), 162, 2, 305);
    row("152 euros", times(152, euro), 304, 2, 305);
    row("153 euros", times(153, euro), 306, 3, 457);
    row("153 and euros", times(153, a) + times(4, euro), 161, 2, 306);
    row("line ends", QStringLiteral("a\r\nb"), 4, 1, 160);
    row("70 of two bytes", times(70, han), 70, 1, 70);
    row("71 of two bytes", times(71, han), 71, 2, 134);
    row("134 of two bytes", times(134, han), 134, 2, 134);
    row("135 of two bytes", times(135, han), 135, 3, 201);
    row("35 emoji", times(35, smile), 70, 1, 70);
    // Neither is an emoji taken apart: 33 of them and one unit free.
    row("36 emoji", times(36, smile), 72, 2, 133);
    row("66 emoji", times(66, smile), 132, 2, 133);
    row("67 emoji", times(67, smile), 134, 3, 199);
    row("half an emoji", QString(QChar(0xd83d)), 1, 1, 70);
    row("an accent outside the alphabet", times(70, QString(QChar(0xea))), 70, 1, 70);
}

void TestSmsCount::limits()
{
    QFETCH(QString, text);
    const SmsCount count = countSms(text);
    QTEST(int(count.units), "units");
    QTEST(count.parts, "parts");
    QTEST(int(count.room), "room");
}

void TestSmsCount::whatTellsTheEncoding()
{
    const SmsCount plain = countSms(u"Hello {you} 5 €");
    QCOMPARE(plain.encoding, SmsEncoding::Gsm7);
    QCOMPARE(plain.firstForeign, -1);
    const SmsCount curly = countSms(u"Hello \u2018you\u2019");
    QCOMPARE(curly.encoding, SmsEncoding::Ucs2);
    QCOMPARE(curly.firstForeign, 6);
}

void TestSmsCount::encodingGiven()
{
    const QString text = times(100, QStringLiteral("a"));
    QCOMPARE(countSms(text, SmsEncoding::Ucs2).parts, 2);
    QCOMPARE(countSms(text, SmsEncoding::Gsm7).parts, 1);
    const SmsCount forced = countSms(u"a\u4f60\U0001f600", SmsEncoding::Gsm7);
    QCOMPARE(forced.units, 3); // each is one character that something else is sent for
    QCOMPARE(forced.firstForeign, 1);
}

// Against filling parts one character at a time from what the standard says, without the counter's own shortcuts.
void TestSmsCount::partsHoldTheirCharacters()
{
    const quint32 seed = QRandomGenerator::global()->generate();
    qInfo("seed %u", seed);
    QRandomGenerator random(seed);
    const QStringList pieces {QStringLiteral("a"), QString(QChar(0x20ac)), QStringLiteral("{"), QString(QChar(0x4f60)),
        QString::fromUcs4(U"\U0001f600")};
    for (int round = 0; round < 500; ++round) {
        const bool isGsm = round % 2 == 0;
        QList<int> sizes;
        QString text = isGsm ? QString() : QString(QChar(0x4f60));
        if (!isGsm)
            sizes += 1;
        for (int i = random.bounded(400); i > 0; --i) {
            const int piece = random.bounded(isGsm ? 3 : 5);
            text += pieces.at(piece);
            sizes += isGsm ? (piece == 0 ? 1 : 2) : int(pieces.at(piece).size());
        }
        const int single = isGsm ? 160 : 70;
        const int each = isGsm ? 153 : 67;
        int units = 0;
        for (const int size : sizes)
            units += size;
        QList<int> parts {0};
        for (const int size : sizes) {
            if (parts.last() + size > each)
                parts += 0;
            parts.last() += size;
        }
        const SmsCount count = countSms(text);
        QCOMPARE(count.units, units);
        QCOMPARE(count.parts, text.isEmpty() ? 0 : units <= single ? 1 : int(parts.size()));
        if (count.parts > 1)
            QCOMPARE(count.room, units - parts.last() + each);
    }
}

QTEST_APPLESS_MAIN(TestSmsCount)
#include "tst_smscount.moc"
