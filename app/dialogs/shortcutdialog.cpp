#include "app/dialogs/shortcutdialog.h"

#include "app/dialogs/dialogsize.h"

#include <QAction>
#include <QDialogButtonBox>
#include <QHeaderView>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QStandardItemModel>
#include <QTreeView>
#include <QVBoxLayout>

namespace automation {

namespace {

constexpr int deepestMenu = 5;

QString plainText(const QString &text)
{
    return QString(text).replace(u"&&"_qs, QString(QChar::Null)).remove(u'&').replace(QChar::Null, u'&').remove(u'…');
}

QString keysOf(const QAction *action)
{
    QStringList keys;
    for (const QKeySequence &key : action->shortcuts())
        keys.append(key.toString(QKeySequence::NativeText));
    return keys.join(u"  ·  "_qs);
}

} // namespace

ShortcutDialog::ShortcutDialog(const QList<QAction *> &menus, QWidget *parent)
    : QDialog(parent)
    , m_model(new QStandardItemModel(0, 2, this))
    , m_view(new QTreeView)
    , m_field(new QLineEdit)
{
    setWindowTitle(tr("Keyboard and mouse shortcuts"));
    setObjectName(QStringLiteral("shortcutDialog"));
    resizeWithinScreen(*this, {620, 680});
    m_model->setHorizontalHeaderLabels({tr("What"), tr("Keys or gesture")});
    m_field->setPlaceholderText(tr("Filter…"));
    m_field->setAccessibleName(tr("Filter the list"));
    m_field->setClearButtonEnabled(true);
    m_view->setObjectName(QStringLiteral("shortcutList"));
    m_view->setAccessibleName(tr("Keys and gestures"));
    m_view->setModel(m_model);
    m_view->setRootIsDecorated(false);
    m_view->setItemsExpandable(false);
    m_view->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_view->setAlternatingRowColors(false);
    m_view->setUniformRowHeights(true);
    m_view->header()->setStretchLastSection(true);

    for (const QAction *menu : menus) {
        if (menu->menu())
            addMenu(plainText(menu->text()), menu->menu()->actions(), 0);
    }
    addGroup(tr("Drawing: keys"),
        {{tr("Go to the next card in that direction"), tr("Arrows")},
            {tr("Take the next card into the selection"), tr("Shift+Arrows")},
            {tr("Cancel what is half done; end the selection"), tr("Esc")}});
    addGroup(tr("Drawing: mouse"),
        {{tr("Scroll"), tr("Wheel  ·  Shift+Wheel sideways")}, {tr("Zoom at the pointer"), tr("Ctrl+Wheel  ·  Pinch")},
            {tr("Move the view"), tr("Drag with the middle button  ·  Space+Drag")},
            {tr("Select"), tr("Click  ·  Drag on empty canvas")},
            {tr("Add to the selection"), tr("Shift+Click  ·  Shift+Drag")},
            {tr("Take in or out of the selection"), tr("Ctrl+Click  ·  Ctrl+Drag")},
            {tr("Move cards"), tr("Drag  ·  Alt+Drag without snapping")},
            {tr("Add a step"), tr("Double click on empty canvas  ·  Click on “+”")},
            {tr("Insert a step"), tr("Drag it from the list onto a line or an outcome")},
            {tr("Connect"), tr("Drag from an outcome to a step, or to empty canvas for a new one")},
            {tr("Lead a connection elsewhere"), tr("Drag either of its ends")}, {tr("Edit a step"), tr("Double click")},
            {tr("What can be done here"), tr("Right click  ·  Menu key")}});
    m_view->expandAll();
    m_view->resizeColumnToContents(0);
    m_view->setColumnWidth(0, std::min(330, m_view->columnWidth(0) + 24));

    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_field, &QLineEdit::textChanged, this, &ShortcutDialog::filter);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(20, 20, 20, 16);
    layout->setSpacing(12);
    layout->addWidget(m_field);
    layout->addWidget(m_view, 1);
    layout->addWidget(buttons);
    m_field->setFocus();
}

void ShortcutDialog::addMenu(const QString &title, const QList<QAction *> &actions, int depth)
{
    QList<std::pair<QString, QString>> rows;
    for (const QAction *action : actions) {
        if (action->menu()) {
            if (depth < deepestMenu)
                addMenu(tr("%1 › %2").arg(title, plainText(action->text())), action->menu()->actions(), depth + 1);
        } else if (!action->isSeparator() && !action->shortcut().isEmpty()) {
            rows.append({plainText(action->text()), keysOf(action)});
        }
    }
    addGroup(title, rows);
}

void ShortcutDialog::addGroup(const QString &title, const QList<std::pair<QString, QString>> &rows)
{
    if (rows.isEmpty())
        return;
    auto *group = new QStandardItem(title);
    QFont bold = font();
    bold.setWeight(QFont::DemiBold);
    group->setFont(bold);
    for (const auto &[text, keys] : rows)
        group->appendRow({new QStandardItem(text), new QStandardItem(keys)});
    m_model->appendRow({group, new QStandardItem});
}

void ShortcutDialog::filter(const QString &text)
{
    const QString wanted = text.trimmed();
    for (int g = 0; g < m_model->rowCount(); ++g) {
        const QStandardItem *group = m_model->item(g);
        bool any = false;
        for (int row = 0; row < group->rowCount(); ++row) {
            const bool fits = wanted.isEmpty() || group->child(row, 0)->text().contains(wanted, Qt::CaseInsensitive)
                || group->child(row, 1)->text().contains(wanted, Qt::CaseInsensitive);
            m_view->setRowHidden(row, group->index(), !fits);
            any = any || fits;
        }
        m_view->setRowHidden(g, {}, !any);
    }
}

} // namespace automation
