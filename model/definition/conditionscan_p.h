#pragma once

#include <QList>
#include <QString>

// Small pieces of the reading of conditions, on texts without outer braces. They know quotes and brackets and no more
// of JavaScript, so what they do not recognise is left alone.
namespace automation::conditionscan {

bool isQuote(QChar c);
bool isName(QChar c);
qsizetype skipQuoted(QStringView text, qsizetype position); // behind the literal that starts there; the end when open
// The first character from there on that is in no quotes and brackets, and no quote or bracket itself; -1 when there is
// none or the brackets round position end before. To go through a text: for (i = nextOutside(text, 0); i >= 0;
// i = nextOutside(text, i + 1)).
qsizetype nextOutside(QStringView text, qsizetype position);
QList<QStringView> arguments(QStringView text); // of what stands between a call's brackets
qsizetype closingBracket(QStringView text, qsizetype position); // of the one at position; -1 when there is none
QString literal(QStringView text); // what stands in its quotes; null when it is no literal
bool isNumber(QStringView text);
bool isPath(QStringView text); // data.reply.text or data['x y']: names, dots and brackets only
bool is(QStringView name, QStringView function); // in any case
QString operand(QStringView text); // a literal, number or boolean as it is shown; null for all else
QStringView unwrapped(QStringView text); // without brackets round the whole

// left OP right with == or != outside of quotes and brackets, and nothing more complex around it.
struct Comparison
{
    QStringView left;
    QStringView right;
    bool equal = true;
    bool strict = false; // === or !==
};
Comparison readComparison(QStringView text);

} // namespace automation::conditionscan
