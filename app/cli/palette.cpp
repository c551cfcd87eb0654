#include "app/cli/palette.h"

#ifdef Q_OS_UNIX
#include <unistd.h>
#endif

namespace automation::cli {

Palette Palette::ofStandardOutput()
{
    Palette palette;
#ifdef Q_OS_UNIX
    const bool shows = isatty(STDOUT_FILENO) == 1 && qEnvironmentVariable("TERM") != u"dumb";
    palette.m_colours = shows && qEnvironmentVariableIsEmpty("NO_COLOR");
#endif
    return palette;
}

QString Palette::coloured(const QString &text, QStringView code) const
{
    return m_colours ? QStringLiteral("\x1b[%1m%2\x1b[0m").arg(code, text) : text;
}

} // namespace automation::cli
