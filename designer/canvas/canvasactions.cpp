#include "designer/canvas/canvasactions.h"

#include "designer/canvas/canvasarranger.h"
#include "designer/canvas/canvasclipboard.h"
#include "designer/canvas/canvasfinder.h"
#include "designer/canvas/canvasnotes.h"
#include "designer/canvas/canvaspictures.h"
#include "designer/canvas/graphview.h"
#include "designer/canvas/outcomeconnector.h"
#include "designer/style/themedicon.h"

#include <QAction>
#include <QMenu>

namespace automation {

using namespace Qt::StringLiterals;

CanvasActions::CanvasActions(QObject *parent)
    : QObject(parent)
    , m_typeMenu(new QMenu)
    , m_pictures(new PictureJob(this))
{
    connect(this, &QObject::destroyed, m_typeMenu, &QObject::deleteLater);
    m_typeMenu->setObjectName(u"changeTypeMenu"_s);
    m_typeMenu->setTitle(tr("Change &type"));
    m_typeMenu->setIcon(themedIcon(u"change-type"_s));
    m_typeMenu->setToolTipsVisible(true);
    connect(m_typeMenu, &QMenu::aboutToShow, this, &CanvasActions::fillTypeMenu);

    const bool here = true; // only while the drawing has the focus
    const bool everywhere = false;
    const auto keys = [](auto... key) { return QList<QKeySequence> {QKeySequence(key)...}; };
    add(Id::Cut, u"cut"_s, tr("Cu&t"), keys(QKeySequence::Cut), here, [](GraphView &v) { v.clipboard().cut(); });
    add(Id::Copy, u"copy"_s, tr("&Copy"), keys(QKeySequence::Copy), here, [](GraphView &v) { v.clipboard().copy(); });
    add(Id::CopyPicture, u"copy"_s, tr("Copy as p&icture"), keys(u"Ctrl+Alt+C"_s), everywhere, [this](GraphView &v) {
        if (!m_pictures->start(tr("Copy as picture"), CanvasPictures::copy(v)))
            Q_EMIT v.message(tr("Another picture is still being made."));
    });
    add(Id::Paste, u"paste"_s, tr("&Paste"), keys(QKeySequence::Paste), here,
        [](GraphView &v) { v.clipboard().paste(); });
    add(Id::Duplicate, u"duplicate"_s, tr("D&uplicate"), keys(u"Ctrl+D"_s), here,
        [](GraphView &v) { v.clipboard().duplicate(); });
    add(Id::Delete, u"delete"_s, tr("&Delete"), keys(Qt::Key_Delete, Qt::Key_Backspace), here,
        [](GraphView &v) { v.deleteSelection(false); });
    add(Id::DeleteAndReconnect, u"delete-heal"_s, tr("Delete and re&connect"), keys(u"Ctrl+Delete"_s), here,
        [](GraphView &v) { v.deleteSelection(true); });
    add(Id::SelectAll, u"select-all"_s, tr("Select &all"), keys(QKeySequence::SelectAll), here,
        [](GraphView &v) { v.selectAll(); });
    add(Id::Edit, u"edit"_s, tr("&Edit step"), keys(Qt::Key_Return, Qt::Key_Enter), here,
        [](GraphView &v) { v.editSelected(); });
    add(Id::Rename, u"rename"_s, tr("&Rename step"), keys(Qt::Key_F2), here, [](GraphView &v) { v.renameSelected(); });
    add(Id::ConnectTo, u"link"_s, tr("C&onnect to…"), keys(u"Ctrl+L"_s), here,
        [](GraphView &v) { v.connector().connectCurrent(); });
    add(Id::Disconnect, u"disconnect"_s, tr("Disco&nnect"), keys(u"Ctrl+Shift+D"_s), here,
        [](GraphView &v) { v.connector().disconnectCurrent(); });
    add(Id::Find, u"search"_s, tr("&Find in the drawing"), keys(QKeySequence::Find), everywhere,
        [](GraphView &v) { v.finder().open(); });
    add(Id::FindNext, u"chevron-down"_s, tr("Find &next"), keys(Qt::Key_F3), everywhere,
        [](GraphView &v) { v.finder().next(); });
    add(Id::FindPrevious, u"chevron-up"_s, tr("Find pre&vious"), keys(u"Shift+F3"_s), everywhere,
        [](GraphView &v) { v.finder().previous(); });
    add(Id::ZoomIn, u"zoom-in"_s, tr("Zoom &in"), keys(u"Ctrl++"_s, u"Ctrl+="_s), everywhere,
        [](GraphView &v) { v.zoomIn(); });
    add(Id::ZoomOut, u"zoom-out"_s, tr("Zoom &out"), keys(u"Ctrl+-"_s), everywhere, [](GraphView &v) { v.zoomOut(); });
    add(Id::ActualSize, u"actual-size"_s, tr("&Actual size"), keys(u"Ctrl+0"_s), everywhere,
        [](GraphView &v) { v.zoomActual(); });
    add(Id::Fit, u"fit"_s, tr("Zoom to &fit"), keys(u"Ctrl+1"_s), everywhere, [](GraphView &v) { v.zoomToFit(); });
    add(Id::FitSelection, u"zoom-selection"_s, tr("Zoom to &selection"), keys(u"Ctrl+2"_s), everywhere,
        [](GraphView &v) { v.zoomToSelection(); });
    add(Id::Back, u"back"_s, tr("&Back to the last place"), keys(u"Alt+Left"_s), everywhere,
        [](GraphView &v) { v.goBack(); });
    add(Id::Forward, u"forward"_s, tr("For&ward again"), keys(u"Alt+Right"_s), everywhere,
        [](GraphView &v) { v.goForward(); });
    add(Id::NextStep, u"chevron-down"_s, tr("&Next step in reading order"), keys(Qt::Key_N), here,
        [](GraphView &v) { v.walkInOrder(true); });
    add(Id::PreviousStep, u"chevron-up"_s, tr("&Previous step in reading order"), keys(u"Shift+N"_s), here,
        [](GraphView &v) { v.walkInOrder(false); });
    add(Id::NextOutcome, u"forward"_s, tr("Next &way out of the step"), keys(Qt::Key_O), here,
        [](GraphView &v) { v.walkOutcomes(true); });
    add(Id::PreviousOutcome, u"back"_s, tr("Previous way &out of the step"), keys(u"Shift+O"_s), here,
        [](GraphView &v) { v.walkOutcomes(false); });
    add(Id::Step, u"add"_s, tr("&Add step…"), keys(Qt::Key_Tab), here, [](GraphView &v) { v.quickAdd(); });
    add(Id::Note, u"note"_s, tr("Add &note"), keys(u"Ctrl+Shift+N"_s), everywhere, [](GraphView &v) { v.addNote(); });
    const auto nudge = [](Qt::Key key) { return [key](GraphView &v) { v.arranger().nudge(key); }; };
    add(Id::MoveLeft, u"back"_s, tr("Move &left"), keys(u"Ctrl+Left"_s), here, nudge(Qt::Key_Left));
    add(Id::MoveRight, u"forward"_s, tr("Move &right"), keys(u"Ctrl+Right"_s), here, nudge(Qt::Key_Right));
    add(Id::MoveUp, u"chevron-up"_s, tr("Move &up"), keys(u"Ctrl+Up"_s), here, nudge(Qt::Key_Up));
    add(Id::MoveDown, u"chevron-down"_s, tr("Move &down"), keys(u"Ctrl+Down"_s), here, nudge(Qt::Key_Down));
    const auto align = [](Alignment alignment) { return [alignment](GraphView &v) { v.arranger().align(alignment); }; };
    add(Id::AlignLeft, u"align-left"_s, tr("Align left edges"), {}, here, align(Alignment::Left));
    add(Id::AlignCentre, u"align-center"_s, tr("Align centres"), {}, here, align(Alignment::Centre));
    add(Id::AlignRight, u"align-right"_s, tr("Align right edges"), {}, here, align(Alignment::Right));
    add(Id::AlignTop, u"align-top"_s, tr("Align top edges"), {}, here, align(Alignment::Top));
    add(Id::AlignMiddle, u"align-middle"_s, tr("Align middles"), {}, here, align(Alignment::Middle));
    add(Id::AlignBottom, u"align-bottom"_s, tr("Align bottom edges"), {}, here, align(Alignment::Bottom));
    add(Id::DistributeHorizontally, u"distribute-horizontal"_s, tr("Distribute &horizontally"), {}, here,
        [](GraphView &v) { v.arranger().distribute(Qt::Horizontal); });
    add(Id::DistributeVertically, u"distribute-vertical"_s, tr("Distribute &vertically"), {}, here,
        [](GraphView &v) { v.arranger().distribute(Qt::Vertical); });
    add(Id::Tidy, u"tidy"_s, tr("&Tidy the selection"), keys(u"Ctrl+Shift+L"_s), everywhere,
        [](GraphView &v) { v.arranger().tidy(); });
    add(Id::LeftToRight, u"direction"_s, tr("Draw from left to ri&ght"), {}, everywhere, [](GraphView &v) {
        const bool sideways = v.arranger().direction() == DrawingLayout::Direction::LeftToRight;
        v.arranger().setDirection(
            sideways ? DrawingLayout::Direction::TopToBottom : DrawingLayout::Direction::LeftToRight);
    });
    action(Id::LeftToRight)->setCheckable(true);
    add(Id::Extract, u"extract"_s, tr("E&xtract to a new definition"), {}, everywhere,
        [this](GraphView &) { Q_EMIT extractRequested(); });
    action(Id::Extract)->setToolTip(tr("Takes the selected steps out into a definition of their own"));
    update();
}

void CanvasActions::add(Id id, const QString &icon, const QString &text, const QList<QKeySequence> &keys,
    bool onlyInDrawing, std::function<void(GraphView &)> run)
{
    auto *action = new QAction(themedIcon(icon), text, this);
    action->setShortcuts(keys);
    action->setShortcutContext(onlyInDrawing ? Qt::WidgetShortcut : Qt::WindowShortcut);
    const QString plain = QString(text).remove(u'&').remove(u'…');
    action->setToolTip(
        keys.isEmpty() ? plain : tr("%1 (%2)").arg(plain, keys.first().toString(QKeySequence::NativeText)));
    connect(action, &QAction::triggered, this, [this, run = std::move(run)] {
        if (m_view)
            run(*m_view);
    });
    m_actions.insert(int(id), action);
}

void CanvasActions::setView(GraphView *view)
{
    if (m_view == view)
        return;
    if (m_view) {
        m_view->disconnect(this);
        for (QAction *action : std::as_const(m_actions))
            m_view->removeAction(action);
    }
    m_view = view;
    if (view) {
        view->addActions(m_actions.values());
        connect(view, &GraphView::selectionChanged, this, &CanvasActions::update);
        connect(view, &GraphView::sceneChanged, this, &CanvasActions::update);
        connect(view, &GraphView::readOnlyChanged, this, &CanvasActions::update);
    }
    update();
}

void CanvasActions::update()
{
    const bool shown = m_view && m_view->document();
    const bool editable = shown && m_view->editor().isEditable();
    const QStringList keys = shown ? m_view->selection() : QStringList();
    const bool trigger = keys.contains(DefinitionGraph::triggerKey());
    const bool steps = keys.size() > (trigger ? 1 : 0);
    const bool connection = shown && m_view->selectedConnection();
    const bool one = keys.size() == 1;
    const auto enable = [this](std::initializer_list<Id> ids, bool enabled) {
        for (Id id : ids)
            action(id)->setEnabled(enabled);
    };
    enable({Id::Copy}, steps);
    enable({Id::Cut, Id::Duplicate, Id::DeleteAndReconnect}, editable && steps);
    const bool note = shown && !m_view->notes().selected().isEmpty();
    enable({Id::Delete}, editable && (!keys.isEmpty() || connection || note));
    enable({Id::Paste, Id::Step, Id::Note, Id::LeftToRight, Id::Tidy}, editable);
    enable({Id::Edit}, one || (editable && note) || (shown && m_view->isOnJump()));
    enable({Id::MoveLeft, Id::MoveRight, Id::MoveUp, Id::MoveDown}, editable && !keys.isEmpty());
    enable({Id::AlignLeft, Id::AlignCentre, Id::AlignRight, Id::AlignTop, Id::AlignMiddle, Id::AlignBottom},
        editable && keys.size() > 1);
    enable({Id::DistributeHorizontally, Id::DistributeVertically}, editable && keys.size() > 2);
    enable({Id::Extract}, editable && steps);
    action(Id::Tidy)->setText(keys.isEmpty() ? tr("&Tidy the drawing") : tr("&Tidy the selection"));
    action(Id::LeftToRight)
        ->setChecked(shown && m_view->arranger().direction() == DrawingLayout::Direction::LeftToRight);
    enable({Id::Rename}, editable && one && !trigger);
    enable({Id::ConnectTo}, shown && m_view->connector().canConnect());
    enable({Id::Disconnect}, shown && m_view->connector().canDisconnect());
    enable({Id::NextStep, Id::PreviousStep, Id::CopyPicture}, shown);
    enable({Id::NextOutcome, Id::PreviousOutcome}, one || connection);
    enable({Id::SelectAll, Id::Find, Id::FindNext, Id::FindPrevious, Id::ZoomIn, Id::ZoomOut, Id::ActualSize, Id::Fit},
        shown);
    enable({Id::FitSelection}, !keys.isEmpty() || connection);
    enable({Id::Back}, shown && m_view->canGoBack());
    enable({Id::Forward}, shown && m_view->canGoForward());
    m_typeMenu->setEnabled(editable && one && !trigger);
}

void CanvasActions::addTo(QMenu *menu, std::initializer_list<Id> ids) const
{
    for (Id id : ids)
        menu->addAction(action(id));
}

void CanvasActions::addArrangements(QMenu *menu) const
{
    addTo(menu, {Id::AlignLeft, Id::AlignCentre, Id::AlignRight});
    menu->addSeparator();
    addTo(menu, {Id::AlignTop, Id::AlignMiddle, Id::AlignBottom});
    menu->addSeparator();
    addTo(menu, {Id::DistributeHorizontally, Id::DistributeVertically});
}

void CanvasActions::fillTypeMenu()
{
    m_typeMenu->clear();
    if (!m_view || !m_view->document() || m_view->selection().size() != 1)
        return;
    const DefinitionGraph &graph = m_view->document()->graph();
    const int node = graph.indexOfKey(m_view->selection().first());
    const QString now = node < 0 ? QString() : graph.nodes().at(node).typeName;
    QString category;
    for (const StepType &type : m_view->document()->catalog().steps()) {
        if (!category.isEmpty() && category != type.category)
            m_typeMenu->addSeparator();
        category = type.category;
        QAction *action = m_typeMenu->addAction(themedIcon(type.icon), QString(type.label).replace(u'&', u"&&"_s));
        action->setToolTip(type.description);
        action->setEnabled(type.name != now);
        connect(action, &QAction::triggered, this, [this, name = type.name] {
            if (m_view)
                m_view->changeSelectedType(name);
        });
    }
}

void CanvasActions::fillContextMenu(QMenu *menu) const
{
    if (!m_view)
        return;
    const qsizetype steps = m_view->selection().size();
    if (steps == 1) {
        addTo(menu, {Id::Edit, Id::Rename});
        menu->addMenu(m_typeMenu);
        addTo(menu, {Id::ConnectTo, Id::Disconnect});
        menu->addSeparator();
    }
    if (!m_view->notes().selected().isEmpty()) {
        addTo(menu, {Id::Edit, Id::Delete});
        return;
    }
    if (m_view->selectedConnection()) {
        addTo(menu, {Id::ConnectTo, Id::Disconnect});
        menu->addSeparator();
    }
    addTo(menu, {Id::Step, Id::Note});
    menu->addSeparator();
    if (steps > 0)
        addTo(menu, {Id::Cut, Id::Copy, Id::CopyPicture});
    addTo(menu, {Id::Paste});
    if (steps > 0)
        addTo(menu, {Id::Duplicate});
    if (steps > 0 || m_view->selectedConnection())
        addTo(menu, {Id::Delete});
    if (steps > 0)
        addTo(menu, {Id::DeleteAndReconnect});
    menu->addSeparator();
    if (steps > 1) {
        QMenu *arrange = menu->addMenu(themedIcon(u"align-left"_s), tr("A&rrange"));
        addArrangements(arrange);
    }
    addTo(menu, {Id::Tidy});
    if (steps > 0)
        addTo(menu, {Id::Extract});
    menu->addSeparator();
    addTo(menu, {Id::SelectAll, Id::Find});
    menu->addSeparator();
    if (steps > 0 || m_view->selectedConnection())
        addTo(menu, {Id::FitSelection});
    addTo(menu, {Id::Fit, Id::ActualSize});
}

} // namespace automation
