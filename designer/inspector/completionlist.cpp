#include "designer/inspector/completionlist.h"

#include "designer/drawing/icons.h"
#include "designer/style/applicationstyle.h"

#include <QAccessible>
#include <QEvent>
#include <QHash>
#include <QLabel>
#include <QListView>
#include <QPainter>
#include <QScreen>
#include <QStandardItemModel>
#include <QStyledItemDelegate>
#include <QVBoxLayout>

namespace automation {

namespace {

constexpr int LeastWidth = 340;
constexpr int MostWidth = 560;
constexpr int Spare = 12; // other rows may be wider by their letters than the longest
constexpr int MostRows = 8;
constexpr int Margin = 10;
constexpr int DoubtMark = 12; // before the words that say why
constexpr int DoubtGap = 4;

enum Role { DetailRole = Qt::UserRole, DoubtRole };

// What a doubt takes beside a name: its words are never cut.
int doubtWidth(const QString &detail)
{
    return QFontMetrics(Theme::smallFont()).horizontalAdvance(detail) + DoubtGap + DoubtMark;
}

// The name in the script's font, what is known of it at the right.
class RowDelegate : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QSize sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const override
    {
        return {LeastWidth, QFontMetrics(Theme::monospaceFont()).height() + 12};
    }

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const Theme theme = currentTheme();
        const bool isDoubtful = index.data(DoubtRole).toBool();
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        if (option.state & QStyle::State_Selected)
            painter->fillRect(option.rect, theme.pillBack);
        const QRect row = option.rect.adjusted(Margin, 0, -Margin, 0);
        const QFontMetrics code(Theme::monospaceFont());
        const QFontMetrics small(Theme::smallFont());
        const QString name = index.data(Qt::DisplayRole).toString();
        const QString detail = index.data(DetailRole).toString();
        // The name may take what it needs, but leaves some room for the rest.
        const int beside = row.width() - Margin - (isDoubtful ? doubtWidth(detail) : small.horizontalAdvance(detail));
        const int room = isDoubtful ? beside : std::max(beside, row.width() * 2 / 3);
        const int nameWidth = std::min(code.horizontalAdvance(name) + 2, room);
        const Qt::LayoutDirection direction = option.direction;
        QRect left(row.left(), row.top(), nameWidth, row.height());
        QRect right(row.left() + nameWidth + Margin, row.top(), row.width() - nameWidth - Margin, row.height());
        if (isDoubtful) {
            const QRect icon(
                right.right() + 1 - doubtWidth(detail), row.center().y() - DoubtMark / 2, DoubtMark, DoubtMark);
            paintIcon(
                *painter, QStringLiteral("warning"), QRectF(QStyle::visualRect(direction, row, icon)), theme.warning);
        }
        painter->setFont(Theme::monospaceFont());
        painter->setPen(isDoubtful ? theme.muted : theme.text);
        painter->drawText(QStyle::visualRect(direction, row, left),
            Qt::AlignVCenter | Qt::AlignAbsolute | (direction == Qt::LeftToRight ? Qt::AlignLeft : Qt::AlignRight),
            code.elidedText(name, Qt::ElideMiddle, nameWidth));
        painter->setFont(Theme::smallFont());
        painter->setPen(isDoubtful ? theme.warningText : theme.muted);
        painter->drawText(QStyle::visualRect(direction, row, right),
            Qt::AlignVCenter | Qt::AlignAbsolute | (direction == Qt::LeftToRight ? Qt::AlignRight : Qt::AlignLeft),
            isDoubtful ? detail : small.elidedText(detail, Qt::ElideRight, right.width()));
        painter->restore();
    }
};

} // namespace

CompletionList::CompletionList(QWidget *parent)
    : QFrame(parent, Qt::ToolTip | Qt::FramelessWindowHint)
    , m_model(new QStandardItemModel(this))
    , m_list(new QListView(this))
    , m_sentence(new QLabel(this))
{
    setObjectName(QStringLiteral("completionList"));
    setAccessibleName(tr("Names that fit here"));
    setAttribute(Qt::WA_ShowWithoutActivating);
    setFrameShape(QFrame::NoFrame);
    m_list->setObjectName(QStringLiteral("completionRows"));
    m_list->setAccessibleName(accessibleName());
    m_list->setModel(m_model);
    m_list->setItemDelegate(new RowDelegate(m_list));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setUniformItemSizes(true);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_sentence->setTextFormat(Qt::PlainText);
    m_sentence->setProperty("textRole", QStringLiteral("small"));
    m_sentence->setWordWrap(true);
    m_sentence->setContentsMargins(Margin, 6, Margin, 7);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(1, 1, 1, 1);
    layout->setSpacing(0);
    layout->addWidget(m_list);
    layout->addWidget(m_sentence);
    connect(m_list, &QListView::clicked, this, [this](const QModelIndex &index) { Q_EMIT clicked(index.row()); });
}

