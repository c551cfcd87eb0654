#include "designer/inspector/wrappedtext.h"

#include "designer/style/applicationstyle.h"

#include <cmath>
#include <QApplication>
#include <QCache>
#include <QEvent>
#include <QMouseEvent>
#include <QPainter>

namespace automation {

namespace {

// Laying out takes time by the length; nobody reads more than this in a panel.
constexpr qsizetype mostShown = 4000;

// A height that was asked for: layouts ask for the same again and again.
struct Asked
{
    QString text;
    QFont font;
    int width;
    int mostLines;
    friend bool operator==(const Asked &, const Asked &) = default;
};

size_t qHash(const Asked &asked, size_t seed)
{
    return qHashMulti(seed, asked.text, asked.width, asked.mostLines);
}

constexpr int mostAsked = 100;

} // namespace

WrappedText::WrappedText(QWidget *parent)
    : QWidget(parent)
{
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Minimum); // a fixed height would be that of one line
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    setMouseTracking(true);
}

void WrappedText::setText(const QString &text)
{
    if (text == m_text && !m_isBlank)
        return;
    m_text = text;
    m_isBlank = false;
    m_linkLength = 0;
    setAccessibleName(text.left(mostShown));
    updateGeometry();
    update();
}

void WrappedText::makeBlank()
{
    m_isBlank = true;
    m_linkLength = 0;
    setAccessibleName({});
    update();
}

void WrappedText::setTone(Tone tone)
{
    m_tone = tone;
    update();
}

void WrappedText::setPixels(int pixels)
{
    m_pixels = pixels;
    updateGeometry();
}

void WrappedText::setIsBold(bool isBold)
{
    m_isBold = isBold;
    updateGeometry();
}

void WrappedText::setMostLines(int lines)
{
    m_mostLines = lines;
    updateGeometry();
}

void WrappedText::setLink(qsizetype start, qsizetype length)
{
    m_linkStart = start;
    m_linkLength = length;
    update();
}

QFont WrappedText::textFont() const
{
    QFont font = QApplication::font();
    font.setPointSizeF(font.pointSizeF() * m_pixels / 13);
    if (m_isBold)
        font.setWeight(QFont::DemiBold);
    return font;
}

QString WrappedText::shownText() const
{
    QString text = m_text.size() > mostShown ? m_text.left(mostShown) + QChar(0x2026) : m_text;
    text.replace(QLatin1StringView("\r\n"), QLatin1StringView("\n"));
    text.replace(u'\r', u'\n');
    return text.replace(u'\n', QChar(QChar::LineSeparator));
}

qreal WrappedText::layOut(QTextLayout &layout, int width) const
{
    // Where the text is read from, and else where the program is.
    const bool beginsRight = isRightToLeft() || m_text.isRightToLeft();
    QTextOption option((beginsRight ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignAbsolute);
    option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    option.setTextDirection(m_text.isRightToLeft() ? Qt::RightToLeft : Qt::LeftToRight);
    layout.setTextOption(option);
    layout.setCacheEnabled(true);
    layout.beginLayout();
    qreal height = 0;
    for (int count = 0; m_mostLines <= 0 || count < m_mostLines; ++count) {
        QTextLine line = layout.createLine();
        if (!line.isValid())
            break;
        line.setLineWidth(std::max(width, 8));
        line.setPosition({0, height});
        height += line.height();
    }
    layout.endLayout();
    return height;
}

int WrappedText::heightForWidth(int width) const
{
    static QCache<Asked, int> known(mostAsked); // GUI thread
    const Asked asked {m_text, textFont(), width, m_mostLines};
    if (const int *height = known.object(asked))
        return *height;
    QTextLayout layout(shownText(), asked.font);
    const int height = int(std::ceil(layOut(layout, width)));
    known.insert(asked, new int(height));
    return height;
}

QSize WrappedText::sizeHint() const
{
    QTextLayout layout(shownText(), textFont());
    layOut(layout, QWIDGETSIZE_MAX);
    // A little more than its width, so that rounding breaks no line.
    const int wide = int(std::ceil(layout.maximumWidth())) + 2;
    return {std::min(wide, 4000), heightForWidth(std::min(wide, 4000))};
}

QSize WrappedText::minimumSizeHint() const
{
    return {40, QFontMetrics(textFont()).height()};
}

QColor WrappedText::colour() const
{
    const Theme &theme = currentTheme();
    switch (m_tone) {
    case Tone::Muted:
        return theme.muted;
    case Tone::Accent:
        return theme.accent;
    case Tone::Ok:
        return theme.okText;
    case Tone::Warning:
        return theme.warningText;
    case Tone::Error:
        return theme.errorText;
    case Tone::Text:
        break;
    }
    return theme.text;
}

void WrappedText::paintEvent(QPaintEvent *)
{
    if (m_isBlank)
        return;
    QTextLayout layout(shownText(), textFont());
    if (m_linkLength > 0) {
        QTextLayout::FormatRange link;
        link.start = int(m_linkStart);
        link.length = int(m_linkLength);
        link.format.setFontUnderline(true);
        link.format.setUnderlineStyle(QTextCharFormat::DotLine);
        layout.setFormats({link});
    }
    const qreal height = layOut(layout, width());
    QPainter painter(this);
    painter.setPen(colour());
    layout.draw(&painter, {});
    const int lines = layout.lineCount();
    if (m_mostLines > 0 && lines == m_mostLines) {
        const QTextLine last = layout.lineAt(lines - 1);
        if (last.textStart() + last.textLength() < layout.text().size())
            painter.drawText(QRectF(0, height - last.height(), width(), last.height()),
                Qt::AlignRight | Qt::AlignVCenter, QString(QChar(0x2026)));
    }
}

bool WrappedText::isOnLink(const QPointF &place) const
{
    if (m_linkLength <= 0)
        return false;
    QTextLayout layout(shownText(), textFont());
    layOut(layout, width());
    for (int i = 0; i < layout.lineCount(); ++i) {
        const QTextLine line = layout.lineAt(i);
        if (!line.naturalTextRect().contains(place))
            continue;
        const int at = line.xToCursor(place.x(), QTextLine::CursorOnCharacter);
        return at >= m_linkStart && at < m_linkStart + m_linkLength;
    }
    return false;
}

QRect WrappedText::linkRect() const
{
    QTextLayout layout(shownText(), textFont());
    layOut(layout, width());
    const QTextLine line = m_linkLength > 0 ? layout.lineForTextPosition(int(m_linkStart)) : QTextLine();
    if (!line.isValid())
        return {};
    const auto end = std::min<qsizetype>(m_linkStart + m_linkLength, line.textStart() + line.textLength());
    const qreal left = line.cursorToX(int(m_linkStart));
    return QRectF(left, line.y(), line.cursorToX(int(end)) - left, line.height()).toAlignedRect();
}

void WrappedText::mouseMoveEvent(QMouseEvent *event)
{
    if (isOnLink(event->position()))
        setCursor(Qt::PointingHandCursor);
    else
        unsetCursor();
}

void WrappedText::mousePressEvent(QMouseEvent *event)
{
    m_isPressed = event->button() == Qt::LeftButton && isOnLink(event->position());
    event->setAccepted(m_isPressed);
}

void WrappedText::mouseReleaseEvent(QMouseEvent *event)
{
    if (m_isPressed && isOnLink(event->position()))
        Q_EMIT linkActivated(mapToGlobal(linkRect().bottomLeft()));
    m_isPressed = false;
}

void WrappedText::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::FontChange || event->type() == QEvent::ApplicationFontChange)
        updateGeometry();
    QWidget::changeEvent(event);
}

} // namespace automation
