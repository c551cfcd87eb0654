#include "app/panels/panelview.h"

#include "designer/style/emptystate.h"

#include <numeric>
#include <QHeaderView>
#include <QScopedValueRollback>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace automation {

namespace {
constexpr int leastColumnWidth = 72;
} // namespace

QString plainToolTip(const QString &text)
{
    return text.isEmpty() ? QString() : QString(u"<qt>"_qs + text.toHtmlEscaped() + u"</qt>"_qs);
}

PanelView::PanelView(const QString &accessibleName, const QString &emptyIcon, const QString &emptyText, QWidget *parent)
    : QWidget(parent)
    , m_stack(new QStackedWidget(this))
    , m_table(new QTreeView)
    , m_emptyState(new EmptyState(emptyIcon, emptyText))
{
    m_table->setAccessibleName(accessibleName);
    m_table->setProperty("rows", true);
    m_table->setRootIsDecorated(false);
    m_table->setItemsExpandable(false);
    m_table->setUniformRowHeights(true);
    m_table->setAllColumnsShowFocus(true);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->setTextElideMode(Qt::ElideRight);
    m_table->setContextMenuPolicy(Qt::CustomContextMenu);
    m_table->header()->setStretchLastSection(true);
    m_table->header()->setHighlightSections(false);
    m_table->header()->setMinimumSectionSize(leastColumnWidth);
    m_table->header()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);

    m_stack->addWidget(m_table);
    m_stack->addWidget(m_emptyState);
    setProperty("surface", u"panel"_qs);
    setAttribute(Qt::WA_StyledBackground);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_stack);
    showTableOrText();
}

void PanelView::setModel(QAbstractItemModel *model)
{
    m_table->setModel(model);
    connect(model, &QAbstractItemModel::rowsInserted, this, &PanelView::showTableOrText);
    connect(model, &QAbstractItemModel::rowsRemoved, this, &PanelView::showTableOrText);
    connect(model, &QAbstractItemModel::modelReset, this, &PanelView::showTableOrText);
    connect(m_table->header(), &QHeaderView::sectionResized, this, [this](int section) {
        if (!m_isSharing && section + 1 < m_shares.size())
            m_shares.clear(); // the person wants it otherwise
    });
    showTableOrText();
}

void PanelView::setColumnShares(const QList<int> &shares)
{
    m_shares = shares;
    shareWidth();
}

void PanelView::shareWidth()
{
    const int whole = std::accumulate(m_shares.begin(), m_shares.end(), 0);
    const QScopedValueRollback sharing(m_isSharing, true);
    for (qsizetype i = 0; i + 1 < m_shares.size(); ++i)
        m_table->header()->resizeSection(int(i), std::max(leastColumnWidth, width() * m_shares.at(i) / whole));
}

void PanelView::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    shareWidth();
}

void PanelView::setEmptyText(const QString &text)
{
    m_emptyState->setSentence(text);
}

int PanelView::currentRow() const
{
    const QModelIndex index = m_table->currentIndex();
    return index.isValid() ? index.row() : -1;
}

void PanelView::showTableOrText()
{
    const bool empty = !m_table->model() || m_table->model()->rowCount() == 0;
    m_stack->setCurrentIndex(empty ? 1 : 0);
}

} // namespace automation
