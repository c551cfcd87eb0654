#pragma once

#include "designer/canvas/picturejob.h"
#include "designer/drawing/pictureprint.h"

namespace automation {

class GraphView;

// Pictures of what a view shows, problems or run included, without selection and pointer. Each function takes down on
// the GUI thread what the view shows now and gives the work of making the picture for PictureJob, which needs neither
// view nor document: they may change or go meanwhile.
namespace CanvasPictures {
enum class What { All, Selection }; // a selection without steps is all
// As .svg, .png or .pdf. Errors as of PictureExport::write().
PictureJob::Work write(const GraphView &view, const QString &path, What what = What::All, qreal scale = 1);
// To the clipboard, as PNG and SVG: the selected steps, without any all. Limit as of PictureExport.
PictureJob::Work copy(const GraphView &view);
// As PicturePrint::print(); a cancelled one ends after a page.
PictureJob::Work print(
    const GraphView &view, What what, PicturePrint::Fit fit, std::shared_ptr<QPagedPaintDevice> device);
// As PicturePrint::write().
PictureJob::Work printToFile(
    const GraphView &view, What what, PicturePrint::Fit fit, const PicturePrint::Paper &paper, const QString &path);
} // namespace CanvasPictures

} // namespace automation
