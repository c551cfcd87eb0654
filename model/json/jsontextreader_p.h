#pragma once

// The parser behind readJson, for this folder only.

#include "model/json/jsonreader.h"
#include "model/json/jsontree_p.h"

#include <optional>

namespace automation {

// Reads one text into one JsonStorage. The containers that are open are a list, not recursion. Elements are collected
// in one list for all open containers; when one closes, its elements move into the storage in one piece.
class JsonTextReader
{
public:
    // Reads from offset base of text on.
    JsonTextReader(const QByteArray &text, qsizetype base, JsonLimits limits);
    JsonTextReader(const JsonTextReader &) = delete;
    JsonTextReader &operator=(const JsonTextReader &) = delete;
    ~JsonTextReader() { JsonStorage::release(m_storage); }

    Result<JsonValue> run();

private:
    // A JsonValue to be; plain data, so that millions of them move cheaply.
    struct Element
    {
        JsonValue::Node *node;
        JsonSpan span;
        JsonValue::Type type;
        bool truth;
        qint32 keyStart; // key and this: of members only
        JsonStoredKey *key;
    };
    struct Open
    {
        size_t element; // the container's own place; its elements follow
        char bracket; // that closes it
    };

    // What reads takes where to begin and returns where to go on; nullptr after an error. The text ends with a NUL
    // byte, which fits nowhere.
    bool readDocument();
    Q_ALWAYS_INLINE const char *readValue(const char *at);
    Q_ALWAYS_INLINE const char *afterValue(const char *at);
    Q_ALWAYS_INLINE const char *readKey(const char *start);
    const char *readNumber(const char *start);
    Q_ALWAYS_INLINE const char *readText(const char *start);
    const char *readWord(const char *start, const char *word, JsonValue::Type type, bool truth);
    Q_ALWAYS_INLINE const char *openContainer(const char *at);
    Q_ALWAYS_INLINE const char *closeContainer(const char *at);
    const char *endOfText(const char *start, const char *from);
    Q_ALWAYS_INLINE const char *skipBlanks(const char *at) const;
    Q_ALWAYS_INLINE const char *skipRun(const char *at) const;
    char16_t *decode(const char *from, const char *stop, char16_t *out);
    const char *decodeEscape(const char *at, const char *stop, char16_t *&out);
    const char *decodeLongCharacter(const char *at, const char *stop, char16_t *&out);

    JsonStoredKey *keyFor(const char *raw, qsizetype length, bool plain);
    JsonValue::Node *newNode(qsizetype size, size_t bytes);
    void noteDoubleKeys(JsonValue::Node *object);
    Q_ALWAYS_INLINE bool addElement(const char *at);
    bool makeRoom(const char *at);
    Q_ALWAYS_INLINE const char *finish(JsonValue::Type type, JsonValue::Node *node, const char *start, const char *end);
    qint32 offset(const char *at) const { return static_cast<qint32>(at - m_text); }

    // Each keeps the error and returns nullptr or false.
    const char *fail(const char *at, const QString &reason, ErrorCode code = ErrorCode::NotJson);
    bool tooManyValues(const char *at);
    const char *unexpected(const char *at, const QString &reason);
    const char *unexpectedValue(const char *at);
    const char *unexpectedKey(const char *at);
    QString whatIsOpen() const;
    QString place(qsizetype offset) const;

    JsonLimits m_limits;
    JsonStorage *m_storage;
    const char *m_text;
    const char *m_begin; // behind a byte order mark
    const char *m_end;
    std::vector<Element> m_elements;
    size_t m_count = 0; // elements in use
    std::vector<Open> m_open;
    // Definitions repeat the same few keys. Direct mapped: a key may be forgotten, never found slowly.
    std::vector<JsonStoredKey *> m_keyTable;
    JsonStoredKey *m_lastKey;
    JsonStoredKey m_noKey {}; // before the first one
    qsizetype m_closed = 0; // values in closed containers
    std::optional<Error> m_error;
};

} // namespace automation
