#pragma once

#include "model/json/jsonvalue.h"
#include "model/json/result.h"

#include <QDateTime>
#include <QList>
#include <QString>

namespace automation {

// What the service answers, as typed values that keep the answer they were read from. Value types. The fromJson
// functions are tolerant where the service is known to vary (API reference §3, §10) and give ErrorCode::BadAnswer,
// naming what is missing, where a value cannot be used. Times are UTC; an invalid QDateTime means "not (yet)".

// One version of a stored definition (§3).
struct DefinitionInfo
{
    QString id;
    int version = 0;
    QString name;
    QString trigger; // "inbound_sms", …
    QString status; // "enabled" or "disabled", as sent
    QString subAccountId; // empty = any
    QDateTime createdAt;
    JsonValue raw; // the whole answer; WorkflowDefinition::fromJson reads it

    bool isEnabled() const { return status.compare(QLatin1StringView("enabled"), Qt::CaseInsensitive) == 0; }
    static Result<DefinitionInfo> fromJson(const JsonValue &json);
    friend bool operator==(const DefinitionInfo &a, const DefinitionInfo &b) = default;
};

// One execution of a step (§3 workflowLog).
struct StepLog
{
    enum class Status { Unknown, Pending, Running, Complete, Sleeping, WaitingForEvent, Failed, Cancelled };
    QString id;
    QString stepName; // the step's id in the definition
    QDateTime startedAt;
    QDateTime completedAt;
    Status status = Status::Unknown;
    QString statusWord; // as sent
    JsonValue raw;

    bool isOpen() const; // Pending, Running, Sleeping or WaitingForEvent
    static Result<StepLog> fromJson(const JsonValue &json);
    friend bool operator==(const StepLog &a, const StepLog &b) = default;
};

// An instance of a definition (§3).
struct WorkflowInstance
{
    enum class Status { Unknown, Runnable, Suspended, Complete, Terminated };
    QString id;
    QString definitionId;
    int version = 0;
    Status status = Status::Unknown;
    QString statusWord; // as sent; shown when the status is Unknown
    QDateTime startedAt;
    QDateTime completedAt; // invalid until it ended
    JsonValue data; // the context
    QList<StepLog> logs; // only when asked for; in the order of the answer
    bool hasLogs = false; // the answer had a list of logs
    JsonValue raw;

    bool isFinished() const { return status == Status::Complete || status == Status::Terminated; }
    // Of the newest open log entry, else of the newest one; empty without logs.
    QString currentStep() const;
    static Result<WorkflowInstance> fromJson(const JsonValue &json);
    friend bool operator==(const WorkflowInstance &a, const WorkflowInstance &b) = default;
};

// Why an instance was terminated by a fault (§3 workflowErrors).
struct WorkflowError
{
    QString instanceId;
    QString step; // id of the failed step; may be empty
    QString message;
    QDateTime time;
    JsonValue raw;

    static Result<WorkflowError> fromJson(const JsonValue &json);
    friend bool operator==(const WorkflowError &a, const WorkflowError &b) = default;
};

// A time zone scripts may name (endpoint 12).
struct TimeZoneInfo
{
    QString id; // the value for scripts
    QString name;

    static Result<TimeZoneInfo> fromJson(const JsonValue &json);
    friend bool operator==(const TimeZoneInfo &a, const TimeZoneInfo &b) = default;
};

// A function scripts may call (endpoint 13).
struct FunctionInfo
{
    struct Parameter
    {
        QString name;
        QString type;
        bool required = false;
        JsonValue defaultValue;
        QString description;
        JsonValue example;
        friend bool operator==(const Parameter &a, const Parameter &b) = default;
    };
    QString name;
    QString description;
    QString example;
    QList<Parameter> parameters;
    JsonValue raw;

    static Result<FunctionInfo> fromJson(const JsonValue &json);
    friend bool operator==(const FunctionInfo &a, const FunctionInfo &b) = default;
};

// The account's quota and use this month (endpoint 14); the answer may be an object or an array of one (C6).
// -1 = the answer does not say.
struct Usage
{
    qint64 allowedWorkflowCount = -1;
    qint64 executedWorkflowCount = -1;
    bool allowedOverage = false;
    double overagePrice = 0; // in the account's currency
    int month = 0; // 1..12, the month the counting started
    int year = 0;
    JsonValue raw;

    static Result<Usage> fromJson(const JsonValue &json);
};

// One past month (endpoint 15).
struct UsageMonth
{
    qint64 executedWorkflowCount = -1;
    int month = 0;
    int year = 0;
    JsonValue raw;

    static Result<UsageMonth> fromJson(const JsonValue &json);
};

// A time of the service: ISO 8601 with 0 to 7 fractional digits, UTC when it has no offset. Invalid when unreadable.
QDateTime parseServiceTime(const QString &text);

} // namespace automation
