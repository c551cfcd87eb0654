#pragma once

#include "model/json/jsonpointer.h"

namespace automation {

// Reading access to the members of one step. A view: valid as long as the JsonValue behind it is alive and unchanged.
class StepView
{
public:
    StepView() = default;
    explicit StepView(const JsonValue &json);
    bool isValid() const { return m_json && m_json->isObject(); }
    const JsonValue &json() const { return *m_json; }
    QString id() const { return m_members.id->toString(); }
    QString stepType() const { return m_members.stepType->toString(); }
    QString nextStepId() const { return m_members.nextStepId->toString(); } // empty when absent or null
    const JsonValue &inputs() const { return *m_members.inputs; }
    const JsonValue &input(QStringView dottedName) const; // "user.msisdn"; null value when absent
    const JsonValue &outputs() const { return *m_members.outputs; }
    const JsonValue &selectNextStep() const { return *m_members.selectNextStep; }
    const JsonValue &sequences() const { return *m_members.sequences; } // "do"
    // Whether it has other members than those.
    bool hasOtherMembers() const { return m_hasOthers; }
    // Of the texts above as they stand in the file, whatever they are.
    const JsonValue &idJson() const { return *m_members.id; }
    const JsonValue &stepTypeJson() const { return *m_members.stepType; }
    const JsonValue &nextStepIdJson() const { return *m_members.nextStepId; }
    // The value of the step has got another address; what it holds is the same.
    void relocate(const JsonValue &json) { m_json = &json; }

private:
    // The members, null values where they are missing. Of double keys the last one counts.
    struct Members
    {
        const JsonValue *id;
        const JsonValue *stepType;
        const JsonValue *inputs;
        const JsonValue *outputs;
        const JsonValue *nextStepId;
        const JsonValue *selectNextStep;
        const JsonValue *sequences;
    };
    static const Members &noMembers();
    const JsonValue **memberOf(const QString &key);

    const JsonValue *m_json = nullptr;
    Members m_members = noMembers();
    bool m_hasOthers = false;
};

// A workflow definition as it stands in a file or an answer of the service (reference/automation-api.md §3, §9): a
// view of names on top of the lossless tree; nothing is normalised. id and version are read in both places,
// subAccountId in both spellings. Value type.
class WorkflowDefinition
{
public:
    WorkflowDefinition() = default;
    // NotADefinition when the value has not the shape {…, "definition": {"steps": […]}}, Limit with more than mostSteps
    // steps, those inside others included, or a step of more than mostTargets conditions; missing names, unknown types
    // and wrong links are no error here, the validation reports them.
    static Result<WorkflowDefinition> fromJson(JsonValue root);
    // The same for what an edit made of a definition, without looking at its size.
    static Result<WorkflowDefinition> fromEdited(JsonValue root);
    // Far beyond what anybody draws, and few enough that opening the worst of files takes seconds and no gigabytes.
    static constexpr qsizetype mostSteps = 100'000;
    static constexpr qsizetype mostTargets = 30'000;

    const JsonValue &root() const { return m_root; }
    QString name() const;
    QString id() const; // empty when the file has none
    int version() const; // 0 when the file has none
    QString subAccountId() const;
    QString trigger() const; // "inbound_sms", …; empty when missing
    QString status() const; // "enabled", "disabled" or empty
    QString createdAt() const;

    static JsonPointer stepsPointer(); // /definition/steps
    const JsonValue &steps() const;

    // The body for POST and PUT: never accountId, id, version, createdAt; status always (reference §11).
    JsonValue toDefinitionInput() const;

private:
    JsonValue m_root;
};

} // namespace automation
