#pragma once

#include "model/document/drawinglayout.h"

#include <memory>
#include <QObject>

namespace automation {

class CanvasInteraction;
class GraphView;
class NoteEditor;

// The notes on a drawing: selecting, writing, moving, resizing, deleting them. Each change is one command on the
// document. GUI thread; belongs to the view.
class CanvasNotes : public QObject
{
    Q_OBJECT
public:
    explicit CanvasNotes(GraphView &view);

    NoteEditor *editor() const { return m_editor; }
    // The note under a point of the scene, the uppermost; empty without one.
    QString noteAt(const QPointF &point) const;
    QString selected() const { return m_selected; }
    void select(const QString &id); // empty = none; ends the selection of steps
    void clearSelection();
    // Opens the editor for a note that comes into being when something is written. Without a point, where
    // nothing else is.
    void add(const std::optional<QPointF> &point = {});
    void edit(const QString &id);
    bool removeSelected();
    // The gesture that begins with a press on a note: move, or resize at its corner.
    std::unique_ptr<CanvasInteraction> interactionAt(const QString &id, const QPointF &position);
    bool setRect(const QString &id, const QRectF &rect);
    // A rectangle to show instead while it is dragged.
    void preview(const QString &id, const QRectF &rect);
    std::optional<QRectF> rectOf(const QString &id) const;
    QString textOf(const QString &id) const;
    QStringList ids() const; // in their order in the file, the lowest first
    // Selects it and scrolls it into view.
    void goTo(const QString &id);
    // The document's notes as they are now.
    void refresh();
    void placeEditor();

Q_SIGNALS:
    void changed(); // other notes, texts or places are shown, or another one is selected

private:
    void takeText(const QString &text);
    QRectF freePlace() const;
    const CanvasNote *find(const QString &id) const;

    GraphView &m_view;
    NoteEditor *m_editor;
    QString m_selected;
    QString m_edited; // while the editor is open; empty = a new one
    QRectF m_editedRect;
};

} // namespace automation
