#include "model/expression/functioncatalog.h"

#include <algorithm>
#include <QCoreApplication>

using namespace Qt::Literals::StringLiterals;

namespace automation {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(automation::FunctionCatalog)
};

FunctionParameter required(const QString &name, const QString &description, const QString &example)
{
    return {name, u"string"_s, true, {}, description, JsonValue(example)};
}

QList<FunctionInfo> makeCatalog()
{
    QList<FunctionInfo> functions;
    functions.append({u"isCountryCode"_s, u"boolean"_s, u"isCountryCode(phoneNumber, countryCode)"_s,
        Text::tr("Whether a phone number belongs to a country. The number may be written with or without its plus."),
        u"isCountryCode(data.payload.user.msisdn, 'SG')"_s,
        {required(u"phoneNumber"_s, Text::tr("The number in international form."), u"+6512345678"_s),
            required(u"countryCode"_s, Text::tr("Two letters of the country (ISO 3166), in any case."), u"SG"_s)}});
    functions.append({u"isDayOfWeek"_s, u"boolean"_s, u"isDayOfWeek(timestamp, day)"_s,
        Text::tr("Whether a date falls on a day of the week. The date counts as it is written, in its own offset."),
        u"isDayOfWeek(data.payload.timestamp, 'Monday')"_s,
        {required(u"timestamp"_s, Text::tr("A date, or a time in ISO 8601 form."), u"2021-05-24T08:00:00Z"_s),
            required(u"day"_s, Text::tr("The English name of the day, in any case."), u"Monday"_s)}});
    functions.append({u"isTimeOfDayBetween"_s, u"boolean"_s,
        u"isTimeOfDayBetween(timestamp, timeFrom, timeTo, timezone)"_s,
        Text::tr("Whether a moment lies between two times of the day in a time zone, both ends included. A range that "
                 "ends before it begins goes over midnight."),
        u"isTimeOfDayBetween(data.payload.timestamp, '09:00:00', '18:00:00', 'Singapore Standard Time')"_s,
        {required(u"timestamp"_s, Text::tr("A time in ISO 8601 form; without an offset it is taken as UTC."),
             u"2021-05-24T08:00:00Z"_s),
            required(u"timeFrom"_s, Text::tr("The first moment of the range, HH:mm:ss."), u"09:00:00"_s),
            required(u"timeTo"_s, Text::tr("The last moment of the range, HH:mm:ss."), u"18:00:00"_s),
            required(u"timezone"_s, Text::tr("The id of a time zone."), u"Singapore Standard Time"_s)}});
    functions.append({u"stringContains"_s, u"boolean"_s, u"stringContains(source, value, ignoreCase = false)"_s,
        Text::tr("Whether a text contains another one."),
        u"stringContains(data.payload.content.text, 'register', true)"_s,
        {required(u"source"_s, Text::tr("The text to search in."), u"Please register me"_s),
            required(u"value"_s, Text::tr("The text to search for."), u"register"_s),
            {u"ignoreCase"_s, u"boolean"_s, false, JsonValue(false),
                Text::tr("true to take small and capital letters as equal."), JsonValue(true)}}});
    functions.append({u"uuid"_s, u"string"_s, u"uuid()"_s,
        Text::tr("A new random identifier, different at every call."), u"uuid()"_s, {}});
    return functions;
}

} // namespace

const QList<FunctionInfo> &functionCatalog()
{
    static const QList<FunctionInfo> functions = makeCatalog();
    return functions;
}

const FunctionInfo *findFunction(QStringView name)
{
    const auto &functions = functionCatalog();
    const auto found
        = std::find_if(functions.begin(), functions.end(), [&](const FunctionInfo &f) { return f.name == name; });
    return found == functions.end() ? nullptr : &*found;
}

JsonValue functionCatalogJson()
{
    JsonValue list = JsonValue::array();
    for (const FunctionInfo &function : functionCatalog()) {
        JsonValue parameters = JsonValue::array();
        for (const FunctionParameter &parameter : function.parameters) {
            parameters.append(JsonValue::object({{u"name"_s, parameter.name}, {u"type"_s, parameter.type},
                {u"required"_s, parameter.isRequired}, {u"default"_s, parameter.defaultValue},
                {u"description"_s, parameter.description}, {u"example"_s, parameter.example}}));
        }
        list.append(JsonValue::object({{u"name"_s, function.name}, {u"description"_s, function.description},
            {u"example"_s, function.example}, {u"parameters"_s, parameters}}));
    }
    return list;
}

} // namespace automation
