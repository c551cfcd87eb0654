#include "designer/drawing/pictureexport.h"

#include "designer/drawing/graphpainter.h"
#include "designer/drawing/picturefile.h"
#include "designer/drawing/svgpicture.h"

#include <QBuffer>
#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QPageSize>
#include <QPdfWriter>

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

// False when it was given up.
bool paintAll(QPainter &painter, const PictureExport::Part &part, const Theme &theme, bool isVector,
    const std::function<bool(qreal)> &goesOn)
{
    GraphPainter graph;
    graph.setTheme(theme);
    graph.setScene(part.scene);
    painter.translate(-part.area.topLeft());
    bool isWanted = true;
    graph.paint(painter, part.area, part.state, {false, isVector, [&](qreal share) {
                                                     isWanted = isWanted && (!goesOn || goesOn(share));
                                                     return isWanted;
                                                 }});
    return isWanted;
}

Error givenUp()
{
    return {ErrorCode::Cancelled, translated("The picture was given up.")};
}

// Takes nothing more once the picture is no longer wanted, which also ends what asks nobody: packing a PNG.
class WantedBuffer : public QBuffer
{
public:
    WantedBuffer(QByteArray *bytes, const std::function<bool(qreal)> &goesOn)
        : QBuffer(bytes)
        , m_goesOn(goesOn)
    {
    }

protected:
    qint64 writeData(const char *data, qint64 size) override
    {
        constexpr qreal AlmostAll = 0.9;
        return m_goesOn && !m_goesOn(AlmostAll) ? -1 : QBuffer::writeData(data, size);
    }

private:
    const std::function<bool(qreal)> &m_goesOn;
};

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
    SvgPicture picture(part.area.size(), part.area.size() * saneScale(options.scale), options.title,
        QCoreApplication::applicationName());
    QPainter painter;
    if (!painter.begin(&picture))
        return Error {ErrorCode::Internal, translated("The drawing could not be written as SVG.")};
    if (!paintAll(painter, part, options.theme, true, options.goesOn))
        return givenUp();
    painter.end();
    return picture.take();
}

Result<QByteArray> PictureExport::pdf(
    std::shared_ptr<const GraphScene> scene, const SceneState &state, const Options &options)
{
    const Part part = partFor(std::move(scene), state, options);
    const QRectF &area = part.area;
    // One scene unit is 1/96 inch; PDF readers stop at pages of 200 inches.
    constexpr qreal Largest = 14400; // points
    qreal points = 0.75 * saneScale(options.scale); // a scene unit
    int resolution = 96;
    if (points * std::max(area.width(), area.height()) > Largest) {
        resolution = int(std::ceil(72 * std::max(area.width(), area.height()) / Largest));
        points = 72.0 / resolution;
    }
    // The page's units are then scene units, whose numbers are short: packing long ones took most of the time.
    const qreal factor = points * resolution / 72;
    QByteArray bytes;
    QBuffer buffer(&bytes);
    if (!buffer.open(QIODevice::WriteOnly))
        return Error {ErrorCode::Internal, translated("The drawing could not be written as PDF.")};
    QPdfWriter writer(&buffer);
    writer.setTitle(options.title);
    writer.setCreator(QCoreApplication::applicationName());
    writer.setResolution(resolution);
    writer.setPageSize(QPageSize(area.size() * points, QPageSize::Point, QString(), QPageSize::ExactMatch));
    writer.setPageMargins(QMarginsF());
    QPainter painter;
    if (!painter.begin(&writer))
        return Error {ErrorCode::Internal, translated("The drawing could not be written as PDF.")};
    painter.scale(factor, factor);
    if (!paintAll(painter, part, options.theme, true, options.goesOn))
        return givenUp();
    painter.end();
    return bytes;
}

Result<QByteArray> PictureExport::png(const QImage &image, const std::function<bool(qreal)> &goesOn)
{
    QByteArray bytes;
    WantedBuffer buffer(&bytes, goesOn);
    if (buffer.open(QIODevice::WriteOnly) && image.save(&buffer, "PNG"))
        return bytes;
    if (goesOn && !goesOn(1))
        return givenUp();
    return Error {ErrorCode::Internal, translated("The picture could not be written as PNG.")};
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
    if (!paintAll(painter, part, options.theme, false, options.goesOn))
        return givenUp();
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
    const Result<QByteArray> bytes = [&]() -> Result<QByteArray> {
        if (ending == "svg"_L1)
            return svg(std::move(scene), state, options);
        if (ending == "pdf"_L1)
            return pdf(std::move(scene), state, options);
        const Result<QImage> picture = image(std::move(scene), state, options);
        return picture ? png(*picture, options.goesOn) : picture.error();
    }();
    if (!bytes)
        return bytes.error();
    if (options.goesOn && !options.goesOn(1))
        return givenUp();
    return writePictureFile(path, *bytes);
}

} // namespace automation
