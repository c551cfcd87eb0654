#pragma once

#include "designer/drawing/scenestate.h"
#include "designer/drawing/theme.h"
#include "model/json/result.h"

#include <functional>
#include <QImage>

namespace automation {

// Pictures of a drawing or of a part of it. Need a GUI application (for fonts); any thread. Sizes: one scene unit is a
// pixel of the picture times scale; a margin goes round the drawing. Errors: Unwritable with place and cause, Limit
// when a picture would be too large to paint, InvalidArgument for an unknown file ending, Cancelled when goesOn said
// so. An export that ends with an error leaves an existing file as it was, and no file where there was none.
namespace PictureExport {
struct Options
{
    Theme theme = Theme::light();
    qreal scale = 1; // 0.1 to 10; of PNG pixels, and of the nominal size of SVG and PDF
    QString title; // of the document; may be empty
    QSet<int> only; // these cards, with what is nested in them; all and the notes when empty
    // Asked now and then on the thread that makes the picture, with the share that is done (0 to 1); false gives it up.
    std::function<bool(qreal share)> goesOn = {};
};
// What a picture shows, and of what it is free: selection, pointer, search and gestures belong to the screen.
struct Part
{
    std::shared_ptr<const GraphScene> scene;
    SceneState state;
    QRectF area; // whole scene units, margin included
};
Part partFor(std::shared_ptr<const GraphScene> scene, const SceneState &state, const Options &options);

// By the file's ending: .svg, .png or .pdf.
Result<void> write(
    std::shared_ptr<const GraphScene> scene, const SceneState &state, const QString &path, const Options &options);
Result<QByteArray> svg(std::shared_ptr<const GraphScene> scene, const SceneState &state, const Options &options);
Result<QByteArray> pdf(std::shared_ptr<const GraphScene> scene, const SceneState &state, const Options &options);
Result<QByteArray> png(const QImage &image, const std::function<bool(qreal share)> &goesOn = {});
Result<QImage> image(std::shared_ptr<const GraphScene> scene, const SceneState &state, const Options &options);
} // namespace PictureExport

} // namespace automation
