#pragma once

// What is behind JsonValue, for this folder only.
//
// A value made by hand has a node of its own on the heap, counted by the values that share it. What a text was read
// into is one JsonStorage: the text itself and blocks of memory filled from front to back and freed together, counted
// as a whole. Values inside a storage hold no reference (m_stored), every copy that leaves it does. Stored nodes never
// change: the first write makes one level of them a node of its own. Numbers and plain texts need no memory at all:
// they are found in the text by their span. This makes reading cheap, and freeing almost free.

#include "model/json/jsonvalue.h"

#include <vector>

namespace automation {

// The texts of the short keys that definitions have in common, made once for all storages and never forgotten. Of
// fixed size: when it is full of other keys, new ones are no longer taken. Any thread.
namespace JsonCommonKeys {
const QString *text(const JsonStoredKey &key); // of a plain one; nullptr when it has no room for it
bool owns(const QString *text);
} // namespace JsonCommonKeys

class JsonStorage
{
public:
    explicit JsonStorage(const QByteArray &text);
    JsonStorage(const JsonStorage &) = delete;
    JsonStorage &operator=(const JsonStorage &) = delete;
    ~JsonStorage();

    // Counted from 1.
    void retain() { m_references.ref(); }
    static void release(JsonStorage *storage)
    {
        if (!storage->m_references.deref())
            delete storage;
    }

    const QByteArray &text() const { return m_text; }
    // The node of values that are their part of the text.
    JsonValue::Node *source() { return &m_source; }

    // Memory that lives as long as this, aligned to blockAlignment and a multiple of it in size.
    void *allocate(size_t bytes)
    {
        bytes = rounded(bytes);
        if (bytes > static_cast<size_t>(m_end - m_free))
            addBlock(bytes);
        char *memory = m_free;
        m_free += bytes;
        return memory;
    }
    // What was allocated last needs only this much.
    void shorten(void *last, size_t bytes) { m_free = static_cast<char *>(last) + rounded(bytes); }
    // A key that stands at raw, quotes included, in text(). Plain: the bytes between the quotes are the key.
    // hash: of the bytes alone, wherever they stand.
    JsonStoredKey *addKey(const char *raw, qsizetype length, bool plain, quint32 hash);

    // Whether some object in it may have a key twice. Set while it is filled, by one thread.
    bool mayHaveDoubleKeys() const { return m_mayHaveDoubleKeys; }
    void setMayHaveDoubleKeys() { m_mayHaveDoubleKeys = true; }

    static constexpr size_t blockAlignment = 16;

private:
    struct Block;

    static size_t rounded(size_t bytes) { return (bytes + blockAlignment - 1) & ~(blockAlignment - 1); }
    void addBlock(size_t bytes);

    QByteArray m_text;
    JsonValue::SourceNode m_source;
    QAtomicInt m_references = 1;
    Block *m_blocks = nullptr;
    JsonStoredKey *m_keys = nullptr;
    char *m_free = nullptr;
    char *m_end = nullptr;
    size_t m_nextBlock;
    bool m_mayHaveDoubleKeys = false;
};

inline JsonSpan JsonValue::StoredMember::keySpan() const
{
    return {keyStart, keyStart + key->length};
}

struct JsonValue::OwnNumber : Node
{
    QByteArray lexeme;
};

struct JsonValue::OwnText : Node
{
    QString text;
};

struct JsonValue::OwnArray : Node
{
    std::vector<JsonValue> values;
};

struct JsonValue::OwnMember
{
    QString key;
    JsonValue value;
    JsonSpan keySpan;
};

struct JsonValue::OwnObject : Node
{
    std::vector<OwnMember> members;
};

} // namespace automation
