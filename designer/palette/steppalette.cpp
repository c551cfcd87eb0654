#include "designer/palette/steppalette.h"

#include "designer/palette/palettelist.h"
#include "designer/style/emptystate.h"
#include "designer/style/readingside.h"
#include "designer/style/themedicon.h"

#include <QKeyEvent>
#include <QLineEdit>
#include <QListView>
#include <QStackedWidget>
#include <QStandardItemModel>
#include <QVBoxLayout>

namespace automation {

namespace {

bool matches(const StepType &type, const QStringList &words)
{
    const QString haystack
        = QStringList {type.label, type.name, type.description, StepPalette::categoryLabel(type.category)}.join(
            QLatin1Char('\n'));
    for (const QString &word : words) {
        if (!haystack.contains(word, Qt::CaseInsensitive))
            return false;
    }
    return true;
}

} // namespace

StepPalette::StepPalette(const StepCatalog &catalog, QWidget *parent)
    : QWidget(parent)
    , m_catalog(catalog)
    , m_search(new QLineEdit(this))
    , m_stack(new QStackedWidget(this))
    , m_list(new PaletteList(this))
    , m_model(new QStandardItemModel(this))
{
    setAccessibleName(tr("Steps"));
    setProperty("surface", QStringLiteral("panel"));
    setAttribute(Qt::WA_StyledBackground);
    m_search->setPlaceholderText(tr("Search steps… (Tab)"));
    m_search->setAccessibleName(tr("Search steps"));
    m_search->setClearButtonEnabled(true);
    m_search->installEventFilter(this);
    beginAtReadingSide(*m_search);
    m_list->setModel(m_model);
    m_list->setAccessibleName(tr("Step types"));
    m_list->installEventFilter(this);
    m_nothing = new EmptyState(QStringLiteral("search"), QString(), tr("Clear the search"), this);
    m_stack->addWidget(m_list);
    m_stack->addWidget(m_nothing);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(12, 10, 6, 0);
    layout->setSpacing(4);
    auto *top = new QHBoxLayout;
    top->setContentsMargins(0, 0, 6, 0);
    top->addWidget(m_search);
    layout->addLayout(top);
    layout->addWidget(m_stack, 1);
    setMinimumWidth(160);

    connect(m_search, &QLineEdit::textChanged, this, &StepPalette::fill);
    connect(m_nothing, &EmptyState::actionRequested, this, [this] {
        m_search->clear();
        m_search->setFocus();
    });
    connect(m_list, &QListView::doubleClicked, this, &StepPalette::activate);
    connect(m_list, &PaletteList::dragStarted, this, &StepPalette::dragStarted);
    fill();
}

QString StepPalette::stepTypeMimeType()
{
    return QStringLiteral("application/x-automation-step-type");
}

QString StepPalette::categoryLabel(const QString &category)
{
    if (category == QLatin1StringView("trigger"))
        return tr("Trigger");
    if (category == QLatin1StringView("messaging"))
        return tr("Messaging");
    if (category == QLatin1StringView("wait"))
        return tr("Wait");
    if (category == QLatin1StringView("logic"))
        return tr("Logic");
    if (category == QLatin1StringView("integration"))
        return tr("Integration");
    return category.isEmpty() ? tr("Other") : category;
}

QListView *StepPalette::list() const
{
    return m_list;
}

QStringList StepPalette::visibleTypes() const
{
    QStringList names;
    for (int row = 0; row < m_model->rowCount(); ++row) {
        const QString name = m_model->item(row)->data(PaletteList::TypeNameRole).toString();
        if (!name.isEmpty())
            names.append(name);
    }
    return names;
}

QString StepPalette::currentType() const
{
    return m_list->currentIndex().data(PaletteList::TypeNameRole).toString();
}

void StepPalette::focusSearch()
{
    m_search->setFocus(Qt::ShortcutFocusReason);
    m_search->selectAll();
}

bool StepPalette::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() != QEvent::KeyPress)
        return QWidget::eventFilter(watched, event);
    const auto *key = static_cast<QKeyEvent *>(event);
    if (key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter) {
        activate();
        return true;
    }
    if (watched == m_search) {
        // The cursor stays in the search field while the arrows walk through the rows below it.
        if (key->key() == Qt::Key_Down || key->key() == Qt::Key_Up) {
            moveSelection(key->key() == Qt::Key_Down ? 1 : -1);
            return true;
        }
        if (key->key() == Qt::Key_Escape && !m_search->text().isEmpty()) {
            m_search->clear();
            return true;
        }
    } else if (watched == m_list && !key->text().isEmpty() && key->text().at(0).isPrint()
        && !(key->modifiers() & (Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier))) {
        // Typing on the list searches, too.
        m_search->setFocus();
        m_search->insert(key->text());
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

void StepPalette::fill()
{
    const QStringList words = m_search->text().split(QLatin1Char(' '), Qt::SkipEmptyParts);
    const QString wanted = currentType();
    m_model->clear();
    // Categories in the order in which the catalogue first names them.
    QStringList categories;
    for (const StepType &type : m_catalog.steps()) {
        if (!categories.contains(type.category))
            categories.append(type.category);
    }
    QStandardItem *select = nullptr;
    for (const QString &category : std::as_const(categories)) {
        bool first = true;
        for (const StepType &type : m_catalog.steps()) {
            if (type.category != category || !matches(type, words))
                continue;
            if (first) {
                auto *caption = new QStandardItem(categoryLabel(category));
                caption->setFlags(Qt::NoItemFlags);
                m_model->appendRow(caption);
                first = false;
            }
            auto *item = new QStandardItem(type.label);
            item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsDragEnabled | Qt::ItemNeverHasChildren);
            item->setData(type.name, PaletteList::TypeNameRole);
            item->setData(type.icon, PaletteList::IconRole);
            item->setData(type.category, PaletteList::CategoryRole);
            item->setData(type.description, Qt::ToolTipRole);
            item->setData(type.label, Qt::AccessibleTextRole);
            item->setData(type.description, Qt::AccessibleDescriptionRole);
            m_model->appendRow(item);
            if (!select || type.name == wanted)
                select = item;
        }
    }
    m_nothing->setSentence(tr("No step type matches “%1”.").arg(m_search->text()));
    m_stack->setCurrentWidget(select ? static_cast<QWidget *>(m_list) : m_nothing);
    // A search selects its best row, so that Enter adds it; without one nothing is selected.
    if (select && !words.isEmpty())
        m_list->setCurrentIndex(select->index());
}

void StepPalette::activate()
{
    const QString type = currentType();
    if (!type.isEmpty())
        Q_EMIT stepActivated(type);
}

void StepPalette::moveSelection(int step)
{
    int row = m_list->currentIndex().isValid() ? m_list->currentIndex().row() : (step > 0 ? -1 : m_model->rowCount());
    for (row += step; row >= 0 && row < m_model->rowCount(); row += step) {
        if (m_model->item(row)->isSelectable()) {
            m_list->setCurrentIndex(m_model->index(row, 0));
            return;
        }
    }
}

} // namespace automation
