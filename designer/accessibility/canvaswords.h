#pragma once

#include "designer/drawing/graphscene.h"

namespace automation {

// What a screen reader says of the parts of a drawing. Plain, translated text of one line each.
namespace CanvasWords {

// "ask, Send SMS, To data.payload.source".
QString step(const SceneNode &node);
// "Replied"; "next" of a plain way on.
QString outcomeLabel(const CardContent &card, qsizetype outcome);
// "Replied, leads to choose"; "Replied, open".
QString outcome(const GraphScene &scene, int node, int outcome);
// "From ask, Replied, to choose".
QString connection(const GraphScene &scene, int edge);

} // namespace CanvasWords
} // namespace automation
