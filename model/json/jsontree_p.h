#pragma once

// What is behind JsonValue, for this folder only.
//
// A value made by hand has a node of its own on the heap, counted by the values that share it. What a text was read
// into is one JsonStorage: blocks of memory filled from front to back and freed together, counted as a whole. Values
// inside a storage hold no reference (m_stored), every copy that leaves it does. Stored nodes never change: the first
// write makes one level of them a node of its own. This makes reading cheap, and freeing almost free.

#include "model/json/jsonvalue.h"

#include <QAtomicInt>
#include <span>
#include <vector>

namespace automation {

class JsonStorage
{
public:
    explicit JsonStorage(size_t firstBlock);
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
    // A text that lives as long as this and can be shared with the outside.
    const QString *keep(const QString &text);

    static constexpr size_t blockAlignment = 16;

private:
    struct Block;
    struct Kept;

    static size_t rounded(size_t bytes) { return (bytes + blockAlignment - 1) & ~(blockAlignment - 1); }
    void addBlock(size_t bytes);

    QAtomicInt m_references = 1;
    Block *m_blocks = nullptr;
    Kept *m_kept = nullptr;
    char *m_free = nullptr;
    char *m_end = nullptr;
    size_t m_nextBlock;
};

// In a storage, what it holds follows at once: Latin-1 digits, UTF-16 text, JsonValue or StoredMember.
struct JsonValue::Node
{
    JsonStorage *storage = nullptr; // null: a node of its own
    QAtomicInt references = 1; // of a node of its own
    qint32 size = 0; // of a stored one: digits, code units, elements, members

    template <typename T> const T *stored() const { return reinterpret_cast<const T *>(this + 1); }
    template <typename T> std::span<const T> storedElements() const { return {stored<T>(), static_cast<size_t>(size)}; }
};

struct JsonValue::StoredMember
{
    const QString *key;
    JsonSpan keySpan;
    JsonValue value;
};

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
