#include "model/definition/conditionreading.h"
#include "model/validation/datafacts.h"
#include "model/validation/rules.h"

namespace automation {

namespace {

using Severity = Problem::Severity;
using Text = RuleText;
using Kind = MessageShape::Kind;

constexpr QLatin1StringView requestId("dtmfRequestId");
constexpr QLatin1StringView oldRequestId("correlationId");

JsonPointer inputPlace(const RuleStep &step, QLatin1StringView name)
{
    return step.node->pointer / QLatin1StringView("inputs") / name;
}

QString textOf(const RuleStep &step, QLatin1StringView input)
{
    return step.view.inputs()[input].toString().trimmed();
}

void checkIdOfWait(RuleContext &context, const RuleStep &step)
{
    const bool hasId = !textOf(step, QLatin1StringView("dtmfRequestId")).isEmpty();
    const bool hasOldId = !textOf(step, QLatin1StringView("correlationId")).isEmpty();
    if (hasId && hasOldId) {
        const JsonPointer place = inputPlace(step, oldRequestId);
        setFix(context.report(Severity::Warning, QLatin1StringView("dtmf-two-ids"), step, place,
                   Text::tr("dtmfRequestId and correlationId are two names for the same; only one of them counts.")),
            Text::tr("Remove correlationId"), JsonEdit::remove(context.root(), place));
    } else if (hasOldId && !step.view.inputs().contains(requestId)) {
        const JsonPointer place = inputPlace(step, oldRequestId);
        setFix(context.report(Severity::Hint, QLatin1StringView("dtmf-spelling"), step, place,
                   Text::tr("The id of the call is called dtmfRequestId in the service's description.")),
            Text::tr("Write dtmfRequestId"), JsonEdit::renameKey(context.root(), place, QString(requestId)));
    } else if (!hasId && !hasOldId) {
        context.report(Severity::Warning, QLatin1StringView("dtmf-no-id"), step, inputPlace(step, requestId),
            Text::tr("It is not said which call the keys belong to, so they are never found."));
    }
    const QLatin1StringView used = hasId ? requestId : oldRequestId;
    if (step.view.inputs()[used].toString().contains(u"uuid(")) {
        context.report(Severity::Warning, QLatin1StringView("dtmf-request-id"), step, inputPlace(step, used),
            Text::tr(
                "uuid() makes a new id each time, which is that of no call; keep the id of the call in an output."));
    }
}

// An SMS comes from a number, a chat message from a user of the channel.
void checkSender(RuleContext &context, const RuleStep &step)
{
    const QString from = textOf(step, QLatin1StringView("from"));
    Kind kind = Kind::Sms;
    if (!MessageShape::kindOfChannel(textOf(step, QLatin1StringView("channel")), &kind))
        return;
    const QStringView script = withoutBraces(from);
    const bool isChatField = script.startsWith(u"data.payload.user.");
    const bool isSmsField = script == u"data.payload.source";
    const Kind started = context.messageKind();
    const JsonPointer place = inputPlace(step, QLatin1StringView("from"));
    if (kind == Kind::Sms && isChatField) {
        const bool isNumber = script == u"data.payload.user.msisdn" && context.hasMessage() && started == Kind::Chat;
        Problem &problem = context.report(isNumber ? Severity::Hint : Severity::Warning,
            QLatin1StringView("reply-sender"), step, place,
            isNumber
                ? Text::tr("An answer by SMS is awaited from the number of a chat user; it comes only if both are the "
                           "same.")
                : Text::tr("An answer by SMS is awaited, but “%1” is the field of a chat message; the sender of an "
                           "SMS is data.payload.source.")
                      .arg(script));
        if (context.hasMessage() && started == Kind::Sms)
            setFix(problem, Text::tr("Write data.payload.source"),
                JsonEdit::replace(context.root(), place, QStringLiteral("{{data.payload.source}}")));
        else if (!isNumber && context.hasMessage())
            setFix(problem, Text::tr("Write data.payload.user.msisdn"),
                JsonEdit::replace(context.root(), place, QStringLiteral("{{data.payload.user.msisdn}}")));
    } else if (kind == Kind::Chat && isSmsField) {
        const bool isSms = context.hasMessage() && started == Kind::Sms;
        Problem &problem = context.report(isSms ? Severity::Hint : Severity::Warning, QLatin1StringView("reply-sender"),
            step, place,
            isSms
                ? Text::tr("An answer by chat is awaited from the number of an SMS; it comes only if the person writes "
                           "there as well.")
                : Text::tr(
                    "An answer by chat is awaited, but “%1” is the field of an SMS; the sender of a chat message "
                    "is data.payload.user.msisdn.")
                      .arg(script));
        if (context.hasMessage() && started == Kind::Chat)
            setFix(problem, Text::tr("Write data.payload.user.msisdn"),
                JsonEdit::replace(context.root(), place, QStringLiteral("{{data.payload.user.msisdn}}")));
    }
}

// Compares what a wait for keys looks for with what the calls are known by (API reference §5): the request id that the
// call was given, else the uid of its answer.
class CallIds
{
public:
    explicit CallIds(RuleContext &context)
        : m_context(context)
    {
        for (const RuleStep &step : context.steps()) {
            if (step.analysis->asksForKeys)
                m_calls.push_back(&step);
        }
    }

