#include "model/definition/duration.h"

#include "model/definition/definitiongraph.h"

#include <QCoreApplication>
#include <QStringList>

namespace automation {

namespace {

constexpr qint64 secondsOfDay = 24 * 60 * 60;
constexpr qint64 mostDays = 10'675'199;

// Digits only: QString::toInt would also take signs and blanks.
std::optional<qint64> digits(QStringView text, qint64 most)
{
    if (text.isEmpty() || text.size() > 9)
        return std::nullopt;
    qint64 value = 0;
    for (const QChar c : text) {
        if (c < u'0' || c > u'9')
            return std::nullopt;
        value = value * 10 + (c.unicode() - u'0');
    }
    return value <= most ? std::optional(value) : std::nullopt;
}

QString words(qint64 count, const char *one, const char *several)
{
    if (count == 1)
        return QCoreApplication::translate("Duration", one);
    return QCoreApplication::translate("Duration", several).arg(count);
}

} // namespace

bool isDayCount(QStringView duration)
{
    return digits(duration.trimmed(), mostDays).has_value();
}

std::optional<qint64> durationSeconds(QStringView duration)
{
    QStringView rest = duration.trimmed();
    if (const auto days = digits(rest, mostDays))
        return *days * secondsOfDay;
    qint64 seconds = 0;
    if (const qsizetype dot = rest.indexOf(u'.'); dot >= 0 && dot < rest.indexOf(u':')) {
        const auto days = digits(rest.first(dot), mostDays - 1);
        if (!days)
            return std::nullopt;
        seconds = *days * secondsOfDay;
        rest = rest.sliced(dot + 1);
    }
    static constexpr qint64 limits[] = {23, 59, 59};
    static constexpr qint64 units[] = {3600, 60, 1};
    for (int parts = 0; parts < 3; ++parts) {
        const qsizetype colon = rest.indexOf(u':');
        const QStringView part = colon < 0 ? rest : rest.first(colon);
        const auto value = part.size() <= 2 ? digits(part, limits[parts]) : std::nullopt;
        if (!value)
            return std::nullopt;
        seconds += *value * units[parts];
        if (colon < 0)
            return parts > 0 ? std::optional(seconds) : std::nullopt;
        rest = rest.sliced(colon + 1);
    }
    return std::nullopt;
}

QString durationText(qint64 seconds)
{
    const qint64 all = qBound<qint64>(0, seconds, mostDays * secondsOfDay - 1);
    const auto twoDigits = [](qint64 value) { return QString::number(value).rightJustified(2, u'0'); };
    return QString::number(all / secondsOfDay) + u'.' + twoDigits(all / 3600 % 24) + u':' + twoDigits(all / 60 % 60)
        + u':' + twoDigits(all % 60);
}

QString secondsInWords(qint64 seconds)
{
    QStringList parts;
    if (const qint64 days = seconds / secondsOfDay; days > 0)
        parts += words(days, QT_TRANSLATE_NOOP("Duration", "1 day"), QT_TRANSLATE_NOOP("Duration", "%1 days"));
    if (const qint64 hours = seconds / 3600 % 24; hours > 0)
        parts += words(hours, QT_TRANSLATE_NOOP("Duration", "1 hour"), QT_TRANSLATE_NOOP("Duration", "%1 hours"));
    if (const qint64 minutes = seconds / 60 % 60; minutes > 0)
        parts += words(minutes, QT_TRANSLATE_NOOP("Duration", "1 minute"), QT_TRANSLATE_NOOP("Duration", "%1 minutes"));
    if (const qint64 rest = seconds % 60; rest > 0 || parts.isEmpty())
        parts += words(rest, QT_TRANSLATE_NOOP("Duration", "1 second"), QT_TRANSLATE_NOOP("Duration", "%1 seconds"));
    return parts.join(u' ');
}

QString durationInWords(QStringView duration)
{
    const auto seconds = durationSeconds(duration);
    return seconds ? secondsInWords(*seconds) : QString();
}

} // namespace automation
