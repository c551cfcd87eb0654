#include "model/api/apivalues.h"

#include <QCoreApplication>

namespace automation {

namespace {

struct Texts
{
    Q_DECLARE_TR_FUNCTIONS(automation::ApiValues)
};

Error badAnswer(const QString &message)
{
    return Error {ErrorCode::BadAnswer, message};
}

Error notAnObject()
{
    return badAnswer(Texts::tr("it is not an object"));
}

Error missing(QLatin1StringView name)
{
    return badAnswer(Texts::tr("“%1” is missing").arg(name));
}

// An identifier: a text that is not empty, or a number as its digits.
QString identifier(const JsonValue &value)
{
    return value.isNumber() ? QString::fromLatin1(value.numberLexeme()) : value.toString();
}

int positive(const JsonValue &value)
{
    const qint64 number = value.isString() ? value.toString().toLongLong() : value.toInteger();
    return number >= 1 && number <= std::numeric_limits<int>::max() ? int(number) : 0;
}

// Of the schema's place or of the one its examples use (API reference C12).
const JsonValue &eitherPlace(const JsonValue &root, QLatin1StringView name)
{
    const JsonValue &outer = root[name];
    return outer.isNull() ? root[QLatin1StringView("definition")][name] : outer;
}

template <typename Status>
Status statusOf(const QString &word, std::initializer_list<std::pair<const char *, Status>> known)
{
    for (const auto &[name, status] : known) {
        if (word.compare(QLatin1StringView(name), Qt::CaseInsensitive) == 0)
            return status;
    }
    return Status::Unknown;
}

} // namespace

QDateTime parseServiceTime(const QString &text)
{
    QDateTime time = QDateTime::fromString(text, Qt::ISODateWithMs);
    if (!time.isValid())
        return {};
    if (time.timeSpec() == Qt::LocalTime) // no offset given
        time.setTimeSpec(Qt::UTC);
    return time.toUTC();
}

Result<DefinitionInfo> DefinitionInfo::fromJson(const JsonValue &json)
{
    if (!json.isObject())
        return notAnObject();
    const JsonValue &definition = json[QLatin1StringView("definition")];
    if (!definition.isObject())
        return missing(QLatin1StringView("definition"));
    DefinitionInfo info;
    info.id = identifier(eitherPlace(json, QLatin1StringView("id")));
    if (info.id.isEmpty())
        return missing(QLatin1StringView("id"));
    info.version = positive(eitherPlace(json, QLatin1StringView("version")));
    if (info.version == 0)
        return missing(QLatin1StringView("version"));
    info.name = definition[QLatin1StringView("name")].toString();
    info.trigger = json[QLatin1StringView("trigger")].toString();
    info.status = json[QLatin1StringView("status")].toString();
    info.subAccountId = json[QLatin1StringView("subAccountId")].toString();
    if (info.subAccountId.isEmpty())
        info.subAccountId = json[QLatin1StringView("subaccountId")].toString(); // C2
    info.createdAt = parseServiceTime(eitherPlace(json, QLatin1StringView("createdAt")).toString());
    info.raw = json;
    return info;
}

bool StepLog::isOpen() const
{
    return status == Status::Pending || status == Status::Running || status == Status::Sleeping
        || status == Status::WaitingForEvent;
}

Result<StepLog> StepLog::fromJson(const JsonValue &json)
{
    if (!json.isObject())
        return notAnObject();
    StepLog log;
    log.id = identifier(json[QLatin1StringView("id")]);
    log.stepName = json[QLatin1StringView("stepName")].toString();
    if (log.stepName.isEmpty())
        return missing(QLatin1StringView("stepName"));
    log.statusWord = json[QLatin1StringView("status")].toString();
    if (log.statusWord.isEmpty())
        return missing(QLatin1StringView("status"));
    log.status = statusOf<Status>(log.statusWord,
        {{"Pending", Status::Pending}, {"Running", Status::Running}, {"Complete", Status::Complete},
            {"Sleeping", Status::Sleeping}, {"WaitingForEvent", Status::WaitingForEvent}, {"Failed", Status::Failed},
            {"Cancelled", Status::Cancelled}});
    log.startedAt = parseServiceTime(json[QLatin1StringView("startedAt")].toString());
    log.completedAt = parseServiceTime(json[QLatin1StringView("completedAt")].toString());
    log.raw = json;
    return log;
}

QString WorkflowInstance::currentStep() const
{
    // Newest by start; entries that never started come before those that did, later entries win a tie.
    const StepLog *best = nullptr;
    for (const StepLog &log : logs) {
        if (!best || log.isOpen() > best->isOpen()
            || (log.isOpen() == best->isOpen() && !(log.startedAt < best->startedAt)))
            best = &log;
    }
    return best ? best->stepName : QString();
}

Result<WorkflowInstance> WorkflowInstance::fromJson(const JsonValue &json)
{
    if (!json.isObject())
        return notAnObject();
    WorkflowInstance instance;
    instance.id = identifier(json[QLatin1StringView("workflowId")]);
    if (instance.id.isEmpty())
        return missing(QLatin1StringView("workflowId"));
    instance.definitionId = identifier(json[QLatin1StringView("definitionId")]);
    instance.version = positive(json[QLatin1StringView("version")]);
    instance.statusWord = json[QLatin1StringView("status")].toString();
    if (instance.statusWord.isEmpty())
        return missing(QLatin1StringView("status"));
    instance.status = statusOf<Status>(instance.statusWord,
        {{"Runnable", Status::Runnable}, {"Suspended", Status::Suspended}, {"Complete", Status::Complete},
            {"Terminated", Status::Terminated}});
    instance.startedAt = parseServiceTime(json[QLatin1StringView("startedAt")].toString());
    if (!instance.startedAt.isValid())
        return missing(QLatin1StringView("startedAt"));
    instance.completedAt = parseServiceTime(json[QLatin1StringView("completedAt")].toString());
    instance.data = json[QLatin1StringView("data")];
    const JsonValue &logs = json[QLatin1StringView("logs")];
    instance.hasLogs = logs.isArray();
    for (qsizetype i = 0; i < logs.size() && logs.isArray(); ++i) {
        Result<StepLog> log = StepLog::fromJson(logs.at(i));
        if (!log)
            return badAnswer(Texts::tr("log entry %1: %2").arg(i + 1).arg(log.error().message));
        instance.logs.append(*log);
    }
    instance.raw = json;
    return instance;
}

Result<WorkflowError> WorkflowError::fromJson(const JsonValue &json)
{
    if (!json.isObject())
        return notAnObject();
    WorkflowError error;
    if (!json[QLatin1StringView("message")].isString())
        return missing(QLatin1StringView("message"));
    error.message = json[QLatin1StringView("message")].toString();
    error.instanceId = identifier(json[QLatin1StringView("workflowId")]);
    error.step = json[QLatin1StringView("step")].toString();
    error.time = parseServiceTime(json[QLatin1StringView("errorTime")].toString());
    error.raw = json;
    return error;
}

Result<TimeZoneInfo> TimeZoneInfo::fromJson(const JsonValue &json)
{
    if (!json.isObject())
        return notAnObject();
    TimeZoneInfo zone {json[QLatin1StringView("id")].toString(), json[QLatin1StringView("name")].toString()};
    if (zone.id.isEmpty())
        return missing(QLatin1StringView("id"));
    return zone;
}

Result<FunctionInfo> FunctionInfo::fromJson(const JsonValue &json)
{
    if (!json.isObject())
        return notAnObject();
    FunctionInfo function;
    function.name = json[QLatin1StringView("name")].toString();
    if (function.name.isEmpty())
        return missing(QLatin1StringView("name"));
    function.description = json[QLatin1StringView("description")].toString();
    function.example = json[QLatin1StringView("example")].toString();
    const JsonValue &parameters = json[QLatin1StringView("parameters")];
    for (qsizetype i = 0; i < parameters.size() && parameters.isArray(); ++i) {
        const JsonValue &parameter = parameters.at(i);
        function.parameters.append(
            {parameter[QLatin1StringView("name")].toString(), parameter[QLatin1StringView("type")].toString(),
                parameter[QLatin1StringView("required")].toBool(), parameter[QLatin1StringView("default")],
                parameter[QLatin1StringView("description")].toString(), parameter[QLatin1StringView("example")]});
    }
    function.raw = json;
    return function;
}

Result<Usage> Usage::fromJson(const JsonValue &json)
{
    const JsonValue &object = json.isArray() && json.size() == 1 ? json.at(0) : json;
    if (!object.isObject())
        return notAnObject();
    Usage usage;
    usage.allowedWorkflowCount = object[QLatin1StringView("allowedWorkflowCount")].toInteger(-1);
    usage.executedWorkflowCount = object[QLatin1StringView("executedWorkflowCount")].toInteger(-1);
    usage.allowedOverage = object[QLatin1StringView("allowedOverage")].toBool();
    usage.overagePrice = object[QLatin1StringView("overagePrice")].toDouble();
    usage.month = positive(object[QLatin1StringView("countStartedMonth")]);
    usage.year = positive(object[QLatin1StringView("countStartedYear")]);
    usage.raw = json;
    return usage;
}

Result<UsageMonth> UsageMonth::fromJson(const JsonValue &json)
{
    if (!json.isObject())
        return notAnObject();
    UsageMonth usage;
    usage.executedWorkflowCount = json[QLatin1StringView("executedWorkflowCount")].toInteger(-1);
    usage.month = positive(json[QLatin1StringView("month")]);
    usage.year = positive(json[QLatin1StringView("year")]);
    usage.raw = json;
    return usage;
}

} // namespace automation
