#include "designer/canvas/canvasnotes.h"

#include "designer/canvas/graphview.h"
#include "designer/canvas/noteeditor.h"
#include "designer/canvas/noteinteraction.h"

#include <algorithm>
#include <QUuid>

namespace automation {

namespace {

constexpr QSizeF FreshSize(220, 110);

} // namespace

CanvasNotes::CanvasNotes(GraphView &view)
    : QObject(&view)
    , m_view(view)
    , m_editor(new NoteEditor(&view))
{
    connect(m_editor, &NoteEditor::finished, this, &CanvasNotes::takeText);
    connect(m_editor, &NoteEditor::cancelled, this, &CanvasNotes::refresh);
}

const CanvasNote *CanvasNotes::find(const QString &id) const
{
    if (!m_view.document() || id.isEmpty())
        return nullptr;
    for (const CanvasNote &note : m_view.document()->drawing().notes) {
        if (note.id == id)
            return &note;
    }
    return nullptr;
}

QString CanvasNotes::noteAt(const QPointF &point) const
{
    if (!m_view.document())
        return {};
    const QList<CanvasNote> &notes = m_view.document()->drawing().notes;
    for (auto note = notes.crbegin(); note != notes.crend(); ++note) {
        if (note->rect.contains(point))
            return note->id;
    }
    return {};
}

std::optional<QRectF> CanvasNotes::rectOf(const QString &id) const
{
    const CanvasNote *note = find(id);
    return note ? std::optional(note->rect) : std::nullopt;
}

QString CanvasNotes::textOf(const QString &id) const
{
    const CanvasNote *note = find(id);
    return note ? note->text : QString();
}

QStringList CanvasNotes::ids() const
{
    QStringList all;
    if (m_view.document()) {
        for (const CanvasNote &note : m_view.document()->drawing().notes)
            all.append(note.id);
    }
    return all;
}

void CanvasNotes::goTo(const QString &id)
{
    const std::optional<QRectF> rect = rectOf(id);
    if (!rect)
        return;
    if (!m_view.transform().toScene(QRectF(m_view.viewport()->rect())).contains(*rect))
        m_view.centerOn(rect->center());
    select(id);
}

void CanvasNotes::select(const QString &id)
{
    m_view.setSelection({});
    m_selected = find(id) ? id : QString();
    refresh();
    Q_EMIT m_view.selectionChanged(m_view.selection());
}

void CanvasNotes::clearSelection()
{
    if (m_selected.isEmpty())
        return;
    m_selected.clear();
    refresh();
}

void CanvasNotes::refresh()
{
    QList<NoteBox> notes;
    int selected = -1;
    if (m_view.document()) {
        for (const CanvasNote &note : m_view.document()->drawing().notes) {
            if (note.id == m_selected)
                selected = int(notes.size());
            notes.append({note.rect, note.text});
        }
    }
    if (selected < 0)
        m_selected.clear();
    if (m_editor->isOpen() && !m_edited.isEmpty() && !find(m_edited))
        m_editor->cancel();
    if (notes == m_view.state().notes && selected == m_view.state().selectedNote)
        return;
    m_view.changeState([&](SceneState &state) {
        state.notes = notes;
        state.selectedNote = selected;
    });
    Q_EMIT changed();
}

void CanvasNotes::preview(const QString &id, const QRectF &rect)
{
    if (!m_view.document())
        return;
    const QList<CanvasNote> &notes = m_view.document()->drawing().notes;
    for (qsizetype i = 0; i < notes.size() && i < m_view.state().notes.size(); ++i) {
        if (notes.at(i).id == id)
            m_view.changeState([&](SceneState &state) { state.notes[i].rect = rect; });
    }
}

bool CanvasNotes::setRect(const QString &id, const QRectF &rect)
{
    const CanvasNote *note = find(id);
    if (!note || note->rect == rect)
        return false;
    const bool isMove = note->rect.size() == rect.size();
    DrawingLayout drawing = m_view.document()->drawing();
    for (CanvasNote &each : drawing.notes) {
        if (each.id == id)
            each.rect = rect;
    }
    return m_view.editor().arrange(drawing, isMove ? tr("Move note") : tr("Resize note"));
}

void CanvasNotes::add(const std::optional<QPointF> &point)
{
    if (!m_view.editor().isEditable())
        return;
    m_editor->finish();
    m_edited.clear();
    m_editedRect = point ? QRectF(*point, FreshSize) : freePlace();
    m_editor->open({});
    placeEditor();
}

// Of the places on the screen that hide nothing and that nothing hides, the one nearest to the middle.
QRectF CanvasNotes::freePlace() const
{
    constexpr qreal Step = 40;
    constexpr qreal Room = 12;
    constexpr int Most = 60; // steps to each side
    const auto scene = m_view.scene();
    const QRectF shown
        = m_view.transform().toScene(QRectF(m_view.viewport()->rect())).adjusted(Room, Room, -Room, -Room);
    QRectF best({}, FreshSize);
    best.moveCenter(shown.center());
    const int steps = std::min(Most, int(std::max(shown.width(), shown.height()) / 2 / Step));
    qreal nearest = -1;
    for (int row = -steps; row <= steps; ++row) {
        for (int column = -steps; column <= steps; ++column) {
            const QPointF away(column * Step, row * Step);
            const qreal distance = QPointF::dotProduct(away, away);
            QRectF place({}, FreshSize);
            place.moveCenter(shown.center() + away);
            if ((nearest >= 0 && distance >= nearest) || !shown.contains(place))
                continue;
            const QRectF around = place.adjusted(-Room, -Room, Room, Room);
            const QList<int> cards = scene->nodesIn(around);
            const bool isFree = scene->edgesIn(around).isEmpty()
                && std::none_of(cards.begin(), cards.end(),
                    [&](int node) {
                        const SceneNode &card = scene->nodes().at(node);
                        return card.box.intersects(around) || card.frame.intersects(around);
                    })
                && std::none_of(m_view.state().notes.begin(), m_view.state().notes.end(),
                    [&](const NoteBox &note) { return note.rect.intersects(around); });
            if (isFree) {
                nearest = distance;
                best = place;
            }
        }
    }
    return best;
}

void CanvasNotes::edit(const QString &id)
{
    const CanvasNote *note = find(id);
    if (!note || !m_view.editor().isEditable())
        return;
    m_editor->finish();
    m_edited = id;
    m_editedRect = note->rect;
    m_editor->open(note->text);
    placeEditor();
}

void CanvasNotes::placeEditor()
{
    if (!m_editor->isOpen())
        return;
    constexpr QSizeF Least(170, 70);
    const QRectF rect = m_view.transform().toView(m_editedRect);
    m_editor->setGeometry(QRectF(rect.topLeft(), rect.size().expandedTo(Least)).toAlignedRect());
}

void CanvasNotes::takeText(const QString &text)
{
    if (!m_view.editor().isEditable())
        return;
    const QString kept = text.left(DrawingLayout::longestNote);
    DrawingLayout drawing = m_view.document()->drawing();
    if (m_edited.isEmpty()) {
        if (kept.trimmed().isEmpty())
            return; // nothing was written
        const QString id = QUuid::createUuid().toString(QUuid::WithoutBraces);
        drawing.notes.append({id, m_editedRect, kept, {}});
        if (m_view.editor().arrange(drawing, tr("Add note")))
            select(id);
        return;
    }
    for (CanvasNote &note : drawing.notes) {
        if (note.id == m_edited && note.text != kept) {
            note.text = kept;
            m_view.editor().arrange(drawing, tr("Write note"));
            return;
        }
    }
}

bool CanvasNotes::removeSelected()
{
    if (!find(m_selected) || !m_view.editor().isEditable())
        return false;
    DrawingLayout drawing = m_view.document()->drawing();
    drawing.notes.removeIf([this](const CanvasNote &note) { return note.id == m_selected; });
    return m_view.editor().arrange(drawing, tr("Delete note"));
}

std::unique_ptr<CanvasInteraction> CanvasNotes::interactionAt(const QString &id, const QPointF &position)
{
    const CanvasNote *note = find(id);
    if (!note)
        return nullptr;
    const QPointF point = m_view.transform().toScene(position);
    const QPointF corner = note->rect.bottomRight() - point;
    const bool resizes = corner.x() <= NotePainter::Corner && corner.y() <= NotePainter::Corner;
    return std::make_unique<NoteInteraction>(m_view, position, id, note->rect, resizes);
}

} // namespace automation
