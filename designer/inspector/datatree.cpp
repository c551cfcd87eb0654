#include "designer/inspector/datatree.h"

#include "designer/drawing/icons.h"
#include "designer/inspector/editortools.h"
#include "designer/style/applicationstyle.h"

#include <algorithm>
#include <numeric>
#include <QMimeData>
#include <QPainter>

namespace automation {

namespace {

constexpr qsizetype longestSample = 80;
constexpr int markSize = 12;

} // namespace

QString dataTypeInWords(const QString &type)
{
    if (type == u"text")
        return DataTreeModel::tr("text");
    if (type == u"number")
        return DataTreeModel::tr("number");
    if (type == u"truth")
        return DataTreeModel::tr("true or false");
    if (type == u"object")
        return DataTreeModel::tr("object");
    if (type == u"list")
        return DataTreeModel::tr("list");
    return {};
}

void DataTreeModel::setEntries(const QList<AvailableData> &entries)
{
    clear();
    m_items.clear();
    m_samples.clear();
    m_entries = entries;
    // What people look for comes first, as in the completion: what steps wrote, the payload, what the service adds.
    const auto rank = [](const AvailableData &entry) {
        return !entry.isOfTrigger ? 0 : entry.name == u"payload" ? 1 : 2;
    };
    QList<qsizetype> order(entries.size());
    std::iota(order.begin(), order.end(), 0);
    std::stable_sort(order.begin(), order.end(),
        [&](qsizetype a, qsizetype b) { return rank(entries.at(a)) < rank(entries.at(b)); });
    for (const qsizetype i : std::as_const(order)) {
        const AvailableData &entry = entries.at(i);
        auto *item = new QStandardItem(entry.member);
        item->setData(entry.path, PathRole);
        item->setData(i, EntryRole);
        item->setData(dataTypeInWords(entry.type), DetailRole);
        item->setData(!entry.isCertain, DoubtRole);
        const bool canRename = !entry.isOfTrigger && !entry.writers.isEmpty();
        item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsDragEnabled
            | (canRename ? Qt::ItemIsEditable : Qt::NoItemFlags));
        QStandardItem *parent = m_items.value(entry.parent);
        (parent ? parent : invisibleRootItem())->appendRow(item);
        m_items.insert(entry.path, item);
    }
}

void DataTreeModel::setSample(qsizetype entry, const JsonValue &value)
{
    QStandardItem *item = m_items.value(m_entries.at(entry).path);
    if (!item)
        return;
    m_samples.insert(entry, value);
    const QString type = dataTypeInWords(m_entries.at(entry).type);
    const bool isPlain = !value.isNull() && !value.isObject() && !value.isArray();
    const QString text = value.isString() && value.toString().isEmpty() ? QStringLiteral("\"\"")
        : isPlain ? plainText(value).left(longestSample).simplified()
                  : QString();
    item->setData(text.isEmpty() ? type : text, DetailRole);
    item->setData(QStringLiteral("%1, %2 %3").arg(m_entries.at(entry).path, type, text), Qt::AccessibleTextRole);
}

QModelIndex DataTreeModel::indexOfPath(const QString &path) const
{
    const QStandardItem *item = m_items.value(path);
    return item ? item->index() : QModelIndex();
}

bool DataTreeModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    if (role != Qt::EditRole)
        return QStandardItemModel::setData(index, value, role);
    const qsizetype entry = index.data(EntryRole).toLongLong();
    const QString newName = value.toString();
    if (entry < 0 || entry >= m_entries.size() || newName == m_entries.at(entry).name)
        return false;
    // The tree follows when the document has changed.
    Q_EMIT renameRequested(QString(m_entries.at(entry).name), newName);
    return true;
}

QStringList DataTreeModel::mimeTypes() const
{
    return {dataPathMimeType(), QStringLiteral("text/plain")};
}

QMimeData *DataTreeModel::mimeData(const QModelIndexList &indexes) const
{
    if (indexes.isEmpty())
        return nullptr;
    const QString path = indexes.first().data(PathRole).toString();
    auto *data = new QMimeData;
    data->setData(dataPathMimeType(), path.toUtf8());
    data->setText(QStringLiteral("{{%1}}").arg(path));
    return data;
}

QSize DataTreeDelegate::sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const
{
    return {100, QFontMetrics(Theme::monospaceFont()).height() + 12};
}

void DataTreeDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const Theme &theme = currentTheme();
    QStyleOptionViewItem item = option;
    initStyleOption(&item, index);
    item.text.clear();
    const QWidget *widget = option.widget;
    widget->style()->drawControl(QStyle::CE_ItemViewItem, &item, painter, widget);
    painter->save();
    const QFont code = Theme::monospaceFont(12);
    const QFont small = Theme::smallFont();
    const bool isDoubtful = index.data(DataTreeModel::DoubtRole).toBool();
    QRect row = option.rect.adjusted(2, 0, -8, 0);
    const Qt::LayoutDirection direction = option.direction;
    const auto align = [direction](Qt::AlignmentFlag logical) {
        const bool isLeft = (logical == Qt::AlignLeft) == (direction == Qt::LeftToRight);
        return Qt::AlignVCenter | Qt::AlignAbsolute | (isLeft ? Qt::AlignLeft : Qt::AlignRight);
    };
    if (isDoubtful) {
        const QRect mark(row.right() - markSize, row.center().y() - markSize / 2, markSize, markSize);
        paintIcon(*painter, QStringLiteral("warning"), QRectF(QStyle::visualRect(direction, option.rect, mark)),
            theme.warning);
        row.setRight(row.right() - markSize - 5);
    }
    const QString name = index.data(Qt::DisplayRole).toString();
    const int nameWidth = std::min(QFontMetrics(code).horizontalAdvance(name) + 2, row.width() * 2 / 3);
    const QRect left(row.left(), row.top(), nameWidth, row.height());
    const QRect right(row.left() + nameWidth + 10, row.top(), row.width() - nameWidth - 10, row.height());
    painter->setFont(code);
    painter->setPen(isDoubtful ? theme.muted : theme.text);
    painter->drawText(QStyle::visualRect(direction, option.rect, left), align(Qt::AlignLeft),
        QFontMetrics(code).elidedText(name, Qt::ElideMiddle, nameWidth));
    painter->setFont(small);
    painter->setPen(theme.muted);
    painter->drawText(QStyle::visualRect(direction, option.rect, right), align(Qt::AlignRight),
        QFontMetrics(small).elidedText(
            index.data(DataTreeModel::DetailRole).toString(), Qt::ElideRight, right.width()));
    painter->restore();
}

} // namespace automation
