#include "app/views/templategrid.h"

#include <QEvent>
#include <QGridLayout>
#include <QKeyEvent>

namespace automation {

namespace {
constexpr int leastCardWidth = 190;
constexpr int mostColumns = 4;
constexpr int gap = 12;
} // namespace

TemplateGrid::TemplateGrid(QWidget *parent)
    : QWidget(parent)
    , m_layout(new QGridLayout(this))
    , m_theme(Theme::light())
{
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(gap);
    setMinimumWidth(leastCardWidth);
}

void TemplateGrid::addCard(
    const QString &key, const QString &title, const QString &sentence, const CardDrawing &drawing)
{
    auto *card = new TemplateCard(title, sentence, drawing, this);
    card->setObjectName(u"template_"_qs + key);
    card->setCheckable(true);
    card->setSentenceLines(2);
    card->setFocusPolicy(Qt::ClickFocus); // Tab comes to the chosen one only
    card->setTheme(m_theme);
    card->installEventFilter(this);
    connect(card, &QAbstractButton::clicked, this, [this, key] { choose(key, true); });
    m_parts.append({key, card, true});
}

void TemplateGrid::addWide(QWidget *widget)
{
    widget->setParent(this);
    m_parts.append({{}, widget, false});
}

void TemplateGrid::removeFrom(qsizetype place)
{
    while (m_parts.size() > place) {
        const Part part = m_parts.takeLast();
        if (part.isCard && part.key == m_current)
            m_current.clear();
        delete part.widget;
    }
}

void TemplateGrid::arrange()
{
    m_columns = 0;
    place();
    for (const Part &part : std::as_const(m_parts))
        part.widget->show();
}

void TemplateGrid::setTheme(const Theme &theme)
{
    m_theme = theme;
    for (const Part &part : std::as_const(m_parts)) {
        if (part.isCard)
            static_cast<TemplateCard *>(part.widget)->setTheme(theme);
    }
}

TemplateCard *TemplateGrid::card(const QString &key) const
{
    for (const Part &part : m_parts) {
        if (part.isCard && part.key == key)
            return static_cast<TemplateCard *>(part.widget);
    }
    return nullptr;
}

bool TemplateGrid::setCurrent(const QString &key)
{
    if (!card(key))
        return false;
    choose(key, false);
    return true;
}

void TemplateGrid::choose(const QString &key, bool takeFocus)
{
    for (const Part &part : std::as_const(m_parts)) {
        if (!part.isCard)
            continue;
        auto *card = static_cast<TemplateCard *>(part.widget);
        card->setChecked(part.key == key);
        card->setFocusPolicy(part.key == key ? Qt::StrongFocus : Qt::ClickFocus);
        if (part.key == key && takeFocus)
            card->setFocus(Qt::OtherFocusReason);
    }
    if (key == m_current)
        return;
    m_current = key;
    Q_EMIT currentChanged(key);
}

bool TemplateGrid::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::KeyPress && moveBy(static_cast<QKeyEvent *>(event)->key()))
        return true;
    if (event->type() == QEvent::MouseButtonDblClick)
        Q_EMIT activated();
    return QWidget::eventFilter(watched, event);
}

bool TemplateGrid::moveBy(int key)
{
    QList<const Part *> cards;
    qsizetype at = -1;
    for (const Part &part : std::as_const(m_parts)) {
        if (!part.isCard)
            continue;
        if (part.key == m_current)
            at = cards.size();
        cards += &part;
    }
    const int forward = isRightToLeft() ? -1 : 1;
    qsizetype next = at;
    switch (key) {
    case Qt::Key_Left:
        next = at - forward;
        break;
    case Qt::Key_Right:
        next = at + forward;
        break;
    case Qt::Key_Home:
        next = 0;
        break;
    case Qt::Key_End:
        next = cards.size() - 1;
        break;
    case Qt::Key_Up:
    case Qt::Key_Down: {
        // The nearest one of the next row that way; rows of two groups need not have the same number.
        if (at < 0)
            break;
        const QPoint from = cards.at(at)->widget->geometry().center();
        const int direction = key == Qt::Key_Down ? 1 : -1;
        qint64 best = -1;
        for (qsizetype i = 0; i < cards.size(); ++i) {
            const QPoint way = cards.at(i)->widget->geometry().center() - from;
            const qint64 along = qint64(way.y()) * direction;
            const qint64 distance = along * 1000 + std::abs(way.x());
            if (along > 4 && (best < 0 || distance < best)) {
                best = distance;
                next = i;
            }
        }
        break;
    }
    default:
        return false;
    }
    if (next >= 0 && next < cards.size())
        choose(cards.at(next)->key, true);
    return true;
}

void TemplateGrid::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    place();
}

void TemplateGrid::place()
{
    const int columns = qBound(1, (width() + gap) / (leastCardWidth + gap), mostColumns);
    if (columns == m_columns)
        return;
    for (int column = 0; column < mostColumns; ++column)
        m_layout->setColumnStretch(column, column < columns ? 1 : 0);
    m_columns = columns;
    for (int i = m_layout->count() - 1; i >= 0; --i)
        delete m_layout->takeAt(i);
    int row = 0;
    int column = 0;
    for (const Part &part : std::as_const(m_parts)) {
        if (!part.isCard && column > 0) {
            ++row;
            column = 0;
        }
        m_layout->addWidget(part.widget, row, column, 1, part.isCard ? 1 : columns);
        if (part.isCard && ++column < columns)
            continue;
        ++row;
        column = 0;
    }
}

} // namespace automation
