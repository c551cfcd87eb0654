#pragma once

#include "designer/drawing/scenestate.h"
#include "designer/drawing/theme.h"
#include "model/json/result.h"

#include <QImage>

namespace automation {

// Pictures of a drawing or of a part of it. Need a GUI application (for fonts); GUI thread. Sizes: one scene unit is a
// pixel of the picture times scale; a margin goes round the drawing. Errors: Unwritable with place and cause, Limit
// when a picture would be too large to paint, InvalidArgument for an unknown file ending. A failed export leaves an
// existing file.
namespace PictureExport {
struct Options
{
    Theme theme = Theme::light();
    qreal scale = 1; // 0.1 to 10; of PNG pixels, and of the nominal size of SVG and PDF
    QString title; // of the document; may be empty
    QSet<int> only; // these cards, with what is nested in them; all and the notes when empty
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
Result<QImage> image(std::shared_ptr<const GraphScene> scene, const SceneState &state, const Options &options);
} // namespace PictureExport

} // namespace automation
