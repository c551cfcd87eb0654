#include "model/document/drawingchange.h"

namespace automation {

namespace {

template <typename T> void appendPart(std::optional<DrawingChange::Part<T>> &part, const auto &later)
{
    if (!later)
        return;
    if (part)
        part->after = later->after;
    else
        part = later;
    if (part->before == part->after)
        part.reset();
}

template <typename T> void invertPart(std::optional<DrawingChange::Part<T>> &part)
{
    if (part)
        std::swap(part->before, part->after);
}

JsonPointer below(JsonPointer place, const QStringList &tokens)
{
    for (const QString &token : tokens)
        place = place / token;
    return place;
}

bool isAmbiguous(const QString &key, const DefinitionGraph &graph)
{
    return key.contains(nodeKeySeparator) || graph.indexOfKey(key + nodeKeySeparator + u'2') >= 0;
}

// Where a step is while edits are made around it.
class Walker
{
public:
    explicit Walker(const JsonPointer &place)
        : m_place(place)
    {
    }

    bool isRemoved() const { return m_isRemoved; }
    const std::optional<JsonPointer> &place() const { return m_place; } // none = only its key can tell

    void follow(const JsonEdit &edit)
    {
        const bool isElement = edit.key.isEmpty();
        const JsonPointer target = isElement ? edit.container / edit.index : edit.container / edit.key;
        if (m_isRemoved) {
            if (edit.kind == JsonEdit::Kind::Insert)
                comeBack(edit.after, edit.index >= 0 ? std::optional(target) : std::nullopt);
            return;
        }
        if (!m_place || !m_place->startsWith(edit.container) || *m_place == edit.container)
            return;
        const bool isInside = m_place->startsWith(target);
        switch (edit.kind) {
        case JsonEdit::Kind::Insert:
            if (isElement)
                shift(edit, 0, 1);
            break;
        case JsonEdit::Kind::Remove:
            if (isInside)
                goAway(edit.before, target);
            else if (isElement)
                shift(edit, 1, -1);
            break;
        case JsonEdit::Kind::Replace:
            // The step itself may have become one of another id; what stood inside of something larger is told by its
            // key.
            if (isInside && *m_place != target)
                m_place.reset();
            break;
        case JsonEdit::Kind::RenameKey:
            if (isInside)
                m_place = m_place->moved(target, edit.container / edit.newKey);
            break;
        }
    }

private:
    void shift(const JsonEdit &edit, qsizetype from, qsizetype by)
    {
        const QStringList tokens = m_place->tokens();
        const qsizetype level = edit.container.tokens().size();
        const qsizetype index = tokens.at(level).toLongLong();
        if (edit.index >= 0 && index >= edit.index + from)
            m_place = below(edit.container / (index + by), tokens.mid(level + 1));
    }

    void goAway(const JsonValue &with, const JsonPointer &from)
    {
        m_isRemoved = true;
        m_removed = with;
        m_below = m_place->tokens().mid(from.tokens().size());
    }

    // What was taken out and is put in elsewhere was moved, perhaps with another successor.
    void comeBack(const JsonValue &inserted, const std::optional<JsonPointer> &place)
    {
        const bool isSame = inserted == m_removed;
        const QString id = m_removed[u"id"].toString();
        if (!isSame && (id.isEmpty() || inserted[u"id"].toString() != id))
            return;
        m_isRemoved = false;
        m_removed = {};
        m_place = isSame && place ? std::optional(below(*place, m_below)) : std::nullopt;
    }

