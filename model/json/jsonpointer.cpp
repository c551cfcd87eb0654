#include "model/json/jsonpointer.h"

#include <algorithm>
#include <QAtomicInt>
#include <QCoreApplication>
#include <QVarLengthArray>

namespace automation {

struct JsonPointer::Node
{
    QAtomicInt references = 1;
    int depth = 1; // tokens up to this one
    Node *parent = nullptr;
    qsizetype index = -1; // of a token that is a position, and then there is no key
    QString key;

    QString token() const { return index >= 0 ? QString::number(index) : key; }
    bool hasTokenOf(const Node &other) const { return index == other.index && key == other.key; }
};

namespace {

// The position a token means, -1 for none: digits without leading zeros, so that each position has one token.
qsizetype positionOf(const QString &token)
{
    constexpr qsizetype mostDigits = 18;
    if (token.isEmpty() || token.size() > mostDigits || (token.size() > 1 && token[0] == u'0'))
        return -1;
    const bool digits = std::all_of(token.begin(), token.end(), [](QChar c) { return c >= u'0' && c <= u'9'; });
    return digits ? token.toLongLong() : -1;
}

} // namespace

JsonPointer::JsonPointer(const QStringList &tokens)
{
    for (const QString &token : tokens)
        *this = *this / token;
}

JsonPointer::JsonPointer(const JsonPointer &other)
    : m_last(other.m_last)
{
    if (m_last)
        m_last->references.ref();
}

int JsonPointer::depthOf(const Node *node)
{
    return node ? node->depth : 0;
}

void JsonPointer::release(Node *node)
{
    while (node && !node->references.deref()) {
        Node *parent = node->parent;
        delete node;
        node = parent;
    }
}

JsonPointer JsonPointer::child(qsizetype index, const QString &key) const
{
    JsonPointer pointer;
    pointer.m_last = new Node {1, depthOf(m_last) + 1, m_last, index, key};
    if (m_last)
        m_last->references.ref();
    return pointer;
}

template <typename Visit> void JsonPointer::forEach(Visit visit) const
{
    QVarLengthArray<const Node *, 16> nodes(depthOf(m_last));
    for (const Node *node = m_last; node; node = node->parent)
        nodes[node->depth - 1] = node;
    for (const Node *node : nodes) {
        if (!visit(*node))
            return;
    }
}

Result<JsonPointer> JsonPointer::parse(QStringView text)
{
    if (text.isEmpty())
        return JsonPointer();
    if (!text.startsWith(u'/')) {
        return Error {ErrorCode::InvalidArgument,
            QCoreApplication::translate("JsonPointer", "“%1” is no JSON pointer: it must start with a slash.")
                .arg(text)};
    }
    JsonPointer pointer;
    for (QStringView token : text.sliced(1).split(u'/'))
        pointer = pointer / token.toString().replace(u"~1"_qs, u"/"_qs).replace(u"~0"_qs, u"~"_qs);
    return pointer;
}

QStringList JsonPointer::tokens() const
{
    QStringList tokens;
    forEach([&tokens](const Node &node) {
        tokens += node.token();
        return true;
    });
    return tokens;
}

JsonPointer JsonPointer::parent() const
{
    JsonPointer pointer;
    if (m_last && m_last->parent) {
        pointer.m_last = m_last->parent;
        pointer.m_last->references.ref();
    }
    return pointer;
}

QString JsonPointer::lastToken() const
{
    return m_last ? m_last->token() : QString();
}

bool JsonPointer::startsWith(const JsonPointer &prefix) const
{
    const Node *node = m_last;
    while (depthOf(node) > depthOf(prefix.m_last))
        node = node->parent;
    if (depthOf(node) < depthOf(prefix.m_last))
        return false;
    for (const Node *other = prefix.m_last; node != other; node = node->parent, other = other->parent) {
        if (!node->hasTokenOf(*other))
            return false;
    }
    return true;
}

JsonPointer JsonPointer::moved(const JsonPointer &from, const JsonPointer &to) const
{
    if (!startsWith(from))
        return *this;
    JsonPointer pointer = to;
    forEach([&](const Node &node) {
        if (node.depth > depthOf(from.m_last))
            pointer = pointer.child(node.index, node.key);
        return true;
    });
    return pointer;
}

QString JsonPointer::toString() const
{
    QString text;
    forEach([&text](const Node &node) {
        text += u'/' + node.token().replace(u"~"_qs, u"~0"_qs).replace(u"/"_qs, u"~1"_qs);
        return true;
    });
    return text;
}

JsonPointer JsonPointer::operator/(const QString &key) const
{
    const qsizetype position = positionOf(key);
    return position >= 0 ? child(position, {}) : child(-1, key);
}

JsonPointer JsonPointer::operator/(qsizetype index) const
{
    return index >= 0 ? child(index, {}) : child(-1, QString::number(index));
}

const JsonValue *JsonPointer::resolve(const JsonValue &root) const
{
    const JsonValue *value = &root;
    forEach([&value](const Node &node) {
        const bool element = value->isArray() && node.index >= 0 && node.index < value->size();
        const qsizetype index = element ? node.index : value->isObject() ? value->indexOf(node.token()) : -1;
        value = index < 0 ? nullptr : &value->at(index);
        return value != nullptr;
    });
    return value;
}

JsonValue *JsonPointer::resolve(JsonValue &root) const
{
    // Nothing is detached for a place that is not there.
    if (!resolve(std::as_const(root)))
        return nullptr;
    JsonValue *value = &root;
    forEach([&value](const Node &node) {
        value = value->mutableAt(value->isArray() ? node.index : value->indexOf(node.token()));
        return true;
    });
    return value;
}

size_t qHash(const JsonPointer &pointer, size_t seed)
{
    for (const JsonPointer::Node *node = pointer.m_last; node; node = node->parent)
        seed = qHashMulti(seed, node->index, node->key);
    return seed;
}

} // namespace automation
