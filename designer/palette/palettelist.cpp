#include "designer/palette/palettelist.h"

#include "designer/palette/steppalette.h"
#include "designer/style/applicationstyle.h"
#include "designer/style/themedicon.h"

#include <QDrag>
#include <QEvent>
#include <QMimeData>
#include <QPainter>
#include <QStyle>
#include <QStyledItemDelegate>

namespace automation {

namespace {

constexpr int rowHeight = 30;
constexpr int captionHeight = 32;
constexpr int tile = 22;
constexpr int margin = 8;

QFont captionFont(QFont font)
{
    font.setPointSizeF(font.pointSizeF() * 11 / 13);
    font.setWeight(QFont::DemiBold);
    font.setLetterSpacing(QFont::AbsoluteSpacing, 0.6);
    return font;
}

class PaletteDelegate : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const bool caption = index.data(PaletteList::TypeNameRole).toString().isEmpty();
        const int textHeight = option.fontMetrics.height();
        return {60, qMax(caption ? captionHeight : rowHeight, textHeight + 10)};
    }

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const Theme &theme = currentTheme();
        const QString label = index.data(Qt::DisplayRole).toString();
        const auto mirrored = [&option](const QRect &place) {
            return QStyle::visualRect(option.direction, option.rect, place); // from right to left in some languages
        };
        const bool isEnabled = option.widget ? option.widget->isEnabled() : true;
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        if (index.data(PaletteList::TypeNameRole).toString().isEmpty()) {
            painter->setFont(captionFont(option.font));
            painter->setPen(theme.muted);
            painter->drawText(mirrored(option.rect.adjusted(4, 6, 0, 0)),
                Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine, option.locale.toUpper(label));
            painter->restore();
            return;
        }
        const QRectF row = QRectF(option.rect).adjusted(0.5, 0.5, -0.5, -0.5);
        const bool selected = option.state & QStyle::State_Selected;
        if (selected || option.state & QStyle::State_MouseOver) {
            painter->setPen(selected && option.state & QStyle::State_HasFocus ? QPen(theme.accent) : QPen(Qt::NoPen));
            painter->setBrush(selected ? theme.pillBack : theme.hover);
            painter->drawRoundedRect(row, 6, 6);
        }
        const QPixmap picture = categoryTile(index.data(PaletteList::IconRole).toString(),
            index.data(PaletteList::CategoryRole).toString(), tile, painter->device()->devicePixelRatioF());
        const QPoint tilePlace(option.rect.x() + margin, option.rect.y() + (option.rect.height() - tile) / 2);
        painter->setOpacity(isEnabled ? 1 : 0.45);
        painter->drawPixmap(mirrored(QRect(tilePlace, QSize(tile, tile))), picture);
        painter->setOpacity(1);
        painter->setFont(option.font);
        painter->setPen(isEnabled ? theme.text : theme.disabled);
        const QRect textRect = mirrored(option.rect.adjusted(margin + tile + 8, 0, -4, 0));
        painter->drawText(textRect, Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine,
            option.fontMetrics.elidedText(label, Qt::ElideRight, textRect.width()));
        painter->restore();
    }
};

} // namespace

PaletteList::PaletteList(QWidget *parent)
    : QListView(parent)
{
    setItemDelegate(new PaletteDelegate(this));
    setDragEnabled(true);
    setDragDropMode(QAbstractItemView::DragOnly);
    setSelectionMode(QAbstractItemView::SingleSelection);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    setMouseTracking(true);
    setUniformItemSizes(false);
}

QPixmap PaletteList::dragPicture(
    const QString &label, const QString &icon, const QString &category, const QFont &font, qreal devicePixelRatio)
{
    const Theme &theme = currentTheme();
    QFont bold = font;
    bold.setWeight(QFont::DemiBold);
    const QFontMetrics metrics(bold);
    const QSize size(qMin(232, metrics.horizontalAdvance(label) + 28 + 3 * 10) + 2, 28 + 2 * 8 + 2);
    QPixmap pixmap(size * devicePixelRatio);
    pixmap.setDevicePixelRatio(devicePixelRatio);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(theme.accent);
    painter.setBrush(theme.card);
    painter.drawRoundedRect(QRectF(0.5, 0.5, size.width() - 1, size.height() - 1), 10, 10);
    painter.drawPixmap(QPoint(10, 9), categoryTile(icon, category, 28, devicePixelRatio));
    painter.setFont(bold);
    painter.setPen(theme.text);
    const QRect textRect(48, 0, size.width() - 58, size.height());
    painter.drawText(
        textRect, Qt::AlignVCenter | Qt::TextSingleLine, metrics.elidedText(label, Qt::ElideRight, textRect.width()));
    return pixmap;
}

void PaletteList::startDrag(Qt::DropActions)
{
    const QModelIndex index = currentIndex();
    const QString typeName = index.data(TypeNameRole).toString();
    if (typeName.isEmpty())
        return;
    auto *mimeData = new QMimeData;
    mimeData->setData(StepPalette::stepTypeMimeType(), typeName.toUtf8());
    auto *drag = new QDrag(this); // deletes itself when the drag is over
    drag->setMimeData(mimeData);
    drag->setPixmap(dragPicture(index.data(Qt::DisplayRole).toString(), index.data(IconRole).toString(),
        index.data(CategoryRole).toString(), font(), devicePixelRatioF()));
    drag->setHotSpot(QPoint(24, 22));
    Q_EMIT dragStarted(typeName);
    drag->exec(Qt::CopyAction);
}

void PaletteList::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange)
        viewport()->update();
    QListView::changeEvent(event);
}

} // namespace automation
