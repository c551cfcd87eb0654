#pragma once

#include "model/json/jsonvalue.h"

#include <QHash>
#include <QList>

namespace automation {

// The step types the engine can run (API reference §5).
enum class StepKind {
    Unknown,
    Sms,
    ChatAppsMessage,
    HttpRequest,
    Branch,
    If,
    Wait,
    WaitForReply,
    VoiceMessage,
    WaitForDtmf,
    SendToConverse
};

// By the word in stepType, regardless of case and outer blanks (engine semantics §1).
StepKind stepKind(const QString &stepType);

// All steps of one definition in one list, depth first in the order of the document, as the engine numbers them.
// Ids share one name space; of equal ids the first counts. Immutable value.
class StepTable
{
public:
    struct Step
    {
        QString id;
        StepKind kind = StepKind::Unknown;
        JsonValue json;
        QList<int> children; // the first step of each inner list of "do"
    };

    StepTable() = default;
    explicit StepTable(const JsonValue &steps);

    const QList<Step> &steps() const { return m_steps; }
    int indexOf(const QString &id) const { return m_byId.value(id, -1); }

private:
    int add(const JsonValue &step);

    QList<Step> m_steps;
    QHash<QString, int> m_byId;
};

} // namespace automation
