#include "model/expression/timezones.h"

#include <algorithm>
#include <QDateTime>

using namespace Qt::Literals::StringLiterals;

namespace automation {

namespace {

struct Row
{
    const char *id; // Windows id, as the zone data of Qt (CLDR) have it
    const char *places;
};

constexpr Row rows[] = {
    {"AUS Central Standard Time", "Darwin"},
    {"AUS Eastern Standard Time", "Sydney, Melbourne"},
    {"Afghanistan Standard Time", "Kabul"},
    {"Alaskan Standard Time", "Anchorage, Juneau"},
    {"Aleutian Standard Time", "Adak"},
    {"Altai Standard Time", "Barnaul"},
    {"Arab Standard Time", "Riyadh, Aden, Bahrain"},
    {"Arabian Standard Time", "Dubai, Muscat"},
    {"Arabic Standard Time", "Baghdad"},
    {"Argentina Standard Time", "Buenos Aires, Cordoba"},
    {"Astrakhan Standard Time", "Astrakhan, Ulyanovsk"},
    {"Atlantic Standard Time", "Halifax"},
    {"Aus Central W. Standard Time", "Eucla"},
    {"Azerbaijan Standard Time", "Baku"},
    {"Azores Standard Time", "Azores"},
    {"Bahia Standard Time", "Bahia"},
    {"Bangladesh Standard Time", "Dhaka, Thimphu"},
    {"Belarus Standard Time", "Minsk"},
    {"Bougainville Standard Time", "Bougainville"},
    {"Canada Central Standard Time", "Regina, Swift Current"},
    {"Cape Verde Standard Time", "Cape Verde"},
    {"Caucasus Standard Time", "Yerevan"},
    {"Cen. Australia Standard Time", "Adelaide, Broken Hill"},
    {"Central America Standard Time", "Guatemala, Belize, Costa Rica"},
    {"Central Asia Standard Time", "Almaty, Bishkek, Qostanay"},
    {"Central Brazilian Standard Time", "Cuiaba, Campo Grande"},
    {"Central Europe Standard Time", "Belgrade, Budapest, Prague"},
    {"Central European Standard Time", "Warsaw, Sarajevo, Skopje"},
    {"Central Pacific Standard Time", "Guadalcanal, Efate, Kosrae"},
    {"Central Standard Time (Mexico)", "Mexico City, Bahia Banderas, Merida"},
    {"Central Standard Time", "Chicago, Winnipeg"},
    {"Chatham Islands Standard Time", "Chatham Islands"},
    {"China Standard Time", "Beijing, Hong Kong, Macao"},
    {"Cuba Standard Time", "Havana"},
    {"E. Africa Standard Time", "Nairobi, Addis Ababa, Asmara"},
    {"E. Australia Standard Time", "Brisbane"},
    {"E. Europe Standard Time", "Chisinau"},
    {"E. South America Standard Time", "Sao Paulo"},
    {"Easter Island Standard Time", "Easter Island"},
    {"Eastern Standard Time (Mexico)", "Cancun"},
    {"Eastern Standard Time", "New York, Detroit, Toronto"},
    {"Egypt Standard Time", "Cairo"},
    {"Ekaterinburg Standard Time", "Yekaterinburg"},
    {"FLE Standard Time", "Helsinki, Kyiv, Riga, Sofia"},
    {"Fiji Standard Time", "Fiji"},
    {"GMT Standard Time", "London, Dublin, Lisbon"},
    {"GTB Standard Time", "Athens, Bucharest, Nicosia"},
    {"Georgian Standard Time", "Tbilisi"},
    {"Greenwich Standard Time", "Reykjavik, Abidjan, Accra"},
    {"Haiti Standard Time", "Port-au-Prince"},
    {"Hawaiian Standard Time", "Honolulu"},
    {"Iran Standard Time", "Tehran"},
    {"Israel Standard Time", "Jerusalem, Tel Aviv"},
    {"Jordan Standard Time", "Amman"},
    {"Kaliningrad Standard Time", "Kaliningrad"},
    {"Korea Standard Time", "Seoul"},
    {"Libya Standard Time", "Tripoli"},
    {"Line Islands Standard Time", "Kiritimati"},
    {"Lord Howe Standard Time", "Lord Howe"},
    {"Magadan Standard Time", "Magadan"},
    {"Magallanes Standard Time", "Punta Arenas"},
    {"Marquesas Standard Time", "Marquesas"},
    {"Mauritius Standard Time", "Mauritius, Mahe, Reunion"},
    {"Middle East Standard Time", "Beirut"},
    {"Montevideo Standard Time", "Montevideo"},
    {"Morocco Standard Time", "Casablanca, El Aaiun"},
    {"Mountain Standard Time (Mexico)", "Chihuahua, Mazatlan"},
    {"Mountain Standard Time", "Denver, Calgary"},
    {"Myanmar Standard Time", "Yangon, Cocos"},
    {"N. Central Asia Standard Time", "Novosibirsk"},
    {"Namibia Standard Time", "Windhoek"},
    {"New Zealand Standard Time", "Auckland"},
    {"Newfoundland Standard Time", "St. John's"},
    {"Norfolk Standard Time", "Norfolk"},
    {"North Asia East Standard Time", "Irkutsk"},
    {"North Asia Standard Time", "Krasnoyarsk, Novokuznetsk"},
    {"North Korea Standard Time", "Pyongyang"},
    {"Omsk Standard Time", "Omsk"},
    {"Pacific SA Standard Time", "Santiago"},
    {"Pacific Standard Time (Mexico)", "Tijuana, Baja California"},
    {"Pacific Standard Time", "Los Angeles, Vancouver"},
    {"Pakistan Standard Time", "Karachi"},
    {"Paraguay Standard Time", "Asuncion"},
    {"Qyzylorda Standard Time", "Qyzylorda"},
    {"Romance Standard Time", "Brussels, Madrid, Paris"},
    {"Russia Time Zone 10", "Srednekolymsk"},
    {"Russia Time Zone 11", "Kamchatka, Anadyr"},
    {"Russia Time Zone 3", "Samara"},
    {"Russian Standard Time", "Moscow, St. Petersburg"},
    {"SA Eastern Standard Time", "Cayenne, Fortaleza"},
    {"SA Pacific Standard Time", "Bogota, Cayman, Panama"},
    {"SA Western Standard Time", "La Paz, Anguilla, Antigua"},
    {"SE Asia Standard Time", "Bangkok, Jakarta, Phnom Penh"},
    {"Saint Pierre Standard Time", "Miquelon"},
    {"Sakhalin Standard Time", "Sakhalin"},
    {"Samoa Standard Time", "Apia (Samoa)"},
    {"Sao Tome Standard Time", "Sao Tome"},
    {"Saratov Standard Time", "Saratov"},
    {"Singapore Standard Time", "Singapore, Brunei, Kuala Lumpur"},
    {"South Africa Standard Time", "Johannesburg, Blantyre, Bujumbura"},
    {"South Sudan Standard Time", "Juba"},
    {"Sri Lanka Standard Time", "Colombo"},
    {"Sudan Standard Time", "Khartoum"},
    {"Syria Standard Time", "Damascus"},
    {"Taipei Standard Time", "Taipei"},
    {"Tasmania Standard Time", "Hobart"},
    {"Tocantins Standard Time", "Araguaina"},
    {"Tokyo Standard Time", "Tokyo, Osaka, Jayapura"},
    {"Tomsk Standard Time", "Tomsk"},
    {"Tonga Standard Time", "Tongatapu"},
    {"Transbaikal Standard Time", "Chita"},
    {"Turkey Standard Time", "Istanbul"},
    {"Turks And Caicos Standard Time", "Grand Turk"},
    {"US Eastern Standard Time", "Indianapolis"},
    {"US Mountain Standard Time", "Phoenix, Creston, Dawson Creek"},
    {"UTC", "Coordinated Universal Time"},
    {"UTC+12", "Funafuti, Kwajalein"},
    {"UTC+13", "Enderbury, Fakaofo"},
    {"UTC-02", "Noronha, South Georgia"},
    {"UTC-08", "Pitcairn"},
    {"UTC-09", "Gambier"},
    {"UTC-11", "Midway, Niue"},
    {"Ulaanbaatar Standard Time", "Ulaanbaatar, Choibalsan"},
    {"Venezuela Standard Time", "Caracas"},
    {"Vladivostok Standard Time", "Vladivostok, Ust-Nera"},
    {"Volgograd Standard Time", "Volgograd"},
    {"W. Australia Standard Time", "Perth"},
    {"W. Central Africa Standard Time", "Lagos, Algiers, Bangui"},
    {"W. Europe Standard Time", "Amsterdam, Berlin, Rome, Vienna"},
    {"W. Mongolia Standard Time", "Hovd"},
    {"West Asia Standard Time", "Tashkent"},
    {"West Bank Standard Time", "Hebron, Gaza"},
    {"West Pacific Standard Time", "Port Moresby, Guam, Saipan"},
    {"Yakutsk Standard Time", "Yakutsk, Khandyga"},
    {"Yukon Standard Time", "Whitehorse, Dawson"},
};

QString offsetText(const QTimeZone &zone)
{
    const int minutes = zone.standardTimeOffset(QDateTime::currentDateTimeUtc()) / 60;
    if (minutes == 0)
        return u"UTC"_s;
    const int absolute = std::abs(minutes);
    return u"UTC%1%2:%3"_s.arg(QChar(minutes < 0 ? u'-' : u'+'))
        .arg(absolute / 60, 2, 10, QChar(u'0'))
        .arg(absolute % 60, 2, 10, QChar(u'0'));
}

QList<TimeZoneInfo> makeTable()
{
    QList<TimeZoneInfo> zones;
    for (const Row &row : rows) {
        const QString id = QString::fromLatin1(row.id);
        const QTimeZone zone = timeZoneById(id);
        // Zone data older than our table may lack a zone; then no expression can use it either.
        if (zone.isValid())
            zones.append({id, u"%1 (%2)"_s.arg(QString::fromLatin1(row.places), offsetText(zone))});
    }
    std::sort(zones.begin(), zones.end(), [](const TimeZoneInfo &a, const TimeZoneInfo &b) { return a.id < b.id; });
    return zones;
}

} // namespace

const QList<TimeZoneInfo> &timeZones()
{
    static const QList<TimeZoneInfo> zones = makeTable();
    return zones;
}

QList<TimeZoneInfo> timeZonesContaining(const QString &text)
{
    QList<TimeZoneInfo> found;
    for (const TimeZoneInfo &zone : timeZones()) {
        if (zone.id.contains(text, Qt::CaseInsensitive) || zone.name.contains(text, Qt::CaseInsensitive))
            found.append(zone);
    }
    return found;
}

JsonValue timeZonesJson(const QString &contains)
{
    JsonValue list = JsonValue::array();
    for (const TimeZoneInfo &zone : timeZonesContaining(contains))
        list.append(JsonValue::object({{u"id"_s, zone.id}, {u"name"_s, zone.name}}));
    return list;
}

bool isTimeZoneId(QStringView id)
{
    // Two ids of the system that zone data have dropped since.
    return id == u"Kamchatka Standard Time" || id == u"Mid-Atlantic Standard Time"
        || std::any_of(
            std::begin(rows), std::end(rows), [id](const Row &row) { return id == QLatin1StringView(row.id); });
}

QString nearestTimeZoneId(const QString &id)
{
    const QString wanted = id.simplified();
    for (const QString &candidate : {wanted, wanted + u" Standard Time"_s}) {
        for (const Row &row : rows) {
            if (candidate.compare(QLatin1StringView(row.id), Qt::CaseInsensitive) == 0)
                return QString::fromLatin1(row.id);
        }
    }
    const QByteArray windows = QTimeZone::ianaIdToWindowsId(wanted.toUtf8());
    return QString::fromLatin1(windows);
}

QTimeZone timeZoneById(const QString &id)
{
    // Ids are ASCII; anything else must not turn into another id on the way to bytes.
    const QByteArray bytes = id.toUtf8();
    const QByteArray iana = QTimeZone::windowsIdToDefaultIanaId(bytes);
    if (!iana.isEmpty())
        return QTimeZone(iana);
    // Qt would also take offsets such as "UTC+08:00" for ids.
    return QTimeZone::availableTimeZoneIds().contains(bytes) ? QTimeZone(bytes) : QTimeZone();
}

} // namespace automation
