#pragma once

#include "model/definition/definitiongraph.h"
#include "model/json/jsonvalue.h"

#include <QHash>
#include <QPointF>
#include <QRectF>

namespace automation {

// A text a person put on the canvas. It belongs to the drawing, not to a step.
struct CanvasNote
{
    QString id; // unique in its drawing, never empty
    QRectF rect; // scene units
    QString text; // plain text
    JsonValue others = {}; // members of the file that are not known here, kept; an object or null

    friend bool operator==(const CanvasNote &a, const CanvasNote &b);
};

// What a person arranged by hand; all else of a drawing is the layout's. Value type. Not part of the definition: kept
// beside it (layoutfile.h).
struct DrawingLayout
{
    enum class Direction : quint8 { TopToBottom, LeftToRight };

    QHash<QString, QPointF> positions; // GraphNode::key -> top left of the card, scene units; only of moved ones
    QList<CanvasNote> notes; // later ones above earlier ones
    Direction direction = Direction::TopToBottom;
    JsonValue others = {}; // members of the file that are not known here, kept; an object or null

    bool isDefault() const; // nothing to keep
    friend bool operator==(const DrawingLayout &a, const DrawingLayout &b);

    static constexpr qreal farthest = 1e7; // of a coordinate from 0, and of an extent
    static constexpr qsizetype mostNotes = 10'000;
    static constexpr qsizetype longestNote = 100'000; // UTF-16 units
};

// Whether it can be drawn and kept: finite and not too large, notes with ids of their own. Limit or InvalidArgument.
Result<void> checkDrawing(const DrawingLayout &drawing);
// Without positions of steps that are not in the graph.
DrawingLayout ofSteps(DrawingLayout drawing, const DefinitionGraph &graph);

} // namespace automation
