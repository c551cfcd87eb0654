#include "designer/drawing/svgpicture.h"

#include <algorithm>
#include <climits>
#include <cmath>
#include <QBuffer>
#include <QFontInfo>
#include <QHash>
#include <QPaintEngine>
#include <QPainter>
#include <QPainterPath>

namespace automation {

namespace {

constexpr int Resolution = 96; // dots per inch: CSS pixels

// Hundredths are finer than any screen shows, and whole numbers are quicker to write.
void addNumber(QByteArray &out, qreal value)
{
    constexpr qreal Most = 1e9;
    const qint64 hundredths = qRound64(std::clamp(value, -Most, Most) * 100);
    const quint64 size = quint64(std::abs(hundredths));
    if (hundredths < 0)
        out += '-';
    out += QByteArray::number(size / 100);
    if (const int rest = int(size % 100); rest > 0) {
        out += '.';
        out += char('0' + rest / 10);
        if (rest % 10 > 0)
            out += char('0' + rest % 10);
    }
}

void addPoint(QByteArray &out, const QPointF &point)
{
    addNumber(out, point.x());
    out += ' ';
    addNumber(out, point.y());
}

void addAttribute(QByteArray &out, const char *name, qreal value)
{
    out += ' ';
    out += name;
    out += "=\"";
    addNumber(out, value);
    out += '"';
}

void addColour(QByteArray &out, const char *name, const QColor &colour, qreal opacity)
{
    out += ' ';
    out += name;
    out += "=\"";
    out += colour.name(QColor::HexRgb).toLatin1();
    out += '"';
    opacity *= qreal(colour.alphaF());
    if (opacity < 1) {
        out += ' ';
        out += name;
        out += "-opacity=\"";
        out += QByteArray::number(opacity, 'g', 3);
        out += '"';
    }
}

// Of the letters a font really shows: asked for 600, a family without it gives its Medium here and its Bold elsewhere.
int shownWeight(const QFont &font)
{
    static const std::pair<QLatin1StringView, int> weights[] {{QLatin1StringView("thin"), 100},
        {QLatin1StringView("extralight"), 200}, {QLatin1StringView("ultralight"), 200},
        {QLatin1StringView("light"), 300}, {QLatin1StringView("regular"), 400}, {QLatin1StringView("book"), 400},
        {QLatin1StringView("medium"), 500}, {QLatin1StringView("semibold"), 600}, {QLatin1StringView("demibold"), 600},
        {QLatin1StringView("bold"), 700}, {QLatin1StringView("extrabold"), 800}, {QLatin1StringView("ultrabold"), 800},
        {QLatin1StringView("black"), 900}, {QLatin1StringView("heavy"), 900}};
    QString style = QFontInfo(font).styleName().toLower();
    style.remove(QLatin1StringView("italic")).remove(QLatin1StringView("oblique")).remove(QLatin1Char(' '));
    for (const auto &[name, weight] : weights) {
        if (style == name)
            return weight;
    }
    return int(font.weight());
}

// XML has no place for most control characters, however they are written.
QByteArray escaped(const QString &text)
{
    QString plain = text;
    for (QChar &c : plain) {
        const ushort code = c.unicode();
        if ((code < 0x20 && code != '\t') || code >= 0xfffe)
            c = QChar::ReplacementCharacter;
    }
    return plain.toHtmlEscaped().toUtf8();
}

} // namespace

class SvgPictureEngine : public QPaintEngine
{
public:
    SvgPictureEngine()
        : QPaintEngine(PrimitiveTransform | Antialiasing | PainterPaths | AlphaBlend | ConstantOpacity)
    {
    }

    bool begin(QPaintDevice *) override { return true; }
    bool end() override { return true; }
    Type type() const override { return User; }
    QByteArray takeBody() { return std::exchange(m_body, {}); }

    void updateState(const QPaintEngineState &now) override
    {
        const DirtyFlags flags = now.state();
        if (flags & DirtyTransform)
            m_transform = now.transform();
        if (flags & DirtyOpacity)
            m_opacity = now.opacity();
        if (flags & DirtyPen)
            m_pen = now.pen();
        if (flags & DirtyBrush)
            m_brush = now.brush();
    }

    using QPaintEngine::drawPolygon;
    using QPaintEngine::drawRects;

