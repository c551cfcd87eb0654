#pragma once

#include "designer/drawing/pictureexport.h"

#include <QPageLayout>
#include <QPageRanges>

class QPagedPaintDevice;

namespace automation {

// Drawings on paper: on white, in the light colours, text as text. Any thread, one at a time a device.
namespace PicturePrint {
enum class Fit {
    OnePage, // the whole drawing on one sheet, never larger than on the screen
    Pages // legible, over as many sheets side by side and below each other as that takes, row by row
};
enum class Stop {
    Anywhere, // goesOn is asked all the time
    AfterPage // only between pages: what is begun comes out of the printer
};
// Draws on the device, whose page size, margins, page ranges and resolution are set; begins and ends painting. Returns
// how many pages were made. Of Options, theme and scale are not used. A drawing that would need more than MostPages is
// made smaller until it does not. InvalidArgument when the device cannot be painted on, Cancelled when goesOn said so;
// the device may have pages by then.
inline constexpr int MostPages = 200;
Result<int> print(std::shared_ptr<const GraphScene> scene, const SceneState &state,
    const PictureExport::Options &options, Fit fit, QPagedPaintDevice &device, Stop stop = Stop::Anywhere);

// The same as a PDF file. Unwritable with place and cause. An error leaves an existing file as it was.
struct Paper
{
    QPageLayout layout;
    QPageRanges ranges; // all when empty
    int resolution = 1200; // dots per inch
};
Result<int> write(std::shared_ptr<const GraphScene> scene, const SceneState &state,
    const PictureExport::Options &options, Fit fit, const Paper &paper, const QString &path);
} // namespace PicturePrint

} // namespace automation
