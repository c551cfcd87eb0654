#pragma once

#include "designer/inspector/stepdata.h"

#include <QTimer>

namespace automation {

// What the value of one field gives with the chosen example, found out in the helper process while a person types.
// GUI thread; never waits.
class LiveResult : public QObject
{
    Q_OBJECT
public:
    // What kind of value the field holds.
    enum class Kind {
        Whole, // one result
        Members, // an object whose members have results of their own
        Condition // true or false
    };
    struct State
    {
        enum class Phase {
            None, // no expressions
            Expected, // text: about as long as the result will be, to keep room for it; not to be read
            Working, // for longer than a moment
            Value,
            Unknown, // reads something that has no example value
            Failed
        };
        Phase phase = Phase::None;
        // Of Value and Unknown, the results in words, a line each: "= \"Hello\""; of Failed the cause.
        QString text;
        QString note; // what of it needs a second look; may be empty
        QString source; // whose values; empty when none were looked at
        JsonValue value; // of Value and kind Whole
        bool isOfSyntax = false; // of Failed: it cannot be read, which the checks say as well

        bool isThere() const { return phase >= Phase::Value; }
    };

    // sample: with what the field is evaluated now.
    LiveResult(StepData *data, std::function<StepData::Sample()> sample, Kind kind, QObject *parent);

    // nullptr: the field has no value.
    void setValue(const JsonValue *value);
    const State &state() const { return m_state; }
    // Whether the state of the value is still to come.
    bool isPending() const;
    StepData *data() const { return m_data; }

Q_SIGNALS:
    void stateChanged();

private:
    struct Part
    {
        QString name;
        JsonValue value;
    };
    void expect();
    void ask();
    void take(const AsyncEvaluator::Answer &answer);
    void setState(const State &state);
    QStringList namesOf(const JsonValue &value, const QStringList &unknown) const;
    QStringList placesWithoutValue(const JsonValue &value) const;

    QPointer<StepData> m_data;
    std::function<StepData::Sample()> m_sample;
    Kind m_kind;
    QList<Part> m_parts; // those that hold expressions
    StepData::Sample m_used;
    std::optional<AsyncEvaluator::Request> m_asked; // what m_state is about, or will be
    QTimer m_pause; // while keys come
    QTimer m_patience;
    State m_state;
};

} // namespace automation
