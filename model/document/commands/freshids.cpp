#include "model/document/commands/freshids.h"

namespace automation {

namespace {

// Longer runs of digits are no count but a part of the name (times, numbers of orders).
constexpr int longestNumber = 6;
// The service names no limit; longer ids break its log views (API reference §1).
constexpr qsizetype longestStem = 180;

qsizetype digitsAtEnd(const QString &id)
{
    qsizetype digits = 0;
    while (digits < id.size() && id.at(id.size() - 1 - digits) >= u'0' && id.at(id.size() - 1 - digits) <= u'9')
        ++digits;
    return digits;
}

} // namespace

FreshIds::FreshIds(const DefinitionGraph &graph)
{
    int underscores = 0;
    int hyphens = 0;
    m_taken.reserve(graph.nodes().size());
    for (const GraphNode &node : graph.nodes()) {
        if (node.isTrigger)
            continue;
        m_taken.insert(node.id);
        underscores += node.id.contains(u'_') ? 1 : 0;
        hyphens += node.id.contains(u'-') ? 1 : 0;
    }
    m_separator = hyphens > underscores ? QString(u'-') : QString(u'_');
    // An id something leads to already would connect the new step by accident.
    for (const auto &[node, outcome] : graph.danglingOutcomes())
        m_avoided.insert(graph.nodes().at(node).outcomes.at(outcome).target);
}

QString FreshIds::like(const QString &id)
{
    const qsizetype digits = digitsAtEnd(id);
    const bool counts = digits > 0 && digits <= longestNumber && digits < id.size();
    QString stem = (counts ? id.chopped(digits) : id).left(longestStem);
    // Half of a pair of surrogates is no letter.
    if (!stem.isEmpty() && stem.back().isHighSurrogate())
        stem.chop(1);
    if (counts)
        return numbered(stem, int(digits), id.right(digits).toInt() + 1);
    return numbered(stem + m_separator, 1, 2);
}

QString FreshIds::ofType(const StepType *type, const QString &typeName)
{
    QString prefix
        = type && !type->idPrefix.isEmpty() ? type->idPrefix : typeName.trimmed().toLower().left(longestStem);
    if (prefix.isEmpty())
        prefix = u"step"_qs;
    return numbered(prefix + u'_', 1, 1);
}

QString FreshIds::numbered(const QString &stem, int digits, int first)
{
    int &next = m_next[stem];
    for (next = qMax(next, first);; ++next) {
        const QString id = stem + QString::number(next).rightJustified(digits, u'0');
        if (isFree(id) && !m_avoided.contains(id)) {
            ++next;
            take(id);
            return id;
        }
    }
}

} // namespace automation
