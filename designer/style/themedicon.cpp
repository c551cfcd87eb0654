#include "designer/style/themedicon.h"

#include "designer/drawing/icons.h"
#include "designer/style/applicationstyle.h"

#include <QGuiApplication>
#include <QIconEngine>
#include <QPainter>

namespace automation {

namespace {

QColor toneColour(IconTone tone)
{
    const Theme &theme = currentTheme();
    switch (tone) {
    case IconTone::Text:
        return theme.text;
    case IconTone::Muted:
        return theme.muted;
    case IconTone::Accent:
        return theme.accent;
    case IconTone::OnAccent:
        return theme.onAccent;
    case IconTone::Ok:
        return theme.ok;
    case IconTone::Warning:
        return theme.warning;
    case IconTone::Error:
        return theme.error;
    }
    return theme.text;
}

class ThemedIconEngine : public QIconEngine
{
public:
    ThemedIconEngine(QString name, IconTone tone)
        : m_name(std::move(name))
        , m_tone(tone)
    {
    }

    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State) override
    {
        const int edge = qMin(rect.width(), rect.height());
        QRectF square(0, 0, edge, edge);
        square.moveCenter(QRectF(rect).center());
        painter->save();
        // What is folded points where one reads on.
        if (m_name == u"chevron-right" && QGuiApplication::isRightToLeft()) {
            painter->translate(square.center());
            painter->scale(-1, 1);
            painter->translate(-square.center());
        }
        paintIcon(*painter, m_name, square, mode == QIcon::Disabled ? currentTheme().disabled : toneColour(m_tone));
        painter->restore();
    }

    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State state) override
    {
        QPixmap pixmap(size);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        paint(&painter, QRect(QPoint(), size), mode, state);
        return pixmap;
    }

    QIconEngine *clone() const override { return new ThemedIconEngine(*this); }

private:
    QString m_name;
    IconTone m_tone;
};

} // namespace

QIcon themedIcon(const QString &name, IconTone tone)
{
    return QIcon(new ThemedIconEngine(name, tone));
}

QPixmap categoryTile(const QString &icon, QStringView category, int size, qreal devicePixelRatio)
{
    QPixmap pixmap(QSize(size, size) * devicePixelRatio);
    pixmap.setDevicePixelRatio(devicePixelRatio);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(currentTheme().category(category));
    painter.drawRoundedRect(QRectF(0, 0, size, size), size * 0.22, size * 0.22);
    const qreal edge = qRound(size * 0.64);
    paintIcon(painter, icon, QRectF((size - edge) / 2, (size - edge) / 2, edge, edge), Qt::white);
    return pixmap;
}

} // namespace automation
