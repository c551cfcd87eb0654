#pragma once

#include "model/json/jsonvalue.h"
#include "model/json/result.h"

#include <QHash>
#include <QList>
#include <QStringList>
#include <vector>

namespace automation {

// One input of a step type as the inspector offers it.
struct InputField
{
    enum class Editor {
        Text, // one line, may hold {{…}}
        MultilineText,
        Expression, // a condition: one {{…}}
        PhoneNumber,
        Url,
        Duration, // d.HH:mm:ss
        Integer,
        Number,
        Choice, // one of choices
        KeyValue, // object of name -> text (headers, query)
        List, // list of objects, whose members are items
        Content, // object whose members are other inputs: what it looks like, and what none of them shows as JSON
        Json // any JSON value
    };
    // Holds when another input is one of some words, regardless of case.
    struct Condition
    {
        QString name; // of the input
        QStringList keys; // of that name
        QStringList values;
        int keyNumber = -1; // of the first key, in StepType::inputKeys; -1 of fields of List items
        friend bool operator==(const Condition &, const Condition &) = default;
    };

    QString name; // path below "inputs", dots between keys: "user.msisdn", "content.text"
    QStringList keys; // of that path
    int keyNumber = 0; // of the first one, in StepType::inputKeys
    QString label; // translated
    QString help; // translated, one sentence
    QString placeholder;
    Editor editor = Editor::Text;
    bool required = false;
    JsonValue defaultValue; // what the service assumes when absent; null = nothing
    QStringList choices; // for Choice
    bool openChoices = false; // other texts than the choices are fine
    bool anyCase = false; // a choice may be written in any case, as the service's own examples do
    bool isSms = false; // sent as an SMS, so its parts are paid for; see countSms()
    // The input has a meaning only while all of these hold. Several inputs may have the same name then.
    QList<Condition> when;
    int group = 0; // inputs that have a meaning at the same time share a number; 0 = always
    // List: the members of each element, named and asked as if the element were the inputs; and a new element.
    QList<InputField> items;
    QString itemLabel; // translated: "Button"
    JsonValue newItem;

    // Whether it has a meaning among these inputs.
    bool isMeant(const JsonValue &inputs) const;
    // Its value there; nullptr when there is none.
    const JsonValue *find(const JsonValue &inputs) const;
};

// The keys that the inputs of a step type begin with, to be looked up once for every member of every step: a table
// without the cost of a general hash.
class InputKeys
{
public:
    int add(const QString &key); // its number, counted from 0; the same for the same key
    // -1 when it is none of them.
    int find(const QString &key) const { return m_keys.isEmpty() ? -1 : m_table[placeOf(key)]; }
    int count() const { return int(m_keys.size()); }

private:
    size_t placeOf(const QString &key) const; // where in the table it stands or would stand

    QStringList m_keys;
    std::vector<qint32> m_table; // numbers, -1 for free places; a power of two, at most half full
};

// What a step offers as step.NAME to outputs.
struct OfferedOutput
{
    QString name;
    QString type; // "text", "number", "object", "any"
    QString help;
};

// A way out of a step that the type always has (WaitForReply: replied, no reply; Branch: otherwise).
struct OutcomeTemplate
{
    enum class Tone { Neutral, Positive, Negative };
    QString key; // "replied", "noReply", "otherwise"
    QString label; // translated
    QString condition; // expression with braces as it stands in selectNextStep; empty = null, the default branch
    Tone tone = Tone::Neutral;
};

// Everything the program knows about one step type or trigger. Source: reference/automation-api.md §4, §5; data
// in resources/steps/*.json, one file a type; texts there are the English sources of the context "StepCatalog".
struct StepType
{
    enum class Outcomes {
        Single, // nextStepId
        Fixed, // the templates below
        Conditions, // a Branch: one outcome a condition plus the default
        Container // an If: do sequences, then nextStepId
    };

    QString name; // the word in stepType or trigger: "SMS", "inbound_sms"
    QString label; // translated: "Chat Apps message"
    QString description; // translated, one short sentence for palette and quick-add
    QString category; // "trigger", "messaging", "wait", "logic", "integration"
    QString icon; // name of an icon in resources/icons
    // What the card says, for summarise(): alternatives between "|", of which the first counts whose {name} inputs are
    // all there. {name:value} stands out, {name:duration} is read out; a Branch has {subject}, what it looks at.
    QString summary;
    QString idPrefix; // of new steps: "sms" gives sms_1
    bool isTrigger = false;
    Outcomes outcomes = Outcomes::Single;
    QList<OutcomeTemplate> outcomeTemplates;
    QList<InputField> inputs;
    InputKeys inputKeys; // the first keys of those
    QList<OfferedOutput> outputs;
    // What rules ask of every step, told from the above once.
    enum class Role { Other, VoiceMessage, WaitForReply, WaitForKeys };
    Role role = Role::Other; // by its name
    bool waits = false; // by its category
    bool hasHeaders = false; // has an input "headers", as requests do
    bool hasSchedule = false; // has an input "scheduled", as SMS do
    JsonValue newInputs; // "inputs" of a step fresh from the palette
    // Triggers: example payloads to start an instance with, by their name ("Webhook v3 (WhatsApp)").
    QList<std::pair<QString, JsonValue>> payloads;

    const InputField *input(QStringView inputName) const;
};

// The step types and triggers known to the program. Immutable after loading, so safe to share between threads.
class StepCatalog
{
public:
    // The one in the program's resources. Loaded once; a broken resource is a bug and terminates.
    static const StepCatalog &builtIn();
    static Result<StepCatalog> load(const QString &directory);

    // By its word, regardless of case and outer blanks (reference/engine-semantics.md §1); nullptr when unknown.
    const StepType *step(QStringView name) const;
    const StepType *trigger(QStringView name) const;
    const QList<StepType> &steps() const { return m_steps; } // in palette order
    const QList<StepType> &triggers() const { return m_triggers; }

private:
    QList<StepType> m_steps;
    QList<StepType> m_triggers;
};

} // namespace automation
