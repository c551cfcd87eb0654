#pragma once

#include "model/document/commands/freshids.h"

#include <QStringList>

namespace automation {

// Steps on their way into a definition, with what is nested in them: gets ids that are free there and lets the
// references among them follow. References to steps outside stay as they are.
class StepCopies
{
public:
    // ids: what is taken at the destination. Copies keep an id that is free.
    StepCopies(const QList<JsonValue> &steps, FreshIds &ids, const StepCatalog &catalog);

    const QList<JsonValue> &steps() const { return m_steps; }
    QList<JsonValue> &steps() { return m_steps; }
    const QStringList &topIds() const { return m_topIds; } // of steps(), in order
    const QStringList &allIds() const { return m_allIds; } // nested ones too, each behind its container
    bool isInner(const QString &id) const { return m_newIds.contains(id); } // the id of a copy

private:
    void collect(JsonValue &step, int depth);
    QString freshId(const StepView &step);
    void rename(JsonValue &step, int depth, bool top);
    void follow(JsonValue &step, int depth) const;

    const StepCatalog &m_catalog;
    FreshIds &m_ids;
    QList<JsonValue> m_steps;
    QHash<QString, QString> m_renamed; // of equal ids the first, which is the one references mean
    QSet<QString> m_oldIds;
    QSet<QString> m_newIds;
    QStringList m_targets;
    QStringList m_topIds;
    QStringList m_allIds;
};

// Applies a function to every step nested directly in a step: void(JsonValue &).
template <typename Function> void forEachNested(JsonValue &step, Function function)
{
    const qsizetype place = step.indexOf(u"do");
    if (place < 0 || !step.at(place).isArray())
        return;
    JsonValue *sequences = step.mutableAt(place);
    for (qsizetype i = 0; i < sequences->size(); ++i) {
        if (sequences->at(i).isObject()) {
            function(*sequences->mutableAt(i));
        } else if (sequences->at(i).isArray()) {
            JsonValue *list = sequences->mutableAt(i);
            for (qsizetype k = 0; k < list->size(); ++k) {
                if (list->at(k).isObject())
                    function(*list->mutableAt(k));
            }
        }
    }
}

} // namespace automation
