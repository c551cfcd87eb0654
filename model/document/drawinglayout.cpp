#include "model/document/drawinglayout.h"

#include <cmath>
#include <QCoreApplication>
#include <QSet>

namespace automation {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(DrawingLayout)
};

bool isWithin(qreal number)
{
    return std::isfinite(number) && std::abs(number) <= DrawingLayout::farthest;
}

bool isWithin(const QPointF &point)
{
    return isWithin(point.x()) && isWithin(point.y());
}

} // namespace

bool operator==(const CanvasNote &a, const CanvasNote &b)
{
    return a.id == b.id && a.rect == b.rect && a.text == b.text && a.others == b.others;
}

bool operator==(const DrawingLayout &a, const DrawingLayout &b)
{
    return a.direction == b.direction && a.positions == b.positions && a.notes == b.notes && a.others == b.others;
}

bool DrawingLayout::isDefault() const
{
    return positions.isEmpty() && notes.isEmpty() && direction == Direction::TopToBottom && others.isEmpty();
}

Result<void> checkDrawing(const DrawingLayout &drawing)
{
    for (auto it = drawing.positions.begin(); it != drawing.positions.end(); ++it) {
        if (!isWithin(it.value()))
            return Error {ErrorCode::Limit, Text::tr("The position of “%1” is too far out.").arg(it.key())};
    }
    if (drawing.notes.size() > DrawingLayout::mostNotes) {
        return Error {ErrorCode::Limit, Text::tr("A drawing has at most %1 notes.").arg(DrawingLayout::mostNotes)};
    }
    QSet<QString> ids;
    for (const CanvasNote &note : drawing.notes) {
        if (note.id.isEmpty() || ids.contains(note.id))
            return Error {ErrorCode::InvalidArgument, Text::tr("Each note needs an id of its own.")};
        ids.insert(note.id);
        const bool hasExtent = note.rect.width() >= 0 && note.rect.height() >= 0;
        if (!hasExtent || !isWithin(note.rect.topLeft()) || !isWithin({note.rect.width(), note.rect.height()}))
            return Error {ErrorCode::Limit, Text::tr("The note “%1” is too far out or too large.").arg(note.id)};
        if (note.text.size() > DrawingLayout::longestNote) {
            return Error {
                ErrorCode::Limit, Text::tr("A note has at most %1 characters.").arg(DrawingLayout::longestNote)};
        }
    }
    return {};
}

DrawingLayout ofSteps(DrawingLayout drawing, const DefinitionGraph &graph)
{
    drawing.positions.removeIf([&graph](const auto &entry) { return graph.indexOfKey(entry.key()) < 0; });
    return drawing;
}

} // namespace automation
