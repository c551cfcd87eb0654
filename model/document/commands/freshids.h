#pragma once

#include "model/definition/definitiongraph.h"

#include <QSet>

namespace automation {

// Gives out step ids that no step has and nothing leads to, in the naming style of a definition: what follows "ask_2"
// is "ask_3", what follows "greet" is "greet_2", or "greet-2" where ids are written with hyphens. Every id it gives is
// taken afterwards. Value type; looks at the graph only when made.
class FreshIds
{
public:
    explicit FreshIds(const DefinitionGraph &graph);

    bool isFree(const QString &id) const { return !id.isEmpty() && !m_taken.contains(id); } // no step has it
    void take(const QString &id) { m_taken.insert(id); }
    void avoid(const QString &id) { m_avoided.insert(id); } // something leads to it
    QString like(const QString &id);
    // For a step without id: "sms_1". type may be nullptr.
    QString ofType(const StepType *type, const QString &typeName);

private:
    QString numbered(const QString &stem, int digits, int first);

    QSet<QString> m_taken;
    QSet<QString> m_avoided;
    QHash<QString, int> m_next; // stem -> number to try next
    QString m_separator;
};

} // namespace automation
