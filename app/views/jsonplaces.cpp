#include "app/views/jsonplaces.h"

#include <algorithm>

namespace automation {

namespace {

bool holds(const JsonValue &value, qsizetype offset)
{
    return value.span().isValid() && value.span().start <= offset && offset <= value.span().end;
}

// The element of an array that an offset is in, -1 when it is in none.
qsizetype elementAt(const JsonValue &array, qsizetype offset)
{
    qsizetype low = 0;
    qsizetype high = array.size();
    while (low < high) { // the first that ends at the offset or behind
        const qsizetype middle = (low + high) / 2;
        if (array.at(middle).span().end < offset)
            low = middle + 1;
        else
            high = middle;
    }
    return low < array.size() && holds(array.at(low), offset) ? low : -1;
}

JsonPointer stepInside(const JsonValue &steps, const JsonPointer &place, qsizetype offset, const JsonPointer &outer)
{
    const qsizetype index = steps.isArray() ? elementAt(steps, offset) : -1;
    if (index < 0)
        return outer;
    const JsonPointer found = place / index;
    const JsonValue &sequences = steps.at(index)[QLatin1StringView("do")];
    if (sequences.isArray() && holds(sequences, offset)) {
        const qsizetype sequence = elementAt(sequences, offset);
        if (sequence >= 0)
            return stepInside(sequences.at(sequence), found / QLatin1StringView("do") / sequence, offset, found);
    }
    return found;
}

// Where in the source of a text literal so many UTF-16 units of its value are over.
qsizetype sourceOffset(const QByteArray &text, JsonSpan literal, qsizetype units)
{
    qsizetype at = literal.start + 1;
    const qsizetype end = literal.end - 1;
    for (qsizetype passed = 0; passed < units && at < end;) {
        const auto byte = static_cast<uchar>(text[at]);
        if (byte == '\\') {
            at += text[at + 1] == 'u' ? 6 : 2;
            ++passed;
        } else {
            const int length = byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
            at += length;
            passed += length == 4 ? 2 : 1;
        }
    }
    return std::min(at, end);
}

} // namespace

JsonPointer stepAt(const JsonValue &tree, qsizetype offset)
{
    const JsonPointer place = WorkflowDefinition::stepsPointer();
    const JsonValue *steps = place.resolve(tree);
    return steps && holds(*steps, offset) ? stepInside(*steps, place, offset, place) : JsonPointer();
}

int nodeAt(const DefinitionGraph &graph, const JsonPointer &step)
{
    const QStringList tokens = step.tokens();
    const qsizetype depth = WorkflowDefinition::stepsPointer().tokens().size();
    if (tokens.size() <= depth)
        return step.isRoot() && !graph.nodes().isEmpty() ? 0 : -1;
    int node = graph.topLevelNode(tokens.at(depth).toLongLong());
    for (qsizetype level = depth + 4; node >= 0 && level <= tokens.size(); level += 3) {
        const JsonPointer place(tokens.first(level));
        const QList<int> &children = graph.nodes().at(node).children;
        const auto child = std::find_if(
            children.begin(), children.end(), [&](int inner) { return graph.nodes().at(inner).pointer == place; });
        if (child == children.end())
            break;
        node = *child;
    }
    return node;
}

JsonSpan placeSpan(const JsonValue &tree, const JsonPointer &place)
{
    JsonPointer nearest = place;
    const JsonValue *value = nearest.resolve(tree);
    while (!value && !nearest.isRoot()) {
        nearest = nearest.parent();
        value = nearest.resolve(tree);
    }
    if (!value)
        return {};
    if (!value->isObject() && !value->isArray())
        return value->span();
    if (const JsonValue *id = value->find(QLatin1StringView("id")); id && id->isString())
        return id->span();
    // A member is known by its key.
    if (!nearest.isRoot()) {
        const JsonValue *parent = nearest.parent().resolve(tree);
        const qsizetype index = parent && parent->isObject() ? parent->indexOf(nearest.lastToken()) : -1;
        if (index >= 0)
            return parent->keySpanAt(index);
    }
    return {value->span().start, value->span().start + 1};
}

JsonSpan problemSpan(const QByteArray &text, const JsonValue &tree, const Problem &problem)
{
    const JsonSpan whole = placeSpan(tree, problem.pointer);
    const JsonValue *value = problem.pointer.resolve(tree);
    if (problem.offset < 0 || !value || !value->isString() || !whole.isValid())
        return whole;
    const auto start = qint32(sourceOffset(text, whole, problem.offset));
    const auto end = qint32(sourceOffset(text, whole, problem.offset + problem.length));
    return {start, std::max(end, std::min(start + 1, whole.end))};
}

} // namespace automation