    void drawPath(const QPainterPath &path) override
    {
        if (!beginShape("path", true))
            return;
        addFillRule(path.fillRule());
        m_body += " d=\"";
        for (int i = 0; i < path.elementCount(); ++i) {
            const QPainterPath::Element &element = path.elementAt(i);
            switch (element.type) {
            case QPainterPath::MoveToElement:
                m_body += 'M';
                break;
            case QPainterPath::LineToElement:
                m_body += 'L';
                break;
            case QPainterPath::CurveToElement:
                m_body += 'C';
                break;
            case QPainterPath::CurveToDataElement:
                m_body += ' ';
                break;
            }
            addPoint(m_body, m_transform.map(QPointF(element)));
        }
        m_body += "\"/>\n";
    }

    void drawPolygon(const QPointF *points, int count, PolygonDrawMode mode) override
    {
        const bool isClosed = mode != PolylineMode;
        if (count < 1 || !beginShape(isClosed ? "polygon" : "polyline", isClosed))
            return;
        if (isClosed)
            addFillRule(mode == WindingMode ? Qt::WindingFill : Qt::OddEvenFill);
        m_body += " points=\"";
        for (int i = 0; i < count; ++i) {
            if (i > 0)
                m_body += ' ';
            addPoint(m_body, m_transform.map(points[i]));
        }
        m_body += "\"/>\n";
    }

    void drawRects(const QRectF *rects, int count) override
    {
        for (int i = 0; i < count; ++i) {
            if (!beginShape("rect", true))
                return;
            const QRectF rect = m_transform.mapRect(rects[i]);
            addAttribute(m_body, "x", rect.x());
            addAttribute(m_body, "y", rect.y());
            addAttribute(m_body, "width", rect.width());
            addAttribute(m_body, "height", rect.height());
            m_body += "/>\n";
        }
    }

    void drawTextItem(const QPointF &place, const QTextItem &item) override
    {
        const QString text = item.text();
        if (text.trimmed().isEmpty())
            return;
        const QFont font = item.font();
        const QPointF at = m_transform.map(place);
        m_body += "<text";
        addAttribute(m_body, "x", at.x());
        addAttribute(m_body, "y", at.y());
        m_body += fontAttributes(font);
        const qreal pixels = font.pixelSize() > 0 ? font.pixelSize() : font.pointSizeF() * Resolution / 72;
        addAttribute(m_body, "font-size", pixels * m_transform.m11());
        addColour(m_body, "fill", m_pen.color(), m_opacity);
        if (text.front().isSpace() || text.contains(QLatin1StringView("  ")))
            m_body += " xml:space=\"preserve\"";
        m_body += '>';
        m_body += escaped(text);
        m_body += "</text>\n";
    }

    void drawPixmap(const QRectF &target, const QPixmap &pixmap, const QRectF &source) override
    {
        drawImage(target, pixmap.toImage(), source, Qt::AutoColor);
    }

    void drawImage(const QRectF &target, const QImage &image, const QRectF &source, Qt::ImageConversionFlags) override
    {
        QByteArray png;
        QBuffer buffer(&png);
        if (!buffer.open(QIODevice::WriteOnly) || !image.copy(source.toRect()).save(&buffer, "PNG"))
            return;
        const QRectF rect = m_transform.mapRect(target);
        m_body += "<image preserveAspectRatio=\"none\"";
        addAttribute(m_body, "x", rect.x());
        addAttribute(m_body, "y", rect.y());
        addAttribute(m_body, "width", rect.width());
        addAttribute(m_body, "height", rect.height());
        m_body += " xlink:href=\"data:image/png;base64,";
        m_body += png.toBase64();
        m_body += "\"/>\n";
    }

private:
    // False when nothing of the shape is to be seen; then nothing is written.
    bool beginShape(const char *element, bool canFill)
    {
        const bool fills = canFill && m_brush.style() != Qt::NoBrush && m_brush.color().alpha() > 0;
        const bool strokes = m_pen.style() != Qt::NoPen && m_pen.color().alpha() > 0;
        if (!fills && !strokes)
            return false;
        m_body += '<';
        m_body += element;
        if (fills)
            addColour(m_body, "fill", m_brush.color(), m_opacity);
        else
            m_body += " fill=\"none\"";
        if (strokes)
            addStroke();
        return true;
    }

