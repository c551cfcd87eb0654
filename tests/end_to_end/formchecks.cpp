#include "tests/end_to_end/formchecks.h"

namespace automation {

QList<ConditionEdits> conditionEdits(const QString &stepId)
{
    const ConditionEdits times {u"condition"_qs, {u"inputs"_qs, u"condition"_qs},
        {{"checkSubject", 0, "data.when", "{{isTimeOfDayBetween(data.when, '09:00:00', '18:00:00', 'UTC')}}"},
            {"checkKind", 0, "has a time outside of",
                "{{!isTimeOfDayBetween(data.triggeredAt, '09:00:00', '18:00:00', 'UTC')}}"},
            {"checkValue", 0, "10:30:00", "{{isTimeOfDayBetween(data.triggeredAt, '10:30:00', '18:00:00', 'UTC')}}"},
            {"checkValue", 1, "17:00:00", "{{isTimeOfDayBetween(data.triggeredAt, '09:00:00', '17:00:00', 'UTC')}}"},
            {"checkChoice", 0, "", "{{isTimeOfDayBetween(data.triggeredAt, '09:00:00', '18:00:00', '%1')}}"},
            {"addCheck", 0, "",
                "{{isTimeOfDayBetween(data.triggeredAt, '09:00:00', '18:00:00', 'UTC') && data.triggeredAt == ''}}"},
            {"switch_condition", 0, "{{data.x > 1}}", "{{data.x > 1}}"}}};
    const ConditionEdits keyword {u"condition_only_if"_qs, {u"selectNextStep"_qs, u"only_if"_qs},
        {{"checkSubject", 0, "data.answer", "{{stringContains(data.answer, 'yes', true)}}"},
            {"checkKind", 0, "does not contain", "{{!stringContains(data.payload.body, 'yes', true)}}"},
            {"checkValue", 0, "it's so", "{{stringContains(data.payload.body, 'it\\'s so', true)}}"},
            {"checkMatchCase", 0, "", "{{stringContains(data.payload.body, 'yes')}}"}}};
    const ConditionEdits several {u"condition_call_http"_qs, {u"selectNextStep"_qs, u"call_http"_qs},
        {{"checkJoin", 0, "Any of these", "{{data.answer == 'no' || data.count > 3}}"},
            {"checkSubject", 0, "data.word", "{{data.word == 'no' && data.count > 3}}"},
            {"checkKind", 0, "is not the text", "{{data.answer != 'no' && data.count > 3}}"},
            {"checkValue", 0, "not", "{{data.answer == 'not' && data.count > 3}}"},
            {"checkSubject", 1, "data.sum", "{{data.answer == 'no' && data.sum > 3}}"},
            {"checkKind", 1, "is at least", "{{data.answer == 'no' && data.count >= 3}}"},
            {"checkValue", 1, "-7.5", "{{data.answer == 'no' && data.count > -7.5}}"},
            {"removeCheck", 0, "", "{{data.count > 3}}"}}};
    const ConditionEdits expression {u"condition_pause"_qs, {u"selectNextStep"_qs, u"pause"_qs},
        {{"editor_condition_pause", 0, "{{data.x > 1}}", "{{data.x > 1}}"}}};
    if (stepId == u"only_if")
        return {times};
    if (stepId == u"decide")
        return {keyword, several, expression};
    return {};
}

} // namespace automation
