// Two texts, parted by a byte that no UTF-8 has: the second one's value is written into the first.

#include "require.h"

#include "model/json/jsonpatch.h"
#include "model/json/jsonreader.h"

using namespace automation;

namespace {

// One change inside the tree itself, which goes on sharing the rest: the bytes say where and what.
JsonValue edited(const JsonValue &tree, const QByteArray &bytes)
{
    JsonValue result = tree;
    JsonValue *place = &result;
    for (const char byte : bytes) {
        const qsizetype size = place->size();
        if (size == 0)
            break;
        const qsizetype index = static_cast<uchar>(byte) / 4 % size;
        const QString key = place->keyAt(index);
        const JsonValue value = place->at(index);
        switch (byte & 3) {
        case 0:
            place = place->mutableAt(index);
            continue;
        case 1:
            place->removeAt(index);
            break;
        case 2:
            place->removeAt(index);
            [[fallthrough]];
        default: // moved to the end, or there a second time
            if (place->isObject())
                place->insertMember(size, key, value);
            else
                place->append(value);
        }
    }
    return result;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
    const QByteArray input(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size));
    const qsizetype part = input.indexOf('\xFF');
    const QByteArray text = input.left(part);
    const Result<JsonValue> older = readJson(text);
    if (!older)
        return 0;
    require(*patchJson(text, *older) == text, "an unchanged value changes no byte");
    const JsonValue changed = edited(*older, input.mid(part + 1, 16));
    const Result<JsonValue> saved = readJson(patchJson(text, *older, changed));
    require(saved && *saved == changed, "an edit is saved as it was made");
    const Result<JsonValue> newer = part < 0 ? older : readJson(input.mid(part + 1));
    if (!newer)
        return 0;
    const QByteArray patched = patchJson(text, *older, *newer);
    const Result<JsonValue> again = readJson(patched);
    require(again && *again == *newer, "the patched text reads as the value");
    require(patchJson(patched, *again, *newer) == patched, "patching twice is patching once");
    // Back again: nothing of the new value stays.
    const Result<JsonValue> back = readJson(patchJson(patched, *again, *older));
    require(back && *back == *older, "the old value can be written back");
    return 0;
}
