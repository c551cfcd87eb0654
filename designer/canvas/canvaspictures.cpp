#include "designer/canvas/canvaspictures.h"

#include "designer/canvas/graphview.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QMimeData>

namespace automation {

namespace {

PictureExport::Options optionsFor(const GraphView &view, CanvasPictures::What what)
{
    PictureExport::Options options;
    options.theme = view.theme();
    options.title = view.document() ? view.document()->displayName() : QString();
    if (what == CanvasPictures::What::Selection) {
        for (const QString &key : view.selection())
            options.only.insert(view.scene()->indexOfKey(key));
    }
    return options;
}

} // namespace

Result<void> CanvasPictures::write(const GraphView &view, const QString &path, What what, qreal scale)
{
    PictureExport::Options options = optionsFor(view, what);
    options.scale = scale;
    return PictureExport::write(view.scene(), view.state(), path, options);
}

Result<void> CanvasPictures::copy(const GraphView &view)
{
    PictureExport::Options options = optionsFor(view, What::Selection);
    // Twice as fine as the screen where that is not too much to hand around.
    constexpr qreal MostPixels = 40e6;
    const QSizeF size = PictureExport::partFor(view.scene(), view.state(), options).area.size();
    options.scale = std::min(2.0, std::sqrt(MostPixels / (size.width() * size.height())));
    const Result<QImage> image = PictureExport::image(view.scene(), view.state(), options);
    if (!image)
        return image.error();
    options.scale = 1;
    const Result<QByteArray> svg = PictureExport::svg(view.scene(), view.state(), options);
    if (!svg)
        return svg.error();
    auto *data = new QMimeData;
    data->setImageData(*image);
    data->setData(QStringLiteral("image/svg+xml"), *svg);
    QGuiApplication::clipboard()->setMimeData(data);
    return {};
}

Result<int> CanvasPictures::print(const GraphView &view, What what, PicturePrint::Fit fit, QPagedPaintDevice &device)
{
    return PicturePrint::print(view.scene(), view.state(), optionsFor(view, what), fit, device);
}

} // namespace automation
