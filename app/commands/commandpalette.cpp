#include "app/commands/commandpalette.h"

#include "designer/style/applicationstyle.h"
#include "designer/style/readingside.h"

#include <QApplication>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QPainter>
#include <QStyle>
#include <QStyledItemDelegate>
#include <QVBoxLayout>

namespace automation {

namespace {

constexpr int PanelWidth = 560;
constexpr int ShadowRoom = 16;
constexpr int MostRows = 11;
constexpr int Side = 10; // from the panel's edge to icon and shortcut
constexpr int IconSize = 18;

QFont smaller(QFont font)
{
    font.setPointSizeF(font.pointSizeF() * 11.5 / 13);
    return font;
}

// A row: icon, title with the letters that fit in bold, where it is, its key.
class CommandDelegate : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const override
    {
        return {option.rect.width(), std::max(32, option.fontMetrics.height() + 14)};
    }

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const auto entry = index.data(CommandPaletteModel::EntryRole).value<CommandPaletteModel::Entry>();
        const Theme &theme = currentTheme();
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        const QRect row = option.rect;
        const bool selected = option.state & QStyle::State_Selected;
        if (selected || option.state & QStyle::State_MouseOver) {
            painter->setPen(Qt::NoPen);
            painter->setBrush(selected ? theme.pillBack : theme.hover);
            painter->drawRoundedRect(QRectF(row).adjusted(4, 0.5, -4, -0.5), 6, 6);
        }
        const auto mirrored = [&option](const QRect &place) { // from right to left in some languages
            return QStyle::visualRect(option.direction, option.rect, place);
        };
        const QRect icon(row.left() + Side + 2, row.center().y() - IconSize / 2 + 1, IconSize, IconSize);
        entry.icon.paint(painter, mirrored(icon), Qt::AlignCenter, entry.isEnabled ? QIcon::Normal : QIcon::Disabled);

        int right = row.right() - Side - 4;
        const QFont small = smaller(option.font);
        const QFontMetrics smallMetrics(small);
        painter->setFont(small);
        if (!entry.shortcut.isEmpty()) {
            const int width = smallMetrics.horizontalAdvance(entry.shortcut) + 12;
            const QRectF pill = mirrored(QRect(
                right - width, row.center().y() - smallMetrics.height() / 2 - 1, width, smallMetrics.height() + 4));
            painter->setPen(theme.line);
            painter->setBrush(theme.field);
            painter->drawRoundedRect(pill.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
            painter->setPen(entry.isEnabled ? theme.muted : theme.disabled);
            painter->drawText(pill, Qt::AlignCenter | Qt::TextForceLeftToRight, entry.shortcut);
            right -= width + 10;
        }
        const int left = icon.right() + 10;
        const int title = std::min(int(option.fontMetrics.horizontalAdvance(entry.title) * 1.08) + 2, right - left);
        paintTitle(painter, option, mirrored(QRect(left, row.top(), title, row.height())), entry, theme);
        const int detailLeft = left + title + 10;
        if (right - detailLeft > 30) {
            painter->setFont(small);
            painter->setPen(entry.isEnabled ? theme.muted : theme.disabled);
            painter->drawText(mirrored(QRect(detailLeft, row.top(), right - detailLeft, row.height())),
                Qt::AlignVCenter | Qt::AlignLeft,
                smallMetrics.elidedText(entry.detail, Qt::ElideRight, right - detailLeft));
        }
        painter->restore();
    }

private:
    static void paintTitle(QPainter *painter, const QStyleOptionViewItem &option, const QRect &place,
        const CommandPaletteModel::Entry &entry, const Theme &theme)
    {
        const QFont &font = option.font;
        QFont bold = font;
        bold.setWeight(QFont::DemiBold);
        const QFontMetricsF plainMetrics(font);
        const QFontMetricsF boldMetrics(bold);
        const qreal baseline = place.center().y() + plainMetrics.capHeight() / 2 + 0.5;
        const QString text = plainMetrics.elidedText(entry.title, Qt::ElideMiddle, place.width());
        const bool whole = text == entry.title;
        // The letters that were typed may part what is joined from right to left: there the title is one piece.
        if (option.direction == Qt::RightToLeft) {
            painter->setFont(whole && !entry.marked.isEmpty() ? bold : font);
            painter->setPen(entry.isEnabled ? theme.text : theme.disabled);
            painter->drawText(place, Qt::AlignVCenter | Qt::AlignLeft, text);
            return;
        }
        qreal x = place.left();
        qsizetype at = 0;
        while (at < text.size()) {
            const bool marked = whole && entry.marked.contains(int(at));
            qsizetype end = at + 1;
            while (end < text.size() && (whole && entry.marked.contains(int(end))) == marked)
                ++end;
            const QString part = text.mid(at, end - at);
            painter->setFont(marked ? bold : font);
            painter->setPen(!entry.isEnabled ? theme.disabled : marked ? theme.pillText : theme.text);
            painter->drawText(QPointF(x, baseline), part);
            x += (marked ? boldMetrics : plainMetrics).horizontalAdvance(part);
            at = end;
        }
    }
};

} // namespace

