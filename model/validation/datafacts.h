#pragma once

#include "model/validation/dataflow.h"

#include <memory>

namespace automation {

class RuleContext;

// What rules over all steps know of the flow of data, kept from one check to the next: the ways are followed again only
// when steps are connected in another way, and questions are asked again only when others are to be asked.
class DataFacts
{
public:
    // isUnchanged: no step reads or writes other variables than at the last update; steps may lead elsewhere.
    void update(const RuleContext &context, bool isUnchanged);

    const DataFlow &flow() const { return *m_flow; }
    // For each read of a variable that the trigger does not bring, in the order of the steps.
    const std::vector<DataFlow::State> &states() const { return m_states; }
    // Whether a call that asks for keys comes before, for each step that waits for keys, in their order.
    DataFlow::State callState(size_t wait) const { return m_states[m_readCount + wait]; }
    bool isWritten(int variable) const
    {
        return variable >= 0 && size_t(variable) < m_isWritten.size() && m_isWritten[size_t(variable)];
    }
    bool isOfTrigger(int variable) const
    {
        return size_t(variable) < m_isOfTrigger.size() && m_isOfTrigger[size_t(variable)];
    }

private:
    void markTriggerNames(const RuleContext &context);

    QList<Connection> m_connections; // those m_flow was made for
    std::vector<DataWrite> m_writes;
    std::vector<DataRead> m_reads;
    size_t m_readCount = 0; // without those of the waits for keys
    std::vector<DataFlow::State> m_states;
    std::vector<bool> m_isWritten;
    std::vector<bool> m_isOfTrigger;
    std::unique_ptr<DataFlow> m_flow;
};

} // namespace automation
