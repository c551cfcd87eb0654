#include "model/document/workflowsearch.h"

#include "model/expression/expressiontemplate.h"

#include <QCoreApplication>

namespace automation {

namespace {

constexpr int deepest = 200; // no value a person reads is nested deeper

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(WorkflowSearch)
};

// Goes through a definition and notes the hits.
class Search
{
public:
    Search(const WorkflowDefinition &definition, const DefinitionGraph &graph, const SearchPattern &pattern,
        qsizetype mostHits, const std::function<bool()> &goOn)
        : m_definition(definition)
        , m_graph(graph)
        , m_pattern(pattern)
        , m_mostHits(mostHits)
        , m_goOn(goOn)
    {
    }

    QList<SearchHit> run()
    {
        lookAtWorkflow();
        for (const GraphNode &node : m_graph.nodes()) {
            if (isOver())
                break;
            const JsonValue *step = node.isTrigger ? nullptr : node.pointer.resolve(m_definition.root());
            if (step && step->isObject())
                lookAtStep(node, *step);
        }
        return m_hits;
    }

private:
    using Kind = SearchHit::Kind;

    bool isOver() const { return m_hits.size() >= m_mostHits || (m_goOn && !m_goOn()); }

    bool isWanted(Kind kind) const
    {
        const SearchQuery &query = m_pattern.query();
        switch (kind) {
        case Kind::Id:
            return query.inIds;
        case Kind::Text:
            return query.inTexts;
        case Kind::Expression:
            return query.inExpressions;
        case Kind::Value:
            return query.inValues;
        }
        return false;
    }

    void note(
        Kind kind, const JsonPointer &place, bool isName, const QString &subject, const SearchPattern::Match &match)
    {
        if (!isWanted(kind) || m_hits.size() >= m_mostHits)
            return;
        m_hits.append({kind, m_node ? m_node->key : QString(), m_node ? m_node->id : QString(), place, isName, subject,
            match.start, match.length, match.replacement});
    }

    void lookAt(Kind kind, const JsonPointer &place, bool isName, const QString &subject)
    {
        if (!isWanted(kind))
            return;
        for (const SearchPattern::Match &match : m_pattern.matches(subject))
            note(kind, place, isName, subject, match);
    }

    // What stands in braces is an expression, the rest is of the given kind.
    void lookAtText(Kind literalKind, const JsonPointer &place, const QString &subject)
    {
        const QList<SearchPattern::Match> matches = m_pattern.matches(subject);
        if (matches.isEmpty())
            return;
        const ExpressionTemplate parts(subject);
        for (const SearchPattern::Match &match : matches) {
            Kind kind = literalKind;
            for (const TemplatePart &part : parts.parts()) {
                if (part.isExpression && match.start < part.start + part.length
                    && part.start < match.start + match.length)
                    kind = Kind::Expression;
            }
            note(kind, place, false, subject, match);
        }
    }

    // withNames: the names of members are the person's own.
    void lookAtValue(const JsonValue &value, const JsonPointer &place, Kind kind, bool withNames, int depth = 0)
    {
        if (depth > deepest || isOver())
            return;
        if (value.isString()) {
            lookAtText(kind, place, value.toString());
        } else if (value.isNumber()) {
            lookAt(Kind::Value, place, false, QString::fromLatin1(value.numberLexeme()));
        } else if (value.isBool()) {
            lookAt(Kind::Value, place, false, value.toBool() ? u"true"_qs : u"false"_qs);
        }
        for (qsizetype i = 0; i < value.size(); ++i) {
            if (value.isArray()) {
                lookAtValue(value.at(i), place / i, kind, withNames, depth + 1);
                continue;
            }
            const QString &key = value.keyAt(i);
            if (value.indexOf(key) != i)
                continue; // another member of that name is the one that counts
            if (withNames)
                lookAt(Kind::Value, place / key, true, key);
            lookAtValue(value.at(i), place / key, kind, withNames, depth + 1);
        }
    }

    void lookAtWorkflow()
    {
        const JsonValue &root = m_definition.root();
        for (const bool isInner : {false, true}) {
            const JsonPointer above = isInner ? JsonPointer({u"definition"_qs}) : JsonPointer();
            const JsonValue &members = isInner ? root.value(u"definition") : root;
            for (qsizetype i = 0; i < members.size() && members.isObject(); ++i) {
                const QString &key = members.keyAt(i);
                const JsonValue &value = members.at(i);
                // What names a stored definition is the service's.
                if (value.isArray() || value.isObject() || key == u"id" || key == u"version" || key == u"accountId"
                    || key == u"createdAt" || members.indexOf(key) != i)
                    continue;
                lookAtValue(value, above / key, key == u"name" ? Kind::Text : Kind::Value, false);
            }
        }
    }

    void lookAtStep(const GraphNode &node, const JsonValue &step)
    {
        m_node = &node;
        for (qsizetype i = 0; i < step.size() && !isOver(); ++i) {
            const QString &member = step.keyAt(i);
            const JsonValue &value = step.at(i);
            const JsonPointer place = node.pointer / member;
            if (step.indexOf(member) != i || member == u"stepType" || (member == u"do" && !node.children.isEmpty()))
                continue;
            if (member == u"id") {
                if (value.isString())
                    lookAt(Kind::Id, place, false, value.toString());
            } else if (member == u"nextStepId") {
                if (leadsNowhere(value.toString()))
                    lookAt(Kind::Id, place, false, value.toString());
            } else if (member == u"selectNextStep") {
                lookAtOutcomes(value, place);
            } else if (member == u"inputs" && value.isObject()) {
                lookAtInputs(node, value, place);
            } else {
                lookAtValue(value, place, Kind::Value, member == u"outputs");
            }
        }
        m_node = nullptr;
    }

