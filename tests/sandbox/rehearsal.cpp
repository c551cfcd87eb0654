#include "tests/sandbox/rehearsal.h"

#include "model/expression/processevaluator.h"
#include "model/json/jsonreader.h"
#include "model/json/jsonwriter.h"

#include <QTest>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace automation {

qint64 Rehearsal::startTime()
{
    return QDateTime(QDate(2026, 3, 2), QTime(8, 0), Qt::UTC).toMSecsSinceEpoch();
}

Rehearsal::Rehearsal(const QString &dataDirectory)
{
    SandboxOptions options;
    options.dataDirectory = dataDirectory;
    options.account = account();
    options.key = key();
    options.virtualClock = true;
    options.virtualStart = startTime();
    if (dataDirectory.isEmpty())
        options.seed = 42;
    options.evaluator = [] { return std::make_unique<ProcessEvaluator>(); };
    m_service = std::make_unique<SandboxService>(options);
    if (const Result<void> opened = m_service->open(); !opened)
        m_error = opened.error().message;
}

QString Rehearsal::Answer::message() const
{
    return body["message"_L1].toString();
}

JsonValue Rehearsal::json(const QByteArray &text)
{
    const Result<JsonValue> value = readJson(text);
    if (!value)
        qWarning("test data is not JSON: %s", qPrintable(value.error().message));
    return value ? *value : JsonValue();
}

Rehearsal::Answer Rehearsal::call(const QByteArray &method, const QString &path, const JsonValue &body)
{
    return callRaw(method, path, body.isNull() ? QByteArray() : writeJson(body), "Bearer " + key());
}

Rehearsal::Answer Rehearsal::callRaw(
    const QByteArray &method, const QString &path, const QByteArray &body, const QByteArray &authorization)
{
    const QString full = path.startsWith(u'/') ? path : u"/api/v1/accounts/%1/%2"_s.arg(account(), path);
    const QUrl url(full);
    ApiRequest request;
    request.method = method;
    request.path = url.path().mid(1).split(u'/');
    request.query = QUrlQuery(url);
    request.authorization = authorization;
    request.body = body;
    std::optional<ApiResponse> response;
    m_service->handle(request, [&](const ApiResponse &given) { response = given; });
    if (!QTest::qWaitFor([&] { return response.has_value(); }, 20000))
        return {};
    Answer answer;
    answer.status = response->status;
    if (!response->body.isEmpty())
        answer.body = json(response->body);
    for (const auto &[name, value] : response->headers) {
        if (name == "Location")
            answer.location = value;
    }
    return answer;
}

QString Rehearsal::create(const QByteArray &steps, const QString &trigger)
{
    const JsonValue body = JsonValue::object({{u"trigger"_s, trigger}, {u"status"_s, u"enabled"_s},
        {u"definition"_s, JsonValue::object({{u"name"_s, u"Test"_s}, {u"steps"_s, json(steps)}})}});
    const Answer answer = call("POST", u"definitions"_s, body);
    if (answer.status != 201)
        qWarning("refused: %s", qPrintable(answer.message()));
    return answer.body["definition"_L1]["id"_L1].toString();
}

QString Rehearsal::start(const QString &definition, const QByteArray &data)
{
    const Answer answer = call("POST", u"definitions/%1/workflows"_s.arg(definition), json(data));
    const QString id = QString::fromLatin1(answer.location.mid(answer.location.lastIndexOf('/') + 1));
    return answer.status == 201 && settle() ? id : QString();
}

bool Rehearsal::settle()
{
    return QTest::qWaitFor([this] { return call("GET", u"/sandbox/state"_s).body["idle"_L1].toBool(); }, 20000);
}

bool Rehearsal::advance(const QString &by)
{
    return call("POST", u"/sandbox/clock/advance"_s, JsonValue::object({{u"by"_s, by}})).status == 200;
}

JsonValue Rehearsal::instance(const QString &definition, const QString &workflow)
{
    return call("GET", u"definitions/%1/workflows/%2?includeLogs=true"_s.arg(definition, workflow)).body;
}

QString Rehearsal::status(const QString &definition, const QString &workflow)
{
    return instance(definition, workflow)["status"_L1].toString();
}

QStringList Rehearsal::log(const QString &definition, const QString &workflow)
{
    const JsonValue logs = instance(definition, workflow)["logs"_L1];
    QStringList lines;
    for (qsizetype i = 0; i < logs.size(); ++i)
        lines.append(logs.at(i)["stepName"_L1].toString() + u':' + logs.at(i)["status"_L1].toString());
    return lines;
}

JsonValue Rehearsal::errors(const QString &definition, const QString &workflow)
{
    return call("GET", u"definitions/%1/workflows/%2/errors"_s.arg(definition, workflow)).body;
}

QStringList Rehearsal::outbox()
{
    const JsonValue messages = call("GET", u"/sandbox/outbox?limit=500"_s).body;
    QStringList texts;
    for (qsizetype i = 0; i < messages.size(); ++i)
        texts.append(messages.at(i)["text"_L1].toString());
    return texts;
}

} // namespace automation