void CompletionList::showRows(const QList<Row> &rows, const QRect &line)
{
    m_rows = rows;
    m_model->clear();
    for (const Row &row : rows) {
        auto *item = new QStandardItem(row.name);
        item->setData(row.detail, DetailRole);
        item->setData(row.isDoubtful, DoubtRole);
        item->setData(QStringLiteral("%1, %2").arg(row.name, row.detail), Qt::AccessibleTextRole);
        m_model->appendRow(item);
    }
    // While one types it grows, but does not jump back and forth.
    m_width = std::max(isVisible() ? m_width : LeastWidth, neededWidth());
    choose(0);
    place(line);
    show();
}

// So that the longest row is read whole, if it is of a usual length. Measuring all of thousands would take too long.
int CompletionList::neededWidth() const
{
    // All characters of the script's font are equally wide.
    const int character = QFontMetrics(Theme::monospaceFont()).horizontalAdvance(u'x');
    const QFontMetrics small(Theme::smallFont());
    const Row *longest = nullptr;
    qsizetype length = 0;
    for (const Row &row : m_rows) {
        const qsizetype about = row.name.size() * character + row.detail.size() * small.averageCharWidth()
            + (row.isDoubtful ? DoubtMark + DoubtGap : 0);
        if (!longest || about > length) {
            longest = &row;
            length = about;
        }
    }
    if (!longest)
        return 0;
    const int detail = longest->isDoubtful ? doubtWidth(longest->detail) : small.horizontalAdvance(longest->detail);
    const int bar = rowCount() > MostRows ? style()->pixelMetric(QStyle::PM_ScrollBarExtent) : 0;
    const qsizetype needed = longest->name.size() * character + 2 + detail + 3 * Margin + bar + 2 + Spare;
    return int(std::min<qsizetype>(MostWidth, needed));
}

int CompletionList::rowCount() const
{
    return int(m_rows.size());
}

int CompletionList::current() const
{
    return m_list->currentIndex().row();
}

void CompletionList::move(int steps)
{
    if (!m_rows.isEmpty())
        choose((current() + steps + rowCount()) % rowCount());
}

void CompletionList::movePage(int pages)
{
    if (!m_rows.isEmpty())
        choose(std::clamp(current() + pages * (MostRows - 1), 0, rowCount() - 1));
}

void CompletionList::choose(int row)
{
    m_list->setCurrentIndex(m_model->index(row, 0));
    m_sentence->setText(m_rows.value(row).sentence);
    m_sentence->setVisible(!m_sentence->text().isEmpty());
    if (isVisible())
        place(QRect());
}

// An empty line keeps the place and only follows the height.
void CompletionList::place(const QRect &line)
{
    const int rowHeight = m_list->sizeHintForRow(0);
    m_list->setFixedHeight(rowHeight * std::min(MostRows, rowCount()));
    m_sentence->setFixedWidth(m_width - 2);
    const int sentence = m_sentence->isHidden() ? 0 : m_sentence->heightForWidth(m_width - 2);
    const QSize size(m_width, m_list->height() + sentence + 2);
    setFixedSize(size);
    if (line.isNull())
        return;
    const QScreen *screen = parentWidget()->screen();
    const QRect room = screen ? screen->availableGeometry() : QRect(QPoint(), size);
    // Room for the longest sentence, so that the list does not jump over the line while one goes through it.
    const bool fitsBelow = line.bottom() + 4 + size.height() + 40 <= room.bottom();
    const int top = fitsBelow ? line.bottom() + 4 : line.top() - 4 - size.height();
    const int left = isRightToLeft() ? line.right() - m_width : line.left();
    QWidget::move(
        std::clamp(left, room.left(), std::max(room.left(), room.right() - m_width)), std::max(top, room.top()));
}

void CompletionList::paintEvent(QPaintEvent *)
{
    const Theme theme = currentTheme();
    QPainter painter(this);
    painter.setPen(theme.strongLine);
    painter.setBrush(theme.panel);
    painter.drawRect(rect().adjusted(0, 0, -1, -1));
}

void CompletionList::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange)
        m_list->viewport()->update();
    QFrame::changeEvent(event);
}

} // namespace automation
