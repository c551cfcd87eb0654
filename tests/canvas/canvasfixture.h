#pragma once

#include "designer/canvas/canvasactions.h"
#include "designer/canvas/canvasclipboard.h"
#include "designer/canvas/canvasfinder.h"
#include "designer/canvas/graphview.h"
#include "designer/canvas/quickadd.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QDragEnterEvent>
#include <QFile>
#include <QLineEdit>
#include <QMimeData>
#include <QSignalSpy>
#include <QTest>

namespace automation {

// A shown view of a document of tests/data/canvas, and the events a person makes in it, at places of the scene.
class CanvasFixture
{
public:
    explicit CanvasFixture(const QString &name)
        : CanvasFixture(read(name))
    {
    }
    explicit CanvasFixture(const QByteArray &text)
    {
        Result<std::unique_ptr<WorkflowDocument>> opened = WorkflowDocument::fromText(text, QStringLiteral("test"));
        if (opened)
            document = std::move(opened.value());
        original = text;
        view.resize(1000, 900);
        view.setDocument(document.get());
        view.show();
        if (!QTest::qWaitForWindowExposed(&view))
            qWarning("The view was not shown.");
        view.activateWindow();
        if (!QTest::qWaitForWindowActive(&view))
            qWarning("The view is not active.");
        view.setFocus();
        actions.setView(&view);
        view.zoomToFit();
        QObject::connect(&view, &GraphView::message, [this](const QString &reason) { messages.append(reason); });
    }

    static QByteArray read(const QString &name)
    {
        QFile file(QStringLiteral(TEST_DATA_DIR "/canvas/") + name);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    int node(const QString &key) const { return view.scene()->indexOfKey(key); }
    const SceneNode &card(const QString &key) const { return view.scene()->nodes().at(node(key)); }
    const GraphNode &step(const QString &key) const
    {
        return document->graph().nodes().at(document->graph().indexOfKey(key));
    }
    // Where an outcome leads to now; empty when open.
    QString target(const QString &key, int outcome = 0) const { return step(key).outcomes.at(outcome).target; }

    // Places in the viewport
    QPoint at(const QPointF &scene) const { return view.transform().toView(scene).toPoint(); }
    QPoint centre(const QString &key) const { return at(card(key).box.center()); }
    QPoint onCard(const QString &key) const { return at(card(key).box.topLeft() + QPointF(120, 12)); }
    QPoint cell(const QString &key, int outcome) const
    {
        const QPointF port = view.scene()->portPosition(node(key), outcome);
        return at(card(key).card.hasRow ? port - QPointF(0, CardMetrics::OutcomeRowHeight / 2) : port);
    }
    QPoint openAdd(const QString &key) const { return at(view.scene()->openAddPosition(node(key), 0)); }
    const SceneEdge &edge(const QString &key, int outcome = 0) const
    {
        return view.scene()->edges().at(view.scene()->edgeOf(node(key), outcome));
    }
    QPoint emptyPlace() const { return {6, view.viewport()->height() - 6}; }

    void press(const QPoint &place) { QTest::mousePress(view.viewport(), Qt::LeftButton, {}, place); }
    void moveTo(const QPoint &place)
    {
        // QTest::mouseMove does not say which buttons are down.
        const QPointF local(place);
        QMouseEvent move(
            QEvent::MouseMove, local, view.viewport()->mapToGlobal(local), Qt::NoButton, Qt::LeftButton, {});
        QApplication::sendEvent(view.viewport(), &move);
    }
    void moveTo(const QPoint &place, Qt::MouseButton button, Qt::KeyboardModifiers modifiers = {})
    {
        const QPointF local(place);
        QMouseEvent move(
            QEvent::MouseMove, local, view.viewport()->mapToGlobal(local), Qt::NoButton, button, modifiers);
        QApplication::sendEvent(view.viewport(), &move);
    }
    void release(const QPoint &place) { QTest::mouseRelease(view.viewport(), Qt::LeftButton, {}, place); }
    void drag(const QPoint &from, const QPoint &to)
    {
        press(from);
        moveTo((from + to) / 2);
        moveTo(to);
        release(to);
    }
    void click(const QPoint &place, Qt::KeyboardModifiers modifiers = {})
    {
        QTest::mouseClick(view.viewport(), Qt::LeftButton, modifiers, place);
    }
    void hover(const QPoint &place) { QTest::mouseMove(view.viewport(), place); }
    void key(Qt::Key key, Qt::KeyboardModifiers modifiers = {}) { QTest::keyClick(&view, key, modifiers); }

    // A step type dragged in from the palette. enter() and drop() apart, to look in between.
    bool dragIn(const QString &typeName, const QPoint &place)
    {
        m_mime.setData(QStringLiteral("application/x-automation-step-type"), typeName.toUtf8());
        QDragEnterEvent enter(place, Qt::CopyAction, &m_mime, Qt::LeftButton, {});
        QApplication::sendEvent(view.viewport(), &enter);
        QDragMoveEvent move(place, Qt::CopyAction, &m_mime, Qt::LeftButton, {});
        QApplication::sendEvent(view.viewport(), &move);
        return enter.isAccepted() && move.isAccepted();
    }
    bool drop(const QPoint &place)
    {
        QDropEvent event(place, Qt::CopyAction, &m_mime, Qt::LeftButton, {});
        QApplication::sendEvent(view.viewport(), &event);
        return event.isAccepted();
    }
    void dragOut()
    {
        QDragLeaveEvent leave;
        QApplication::sendEvent(view.viewport(), &leave);
    }

    QuickAdd *quickAdd() { return view.findChild<QuickAdd *>(QStringLiteral("quickAdd")); }
    QLineEdit *search() { return quickAdd()->findChild<QLineEdit *>(); }
    // One command was made; undoing it gives the very first bytes.
    bool oneUndoRestores()
    {
        if (document->undoStack()->index() != 1)
            return false;
        document->undoStack()->undo();
        return document->text() == original;
    }
    bool isUntouched() { return document->undoStack()->count() == 0 && document->text() == original; }

    std::unique_ptr<WorkflowDocument> document;
    QByteArray original;
    GraphView view;
    CanvasActions actions; // what the keys of the drawing do
    QStringList messages;

private:
    QMimeData m_mime;
};

} // namespace automation
