#include "model/sandbox/steptable.h"

using namespace Qt::StringLiterals;

namespace automation {

StepKind stepKind(const QString &stepType)
{
    static const QHash<QString, StepKind> kinds {
        {u"sms"_s, StepKind::Sms},
        {u"chatappsmessage"_s, StepKind::ChatAppsMessage},
        {u"httprequest"_s, StepKind::HttpRequest},
        {u"branch"_s, StepKind::Branch},
        {u"if"_s, StepKind::If},
        {u"wait"_s, StepKind::Wait},
        {u"waitforreply"_s, StepKind::WaitForReply},
        {u"voicemessage"_s, StepKind::VoiceMessage},
        {u"waitfordtmf"_s, StepKind::WaitForDtmf},
        {u"sendtoconverse"_s, StepKind::SendToConverse},
    };
    return kinds.value(stepType.trimmed().toLower(), StepKind::Unknown);
}

StepTable::StepTable(const JsonValue &steps)
{
    for (qsizetype i = 0; i < steps.size(); ++i)
        add(steps.at(i));
}

int StepTable::add(const JsonValue &step)
{
    const auto index = static_cast<int>(m_steps.size());
    Step entry;
    entry.id = step["id"_L1].toString();
    entry.kind = stepKind(step["stepType"_L1].toString());
    entry.json = step;
    m_steps.append(entry);
    if (!m_byId.contains(entry.id))
        m_byId.insert(entry.id, index);

    const JsonValue &sequences = step["do"_L1];
    for (qsizetype i = 0; i < sequences.size(); ++i) {
        const JsonValue &sequence = sequences.at(i);
        for (qsizetype k = 0; k < sequence.size(); ++k) {
            const int child = add(sequence.at(k));
            if (k == 0)
                m_steps[index].children.append(child);
        }
    }
    return index;
}

} // namespace automation
