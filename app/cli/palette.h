#pragma once

#include <QString>

namespace automation::cli {

// Colours for what people read. None unless standard output is a terminal that shows them; NO_COLOR in the environment
// turns them off. Every colour goes with a sign of its own ("+", "-", "error"), so nothing is lost without.
class Palette
{
public:
    Palette() = default; // no colours
    static Palette ofStandardOutput();

    QString added(const QString &text) const { return coloured(text, u"32"); }
    QString removed(const QString &text) const { return coloured(text, u"31"); }
    QString changed(const QString &text) const { return coloured(text, u"1"); }

private:
    QString coloured(const QString &text, QStringView code) const;

    bool m_colours = false;
};

} // namespace automation::cli
