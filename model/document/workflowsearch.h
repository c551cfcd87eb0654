#pragma once

#include "model/definition/definitiongraph.h"

#include <functional>
#include <QRegularExpression>

namespace automation {

// What is looked for in definitions, where, and what comes instead. Value type.
struct SearchQuery
{
    QString text;
    QString replacement; // of a regular expression, \1 to \9 and \0 stand for what was found, \n and \t for themselves
    bool matchesCase = false;
    bool wholeWords = false;
    bool isRegularExpression = false;
    bool inIds = true; // of steps
    bool inTexts = true; // what people read: the workflow's name and messages, outside of {{…}}
    bool inExpressions = true; // {{…}} and conditions
    bool inValues = true; // all else: URLs, numbers, names of outputs, headers and members of a body
};

// A query ready for use. Value type, reentrant.
class SearchPattern
{
public:
    // InvalidArgument for an empty text or a regular expression with a mistake, with the place.
    static Result<SearchPattern> compile(const SearchQuery &query);

    struct Match
    {
        qsizetype start = 0; // UTF-16 units
        qsizetype length = 0;
        QString replacement;
    };
    // From left to right, none overlapping, none empty. Ends early where a regular expression takes too long.
    QList<Match> matches(const QString &text) const;
    const SearchQuery &query() const { return m_query; }

private:
    QString replacementFor(const QRegularExpressionMatch &match) const;

    SearchQuery m_query;
    QRegularExpression m_expression;
};

// One place where a query was found. Value type.
struct SearchHit
{
    enum class Kind { Id, Text, Expression, Value };
    Kind kind = Kind::Value;
    QString stepKey; // GraphNode::key; empty = the workflow itself
    QString stepId;
    JsonPointer place; // in the root
    bool isName = false; // the name of the member at place, not its value
    QString subject; // the whole text it was found in; of a number as written
    qsizetype start = 0; // UTF-16 units in subject
    qsizetype length = 0;
    QString replacement;
};

// All hits in file order, at most mostHits. An id is found where its step stands, and where a connection leads to no
// step; connections follow an id by themselves. goOn is asked now and then; false ends the search with what was found.
// Pure function, any thread.
QList<SearchHit> findInDefinition(const WorkflowDefinition &definition, const DefinitionGraph &graph,
    const SearchPattern &pattern, qsizetype mostHits, const std::function<bool()> &goOn = {});

} // namespace automation
