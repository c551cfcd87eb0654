#pragma once

#include <QRandomGenerator>
#include <QString>

namespace automation {

// Where the sandbox takes its identifiers from. Not thread-safe.
class Randomness
{
public:
    virtual ~Randomness() = default;
    virtual quint32 next() = 0;

    QString uuid(); // version 4, lower case, without braces: definitions, log entries, errors, messages
    QString objectId(); // 24 hex digits: workflow instances (API reference §1)
};

// From the operating system: for real use.
class SystemRandomness final : public Randomness
{
public:
    quint32 next() override { return QRandomGenerator::system()->generate(); }
};

// The same sequence for the same seed: for repeatable runs.
class SeededRandomness final : public Randomness
{
public:
    explicit SeededRandomness(quint32 seed)
        : m_generator(seed)
    {
    }
    quint32 next() override { return m_generator.generate(); }

private:
    QRandomGenerator m_generator;
};

} // namespace automation
