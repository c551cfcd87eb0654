#include "designer/canvas/searchbar.h"

#include "designer/style/readingside.h"
#include "designer/style/themedicon.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPainter>
#include <QToolButton>

namespace automation {

SearchBar::SearchBar(QWidget *parent)
    : QFrame(parent)
    , m_field(new QLineEdit)
    , m_count(new QLabel)
    , m_previous(new QToolButton)
    , m_next(new QToolButton)
{
    setObjectName(QStringLiteral("canvasSearch"));
    setAccessibleName(tr("Find in the drawing"));
    setFrameShape(QFrame::NoFrame);
    setAttribute(Qt::WA_NoSystemBackground);
    setFocusProxy(m_field);
    m_field->setObjectName(QStringLiteral("canvasSearchField"));
    m_field->setAccessibleName(tr("Find in ids, texts and expressions"));
    m_field->setPlaceholderText(tr("Find in ids, texts, expressions…"));
    m_field->setClearButtonEnabled(true);
    m_field->setMaxLength(500);
    m_field->setMinimumWidth(56);
    m_field->installEventFilter(this);
    beginAtReadingSide(*m_field);
    m_count->setObjectName(QStringLiteral("canvasSearchCount"));
    m_count->setTextFormat(Qt::PlainText);
    m_count->setProperty("textRole", QStringLiteral("muted"));
    m_count->setAlignment(Qt::AlignCenter);
    m_count->setMinimumWidth(m_count->fontMetrics().horizontalAdvance(tr("%1 of %2").arg(888).arg(888)) + 8);
    auto *close = new QToolButton;
    const std::tuple<QToolButton *, QString, QString> buttons[]
        = {{m_previous, QStringLiteral("chevron-up"), tr("Previous step found (Shift+Enter)")},
            {m_next, QStringLiteral("chevron-down"), tr("Next step found (Enter)")},
            {close, QStringLiteral("close"), tr("Close (Esc)")}};
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(8, 7, 7, 7);
    layout->setSpacing(4);
    layout->addWidget(m_field, 1);
    layout->addWidget(m_count);
    for (const auto &[button, icon, text] : buttons) {
        button->setIcon(themedIcon(icon));
        button->setToolTip(text);
        button->setAccessibleName(text);
        button->setAutoRaise(true);
        button->setFocusPolicy(Qt::NoFocus);
        layout->addWidget(button);
    }
    connect(m_field, &QLineEdit::textChanged, this, &SearchBar::textChanged);
    connect(m_previous, &QToolButton::clicked, this, &SearchBar::previousRequested);
    connect(m_next, &QToolButton::clicked, this, &SearchBar::nextRequested);
    connect(close, &QToolButton::clicked, this, &SearchBar::close);
    setResult(-1, 0);
    hide();
}

void SearchBar::setTheme(const Theme &theme)
{
    m_theme = theme;
    update();
}

void SearchBar::place(const QPoint &topRight)
{
    const int width = std::min(sizeHint().width(), std::max(120, topRight.x() - 8));
    setGeometry(topRight.x() - width, topRight.y(), width, sizeHint().height());
}

void SearchBar::open()
{
    m_isOpen = true;
    show();
    raise();
    m_field->setFocus(Qt::ShortcutFocusReason);
    m_field->selectAll();
    Q_EMIT textChanged(m_field->text());
}

void SearchBar::close()
{
    if (!m_isOpen)
        return;
    m_isOpen = false;
    const bool hadFocus = isAncestorOf(focusWidget()) || m_field->hasFocus();
    hide();
    if (hadFocus)
        parentWidget()->setFocus(Qt::PopupFocusReason);
    Q_EMIT closed();
}

QString SearchBar::text() const
{
    return m_field->text();
}

void SearchBar::setResult(qsizetype current, qsizetype count)
{
    const bool nothing = count == 0 && !m_field->text().trimmed().isEmpty();
    m_count->setText(m_field->text().trimmed().isEmpty() ? QString()
            : nothing                                    ? tr("None")
            : current < 0                                ? tr("%n found", nullptr, int(count))
                                                         : tr("%1 of %2").arg(current + 1).arg(count));
    m_previous->setEnabled(count > 0);
    m_next->setEnabled(count > 0);
}

bool SearchBar::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_field && event->type() == QEvent::KeyPress) {
        auto *key = static_cast<QKeyEvent *>(event);
        if (key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter) {
            if (key->modifiers() & Qt::ShiftModifier)
                Q_EMIT previousRequested();
            else
                Q_EMIT nextRequested();
            return true;
        }
        if (key->key() == Qt::Key_Down || key->key() == Qt::Key_Up) {
            if (key->key() == Qt::Key_Up)
                Q_EMIT previousRequested();
            else
                Q_EMIT nextRequested();
            return true;
        }
        if (key->key() == Qt::Key_Escape) {
            close();
            return true;
        }
    }
    return QFrame::eventFilter(watched, event);
}

void SearchBar::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape)
        close();
    event->accept(); // keys of the bar are none of the drawing below
}

void SearchBar::mousePressEvent(QMouseEvent *event)
{
    event->accept();
}

void SearchBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(m_theme.line, 1));
    painter.setBrush(m_theme.panel);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8);
}

} // namespace automation
