#include "designer/canvas/canvasclipboard.h"

#include "designer/canvas/graphview.h"
#include "model/document/commands/clipboardcommands.h"

#include <algorithm>
#include <QClipboard>
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

StepPlace CanvasClipboard::placeBySelection() const
{
    const AddPlace behind = m_view.placeBehindSelection();
    if (behind.kind != AddPlace::Kind::Free)
        return stepPlace(behind);
    const QStringList keys = selectedSteps();
    if (keys.isEmpty())
        return StepPlace::atEnd();
    // Behind the last one as the file has it.
    const DefinitionGraph &graph = m_view.document()->graph();
    int last = 0;
    for (const QString &key : keys)
        last = std::max(last, graph.indexOfKey(key));
    return StepPlace::after(graph.nodes().at(last).key);
}

bool CanvasClipboard::paste()
{
    if (!m_view.editor().isEditable())
        return false;
    const std::optional<QPointF> point = m_view.takePointedPlace();
    const bool isEmpty = m_view.document()->graph().stepCount() == 0; // then it can only go behind the trigger
    if (!point || isEmpty)
        return pasteAt(placeBySelection(), std::nullopt);
    const AddPlace place = m_view.placeAt(*point);
    if (place.kind != AddPlace::Kind::Free)
        return pasteAt(stepPlace(place), std::nullopt);
    const bool isOnCard = m_view.scene()->hit(*point, 0).node >= 0; // of several ways on
    return isOnCard ? pasteAt(placeBySelection(), std::nullopt) : pasteAt(StepPlace::atEnd(), point);
}

bool CanvasClipboard::pasteAt(const StepPlace &place, const std::optional<QPointF> &middle)
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
    return m_view.editor().paste(text, place, middle);
}

bool CanvasClipboard::duplicate()
{
    return m_view.editor().duplicate(selectedSteps());
}

} // namespace automation
