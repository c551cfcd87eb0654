// Ownership of coroutines: an owner may go at every point where one of its coroutines sleeps. Meant to run under the
// address and leak sanitizers, which see what the checks below cannot.

#include "model/api/automationclient.h"
#include "model/api/blocking.h"
#include "model/api/taskscope.h"
#include "scriptedserver.h"

#include <QSignalSpy>
#include <QTest>

using namespace automation;
using namespace std::chrono_literals;

namespace {

// What every window and session looks like: state that coroutines touch after each wait.
class Owner
{
public:
    explicit Owner(const QUrl &url, int *errors)
        : m_client({QStringLiteral("n"), url, QStringLiteral("acme")}, QStringLiteral("secret-key"), options())
        , m_scope([errors](const Error &) { ++*errors; })
    {
    }

    void begin()
    {
        m_client.setObserver([this](const RequestRecord &) { ++m_answers; });
        m_scope.start(work(m_scope.token()));
    }
    int stage() const { return m_stage; }
    int answers() const { return m_answers; }

private:
    static ClientOptions options()
    {
        ClientOptions options;
        options.firstRetryDelay = 60'000ms; // a retry's pause is a suspension point of its own
        options.maximumRetryDelay = 60'000ms;
        return options;
    }

    QCoro::Task<Result<void>> work(std::stop_token stop)
    {
        QCoro::Task<bool> sleeping = sleepFor(1ms, stop);
        const bool slept = co_await sleeping;
        if (!slept)
            co_return Error {ErrorCode::Cancelled, {}};
        m_stage = 1;
        QCoro::Task<Result<QList<DefinitionInfo>>> asking = m_client.listDefinitions(stop);
        Result<QList<DefinitionInfo>> definitions = co_await asking;
        if (stop.stop_requested())
            co_return Error {ErrorCode::Cancelled, {}};
        m_stage = 2;
        QCoro::Task<Result<QString>> starting
            = m_client.startInstance(QStringLiteral("d"), JsonValue::object(), 0, stop);
        Result<QString> started = co_await starting;
        if (stop.stop_requested())
            co_return Error {ErrorCode::Cancelled, {}};
        m_stage = 3;
        co_return Result<void>();
    }

    int m_stage = 0;
    int m_answers = 0;
    AutomationClient m_client;
    TaskScope m_scope;
};

} // namespace

class TestTaskScope : public QObject
{
    Q_OBJECT
private slots:
    void cleanup() { QVERIFY(TaskScope::drainAll()); }
    void handsOverResults();
    void reportsRootErrors();
    void staysQuietAfterStop();
    void wakesSleepersThroughTheEventLoop();
    void survivesDestructionAtEachPoint_data();
    void survivesDestructionAtEachPoint();
    void survivesDestructionFromWithinAResult();
    void clientDestroyedWhileTasksRun();
};

namespace {

QCoro::Task<Result<int>> later(int value, std::stop_token stop)
{
    QCoro::Task<bool> sleeping = sleepFor(1ms, stop);
    const bool slept = co_await sleeping;
    if (!slept)
        co_return Error {ErrorCode::Cancelled, {}};
    co_return value;
}

QCoro::Task<Result<void>> failLater(ErrorCode code, std::stop_token stop)
{
    QCoro::Task<bool> sleeping = sleepFor(1ms, stop);
    co_await sleeping;
    co_return Error {code, QStringLiteral("no")};
}

} // namespace

void TestTaskScope::handsOverResults()
{
    TaskScope scope;
    int result = 0;
    scope.start(later(7, scope.token()), [&result](const Result<int> &value) { result = value ? *value : -1; });
    QCOMPARE(scope.liveCount(), 1);
    QTRY_COMPARE(result, 7);
    QTRY_COMPARE(scope.liveCount(), 0);
}

void TestTaskScope::reportsRootErrors()
{
    QStringList messages;
    TaskScope scope([&messages](const Error &error) { messages.append(error.message); });
    scope.start(failLater(ErrorCode::Cancelled, scope.token()));
    scope.start(failLater(ErrorCode::Refused, scope.token()));
    QTRY_COMPARE(scope.liveCount(), 0);
    QCOMPARE(messages, QStringList {QStringLiteral("no")}); // being cancelled is no failure
}

