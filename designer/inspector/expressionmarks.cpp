#include "designer/inspector/expressionmarks.h"

#include "designer/style/applicationstyle.h"
#include "model/expression/expressiontemplate.h"
#include "model/expression/scriptsyntax.h"
#include "model/expression/scripttokens.h"

#include <algorithm>
#include <QCoreApplication>

namespace automation {

namespace {

constexpr qsizetype longestText = 20'000;

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(automation::ExpressionMarks)
};

} // namespace

const ExpressionMarks::Pill *ExpressionMarks::pillAt(qsizetype cursor) const
{
    const auto found = std::find_if(pills.begin(), pills.end(),
        [cursor](const Pill &pill) { return cursor >= pill.start + 2 && cursor <= pill.start + pill.length - 2; });
    return found == pills.end() ? nullptr : &*found;
}

ExpressionMarks expressionMarks(const QString &text)
{
    ExpressionMarks marks;
    if (text.size() > longestText || !ExpressionTemplate::mayHaveExpressions(text))
        return marks;
    const ExpressionTemplate parts(text);
    for (const TemplatePart &part : parts.parts()) {
        if (!part.isExpression)
            continue;
        marks.pills.append({part.start, part.length, part.scriptStart, part.scriptLength});
        const QStringView script = parts.script(part);
        std::optional<ScriptProblem> problem = checkScript(script);
        if (!problem)
            problem = checkScriptSyntax(script);
        if (!problem)
            continue;
        // What is missing at the end is shown at the braces, as there is nothing else to underline.
        const qsizetype start = std::clamp<qsizetype>(problem->offset, 0, script.size());
        const qsizetype length
            = std::clamp<qsizetype>(problem->length, 1, std::max<qsizetype>(script.size() - start, 2));
        marks.faults.append({part.scriptStart + start, length, problem->message});
    }
    if (parts.unclosedAt() >= 0) {
        const qsizetype end = text.indexOf(u'\n', parts.unclosedAt());
        marks.faults.append({parts.unclosedAt(), (end < 0 ? text.size() : end) - parts.unclosedAt(),
            Text::tr("The closing braces, }}, are missing.")});
    }
    return marks;
}

std::optional<std::pair<qsizetype, qsizetype>> matchingBrackets(
    const QString &text, const ExpressionMarks &marks, qsizetype cursor)
{
    const ExpressionMarks::Pill *pill = marks.pillAt(cursor);
    if (!pill)
        return std::nullopt;
    const QStringView script = QStringView(text).mid(pill->scriptStart, pill->scriptLength);
    QList<qsizetype> open;
    std::optional<std::pair<qsizetype, qsizetype>>
        behind; // of the sign behind the cursor; the one before it is preferred
    const QList<ScriptToken> tokens = scanScript(script);
    for (const ScriptToken &token : tokens) {
        if (token.kind != ScriptToken::Kind::Punctuator)
            continue;
        const QStringView sign = script.mid(token.offset, token.length);
        if (sign == u"(" || sign == u"[" || sign == u"{" || sign == u"${") {
            open.append(pill->scriptStart + token.end() - 1);
        } else if ((sign == u")" || sign == u"]" || sign == u"}") && !open.isEmpty()) {
            const std::pair<qsizetype, qsizetype> pair {open.takeLast(), pill->scriptStart + token.offset};
            const QChar opened = text.at(pair.first);
            const bool fits = (opened == u'(' && sign == u")") || (opened == u'[' && sign == u"]")
                || (opened == u'{' && sign == u"}");
            if (!fits)
                return std::nullopt;
            if (pair.first == cursor - 1 || pair.second == cursor - 1)
                return pair;
            if (pair.first == cursor || pair.second == cursor)
                behind = pair;
        }
    }
    return behind;
}

namespace ExpressionLook {

QTextCharFormat script(const QFont &base)
{
    QTextCharFormat format;
    const QFont mono = Theme::monospaceFont();
    format.setFontFamilies(mono.families().isEmpty() ? QStringList {mono.family()} : mono.families());
    format.setFontFixedPitch(true);
    // Fixed-pitch letters look larger than others of the same size.
    format.setFontPointSize(base.pointSizeF() * 0.9);
    format.setForeground(currentTheme().pillText);
    return format;
}

QTextCharFormat braces(const QFont &base)
{
    QTextCharFormat format = script(base);
    format.setFontPointSize(base.pointSizeF() * 0.66);
    QColor dim = currentTheme().pillText;
    dim.setAlphaF(0.38F);
    format.setForeground(dim);
    return format;
}

QTextCharFormat fault(QTextCharFormat of)
{
    of.setUnderlineStyle(QTextCharFormat::WaveUnderline);
    of.setUnderlineColor(currentTheme().error);
    return of;
}

QTextCharFormat bracket(QTextCharFormat of)
{
    QColor back = currentTheme().strongLine;
    back.setAlpha(254); // see ExpressionLineEdit
    of.setBackground(back);
    return of;
}

} // namespace ExpressionLook

} // namespace automation
