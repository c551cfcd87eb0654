#include "model/sandbox/sandboxstore.h"

#include "model/json/jsonreader.h"
#include "model/json/jsonwriter.h"

#include <QSqlError>
#include <QUuid>

using namespace Qt::StringLiterals;

namespace automation {

namespace {

constexpr int schemaVersion = 1;
const QString definitionColumns = u"SELECT d.id, d.version, d.created_at, d.body FROM definitions d "_s;
const QString instanceColumns = u"SELECT id, sequence, definition_id, version, status, data, started_at, completed_at "
                                u"FROM instances "_s;

Error databaseError(const QSqlError &error)
{
    return {ErrorCode::Unwritable, u"The sandbox's database: %1"_s.arg(error.text().simplified())};
}

QByteArray pack(const JsonValue &value)
{
    return writeJson(value, JsonStyle::compact());
}

// What we wrote ourselves; anything else in the file reads as null.
JsonValue unpack(const QVariant &value)
{
    const Result<JsonValue> parsed = readJson(value.toByteArray());
    return parsed ? *parsed : JsonValue();
}

template <typename T> Result<std::optional<T>> firstOf(Result<QList<T>> list)
{
    if (!list)
        return list.error();
    if (list->isEmpty())
        return std::optional<T>();
    return std::optional<T>(list->takeFirst());
}

} // namespace

SandboxStore::SandboxStore()
    : m_connection(u"sandbox-"_s + QUuid::createUuid().toString(QUuid::WithoutBraces))
{
}

SandboxStore::~SandboxStore()
{
    if (!m_database.isValid())
        return;
    m_database.close();
    m_database = QSqlDatabase();
    QSqlDatabase::removeDatabase(m_connection);
}

Result<void> SandboxStore::open(const QString &file)
{
    m_database = QSqlDatabase::addDatabase(u"QSQLITE"_s, m_connection);
    m_database.setDatabaseName(file.isEmpty() ? u":memory:"_s : file);
    if (!m_database.open())
        return Error {
            ErrorCode::Unwritable, u"%1 cannot be opened: %2"_s.arg(file, m_database.lastError().text().simplified())};
    for (const QString &pragma : {u"PRAGMA journal_mode=WAL"_s, u"PRAGMA synchronous=NORMAL"_s,
             u"PRAGMA foreign_keys=ON"_s, u"PRAGMA busy_timeout=2000"_s}) {
        if (const auto done = run(pragma); !done)
            return done.error();
    }
    return createTables();
}

Result<void> SandboxStore::createTables()
{
    auto version = run(u"PRAGMA user_version"_s);
    if (!version)
        return version.error();
    const int found = version->next() ? version->value(0).toInt() : 0;
    version->finish();
    if (found > schemaVersion)
        return Error {ErrorCode::Unwritable,
            u"%1 was written by a newer version of this program."_s.arg(m_database.databaseName())};
    if (found == schemaVersion)
        return {};
    return write([this]() -> Result<void> {
        const QStringList statements {
            u"CREATE TABLE numbers (name TEXT PRIMARY KEY, value INTEGER NOT NULL)"_s,
            u"CREATE TABLE heads (id TEXT PRIMARY KEY, last_version INTEGER NOT NULL)"_s,
            u"CREATE TABLE definitions (id TEXT NOT NULL, version INTEGER NOT NULL, created_at INTEGER NOT NULL, "
            u"body BLOB NOT NULL, PRIMARY KEY (id, version))"_s,
            u"CREATE TABLE instances (sequence INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, "
            u"definition_id TEXT NOT NULL, version INTEGER NOT NULL, status INTEGER NOT NULL, data BLOB NOT NULL, "
            u"started_at INTEGER NOT NULL, completed_at INTEGER NOT NULL)"_s,
            u"CREATE INDEX instances_by_definition ON instances (definition_id, version)"_s,
            u"CREATE INDEX instances_by_status ON instances (status)"_s,
            u"CREATE TABLE pointers (instance_id TEXT NOT NULL, position INTEGER NOT NULL, id TEXT NOT NULL, "
            u"step INTEGER NOT NULL, step_id TEXT NOT NULL, status INTEGER NOT NULL, started_at INTEGER NOT NULL, "
            u"ended_at INTEGER NOT NULL, due INTEGER NOT NULL, container INTEGER NOT NULL, "
            u"children_started INTEGER NOT NULL, event_name TEXT, event_key TEXT, "
            u"event_data BLOB, PRIMARY KEY (instance_id, position)) WITHOUT ROWID"_s,
            u"CREATE TABLE errors (sequence INTEGER PRIMARY KEY AUTOINCREMENT, instance_id TEXT NOT NULL, "
            u"step TEXT NOT NULL, message TEXT NOT NULL, time INTEGER NOT NULL)"_s,
            u"CREATE INDEX errors_by_instance ON errors (instance_id)"_s,
            u"CREATE TABLE outbox (sequence INTEGER PRIMARY KEY AUTOINCREMENT, instance_id TEXT NOT NULL, "
            u"definition_id TEXT NOT NULL, version INTEGER NOT NULL, step TEXT NOT NULL, kind TEXT NOT NULL, "
            u"time INTEGER NOT NULL, message_id TEXT NOT NULL, recipient TEXT, body TEXT, inputs BLOB)"_s,
            u"CREATE INDEX outbox_by_instance ON outbox (instance_id)"_s,
            u"CREATE TABLE usage (year INTEGER NOT NULL, month INTEGER NOT NULL, count INTEGER NOT NULL, "
            u"PRIMARY KEY (year, month))"_s,
            u"PRAGMA user_version=%1"_s.arg(schemaVersion),
        };
        for (const QString &statement : statements) {
            if (const auto done = run(statement); !done)
                return done.error();
        }
        return {};
    });
}

Result<QSqlQuery> SandboxStore::run(const QString &statement, const QVariantList &values)
{
    QSqlQuery query(m_database);
    query.setForwardOnly(true);
    if (!query.prepare(statement))
        return databaseError(query.lastError());
    for (const QVariant &value : values)
        query.addBindValue(value);
    if (!query.exec())
        return databaseError(query.lastError());
    return query;
}

Result<void> SandboxStore::write(const std::function<Result<void>()> &work)
{
    if (!m_database.transaction())
        return databaseError(m_database.lastError());
    const Result<void> done = work();
    if (!done) {
        m_database.rollback();
        return done;
    }
    if (!m_database.commit()) {
        const Error error = databaseError(m_database.lastError());
        m_database.rollback();
        return error;
    }
    return {};
}

Result<QList<StoredDefinition>> SandboxStore::readDefinitions(const QString &statement, const QVariantList &values)
{
    auto query = run(statement, values);
    if (!query)
        return query.error();
    QList<StoredDefinition> found;
    while (query->next()) {
        StoredDefinition definition;
        definition.id = query->value(0).toString();
        definition.version = query->value(1).toInt();
        definition.createdAt = query->value(2).toLongLong();
        definition.body = unpack(query->value(3));
        found.append(definition);
    }
    return found;
}

Result<QList<StoredDefinition>> SandboxStore::latestDefinitions(qint64 limit, qint64 offset)
{
    return readDefinitions(definitionColumns
            + u"WHERE d.version = (SELECT max(version) FROM definitions WHERE id = d.id) "
              u"ORDER BY d.created_at DESC, d.rowid DESC LIMIT ? OFFSET ?"_s,
        {limit, offset});
}

Result<QList<StoredDefinition>> SandboxStore::versions(const QString &id, qint64 limit, qint64 offset)
{
    return readDefinitions(
        definitionColumns + u"WHERE d.id = ? ORDER BY d.version DESC LIMIT ? OFFSET ?"_s, {id, limit, offset});
}

Result<std::optional<StoredDefinition>> SandboxStore::definition(const QString &id, int version)
{
    if (version == 0)
        return firstOf(readDefinitions(definitionColumns + u"WHERE d.id = ? ORDER BY d.version DESC LIMIT 1"_s, {id}));
    return firstOf(readDefinitions(definitionColumns + u"WHERE d.id = ? AND d.version = ?"_s, {id, version}));
}

Result<int> SandboxStore::nextVersion(const QString &id)
{
    auto query = run(u"SELECT last_version FROM heads WHERE id = ?"_s, {id});
    if (!query)
        return query.error();
    return query->next() ? query->value(0).toInt() + 1 : 1;
}

Result<void> SandboxStore::addDefinition(const StoredDefinition &definition)
{
    return write([&]() -> Result<void> {
        const auto head = run(u"INSERT INTO heads (id, last_version) VALUES (?, ?) "
                              u"ON CONFLICT (id) DO UPDATE SET last_version = excluded.last_version"_s,
            {definition.id, definition.version});
        if (!head)
            return head.error();
        const auto row = run(u"INSERT INTO definitions (id, version, created_at, body) VALUES (?, ?, ?, ?)"_s,
            {definition.id, definition.version, definition.createdAt, pack(definition.body)});
        return row ? Result<void>() : Result<void>(row.error());
    });
}

Result<void> SandboxStore::removeDefinition(const QString &id, int version)
{
    const QString condition = version == 0 ? u"definition_id = ?"_s : u"definition_id = ? AND version = ?"_s;
    const QVariantList values = version == 0 ? QVariantList {id} : QVariantList {id, version};
    return write([&]() -> Result<void> {
        for (const QString &table : {u"pointers"_s, u"errors"_s}) {
            const auto done = run(
                u"DELETE FROM %1 WHERE instance_id IN (SELECT id FROM instances WHERE %2)"_s.arg(table, condition),
                values);
            if (!done)
                return done.error();
        }
        const auto gone = run(version == 0 ? u"DELETE FROM definitions WHERE id = ?"_s
                                           : u"DELETE FROM definitions WHERE id = ? AND version = ?"_s,
            values);
        if (!gone)
            return gone.error();
        const auto orphans = run(u"DELETE FROM instances WHERE definition_id = ? AND NOT EXISTS "
                                 u"(SELECT 1 FROM definitions WHERE id = ?)"_s,
            {id, id});
        return orphans ? Result<void>() : Result<void>(orphans.error());
    });
}

Result<QList<Instance>> SandboxStore::readInstances(const QString &statement, const QVariantList &values)
{
    auto query = run(statement, values);
    if (!query)
        return query.error();
    QList<Instance> found;
    while (query->next()) {
        Instance instance;
        instance.id = query->value(0).toString();
        instance.sequence = query->value(1).toLongLong();
        instance.definitionId = query->value(2).toString();
        instance.version = query->value(3).toInt();
        instance.status = static_cast<InstanceStatus>(query->value(4).toInt());
        instance.data = unpack(query->value(5));
        instance.startedAt = query->value(6).toLongLong();
        instance.completedAt = query->value(7).toLongLong();
        found.append(instance);
    }
    return found;
}

Result<QList<Instance>> SandboxStore::instances(const InstanceFilter &filter)
{
    QString statement = instanceColumns + u"WHERE definition_id = ?"_s;
    QVariantList values {filter.definitionId};
    if (filter.version != 0) {
        statement += u" AND version = ?"_s;
        values << filter.version;
    }
    if (filter.status) {
        statement += u" AND status = ?"_s;
        values << static_cast<int>(*filter.status);
    }
    if (filter.from) {
        statement += u" AND started_at >= ?"_s;
        values << *filter.from;
    }
    if (filter.to) {
        statement += u" AND started_at <= ?"_s;
        values << *filter.to;
    }
    statement += u" ORDER BY sequence DESC LIMIT ? OFFSET ?"_s;
    values << filter.limit << filter.offset;
    return readInstances(statement, values);
}

Result<std::optional<Instance>> SandboxStore::instance(const QString &definitionId, const QString &id)
{
    return firstOf(readInstances(instanceColumns + u"WHERE id = ? AND definition_id = ?"_s, {id, definitionId}));
}

Result<std::vector<ExecutionPointer>> SandboxStore::pointers(const QString &instanceId)
{
    auto query = run(u"SELECT id, step, step_id, status, started_at, ended_at, due, container, children_started, "
                     u"event_name, event_key, event_data FROM pointers WHERE instance_id = ? ORDER BY position"_s,
        {instanceId});
    if (!query)
        return query.error();
    std::vector<ExecutionPointer> found;
    while (query->next()) {
        ExecutionPointer pointer;
        pointer.id = query->value(0).toString();
        pointer.step = query->value(1).toInt();
        pointer.stepId = query->value(2).toString();
        pointer.status = static_cast<PointerStatus>(query->value(3).toInt());
        pointer.startedAt = query->value(4).toLongLong();
        pointer.endedAt = query->value(5).toLongLong();
        pointer.due = query->value(6).toLongLong();
        pointer.container = query->value(7).toInt();
        pointer.childrenStarted = query->value(8).toBool();
        pointer.eventName = query->value(9).toString();
        pointer.eventKey = query->value(10).toString();
        pointer.eventArrived = !query->value(11).isNull();
        if (pointer.eventArrived)
            pointer.eventData = unpack(query->value(11));
        pointer.dirty = false;
        found.push_back(std::move(pointer));
    }
    return found;
}

Result<QList<Instance>> SandboxStore::activeInstances()
{
    auto found = readInstances(instanceColumns + u"WHERE status IN (?, ?) ORDER BY sequence"_s,
        {static_cast<int>(InstanceStatus::Runnable), static_cast<int>(InstanceStatus::Suspended)});
    if (!found)
        return found;
    for (Instance &instance : *found) {
        auto steps = pointers(instance.id);
        if (!steps)
            return steps.error();
        instance.pointers = std::move(*steps);
    }
    return found;
}

Result<void> SandboxStore::addInstance(Instance &instance)
{
    const auto query
        = run(u"INSERT INTO instances (id, definition_id, version, status, data, started_at, completed_at) "
              u"VALUES (?, ?, ?, ?, ?, ?, ?)"_s,
            {instance.id, instance.definitionId, instance.version, static_cast<int>(instance.status),
                pack(instance.data), instance.startedAt, instance.completedAt});
    if (!query)
        return query.error();
    instance.sequence = query->lastInsertId().toLongLong();
    return saveInstance(instance);
}

Result<void> SandboxStore::saveInstance(Instance &instance)
{
    const auto row = run(u"UPDATE instances SET status = ?, data = ?, completed_at = ? WHERE id = ?"_s,
        {static_cast<int>(instance.status), pack(instance.data), instance.completedAt, instance.id});
    if (!row)
        return row.error();
    for (size_t i = 0; i < instance.pointers.size(); ++i) {
        ExecutionPointer &pointer = instance.pointers[i];
        if (!pointer.dirty)
            continue;
        const auto saved = run(u"INSERT OR REPLACE INTO pointers (instance_id, position, id, step, step_id, status, "
                               u"started_at, ended_at, due, container, children_started, event_name, event_key, "
                               u"event_data) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"_s,
            {instance.id, static_cast<qint64>(i), pointer.id, pointer.step, pointer.stepId,
                static_cast<int>(pointer.status), pointer.startedAt, pointer.endedAt, pointer.due, pointer.container,
                pointer.childrenStarted, pointer.eventName, pointer.eventKey,
                pointer.eventArrived ? QVariant(pack(pointer.eventData)) : QVariant(QMetaType(QMetaType::QByteArray))});
        if (!saved)
            return saved.error();
        pointer.dirty = false;
    }
    return {};
}

Result<void> SandboxStore::addError(const InstanceError &error)
{
    const auto query = run(u"INSERT INTO errors (instance_id, step, message, time) VALUES (?, ?, ?, ?)"_s,
        {error.workflowId, error.step, error.message, error.time});
    return query ? Result<void>() : Result<void>(query.error());
}

Result<QList<InstanceError>> SandboxStore::errors(const QString &instanceId)
{
    auto query = run(
        u"SELECT instance_id, step, message, time FROM errors WHERE instance_id = ? ORDER BY sequence"_s, {instanceId});
    if (!query)
        return query.error();
    QList<InstanceError> found;
    while (query->next())
        found.append({query->value(0).toString(), query->value(1).toString(), query->value(2).toString(),
            query->value(3).toLongLong()});
    return found;
}

Result<void> SandboxStore::addMessage(SentMessage &message)
{
    const auto query = run(u"INSERT INTO outbox (instance_id, definition_id, version, step, kind, time, message_id, "
                           u"recipient, body, inputs) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"_s,
        {message.workflowId, message.definitionId, message.version, message.step, message.kind, message.time,
            message.messageId, message.to, message.text, pack(message.inputs)});
    if (!query)
        return query.error();
    message.sequence = query->lastInsertId().toLongLong();
    return {};
}

Result<QList<SentMessage>> SandboxStore::messages(qint64 since, qint64 limit, const QString &instanceId)
{
    QString statement = u"SELECT sequence, instance_id, definition_id, version, step, kind, time, message_id, "
                        u"recipient, body, inputs FROM outbox WHERE sequence > ?"_s;
    QVariantList values {since};
    if (!instanceId.isEmpty()) {
        statement += u" AND instance_id = ?"_s;
        values << instanceId;
    }
    statement += u" ORDER BY sequence LIMIT ?"_s;
    values << limit;
    auto query = run(statement, values);
    if (!query)
        return query.error();
    QList<SentMessage> found;
    while (query->next()) {
        SentMessage message;
        message.sequence = query->value(0).toLongLong();
        message.workflowId = query->value(1).toString();
        message.definitionId = query->value(2).toString();
        message.version = query->value(3).toInt();
        message.step = query->value(4).toString();
        message.kind = query->value(5).toString();
        message.time = query->value(6).toLongLong();
        message.messageId = query->value(7).toString();
        message.to = query->value(8).toString();
        message.text = query->value(9).toString();
        message.inputs = unpack(query->value(10));
        found.append(message);
    }
    return found;
}

Result<QString> SandboxStore::lastCall(const QString &instanceId)
{
    auto query = run(u"SELECT message_id, inputs FROM outbox WHERE instance_id = ? AND kind = 'voice' "
                     u"ORDER BY sequence DESC LIMIT 1"_s,
        {instanceId});
    if (!query)
        return query.error();
    if (!query->next())
        return QString();
    const QString ownId = unpack(query->value(1))["clientRequestId"_L1].toString();
    return ownId.isEmpty() ? query->value(0).toString() : ownId;
}

Result<void> SandboxStore::countStart(int year, int month)
{
    const auto query = run(u"INSERT INTO usage (year, month, count) VALUES (?, ?, 1) "
                           u"ON CONFLICT (year, month) DO UPDATE SET count = count + 1"_s,
        {year, month});
    return query ? Result<void>() : Result<void>(query.error());
}

Result<QList<SandboxStore::Usage>> SandboxStore::usage()
{
    auto query = run(u"SELECT year, month, count FROM usage ORDER BY year DESC, month DESC"_s);
    if (!query)
        return query.error();
    QList<Usage> found;
    while (query->next())
        found.append({query->value(0).toInt(), query->value(1).toInt(), query->value(2).toLongLong()});
    return found;
}

Result<JsonValue> SandboxStore::counts()
{
    JsonValue counts = JsonValue::object();
    const std::pair<QString, QString> statements[] {
        {u"definitions"_s, u"SELECT count(DISTINCT id) FROM definitions"_s},
        {u"instances"_s, u"SELECT count(*) FROM instances"_s},
        {u"runnable"_s, u"SELECT count(*) FROM instances WHERE status = 0"_s},
        {u"suspended"_s, u"SELECT count(*) FROM instances WHERE status = 1"_s},
        {u"complete"_s, u"SELECT count(*) FROM instances WHERE status = 2"_s},
        {u"terminated"_s, u"SELECT count(*) FROM instances WHERE status = 3"_s},
        {u"messages"_s, u"SELECT count(*) FROM outbox"_s},
    };
    for (const auto &[name, statement] : statements) {
        auto query = run(statement);
        if (!query)
            return query.error();
        counts.set(name, JsonValue(query->next() ? query->value(0).toLongLong() : qint64(0)));
    }
    return counts;
}

Result<std::optional<qint64>> SandboxStore::number(const QString &name)
{
    auto query = run(u"SELECT value FROM numbers WHERE name = ?"_s, {name});
    if (!query)
        return query.error();
    return query->next() ? std::optional<qint64>(query->value(0).toLongLong()) : std::nullopt;
}

Result<void> SandboxStore::setNumber(const QString &name, qint64 value)
{
    const auto query = run(
        u"INSERT INTO numbers (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value"_s,
        {name, value});
    return query ? Result<void>() : Result<void>(query.error());
}

} // namespace automation
