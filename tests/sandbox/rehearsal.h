#pragma once

#include "model/sandbox/sandboxservice.h"

#include <memory>

namespace automation {

// A sandbox without sockets for tests: a virtual clock that starts at 2026-03-02T08:00:00Z, repeatable ids, the real
// evaluator. Calls block until they are answered.
class Rehearsal
{
public:
    // dataDirectory empty: in memory.
    explicit Rehearsal(const QString &dataDirectory = {});

    bool isOpen() const { return m_error.isEmpty(); }
    QString openError() const { return m_error; }

    struct Answer
    {
        int status = 0;
        JsonValue body;
        QByteArray location;
        QString message() const; // of an error body
    };
    // path: below A/ ("definitions"), or from the root when it starts with "/" ("/sandbox/state"); may have a query.
    Answer call(const QByteArray &method, const QString &path, const JsonValue &body = {});
    Answer callRaw(
        const QByteArray &method, const QString &path, const QByteArray &body, const QByteArray &authorization);

    // Creates a definition from steps written as JSON; its id, or empty when it was refused.
    QString create(const QByteArray &steps, const QString &trigger = QStringLiteral("http_request"));
    // Starts an instance and lets it run until only time or an event can bring more; its id.
    QString start(const QString &definition, const QByteArray &data = "{}");
    // Until nothing runs any more.
    bool settle();
    bool advance(const QString &by);
    JsonValue instance(const QString &definition, const QString &workflow); // with logs
    QString status(const QString &definition, const QString &workflow);
    QStringList log(const QString &definition, const QString &workflow); // "step:Status" in order of creation
    JsonValue errors(const QString &definition, const QString &workflow);
    QStringList outbox(); // the texts of all sent messages

    static QByteArray key() { return "test-key"; }
    static QString account() { return QStringLiteral("acme_1A2b3"); }
    static JsonValue json(const QByteArray &text);
    static qint64 startTime();

private:
    std::unique_ptr<SandboxService> m_service;
    QString m_error;
};

} // namespace automation
