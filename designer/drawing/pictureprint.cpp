#include "designer/drawing/pictureprint.h"

#include "designer/drawing/graphpainter.h"
#include "designer/drawing/picturefile.h"

#include <QBuffer>
#include <QCoreApplication>
#include <QPdfWriter>

namespace automation {

using namespace Qt::StringLiterals;

namespace {

QString translated(const char *text)
{
    return QCoreApplication::translate("PicturePrint", text);
}

constexpr qreal FootLine = 14; // points, of title and page number below each of several pages
constexpr qreal Legible = 0.75; // of the size on the screen: texts of 8 points

struct Pages
{
    qreal scale = 1; // device units a scene unit
    int columns = 1;
    int rows = 1;
};

Pages pagesFor(const QSizeF &area, const QSizeF &page, qreal scale)
{
    Pages pages {scale, 1, 1};
    const auto count = [](qreal length, qreal of) { return std::max(1.0, std::ceil(length / of - 0.001)); };
    while (true) {
        const qreal columns = count(area.width() * pages.scale, page.width());
        const qreal rows = count(area.height() * pages.scale, page.height());
        if (columns * rows <= PicturePrint::MostPages) {
            pages.columns = int(columns);
            pages.rows = int(rows);
            return pages;
        }
        pages.scale *= 0.9;
    }
}

} // namespace

Result<int> PicturePrint::print(std::shared_ptr<const GraphScene> scene, const SceneState &state,
    const PictureExport::Options &options, Fit fit, QPagedPaintDevice &device, Stop stop)
{
    const PictureExport::Part part = PictureExport::partFor(std::move(scene), state, options);
    QPainter painter;
    if (!painter.begin(&device))
        return Error {ErrorCode::InvalidArgument, translated("The printer cannot be used.")};
    const QSizeF whole = QRectF(painter.window()).size();
    const qreal point = device.logicalDpiX() / 72.0;
    const qreal onScreen = device.logicalDpiX() / 96.0;
    const QSizeF room(whole.width(), std::max(whole.height() / 2, whole.height() - FootLine * point));
    const Pages pages = fit == Fit::OnePage
        ? Pages {std::min({whole.width() / part.area.width(), whole.height() / part.area.height(), onScreen}), 1, 1}
        : pagesFor(part.area.size(), room, onScreen * Legible);

    GraphPainter graph;
    Theme paper = Theme::light();
    paper.canvas = Qt::white;
    graph.setTheme(paper);
    graph.setScene(part.scene);
    const int count = pages.columns * pages.rows;
    const QSizeF sheet = (count > 1 ? room : whole) / pages.scale; // in scene units
    const QPageRanges ranges = device.pageRanges();
    bool isWanted = true;
    int made = 0;
    for (int number = 0; number < count; ++number) {
        if (!ranges.isEmpty() && !ranges.contains(number + 1))
            continue;
        const auto goesOn = [&](qreal share) {
            if (options.goesOn && isWanted)
                isWanted = options.goesOn((number + share) / count);
            return isWanted;
        };
        if (!goesOn(0))
            break;
        if (made++ > 0 && !device.newPage())
            return Error {ErrorCode::InvalidArgument, translated("The printer takes no more pages.")};
        const int column = number % pages.columns;
        const int row = number / pages.columns;
        // A drawing smaller than its sheets lies in their middle.
        const QPointF spare((sheet.width() * pages.columns - part.area.width()) / 2,
            count > 1 ? 0 : (sheet.height() * pages.rows - part.area.height()) / 2);
        const QRectF exposed(
            part.area.topLeft() - spare + QPointF(column * sheet.width(), row * sheet.height()), sheet);
        painter.save();
        painter.setClipRect(QRectF(QPointF(), sheet * pages.scale));
        painter.scale(pages.scale, pages.scale);
        painter.translate(-exposed.topLeft());
        graph.paint(painter, exposed, part.state,
            {false, true, [&](qreal share) { return goesOn(share) || stop == Stop::AfterPage; }});
        painter.restore();
        if (count == 1)
            continue;
        QFont font = Theme::smallFont();
        font.setPixelSize(std::max(1, qRound(8 * point)));
        painter.setFont(font);
        painter.setPen(paper.muted);
        const QRectF foot(0, room.height(), whole.width(), whole.height() - room.height());
        painter.drawText(foot, Qt::AlignLeft | Qt::AlignBottom | Qt::TextSingleLine,
            QFontMetricsF(font).elidedText(options.title.simplified(), Qt::ElideRight, foot.width() * 0.6));
        painter.drawText(foot, Qt::AlignRight | Qt::AlignBottom | Qt::TextSingleLine,
            translated("Page %1 of %2 · row %3, column %4").arg(number + 1).arg(count).arg(row + 1).arg(column + 1));
    }
    painter.end();
    if (!isWanted)
        return Error {ErrorCode::Cancelled, translated("The printing was given up.")};
    return made;
}

Result<int> PicturePrint::write(std::shared_ptr<const GraphScene> scene, const SceneState &state,
    const PictureExport::Options &options, Fit fit, const Paper &paper, const QString &path)
{
    QByteArray bytes;
    const Result<int> pages = [&]() -> Result<int> {
        QBuffer buffer(&bytes);
        if (!buffer.open(QIODevice::WriteOnly))
            return Error {ErrorCode::Internal, translated("The drawing could not be written as PDF.")};
        QPdfWriter writer(&buffer);
        writer.setTitle(options.title);
        writer.setCreator(QCoreApplication::applicationName());
        writer.setResolution(paper.resolution);
        writer.setPageLayout(paper.layout);
        writer.setPageRanges(paper.ranges);
        return print(std::move(scene), state, options, fit, writer);
    }();
    if (!pages)
        return pages.error();
    if (const Result<void> written = writePictureFile(path, bytes); !written)
        return written.error();
    return *pages;
}

} // namespace automation
