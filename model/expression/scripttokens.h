#pragma once

#include <QList>
#include <QStringView>

namespace automation {

// One word or sign of a script. Offsets are UTF-16 units from the script's start.
struct ScriptToken
{
    enum class Kind : quint8 {
        Identifier, // names and keywords
        Number,
        String, // with its quotes
        Template, // one literal piece of a template, from ` or } up to ${ or `
        Regex,
        Punctuator, // the longest one that fits; "${" and its "}" are punctuators too
        Invalid // a sign no script has, or a text that is never closed
    };
    Kind kind = Kind::Invalid;
    qsizetype offset = 0;
    qsizetype length = 0;

    qsizetype end() const { return offset + length; }
};

// The tokens of one expression; blanks and comments are left out. Tolerant: never fails, whatever it does not
// understand becomes Invalid. Tells a regular expression from a division by what stands before it, which is enough
// within expressions. Pure function, any thread.
QList<ScriptToken> scanScript(QStringView script);

// Where the expression that begins at from ends: the offset of the "}}" that closes it, -1 when there is none. Braces
// of object literals, texts, templates, regular expressions and comments within it are stepped over.
qsizetype findScriptEnd(QStringView text, qsizetype from);

// The value of a String token without escapes beyond \', \", \\ and \n; the raw text between the quotes otherwise.
QString stringTokenValue(QStringView tokenText);

} // namespace automation
