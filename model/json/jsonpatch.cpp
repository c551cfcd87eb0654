#include "model/json/jsonpatch.h"

#include "model/json/jsonreader.h"
#include "model/json/jsonwriter.h"

namespace automation {

Result<QByteArray> patchJson(const QByteArray &originalText, const JsonValue &newValue)
{
    if (originalText.isEmpty())
        return writeJson(newValue) + '\n';
    const Result<JsonValue> original = readJson(originalText);
    if (!original)
        return original.error();
    if (*original == newValue)
        return originalText;
    return writeJson(newValue) + '\n';
}

} // namespace automation