    bool leadsNowhere(const QString &id) const { return !id.isEmpty() && m_graph.indexOfId(id) < 0; }

    void lookAtOutcomes(const JsonValue &outcomes, const JsonPointer &place)
    {
        for (qsizetype i = 0; i < outcomes.size() && outcomes.isObject(); ++i) {
            const QString &target = outcomes.keyAt(i);
            if (outcomes.indexOf(target) != i)
                continue;
            if (leadsNowhere(target))
                lookAt(Kind::Id, place / target, true, target);
            if (outcomes.at(i).isString())
                lookAt(Kind::Expression, place / target, false, outcomes.at(i).toString());
        }
    }

    void lookAtInputs(const GraphNode &node, const JsonValue &inputs, const JsonPointer &place)
    {
        using Editor = InputField::Editor;
        const bool isMessage = node.type && node.type->category == u"messaging";
        for (qsizetype i = 0; i < inputs.size(); ++i) {
            const QString &key = inputs.keyAt(i);
            if (inputs.indexOf(key) != i)
                continue;
            const InputField *field = node.type ? node.type->input(key) : nullptr;
            const bool isSaid = isMessage
                && (key == u"content" || key == u"params" || (field && field->editor == Editor::MultilineText));
            const bool hasOwnNames = field && (field->editor == Editor::KeyValue || field->editor == Editor::Json);
            lookAtValue(inputs.at(i), place / key, isSaid ? Kind::Text : Kind::Value, hasOwnNames && !isMessage);
        }
    }

    const WorkflowDefinition &m_definition;
    const DefinitionGraph &m_graph;
    const SearchPattern &m_pattern;
    qsizetype m_mostHits;
    const std::function<bool()> &m_goOn;
    const GraphNode *m_node = nullptr;
    QList<SearchHit> m_hits;
};

} // namespace

Result<SearchPattern> SearchPattern::compile(const SearchQuery &query)
{
    if (query.text.isEmpty())
        return Error {ErrorCode::InvalidArgument, Text::tr("There is nothing to look for.")};
    QString expression = query.isRegularExpression ? query.text : QRegularExpression::escape(query.text);
    // Checked alone, so that the message and its place are about what was typed.
    if (const QRegularExpression alone(expression); !alone.isValid()) {
        return Error {ErrorCode::InvalidArgument,
            Text::tr("The regular expression has a mistake at character %1: %2.")
                .arg(alone.patternErrorOffset() + 1)
                .arg(alone.errorString())};
    }
    if (query.wholeWords)
        expression = u"(?<!\\w)(?:"_qs + expression + u")(?!\\w)"_qs;
    SearchPattern pattern;
    pattern.m_query = query;
    // An expression that tries on and on gives up instead.
    pattern.m_expression.setPattern(u"(*LIMIT_MATCH=500000)"_qs + expression);
    pattern.m_expression.setPatternOptions(QRegularExpression::UseUnicodePropertiesOption
        | (query.matchesCase ? QRegularExpression::NoPatternOption : QRegularExpression::CaseInsensitiveOption));
    if (!pattern.m_expression.isValid()) {
        return Error {ErrorCode::InvalidArgument,
            Text::tr("The regular expression cannot be used: %1.").arg(pattern.m_expression.errorString())};
    }
    return pattern;
}

QList<SearchPattern::Match> SearchPattern::matches(const QString &text) const
{
    QList<Match> found;
    // Plain text is looked for faster.
    if (!m_query.isRegularExpression
        && !text.contains(m_query.text, m_query.matchesCase ? Qt::CaseSensitive : Qt::CaseInsensitive))
        return found;
    QRegularExpressionMatchIterator matches = m_expression.globalMatch(text);
    while (matches.hasNext()) {
        const QRegularExpressionMatch match = matches.next();
        if (match.capturedLength() > 0)
            found.append({match.capturedStart(), match.capturedLength(), replacementFor(match)});
    }
    return found;
}

QString SearchPattern::replacementFor(const QRegularExpressionMatch &match) const
{
    const QString &pattern = m_query.replacement;
    if (!m_query.isRegularExpression || !pattern.contains(u'\\'))
        return pattern;
    QString text;
    for (qsizetype i = 0; i < pattern.size(); ++i) {
        const QChar next = pattern.at(i) == u'\\' && i + 1 < pattern.size() ? pattern.at(i + 1) : QChar();
        if (next >= u'0' && next <= u'9')
            text += match.captured(next.unicode() - u'0');
        else if (next == u'n')
            text += u'\n';
        else if (next == u't')
            text += u'\t';
        else if (next == u'\\')
            text += u'\\';
        else {
            text += pattern.at(i);
            continue;
        }
        ++i;
    }
    return text;
}

QList<SearchHit> findInDefinition(const WorkflowDefinition &definition, const DefinitionGraph &graph,
    const SearchPattern &pattern, qsizetype mostHits, const std::function<bool()> &goOn)
{
    return Search(definition, graph, pattern, mostHits, goOn).run();
}

} // namespace automation
