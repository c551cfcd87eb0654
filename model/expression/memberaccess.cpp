#include "model/expression/memberaccess.h"

#include <algorithm>

namespace automation {

bool isDotName(QStringView name)
{
    if (name.isEmpty() || name.front().isDigit())
        return false;
    return std::all_of(name.begin(), name.end(),
        [](QChar c) { return c == u'_' || c == u'$' || (c.unicode() < 128 && c.isLetterOrNumber()); });
}

QString quotedText(QStringView text, QChar quote)
{
    QString quoted(quote);
    for (const QChar c : text) {
        if (c == quote || c == u'\\')
            quoted += u'\\';
        if (c == u'\n')
            quoted += QStringLiteral("\\n");
        else if (c == u'\r')
            quoted += QStringLiteral("\\r");
        else
            quoted += c;
    }
    return quoted + quote;
}

QString memberAccess(const QString &path, const QString &name)
{
    return isDotName(name) ? path + u'.' + name : path + u'[' + quotedText(name) + u']';
}

} // namespace automation
