#include "model/validation/rules.h"

namespace automation {

namespace {

using Severity = Problem::Severity;
using Text = RuleText;
using Kind = MessageShape::Kind;
using Member = ScriptReference::Member;

QString joined(const QList<Member> &path, qsizetype from)
{
    QString text;
    for (qsizetype i = from; i < path.size(); ++i) {
        if (!text.isEmpty())
            text += u'.';
        text += path.at(i).name;
    }
    return text;
}

// Whether the names from a place on can be replaced by others: none of them in brackets.
bool isDotted(const ScriptReference &reference, qsizetype from)
{
    const QList<Member> &path = reference.path;
    for (qsizetype i = from + 1; i < path.size(); ++i) {
        if (path.at(i).offset != path.at(i - 1).offset + path.at(i - 1).length + 1)
            return false;
    }
    return from < path.size() && path.last().offset + path.last().length == reference.offset + reference.length;
}

// Looks at the members of a message, of which path[from] is the first below "payload".
class MessagePath
{
public:
    MessagePath(const ScriptReference &reference, qsizetype from, Kind kind)
        : m_reference(reference)
        , m_from(from)
        , m_kind(kind)
    {
    }

    bool fits() const
    {
        const QList<Member> &path = m_reference.path;
        if (m_from >= path.size())
            return true;
        const QString &name = path.at(m_from).name;
        if (!MessageShape::isPayloadKey(m_kind, name))
            return false;
        return m_kind == Kind::Sms || m_from + 1 >= path.size()
            || MessageShape::isMemberOf(name, path.at(m_from + 1).name);
    }
    // Of a message of the other kind.
    bool isForeign() const
    {
        return MessageShape::isPayloadKey(
                   m_kind == Kind::Sms ? Kind::Chat : Kind::Sms, m_reference.path.at(m_from).name)
            && !MessageShape::isPayloadKey(m_kind, m_reference.path.at(m_from).name);
    }
    const QString &wrongName() const
    {
        const QList<Member> &path = m_reference.path;
        const bool isFirst = !MessageShape::isPayloadKey(m_kind, path.at(m_from).name);
        return path.at(isFirst ? m_from : m_from + 1).name;
    }
    // Makes the rest of the path what the message really has, where that is clear.
    void setFix(Problem &problem, const RuleContext &context, qsizetype useOffset) const
    {
        const QStringView meant = MessageShape::sameIn(m_kind, joined(m_reference.path, m_from));
        if (meant.isEmpty() || !isDotted(m_reference, m_from))
            return;
        const Problem whole = problem;
        problem.offset = useOffset + m_reference.path.at(m_from).offset;
        problem.length = m_reference.offset + m_reference.length - m_reference.path.at(m_from).offset;
        setTextFix(problem, context, meant.toString());
        problem.offset = whole.offset;
        problem.length = whole.length;
    }

private:
    const ScriptReference &m_reference;
    const qsizetype m_from;
    const Kind m_kind;
};

bool isChannelUserId(const ScriptReference &reference)
{
    return reference.path.size() >= 3 && reference.path.at(1).name == u"user"
        && reference.path.at(2).name == u"channelUserId";
}

QString kindName(Kind kind)
{
    return kind == Kind::Sms ? Text::tr("an SMS") : Text::tr("a chat message");
}

// path[from] is what is read of a reply.
void checkReplyPath(RuleContext &context, const RuleStep &step, const ScriptUse &use, const ScriptReference &reference,
    qsizetype from, Kind kind)
{
    const QList<Member> &path = reference.path;
    if (from >= path.size())
        return;
    const Member &first = path.at(from);
    if (!MessageShape::isEnvelopeKey(first.name)) {
        if (first.name == u"length")
            return;
        Problem &problem = context.report(Severity::Warning, QLatin1StringView("reply-mismatch"), step, use,
            first.offset, first.length,
            Text::tr("A reply is the whole message that came in; what it says is below “payload”, and it has no “%1”.")
                .arg(first.name));
        if (MessageShape::isPayloadKey(kind, first.name))
            setTextFix(problem, context, u"payload."_qs + first.name);
        return;
    }
    if (first.name != u"payload")
        return;
    const MessagePath message(reference, from + 1, kind);
    if (message.fits())
        return;
    Problem &problem
        = context.report(Severity::Warning, QLatin1StringView("reply-mismatch"), step, use, reference.offset,
            reference.length, Text::tr("The reply is %1, which has no “%2”.").arg(kindName(kind), message.wrongName()));
    message.setFix(problem, context, use.offset);
}

} // namespace

bool isPayloadDoubtful(const RuleContext &context, const ScriptReference &reference)
{
    static const QString payload = QStringLiteral("payload");
    if (reference.path.size() < 2 || !context.hasMessage() || !isSameKey(reference.path.first().name, payload))
        return false;
    return isChannelUserId(reference) || !MessagePath(reference, 1, context.messageKind()).fits();
}

void checkReply(RuleContext &context, const RuleStep &step, const ScriptUse &use, const ScriptReference &reference)
{
    Kind kind = Kind::Sms;
    if (step.node->type->role == StepType::Role::WaitForReply && reference.path.first().name == u"reply"
        && MessageShape::kindOfChannel(step.view.inputs()[QLatin1StringView("channel")].toString(), &kind))
        checkReplyPath(context, step, use, reference, 1, kind);
}

void checkPayload(RuleContext &context)
{
    // A step that writes data.payload makes it something else.
    if (context.facts().isWritten(context.variables().find(QStringLiteral("payload"))))
        return;
    for (const RuleStep &step : context.steps()) {
        if (!step.hasDoubts)
            continue;
        bool isUserIdSaid = false;
        for (const StepAnalysis::Doubt &doubt : step.analysis->seldom().payloadDoubts) {
            const ScriptUse &use = step.analysis->scripts[doubt.script];
            const ScriptReference &reference = use.script->references.references.at(doubt.index);
            const MessagePath message(reference, 1, context.messageKind());
            if (message.fits()) {
                if (std::exchange(isUserIdSaid, true))
                    continue;
                const Member &member = reference.path.at(2);
                Problem &problem = context.report(Severity::Hint, QLatin1StringView("channel-user-id"), step, use,
                    reference.offset, reference.length,
                    Text::tr(
                        "Webhooks of version 3 have no channelUserId on Viber and RCS, and no phone number in it on "
                        "WhatsApp; user.msisdn is there in all versions."));
                if (problem.pointer.lastToken() != member.name && isDotted(reference, 2)
                    && reference.path.size() == 3) {
                    const qsizetype offset = std::exchange(problem.offset, use.offset + member.offset);
                    const qsizetype length = std::exchange(problem.length, member.length);
                    setTextFix(problem, context, QStringLiteral("msisdn"));
                    problem.offset = offset;
                    problem.length = length;
                }
                continue;
            }
            const QString name = joined(reference.path, 0);
            if (message.isForeign()) {
                Problem &problem = context.report(Severity::Warning, QLatin1StringView("payload-mismatch"), step, use,
                    reference.offset, reference.length,
                    Text::tr("data.%1 is read here, but the data of the trigger “%2” have no “%3”.")
                        .arg(name, context.trigger()->label, message.wrongName()));
                message.setFix(problem, context, use.offset);
            } else {
                Problem &problem = context.report(Severity::Warning, QLatin1StringView("payload-unknown"), step, use,
                    reference.offset, reference.length,
                    Text::tr("data.%1 is read here, but no message has “%2” there.").arg(name, message.wrongName()));
                message.setFix(problem, context, use.offset);
            }
        }
    }
}

void checkReplies(RuleContext &context)
{
    for (const DataFacts::ReplyRead &found : context.facts().replyReads()) {
        const RuleStep &step = *context.stepOf(found.node);
        const StepAnalysis::VariableRead &read = step.analysis->reads[found.read];
        const ScriptUse &use = step.analysis->scripts[read.script];
        checkReplyPath(context, step, use, use.script->references.references.at(read.reference), 1, found.kind);
    }
}

} // namespace automation
