#pragma once

#include <optional>
#include <QList>
#include <QString>
#include <QTextCharFormat>
#include <utility>

namespace automation {

// Where a text has expressions and what is wrong with them: what editors show of it while one types. Offsets are
// UTF-16 units of the text.
struct ExpressionMarks
{
    struct Pill
    {
        qsizetype start = 0; // braces included
        qsizetype length = 0;
        qsizetype scriptStart = 0;
        qsizetype scriptLength = 0;
        friend bool operator==(const Pill &, const Pill &) = default;
    };
    struct Fault
    {
        qsizetype start = 0;
        qsizetype length = 0;
        QString message; // translated
    };
    QList<Pill> pills;
    QList<Fault> faults; // at most one an expression

    // The pill whose braces stand round this place between two characters.
    const Pill *pillAt(qsizetype cursor) const;
};

// Nothing of texts that are too long to look at with every key.
ExpressionMarks expressionMarks(const QString &text);

// The bracket beside the cursor and the one that belongs to it, both in the same expression.
std::optional<std::pair<qsizetype, qsizetype>> matchingBrackets(
    const QString &text, const ExpressionMarks &marks, qsizetype cursor);

// One look for all editors. base: the editor's own font.
namespace ExpressionLook {
QTextCharFormat script(const QFont &base);
QTextCharFormat braces(const QFont &base);
QTextCharFormat fault(QTextCharFormat of);
QTextCharFormat bracket(QTextCharFormat of);
constexpr qreal pillRadius = 4;
} // namespace ExpressionLook

} // namespace automation
