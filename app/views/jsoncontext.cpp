#include "app/views/jsoncontext.h"

#include <algorithm>
#include <QList>

namespace automation {

namespace {

struct Level
{
    bool isObject = false;
    bool isAfterColon = false;
    QString key; // last one, decoded as far as names need
    qsizetype index = 0;
    QStringList keys;
    QString stepType;
};

class Scanner
{
public:
    Scanner(const QByteArray &text, qsizetype cursor)
        : m_text(text)
        , m_cursor(std::min(cursor, text.size()))
    {
    }

    JsonContext run()
    {
        qsizetype at = 0;
        while (at < m_cursor && !m_isFound)
            at = next(at);
        if (!m_isFound) {
            m_context.start = m_context.end = m_cursor;
            describe();
        }
        if (!m_levels.isEmpty() && m_levels.last().isObject) {
            if (m_context.isKey)
                lookBehind();
            m_context.siblings += m_levels.last().keys;
        }
        for (auto level = m_levels.rbegin(); level != m_levels.rend() && m_context.stepType.isEmpty(); ++level)
            m_context.stepType = level->stepType;
        return m_context;
    }

private:
    // From one piece of the text to the next.
    qsizetype next(qsizetype at)
    {
        const char c = m_text[at];
        switch (c) {
        case '{':
        case '[':
            m_levels += Level();
            m_levels.last().isObject = c == '{';
            return at + 1;
        case '}':
        case ']':
            if (!m_levels.isEmpty())
                m_levels.removeLast();
            return at + 1;
        case ':':
            if (!m_levels.isEmpty())
                m_levels.last().isAfterColon = true;
            return at + 1;
        case ',':
            if (!m_levels.isEmpty()) {
                m_levels.last().isAfterColon = false;
                ++m_levels.last().index;
            }
            return at + 1;
        case '"':
            return literal(at);
        default:
            return at + 1;
        }
    }

    // No text literal goes over a line end: one that is left open ends there.
    qsizetype endOf(qsizetype start, bool *isClosed) const
    {
        qsizetype at = start;
        while (at < m_text.size() && m_text[at] != '"' && m_text[at] != '\n' && m_text[at] != '\r')
            at += m_text[at] == '\\' && at + 1 < m_text.size() ? 2 : 1;
        at = std::min(at, m_text.size());
        *isClosed = at < m_text.size() && m_text[at] == '"';
        return at;
    }

    qsizetype literal(qsizetype quote)
    {
        bool isClosed = false;
        const qsizetype end = endOf(quote + 1, &isClosed);
        if (m_cursor <= end) {
            m_isFound = true;
            m_context.isInString = true;
            m_context.start = quote + 1;
            m_context.end = end;
            // What follows on the line is not meant to be in it.
            while (
                !isClosed && m_context.end > m_cursor && QByteArrayView(" \t,]}").contains(m_text[m_context.end - 1]))
                --m_context.end;
            m_context.isClosed = isClosed;
            m_context.typed = QString::fromUtf8(m_text.mid(quote + 1, m_cursor - quote - 1));
            describe();
            qsizetype behind = end + (isClosed ? 1 : 0);
            while (behind < m_text.size() && (m_text[behind] == ' ' || m_text[behind] == '\t'))
                ++behind;
            m_context.hasColon = behind < m_text.size() && m_text[behind] == ':';
            return m_cursor;
        }
        if (!m_levels.isEmpty() && m_levels.last().isObject) {
            Level &level = m_levels.last();
            const QString text = QString::fromUtf8(m_text.mid(quote + 1, end - quote - 1));
            if (!level.isAfterColon) {
                level.key = text;
                level.keys += text;
            } else if (level.key == u"stepType") {
                level.stepType = text;
            }
        }
        return end + (isClosed ? 1 : 0);
    }

    void describe()
    {
        for (qsizetype i = 0; i + 1 < m_levels.size(); ++i) {
            const Level &level = m_levels.at(i);
            m_context.path += level.isObject ? level.key : QString::number(level.index);
        }
        if (m_levels.isEmpty())
            return;
        const Level &level = m_levels.last();
        m_context.isKey = level.isObject && !level.isAfterColon;
        m_context.key = !level.isObject ? QString::number(level.index) : level.isAfterColon ? level.key : QString();
    }

    // The names of members that follow in the same object.
    void lookBehind()
    {
        int depth = 0;
        qsizetype at = m_context.isInString ? m_context.end + (m_context.isClosed ? 1 : 0) : m_cursor;
        while (at < m_text.size() && depth >= 0) {
            const char c = m_text[at++];
            depth += c == '{' || c == '[';
            depth -= c == '}' || c == ']';
            if (c != '"')
                continue;
            bool isClosed = false;
            const qsizetype end = endOf(at, &isClosed);
            qsizetype behind = end + (isClosed ? 1 : 0);
            while (behind < m_text.size() && (m_text[behind] == ' ' || m_text[behind] == '\t'))
                ++behind;
            // Whether a comma stands before it is still to come.
            if (depth == 0 && behind < m_text.size() && m_text[behind] == ':')
                m_context.siblings += QString::fromUtf8(m_text.mid(at, end - at));
            at = behind;
        }
    }

    const QByteArray &m_text;
    qsizetype m_cursor;
    QList<Level> m_levels;
    JsonContext m_context;
    bool m_isFound = false;
};

} // namespace

JsonContext jsonContextAt(const QByteArray &text, qsizetype cursor)
{
    return Scanner(text, cursor).run();
}

} // namespace automation
