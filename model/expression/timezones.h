#pragma once

#include "model/json/jsonvalue.h"

#include <QList>
#include <QString>
#include <QTimeZone>

namespace automation {

// A time zone as expressions name it (reference/automation-api.md, endpoint 12).
struct TimeZoneInfo
{
    QString id; // Windows id, exact: "Singapore Standard Time"
    QString name; // places and base offset: "Singapore, Brunei, Kuala Lumpur (UTC+08:00)"
};

// All zones, sorted by id. Built at the first call, then constant; any thread.
const QList<TimeZoneInfo> &timeZones();
// Those whose id or name contains a text, in any case.
QList<TimeZoneInfo> timeZonesContaining(const QString &text);
// The answer of GET steps/timezones.
JsonValue timeZonesJson(const QString &contains = {});

// Whether there is a zone of a Windows id, exactly as written. Costs nothing but a look at our own table.
bool isTimeZoneId(QStringView id);
// The Windows id that was probably meant: another case, an IANA id ("Asia/Singapore"), or the id without its end
// ("Singapore"). Empty when there is none.
QString nearestTimeZoneId(const QString &id);

// The zone of an id: a Windows id, exactly as written, or an IANA id. Not valid when the id is unknown; there is no
// fallback to local time or UTC.
QTimeZone timeZoneById(const QString &id);

} // namespace automation
