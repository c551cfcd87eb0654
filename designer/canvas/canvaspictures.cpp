#include "designer/canvas/canvaspictures.h"

#include "designer/canvas/graphview.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QMimeData>
#include <QPagedPaintDevice>

namespace automation {

namespace {

// What a view shows at one moment. Copies share the data with the view until that changes.
struct Shown
{
    std::shared_ptr<const GraphScene> scene;
    SceneState state;
    PictureExport::Options options;

    Shown(const GraphView &view, CanvasPictures::What what)
        : scene(view.scene())
        , state(view.state())
    {
        options.theme = view.theme();
        options.title = view.document() ? view.document()->displayName() : QString();
        if (what == CanvasPictures::What::Selection)
            options.only = state.selectedNodes;
        // The desktop's fonts are asked for on this thread.
        Theme::bodyFont();
        Theme::monospaceFont();
    }
    PictureExport::Options watchedBy(const PictureJob::GoesOn &goesOn) const
    {
        PictureExport::Options watched = options;
        watched.goesOn = goesOn;
        return watched;
    }
};

template <typename T> Result<PictureJob::Finish> ended(const Result<T> &result)
{
    if (!result)
        return result.error();
    return PictureJob::Finish();
}

} // namespace

PictureJob::Work CanvasPictures::write(const GraphView &view, const QString &path, What what, qreal scale)
{
    Shown shown(view, what);
    shown.options.scale = scale;
    return [shown, path](const PictureJob::GoesOn &goesOn) {
        return ended(PictureExport::write(shown.scene, shown.state, path, shown.watchedBy(goesOn)));
    };
}

PictureJob::Work CanvasPictures::copy(const GraphView &view)
{
    return [shown = Shown(view, What::Selection)](const PictureJob::GoesOn &goesOn) -> Result<PictureJob::Finish> {
        PictureExport::Options options
            = shown.watchedBy([&goesOn](qreal share) { return !goesOn || goesOn(share / 2); });
        // Twice as fine as the screen where that is not too much to hand around.
        constexpr qreal MostPixels = 40e6;
        const QSizeF size = PictureExport::partFor(shown.scene, shown.state, options).area.size();
        options.scale = std::min(2.0, std::sqrt(MostPixels / (size.width() * size.height())));
        const Result<QImage> image = PictureExport::image(shown.scene, shown.state, options);
        if (!image)
            return image.error();
        // Packed here: on request it would happen in the window's time.
        const Result<QByteArray> png = PictureExport::png(*image);
        if (!png)
            return png.error();
        options = shown.watchedBy([&goesOn](qreal share) { return !goesOn || goesOn(0.5 + share / 2); });
        const Result<QByteArray> svg = PictureExport::svg(shown.scene, shown.state, options);
        if (!svg)
            return svg.error();
        return PictureJob::Finish([image = *image, png = *png, svg = *svg] {
            auto *data = new QMimeData;
            data->setData(QStringLiteral("image/png"), png);
            data->setData(QStringLiteral("image/svg+xml"), svg);
            data->setImageData(image);
            QGuiApplication::clipboard()->setMimeData(data);
        });
    };
}

PictureJob::Work CanvasPictures::print(
    const GraphView &view, What what, PicturePrint::Fit fit, std::shared_ptr<QPagedPaintDevice> device)
{
    return [shown = Shown(view, what), fit, device](const PictureJob::GoesOn &goesOn) {
        return ended(PicturePrint::print(
            shown.scene, shown.state, shown.watchedBy(goesOn), fit, *device, PicturePrint::Stop::AfterPage));
    };
}

PictureJob::Work CanvasPictures::printToFile(
    const GraphView &view, What what, PicturePrint::Fit fit, const PicturePrint::Paper &paper, const QString &path)
{
    return [shown = Shown(view, what), fit, paper, path](const PictureJob::GoesOn &goesOn) {
        return ended(PicturePrint::write(shown.scene, shown.state, shown.watchedBy(goesOn), fit, paper, path));
    };
}

} // namespace automation
