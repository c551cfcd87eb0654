#include "designer/accessibility/accessiblecanvas.h"

#include "designer/accessibility/accessibleconnection.h"
#include "designer/accessibility/accessiblenote.h"
#include "designer/accessibility/accessibleoutcome.h"
#include "designer/accessibility/accessiblestep.h"
#include "designer/accessibility/canvaswords.h"
#include "designer/canvas/canvasnotes.h"
#include "designer/canvas/floworder.h"
#include "designer/canvas/graphview.h"
#include "designer/canvas/sceneplaces.h"

#include <QApplication>

#include <algorithm>

namespace automation {

namespace {

// Beyond that many, whoever listens is told that something changed, not what.
constexpr qsizetype mostEvents = 100;

QAccessibleInterface *make(const QString &className, QObject *object)
{
    if (className != QLatin1StringView("automation::GraphView"))
        return nullptr;
    auto *view = qobject_cast<GraphView *>(object);
    return view ? new AccessibleCanvas(view) : nullptr;
}

} // namespace

AccessibleCanvas::AccessibleCanvas(GraphView *view)
    : QAccessibleWidget(view)
    , m_scene(view->scene())
{
    QObject::connect(view, &GraphView::sceneChanged, &m_listener, [this] { takeScene(); });
    QObject::connect(view, &GraphView::selectionChanged, &m_listener, [this] { takeSelection(); });
    QObject::connect(&view->notes(), &CanvasNotes::changed, &m_listener, [this] { takeNotes(); });
    takeNotes();
    QObject::connect(qApp, &QApplication::focusChanged, &m_listener, [this](QWidget *, QWidget *now) {
        // Once Qt has told that the drawing as a whole has the focus, which step has it.
        if (now && now == object() && QAccessible::isActive()) {
            m_focused.reset();
            QMetaObject::invokeMethod(
                &m_listener, [this] { tellFocus(); }, Qt::QueuedConnection);
        }
    });
}

AccessibleCanvas::~AccessibleCanvas()
{
    for (QAccessible::Id id : std::as_const(m_items))
        QAccessible::deleteAccessibleInterface(id);
}

void AccessibleCanvas::install()
{
    QAccessible::installFactory(make);
}

GraphView *AccessibleCanvas::view() const
{
    return qobject_cast<GraphView *>(object());
}

bool AccessibleCanvas::contains(const GraphScene &scene, const CanvasPart &part)
{
    const int node = scene.indexOfKey(part.key);
    if (node < 0)
        return false;
    switch (part.kind) {
    case CanvasPart::Kind::Step:
        return true;
    case CanvasPart::Kind::Outcome:
        return part.outcome >= 0 && part.outcome < scene.nodes().at(node).card.outcomes.size();
    case CanvasPart::Kind::Connection:
        return scene.edgeOf(node, part.outcome) >= 0;
    case CanvasPart::Kind::Note:
        break;
    }
    return false;
}

bool AccessibleCanvas::exists(const CanvasPart &part) const
{
    return part.kind == CanvasPart::Kind::Note ? m_notes.contains(part.key) : contains(*m_scene, part);
}

QString AccessibleCanvas::nameOf(const GraphScene &scene, const CanvasPart &part)
{
    const int node = scene.indexOfKey(part.key);
    switch (part.kind) {
    case CanvasPart::Kind::Step:
        return CanvasWords::step(scene.nodes().at(node));
    case CanvasPart::Kind::Outcome:
        return CanvasWords::outcome(scene, node, part.outcome);
    case CanvasPart::Kind::Connection:
    case CanvasPart::Kind::Note:
        break;
    }
    return CanvasWords::connection(scene, scene.edgeOf(node, part.outcome));
}

QRectF AccessibleCanvas::outcomeRect(const GraphScene &scene, int node, int outcome)
{
    const SceneNode &card = scene.nodes().at(node);
    if (card.card.hasRow)
        return card.card.outcomes.at(outcome).rect.translated(card.box.topLeft());
    constexpr qreal Reach = CardMetrics::PortRadius + 3;
    const QPointF port = scene.portPosition(node, outcome);
    return {port - QPointF(Reach, Reach), QSizeF(2 * Reach, 2 * Reach)};
}

QAccessibleInterface *AccessibleCanvas::item(const CanvasPart &part) const
{
    if (!view() || !exists(part))
        return nullptr;
    if (const auto made = m_items.constFind(part); made != m_items.constEnd())
        return QAccessible::accessibleInterface(*made);
    // An accessible object is not const towards what it stands for.
    auto &self = const_cast<AccessibleCanvas &>(*this);
    QAccessibleInterface *made = nullptr;
    switch (part.kind) {
    case CanvasPart::Kind::Step:
        made = new AccessibleStep(self, part);
        break;
    case CanvasPart::Kind::Outcome:
        made = new AccessibleOutcome(self, part);
        break;
    case CanvasPart::Kind::Connection:
        made = new AccessibleConnection(self, part);
        break;
    case CanvasPart::Kind::Note:
        made = new AccessibleNote(self, part);
        break;
    }
    m_items.insert(part, QAccessible::registerAccessibleInterface(made));
    return made;
}

std::optional<CanvasPart> AccessibleCanvas::currentPart() const
{
    const GraphView *drawing = view();
    if (!drawing)
        return std::nullopt;
    if (const QString note = view()->notes().selected(); m_notes.contains(note))
        return CanvasPart {CanvasPart::Kind::Note, note, -1};
    if (const auto outcome = drawing->currentOutcome()) {
        const int number = outcomeIndex(*m_scene, m_scene->indexOfKey(outcome->first), outcome->second);
        if (number >= 0)
            return CanvasPart {CanvasPart::Kind::Outcome, outcome->first, number};
    }
    if (!drawing->selection().isEmpty() && m_scene->indexOfKey(drawing->selection().last()) >= 0)
        return CanvasPart {CanvasPart::Kind::Step, drawing->selection().last(), -1};
    return std::nullopt;
}

bool AccessibleCanvas::isSelected(const CanvasPart &part) const
{
    const GraphView *drawing = view();
    if (drawing && part.kind == CanvasPart::Kind::Note)
        return view()->notes().selected() == part.key;
    const int node = m_scene->indexOfKey(part.key);
    if (!drawing || node < 0)
        return false;
    if (part.kind == CanvasPart::Kind::Step)
        return m_scene == drawing->scene() && drawing->state().selectedNodes.contains(node);
    const auto outcome
        = part.kind == CanvasPart::Kind::Outcome ? drawing->currentOutcome() : drawing->selectedConnection();
    return outcome && outcome->first == part.key && outcomeIndex(*m_scene, node, outcome->second) == part.outcome;
}

QSet<CanvasPart> AccessibleCanvas::selectedParts() const
{
    QSet<CanvasPart> parts;
    for (const QString &key : view()->selection())
        parts.insert({CanvasPart::Kind::Step, key, -1});
    if (const QString note = view()->notes().selected(); m_notes.contains(note))
        parts.insert({CanvasPart::Kind::Note, note, -1});
    if (const auto connection = view()->selectedConnection()) {
        const int outcome = outcomeIndex(*m_scene, m_scene->indexOfKey(connection->first), connection->second);
        parts.insert({CanvasPart::Kind::Connection, connection->first, outcome});
    }
    return parts;
}

// The tree

const QList<int> &AccessibleCanvas::order() const
{
    if (m_order.isEmpty()) {
        m_order = flowOrder(*m_scene);
        m_places.resize(m_order.size());
        for (qsizetype i = 0; i < m_order.size(); ++i)
            m_places[m_order.at(i)] = int(i);
    }
    return m_order;
}

QStringList AccessibleCanvas::notes() const
{
    return view() ? view()->notes().ids() : QStringList();
}

QList<QWidget *> AccessibleCanvas::widgetsOnTop() const
{
    QList<QWidget *> widgets;
    const GraphView *drawing = view();
    if (!drawing)
        return widgets;
    for (QWidget *widget : drawing->findChildren<QWidget *>(QString(), Qt::FindDirectChildrenOnly)) {
        // The viewport is the list itself.
        if (widget != drawing->viewport() && !widget->isHidden() && !widget->isWindow())
            widgets.append(widget);
    }
    return widgets;
}

int AccessibleCanvas::childCount() const
{
    return int(m_scene->nodes().size() + notes().size() + widgetsOnTop().size());
}

QAccessibleInterface *AccessibleCanvas::child(int index) const
{
    if (index < 0)
        return nullptr;
    const qsizetype steps = m_scene->nodes().size();
    if (index < steps)
        return item({CanvasPart::Kind::Step, m_scene->keyOf(order().at(index)), -1});
    const QStringList all = notes();
    if (index < steps + all.size())
        return item({CanvasPart::Kind::Note, all.at(index - steps), -1});
    return QAccessible::queryAccessibleInterface(widgetsOnTop().value(index - steps - all.size()));
}

int AccessibleCanvas::indexOfChild(const QAccessibleInterface *child) const
{
    if (!child)
        return -1;
    if (const auto *part = dynamic_cast<const AccessibleItem *>(child)) {
        if (part->part().kind == CanvasPart::Kind::Note) {
            const qsizetype note = notes().indexOf(part->part().key);
            return note < 0 ? -1 : int(m_scene->nodes().size() + note);
        }
        const int node = part->part().kind == CanvasPart::Kind::Step ? m_scene->indexOfKey(part->part().key) : -1;
        order();
        return node < 0 ? -1 : m_places.at(node);
    }
    const qsizetype widget = widgetsOnTop().indexOf(qobject_cast<QWidget *>(child->object()));
    return widget < 0 ? -1 : int(m_scene->nodes().size() + notes().size() + widget);
}

QAccessibleInterface *AccessibleCanvas::childAt(int x, int y) const
{
    const GraphView *drawing = view();
    if (!drawing || !drawing->isVisible())
        return nullptr;
    QWidget *on = drawing->childAt(drawing->mapFromGlobal(QPoint(x, y)));
    while (on && on->parentWidget() != drawing)
        on = on->parentWidget();
    if (!on)
        return nullptr;
    if (on != drawing->viewport())
        return QAccessible::queryAccessibleInterface(on);
    const QPointF place = drawing->transform().toScene(QPointF(drawing->viewport()->mapFromGlobal(QPoint(x, y))));
    const SceneHit hit = m_scene->hit(place);
    if (hit.node >= 0)
        return item({CanvasPart::Kind::Step, m_scene->keyOf(hit.node), -1});
    if (hit.edge < 0) {
        const QString note = view()->notes().noteAt(place);
        return note.isEmpty() ? nullptr : item({CanvasPart::Kind::Note, note, -1});
    }
    const SceneEdge &edge = m_scene->edges().at(hit.edge);
    return item({CanvasPart::Kind::Connection, m_scene->keyOf(edge.from), edge.outcome});
}

QAccessibleInterface *AccessibleCanvas::focusChild() const
{
    const GraphView *drawing = view();
    if (!drawing || !drawing->hasFocus())
        return QAccessibleWidget::focusChild();
    const std::optional<CanvasPart> part = currentPart();
    return part ? item(*part) : const_cast<AccessibleCanvas *>(this);
}

QAccessible::State AccessibleCanvas::state() const
{
    QAccessible::State state = QAccessibleWidget::state();
    state.multiSelectable = true;
    state.extSelectable = true;
    if (const GraphView *drawing = view()) {
        state.readOnly = drawing->isReadOnly();
        state.busy = drawing->isLayoutPending();
        if (currentPart())
            state.focused = false; // the part has it
    }
    return state;
}

QString AccessibleCanvas::text(QAccessible::Text kind) const
{
    const GraphView *drawing = view();
    if (kind == QAccessible::Description && drawing && drawing->accessibleDescription().isEmpty())
        return tr("%n step(s)", nullptr, int(std::max<qsizetype>(0, m_scene->nodes().size() - 1)));
    if (kind == QAccessible::Help) {
        return tr("Arrow keys go from card to card, N and Shift+N through all steps and notes in order, O and Shift+O "
                  "through the ways out of a step. Ctrl+L connects, Tab adds a step, Enter edits it.");
    }
    return QAccessibleWidget::text(kind);
}

// What changes

void AccessibleCanvas::tell(const CanvasPart &part, QAccessible::Event event) const
{
    if (QAccessibleInterface *what = item(part)) {
        QAccessibleEvent change(what, event);
        QAccessible::updateAccessibility(&change);
    }
}

void AccessibleCanvas::takeScene()
{
    const std::shared_ptr<const GraphScene> before = m_scene;
    const std::shared_ptr<const GraphScene> after = view()->scene();
    if (before == after)
        return;
    const bool isHeard = QAccessible::isActive();
    QList<CanvasPart> gone;
    QList<CanvasPart> renamed;
    for (auto made = m_items.constKeyValueBegin(); made != m_items.constKeyValueEnd(); ++made) {
        const CanvasPart &part = (*made).first;
        if (part.kind == CanvasPart::Kind::Note)
            continue;
        if (!contains(*after, part))
            gone.append(part);
        else if (isHeard && nameOf(*before, part) != nameOf(*after, part))
            renamed.append(part);
    }
    // From the inside out, while they are still there to be asked.
    std::sort(gone.begin(), gone.end(), [](const CanvasPart &a, const CanvasPart &b) { return a.kind > b.kind; });
    for (const CanvasPart &part : std::as_const(gone)) {
        if (isHeard)
            tell(part, QAccessible::ObjectDestroyed);
    }
    m_scene = after;
    m_order.clear();
    for (const CanvasPart &part : std::as_const(gone))
        QAccessible::deleteAccessibleInterface(m_items.take(part));
    if (!isHeard)
        return;
    for (const CanvasPart &part : std::as_const(renamed))
        tell(part, QAccessible::NameChanged);
    tellAdded(*before);
    takeSelection();
}

void AccessibleCanvas::tellAdded(const GraphScene &before) const
{
    QList<CanvasPart> added;
    for (const SceneNode &node : m_scene->nodes()) {
        if (before.indexOfKey(node.key) < 0)
            added.append({CanvasPart::Kind::Step, node.key, -1});
    }
    // Inside of steps nobody has looked into, nothing needs to be told.
    for (auto made = m_items.constKeyValueBegin(); made != m_items.constKeyValueEnd(); ++made) {
        const CanvasPart part = (*made).first;
        if (part.kind == CanvasPart::Kind::Step) {
            const int count = int(m_scene->nodes().at(m_scene->indexOfKey(part.key)).card.outcomes.size());
            for (int i = 0; i < count; ++i) {
                const CanvasPart outcome {CanvasPart::Kind::Outcome, part.key, i};
                if (!contains(before, outcome))
                    added.append(outcome);
            }
        } else if (part.kind == CanvasPart::Kind::Outcome) {
            const CanvasPart connection {CanvasPart::Kind::Connection, part.key, part.outcome};
            if (contains(*m_scene, connection) && !contains(before, connection))
                added.append(connection);
        }
    }
    for (qsizetype i = std::max<qsizetype>(0, added.size() - mostEvents); i < added.size(); ++i)
        tell(added.at(i), QAccessible::ObjectCreated);
}

void AccessibleCanvas::takeNotes()
{
    QHash<QString, QString> now;
    for (const QString &id : notes())
        now.insert(id, view()->notes().textOf(id));
    const bool isHeard = QAccessible::isActive();
    const QHash<QString, QString> before = m_notes;
    const auto part = [](const QString &id) { return CanvasPart {CanvasPart::Kind::Note, id, -1}; };
    for (auto note = before.cbegin(); note != before.cend(); ++note) {
        if (now.contains(note.key()))
            continue;
        if (isHeard)
            tell(part(note.key()), QAccessible::ObjectDestroyed); // while it is still there to be asked
        if (m_items.contains(part(note.key())))
            QAccessible::deleteAccessibleInterface(m_items.take(part(note.key())));
    }
    m_notes = now;
    for (auto note = now.cbegin(); isHeard && note != now.cend(); ++note) {
        if (!before.contains(note.key()))
            tell(part(note.key()), QAccessible::ObjectCreated);
        else if (before.value(note.key()) != note.value())
            tell(part(note.key()), QAccessible::NameChanged);
    }
    takeSelection();
}

void AccessibleCanvas::takeSelection()
{
    // On the way from one selection to the next there may be none; that is not worth telling.
    if (!QAccessible::isActive() || std::exchange(m_isTelling, true))
        return;
    QMetaObject::invokeMethod(
        &m_listener, [this] { tellSelection(); }, Qt::QueuedConnection);
}

void AccessibleCanvas::tellSelection()
{
    m_isTelling = false;
    if (!view())
        return;
    const QSet<CanvasPart> before = std::exchange(m_selected, selectedParts());
    const QSet<CanvasPart> added = m_selected - before;
    const QSet<CanvasPart> removed = before - m_selected;
    tellFocus();
    if (added.size() + removed.size() > mostEvents) {
        QAccessibleEvent change(this, QAccessible::SelectionWithin);
        QAccessible::updateAccessibility(&change);
        return;
    }
    for (const CanvasPart &part : removed)
        tell(part, QAccessible::SelectionRemove);
    for (const CanvasPart &part : added)
        tell(part, QAccessible::SelectionAdd);
}

void AccessibleCanvas::tellFocus()
{
    if (!QAccessible::isActive() || !view() || !view()->hasFocus())
        return;
    const std::optional<CanvasPart> now = currentPart();
    if (now == m_focused)
        return;
    const bool hadPart = m_focused.has_value();
    m_focused = now;
    if (now) {
        tell(*now, QAccessible::Focus);
    } else if (hadPart) {
        QAccessibleEvent change(this, QAccessible::Focus);
        QAccessible::updateAccessibility(&change);
    }
}

} // namespace automation
