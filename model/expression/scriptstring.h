#pragma once

#include <JavaScriptCore/JavaScript.h>
#include <QString>
#include <utility>

namespace automation {

// Owns one text of the script engine.
class ScriptString
{
public:
    explicit ScriptString(JSStringRef taken)
        : m_string(taken)
    {
    }
    explicit ScriptString(const QString &text)
        : m_string(JSStringCreateWithCharacters(
            reinterpret_cast<const JSChar *>(text.utf16()), static_cast<size_t>(text.size())))
    {
    }
    explicit ScriptString(const char *utf8)
        : m_string(JSStringCreateWithUTF8CString(utf8))
    {
    }
    ~ScriptString()
    {
        if (m_string)
            JSStringRelease(m_string);
    }
    ScriptString(const ScriptString &) = delete;
    ScriptString &operator=(const ScriptString &) = delete;

    JSStringRef get() const { return m_string; }
    bool isNull() const { return !m_string; }
    qsizetype length() const { return m_string ? static_cast<qsizetype>(JSStringGetLength(m_string)) : 0; }
    QString toQString(qsizetype maxLength = -1) const
    {
        if (!m_string)
            return {};
        const qsizetype wanted = maxLength < 0 ? length() : qMin(maxLength, length());
        return QString(reinterpret_cast<const QChar *>(JSStringGetCharactersPtr(m_string)), wanted);
    }

private:
    JSStringRef m_string;
};

} // namespace automation
