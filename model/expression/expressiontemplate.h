#pragma once

#include <limits>
#include <optional>
#include <QList>
#include <QString>

namespace automation {

// The most UTF-16 units one script may have, blanks included, braces not (reference/automation-api.md §7).
inline constexpr qsizetype maxScriptLength = 1000;

// A piece of a template: literal text, or one {{…}}. Offsets are UTF-16 units in the template's text.
struct TemplatePart
{
    bool isExpression = false;
    qsizetype start = 0; // of an expression: its first brace
    qsizetype length = 0; // of an expression: braces included
    qsizetype scriptStart = 0; // what stands between the braces; expressions only
    qsizetype scriptLength = 0;
};

// A text of a definition, cut into literals and {{…}}. Of three braces in a row the inner two count; a "}}" in a text
// or an object literal of the script does not close it. What is opened and never closed is literal text. Value type,
// reentrant; never fails.
class ExpressionTemplate
{
public:
    ExpressionTemplate() = default;
    // Behind the first mostExpressions, all is taken as literal text: for those who only look at a text, which may be
    // of any size.
    explicit ExpressionTemplate(const QString &text, qsizetype mostExpressions = std::numeric_limits<qsizetype>::max());

    const QString &text() const { return m_text; }
    const QList<TemplatePart> &parts() const { return m_parts; } // without gaps, in order; empty for an empty text
    bool hasExpressions() const;
    // One expression and nothing else: its result keeps its type.
    bool isWholeValue() const { return m_parts.size() == 1 && m_parts.first().isExpression; }
    // Offset of a "{{" that is never closed, -1 when there is none.
    qsizetype unclosedAt() const { return m_unclosedAt; }
    // Whether there are more expressions than were to be looked for.
    bool isCut() const { return m_isCut; }
    // What stands between the braces, with its blanks; empty for a literal.
    QStringView script(const TemplatePart &part) const;
    QStringView literal(const TemplatePart &part) const { return QStringView(m_text).mid(part.start, part.length); }

    // Fast test: false means that the text has no expression.
    static bool mayHaveExpressions(QStringView text) { return text.contains(u"{{"); }

private:
    QString m_text;
    QList<TemplatePart> m_parts;
    qsizetype m_unclosedAt = -1;
    bool m_isCut = false;
};

} // namespace automation
