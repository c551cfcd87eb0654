#pragma once

#include <QString>

namespace automation {

// How scripts name members of objects. Pure functions, any thread.

// Whether a name may stand behind a dot. Reserved words may, so only its letters count.
bool isDotName(QStringView name);

// A text as a literal of JavaScript in these quotes.
QString quotedText(QStringView text, QChar quote = u'\'');

// The member of what a path names: data.total, data['grand total'].
QString memberAccess(const QString &path, const QString &name);

} // namespace automation
