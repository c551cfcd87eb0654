#include "model/expression/asyncevaluator.h"

namespace automation {

// On the worker thread; one job after the other.
class AsyncEvaluator::Worker : public QObject
{
public:
    Worker(ProcessEvaluator::Options options, std::shared_ptr<std::atomic<qint64>> helper)
        : m_evaluator(std::move(options))
        , m_helper(std::move(helper))
    {
    }

    Answer work(const Request &request, const std::stop_token &stop)
    {
        m_evaluator.setStopToken(stop);
        // One moment for the whole request, so that its results fit each other.
        const QDateTime now = QDateTime::currentDateTimeUtc();
        prepareData(request, now, stop);
        Answer answer;
        answer.unknown = m_unknown;
        const EvaluationScope scope {m_data, request.step, now};
        bool isStopped = false;
        for (const JsonValue &value : request.values) {
            if (stop.stop_requested())
                break;
            // What takes too long once is not tried again in the same breath.
            if (isStopped) {
                answer.results.append(answer.results.last());
                continue;
            }
            if (request.isCondition) {
                const auto truth = m_evaluator.evaluateCondition(value.toString(), scope);
                answer.results.append(truth ? Result<JsonValue>(JsonValue(*truth)) : Result<JsonValue>(truth.error()));
            } else {
                answer.results.append(m_evaluator.evaluate(value, scope));
            }
            const Result<JsonValue> &last = answer.results.last();
            isStopped = !last && last.error().code == ErrorCode::Timeout;
        }
        *m_helper = m_evaluator.helperProcessId();
        return answer;
    }

    // A helper for the next request, after the last one was killed.
    void restart()
    {
        m_evaluator.setStopToken(shutdown.get_token());
        static_cast<void>(m_evaluator.prepare()); // when it fails, the next evaluation says why
        *m_helper = m_evaluator.helperProcessId();
    }

    std::stop_source shutdown;

private:
    // Many requests ask on the same ground: all fields of a step, each key in one of them.
    void prepareData(const Request &request, const QDateTime &now, const std::stop_token &stop)
    {
        if (m_isPrepared && request.data == m_base && request.before == m_before)
            return;
        m_base = request.data;
        m_before = request.before;
        m_data = request.data;
        m_unknown.clear();
        m_isPrepared = false;
        for (const Computed &computed : request.before) {
            if (stop.stop_requested())
                return;
            const auto value = m_evaluator.evaluate(computed.value, {m_data, computed.step, now});
            if (value && !value->isNull()) {
                if (!m_data.isObject())
                    m_data = JsonValue::object();
                m_data.set(computed.variable, *value);
            } else {
                m_unknown.append(computed.variable);
            }
        }
        m_isPrepared = true;
    }

    ProcessEvaluator m_evaluator;
    std::shared_ptr<std::atomic<qint64>> m_helper;
    bool m_isPrepared = false;
    JsonValue m_base;
    QList<Computed> m_before;
    JsonValue m_data;
    QStringList m_unknown;
};

AsyncEvaluator::AsyncEvaluator(QObject *parent)
    : AsyncEvaluator(interactiveOptions(), parent)
{
}

AsyncEvaluator::AsyncEvaluator(ProcessEvaluator::Options options, QObject *parent)
    : QObject(parent)
    , m_worker(new Worker(std::move(options), m_helper))
{
    m_thread.setObjectName(QStringLiteral("expressions"));
    m_worker->moveToThread(&m_thread);
    connect(&m_thread, &QThread::finished, m_worker, &QObject::deleteLater);
}

AsyncEvaluator::~AsyncEvaluator()
{
    if (!m_thread.isRunning()) {
        delete m_worker;
        return;
    }
    m_worker->shutdown.request_stop();
    m_stop.request_stop();
    m_thread.quit();
    m_thread.wait();
}

ProcessEvaluator::Options AsyncEvaluator::interactiveOptions()
{
    ProcessEvaluator::Options options;
    options.clockLimit = 650; // the helper itself stops at 500 ms of processor time
    return options;
}

void AsyncEvaluator::evaluate(QObject *client, const Request &request, const Receiver &receiver)
{
    const bool isKnown = m_clients.contains(client);
    cancel(client);
    if (!isKnown)
        m_clients.insert(client, connect(client, &QObject::destroyed, this, &AsyncEvaluator::forget));
    m_queue.append({client, request, receiver});
    startNext();
}

void AsyncEvaluator::cancel(QObject *client)
{
    m_queue.removeIf([client](const Job &job) { return job.client == client; });
    if (m_current && m_current->client == client) {
        m_current->client = nullptr;
        m_stop.request_stop();
    }
}

void AsyncEvaluator::forget(QObject *client)
{
    m_clients.remove(client);
    cancel(client);
}

void AsyncEvaluator::startNext()
{
    if (m_current || m_queue.isEmpty())
        return;
    m_current = m_queue.takeFirst();
    if (!m_thread.isRunning()) // many never have anything to do
        m_thread.start(QThread::LowPriority);
    m_stop = std::stop_source();
    QMetaObject::invokeMethod(m_worker, [this, request = m_current->request, stop = m_stop.get_token()] {
        const Answer answer = m_worker->work(request, stop);
        // Queued, to this object's thread; the destructor waits for the worker, so this object is there.
        QMetaObject::invokeMethod(
            this, [this, answer] { finish(answer); }, Qt::QueuedConnection);
        m_worker->restart();
    });
}

void AsyncEvaluator::finish(const Answer &answer)
{
    const Job job = *m_current;
    m_current.reset();
    startNext(); // first: the receiver may do anything, even destroy this
    if (job.client)
        job.receiver(answer);
}

} // namespace automation
