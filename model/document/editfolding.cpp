#include "model/document/editfolding.h"

namespace automation {

namespace {

using Kind = JsonEdit::Kind;

// What became of folding a later edit into an earlier one.
enum class Folded { No, Yes, Nothing };

Folded foldSamePlace(JsonEdit &earlier, const JsonEdit &later)
{
    const auto replaced = [&earlier] { return earlier.before == earlier.after ? Folded::Nothing : Folded::Yes; };
    switch (earlier.kind) {
    case Kind::Replace:
        if (later.kind == Kind::Replace) {
            earlier.after = later.after;
            return replaced();
        }
        if (later.kind == Kind::Remove) {
            earlier.kind = Kind::Remove;
            earlier.after = {};
            return Folded::Yes;
        }
        break;
    case Kind::Insert:
        if (later.kind == Kind::Replace) {
            earlier.after = later.after;
            return Folded::Yes;
        }
        if (later.kind == Kind::Remove)
            return Folded::Nothing;
        break;
    case Kind::Remove:
        if (later.kind == Kind::Insert && later.key == earlier.key) {
            earlier.kind = Kind::Replace;
            earlier.after = later.after;
            return replaced();
        }
        break;
    case Kind::RenameKey:
        if (later.kind == Kind::RenameKey && later.key == earlier.newKey) {
            earlier.newKey = later.newKey;
            return earlier.key == earlier.newKey ? Folded::Nothing : Folded::Yes;
        }
        break;
    }
    return Folded::No;
}

Folded fold(JsonEdit &earlier, const JsonEdit &later)
{
    if (earlier.container == later.container && earlier.index == later.index && earlier.index >= 0)
        return foldSamePlace(earlier, later);
    if ((earlier.kind != Kind::Replace && earlier.kind != Kind::Insert) || earlier.index < 0)
        return Folded::No;
    // A change inside of what the earlier one put there.
    const JsonPointer place
        = earlier.key.isEmpty() ? earlier.container / earlier.index : earlier.container / earlier.key;
    if (!later.container.startsWith(place))
        return Folded::No;
    JsonEdit inner = later;
    inner.container = JsonPointer(later.container.tokens().mid(place.tokens().size()));
    if (!applyEdit(earlier.after, inner))
        return Folded::No;
    const bool nothing = earlier.kind == Kind::Replace && earlier.before == earlier.after;
    return nothing ? Folded::Nothing : Folded::Yes;
}

} // namespace

void appendFolded(QList<JsonEdit> &edits, const QList<JsonEdit> &later)
{
    for (const JsonEdit &edit : later) {
        const Folded folded = edits.isEmpty() ? Folded::No : fold(edits.last(), edit);
        if (folded == Folded::No)
            edits += edit;
        else if (folded == Folded::Nothing)
            edits.removeLast();
    }
}

} // namespace automation
