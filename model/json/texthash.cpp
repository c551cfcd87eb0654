#include "model/json/texthash.h"

#include <QHashFunctions>

#define XXH_INLINE_ALL
#include <xxhash.h>

namespace automation {

size_t textHash(QByteArrayView bytes)
{
    static const size_t seed = QHashSeed::globalSeed();
    return XXH3_64bits_withSeed(bytes.data(), size_t(bytes.size()), seed);
}

} // namespace automation
