#include "designer/canvas/quickadd.h"

#include "designer/drawing/icons.h"
#include "designer/style/readingside.h"

#include <QAccessible>
#include <QAccessibleInterface>
#include <QApplication>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QPainter>
#include <QStyledItemDelegate>
#include <QVBoxLayout>

namespace automation {

namespace {

constexpr int PanelWidth = 300;
constexpr int LeastHeight = 150; // field, one row and the keys
constexpr int ShadowRoom = 14; // room round the panel for its shadow
constexpr int RowHeight = 46;
constexpr int MostRows = 7;
constexpr int FewRows = 4;

bool isJump(const QuickAddModel::Entry &entry)
{
    return !entry.stepKey.isEmpty() || !entry.outcomeKey.isEmpty();
}

// A row: icon tile, label, description below.
class EntryDelegate : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void setTheme(const Theme &theme) { m_theme = theme; }

    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const override
    {
        // Grows with the text when the system's fonts are larger.
        const int text = QFontMetrics(Theme::titleFont()).height() + QFontMetrics(Theme::smallFont()).height() + 14;
        return {option.rect.width(), std::max(RowHeight, text)};
    }

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const auto entry = index.data(QuickAddModel::EntryRole).value<QuickAddModel::Entry>();
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        const QRect row = option.rect;
        if (option.state & QStyle::State_Selected)
            painter->fillRect(row, m_theme.pillBack);
        else if (option.state & QStyle::State_MouseOver)
            painter->fillRect(row, m_theme.hover);
        const auto mirrored = [&](const QRect &place) {
            return QStyle::visualRect(option.direction, row, place); // from right to left in some languages
        };
        const QRectF tile = QRectF(mirrored(QRect(row.left() + 10, row.center().y() - 11, 23, 23))).translated(0, 0.5);
        painter->setPen(Qt::NoPen);
        painter->setBrush(isJump(entry) ? m_theme.category(u"logic") : m_theme.category(entry.category));
        painter->drawRoundedRect(tile, 6, 6);
        paintIcon(*painter, entry.icon, tile.adjusted(4, 4, -4, -4), Qt::white);

        const int left = row.left() + 42;
        const int width = row.right() - 10 - left;
        const QFontMetrics title(Theme::titleFont());
        const QFontMetrics small(Theme::smallFont());
        const int top = row.top() + (row.height() - title.height() - small.height() - 1) / 2;
        painter->setFont(Theme::titleFont());
        painter->setPen(m_theme.text);
        const int flags
            = int(QStyle::visualAlignment(option.direction, Qt::AlignLeft | Qt::AlignVCenter)) | Qt::TextSingleLine;
        painter->drawText(mirrored(QRect(left, top, width, title.height())), flags,
            title.elidedText(entry.label, entry.stepKey.isEmpty() ? Qt::ElideRight : Qt::ElideMiddle, width));
        painter->setFont(Theme::smallFont());
        painter->setPen(m_theme.muted);
        painter->drawText(mirrored(QRect(left, top + title.height() + 1, width, small.height())), flags,
            small.elidedText(entry.description, Qt::ElideRight, width));
        painter->restore();
    }

private:
    Theme m_theme = Theme::light();
};

} // namespace

QuickAdd::QuickAdd(QWidget *parent)
    : QFrame(parent)
    , m_model(new QuickAddModel(this))
    , m_search(new QLineEdit(this))
    , m_list(new QListView(this))
    , m_nothing(new QLabel(this))
    , m_hint(new QLabel(this))
{
    setObjectName(QStringLiteral("quickAdd"));
    setAccessibleName(tr("Add a step"));
    setFrameShape(QFrame::NoFrame);
    setAttribute(Qt::WA_NoSystemBackground);
    setFocusProxy(m_search);
    m_search->setObjectName(QStringLiteral("quickAddSearch"));
    m_search->installEventFilter(this);
    beginAtReadingSide(*m_search);
    m_list->setObjectName(QStringLiteral("quickAddList"));
    m_list->setModel(m_model);
    m_list->setItemDelegate(new EntryDelegate(m_list));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setMouseTracking(true);
    m_list->setUniformItemSizes(true);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setFocusPolicy(Qt::NoFocus);
    m_nothing->setTextFormat(Qt::PlainText);
    m_nothing->setWordWrap(true);
    m_nothing->setMargin(12);
    m_hint->setTextFormat(Qt::PlainText);
    m_hint->setProperty("textRole", QStringLiteral("small"));
    m_nothing->setProperty("textRole", QStringLiteral("muted"));
    m_hint->setContentsMargins(11, 7, 11, 8);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(ShadowRoom + 1, ShadowRoom + 1, ShadowRoom + 1, ShadowRoom + 1);
    layout->setSpacing(0);
    auto *searchRow = new QVBoxLayout;
    searchRow->setContentsMargins(8, 8, 8, 8);
    searchRow->addWidget(m_search);
    layout->addLayout(searchRow);
    layout->addWidget(m_list);
    layout->addWidget(m_nothing);
    layout->addSpacing(1); // the line above the hint
    layout->addWidget(m_hint);

    connect(m_search, &QLineEdit::textChanged, this, &QuickAdd::filter);
    connect(m_list, &QListView::clicked, this, [this](const QModelIndex &index) { choose(index.row()); });
    connect(qApp, &QApplication::focusChanged, this, [this](QWidget *, QWidget *now) {
        if (m_isOpen && now && now != this && !isAncestorOf(now))
            close(false);
    });
    setTheme(m_theme);
    hide();
}

