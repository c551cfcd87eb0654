#include "caserunner.h"

#include <cstdio>

namespace automation {

namespace {

// Neighbouring cases get unrelated sequences (the finaliser of SplitMix64).
quint64 seedOfCase(quint64 run, quint64 index)
{
    quint64 x = run + (index + 1) * 0x9E3779B97F4A7C15u;
    x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9u;
    x = (x ^ (x >> 27)) * 0x94D049BB133111EBu;
    return x ^ (x >> 31);
}

std::optional<qint64> numberFrom(const char *variable)
{
    bool ok = false;
    const qint64 number = qEnvironmentVariable(variable).toLongLong(&ok);
    return ok && number >= 0 ? std::optional(number) : std::nullopt;
}

} // namespace

quint64 runSeed()
{
    static const quint64 seed = [] {
        if (const auto given = numberFrom("AUTOMATION_SEED"))
            return static_cast<quint64>(*given);
        return static_cast<quint64>(std::random_device()());
    }();
    return seed;
}

qint64 caseCount(qint64 usual)
{
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    constexpr qint64 slowness = 10; // what a sanitizer looks for shows in fewer cases
#else
    constexpr qint64 slowness = 1;
#endif
    return numberFrom("AUTOMATION_CASES").value_or(usual / slowness);
}

QString runCases(const char *name, qint64 usual, const Law &law)
{
    const quint64 seed = runSeed();
    const std::optional<qint64> single = numberFrom("AUTOMATION_CASE");
    const qint64 first = single.value_or(0);
    const qint64 end = single ? first + 1 : caseCount(usual);
    // Before the first case: a crash must not hide the seed.
    std::printf("LAW    : %s: %lld cases, AUTOMATION_SEED=%llu\n", name, static_cast<long long>(end - first),
        static_cast<unsigned long long>(seed));
    std::fflush(stdout);
    for (qint64 i = first; i < end; ++i) {
        Random random(seedOfCase(seed, static_cast<quint64>(i)));
        if (const std::optional<QString> failure = law(random)) {
            return QStringLiteral("%1: %2\nRepeat with AUTOMATION_SEED=%3 AUTOMATION_CASE=%4")
                .arg(QLatin1StringView(name), *failure)
                .arg(seed)
                .arg(i);
        }
    }
    return {};
}

} // namespace automation
