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

struct JsonStorage::Kept
{
    QString text;
    Kept *next;
};

JsonStorage::JsonStorage(size_t firstBlock)
    : m_nextBlock(std::min(rounded(firstBlock), largestBlock))
{
}

JsonStorage::~JsonStorage()
{
    for (; m_kept; m_kept = m_kept->next)
        m_kept->text.~QString();
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

const QString *JsonStorage::keep(const QString &text)
{
    m_kept = new (allocate(sizeof(Kept))) Kept {text, m_kept};
    return &m_kept->text;
}

} // namespace automation
