#include "app/dialogs/hitdelegate.h"

#include "app/dialogs/searchresults.h"
#include "designer/style/applicationstyle.h"

#include <QApplication>
#include <QPainter>
#include <QTextLayout>

namespace automation {

HitDelegate::HitDelegate(QObject *parent)
    : QStyledItemDelegate(parent)
{
}

void HitDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const QVariant mark = index.data(SearchResults::MarkRole);
    if (!mark.isValid()) {
        QStyledItemDelegate::paint(painter, option, index);
        return;
    }
    QStyleOptionViewItem item = option;
    initStyleOption(&item, index);
    const QString text = item.text;
    item.text.clear();
    const QStyle *style = option.widget ? option.widget->style() : QApplication::style();
    style->drawControl(QStyle::CE_ItemViewItem, &item, painter, option.widget);

    const Theme &theme = currentTheme();
    QTextCharFormat marked;
    marked.setBackground(theme.isDark ? theme.pillBack.lighter(130) : theme.pillBack.darker(108));
    marked.setForeground(theme.pillText);
    marked.setFontWeight(QFont::DemiBold);
    QTextLayout layout(text, item.font);
    QTextOption wrap(Qt::AlignLeading);
    wrap.setWrapMode(QTextOption::NoWrap);
    wrap.setTextDirection(option.direction);
    layout.setTextOption(wrap);
    layout.setFormats({{mark.toPoint().x(), mark.toPoint().y(), marked}});
    const QRect area = option.rect.adjusted(4, 0, -4, 0);
    layout.beginLayout();
    QTextLine line = layout.createLine();
    line.setLineWidth(area.width());
    layout.endLayout();
    painter->save();
    painter->setClipRect(area);
    painter->setPen(theme.text);
    layout.draw(painter, QPointF(area.left(), area.top() + (area.height() - line.height()) / 2));
    painter->restore();
}

} // namespace automation