    void addStroke()
    {
        addColour(m_body, "stroke", m_pen.color(), m_opacity);
        const qreal scale = m_pen.isCosmetic() ? 1 : m_transform.m11();
        const qreal width = std::max(m_pen.widthF(), m_pen.isCosmetic() ? 1.0 : 0.0) * scale;
        if (!qFuzzyCompare(width, 1))
            addAttribute(m_body, "stroke-width", width);
        if (m_pen.capStyle() != Qt::FlatCap)
            m_body += m_pen.capStyle() == Qt::RoundCap ? " stroke-linecap=\"round\"" : " stroke-linecap=\"square\"";
        if (m_pen.joinStyle() == Qt::RoundJoin)
            m_body += " stroke-linejoin=\"round\"";
        else if (m_pen.joinStyle() == Qt::BevelJoin)
            m_body += " stroke-linejoin=\"bevel\"";
        if (m_pen.style() == Qt::SolidLine)
            return;
        m_body += " stroke-dasharray=\"";
        for (const qreal length : m_pen.dashPattern()) {
            addNumber(m_body, length * std::max(1.0, m_pen.widthF()) * scale);
            m_body += ' ';
        }
        m_body += '"';
    }

    void addFillRule(Qt::FillRule rule)
    {
        if (rule == Qt::OddEvenFill && m_brush.style() != Qt::NoBrush)
            m_body += " fill-rule=\"evenodd\"";
    }

    const QByteArray &fontAttributes(const QFont &font)
    {
        QByteArray &known = m_fonts[font.key()];
        if (!known.isEmpty())
            return known;
        const QFontInfo info(font);
        // By the name it has here, then by what kind of letters they are.
        QStringList names = font.families();
        if (!names.contains(info.family()))
            names.append(info.family());
        const bool isFixed = info.fixedPitch() || font.styleHint() == QFont::Monospace;
        const QString general = isFixed ? QStringLiteral("monospace") : QStringLiteral("sans-serif");
        names.removeAll(general);
        known += " font-family=\"";
        for (QString name : std::as_const(names)) {
            name.remove(QLatin1Char('\''));
            known += '\'' + escaped(name) + "', ";
        }
        known += general.toLatin1() + '"';
        if (const int weight = shownWeight(font); weight != QFont::Normal)
            known += " font-weight=\"" + QByteArray::number(weight) + '"';
        if (font.italic())
            known += " font-style=\"italic\"";
        return known;
    }

    QByteArray m_body;
    QTransform m_transform;
    QPen m_pen;
    QBrush m_brush;
    qreal m_opacity = 1;
    QHash<QString, QByteArray> m_fonts; // their attributes, by QFont::key()
};

SvgPicture::SvgPicture(const QSizeF &size, const QSizeF &nominalSize, const QString &title, const QString &description)
    : m_size(size)
    , m_nominalSize(nominalSize)
    , m_title(title)
    , m_description(description)
    , m_engine(std::make_unique<SvgPictureEngine>())
{
}

SvgPicture::~SvgPicture() = default;

QPaintEngine *SvgPicture::paintEngine() const
{
    return m_engine.get();
}

QByteArray SvgPicture::take()
{
    QByteArray file = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\""
                      " xmlns:xlink=\"http://www.w3.org/1999/xlink\" version=\"1.1\"";
    addAttribute(file, "width", m_nominalSize.width());
    addAttribute(file, "height", m_nominalSize.height());
    file += " viewBox=\"0 0 ";
    addPoint(file, QPointF(m_size.width(), m_size.height()));
    file += "\">\n<title>" + escaped(m_title) + "</title>\n<desc>" + escaped(m_description) + "</desc>\n";
    file += m_engine->takeBody();
    file += "</svg>\n";
    return file;
}

int SvgPicture::metric(PaintDeviceMetric metric) const
{
    constexpr qreal MillimetresAnInch = 25.4;
    switch (metric) {
    case PdmWidth:
        return int(std::ceil(m_size.width()));
    case PdmHeight:
        return int(std::ceil(m_size.height()));
    case PdmWidthMM:
        return qRound(m_size.width() / Resolution * MillimetresAnInch);
    case PdmHeightMM:
        return qRound(m_size.height() / Resolution * MillimetresAnInch);
    case PdmNumColors:
        return INT_MAX;
    case PdmDepth:
        return 32;
    case PdmDpiX:
    case PdmDpiY:
    case PdmPhysicalDpiX:
    case PdmPhysicalDpiY:
        return Resolution;
    case PdmDevicePixelRatio:
        return 1;
    case PdmDevicePixelRatioScaled:
        return int(devicePixelRatioFScale());
    }
    return 0;
}

} // namespace automation
