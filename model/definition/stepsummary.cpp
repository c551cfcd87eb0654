#include "model/definition/conditionreading.h"
#include "model/definition/definitiongraph.h"

#include <algorithm>

namespace automation {

namespace {

using Style = SummaryPiece::Style;

// One line of a card shows far less; this keeps a text of megabytes out of the drawing.
constexpr qsizetype longestText = 300;

QString oneLine(QStringView text)
{
    QString line = text.first(qMin(text.size(), longestText)).toString();
    // Nearly every text is a line of words as it is.
    const auto isSpace = [](QChar c) { return c == u' '; };
    const bool isPlain = std::all_of(line.cbegin(), line.cend(), [](QChar c) { return c > u'\x1f' && c < u'\x7f'; });
    if (isPlain && (line.isEmpty() || (!isSpace(line.front()) && !isSpace(line.back())))
        && std::adjacent_find(line.cbegin(), line.cend(), [&](QChar a, QChar b) { return isSpace(a) && isSpace(b); })
            == line.cend())
        return line;
    for (QChar &c : line) {
        if (c.category() == QChar::Other_Control)
            c = u' ';
    }
    return line.simplified();
}

void add(Summary *summary, Style style, const QString &text)
{
    if (text.isEmpty())
        return;
    if (!summary->isEmpty() && summary->last().style == style)
        summary->last().text += text;
    else
        summary->append({style, text});
}

// A text with its expressions set apart.
void addText(Summary *summary, Style style, QStringView text)
{
    const QString line = oneLine(text.trimmed());
    qsizetype position = 0;
    while (position < line.size()) {
        const qsizetype open = line.indexOf(u"{{", position);
        const qsizetype close = open < 0 ? -1 : line.indexOf(u"}}", open + 2);
        if (close < 0) {
            add(summary, style, line.mid(position));
            return;
        }
        add(summary, style, line.mid(position, open - position));
        add(summary, Style::Expression, line.mid(open + 2, close - open - 2).trimmed());
        position = close + 2;
    }
}

class SummaryWriter
{
public:
    SummaryWriter(const GraphNode &node, const WorkflowDefinition &definition)
        : m_node(node)
        , m_definition(definition)
    {
        if (const JsonValue *json = node.isTrigger ? nullptr : node.pointer.resolve(definition.root()))
            m_step = StepView(*json);
    }

    Summary write() const
    {
        if (!m_node.type)
            return {};
        for (const QStringView alternative : QStringView(m_node.type->summary).tokenize(u'|')) {
            Summary summary;
            if (fill(alternative, &summary))
                return summary;
        }
        return {};
    }

    bool hasAny() const
    {
        if (!m_node.type)
            return false;
        for (const QStringView alternative : QStringView(m_node.type->summary).tokenize(u'|')) {
            if (isWhole(alternative))
                return true;
        }
        return false;
    }

private:
    // Whether all inputs are there that it names.
    bool isWhole(QStringView alternative) const
    {
        for (qsizetype open = alternative.indexOf(u'{'); open >= 0; open = alternative.indexOf(u'{', open + 1)) {
            const qsizetype close = alternative.indexOf(u'}', open);
            if (close < 0)
                break;
            const QStringView placeholder = alternative.sliced(open + 1, close - open - 1);
            const qsizetype colon = placeholder.indexOf(u':');
            const QStringView name = colon < 0 ? placeholder : placeholder.first(colon);
            if (name == u"subject" ? sharedSubject().isEmpty() : inputText(name).trimmed().isEmpty())
                return false;
        }
        return !alternative.isEmpty();
    }

    // False when one of the inputs it names is not there.
    bool fill(QStringView alternative, Summary *summary) const
    {
        qsizetype position = 0;
        while (position < alternative.size()) {
            const qsizetype open = alternative.indexOf(u'{', position);
            const qsizetype close = open < 0 ? -1 : alternative.indexOf(u'}', open);
            if (close < 0)
                break;
            add(summary, Style::Plain, alternative.sliced(position, open - position).toString());
            if (!insert(alternative.sliced(open + 1, close - open - 1), summary))
                return false;
            position = close + 1;
        }
        add(summary, Style::Plain, alternative.sliced(position).toString());
        return true;
    }

    bool insert(QStringView placeholder, Summary *summary) const
    {
        const qsizetype colon = placeholder.indexOf(u':');
        const QStringView name = colon < 0 ? placeholder : placeholder.first(colon);
        const QStringView form = colon < 0 ? QStringView() : placeholder.sliced(colon + 1);
        if (name == u"subject") {
            const QString subject = sharedSubject();
            add(summary, Style::Expression, oneLine(subject));
            return !subject.isEmpty();
        }
        const QString text = inputText(name);
        if (text.trimmed().isEmpty())
            return false;
        if (form == u"duration") {
            const QString words = durationInWords(text);
            addText(summary, Style::Value, words.isEmpty() ? text : words);
        } else {
            addText(summary, form == u"value" ? Style::Value : Style::Plain, text);
        }
        return true;
    }

    QString inputText(QStringView name) const
    {
        if (m_node.isTrigger)
            return name == u"subAccountId" ? m_definition.subAccountId() : QString();
        const JsonValue *value = &m_step.input(name);
        const InputField *field = m_node.type->input(name);
        if (value->isNull() && field)
            value = &field->defaultValue;
        return value->isNumber() ? QString::fromLatin1(value->numberLexeme()) : value->toString();
    }

    // What all conditions look at; empty when they differ.
    QString sharedSubject() const
    {
        QString subject;
        for (const Outcome &outcome : m_node.outcomes) {
            if (outcome.kind != Outcome::Kind::Condition)
                continue;
            const QString other = readCondition(outcome.expression).subject;
            if (other.isEmpty() || (!subject.isEmpty() && other != subject))
                return {};
            subject = other;
        }
        return subject;
    }

    const GraphNode &m_node;
    const WorkflowDefinition &m_definition;
    StepView m_step;
};

} // namespace

Summary summarise(const GraphNode &node, const WorkflowDefinition &definition)
{
    return SummaryWriter(node, definition).write();
}

bool hasSummary(const GraphNode &node, const WorkflowDefinition &definition)
{
    return SummaryWriter(node, definition).hasAny();
}

} // namespace automation
