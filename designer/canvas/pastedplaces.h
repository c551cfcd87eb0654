#pragma once

#include "model/document/workflowdocument.h"

namespace automation {

// Where steps that an edit is about to bring shall stand to have their middle at a point of the scene: as they lead to
// each other, laid out by themselves. Top left corners by key; none when they are too many for that, then the layout
// finds a place. middle: in scene units.
QHash<QString, QPointF> pastedPlaces(
    const DefinitionEdit &edit, const WorkflowDocument &document, const QPointF &middle);

} // namespace automation
