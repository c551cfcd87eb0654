#pragma once

#include <QtGlobal>

namespace automation {

// The one source of time behind everything the sandbox does, so that a run can be repeated. Times are milliseconds
// since 1970 UTC. Used on the engine's thread only.
class Clock
{
public:
    virtual ~Clock() = default;
    virtual qint64 now() const = 0;
    // A virtual clock stands still until it is moved.
    virtual bool isVirtual() const = 0;
    // Moves a virtual clock forwards; without effect on a real one or for a time in the past.
    virtual void moveTo(qint64 time) = 0;
};

class RealClock final : public Clock
{
public:
    qint64 now() const override;
    bool isVirtual() const override { return false; }
    void moveTo(qint64) override { }
};

class VirtualClock final : public Clock
{
public:
    explicit VirtualClock(qint64 start)
        : m_now(start)
    {
    }
    qint64 now() const override { return m_now; }
    bool isVirtual() const override { return true; }
    void moveTo(qint64 time) override { m_now = qMax(m_now, time); }

private:
    qint64 m_now;
};

} // namespace automation