    void check(const RuleStep &wait)
    {
        const QLatin1StringView input = wait.view.inputs().contains(requestId) ? requestId : oldRequestId;
        const QString text = textOf(wait, input);
        if (m_calls.empty() || text.isEmpty())
            return;
        const QString script = withoutBraces(text).toString();
        if (!text.contains(u"{{"))
            checkLiteral(wait, input, text);
        else if (script.startsWith(u"data."))
            checkVariable(wait, input, script.mid(5).split(u'.'));
        if (text.contains(u"{{") && isOfTriggerOnly(text)
            && std::none_of(m_calls.begin(), m_calls.end(),
                [&](auto *call) { return mayBeSame(textOf(*call, QLatin1StringView("clientRequestId")), text); })) {
            report(wait, input,
                Text::tr("No call is given the request id “%1”, so its keys are never found.").arg(text.left(80)));
        }
    }

private:
    // Whether it is put together of what the trigger brings, so that it is the same at every step.
    bool isOfTriggerOnly(const QString &text) const
    {
        const std::shared_ptr<const TextAnalysis> analysis = analyseText(text);
        for (const auto &[script, start] : analysis->expressions) {
            const ScriptReferences &found = script->references;
            if (!found.calls.isEmpty() || found.references.isEmpty())
                return false;
            for (const ScriptReference &reference : found.references) {
                if (reference.root != u"data" || reference.path.isEmpty() || reference.isOpen
                    || m_context.facts().isWritten(m_context.variables().find(reference.path.first().name)))
                    return false;
            }
        }
        return true;
    }

    static QString withoutBlanks(QString text) { return text.remove(u' '); }

    // Whether two texts may come out as the same. Those that read the same of the trigger are not looked at closely.
    bool mayBeSame(const QString &id, const QString &text) const
    {
        const bool isOpen = id.contains(u"{{");
        if (!isOpen && !text.contains(u"{{"))
            return id == text;
        const auto fits = [](const QString &open, const QString &other) {
            const QString start = open.left(open.indexOf(u"{{"));
            const QString end = open.mid(open.lastIndexOf(u"}}") + 2);
            const QString otherStart = other.contains(u"{{") ? other.left(other.indexOf(u"{{")) : other;
            const QString otherEnd = other.contains(u"{{") ? other.mid(other.lastIndexOf(u"}}") + 2) : other;
            return (otherStart.startsWith(start) || start.startsWith(otherStart))
                && (otherEnd.endsWith(end) || end.endsWith(otherEnd));
        };
        if (id.isEmpty() || (isOpen && !fits(id, text)) || (!isOpen && !fits(text, id)))
            return false;
        if (!isOpen || !text.contains(u"{{") || withoutBlanks(id) == withoutBlanks(text) || !isOfTriggerOnly(id)
            || !isOfTriggerOnly(text))
            return true;
        return pathsOf(id) == pathsOf(text);
    }

