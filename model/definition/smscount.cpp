#include "model/definition/smscount.h"

#include <algorithm>

namespace automation {

namespace {

// The GSM 7 bit default alphabet in the order of its codes (TS 23.038 §6.2.1), without the escape at 0x1b.
constexpr QStringView alphabet
    = u"@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZ"
      u"ÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
// Its extension table (§6.2.1.1).
constexpr QStringView extension = u"\f^{}\\[~]|€";

struct Capacity
{
    qsizetype single;
    qsizetype part; // of several
};
constexpr Capacity gsmCapacity {160, 153};
constexpr Capacity ucs2Capacity {70, 67};

// How many units the character at a place takes, and how many UTF-16 units of the text it is.
struct Unit
{
    int size;
    int length;
};

Unit unitAt(QStringView text, qsizetype at, SmsEncoding encoding)
{
    const bool isPair = text[at].isHighSurrogate() && at + 1 < text.size() && text[at + 1].isLowSurrogate();
    if (encoding == SmsEncoding::Ucs2)
        return isPair ? Unit {2, 2} : Unit {1, 1};
    return {std::max(1, gsmSeptets(text[at])), isPair ? 2 : 1};
}

} // namespace

int gsmSeptets(QChar character)
{
    if (alphabet.contains(character))
        return 1;
    return extension.contains(character) ? 2 : 0;
}

SmsCount countSms(QStringView text, SmsEncoding encoding)
{
    SmsCount count;
    count.encoding = encoding;
    const Capacity capacity = encoding == SmsEncoding::Gsm7 ? gsmCapacity : ucs2Capacity;
    qsizetype inPart = 0; // as one of several
    int parts = 1;
    qsizetype unused = 0; // in parts that are full
    for (qsizetype at = 0; at < text.size();) {
        const Unit unit = unitAt(text, at, encoding);
        if (count.firstForeign < 0 && gsmSeptets(text[at]) == 0)
            count.firstForeign = at;
        if (inPart + unit.size > capacity.part) {
            unused += capacity.part - inPart;
            inPart = 0;
            ++parts;
        }
        inPart += unit.size;
        count.units += unit.size;
        at += unit.length;
    }
    if (count.units <= capacity.single) {
        count.parts = text.isEmpty() ? 0 : 1;
        count.room = capacity.single;
    } else {
        count.parts = parts;
        count.room = parts * capacity.part - unused;
    }
    return count;
}

SmsCount countSms(QStringView text)
{
    const bool isGsm = std::all_of(text.begin(), text.end(), [](QChar character) { return gsmSeptets(character) > 0; });
    return countSms(text, isGsm ? SmsEncoding::Gsm7 : SmsEncoding::Ucs2);
}

} // namespace automation
