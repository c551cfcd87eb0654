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

// What is known of some things by their number, for a part of them: numbers are theirs in the whole.
template <typename Value> QHash<int, Value> ofPart(const QHash<int, Value> &values, const QList<int> &numbers)
{
    QHash<int, Value> kept;
    for (qsizetype i = 0; i < numbers.size(); ++i) {
        const auto value = values.constFind(numbers.at(i));
        if (value != values.cend())
            kept.insert(int(i), *value);
    }
    return kept;
}

QSet<int> ofPart(const QSet<int> &values, const QList<int> &numbers)
{
    QSet<int> kept;
    for (qsizetype i = 0; i < numbers.size(); ++i) {
        if (values.contains(numbers.at(i)))
            kept.insert(int(i));
    }
    return kept;
}

qreal saneScale(qreal scale)
{
    return std::isfinite(scale) ? std::clamp(scale, 0.1, 10.0) : 1.0;
}

void paintAll(QPainter &painter, const PictureExport::Part &part, const Theme &theme, bool isVector)
{
    GraphPainter graph;
    graph.setTheme(theme);
    graph.setScene(part.scene);
    painter.translate(-part.area.topLeft());
    graph.paint(painter, part.area, part.state, {false, isVector});
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

PictureExport::Part PictureExport::partFor(
    std::shared_ptr<const GraphScene> scene, const SceneState &state, const Options &options)
{
    Part part {std::move(scene), {}, {}};
    part.state.showsRun = state.showsRun;
    part.state.showsAddButtons = false;
    if (options.only.isEmpty()) {
        part.state.problems = state.problems;
        part.state.runs = state.runs;
        part.state.takenEdges = state.takenEdges;
        part.state.failedEdges = state.failedEdges;
        part.state.notes = state.notes;
    } else {
        QList<int> nodes;
        QList<int> edges;
        part.scene = part.scene->part(options.only, &nodes, &edges);
        part.state.problems = ofPart(state.problems, nodes);
        part.state.runs = ofPart(state.runs, nodes);
        part.state.takenEdges = ofPart(state.takenEdges, edges);
        part.state.failedEdges = ofPart(state.failedEdges, edges);
    }
    const QRectF drawn = part.scene->bounds();
    part.area = drawn.isEmpty() ? QRectF(0, 0, CardMetrics::Width, 80) : drawn;
    for (const NoteBox &note : std::as_const(part.state.notes))
        part.area |= note.rect;
    part.area = part.area.adjusted(-Margin, -Margin, Margin, Margin).toAlignedRect();
    return part;
}

Result<QByteArray> PictureExport::svg(
    std::shared_ptr<const GraphScene> scene, const SceneState &state, const Options &options)
{
    const Part part = partFor(std::move(scene), state, options);
    const QRectF &area = part.area;
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
    paintAll(painter, part, options.theme, true);
    painter.end();
    return bytes;
}

Result<QByteArray> PictureExport::pdf(
    std::shared_ptr<const GraphScene> scene, const SceneState &state, const Options &options)
{
    const Part part = partFor(std::move(scene), state, options);
    const QRectF &area = part.area;
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
    paintAll(painter, part, options.theme, true);
    painter.end();
    return bytes;
}

Result<QImage> PictureExport::image(
    std::shared_ptr<const GraphScene> scene, const SceneState &state, const Options &options)
{
    constexpr qreal MostPixels = 200e6; // 800 MB; also keeps each side in the painter's range
    constexpr qreal LongestSide = 32000;
    const Part part = partFor(std::move(scene), state, options);
    const QRectF &area = part.area;
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
    paintAll(painter, part, options.theme, false);
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
