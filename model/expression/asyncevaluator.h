#pragma once

#include "model/expression/processevaluator.h"

#include <atomic>
#include <functional>
#include <memory>
#include <optional>
#include <QHash>
#include <QList>
#include <QObject>
#include <QPointer>
#include <QThread>

namespace automation {

// Evaluates expressions for whoever shows their results while a person types: never blocks, answers through the event
// loop. One helper process on one worker thread; a client (an editor) has at most one request, a newer one takes the
// place of the one before, and if that one is being worked on it is given up and its helper killed. After a helper was
// killed the next one is started at once, ahead of need. GUI thread (any one thread with an event loop).
class AsyncEvaluator : public QObject
{
    Q_OBJECT
public:
    // An output of an earlier step whose value has to be found by evaluating it.
    struct Computed
    {
        QString variable;
        JsonValue value; // as it is written in the definition
        JsonValue step; // what the step brought back
        friend bool operator==(const Computed &, const Computed &) = default;
    };
    struct Request
    {
        QList<JsonValue> values; // each is answered on its own; one that fails does not keep the others
        bool isCondition = false; // values are conditions: the answers are true or false
        JsonValue data;
        JsonValue step;
        QList<Computed> before; // evaluated first, in order, and put into data
        friend bool operator==(const Request &, const Request &) = default;
    };
    struct Answer
    {
        QList<Result<JsonValue>> results; // as many as values
        QStringList unknown; // variables of before that could not be evaluated; they are missing in data
    };
    using Receiver = std::function<void(const Answer &)>;

    explicit AsyncEvaluator(QObject *parent = nullptr);
    explicit AsyncEvaluator(ProcessEvaluator::Options options, QObject *parent = nullptr);
    // Gives up what is under way; waits for the worker, which takes some milliseconds.
    ~AsyncEvaluator() override;

    // receiver is called once, later, unless the client asks for something else, cancels or is destroyed before.
    void evaluate(QObject *client, const Request &request, const Receiver &receiver);
    void cancel(QObject *client);

    // Of the helper, -1 when none runs. For monitoring.
    qint64 helperProcessId() const { return *m_helper; }

    // As a person should wait: a result, or the reason why there is none, within a second.
    static ProcessEvaluator::Options interactiveOptions();

private:
    class Worker;
    struct Job
    {
        QObject *client = nullptr;
        Request request;
        Receiver receiver;
    };

    void startNext();
    void finish(const Answer &answer);
    void forget(QObject *client);

    std::shared_ptr<std::atomic<qint64>> m_helper = std::make_shared<std::atomic<qint64>>(-1);
    QThread m_thread;
    Worker *m_worker = nullptr; // lives on the thread
    QList<Job> m_queue; // one a client, in the order they came
    std::optional<Job> m_current; // without a client when it was given up
    std::stop_source m_stop; // of the current one
    QHash<QObject *, QMetaObject::Connection> m_clients;
};

} // namespace automation
