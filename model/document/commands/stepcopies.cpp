#include "model/document/commands/stepcopies.h"

namespace automation {

namespace {

// The value of the one member that counts, to be written; nullptr when it is not there.
JsonValue *memberOf(JsonValue &object, QStringView key)
{
    const qsizetype place = object.indexOf(key);
    return place < 0 ? nullptr : object.mutableAt(place);
}

} // namespace

StepCopies::StepCopies(const QList<JsonValue> &steps, FreshIds &ids, const StepCatalog &catalog)
    : m_catalog(catalog)
    , m_ids(ids)
    , m_steps(steps)
{
    for (JsonValue &step : m_steps)
        collect(step, 0);
    // What the steps lead to outside shall not be hit by accident.
    for (const QString &target : std::as_const(m_targets)) {
        if (!m_oldIds.contains(target))
            m_ids.avoid(target);
    }
    for (JsonValue &step : m_steps)
        rename(step, 0, true);
    for (JsonValue &step : m_steps)
        follow(step, 0);
}

void StepCopies::collect(JsonValue &json, int depth)
{
    const StepView step(json);
    m_oldIds.insert(step.id());
    m_targets += step.nextStepId();
    const JsonValue &entries = step.selectNextStep();
    for (qsizetype i = 0; i < entries.size(); ++i)
        m_targets += entries.keyAt(i);
    if (depth < DefinitionGraph::maxDepth)
        forEachNested(json, [this, depth](JsonValue &nested) { collect(nested, depth + 1); });
}

QString StepCopies::freshId(const StepView &step)
{
    const QString id = step.id();
    QString fresh;
    do {
        fresh = id.isEmpty() ? m_ids.ofType(m_catalog.step(step.stepType()), step.stepType()) : m_ids.like(id);
    } while (m_oldIds.contains(fresh)); // another copy keeps that one
    return fresh;
}

void StepCopies::rename(JsonValue &json, int depth, bool top)
{
    const StepView step(json);
    const QString oldId = step.id();
    const bool keeps = m_ids.isFree(oldId);
    const QString newId = keeps ? oldId : freshId(step);
    m_ids.take(newId);
    if (newId != oldId) {
        if (JsonValue *id = memberOf(json, u"id"))
            *id = newId;
        else
            json.insertMember(json.indexOf(u"stepType") + 1, u"id"_qs, newId);
    }
    if (!oldId.isEmpty() && !m_renamed.contains(oldId))
        m_renamed.insert(oldId, newId);
    m_newIds.insert(newId);
    m_allIds += newId;
    if (top)
        m_topIds += newId;
    if (depth < DefinitionGraph::maxDepth)
        forEachNested(json, [this, depth](JsonValue &nested) { rename(nested, depth + 1, false); });
}

void StepCopies::follow(JsonValue &json, int depth) const
{
    if (JsonValue *next = memberOf(json, u"nextStepId"); next && next->isString())
        *next = m_renamed.value(next->toString(), next->toString());
    if (JsonValue *entries = memberOf(json, u"selectNextStep"); entries && entries->isObject()) {
        for (qsizetype i = 0; i < entries->size(); ++i) {
            const QString target = entries->keyAt(i);
            const QString renamed = m_renamed.value(target, target);
            if (renamed != target)
                entries->renameKeyAt(i, renamed);
        }
    }
    if (depth < DefinitionGraph::maxDepth)
        forEachNested(json, [this, depth](JsonValue &nested) { follow(nested, depth + 1); });
}

} // namespace automation
