#include "model/json/jsontree_p.h"

#include <algorithm>
#include <cstring>
#include <new>

namespace automation {

namespace {

// Blocks grow up to this size.
constexpr size_t largestBlock = 1024 * 1024;

constexpr size_t commonKeyCount = 1024; // a power of two
constexpr qsizetype longestCommonKey = 32;

struct CommonKey
{
    enum State { Free, BeingMade, Made };
    QAtomicInt state = Free;
    quint32 hash = 0;
    QString text;
    char bytes[longestCommonKey] = {}; // of the text
};

CommonKey *commonKeys()
{
    // Never destroyed: values may outlive what is destroyed at the end of the program.
    static CommonKey *keys = new CommonKey[commonKeyCount];
    return keys;
}

} // namespace

const QString *JsonCommonKeys::text(const JsonStoredKey &key)
{
    const QLatin1StringView wanted = key.plainText();
    if (wanted.size() > longestCommonKey)
        return nullptr;
    CommonKey *keys = commonKeys();
    constexpr size_t tries = 4;
    for (size_t i = 0; i < tries; ++i) {
        CommonKey &candidate = keys[(key.hash + i) & (commonKeyCount - 1)];
        int state = candidate.state.loadAcquire();
        if (state == CommonKey::Free && candidate.state.testAndSetAcquire(CommonKey::Free, CommonKey::BeingMade)) {
            candidate.text = QString(wanted);
            candidate.hash = key.hash;
            std::memcpy(candidate.bytes, wanted.data(), size_t(wanted.size()));
            candidate.state.storeRelease(state = CommonKey::Made);
        }
        if (state == CommonKey::Made && candidate.hash == key.hash && candidate.text.size() == wanted.size()
            && std::memcmp(candidate.bytes, wanted.data(), size_t(wanted.size())) == 0)
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
    m_source.text = m_text.constData();
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

JsonStoredKey *JsonStorage::addKey(const char *raw, qsizetype length, bool plain, quint32 hash)
{
    m_keys = new (allocate(sizeof(JsonStoredKey))) JsonStoredKey {
        .raw = raw, .length = static_cast<qint32>(length), .plain = plain, .hash = hash, .previous = m_keys};
    return m_keys;
}

const QString &JsonStoredKey::makeText() const
{
    if (const QString *common = JsonCommonKeys::text(*this)) {
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