QuickAdd::~QuickAdd()
{
    // While the fields are taken down the focus moves, when only the QWidget is left of this panel.
    disconnect(qApp, nullptr, this, nullptr);
}

void QuickAdd::setTheme(const Theme &theme)
{
    m_theme = theme;
    static_cast<EntryDelegate *>(m_list->itemDelegate())->setTheme(theme);
    m_hint->setFont(Theme::smallFont());
    m_nothing->setFont(Theme::bodyFont());
    update();
}

void QuickAdd::open(const QPoint &topMiddle, const StepCatalog &catalog, const DefinitionGraph &graph, bool targets,
    const QString &exceptKey)
{
    m_model->setContent(catalog, graph, targets, exceptKey);
    ask(topMiddle,
        {tr("Add a step"), tr("Search steps…"), tr("↑ ↓ choose · Enter add · Esc cancel"),
            tr("No step type or step has this in its name.")});
}

void QuickAdd::open(const QPoint &topMiddle, const QList<QuickAddModel::Entry> &entries, const Words &words)
{
    m_model->setEntries(entries);
    ask(topMiddle, words);
}

void QuickAdd::ask(const QPoint &topMiddle, const Words &words)
{
    setAccessibleName(words.name);
    m_search->setAccessibleName(words.name);
    m_list->setAccessibleName(words.name);
    m_search->setPlaceholderText(words.field);
    m_hint->setText(words.keys);
    m_nothing->setText(words.nothing);
    QWidget *focus = QApplication::focusWidget();
    if (focus && focus != m_search)
        m_focusBefore = focus;
    m_topMiddle = topMiddle;
    m_search->clear();
    filter({});
    m_isOpen = true;
    place();
    show();
    raise();
    m_search->setFocus(Qt::PopupFocusReason);
}

void QuickAdd::giveFocusBack()
{
    QWidget *before = std::exchange(m_focusBefore, nullptr);
    if (!before || !before->isVisible())
        before = parentWidget();
    before->setFocus(Qt::PopupFocusReason);
}

void QuickAdd::place()
{
    const int rows = m_model->rowCount();
    m_list->setVisible(rows > 0);
    m_nothing->setVisible(rows == 0);
    const int rowHeight = m_list->itemDelegate()->sizeHint({}, {}).height();
    const int width = std::min(PanelWidth + 2 * ShadowRoom, parentWidget()->width());
    resize(width, height());
    m_list->setFixedHeight(rowHeight * std::clamp(rows, 1, MostRows));
    const int others
        = layout()->heightForWidth(width) > 0 ? layout()->heightForWidth(width) : layout()->sizeHint().height();
    const int top = parentWidget()->height() - m_topMargin >= LeastHeight ? m_topMargin : 0;
    const int room = parentWidget()->height() - top;
    const int most = rowHeight * std::clamp(rows, 1, MostRows);
    if (rows > 0 && others > room)
        m_list->setFixedHeight(std::max(rowHeight, most - (others - room)));
    // Rather a few rows less than over the card it leads on from.
    const int below = parentWidget()->height() - 4 - (m_topMiddle.y() - 2 * ShadowRoom);
    if (rows > FewRows && others > below)
        m_list->setFixedHeight(std::min(m_list->height(), std::max(rowHeight * FewRows, most - (others - below))));
    layout()->invalidate();
    const int needed = layout()->hasHeightForWidth() ? layout()->heightForWidth(width) : layout()->sizeHint().height();
    QRect panel(m_topMiddle.x() - width / 2, m_topMiddle.y() - ShadowRoom, width, needed);
    const QRect space
        = parentWidget()->rect().adjusted(-ShadowRoom + 4, top - ShadowRoom + 4, ShadowRoom - 4, ShadowRoom - 4);
    panel.moveRight(std::min(panel.right(), space.right()));
    panel.moveBottom(std::min(panel.bottom(), space.bottom()));
    panel.moveLeft(std::max(panel.left(), space.left()));
    panel.moveTop(std::max(panel.top(), space.top()));
    setGeometry(panel);
}

