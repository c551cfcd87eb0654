#include "designer/canvas/outcomeconnector.h"

#include "designer/accessibility/canvaswords.h"
#include "designer/canvas/floworder.h"
#include "designer/canvas/graphview.h"
#include "designer/canvas/quickadd.h"
#include "designer/canvas/sceneplaces.h"

namespace automation {

using namespace Qt::StringLiterals;

namespace {

constexpr auto NewCondition = "new"_L1; // asks connectOutcome() for one more condition

} // namespace

OutcomeConnector::OutcomeConnector(GraphView &view)
    : QObject(&view)
    , m_view(view)
    , m_panel(new QuickAdd(&view))
{
    m_panel->setObjectName(u"connectPanel"_s);
    connect(m_panel, &QuickAdd::outcomeChosen, this, &OutcomeConnector::takeOutcome);
    connect(m_panel, &QuickAdd::stepChosen, this, &OutcomeConnector::takeTarget);
    connect(m_panel, &QuickAdd::cancelled, this, [this] { m_question = Question::None; });
}

QString OutcomeConnector::currentStep() const
{
    if (const auto outcome = m_view.currentOutcome())
        return outcome->first;
    return m_view.selection().size() == 1 ? m_view.selection().first() : QString();
}

bool OutcomeConnector::canConnect() const
{
    const QString key = currentStep();
    return m_view.editor().isEditable() && !key.isEmpty() && !outcomes(key, false).isEmpty();
}

bool OutcomeConnector::canDisconnect() const
{
    const QString key = currentStep();
    return m_view.editor().isEditable() && !key.isEmpty() && !outcomes(key, true).isEmpty();
}

void OutcomeConnector::cancel()
{
    m_panel->cancel();
}

// The ways out that a person may lead elsewhere.
QList<QuickAddModel::Entry> OutcomeConnector::outcomes(const QString &key, bool connectedOnly) const
{
    QList<QuickAddModel::Entry> entries;
    const auto scene = m_view.scene();
    const int node = scene->indexOfKey(key);
    if (node < 0)
        return entries;
    const SceneNode &card = scene->nodes().at(node);
    const auto add = [&](const QString &outcomeKey, const QString &label, const QString &description) {
        entries.append({{}, {}, outcomeKey, label, description, u"jump"_s, u"logic"_s});
    };
    for (qsizetype i = 0; i < card.card.outcomes.size(); ++i) {
        const OutcomeCell &cell = card.card.outcomes.at(i);
        const int edge = scene->edgeOf(node, int(i));
        // The trigger and the way into a container always lead somewhere.
        if (connectedOnly && (cell.isOpen || card.isTrigger || cell.kind == Outcome::Kind::Child))
            continue;
        add(cell.key, CanvasWords::outcomeLabel(card.card, i),
            edge >= 0 ? tr("leads to “%1”").arg(scene->nodes().at(scene->edges().at(edge).to).card.title)
                : cell.isDangling ? tr("leads to a step that does not exist")
                                  : tr("open"));
    }
    const int step = m_view.document() ? m_view.document()->graph().indexOfKey(key) : -1;
    const StepType *type = step < 0 ? nullptr : m_view.document()->graph().nodes().at(step).type;
    if (!connectedOnly && type && type->outcomes == StepType::Outcomes::Conditions)
        add(NewCondition, tr("New condition"), tr("one more way out"));
    return entries;
}

// The steps an outcome may lead to, in reading order.
QList<QuickAddModel::Entry> OutcomeConnector::targets(const QString &key, const QString &outcomeKey) const
{
    QList<QuickAddModel::Entry> entries;
    const DefinitionGraph &graph = m_view.document()->graph();
    const int from = graph.indexOfKey(key);
    if (from < 0)
        return entries;
    const Outcome *outcome = nullptr;
    for (const Outcome &candidate : graph.nodes().at(from).outcomes) {
        if (candidate.key() == outcomeKey)
            outcome = &candidate;
    }
    for (int number : flowOrder(graph)) {
        const GraphNode &node = graph.nodes().at(number);
        if (node.isTrigger || number == from || node.id.isEmpty())
            continue;
        const bool isChild = outcome && outcome->kind == Outcome::Kind::Child;
        if (isChild && (node.parent != from || node.sequence != outcome->sequence))
            continue;
        if (graph.nodes().at(from).isTrigger && node.parent >= 0)
            continue;
        if (outcome && outcome->target == node.id)
            continue; // it is there already
        entries.append({{}, node.key, {}, node.id.left(80).simplified(),
            node.type ? node.type->label : node.typeName.left(80).simplified(), u"jump"_s, u"logic"_s});
    }
    return entries;
}

void OutcomeConnector::connectCurrent()
{
    const QString key = currentStep();
    if (!m_view.editor().isEditable())
        return;
    if (const auto outcome = m_view.currentOutcome()) {
        askTarget(outcome->first, outcome->second);
        return;
    }
    const QList<QuickAddModel::Entry> entries = outcomes(key, false);
    if (entries.isEmpty())
        Q_EMIT m_view.message(key.isEmpty() ? tr("Select the step that shall lead on first.")
                                            : tr("This step has no way out that could be connected."));
    else if (entries.size() == 1)
        askTarget(key, entries.first().outcomeKey);
    else
        askOutcome(Question::WhichToConnect, key, entries);
}

void OutcomeConnector::disconnectCurrent()
{
    const QString key = currentStep();
    if (!m_view.editor().isEditable())
        return;
    if (const auto outcome = m_view.currentOutcome()) {
        disconnect(outcome->first, outcome->second);
        return;
    }
    const QList<QuickAddModel::Entry> entries = outcomes(key, true);
    if (entries.isEmpty())
        Q_EMIT m_view.message(key.isEmpty() ? tr("Select a connection, or the step it leaves, first.")
                                            : tr("No connection that could be taken away leaves this step."));
    else if (entries.size() == 1)
        disconnect(key, entries.first().outcomeKey);
    else
        askOutcome(Question::WhichToDisconnect, key, entries);
}

void OutcomeConnector::askOutcome(Question question, const QString &key, const QList<QuickAddModel::Entry> &entries)
{
    m_view.showStep(key);
    m_key = key;
    m_question = question;
    const QString asked
        = question == Question::WhichToConnect ? tr("Connect which way out?") : tr("Disconnect which way out?");
    m_panel->open(placeOf(key, {}), entries,
        {asked, asked, tr("↑ ↓ choose · Enter take · Esc cancel"), tr("No way out has this in its name.")});
}

void OutcomeConnector::askTarget(const QString &key, const QString &outcomeKey)
{
    m_view.showStep(key);
    m_key = key;
    m_outcomeKey = outcomeKey;
    m_question = Question::WhereTo;
    m_panel->open(placeOf(key, outcomeKey), targets(key, outcomeKey),
        {tr("Connect to which step?"), tr("Connect to…"), tr("↑ ↓ choose · Enter connect · Esc cancel"),
            tr("No step that this could lead to has this in its name.")});
}

void OutcomeConnector::takeOutcome(const QString &outcomeKey)
{
    switch (std::exchange(m_question, Question::None)) {
    case Question::WhichToConnect:
        askTarget(m_key, outcomeKey);
        break;
    case Question::WhichToDisconnect:
        disconnect(m_key, outcomeKey);
        break;
    case Question::WhereTo:
    case Question::None:
        break;
    }
}

void OutcomeConnector::takeTarget(const QString &targetKey)
{
    if (std::exchange(m_question, Question::None) != Question::WhereTo)
        return;
    const DefinitionGraph &graph = m_view.document()->graph();
    const int target = graph.indexOfKey(targetKey);
    // Where it leads to is a part of a condition's key.
    const QString led = target < 0 ? QString() : QString(u"when:"_s + graph.nodes().at(target).id);
    if (m_view.editor().connectTo(m_key, m_outcomeKey, targetKey))
        m_view.keepOutcomeCurrent(m_key, {led, m_outcomeKey});
}

void OutcomeConnector::disconnect(const QString &key, const QString &outcomeKey)
{
    if (m_view.editor().disconnectFrom(key, outcomeKey))
        m_view.keepOutcomeCurrent(key, {outcomeKey});
}

// Below the way out, or below the card; beside it where there is no room, so that the card is seen.
QPoint OutcomeConnector::placeOf(const QString &key, const QString &outcomeKey) const
{
    constexpr qreal Below = 26; // view pixels
    const auto scene = m_view.scene();
    const int node = scene->indexOfKey(key);
    if (node < 0)
        return m_view.rect().center();
    const int outcome = outcomeIndex(*scene, node, outcomeKey);
    constexpr int PanelHeight = 440;
    constexpr int HalfWidth = 170;
    const QPointF port = m_view.transform().toView(scene->portPosition(node, outcome));
    const QPointF below = port + scene->nodes().at(node).card.way(Below);
    if (below.y() + PanelHeight <= m_view.height())
        return below.toPoint() + m_view.viewport()->pos();
    const QRectF card = m_view.transform().toView(scene->nodes().at(node).box);
    const bool isRoomAtRight = card.right() + 2 * HalfWidth < m_view.width();
    return QPointF(isRoomAtRight ? card.right() + HalfWidth : card.left() - HalfWidth, card.top()).toPoint()
        + m_view.viewport()->pos();
}

} // namespace automation