    static QStringList pathsOf(const QString &text)
    {
        QStringList paths;
        const std::shared_ptr<const TextAnalysis> analysis = analyseText(text);
        for (const auto &[script, start] : analysis->expressions) {
            for (const ScriptReference &reference : script->references.references)
                paths += reference.names().join(u'.');
        }
        paths.sort();
        return paths;
    }

    void checkLiteral(const RuleStep &wait, QLatin1StringView input, const QString &text)
    {
        for (const RuleStep *call : m_calls) {
            const QString id = textOf(*call, QLatin1StringView("clientRequestId"));
            if (mayBeSame(id, text))
                return;
        }
        report(wait, input, Text::tr("No call is given the request id “%1”, so its keys are never found.").arg(text));
    }

    void checkVariable(const RuleStep &wait, QLatin1StringView input, const QStringList &path)
    {
        const int variable = m_context.variables().find(path.first());
        for (const RuleStep *call : m_calls) {
            for (const StepAnalysis::VariableWrite &write : call->analysis->writes) {
                if (write.variable != variable)
                    continue;
                QStringList whole
                    = withoutBraces(call->view.outputs().value(path.first()).toString()).toString().split(u'.');
                whole += path.mid(1);
                const bool hasId = !textOf(*call, QLatin1StringView("clientRequestId")).isEmpty();
                if (whole.first() != u"step")
                    continue;
                if (hasId && whole.last() == u"uid") {
                    report(wait, input,
                        Text::tr(
                            "The call “%1” has a request id of its own; its keys are found by that, not by the uid "
                            "of its answer.")
                            .arg(call->node->id));
                } else if (!hasId && whole.last() == u"clientRequestId") {
                    report(wait, input,
                        Text::tr("The call “%1” is given no request id; its keys are found by the uid of its answer.")
                            .arg(call->node->id));
                }
            }
        }
    }

    void report(const RuleStep &wait, QLatin1StringView input, const QString &message)
    {
        m_context.report(
            Severity::Warning, QLatin1StringView("dtmf-request-id"), wait, inputPlace(wait, input), message);
    }

    RuleContext &m_context;
    std::vector<const RuleStep *> m_calls;
};

} // namespace

void checkRole(RuleContext &context, const RuleStep &step, StepAnalysis &analysis)
{
    const StepType *type = step.node->type;
    analysis.waits = !type || type->waits; // of an unknown step one cannot say
    switch (type ? type->role : StepType::Role::Other) {
    case StepType::Role::VoiceMessage: {
        const QString action = textOf(step, QLatin1StringView("action"));
        analysis.asksForKeys = action.compare(u"say&capture", Qt::CaseInsensitive) == 0 || action.contains(u"{{");
        break;
    }
    case StepType::Role::WaitForKeys:
        analysis.waitsForKeys = true;
        checkIdOfWait(context, step);
        break;
    case StepType::Role::WaitForReply:
        checkSender(context, step);
        break;
    case StepType::Role::Other:
        break;
    }
}

void checkCalls(RuleContext &context)
{
    size_t wait = 0;
    std::unique_ptr<CallIds> ids;
    for (const RuleStep &step : context.steps()) {
        if (!step.hasDoubts || !step.analysis->waitsForKeys)
            continue;
        const DataFlow::State state = context.facts().callState(wait++);
        if (!context.facts().flow().isReached(step.index))
            continue;
        if (state != DataFlow::State::Always) {
            context.report(Severity::Warning, QLatin1StringView("dtmf-without-call"), step, step.node->pointer,
                state == DataFlow::State::Never
                    ? Text::tr("No call that asks for keys (say&capture) is made before this wait.")
                    : Text::tr(
                        "A call that asks for keys (say&capture) is made on some of the ways to this wait only."));
        }
        if (!ids)
            ids = std::make_unique<CallIds>(context);
        ids->check(step);
    }
}

} // namespace automation
