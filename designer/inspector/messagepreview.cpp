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
    , m_count(new WrappedText(this))
{
    setObjectName(QStringLiteral("messagePreview"));
    auto *bubble = new QWidget(this);
    m_bubble = new QVBoxLayout(bubble);
    m_bubble->setContentsMargins(0, 0, 0, 0);
    m_bubble->setSpacing(4);
    m_media = addLine(QStringLiteral("previewMedia"), 12);
    m_media->setTone(WrappedText::Tone::Muted);
    m_header = addLine(QStringLiteral("previewHeader"), 13);
    m_text = addLine(QStringLiteral("previewText"), 13);
    m_text->setMostLines(mostLines);
    m_footer = addLine(QStringLiteral("previewFooter"), 11);
    m_footer->setTone(WrappedText::Tone::Muted);
    m_buttons = new QVBoxLayout;
    m_rows = new QVBoxLayout;
    for (QVBoxLayout *column : {m_buttons, m_rows}) {
        column->setSpacing(3);
        m_bubble->addLayout(column);
    }
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
    layout->addWidget(new Ground(bubble, this));
    layout->addLayout(below);
}

WrappedText *MessagePreview::addLine(const QString &objectName, int pixels)
{
    auto *line = new WrappedText(this);
    line->setObjectName(objectName);
    line->setPixels(pixels);
    line->hide();
    m_bubble->addWidget(line);
    return line;
}

void MessagePreview::setMessage(const QString &text, bool isWhole)
{
    MessageLook look;
    look.text = text;
    setLook(look, isWhole);
}

void MessagePreview::setLook(const MessageLook &look, bool isWhole)
{
    m_shown = look.words();
    const auto show = [](WrappedText *line, const QString &text) {
        line->setText(text);
        line->setVisible(!text.isEmpty());
    };
    show(m_media, look.media);
    show(m_header, look.header);
    show(m_text, look.text);
    show(m_footer, look.footer);
    m_header->setIsBold(true);
    m_text->setTone(isWhole ? WrappedText::Tone::Text : WrappedText::Tone::Muted);
    showLines(m_buttons, look.buttons, WrappedText::Tone::Accent);
    showLines(m_rows, look.rows, WrappedText::Tone::Muted);
    m_text->setAccessibleName(tr("As it will arrive: %1").arg(m_shown));
}

void MessagePreview::showLines(QVBoxLayout *column, QStringList lines, WrappedText::Tone tone)
{
    if (lines.size() > mostLines)
        lines = lines.first(mostLines) + QStringList {QString(QChar(0x2026))};
    while (column->count() > lines.size()) {
        QLayoutItem *item = column->takeAt(column->count() - 1);
        delete item->widget();
        delete item;
    }
    while (column->count() < lines.size()) {
        auto *line = new WrappedText(m_bubble->parentWidget());
        line->setPixels(12);
        line->setTone(tone);
        column->addWidget(line);
        line->show();
    }
    for (int i = 0; i < lines.size(); ++i)
        static_cast<WrappedText *>(column->itemAt(i)->widget())->setText(lines.at(i));
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
