#pragma once

#include "model/json/jsonvalue.h"

#include <cstring>

namespace automation {

// Looks at a text where it lies, without a copy; of anything but a text: an empty one. Valid until the next write or
// the end of the value. For rules that ask many texts a short question.
class JsonTextView
{
public:
    explicit JsonTextView(const JsonValue &value)
    {
        const QAnyStringView text = value.toStringView();
        m_size = text.size_bytes();
        text.visit([this](auto view) {
            if constexpr (sizeof(*view.data()) == 1)
                m_narrow = reinterpret_cast<const uchar *>(view.data());
            else
                m_wide = reinterpret_cast<const char16_t *>(view.utf16());
        });
        if (m_wide)
            m_size /= 2;
    }

    qsizetype size() const { return m_size; } // UTF-16 units
    bool isEmpty() const { return m_size == 0; }
    char16_t operator[](qsizetype i) const { return m_wide ? m_wide[i] : m_narrow[i]; }

    qsizetype indexOf(char c, qsizetype from = 0) const // an ASCII character; -1 = none
    {
        if (from >= m_size)
            return -1;
        if (m_wide) {
            const char16_t *found = std::char_traits<char16_t>::find(m_wide + from, size_t(m_size - from), uchar(c));
            return found ? found - m_wide : -1;
        }
        const void *found = std::memchr(m_narrow + from, c, size_t(m_size - from));
        return found ? static_cast<const uchar *>(found) - m_narrow : -1;
    }
    bool contains(char c) const { return indexOf(c) >= 0; }
    bool startsWith(QLatin1StringView start) const
    {
        if (m_size < start.size())
            return false;
        for (qsizetype i = 0; i < start.size(); ++i) {
            if ((*this)[i] != uchar(start[i].toLatin1()))
                return false;
        }
        return true;
    }
    // Whether an expression may begin in it: "{{".
    bool hasBraces() const
    {
        for (qsizetype at = indexOf('{'); at >= 0; at = indexOf('{', at + 1)) {
            if (at + 1 < m_size && (*this)[at + 1] == u'{')
                return true;
        }
        return false;
    }
    bool is(QStringView text) const
    {
        if (m_size != text.size())
            return false;
        if (m_wide)
            return m_size == 0 || std::memcmp(m_wide, text.utf16(), size_t(m_size) * sizeof(char16_t)) == 0;
        for (qsizetype i = 0; i < m_size; ++i) {
            if (m_narrow[i] != text.utf16()[i])
                return false;
        }
        return true;
    }
    // Whether it is that word, with letters small or capital and blanks around it.
    bool isWord(QStringView word) const
    {
        qsizetype first = 0;
        qsizetype end = m_size;
        while (first < end && QChar((*this)[first]).isSpace())
            ++first;
        while (first < end && QChar((*this)[end - 1]).isSpace())
            --end;
        if (end - first != word.size())
            return false;
        for (qsizetype i = 0; i < word.size(); ++i) {
            const char16_t own = (*this)[first + i];
            const char16_t other = word.utf16()[i];
            if (own != other && QChar::toCaseFolded(own) != QChar::toCaseFolded(other))
                return false;
        }
        return true;
    }
    bool isBlank() const // nothing but white space
    {
        for (qsizetype i = 0; i < m_size; ++i) {
            if (!QChar((*this)[i]).isSpace())
                return false;
        }
        return true;
    }

private:
    const uchar *m_narrow = nullptr; // ASCII
    const char16_t *m_wide = nullptr;
    qsizetype m_size = 0;
};

} // namespace automation
