// Any bytes: a tree that says the same when written and read again, or an error with its place.

#include "require.h"

#include "model/json/jsonreader.h"
#include "model/json/jsonwriter.h"

using namespace automation;

namespace {

void visit(const JsonValue &value, JsonSpan around)
{
    const JsonSpan span = value.span();
    require(span.start >= around.start && span.start < span.end && span.end <= around.end, "spans nest");
    for (qsizetype i = 0; i < value.size(); ++i) {
        if (value.isObject()) {
            const JsonSpan key = value.keySpanAt(i);
            require(key.start > span.start && key.end <= value.at(i).span().start, "a key stands before its value");
            require(value.contains(value.keyAt(i)), "a key is found");
        }
        visit(value.at(i), span);
    }
    value.toString();
    value.toInteger();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
    const auto text = QByteArray::fromRawData(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size));
    const Result<JsonValue> read = readJson(text);
    if (!read) {
        require(!read.error().message.isEmpty(), "an error has words");
        require(read.error().line >= 1 && read.error().column >= 1, "an error has a place");
        return 0;
    }
    visit(*read, {0, static_cast<qint32>(size)});
    for (const JsonStyle &style : {JsonStyle(), JsonStyle::compact()}) {
        const Result<JsonValue> again = readJson(writeJson(*read, style));
        require(again && *again == *read, "what is written reads the same");
    }
    return 0;
}
