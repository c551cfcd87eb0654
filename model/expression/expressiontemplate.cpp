#include "model/expression/expressiontemplate.h"

#include "model/expression/scripttokens.h"

#include <algorithm>

namespace automation {

ExpressionTemplate::ExpressionTemplate(const QString &text, qsizetype mostExpressions)
    : m_text(text)
{
    qsizetype literalStart = 0;
    const auto addLiteral = [&](qsizetype end) {
        if (end > literalStart)
            m_parts.append({false, literalStart, end - literalStart, 0, 0});
    };
    qsizetype open = m_text.indexOf(u"{{");
    if (open >= 0)
        m_parts.reserve(4); // as many as most texts have
    qsizetype count = 0;
    while (open >= 0) {
        if (++count > mostExpressions) {
            m_isCut = true;
            break;
        }
        while (open + 2 < m_text.size() && m_text[open + 2] == u'{')
            ++open;
        const qsizetype scriptStart = open + 2;
        // An unpaired quote would swallow the rest of the text: then the next braces close the script, whose syntax
        // error says what is wrong. The scan looks no further than a script may reach, so that a text full of opening
        // braces costs no more than its length times a constant.
        const qsizetype reach = scriptStart + 2 * maxScriptLength;
        qsizetype close = findScriptEnd(QStringView(m_text).left(std::min(reach, m_text.size())), scriptStart);
        if (close < 0)
            close = m_text.indexOf(u"}}", scriptStart);
        if (close < 0) {
            m_unclosedAt = open;
            break;
        }
        addLiteral(open);
        m_parts.append({true, open, close + 2 - open, scriptStart, close - scriptStart});
        literalStart = close + 2;
        open = m_text.indexOf(u"{{", literalStart);
    }
    addLiteral(m_text.size());
}

bool ExpressionTemplate::hasExpressions() const
{
    return std::any_of(m_parts.begin(), m_parts.end(), [](const TemplatePart &part) { return part.isExpression; });
}

QStringView ExpressionTemplate::script(const TemplatePart &part) const
{
    return part.isExpression ? QStringView(m_text).mid(part.scriptStart, part.scriptLength) : QStringView();
}

} // namespace automation
