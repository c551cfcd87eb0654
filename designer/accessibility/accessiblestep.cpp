#include "designer/accessibility/accessiblestep.h"

#include "designer/accessibility/accessiblecanvas.h"
#include "designer/canvas/graphview.h"
#include "designer/canvas/outcomeconnector.h"

namespace automation {

namespace {

constexpr int mostProblems = 10; // read aloud, more are a list of their own

QString severityWord(Problem::Severity severity)
{
    switch (severity) {
    case Problem::Severity::Error:
        return AccessibleItem::tr("Error: %1");
    case Problem::Severity::Warning:
        return AccessibleItem::tr("Warning: %1");
    case Problem::Severity::Hint:
        break;
    }
    return AccessibleItem::tr("Hint: %1");
}

QString runWord(const NodeRun &run)
{
    if (!run.badge.isEmpty())
        return run.badge;
    switch (run.state) {
    case NodeRun::State::NotReached:
        return AccessibleItem::tr("not reached");
    case NodeRun::State::Done:
        return AccessibleItem::tr("done");
    case NodeRun::State::Running:
        return AccessibleItem::tr("running");
    case NodeRun::State::Waiting:
        return AccessibleItem::tr("waiting");
    case NodeRun::State::Failed:
        return AccessibleItem::tr("failed");
    case NodeRun::State::Cancelled:
        return AccessibleItem::tr("cancelled");
    }
    return {};
}

} // namespace

QAccessibleInterface *AccessibleStep::parent() const
{
    return &canvas();
}

int AccessibleStep::childCount() const
{
    return isValid() ? int(scene().nodes().at(node()).card.outcomes.size()) : 0;
}

QAccessibleInterface *AccessibleStep::child(int index) const
{
    return canvas().item({CanvasPart::Kind::Outcome, part().key, index});
}

QList<QPair<QAccessibleInterface *, QAccessible::Relation>> AccessibleStep::relations(QAccessible::Relation match) const
{
    QList<QPair<QAccessibleInterface *, QAccessible::Relation>> related;
    if (!isValid())
        return related;
    const auto step = [this](int node) { return canvas().item({CanvasPart::Kind::Step, scene().keyOf(node), -1}); };
    if (match & QAccessible::Controlled) {
        for (int edge : scene().edgesFrom(node()))
            related.append({step(scene().edges().at(edge).to), QAccessible::Controlled});
    }
    if (match & QAccessible::Controller) {
        for (int edge : scene().edgesTo(node()))
            related.append({step(scene().edges().at(edge).from), QAccessible::Controller});
    }
    return related;
}

QStringList AccessibleStep::actionNames() const
{
    if (!isValid())
        return {};
    QStringList names {pressAction(), setFocusAction(), showMenuAction(), editAction()};
    if (view()->editor().isEditable()) {
        names.append(connectAction());
        if (!scene().nodes().at(node()).isTrigger)
            names.append(renameAction());
    }
    return names;
}

void AccessibleStep::doAction(const QString &name)
{
    if (!isValid() || !actionNames().contains(name))
        return;
    GraphView &drawing = *view();
    drawing.revealStep(part().key);
    drawing.setFocus(Qt::OtherFocusReason);
    if (name == showMenuAction())
        Q_EMIT drawing.contextMenuRequested(part().key, rect().center());
    else if (name == editAction())
        drawing.editSelected();
    else if (name == renameAction())
        drawing.renameSelected();
    else if (name == connectAction())
        drawing.connector().connectCurrent();
}

QString AccessibleStep::description() const
{
    QStringList sentences;
    const SceneNode &card = scene().nodes().at(node());
    if (card.parent >= 0)
        sentences.append(tr("Inside %1").arg(scene().nodes().at(card.parent).card.title));
    const SceneState &state = view()->state();
    if (state.showsRun)
        sentences.append(tr("Run: %1").arg(runWord(state.runs.value(node()))));
    if (!view()->document())
        return sentences.join(u'\n');
    int left = mostProblems;
    for (const Problem &problem : view()->document()->problems()) {
        // A problem of the definition as a whole is told where the definition starts, as on the drawing.
        const bool isHere = problem.stepKey.isEmpty() ? card.isTrigger : problem.stepKey == part().key;
        if (isHere && left-- > 0)
            sentences.append(severityWord(problem.severity).arg(problem.message));
    }
    return sentences.join(u'\n');
}

QRectF AccessibleStep::sceneRect() const
{
    return scene().nodes().at(node()).box;
}

} // namespace automation
