#include "designer/canvas/canvasclipboard.h"

#include "designer/canvas/graphview.h"
#include "model/document/commands/clipboardcommands.h"

#include <algorithm>
#include <QClipboard>
#include <QCursor>
#include <QGuiApplication>
#include <QMimeData>

namespace automation {

namespace {

constexpr auto StepsMime = QLatin1StringView("application/x-automation-steps+json");
constexpr qsizetype largest = 64 * 1024 * 1024; // bytes; what another program put there may be anything

StepPlace stepPlace(const AddPlace &place)
{
    return place.kind == AddPlace::Kind::Free ? StepPlace::atEnd()
                                              : StepPlace::onConnection(place.fromKey, place.outcomeKey);
}

} // namespace

CanvasClipboard::CanvasClipboard(GraphView &view)
    : QObject(&view)
    , m_view(view)
{
}

QStringList CanvasClipboard::selectedSteps() const
{
    QStringList keys = m_view.selection();
    keys.removeAll(DefinitionGraph::triggerKey());
    return keys;
}

bool CanvasClipboard::copy() const
{
    const WorkflowDocument *document = m_view.document();
    const QStringList keys = selectedSteps();
    if (!document || keys.isEmpty()) {
        Q_EMIT m_view.message(m_view.selection().isEmpty()
                ? tr("Select the steps to copy first.")
                : tr("The trigger cannot be copied; every workflow has its own."));
        return false;
    }
    const Result<QByteArray> text = copySteps(document->definition(), document->graph(), keys);
    if (!text) {
        Q_EMIT m_view.message(text.error().message);
        return false;
    }
    auto *data = new QMimeData;
    data->setText(QString::fromUtf8(*text));
    data->setData(StepsMime, *text);
    QGuiApplication::clipboard()->setMimeData(data);
    return true;
}

bool CanvasClipboard::cut()
{
    return m_view.editor().isEditable() && copy() && m_view.editor().remove(selectedSteps(), false);
}

StepPlace CanvasClipboard::place() const
{
    const AddPlace behind = m_view.placeBehindSelection();
    if (behind.kind != AddPlace::Kind::Free)
        return stepPlace(behind);
    const QStringList keys = selectedSteps();
    if (!keys.isEmpty()) {
        // Behind the last one as the file has it.
        const DefinitionGraph &graph = m_view.document()->graph();
        int last = 0;
        for (const QString &key : keys)
            last = std::max(last, graph.indexOfKey(key));
        return StepPlace::after(graph.nodes().at(last).key);
    }
    const QPoint pointer = m_view.viewport()->mapFromGlobal(QCursor::pos());
    if (m_view.selection().isEmpty() && m_view.viewport()->rect().contains(pointer) && m_view.viewport()->underMouse())
        return stepPlace(m_view.placeAt(m_view.transform().toScene(QPointF(pointer))));
    return StepPlace::atEnd();
}

bool CanvasClipboard::paste()
{
    return m_view.editor().isEditable() && pasteAt(place());
}

bool CanvasClipboard::pasteAt(const StepPlace &place)
{
    const QMimeData *data = QGuiApplication::clipboard()->mimeData();
    QByteArray text;
    if (data)
        text = data->hasFormat(StepsMime) ? data->data(StepsMime) : data->text().toUtf8();
    if (text.trimmed().isEmpty()) {
        Q_EMIT m_view.message(tr("There is nothing on the clipboard that could be pasted as steps."));
        return false;
    }
    if (text.size() > largest) {
        Q_EMIT m_view.message(tr("What is on the clipboard is too large to be pasted as steps."));
        return false;
    }
    return m_view.editor().paste(text, place);
}

bool CanvasClipboard::duplicate()
{
    return m_view.editor().duplicate(selectedSteps());
}

} // namespace automation
