#include "designer/inspector/messagepreview.h"

#include "designer/style/applicationstyle.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QVBoxLayout>

namespace automation {

namespace {

constexpr int mostLines = 40;

// The quiet ground, and the bubble on it.
class Ground : public QWidget
{
public:
    Ground(QWidget *text, QWidget *parent)
        : QWidget(parent)
        , m_text(text)
    {
        auto *layout = new QHBoxLayout(this);
        layout->setContentsMargins(22, 20, 22, 20);
        layout->addWidget(text, 0, Qt::AlignTop);
        layout->addStretch(1);
        text->setParent(this);
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        const Theme &theme = currentTheme();
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(theme.line);
        painter.setBrush(theme.canvas);
        painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 9, 9);
        painter.setBrush(theme.card);
        painter.drawRoundedRect(QRectF(m_text->geometry()).adjusted(-11.5, -9.5, 11.5, 9.5), 10, 10);
    }

private:
    QWidget *m_text;
};

} // namespace

MessagePreview::MessagePreview(QWidget *parent)
    : QWidget(parent)
    , m_text(new WrappedText(this))
    , m_count(new WrappedText(this))
{
    setObjectName(QStringLiteral("messagePreview"));
    m_text->setObjectName(QStringLiteral("previewText"));
    m_text->setPixels(13);
    m_text->setMostLines(mostLines);
    m_count->setObjectName(QStringLiteral("previewCount"));
    m_count->setTone(WrappedText::Tone::Muted);
    m_count->setPixels(11);
    auto *caption = new QLabel(tr("As it will arrive"), this);
    caption->setProperty("textRole", QStringLiteral("field"));
    auto *simulated = new WrappedText(this);
    simulated->setText(tr("simulated"));
    simulated->setToolTip(tr("Filled in on this computer with example values; nothing is sent."));
    simulated->setTone(WrappedText::Tone::Muted);
    simulated->setPixels(11);
    simulated->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    auto *below = new QHBoxLayout;
    below->setSpacing(8);
    below->addWidget(m_count, 1, Qt::AlignTop);
    below->addWidget(simulated, 0, Qt::AlignTop);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 6, 0, 0);
    layout->setSpacing(4);
    layout->addWidget(caption);
    layout->addWidget(new Ground(m_text, this));
    layout->addLayout(below);
}

void MessagePreview::setMessage(const QString &text, bool isWhole)
{
    m_text->setText(text);
    m_text->setTone(isWhole ? WrappedText::Tone::Text : WrappedText::Tone::Muted);
    m_text->setAccessibleName(tr("As it will arrive: %1").arg(text));
}

void MessagePreview::setCount(const QString &text)
{
    m_count->setText(text);
}

void MessagePreview::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange)
        update();
    QWidget::changeEvent(event);
}

} // namespace automation