CommandPalette::CommandPalette(QWidget *parent)
    : QFrame(parent)
    , m_model(new CommandPaletteModel(this))
    , m_field(new QLineEdit(this))
    , m_list(new QListView(this))
    , m_nothing(new QLabel(tr("No command and no step fits."), this))
{
    setObjectName(QStringLiteral("commandPalette"));
    setAccessibleName(tr("Command palette"));
    setFrameShape(QFrame::NoFrame);
    setAttribute(Qt::WA_NoSystemBackground);
    setFocusProxy(m_field);
    m_field->setObjectName(QStringLiteral("commandPaletteField"));
    m_field->setAccessibleName(tr("Search commands and steps"));
    m_field->setPlaceholderText(tr("Type a few letters of a command or a step…"));
    m_field->setMaxLength(100);
    m_field->installEventFilter(this);
    beginAtReadingSide(*m_field);
    m_list->setObjectName(QStringLiteral("commandPaletteList"));
    m_list->setAccessibleName(tr("Commands and steps"));
    m_list->setModel(m_model);
    m_list->setItemDelegate(new CommandDelegate(m_list));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setMouseTracking(true);
    m_list->setUniformItemSizes(true);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setFocusPolicy(Qt::NoFocus);
    m_nothing->setTextFormat(Qt::PlainText);
    m_nothing->setProperty("textRole", QStringLiteral("muted"));
    m_nothing->setMargin(14);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(ShadowRoom + 8, ShadowRoom + 8, ShadowRoom + 8, ShadowRoom + 8);
    layout->setSpacing(6);
    layout->addWidget(m_field);
    layout->addWidget(m_list);
    layout->addWidget(m_nothing);
    connect(m_field, &QLineEdit::textChanged, this, &CommandPalette::filter);
    connect(m_list, &QListView::clicked, this, [this](const QModelIndex &index) { choose(index.row()); });
    connect(qApp, &QApplication::focusChanged, this, [this](QWidget *, QWidget *now) {
        if (m_isOpen && now && now != this && !isAncestorOf(now)) {
            m_focusBefore = nullptr; // it is elsewhere already
            close();
        }
    });
    hide();
}

CommandPalette::~CommandPalette()
{
    // While the fields are taken down the focus moves, when only the QWidget is left of this panel.
    disconnect(qApp, nullptr, this, nullptr);
}

void CommandPalette::open(const QList<QAction *> &menus, const DefinitionGraph *graph, const QStringList &recent)
{
    if (!m_isOpen)
        m_focusBefore = QApplication::focusWidget();
    m_isOpen = true;
    m_model->setContent(menus, graph, recent);
    m_field->clear();
    filter({});
    show();
    raise();
    m_field->setFocus(Qt::PopupFocusReason);
}

void CommandPalette::close()
{
    if (!m_isOpen)
        return;
    m_isOpen = false;
    hide();
    if (m_focusBefore)
        m_focusBefore->setFocus(Qt::PopupFocusReason);
    m_focusBefore = nullptr;
}

void CommandPalette::place()
{
    const int rows = m_model->rowCount();
    m_list->setVisible(rows > 0);
    m_nothing->setVisible(rows == 0);
    const int rowHeight = m_list->sizeHintForRow(0);
    const int width = std::min(PanelWidth + 2 * ShadowRoom, parentWidget()->width());
    constexpr int Top = 52; // below menu and the upper edge of the tool bar
    const int head = m_field->sizeHint().height() + 2 * (ShadowRoom + 8) + 6;
    const int room = std::max(rowHeight, parentWidget()->height() - Top - head);
    if (rows > 0)
        m_list->setFixedHeight(std::min(std::min(rows, MostRows) * rowHeight, room));
    layout()->invalidate();
    resize(width, layout()->sizeHint().height());
    move((parentWidget()->width() - width) / 2, Top - ShadowRoom);
}

void CommandPalette::filter(const QString &text)
{
    m_model->setFilter(text);
    if (m_model->rowCount() > 0) {
        m_list->setCurrentIndex(m_model->index(0));
        m_list->scrollToTop();
    }
    if (m_isOpen)
        place();
}

void CommandPalette::choose(int row)
{
    if (!m_isOpen || row < 0 || row >= m_model->rowCount() || !m_model->entry(row).isEnabled)
        return;
    const CommandPaletteModel::Entry entry = m_model->entry(row);
    close();
    Q_EMIT chosen(entry);
}

void CommandPalette::moveBy(int rows)
{
    const int count = m_model->rowCount();
    if (count == 0)
        return;
    const int now = m_list->currentIndex().row();
    const bool single = rows == 1 || rows == -1;
    const int next = single ? (now + rows + count) % count : std::clamp(now + rows, 0, count - 1);
    m_list->setCurrentIndex(m_model->index(next));
    m_list->scrollTo(m_list->currentIndex());
}

bool CommandPalette::eventFilter(QObject *watched, QEvent *event)
{
    if (watched != m_field || event->type() != QEvent::KeyPress)
        return QFrame::eventFilter(watched, event);
    switch (static_cast<QKeyEvent *>(event)->key()) {
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
        close();
        return true;
    default:
        return false;
    }
}

void CommandPalette::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape)
        close();
    event->accept();
}

void CommandPalette::paintEvent(QPaintEvent *)
{
    const Theme &theme = currentTheme();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF panel
        = QRectF(rect()).adjusted(ShadowRoom + 0.5, ShadowRoom + 0.5, -ShadowRoom - 0.5, -ShadowRoom - 0.5);
    painter.setPen(Qt::NoPen);
    for (int i = ShadowRoom; i > 0; i -= 2) {
        painter.setBrush(QColor(0, 0, 0, theme.isDark ? 16 : 4));
        painter.drawRoundedRect(panel.adjusted(-i, -i + 4, i, i), 10 + i, 10 + i);
    }
    painter.setPen(QPen(theme.line, 1));
    painter.setBrush(theme.panel);
    painter.drawRoundedRect(panel, 10, 10);
}

} // namespace automation
