#pragma once

#include "model/json/jsonpointer.h"

namespace automation {

// Reading access to the members of one step. A view: valid as long as the JsonValue behind it is alive and unchanged.
class StepView
{
public:
    StepView() = default;
    explicit StepView(const JsonValue &json)
        : m_json(&json)
    {
    }
    bool isValid() const { return m_json && m_json->isObject(); }
    const JsonValue &json() const { return *m_json; }
    QString id() const;
    QString stepType() const;
    QString nextStepId() const; // empty when absent or null
    const JsonValue &inputs() const;
    const JsonValue &input(QStringView dottedName) const; // "user.msisdn"; null value when absent
    const JsonValue &outputs() const;
    const JsonValue &selectNextStep() const;
    const JsonValue &sequences() const; // "do"

private:
    const JsonValue *m_json = nullptr;
};

// A workflow definition as it stands in a file or an answer of the service (reference/automation-api.md §3, §9): a
// view of names on top of the lossless tree; nothing is normalised. id and version are read in both places,
// subAccountId in both spellings. Value type.
class WorkflowDefinition
{
public:
    WorkflowDefinition() = default;
    // NotADefinition when the value has not the shape {…, "definition": {"steps": […]}}; missing names, unknown types
    // and wrong links are no error here, the validation reports them.
    static Result<WorkflowDefinition> fromJson(JsonValue root);

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
