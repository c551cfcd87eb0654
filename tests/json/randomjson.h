#pragma once

#include "model/json/jsonvalue.h"

#include <random>

namespace automation {

// Random JSON values, texts and edits for property tests. The same seed gives the same sequence.
class RandomJson
{
public:
    explicit RandomJson(quint32 seed)
        : m_engine(seed)
    {
    }

    int below(int limit) { return static_cast<int>(m_engine() % static_cast<quint32>(limit)); }
    bool chance(int percent) { return below(100) < percent; }

    JsonValue value(int depth);
    // A text that reads back as value, with blanks, escapes and line breaks as careless hands leave them.
    QByteArray text(const JsonValue &value);
    // One change somewhere in the tree.
    void mutate(JsonValue &value);

private:
    QString string();
    QString key();
    QByteArray blanks();
    QByteArray quoted(const QString &string);
    void appendText(QByteArray &out, const JsonValue &value);

    std::mt19937 m_engine;
    int m_blankStyle = 0;
};

} // namespace automation