    std::optional<JsonPointer> m_place;
    bool m_isRemoved = false;
    JsonValue m_removed; // the step that was taken out, and this one with it
    QStringList m_below; // from there to this one
};

} // namespace

DrawingChange DrawingChange::between(const DrawingLayout &before, const DrawingLayout &after)
{
    DrawingChange change;
    for (auto it = before.positions.begin(); it != before.positions.end(); ++it) {
        const auto now = after.positions.find(it.key());
        if (now == after.positions.end())
            change.positions.insert(it.key(), {it.value(), std::nullopt});
        else if (now.value() != it.value())
            change.positions.insert(it.key(), {it.value(), now.value()});
    }
    for (auto it = after.positions.begin(); it != after.positions.end(); ++it) {
        if (!before.positions.contains(it.key()))
            change.positions.insert(it.key(), {std::nullopt, it.value()});
    }
    if (before.notes != after.notes)
        change.notes = {before.notes, after.notes};
    if (before.direction != after.direction)
        change.direction = {before.direction, after.direction};
    if (before.others != after.others)
        change.others = {before.others, after.others};
    return change;
}

void DrawingChange::applyTo(DrawingLayout &drawing) const
{
    for (auto it = positions.begin(); it != positions.end(); ++it) {
        if (it->after)
            drawing.positions.insert(it.key(), *it->after);
        else
            drawing.positions.remove(it.key());
    }
    if (notes)
        drawing.notes = notes->after;
    if (direction)
        drawing.direction = direction->after;
    if (others)
        drawing.others = others->after;
}

DrawingChange DrawingChange::inverted() const
{
    DrawingChange change = *this;
    for (Part<Position> &part : change.positions)
        std::swap(part.before, part.after);
    invertPart(change.notes);
    invertPart(change.direction);
    invertPart(change.others);
    return change;
}

void DrawingChange::append(const DrawingChange &later)
{
    for (auto it = later.positions.begin(); it != later.positions.end(); ++it) {
        const auto known = positions.find(it.key());
        if (known == positions.end())
            positions.insert(it.key(), it.value());
        else if (known->before == it->after)
            positions.erase(known);
        else
            known->after = it->after;
    }
    appendPart(notes, later.notes);
    appendPart(direction, later.direction);
    appendPart(others, later.others);
}

void DrawingChange::setBefore(const DrawingLayout &drawing)
{
    for (auto it = positions.begin(); it != positions.end(); ++it) {
        const auto now = drawing.positions.find(it.key());
        it->before = now == drawing.positions.end() ? Position() : Position(now.value());
    }
    if (notes)
        notes->before = drawing.notes;
    if (direction)
        direction->before = drawing.direction;
    if (others)
        others->before = drawing.others;
}

DrawingFollower::DrawingFollower(const DrawingLayout &drawing, const DefinitionGraph &graph)
{
    for (auto it = drawing.positions.begin(); it != drawing.positions.end(); ++it) {
        const int node = graph.indexOfKey(it.key());
        if (node >= 0)
            m_steps += {it.key(), it.value(), graph.nodes().at(node).pointer, isAmbiguous(it.key(), graph)};
    }
}

DrawingChange DrawingFollower::change(const QList<JsonEdit> &edits, const DefinitionGraph &after) const
{
    DrawingLayout before;
    DrawingLayout now;
    QHash<JsonPointer, QString> keys; // made when needed
    const auto keyAt = [&](const JsonPointer &place) {
        if (keys.isEmpty()) {
            for (const GraphNode &node : after.nodes())
                keys.insert(node.pointer, node.key);
        }
        return keys.value(place);
    };
    for (const Placed &step : m_steps) {
        QString key = step.key;
        const bool isThere = after.indexOfKey(step.key) >= 0;
        if (!isThere || step.isAmbiguous || isAmbiguous(step.key, after)) {
            Walker walker(step.pointer);
            for (const JsonEdit &edit : edits)
                walker.follow(edit);
            if (walker.isRemoved())
                key.clear();
            else if (walker.place())
                key = keyAt(*walker.place());
            else if (!isThere)
                key.clear();
        }
        before.positions.insert(step.key, step.position);
        if (!key.isEmpty())
            now.positions.insert(key, step.position);
    }
    return DrawingChange::between(before, now);
}

} // namespace automation
