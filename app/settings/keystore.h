#pragma once

#include "model/json/result.h"

#include <chrono>
#include <QHash>
#include <QObject>

namespace automation {

// API keys by account name, in the system keychain. Without a keychain they are kept in memory until the program
// ends, isPersistent() turns false and the person is to be told; a key is never written anywhere else.
// Use on the GUI thread; answers arrive through the event loop, within the patience given at the latest.
class KeyStore : public QObject
{
    Q_OBJECT
public:
    enum class Backend { System, MemoryOnly };
    explicit KeyStore(QObject *parent = nullptr, Backend backend = Backend::System,
        std::chrono::milliseconds patience = std::chrono::milliseconds(3000));

    bool isPersistent() const { return m_persistent; }
    QString persistenceMessage() const; // translated, for people; empty while persistent

    void read(const QString &accountName); // -> keyRead
    void write(const QString &accountName, const QString &key); // -> keyWritten
    void remove(const QString &accountName);

signals:
    void keyRead(const QString &accountName, const QString &key); // key empty = none is known
    void keyWritten(const QString &accountName, bool persistent);
    void persistenceChanged();

private:
    void useMemory();

    QHash<QString, QString> m_memory;
    std::chrono::milliseconds m_patience;
    bool m_persistent = true;
};

} // namespace automation
