#include "model/expression/countrycodes.h"

#include <QLatin1StringView>

namespace automation {

bool isCountryCode(QStringView code)
{
    // For each first letter, the second ones.
    static constexpr const char *seconds[26] = {"DEFGILMOQRSTUWXZ", "ABDEFGHIJLMNOQRSTVWYZ", "ACDFGHIKLMNORUVWXYZ",
        "EJKMOZ", "CEGHRST", "IJKMOR", "ABDEFGHILMNPQRSTUWY", "KMNRTU", "DELMNOQRST", "EMOP", "EGHIMNPRWYZ",
        "ABCIKRSTUVY", "ACDEFGHKLMNOPQRSTUVWXYZ", "ACEFGILOPRUZ", "M", "AEFGHKLMNRSTWY", "A", "EOSUW",
        "ABCDEGHIJKLMNORSTVXYZ", "CDFGHJKLMNORTVWZ", "AGMSYZ", "ACEGINU", "FS", "K", "ET", "AMW"};
    if (code.size() != 2)
        return false;
    const QChar first = code[0].toUpper();
    const QChar second = code[1].toUpper();
    return first >= u'A' && first <= u'Z' && QLatin1StringView(seconds[first.unicode() - u'A']).contains(second);
}

} // namespace automation