void QuickAdd::filter(const QString &text)
{
    m_model->setFilter(text);
    if (m_model->rowCount() > 0)
        m_list->setCurrentIndex(m_model->index(0));
    if (m_isOpen)
        place();
}

void QuickAdd::choose(int row)
{
    if (!m_isOpen || row < 0 || row >= m_model->rowCount())
        return;
    const QuickAddModel::Entry entry = m_model->entry(row);
    m_isOpen = false;
    hide();
    giveFocusBack();
    if (!entry.typeName.isEmpty())
        Q_EMIT typeChosen(entry.typeName);
    else if (!entry.outcomeKey.isEmpty())
        Q_EMIT outcomeChosen(entry.outcomeKey);
    else
        Q_EMIT stepChosen(entry.stepKey);
}

void QuickAdd::cancel()
{
    if (m_isOpen)
        close(true);
}

void QuickAdd::close(bool givesFocusBack)
{
    m_isOpen = false;
    hide();
    if (givesFocusBack)
        giveFocusBack();
    m_focusBefore = nullptr;
    Q_EMIT cancelled();
}

void QuickAdd::moveBy(int rows)
{
    const int count = m_model->rowCount();
    if (count == 0)
        return;
    const int now = m_list->currentIndex().row();
    const bool single = rows == 1 || rows == -1;
    const int next = single ? (now + rows + count) % count : std::clamp(now + rows, 0, count - 1);
    goTo(next);
}

void QuickAdd::goTo(int row)
{
    m_list->setCurrentIndex(m_model->index(row));
    m_list->scrollTo(m_list->currentIndex());
    // The field keeps the keyboard, so the list would not tell a screen reader where one is.
    QAccessibleInterface *list = QAccessible::isActive() ? QAccessible::queryAccessibleInterface(m_list) : nullptr;
    if (QAccessibleInterface *item = list ? list->child(row) : nullptr) {
        QAccessibleEvent change(item, QAccessible::Focus);
        QAccessible::updateAccessibility(&change);
    }
}

bool QuickAdd::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_search && event->type() == QEvent::KeyPress) {
        auto *key = static_cast<QKeyEvent *>(event);
        switch (key->key()) {
        case Qt::Key_Up:
            moveBy(-1);
            return true;
        case Qt::Key_Down:
            moveBy(1);
            return true;
        case Qt::Key_PageUp:
            moveBy(-MostRows);
            return true;
        case Qt::Key_PageDown:
            moveBy(MostRows);
            return true;
        case Qt::Key_Tab:
        case Qt::Key_Backtab:
            return true; // there is nowhere else to go
        case Qt::Key_Return:
        case Qt::Key_Enter:
            choose(m_list->currentIndex().row());
            return true;
        case Qt::Key_Escape:
            cancel();
            return true;
        default:
            break;
        }
    }
    return QFrame::eventFilter(watched, event);
}

void QuickAdd::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape)
        cancel();
    event->accept(); // keys of the panel are none of the drawing below
}

void QuickAdd::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF panel
        = QRectF(rect()).adjusted(ShadowRoom + 0.5, ShadowRoom + 0.5, -ShadowRoom - 0.5, -ShadowRoom - 0.5);
    painter.setPen(Qt::NoPen);
    for (int i = ShadowRoom; i > 0; i -= 2) {
        painter.setBrush(QColor(0, 0, 0, m_theme.isDark ? 16 : 4));
        painter.drawRoundedRect(panel.adjusted(-i, -i + 4, i, i), 10 + i, 10 + i);
    }
    painter.setPen(QPen(m_theme.line, 1));
    painter.setBrush(m_theme.panel);
    painter.drawRoundedRect(panel, 10, 10);
    const qreal y = m_hint->geometry().top() - 0.5;
    painter.drawLine(QPointF(panel.left() + 1, y), QPointF(panel.right() - 1, y));
}

} // namespace automation
