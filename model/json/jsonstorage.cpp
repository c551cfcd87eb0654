#include "model/json/jsontree_p.h"

#include <algorithm>
#include <new>

namespace automation {

namespace {
// Blocks grow up to this size.
constexpr size_t largestBlock = 1024 * 1024;
} // namespace

struct alignas(JsonStorage::blockAlignment) JsonStorage::Block
{
    Block *next;
};

JsonStorage::JsonStorage(const QByteArray &text)
    // Bytes that are not the array's own may vanish.
    : m_text(text.capacity() > 0 ? text : QByteArray(text.constData(), text.size()))
    , m_nextBlock(std::min(rounded(512 + 2 * static_cast<size_t>(text.size())), largestBlock))
{
    m_source.storage = this;
    m_source.size = -1;
}

JsonStorage::~JsonStorage()
{
    for (const JsonStoredKey *key = m_keys; key; key = key->previous)
        delete key->made.loadRelaxed();
    while (m_blocks) {
        Block *next = m_blocks->next;
        ::operator delete(m_blocks);
        m_blocks = next;
    }
}

void JsonStorage::addBlock(size_t bytes)
{
    const size_t size = std::max(bytes, m_nextBlock);
    m_nextBlock = std::min(2 * m_nextBlock, largestBlock);
    void *memory = ::operator new(sizeof(Block) + size);
    m_blocks = new (memory) Block {m_blocks};
    m_free = static_cast<char *>(memory) + sizeof(Block);
    m_end = m_free + size;
}

JsonStoredKey *JsonStorage::addKey(const char *raw, qsizetype length, bool plain)
{
    m_keys = new (allocate(sizeof(JsonStoredKey)))
        JsonStoredKey {.raw = raw, .length = static_cast<qint32>(length), .plain = plain, .previous = m_keys};
    return m_keys;
}

const QString &JsonStoredKey::makeText() const
{
    const auto *fresh = new QString(plainText());
    // Values of one storage may be used in several threads.
    if (!made.testAndSetOrdered(nullptr, fresh)) {
        delete fresh;
        fresh = made.loadAcquire();
    }
    return *fresh;
}

} // namespace automation
