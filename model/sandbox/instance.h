#pragma once

#include "model/json/jsonvalue.h"
#include "model/sandbox/steptable.h"

#include <memory>
#include <QList>
#include <vector>

namespace automation {

// One stored version of a workflow definition.
struct StoredDefinition
{
    QString id; // UUID
    int version = 1;
    qint64 createdAt = 0; // of this version
    JsonValue body; // subAccountId, trigger, status, definition {name, steps}

    QString trigger() const;
    bool isEnabled() const;
    QString subAccountId() const;
};

enum class InstanceStatus : quint8 { Runnable, Suspended, Complete, Terminated };
enum class PointerStatus : quint8 { Pending, Running, Complete, Sleeping, WaitingForEvent, Failed, Cancelled };

// The words of the API (reference §3).
QString statusText(InstanceStatus status);
QString statusText(PointerStatus status);

// One execution of one step (engine semantics §2). A step run twice has two. Times are -1 while unset.
struct ExecutionPointer
{
    QString id; // UUID
    int step = 0; // index in the StepTable
    QString stepId;
    PointerStatus status = PointerStatus::Pending;
    qint64 startedAt = -1;
    qint64 endedAt = -1;
    qint64 due = -1; // when a sleep ends or a wait times out
    int container = -1; // pointer of the If whose "do" this belongs to
    bool childrenStarted = false; // of an If: its condition was true
    QString eventName; // what it waits for: a channel or "dtmf"; empty = nothing
    QString eventKey; // sender or call
    bool eventArrived = false;
    JsonValue eventData;

    // Not stored.
    int openChildren = 0;
    bool dirty = true;

    bool isOpen() const { return endedAt < 0 && status != PointerStatus::Failed; }
    bool isWaiting() const { return !eventName.isEmpty() && !eventArrived && isOpen(); }
};

// What failed in an instance (reference §3, workflowErrors).
struct InstanceError
{
    QString workflowId;
    QString step;
    QString message;
    qint64 time = 0;
};

// A running workflow. Lives on the engine's thread.
struct Instance
{
    QString id; // 24 hex digits
    qint64 sequence = 0; // order of creation
    QString definitionId;
    int version = 1;
    InstanceStatus status = InstanceStatus::Runnable;
    JsonValue data;
    qint64 startedAt = 0;
    qint64 completedAt = -1;
    std::vector<ExecutionPointer> pointers; // in order of creation

    // Not stored.
    std::shared_ptr<const StepTable> steps;
    QList<int> open; // pointers that have not ended, in order of creation
    QList<int> pass; // fixed list of the current pass
    qsizetype passPosition = 0;
    quint64 call = 0; // outgoing HTTP request the instance waits for, 0 = none
    int callPointer = -1;
    bool queued = false;
    qint64 queuedDue = -1; // its entry among the due times, -1 = none

    bool isActive() const { return status == InstanceStatus::Runnable || status == InstanceStatus::Suspended; }
};

// A message the workflow sent: nothing leaves the computer.
struct SentMessage
{
    qint64 sequence = 0;
    QString workflowId;
    QString definitionId;
    int version = 0;
    QString step;
    QString kind; // "sms", "chat", "voice", "converse"
    qint64 time = 0;
    QString messageId; // umid, uid or ticketId
    QString to;
    QString text;
    JsonValue inputs; // after evaluation
};

} // namespace automation
