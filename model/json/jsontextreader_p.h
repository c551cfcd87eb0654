#pragma once

// The parser behind readJson, for this folder only.

#include "model/json/jsonreader.h"
#include "model/json/jsontree_p.h"

#include <deque>
#include <optional>

namespace automation {

// Reads one text into one JsonStorage. The containers that are open are a list, not recursion. Elements are collected
// in one list for all open containers; when one closes, its elements move into the storage in one piece.
class JsonTextReader
{
public:
    // Reads from offset base of text on; text must outlive this.
    JsonTextReader(const QByteArray &text, qsizetype base, JsonLimits limits);
    JsonTextReader(const JsonTextReader &) = delete;
    JsonTextReader &operator=(const JsonTextReader &) = delete;
    ~JsonTextReader() { JsonStorage::release(m_storage); }

    Result<JsonValue> run();

private:
    // A JsonValue to be; plain data, so that millions of them move cheaply.
    struct Element
    {
        const QString *key = nullptr; // of members only
        JsonSpan keySpan;
        JsonValue::Node *node = nullptr;
        JsonSpan span;
        JsonValue::Type type = JsonValue::Type::Null;
        bool truth = false;
    };
    struct Open
    {
        size_t element; // the container's own place; its elements follow
        bool object;
    };
    // Definitions repeat the same few keys, mostly in the same order.
    struct Key
    {
        const QString *text;
        const char *raw; // in the text, with its quotes
        qsizetype length;
        Key *next = nullptr; // the one that followed last time
    };

    bool readDocument();
    bool readValue();
    bool afterValue();
    bool readKey();
    Key *keyFor(const char *raw, qsizetype length, bool plain);
    bool readNumber();
    bool readText();
    bool readWord(const char *word, JsonValue::Type type, bool truth);
    bool openContainer(bool object);
    void closeContainer();
    const char *endOfText(const char *from);
    char16_t *decode(const char *from, const char *stop, char16_t *out);
    const char *decodeEscape(const char *at, const char *stop, char16_t *&out);
    const char *decodeLongCharacter(const char *at, const char *stop, char16_t *&out);

    char peek() const { return m_at < m_end ? *m_at : '\0'; }
    void skipBlanks();
    qint32 offset(const char *at) const { return static_cast<qint32>(at - m_begin); }
    JsonValue::Node *newNode(qsizetype size, size_t bytes);
    void finish(JsonValue::Type type, JsonValue::Node *node, const char *start);

    bool fail(const char *at, const QString &reason, ErrorCode code = ErrorCode::NotJson);
    bool unexpected(const QString &reason); // at m_at
    bool unexpectedValue();
    bool unexpectedKey();
    QString whatIsOpen() const;
    QString place(qsizetype offset) const;

    const QByteArray &m_text;
    const char *m_begin;
    const char *m_at;
    const char *m_end;
    JsonLimits m_limits;
    JsonStorage *m_storage;
    std::vector<Element> m_elements;
    std::vector<Open> m_open;
    std::deque<Key> m_keys;
    std::vector<Key *> m_keyTable; // direct mapped: a key may be forgotten, never found slowly
    Key *m_lastKey = nullptr;
    qsizetype m_values = 0;
    std::optional<Error> m_error;
};

} // namespace automation
