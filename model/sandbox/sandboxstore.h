#pragma once

#include "model/json/result.h"
#include "model/sandbox/instance.h"

#include <functional>
#include <optional>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QVariant>

namespace automation {

// Everything the sandbox remembers, in one SQLite file (or in memory): definitions with all their versions,
// instances with their pointers, errors, sent messages and usage. Written in transactions with a write-ahead log, so
// that a killed process loses at most what the last unfinished transaction held.
// Lives on one thread: open, use and destroy it there. Every call that touches the file returns an Error with the
// database's words when it fails.
class SandboxStore
{
public:
    SandboxStore();
    ~SandboxStore();
    Q_DISABLE_COPY_MOVE(SandboxStore)

    // file empty: in memory. Unwritable when the file cannot be opened or is no database of ours.
    Result<void> open(const QString &file);

    // Runs work in one transaction: rolled back when it returns an error.
    Result<void> write(const std::function<Result<void>()> &work);

    // Definitions.
    Result<QList<StoredDefinition>> latestDefinitions(qint64 limit, qint64 offset); // newest first
    Result<QList<StoredDefinition>> versions(const QString &id, qint64 limit, qint64 offset); // newest first
    // version 0: the latest. nullopt when there is none.
    Result<std::optional<StoredDefinition>> definition(const QString &id, int version = 0);
    // The number after the highest ever used, so a deleted one does not come back.
    Result<int> nextVersion(const QString &id);
    Result<void> addDefinition(const StoredDefinition &definition);
    // version 0: all. Logs and errors of its instances go too; the instances themselves only with the last version.
    Result<void> removeDefinition(const QString &id, int version);

    // Instances.
    struct InstanceFilter
    {
        QString definitionId;
        int version = 0; // 0 = any
        std::optional<InstanceStatus> status;
        std::optional<qint64> from; // inclusive
        std::optional<qint64> to; // inclusive
        qint64 limit = 100;
        qint64 offset = 0;
    };
    Result<QList<Instance>> instances(const InstanceFilter &filter); // newest first, without pointers
    Result<std::optional<Instance>> instance(const QString &definitionId, const QString &id); // without pointers
    Result<std::vector<ExecutionPointer>> pointers(const QString &instanceId); // in order of creation
    Result<QList<Instance>> activeInstances(); // Runnable and Suspended, oldest first, with pointers
    Result<void> addInstance(Instance &instance); // sets its sequence
    Result<void> saveInstance(Instance &instance); // with the pointers marked dirty, which it unmarks

    Result<void> addError(const InstanceError &error);
    Result<QList<InstanceError>> errors(const QString &instanceId); // oldest first

    // Sent messages.
    Result<void> addMessage(SentMessage &message); // sets its sequence
    Result<QList<SentMessage>> messages(qint64 since, qint64 limit, const QString &instanceId = {}); // oldest first
    // The id (the client's, else ours) of the last voice call of an instance; empty when there is none.
    Result<QString> lastCall(const QString &instanceId);

    // Instances started per month.
    struct Usage
    {
        int year = 0;
        int month = 0;
        qint64 count = 0;
    };
    Result<void> countStart(int year, int month);
    Result<QList<Usage>> usage(); // newest first

    // Numbers for people: rows of definitions (latest versions), instances by status, messages.
    Result<JsonValue> counts();

    Result<std::optional<qint64>> number(const QString &name);
    Result<void> setNumber(const QString &name, qint64 value);

private:
    Result<QSqlQuery> run(const QString &statement, const QVariantList &values = {});
    Result<QList<StoredDefinition>> readDefinitions(const QString &statement, const QVariantList &values);
    Result<QList<Instance>> readInstances(const QString &statement, const QVariantList &values);
    Result<void> createTables();

    QSqlDatabase m_database;
    QString m_connection;
};

} // namespace automation
