#pragma once

// Behind JsonValue, whose functions that are called most need to see it; for this folder only.

#include <QAtomicPointer>
#include <QString>

namespace automation {

// A key of a storage, shared by all members whose key is written the same. Its text is made when somebody asks for it.
struct JsonStoredKey
{
    const char *raw;
    qint32 length;
    bool plain;
    quint32 hash; // of its bytes: plain keys with different ones are different
    mutable QBasicAtomicPointer<const QString> made = Q_BASIC_ATOMIC_INITIALIZER(nullptr);
    JsonStoredKey *previous; // all keys of the storage
    JsonStoredKey *successor = nullptr; // the key that came next last time: a guess for the reader

    quint64 bit() const { return quint64(1) << (hash & 63); } // for sets that tell most different keys apart

    const QString &text() const
    {
        const QString *known = made.loadAcquire();
        return known ? *known : makeText();
    }
    bool is(QLatin1StringView key) const { return plain ? startsLike(key) && plainText() == key : text() == key; }
    bool is(QStringView key) const
    {
        if (!plain || key.size() != length - 2)
            return !plain && text() == key;
        qsizetype i = 0;
        while (i < key.size() && char16_t(uchar(raw[1 + i])) == key.utf16()[i])
            ++i;
        return i == key.size();
    }

    QLatin1StringView plainText() const { return QLatin1StringView(raw + 1, length - 2); } // of a plain one

private:
    // Nearly all keys that are not the one differ in this.
    template <typename View> bool startsLike(View key) const
    {
        return key.size() == length - 2 && (key.isEmpty() || char16_t(uchar(raw[1])) == QChar(key.front()).unicode());
    }
    const QString &makeText() const;
};

} // namespace automation
