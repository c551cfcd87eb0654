#include "model/sandbox/timetext.h"

#include <QDateTime>
#include <QRegularExpression>
#include <QTimeZone>

using namespace Qt::StringLiterals;

namespace automation {

QString isoTime(qint64 time)
{
    QString text = QDateTime::fromMSecsSinceEpoch(time, Qt::UTC).toString(u"yyyy-MM-ddTHH:mm:ss"_s);
    const auto fraction = static_cast<int>(((time % 1000) + 1000) % 1000);
    if (fraction != 0) {
        QString digits = u"%1"_s.arg(fraction, 3, 10, QLatin1Char('0'));
        while (digits.endsWith(QLatin1Char('0')))
            digits.chop(1);
        text += QLatin1Char('.') + digits;
    }
    return text + QLatin1Char('Z');
}

std::optional<qint64> readTime(const QString &text)
{
    QDateTime time = QDateTime::fromString(text.trimmed(), Qt::ISODateWithMs);
    if (!time.isValid())
        return std::nullopt;
    if (time.timeSpec() == Qt::LocalTime)
        time.setTimeSpec(Qt::UTC);
    return time.toMSecsSinceEpoch();
}

std::optional<qint64> readDuration(const QString &text)
{
    constexpr qint64 maximumDays = 10'675'199;
    constexpr qint64 second = 1000;
    constexpr qint64 day = 24 * 60 * 60 * second;
    static const QRegularExpression clockForm(
        u"\\A(?:([0-9]{1,8})\\.)?([0-9]{1,2}):([0-9]{1,2})(?::([0-9]{1,2}))?\\z"_s);
    static const QRegularExpression dayForm(u"\\A[0-9]{1,8}\\z"_s);

    const QString trimmed = text.trimmed();
    qint64 days = 0;
    qint64 rest = 0;
    if (dayForm.match(trimmed).hasMatch()) {
        days = trimmed.toLongLong();
    } else {
        const QRegularExpressionMatch match = clockForm.match(trimmed);
        if (!match.hasMatch())
            return std::nullopt;
        days = match.captured(1).toLongLong();
        const qint64 hours = match.captured(2).toLongLong();
        const qint64 minutes = match.captured(3).toLongLong();
        const qint64 seconds = match.captured(4).toLongLong();
        if (hours > 23 || minutes > 59 || seconds > 59)
            return std::nullopt;
        rest = ((hours * 60 + minutes) * 60 + seconds) * second;
    }
    const qint64 total = days * day + rest;
    if (total > maximumDays * day)
        return std::nullopt;
    return total;
}

} // namespace automation
