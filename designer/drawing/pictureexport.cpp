#include "designer/drawing/pictureexport.h"

#include "designer/drawing/graphpainter.h"

#include <QBuffer>
#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QPageSize>
#include <QPdfWriter>
#include <QSaveFile>
#include <QSvgGenerator>

namespace automation {

using namespace Qt::StringLiterals;

namespace {

constexpr qreal Margin = 24;

QString translated(const char *text)
{
    return QCoreApplication::translate("PictureExport", text);
}

QRectF pictureArea(const GraphScene &scene, const SceneState &state)
{
    QRectF bounds = scene.bounds().isEmpty() ? QRectF(0, 0, CardMetrics::Width, 80) : scene.bounds();
    for (const NoteBox &note : state.notes)
        bounds |= note.rect;
    return bounds.adjusted(-Margin, -Margin, Margin, Margin).toAlignedRect();
}

qreal saneScale(qreal scale)
{
    return std::isfinite(scale) ? std::clamp(scale, 0.1, 10.0) : 1.0;
}

void paintAll(QPainter &painter, std::shared_ptr<const GraphScene> scene, const SceneState &state, const Theme &theme,
    const QRectF &area, bool isVector)
{
    SceneState shown = state;
    // Pointer and gestures belong to the screen.
    shown.hover = {};
    shown.showsAddButtons = false;
    shown.possibleTargets.clear();
    shown.offsets.clear();
    shown.selectedNote = -1;
    shown.isSearching = false;
    GraphPainter graph;
    graph.setTheme(theme);
    graph.setScene(std::move(scene));
    painter.translate(-area.topLeft());
    graph.paint(painter, area, shown, {false, isVector});
}

Result<QByteArray> png(
    std::shared_ptr<const GraphScene> scene, const SceneState &state, const PictureExport::Options &options)
{
    const Result<QImage> picture = PictureExport::image(std::move(scene), state, options);
    if (!picture)
        return picture.error();
    QByteArray bytes;
    QBuffer buffer(&bytes);
    if (!buffer.open(QIODevice::WriteOnly) || !picture->save(&buffer, "PNG"))
        return Error {ErrorCode::Internal, translated("The picture could not be written as PNG.")};
    return bytes;
}

} // namespace

Result<QByteArray> PictureExport::svg(
    std::shared_ptr<const GraphScene> scene, const SceneState &state, const Options &options)
{
    const QRectF area = pictureArea(*scene, state);
    const qreal scale = saneScale(options.scale);
    QByteArray bytes;
    QBuffer buffer(&bytes);
    QSvgGenerator generator;
    generator.setOutputDevice(&buffer);
    generator.setTitle(options.title);
    generator.setDescription(QCoreApplication::applicationName());
    generator.setResolution(96);
    generator.setSize((area.size() * scale).toSize());
    generator.setViewBox(QRectF(QPointF(), area.size()));
    QPainter painter;
    if (!painter.begin(&generator))
        return Error {ErrorCode::Internal, translated("The drawing could not be written as SVG.")};
    paintAll(painter, std::move(scene), state, options.theme, area, true);
    painter.end();
    return bytes;
}

Result<QByteArray> PictureExport::pdf(
    std::shared_ptr<const GraphScene> scene, const SceneState &state, const Options &options)
{
    const QRectF area = pictureArea(*scene, state);
    // One scene unit is 1/96 inch; PDF readers stop at pages of 200 inches.
    constexpr qreal Largest = 14400; // points
    qreal points = 0.75 * saneScale(options.scale);
    points = std::min({points, Largest / area.width(), Largest / area.height()});
    QByteArray bytes;
    QBuffer buffer(&bytes);
    if (!buffer.open(QIODevice::WriteOnly))
        return Error {ErrorCode::Internal, translated("The drawing could not be written as PDF.")};
    QPdfWriter writer(&buffer);
    writer.setTitle(options.title);
    writer.setCreator(QCoreApplication::applicationName());
    constexpr int Resolution = 1200;
    writer.setResolution(Resolution);
    writer.setPageSize(QPageSize(area.size() * points, QPageSize::Point, QString(), QPageSize::ExactMatch));
    writer.setPageMargins(QMarginsF());
    QPainter painter;
    if (!painter.begin(&writer))
        return Error {ErrorCode::Internal, translated("The drawing could not be written as PDF.")};
    const qreal factor = points * Resolution / 72;
    painter.scale(factor, factor);
    paintAll(painter, std::move(scene), state, options.theme, area, true);
    painter.end();
    return bytes;
}

Result<QImage> PictureExport::image(
    std::shared_ptr<const GraphScene> scene, const SceneState &state, const Options &options)
{
    constexpr qreal MostPixels = 200e6; // 800 MB; also keeps each side in the painter's range
    constexpr qreal LongestSide = 32000;
    const QRectF area = pictureArea(*scene, state);
    const qreal scale = saneScale(options.scale);
    const QSizeF size = area.size() * scale;
    if (size.width() > LongestSide || size.height() > LongestSide || size.width() * size.height() > MostPixels) {
        return Error {ErrorCode::Limit,
            translated(
                "The drawing is too large for a PNG of this scale (%1 × %2 pixels). Choose a smaller scale, or SVG.")
                .arg(qRound64(size.width()))
                .arg(qRound64(size.height()))};
    }
    QImage picture(size.toSize().expandedTo({1, 1}), QImage::Format_RGB32);
    if (picture.isNull())
        return Error {ErrorCode::Limit, translated("There is not enough memory for a picture of this scale.")};
    picture.fill(options.theme.canvas);
    QPainter painter(&picture);
    painter.scale(scale, scale);
    paintAll(painter, std::move(scene), state, options.theme, area, false);
    painter.end();
    return picture;
}

Result<void> PictureExport::write(
    std::shared_ptr<const GraphScene> scene, const SceneState &state, const QString &path, const Options &options)
{
    const QString ending = QFileInfo(path).suffix().toLower();
    if (ending != "svg"_L1 && ending != "png"_L1 && ending != "pdf"_L1) {
        return Error {ErrorCode::InvalidArgument,
            translated("“%1” does not end in .svg, .png or .pdf, so the kind of picture is unknown.")
                .arg(QDir::toNativeSeparators(path))};
    }
    const Result<QByteArray> bytes = ending == "svg"_L1 ? svg(std::move(scene), state, options)
        : ending == "pdf"_L1                            ? pdf(std::move(scene), state, options)
                                                        : png(std::move(scene), state, options);
    if (!bytes)
        return bytes.error();
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(*bytes) != bytes->size() || !file.commit()) {
        return Error {ErrorCode::Unwritable,
            translated("“%1” cannot be written: %2").arg(QDir::toNativeSeparators(path), file.errorString())};
    }
    return {};
}

} // namespace automation