void TestTaskScope::staysQuietAfterStop()
{
    bool called = false;
    {
        TaskScope scope([&called](const Error &) { called = true; });
        scope.start(failLater(ErrorCode::Refused, scope.token()));
        scope.start(later(1, scope.token()), [&called](const Result<int> &) { called = true; });
    }
    QVERIFY(TaskScope::drainAll());
    QVERIFY(!called);
}

void TestTaskScope::wakesSleepersThroughTheEventLoop()
{
    TaskScope scope;
    scope.start(later(1, scope.token()), [](const Result<int> &) {});
    scope.requestStop();
    QCOMPARE(scope.liveCount(), 1); // nothing resumed from within the request
    QTRY_COMPARE(scope.liveCount(), 0);
}

void TestTaskScope::survivesDestructionAtEachPoint_data()
{
    QTest::addColumn<int>("stage"); // what the owner reached when it goes
    QTest::addColumn<int>("requests");
    QTest::addColumn<int>("fault");
    QTest::newRow("asleep") << 0 << 0 << 0;
    QTest::newRow("request under way") << 1 << 1 << int(ScriptedReply::Fault::Silent);
    QTest::newRow("in the middle of an answer") << 1 << 1 << int(ScriptedReply::Fault::HangInBody);
    QTest::newRow("pausing before a retry") << 1 << 1 << -1;
    QTest::newRow("second request") << 2 << 2 << int(ScriptedReply::Fault::None);
    QTest::newRow("done") << 3 << 2 << -2;
}

void TestTaskScope::survivesDestructionAtEachPoint()
{
    QFETCH(int, stage);
    QFETCH(int, requests);
    QFETCH(int, fault);
    ScriptedServer server([fault](const ScriptedRequest &request) {
        ScriptedReply reply;
        reply.body = "[]";
        if (fault == -1)
            reply.status = 503;
        else if (request.method == "POST" && fault != -2)
            reply.fault = ScriptedReply::Fault::Silent;
        else if (fault > 0)
            reply.fault = ScriptedReply::Fault(fault);
        return reply;
    });
    int errors = 0;
    auto owner = std::make_unique<Owner>(server.url(), &errors);
    owner->begin();
    QTRY_COMPARE(owner->stage(), stage);
    QTRY_COMPARE(server.requests().size(), requests);
    if (fault == -1)
        QTRY_COMPARE(owner->answers(), 1);
    owner.reset();
    QVERIFY(TaskScope::drainAll());
    QCOMPARE(errors, 0);
}

void TestTaskScope::survivesDestructionFromWithinAResult()
{
    auto scope = std::make_unique<TaskScope>();
    bool called = false;
    scope->start(later(1, scope->token()), [&scope, &called](const Result<int> &) {
        called = true;
        scope.reset();
    });
    QTRY_VERIFY(called);
    QVERIFY(!scope);
}

void TestTaskScope::clientDestroyedWhileTasksRun()
{
    ScriptedServer server([](const ScriptedRequest &) {
        ScriptedReply reply;
        reply.fault = ScriptedReply::Fault::Silent;
        return reply;
    });
    TaskScope scope;
    std::optional<ErrorCode> code;
    auto client = std::make_unique<AutomationClient>(
        ApiAccount {QStringLiteral("n"), server.url(), QStringLiteral("acme")}, QStringLiteral("secret-key"));
    scope.start(client->listDefinitions(), [&code](const Result<QList<DefinitionInfo>> &result) {
        code = result ? ErrorCode::Internal : result.error().code;
    });
    QTRY_COMPARE(server.requests().size(), 1);
    client.reset();
    QVERIFY(!code); // not from within the destructor
    QTRY_VERIFY(code);
    QCOMPARE(*code, ErrorCode::Cancelled);
}

QTEST_GUILESS_MAIN(TestTaskScope)
#include "tst_taskscope.moc"
