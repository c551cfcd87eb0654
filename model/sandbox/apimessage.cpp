#include "model/sandbox/apimessage.h"

#include "model/json/jsonwriter.h"
#include "model/sandbox/timetext.h"

using namespace Qt::StringLiterals;

namespace automation {

ApiResponse ApiResponse::json(int status, const JsonValue &value)
{
    ApiResponse response;
    response.status = status;
    response.body = writeJson(value, JsonStyle::compact());
    return response;
}

ApiResponse apiError(int status, int code, const QString &message, const QString &errorId, qint64 now)
{
    return ApiResponse::json(status,
        JsonValue::object({{u"code"_s, JsonValue(code)}, {u"message"_s, message}, {u"errorId"_s, errorId},
            {u"timestamp"_s, isoTime(now)}}));
}

} // namespace automation
