#pragma once

#include "model/validation/dataflow.h"
#include "model/validation/messageshape.h"

#include <memory>

namespace automation {

class RuleContext;

// What rules over all steps know of the flow of data, kept from one check to the next: the ways are followed again only
// when steps are connected in another way, and questions are asked again only when others are to be asked.
class DataFacts
{
public:
    // isUnchanged: no step reads or writes in another way than at the last update; steps may lead elsewhere.
    void update(const RuleContext &context, bool isUnchanged);

    const DataFlow &flow() const { return *m_flow; }

    // A read of a variable that the trigger does not bring and that is not surely written before.
    struct DoubtfulRead
    {
        int node = 0;
        int read = 0; // in StepAnalysis::reads
        DataFlow::State state = DataFlow::State::Never;
    };
    const std::vector<DoubtfulRead> &doubtfulReads() const { return m_doubtfulReads; } // of reached steps, in order
    // A write of a variable that nobody reads, or that the trigger brings.
    struct DoubtfulWrite
    {
        int node = 0;
        int write = 0; // in StepAnalysis::writes
        bool isOfTrigger = false;
    };
    const std::vector<DoubtfulWrite> &doubtfulWrites() const { return m_doubtfulWrites; } // in order
    // A read of a variable that only ever holds a reply.
    struct ReplyRead
    {
        int node = 0;
        int read = 0; // in StepAnalysis::reads
        MessageShape::Kind kind = MessageShape::Kind::Sms;
    };
    const std::vector<ReplyRead> &replyReads() const { return m_replyReads; } // in order
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
    void collectDoubts(const RuleContext &context);
    void leaveOutGuarded(const RuleContext &context);
    void collectReplyReads(const RuleContext &context);

    QList<Connection> m_connections; // those m_flow was made for
    std::vector<DataWrite> m_writes;
    std::vector<DataRead> m_reads;
    size_t m_readCount = 0; // without those of the waits for keys
    std::vector<DataFlow::State> m_states;
    std::vector<bool> m_isWritten;
    std::vector<bool> m_isOfTrigger;
    std::unique_ptr<DataFlow> m_flow;
    std::vector<DoubtfulRead> m_doubtfulReads;
    std::vector<DoubtfulWrite> m_doubtfulWrites;
    std::vector<ReplyRead> m_replyReads;
};

} // namespace automation
