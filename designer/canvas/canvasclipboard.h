#pragma once

#include "model/document/commands/stepplace.h"

#include <QObject>

namespace automation {

class GraphView;

// Steps of a drawing on the system's clipboard, as JSON text that editors understand, and back. GUI thread; belongs to
// the view.
class CanvasClipboard : public QObject
{
    Q_OBJECT
public:
    explicit CanvasClipboard(GraphView &view);

    // The selected steps with what is nested in them. False with a message when none is.
    bool copy() const;
    bool cut();
    // Where the person points: onto the connection or the open outcome there, else to stand there unconnected. Where
    // nobody points, behind the selected step or on the selected connection, else at the end. False with a message when
    // the clipboard holds no steps.
    bool paste();
    bool duplicate();

private:
    QStringList selectedSteps() const;
    StepPlace placeBySelection() const;
    bool pasteAt(const StepPlace &place, const std::optional<QPointF> &middle);

    GraphView &m_view;
};

} // namespace automation
