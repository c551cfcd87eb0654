#pragma once

#include <QStringView>

namespace automation {

// Whether two letters are a country of ISO 3166 (or Kosovo's "XK", which phone numbers have), in any case.
bool isCountryCode(QStringView code);

} // namespace automation
