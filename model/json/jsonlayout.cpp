#include "model/json/jsonlayout_p.h"

#include <algorithm>
#include <QHash>

namespace automation {

namespace {

// Beyond this many containers a survey learns nothing new.
constexpr int surveyedContainers = 2000;

// Counts texts; the most frequent one wins, of equally frequent ones the first seen.
class Poll
{
public:
    void vote(QByteArrayView text)
    {
        const QByteArray key = text.toByteArray();
        const auto found = m_index.constFind(key);
        if (found != m_index.cend()) {
            ++m_counts[*found].second;
            return;
        }
        m_index.insert(key, m_counts.size());
        m_counts.append({key, 1});
    }

    QByteArray winner(const QByteArray &fallback) const
    {
        const auto most = std::max_element(
            m_counts.cbegin(), m_counts.cend(), [](const auto &a, const auto &b) { return a.second < b.second; });
        return most == m_counts.cend() ? fallback : most->first;
    }

private:
    QHash<QByteArray, qsizetype> m_index;
    QList<std::pair<QByteArray, int>> m_counts;
};

class Survey
{
public:
    explicit Survey(QByteArrayView text)
        : m_text(text)
    {
    }

    void look(const JsonValue &container, QByteArrayView margin)
    {
        if (container.isEmpty() || ++m_seen > surveyedContainers)
            return;
        const ContainerLayout layout(m_text, container);
        const bool block = hasLineBreak(layout.lead(0));
        if (block) {
            const QByteArrayView inner = marginOf(layout.lead(0));
            if (inner.size() > margin.size() && inner.startsWith(margin))
                m_indent.vote(inner.sliced(margin.size()));
        } else {
            if (container.isObject())
                m_padding.vote(layout.lead(0));
            if (container.size() > 1 && !hasLineBreak(layout.lead(1)))
                m_separator.vote(layout.lead(1));
        }
        for (qsizetype i = 0; i < container.size() && m_seen <= surveyedContainers; ++i) {
            if (hasLineBreak(layout.lead(i)))
                margin = marginOf(layout.lead(i));
            if (container.isObject() && !hasLineBreak(layout.colon(i)))
                m_colon.vote(layout.colon(i));
            look(container.at(i), margin);
        }
    }

    TextLayout result(const JsonValue &root) const
    {
        TextLayout layout;
        const QByteArrayView rootText = m_text.sliced(root.span().start, root.span().end - root.span().start);
        layout.multiLine = hasLineBreak(root.isEmpty() ? m_text : rootText);
        layout.block.newline = newline();
        layout.block.indent = m_indent.winner(layout.block.indent);
        layout.block.colon = m_colon.winner(layout.block.colon);
        layout.oneLine.newline.clear();
        layout.oneLine.colon = layout.block.colon;
        // Where no list tells, blanks after colons speak for blanks after commas.
        const bool compact = !layout.multiLine && layout.oneLine.colon == ":";
        layout.oneLine.inlineComma = "," + m_separator.winner(compact ? "" : " ");
        layout.oneLine.objectPadding = m_padding.winner({});
        return layout;
    }

private:
    QByteArray newline() const
    {
        for (qsizetype i = 0; i < m_text.size(); ++i) {
            if (m_text[i] == '\n')
                return "\n";
            if (m_text[i] == '\r')
                return i + 1 < m_text.size() && m_text[i + 1] == '\n' ? "\r\n" : "\r";
        }
        return "\n";
    }

    QByteArrayView m_text;
    Poll m_indent;
    Poll m_colon;
    Poll m_separator;
    Poll m_padding;
    int m_seen = 0;
};

} // namespace

bool hasLineBreak(QByteArrayView blanks)
{
    return std::any_of(blanks.begin(), blanks.end(), [](char c) { return c == '\n' || c == '\r'; });
}

QByteArrayView marginOf(QByteArrayView blanks)
{
    qsizetype start = blanks.size();
    while (start > 0 && blanks[start - 1] != '\n' && blanks[start - 1] != '\r')
        --start;
    return blanks.sliced(start);
}

qsizetype ContainerLayout::elementStart(qsizetype index) const
{
    return m_container.isObject() ? m_container.keySpanAt(index).start : m_container.at(index).span().start;
}

QByteArrayView ContainerLayout::lead(qsizetype index) const
{
    if (index == 0)
        return slice(m_container.span().start + 1, elementStart(0));
    const qsizetype comma = m_text.indexOf(',', m_container.at(index - 1).span().end);
    return slice(comma + 1, elementStart(index));
}

QByteArrayView ContainerLayout::colon(qsizetype index) const
{
    return slice(m_container.keySpanAt(index).end, m_container.at(index).span().start);
}

QByteArrayView ContainerLayout::trail(qsizetype index) const
{
    if (index + 1 >= m_container.size())
        return {};
    const qsizetype end = m_container.at(index).span().end;
    return slice(end, m_text.indexOf(',', end));
}

QByteArrayView ContainerLayout::tail() const
{
    const qsizetype end = m_container.span().end - 1;
    return m_container.isEmpty() ? slice(m_container.span().start + 1, end)
                                 : slice(m_container.at(m_container.size() - 1).span().end, end);
}

QByteArrayView ContainerLayout::source(qsizetype index) const
{
    const JsonSpan span = m_container.at(index).span();
    return slice(span.start, span.end);
}

QByteArray ContainerLayout::usualLead(const QByteArray &fallback) const
{
    if (m_container.size() == 1 && hasLineBreak(lead(0)))
        return lead(0).toByteArray();
    Poll poll;
    for (qsizetype i = 1; i < m_container.size(); ++i)
        poll.vote(lead(i));
    return poll.winner(fallback);
}

QByteArray ContainerLayout::usualColon(const QByteArray &fallback) const
{
    Poll poll;
    for (qsizetype i = 0; i < m_container.size(); ++i) {
        if (!hasLineBreak(colon(i)))
            poll.vote(colon(i));
    }
    return poll.winner(fallback);
}

QByteArray ContainerLayout::usualTrail() const
{
    Poll poll;
    for (qsizetype i = 0; i + 1 < m_container.size(); ++i)
        poll.vote(trail(i));
    return poll.winner({});
}

TextLayout surveyLayout(QByteArrayView text, const JsonValue &root)
{
    Survey survey(text);
    const QByteArrayView beforeRoot = text.first(root.span().start);
    survey.look(root, hasLineBreak(beforeRoot) ? marginOf(beforeRoot) : QByteArrayView());
    return survey.result(root);
}

} // namespace automation
