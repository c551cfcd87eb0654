#include "app/views/jsoncontext.h"

#include <algorithm>
#include <vector>

namespace automation {

namespace {

// A piece of the text; what of it counts in the end is decoded then.
struct Piece
{
    qsizetype start = 0;
    qsizetype end = 0;
};

struct Level
{
    bool isObject = false;
    bool isAfterColon = false;
    Piece key; // last one
    qsizetype index = 0;
    size_t firstKey = 0; // in the list of all
    Piece stepType;
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
        if (!m_levels.empty() && m_levels.back().isObject) {
            if (m_context.isKey)
                lookBehind();
            for (size_t i = m_levels.back().firstKey; i < m_keys.size(); ++i)
                m_context.siblings += decoded(m_keys[i]);
        }
        for (auto level = m_levels.rbegin(); level != m_levels.rend() && m_context.stepType.isEmpty(); ++level)
            m_context.stepType = decoded(level->stepType);
        return m_context;
    }

private:
    // As far as names need.
    QString decoded(const Piece &piece) const
    {
        return QString::fromUtf8(m_text.sliced(piece.start, piece.end - piece.start));
    }

    // From one piece of the text to the next.
    qsizetype next(qsizetype at)
    {
        const char c = m_text.data()[at];
        switch (c) {
        case '{':
        case '[':
            m_levels.emplace_back();
            m_levels.back().isObject = c == '{';
            m_levels.back().firstKey = m_keys.size();
            return at + 1;
        case '}':
        case ']':
            if (!m_levels.empty()) {
                m_keys.resize(m_levels.back().firstKey);
                m_levels.pop_back();
            }
            return at + 1;
        case ':':
            if (!m_levels.empty())
                m_levels.back().isAfterColon = true;
            return at + 1;
        case ',':
            if (!m_levels.empty()) {
                m_levels.back().isAfterColon = false;
                ++m_levels.back().index;
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
        const char *const text = m_text.data();
        const qsizetype size = m_text.size();
        qsizetype at = start;
        while (at < size && text[at] != '"' && text[at] != '\n' && text[at] != '\r')
            at += text[at] == '\\' && at + 1 < size ? 2 : 1;
        at = std::min(at, size);
        *isClosed = at < size && text[at] == '"';
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
            m_context.typed = QString::fromUtf8(m_text.sliced(quote + 1, m_cursor - quote - 1));
            describe();
            qsizetype behind = end + (isClosed ? 1 : 0);
            while (behind < m_text.size() && (m_text[behind] == ' ' || m_text[behind] == '\t'))
                ++behind;
            m_context.hasColon = behind < m_text.size() && m_text[behind] == ':';
            return m_cursor;
        }
        if (!m_levels.empty() && m_levels.back().isObject) {
            Level &level = m_levels.back();
            const Piece piece {quote + 1, end};
            if (!level.isAfterColon) {
                level.key = piece;
                m_keys.push_back(piece);
            } else if (m_text.sliced(level.key.start, level.key.end - level.key.start) == "stepType") {
                level.stepType = piece;
            }
        }
        return end + (isClosed ? 1 : 0);
    }

    void describe()
    {
        for (size_t i = 0; i + 1 < m_levels.size(); ++i) {
            const Level &level = m_levels[i];
            m_context.path += level.isObject ? decoded(level.key) : QString::number(level.index);
        }
        if (m_levels.empty())
            return;
        const Level &level = m_levels.back();
        m_context.isKey = level.isObject && !level.isAfterColon;
        m_context.key = !level.isObject ? QString::number(level.index)
            : level.isAfterColon        ? decoded(level.key)
                                        : QString();
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
                m_context.siblings += QString::fromUtf8(m_text.sliced(at, end - at));
            at = behind;
        }
    }

    const QByteArrayView m_text;
    const qsizetype m_cursor;
    std::vector<Level> m_levels;
    std::vector<Piece> m_keys; // of the objects that are open, the innermost one's last
    JsonContext m_context;
    bool m_isFound = false;
};

} // namespace

JsonContext jsonContextAt(const QByteArray &text, qsizetype cursor)
{
    return Scanner(text, cursor).run();
}

} // namespace automation
