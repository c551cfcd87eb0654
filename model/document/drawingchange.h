#pragma once

#include "model/document/drawinglayout.h"
#include "model/json/jsonedit.h"

#include <optional>

namespace automation {

// What one command changes of a drawing, with what it takes to undo it. As small as the change, so that a long history
// of a large drawing stays small. Value type.
struct DrawingChange
{
    template <typename T> struct Part
    {
        T before;
        T after;
    };
    using Position = std::optional<QPointF>; // none = placed by the layout

    QHash<QString, Part<Position>> positions;
    std::optional<Part<QList<CanvasNote>>> notes;
    std::optional<Part<DrawingLayout::Direction>> direction;
    std::optional<Part<JsonValue>> others;

    static DrawingChange between(const DrawingLayout &before, const DrawingLayout &after);
    bool isEmpty() const { return positions.isEmpty() && !notes && !direction && !others; }
    void applyTo(DrawingLayout &drawing) const;
    DrawingChange inverted() const;
    void append(const DrawingChange &later); // both become one
    void setBefore(const DrawingLayout &drawing); // what stands there is what it replaces
};

// Positions follow their steps when an edit renames, moves or removes them. Made before the edit, asked afterwards.
class DrawingFollower
{
public:
    // Of a drawing and the graph it belongs to.
    DrawingFollower(const DrawingLayout &drawing, const DefinitionGraph &graph);
    // edits: what was done to the definition; after: the graph that came out.
    DrawingChange change(const QList<JsonEdit> &edits, const DefinitionGraph &after) const;

private:
    struct Placed
    {
        QString key;
        QPointF position;
        JsonPointer pointer;
        bool isAmbiguous = false; // another step has the same id
    };
    QList<Placed> m_steps;
};

} // namespace automation
