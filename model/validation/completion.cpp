#include "model/validation/completion.h"

#include "model/expression/functioncall.h"
#include "model/expression/functioncatalog.h"
#include "model/expression/scripttokens.h"

#include <algorithm>
#include <tuple>

namespace automation {

namespace {

bool isNamePart(QChar c)
{
    return c.isLetterOrNumber() || c == u'_' || c == u'$';
}

// How well a member fits what was typed; lower is better, nothing when it does not.
std::optional<int> rankOf(const QString &parent, const QString &member, QStringView base, QStringView leaf)
{
    const bool begins = member.startsWith(leaf, Qt::CaseInsensitive);
    if (base.isEmpty()) {
        const QStringView root = QStringView(parent).left(4); // "data" or "step"
        if (parent.size() == root.size() && root.startsWith(leaf, Qt::CaseInsensitive))
            return 0;
        return begins && !leaf.isEmpty() ? std::optional<int>(1) : std::nullopt;
    }
    if (parent.compare(base, Qt::CaseInsensitive) == 0)
        return begins ? std::optional<int>(0) : std::nullopt;
    const bool isInside = parent.startsWith(base, Qt::CaseInsensitive)
        && (parent.at(base.size()) == u'.' || parent.at(base.size()) == u'[');
    return isInside && begins && !leaf.isEmpty() ? std::optional<int>(1) : std::nullopt;
}

// What people look for comes first.
int sourceRank(const AvailableData &entry)
{
    return !entry.isOfTrigger ? 0 : entry.name == u"payload" ? 1 : 2;
}

} // namespace

std::optional<CompletionPlace> completionPlace(QStringView text, qsizetype cursor)
{
    cursor = std::clamp<qsizetype>(cursor, 0, text.size());
    const std::optional<ScriptPlace> script = scriptAt(text, cursor);
    if (!script)
        return std::nullopt;
    const QStringView before = text.sliced(script->start, cursor - script->start);
    const QList<ScriptToken> tokens = scanScript(before);
    if (!tokens.isEmpty()) {
        const ScriptToken &last = tokens.last();
        using Kind = ScriptToken::Kind;
        // A text that is still being written, or anything else that touches the cursor and is no name.
        const bool isOpenText = last.kind == Kind::Invalid || last.kind == Kind::Template;
        const bool isTouched = last.end() == before.size()
            && (last.kind == Kind::String || last.kind == Kind::Number || last.kind == Kind::Regex);
        if (isOpenText || isTouched)
            return std::nullopt;
    }
    CompletionPlace place;
    place.isClosed = script->isClosed;
    place.start = cursor;
    while (place.start > script->start && (isNamePart(text[place.start - 1]) || text[place.start - 1] == u'.'))
        --place.start;
    place.typed = text.sliced(place.start, cursor - place.start).toString();
    if (place.typed.startsWith(u'.')) // a member of something that is no plain name
        return std::nullopt;
    qsizetype end = cursor;
    while (end < text.size() && isNamePart(text[end]))
        ++end;
    place.length = end - place.start;
    return place;
}

bool closesExpression(QStringView text, qsizetype at)
{
    const std::optional<ScriptPlace> script = at < 0 || at > text.size() ? std::nullopt : scriptAt(text, at);
    return script && script->end == at;
}

QList<CompletionItem> completions(const QString &typed, const QList<AvailableData> &data, const StepType *offers)
{
    const qsizetype dot = typed.lastIndexOf(u'.');
    const QStringView base = QStringView(typed).first(std::max<qsizetype>(dot, 0));
    const QStringView leaf = QStringView(typed).sliced(dot + 1);
    using Rank = std::tuple<int, bool, int>; // how it fits, whether it is doubtful, where it comes from
    struct Found
    {
        Rank rank;
        CompletionItem item;
    };
    std::vector<Found> found;
    using Kind = CompletionItem::Kind;
    for (qsizetype i = 0; i < data.size(); ++i) {
        const AvailableData &entry = data.at(i);
        if (const std::optional<int> rank = rankOf(entry.parent, entry.member, base, leaf))
            found.push_back({Rank {*rank, !entry.isCertain, sourceRank(entry)}, {Kind::Data, entry.path, i}});
    }
    for (qsizetype i = 0; offers && i < offers->outputs.size(); ++i) {
        const QString &name = offers->outputs.at(i).name;
        if (const std::optional<int> rank = rankOf(QStringLiteral("step"), name, base, leaf))
            found.push_back({Rank {*rank, false, 0}, {Kind::StepMember, QStringLiteral("step.") + name, i}});
    }
    const QList<FunctionInfo> &functions = functionCatalog();
    for (qsizetype i = 0; dot < 0 && i < functions.size(); ++i) {
        const QString &name = functions.at(i).name;
        if (name.startsWith(leaf, Qt::CaseInsensitive))
            found.push_back({Rank {2, false, 0}, {Kind::Function, name, i}});
    }
    std::stable_sort(found.begin(), found.end(), [](const Found &a, const Found &b) { return a.rank < b.rank; });
    QList<CompletionItem> items;
    items.reserve(qsizetype(found.size()));
    for (const Found &each : found)
        items += each.item;
    return items;
}

} // namespace automation
