#include "model/expression/scriptfunctions.h"

#include "model/expression/timezones.h"

#include <phonenumbers/phonenumberutil.h>

#include <list>
#include <QCoreApplication>
#include <QDateTime>
#include <QHash>
#include <QUuid>
#include <string>

using namespace Qt::Literals::StringLiterals;

namespace automation::scriptfunctions {

namespace {

using i18n::phonenumbers::PhoneNumber;
using i18n::phonenumbers::PhoneNumberUtil;

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(automation::ScriptFunctions)
};

Error failure(const QString &message)
{
    return {ErrorCode::Expression, message};
}

Result<QDateTime> readTimestamp(const Argument &text, QLatin1StringView function)
{
    if (!text)
        return failure(Text::tr("%1: the timestamp is missing").arg(function));
    QDateTime time = QDateTime::fromString(text->trimmed(), Qt::ISODateWithMs);
    if (!time.isValid()) {
        return failure(Text::tr("%1: “%2” is no date or time in ISO 8601 form").arg(function, text->left(80)));
    }
    if (time.timeSpec() == Qt::LocalTime)
        time.setTimeSpec(Qt::UTC);
    return time;
}

Result<QTime> readTimeOfDay(const Argument &text, QLatin1StringView argument)
{
    const QString value = text.value_or(QString()).trimmed();
    for (const auto &format : {u"HH:mm:ss"_s, u"HH:mm"_s}) {
        const QTime time = QTime::fromString(value, format);
        if (time.isValid())
            return time;
    }
    return failure(Text::tr("isTimeOfDayBetween: %1 “%2” is no time of day (HH:mm:ss)").arg(argument, value.left(80)));
}

int dayNumber(const QString &name)
{
    static const QHash<QString, int> days {{u"monday"_s, 1}, {u"tuesday"_s, 2}, {u"wednesday"_s, 3}, {u"thursday"_s, 4},
        {u"friday"_s, 5}, {u"saturday"_s, 6}, {u"sunday"_s, 7}};
    return days.value(name.trimmed().toLower(), 0);
}

} // namespace

void prepare()
{
    PhoneNumberUtil::GetInstance();
    (void)timeZoneById(u"Singapore Standard Time"_s).standardTimeOffset(QDateTime::currentDateTimeUtc());
}

Result<bool> isCountryCode(const Argument &phoneNumber, const Argument &countryCode)
{
    if (!countryCode)
        return failure(Text::tr("isCountryCode: the country code is missing"));
    if (!phoneNumber)
        return false;
    const QString trimmed = phoneNumber->trimmed();
    const std::string digits = (trimmed.startsWith(u'+') ? trimmed : u'+' + trimmed).toStdString();
    const std::string country = countryCode->trimmed().toUpper().toStdString();

    const PhoneNumberUtil &phones = *PhoneNumberUtil::GetInstance();
    PhoneNumber number;
    if (phones.Parse(digits, "ZZ", &number) != PhoneNumberUtil::NO_PARSING_ERROR)
        return false;
    if (phones.GetCountryCodeForRegion(country) != number.country_code())
        return false;
    std::string region;
    phones.GetRegionCodeForNumber(number, &region);
    if (region == country || region == "ZZ")
        return true;
    std::list<std::string> regions; // the main one stands first
    phones.GetRegionCodesForCountryCallingCode(number.country_code(), &regions);
    return !regions.empty() && regions.front() == country;
}

bool stringContains(const Argument &source, const Argument &value, bool ignoreCase)
{
    if (!source || !value)
        return false;
    return source->contains(*value, ignoreCase ? Qt::CaseInsensitive : Qt::CaseSensitive);
}

Result<bool> isTimeOfDayBetween(
    const Argument &timestamp, const Argument &from, const Argument &to, const Argument &timeZone)
{
    const auto time = readTimestamp(timestamp, "isTimeOfDayBetween"_L1);
    if (!time)
        return time.error();
    const auto first = readTimeOfDay(from, "timeFrom"_L1);
    if (!first)
        return first.error();
    const auto last = readTimeOfDay(to, "timeTo"_L1);
    if (!last)
        return last.error();
    const QTimeZone zone = timeZoneById(timeZone.value_or(QString()));
    if (!zone.isValid()) {
        return failure(
            Text::tr("isTimeOfDayBetween: there is no time zone “%1”").arg(timeZone.value_or(QString()).left(80)));
    }
    const QTime local = time->toTimeZone(zone).time();
    return *first <= *last ? local >= *first && local <= *last : local >= *first || local <= *last;
}

Result<bool> isDayOfWeek(const Argument &timestamp, const Argument &day)
{
    const auto time = readTimestamp(timestamp, "isDayOfWeek"_L1);
    if (!time)
        return time.error();
    const int number = dayNumber(day.value_or(QString()));
    if (number == 0) {
        return failure(Text::tr("isDayOfWeek: “%1” is no English name of a day").arg(day.value_or(QString()).left(80)));
    }
    return time->date().dayOfWeek() == number;
}

QString uuid()
{
    return QUuid::createUuid().toString(QUuid::WithoutBraces);
}

} // namespace automation::scriptfunctions
