#include "app/views/noticebar.h"

#include "designer/drawing/icons.h"
#include "designer/drawing/theme.h"

#include <QAccessible>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QToolButton>

namespace automation {

NoticeBar::NoticeBar(QWidget *parent)
    : QFrame(parent)
    , m_icon(new QLabel)
    , m_text(new QLabel)
    , m_buttons(new QHBoxLayout)
    , m_close(new QToolButton)
{
    setAutoFillBackground(true);
    m_text->setTextFormat(Qt::PlainText);
    m_text->setWordWrap(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_text->setObjectName(u"noticeText"_qs);
    m_buttons->setSpacing(8);
    m_close->setAutoRaise(true);
    m_close->setToolTip(tr("Dismiss"));
    m_close->setAccessibleName(tr("Dismiss the notice"));
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(16, 6, 8, 6);
    layout->setSpacing(10);
    layout->addWidget(m_icon);
    layout->addWidget(m_text, 1);
    layout->addLayout(m_buttons);
    layout->addWidget(m_close);
    connect(m_close, &QToolButton::clicked, this, &QWidget::hide);
    setTheme(Theme::light());
    hide();
}

void NoticeBar::setTheme(const Theme &theme)
{
    m_colors[0] = theme.accent;
    m_colors[1] = theme.warning;
    m_colors[2] = theme.error;
    m_backs[0] = theme.pillBack;
    m_backs[1] = theme.warningBack;
    m_backs[2] = theme.errorBack;
    m_foreground = theme.text;
    m_close->setIcon(tintedIcon(u"close"_qs, theme.muted));
    applyColors();
}

void NoticeBar::applyColors()
{
    const int kind = static_cast<int>(m_kind);
    QPalette colors = palette();
    colors.setColor(QPalette::Window, m_backs[kind]);
    colors.setColor(QPalette::WindowText, m_foreground);
    setPalette(colors);
    m_text->setPalette(colors);
    const QString icons[] = {u"info"_qs, u"warning"_qs, u"error"_qs};
    m_icon->setPixmap(tintedPixmap(icons[kind], m_colors[kind], 18, devicePixelRatioF()));
}

void NoticeBar::show(
    Kind kind, const QString &topic, const QString &text, const QString &actionText, std::function<void()> action)
{
    QList<Action> actions;
    if (!actionText.isEmpty())
        actions.append({actionText, std::move(action)});
    show(kind, topic, text, actions);
}

void NoticeBar::show(Kind kind, const QString &topic, const QString &text, const QList<Action> &actions)
{
    m_kind = kind;
    m_topic = topic;
    m_text->setText(text);
    // A button may be what led here: it goes when it is done.
    while (QLayoutItem *item = m_buttons->takeAt(0)) {
        item->widget()->hide();
        item->widget()->setObjectName({});
        item->widget()->deleteLater();
        delete item;
    }
    for (const Action &action : actions) {
        auto *button = new QPushButton(action.text);
        button->setObjectName(u"noticeAction"_qs);
        m_buttons->addWidget(button);
        connect(button, &QPushButton::clicked, this, [this, action] {
            if (!action.keepsNotice)
                hide();
            // The action may show the next notice.
            if (action.run)
                action.run();
        });
    }
    applyColors();
    setVisible(true);
    setAccessibleName(text);
    QAccessibleEvent event(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&event);
}

void NoticeBar::clear(const QString &topic)
{
    if (m_topic == topic)
        hide();
}

QString NoticeBar::text() const
{
    return isHidden() ? QString() : m_text->text();
}

} // namespace automation
