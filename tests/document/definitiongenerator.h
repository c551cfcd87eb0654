#pragma once

#include "model/json/jsonvalue.h"
#include "random.h"

#include <QStringList>

namespace automation {

// Choices of a random case.
class Chance
{
public:
    explicit Chance(Random &random)
        : m_random(random)
    {
    }
    int below(qsizetype limit) { return limit < 1 ? 0 : m_random.below(int(limit)); }
    bool once(int of) { return below(of) == 0; }
    template <typename T> const T &from(const QList<T> &list) { return list.at(below(list.size())); }
    Random &random() { return m_random; }

private:
    Random &m_random;
};

// Small definitions as they come from people and programs, sensible and odd ones: nested "do", duplicate, missing and
// strange ids, dangling targets, unknown types, members of the wrong type, members that stand twice, several outcomes.
class DefinitionGenerator
{
public:
    explicit DefinitionGenerator(Chance &chance)
        : m_chance(chance)
    {
    }

    JsonValue definition(); // 0 to 12 steps at the outermost level
    JsonValue step(int depth);
    QString id(); // of a few that steps have, sometimes of none
    QString script();

private:
    JsonValue inputs();
    JsonValue outputs();
    JsonValue selection();
    JsonValue sequences(int depth);
    JsonValue anything(int depth);

    Chance &m_chance;
    int m_left = 24; // steps, nested ones included
};

// The value as text in a random layout: indentation, line ends, blanks, escapes, byte order mark, final line end.
QByteArray oddlyWritten(const JsonValue &value, Chance &chance);

} // namespace automation
