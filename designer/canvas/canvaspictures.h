#pragma once

#include "designer/drawing/pictureprint.h"

namespace automation {

class GraphView;

// Pictures of what a view shows, problems or run included, without selection and pointer. GUI thread.
namespace CanvasPictures {
enum class What { All, Selection }; // a selection without steps is all
// As .svg, .png or .pdf. Errors as of PictureExport::write().
Result<void> write(const GraphView &view, const QString &path, What what = What::All, qreal scale = 1);
// To the clipboard, as PNG and SVG: the selected steps, without any all. Limit as of PictureExport.
Result<void> copy(const GraphView &view);
// As PicturePrint::print().
Result<int> print(const GraphView &view, What what, PicturePrint::Fit fit, QPagedPaintDevice &device);
} // namespace CanvasPictures

} // namespace automation
