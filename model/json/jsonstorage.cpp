#include "model/json/jsontree_p.h"

#include <algorithm>
#include <new>

namespace automation {

namespace {

// Blocks grow up to this size.
constexpr size_t largestBlock = 1024 * 1024;

struct CommonKey
{
    enum State { Free, BeingMade, Made };
    QAtomicInt state = Free;
    QString text;
};
constexpr size_t commonKeyCount = 1024; // a power of two
constexpr qsizetype longestCommonKey = 32;

CommonKey *commonKeys()
{
    // Never destroyed: values may outlive what is destroyed at the end of the program.
    static CommonKey *keys = new CommonKey[commonKeyCount];
    return keys;
}

} // namespace

const QString *JsonCommonKeys::text(QLatin1StringView key)
{
    if (key.size() > longestCommonKey)
        return nullptr;
    size_t hash = static_cast<size_t>(key.size());
    for (const char c : key)
        hash = hash * 31 + static_cast<uchar>(c);
    CommonKey *keys = commonKeys();
    constexpr size_t tries = 4;
    for (size_t i = 0; i < tries; ++i) {
        CommonKey &candidate = keys[(hash + i) & (commonKeyCount - 1)];
        int state = candidate.state.loadAcquire();
        if (state == CommonKey::Free && candidate.state.testAndSetAcquire(CommonKey::Free, CommonKey::BeingMade)) {
            candidate.text = QString(key);
            candidate.state.storeRelease(state = CommonKey::Made);
        }
        if (state == CommonKey::Made && candidate.text == key)
            return &candidate.text;
    }
    return nullptr;
}

bool JsonCommonKeys::owns(const QString *text)
{
    const auto *first = reinterpret_cast<const char *>(commonKeys());
    const auto *at = reinterpret_cast<const char *>(text);
    return !std::less<>()(at, first) && std::less<>()(at, first + commonKeyCount * sizeof(CommonKey));
}

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
    for (const JsonStoredKey *key = m_keys; key; key = key->previous) {
        if (const QString *text = key->made.loadRelaxed(); text && !JsonCommonKeys::owns(text))
            delete text;
    }
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

JsonStoredKey *JsonStorage::addKey(const char *raw, qsizetype length, bool plain, quint8 bit)
{
    m_keys = new (allocate(sizeof(JsonStoredKey))) JsonStoredKey {
        .raw = raw, .length = static_cast<qint32>(length), .plain = plain, .bit = bit, .previous = m_keys};
    return m_keys;
}

const QString &JsonStoredKey::makeText() const
{
    if (const QString *common = JsonCommonKeys::text(plainText())) {
        made.storeRelease(common);
        return *common;
    }
    const auto *fresh = new QString(plainText());
    // Values of one storage may be used in several threads.
    if (!made.testAndSetOrdered(nullptr, fresh)) {
        delete fresh;
        fresh = made.loadAcquire();
    }
    return *fresh;
}

} // namespace automation
