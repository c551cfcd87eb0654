#pragma once

#include "model/json/jsonvalue.h"

#include <QByteArray>
#include <QRandomGenerator>
#include <QStringList>

namespace automation {

// Makes definitions of any size for measurements: chains with branches, joins, waits with loops back and steps inside
// an If, written as people write them, two blanks a level (about 300 bytes a step). The same seed and size give the
// same bytes everywhere. The definitions are free of errors and warnings: every variable is written on all paths before
// it is read, every target exists.
class DefinitionGenerator
{
public:
    explicit DefinitionGenerator(quint32 seed)
        : m_random(seed)
    {
    }

    JsonValue tree(int steps); // about so many, steps inside an If counted; at least 1
    QByteArray text(int steps); // the tree over many lines

private:
    JsonValue step(int index);
    JsonValue message(const QString &id, const JsonValue &next);
    JsonValue request(const QString &id, const JsonValue &next);
    JsonValue branch(const QString &id, int index);
    JsonValue waitForReply(const QString &id, int index);
    JsonValue condition(const QString &id, int index, const JsonValue &next);
    QString variable(); // one that is surely written by now
    QString nameOf(int index) const;
    JsonValue nextOf(int index) const;
    int laterInSection(int index); // a step of the same section after the next one, else the next section's first
    int below(int bound) { return m_random.bounded(bound); }

    QRandomGenerator m_random;
    QStringList m_written; // by the first steps of the sections, through which all paths go
    int m_count = 0;
    int m_made = 0; // with the steps inside others
};

} // namespace automation
