#pragma once

#include "designer/inspector/expressionmarks.h"

namespace automation {

// What an editor shows of JSON while one types: its signs in colours, and the expressions in its texts. Tolerant, so
// that a text is readable on the way. Offsets are UTF-16 units.
struct JsonTextMarks
{
    enum class Kind { Name, Text, Number, Word, Sign };
    struct Token
    {
        qsizetype start = 0;
        qsizetype length = 0;
        Kind kind = Kind::Sign;
    };
    QList<Token> tokens;
    ExpressionMarks expressions; // of what the texts hold, at the places where it is written

    static QTextCharFormat format(Kind kind);
};

JsonTextMarks jsonTextMarks(const QString &text);

} // namespace automation
