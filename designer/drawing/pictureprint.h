#pragma once

#include "designer/drawing/pictureexport.h"

class QPagedPaintDevice;

namespace automation {

// Drawings on paper: on white, in the light colours, text as text. GUI thread.
namespace PicturePrint {
enum class Fit {
    OnePage, // the whole drawing on one sheet, never larger than on the screen
    Pages // legible, over as many sheets side by side and below each other as that takes, row by row
};
// Draws on the device, whose page size, margins and resolution are set; begins and ends painting. Returns how many
// pages that were. Of Options, theme and scale are not used. A drawing that would need more than MostPages is made
// smaller until it does not. InvalidArgument when the device cannot be painted on.
inline constexpr int MostPages = 200;
Result<int> print(std::shared_ptr<const GraphScene> scene, const SceneState &state,
    const PictureExport::Options &options, Fit fit, QPagedPaintDevice &device);
} // namespace PicturePrint

} // namespace automation
