#include "designer/drawing/icons.h"

#include <memory>
#include <QDir>
#include <QFile>
#include <QHash>
#include <QIconEngine>
#include <QImage>
#include <QPaintDevice>
#include <QPaintEngine>
#include <QPainter>
#include <QSvgRenderer>

// Resources of a static library are only found after this; it must stand outside of any namespace.
static void initialiseIconResources()
{
    Q_INIT_RESOURCE(icons);
}

namespace automation {

namespace {

// All icon texts, read once. Immutable afterwards, so any thread may read it.
const QHash<QString, QByteArray> &iconTexts()
{
    static const QHash<QString, QByteArray> texts = [] {
        initialiseIconResources();
        QHash<QString, QByteArray> found;
        const QDir directory(QStringLiteral(":/automation/icons"));
        for (const QString &fileName : directory.entryList({QStringLiteral("*.svg")})) {
            QFile file(directory.filePath(fileName));
            if (file.open(QIODevice::ReadOnly))
                found.insert(fileName.chopped(4), file.readAll());
        }
        return found;
    }();
    return texts;
}

QString knownName(const QString &name)
{
    return iconTexts().contains(name) ? name : QStringLiteral("unknown");
}

struct IconKey
{
    QString name;
    QRgb colour = 0;
    int pixels = 0;
    friend bool operator==(const IconKey &, const IconKey &) = default;
    friend size_t qHash(const IconKey &key, size_t seed = 0)
    {
        return qHashMulti(seed, key.name, key.colour, key.pixels);
    }
};

void renderIcon(QPainter &painter, const QString &name, const QRectF &rect, const QColor &colour)
{
    // A vector picture draws the same few icons thousands of times, and reading one takes longer than drawing it.
    constexpr qsizetype most = 64;
    thread_local QHash<std::pair<QString, QRgb>, std::shared_ptr<QSvgRenderer>> renderers;
    if (renderers.size() > most)
        renderers.clear();
    std::shared_ptr<QSvgRenderer> &renderer = renderers[{name, colour.rgb()}];
    if (!renderer) {
        // The files draw in black and nothing else; the wanted colour takes its place.
        QByteArray text = iconTexts().value(name);
        text.replace("#000", colour.name(QColor::HexRgb).toLatin1());
        renderer = std::make_shared<QSvgRenderer>(text);
    }
    const qreal opacity = painter.opacity();
    painter.setOpacity(opacity * qreal(colour.alphaF()));
    renderer->render(&painter, rect);
    painter.setOpacity(opacity);
}

// One cache a thread: drawings are exported off the GUI thread, and painting must not wait for a lock.
const QImage &cachedImage(const IconKey &key)
{
    constexpr qsizetype maximum = 512;
    thread_local QHash<IconKey, QImage> cache;
    auto found = cache.find(key);
    if (found == cache.end()) {
        if (cache.size() >= maximum) // zooming through many sizes: start over instead of growing for ever
            cache.clear();
        QImage image(key.pixels, key.pixels, QImage::Format_ARGB32_Premultiplied);
        image.fill(Qt::transparent);
        QPainter painter(&image);
        painter.setRenderHint(QPainter::Antialiasing);
        renderIcon(painter, key.name, QRectF(0, 0, key.pixels, key.pixels), QColor::fromRgba(key.colour));
        painter.end();
        found = cache.insert(key, image);
    }
    return *found;
}

class TintedIconEngine : public QIconEngine
{
public:
    TintedIconEngine(QString name, QColor colour, QColor disabledColour)
        : m_name(std::move(name))
        , m_colour(std::move(colour))
        , m_disabledColour(std::move(disabledColour))
    {
    }

    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State) override
    {
        const int edge = qMin(rect.width(), rect.height());
        QRectF square(0, 0, edge, edge);
        square.moveCenter(QRectF(rect).center());
        paintIcon(*painter, m_name, square, mode == QIcon::Disabled ? m_disabledColour : m_colour);
    }

    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State state) override
    {
        QPixmap pixmap(size);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        paint(&painter, QRect(QPoint(), size), mode, state);
        return pixmap;
    }

    QIconEngine *clone() const override { return new TintedIconEngine(*this); }

private:
    QString m_name;
    QColor m_colour;
    QColor m_disabledColour;
};

bool drawsPixels(const QPainter &painter)
{
    const QPaintEngine *engine = painter.paintEngine();
    return engine && engine->type() == QPaintEngine::Raster;
}

} // namespace

void paintIcon(QPainter &painter, const QString &name, const QRectF &rect, const QColor &colour)
{
    if (rect.isEmpty() || !colour.isValid())
        return;
    const QString known = knownName(name);
    const QTransform transform = painter.deviceTransform();
    // Turned or mirrored painters and huge icons are drawn as lines too; a picture would blur.
    constexpr qreal largest = 256;
    const qreal pixels = rect.width() * transform.m11();
    if (!drawsPixels(painter) || transform.type() > QTransform::TxScale || transform.m11() <= 0 || transform.m22() <= 0
        || pixels > largest || !qFuzzyCompare(rect.width(), rect.height())) {
        renderIcon(painter, known, rect, colour);
        return;
    }
    const QImage &image = cachedImage({known, colour.rgba(), qMax(1, qRound(pixels))});
    // On whole device pixels, so that the picture is copied and not resampled.
    const QPointF corner = transform.map(rect.topLeft());
    const QPointF snapped(qRound(corner.x()), qRound(corner.y()));
    const QTransform back = transform.inverted();
    const QRectF target(back.map(snapped), back.map(snapped + QPointF(image.width(), image.height())));
    painter.drawImage(target, image);
}

QPixmap tintedPixmap(const QString &name, const QColor &colour, int size, qreal devicePixelRatio)
{
    QPixmap pixmap = QPixmap::fromImage(
        cachedImage({knownName(name), colour.rgba(), qMax(1, qRound(qMax(1, size) * qMax(0.1, devicePixelRatio)))}));
    pixmap.setDevicePixelRatio(devicePixelRatio);
    return pixmap;
}

QIcon tintedIcon(const QString &name, const QColor &colour)
{
    QColor faded = colour;
    faded.setAlphaF(colour.alphaF() * 0.4f);
    return tintedIcon(name, colour, faded);
}

QIcon tintedIcon(const QString &name, const QColor &colour, const QColor &disabledColour)
{
    return QIcon(new TintedIconEngine(knownName(name), colour, disabledColour));
}

bool hasIcon(const QString &name)
{
    return iconTexts().contains(name);
}

QStringList iconNames()
{
    QStringList names = iconTexts().keys();
    names.sort();
    return names;
}

} // namespace automation
