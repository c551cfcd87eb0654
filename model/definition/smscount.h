#pragma once

#include <QStringView>

namespace automation {

// How an SMS is sent: seven bits a character of the GSM alphabet, or sixteen bits a UTF-16 unit.
enum class SmsEncoding { Gsm7, Ucs2 };

// What a text takes up as an SMS (3GPP TS 23.038 and 23.040). One message holds 160 septets or 70 units; of several
// ones, each spends 6 bytes on saying which it is, which leaves 153 septets or 67 units.
struct SmsCount
{
    SmsEncoding encoding = SmsEncoding::Gsm7;
    // Septets or UTF-16 units of the text. A character of the extension table (^ { } \ [ ~ ] | € and the form feed)
    // takes two septets.
    qsizetype units = 0;
    int parts = 0; // 0 of an empty text
    // How many units there are room for in that many parts, at least one. Characters of two units are not taken apart,
    // so a part may have to leave its last one free.
    qsizetype room = 160;
    // The first character that the GSM alphabet does not have: why it is sent as UCS-2; -1 when there is none.
    qsizetype firstForeign = -1;
};

// Counts a text as it is sent with the encoding that holds it, GSM if it can. Reentrant, O(length).
SmsCount countSms(QStringView text);
// The same with an encoding given. Characters the GSM alphabet does not have count as one septet there: what networks
// put in their place.
SmsCount countSms(QStringView text, SmsEncoding encoding);

// Whether the GSM alphabet has a character: 1 septet, 2 in its extension table, 0 when not.
int gsmSeptets(QChar character);

} // namespace automation
