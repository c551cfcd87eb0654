#include "designer/inspector/datatab.h"

#include "designer/inspector/datatree.h"
#include "designer/inspector/editortools.h"
#include "designer/inspector/wrappedtext.h"
#include "designer/style/applicationstyle.h"
#include "designer/style/emptystate.h"
#include "designer/style/themedicon.h"
#include "model/document/commands/variablecommands.h"

#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QMenu>
#include <QMimeData>
#include <QPushButton>
#include <QStackedWidget>
#include <QToolButton>
#include <QTreeView>

namespace automation {

namespace {

constexpr int mostUses = 12; // named one by one
constexpr qsizetype longestValue = 400;

// A label whose links are for mouse and keyboard and that takes whatever width there is.
QLabel *linkLabel(QWidget *parent)
{
    auto *label = new QLabel(parent);
    label->setTextFormat(Qt::RichText);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::LinksAccessibleByMouse | Qt::LinksAccessibleByKeyboard);
    label->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Minimum);
    label->setProperty("textRole", QStringLiteral("small"));
    return label;
}

// Names have no blanks to break at.
QString breakable(const QString &name)
{
    QString html;
    for (qsizetype i = 0; i < name.size(); ++i) {
        html += QString(name.at(i)).toHtmlEscaped();
        if (name.at(i) == u'_' || name.at(i) == u'.' || i % 12 == 11)
            html += QChar(0x200B);
    }
    return html;
}

const JsonValue *memberOf(const JsonValue &data, const QStringList &names)
{
    const JsonValue *at = &data;
    for (const QString &name : names)
        at = at && at->isObject() ? at->find(QStringView(name)) : nullptr;
    return at;
}

} // namespace

DataTab::DataTab(StepData *stepData, QWidget *parent)
    : QWidget(parent)
    , m_data(stepData)
    , m_pages(new QStackedWidget(this))
    , m_empty(new EmptyState(QStringLiteral("json"), QString(), QString(), this))
    , m_sources(new QComboBox(this))
    , m_model(new DataTreeModel(this))
    , m_tree(new QTreeView(this))
    , m_path(new WrappedText(this))
    , m_value(new WrappedText(this))
    , m_origin(linkLabel(this))
    , m_usedBy(linkLabel(this))
    , m_error(new QLabel(this))
    , m_insert(new QPushButton(tr("Insert"), this))
    , m_copy(new QPushButton(tr("Copy"), this))
    , m_rename(new QPushButton(tr("Rename…"), this))
{
    setObjectName(QStringLiteral("dataTab"));
    auto *caption = new QLabel(tr("Example values from"), this);
    caption->setProperty("textRole", QStringLiteral("field"));
    caption->setBuddy(m_sources);
    m_sources->setObjectName(QStringLiteral("dataSource"));
    m_sources->setAccessibleName(caption->text());
    m_sources->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_sources->setMinimumContentsLength(8);
    m_tree->setObjectName(QStringLiteral("dataTree"));
    m_tree->setAccessibleName(tr("What data holds when this step starts"));
    m_tree->setModel(m_model);
    m_tree->setItemDelegate(new DataTreeDelegate(m_tree));
    m_tree->setHeaderHidden(true);
    m_tree->setIndentation(16);
    m_tree->setUniformRowHeights(true);
    m_tree->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_tree->setEditTriggers(QAbstractItemView::EditKeyPressed);
    m_tree->setExpandsOnDoubleClick(false);
    m_tree->setDragEnabled(true);
    m_tree->setDragDropMode(QAbstractItemView::DragOnly);
    m_tree->setContextMenuPolicy(Qt::CustomContextMenu);
    m_tree->setMinimumHeight(90);
    m_tree->setToolTip(tr("Drag a row into a field, or press Enter to put it into the field edited last."));
    m_tree->installEventFilter(this);
    m_path->setObjectName(QStringLiteral("dataPath"));
    m_path->setPixels(13);
    m_value->setObjectName(QStringLiteral("dataValue"));
    m_value->setTone(WrappedText::Tone::Ok);
    m_value->setMostLines(6);
    m_origin->setObjectName(QStringLiteral("dataOrigin"));
    m_usedBy->setObjectName(QStringLiteral("dataUses"));
    m_error->setObjectName(QStringLiteral("dataError"));
    m_error->setTextFormat(Qt::PlainText);
    m_error->setWordWrap(true);
    m_error->setProperty("textRole", QStringLiteral("error"));
    m_error->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Minimum);
    m_error->hide();
    m_insert->setToolTip(tr("Put it into the field edited last (Enter)"));
    m_copy->setToolTip(tr("Copy it as {{…}} (Ctrl+C)"));
    m_rename->setToolTip(tr("Another name for the variable, everywhere (F2)"));
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(6);
    for (QPushButton *button : {m_insert, m_copy, m_rename}) {
        button->setMinimumWidth(40);
        buttons->addWidget(button);
    }
    buttons->addStretch(1);
    auto *page = new QWidget(this);
    auto *column = new QVBoxLayout(page);
    column->setContentsMargins(14, 12, 14, 12);
    column->setSpacing(6);
    auto *edit = new QToolButton(this);
    edit->setObjectName(QStringLiteral("editSamples"));
    edit->setIcon(themedIcon(QStringLiteral("edit"), IconTone::Muted));
    edit->setToolTip(tr("Add, change and delete samples of your own"));
    edit->setAccessibleName(tr("Edit samples"));
    auto *choice = new QHBoxLayout;
    choice->setSpacing(6);
    choice->addWidget(m_sources, 1);
    choice->addWidget(edit);
    column->addWidget(caption);
    column->addLayout(choice);
    column->addWidget(m_tree, 1);
    column->addWidget(m_path);
    column->addWidget(m_value);
    column->addWidget(m_origin);
    column->addWidget(m_usedBy);
    column->addWidget(m_error);
    column->addLayout(buttons);
    m_pages->addWidget(m_empty);
    m_pages->addWidget(page);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_pages);

    connect(m_data, &StepData::changed, this, &DataTab::refreshLater);
    connect(m_sources, &QComboBox::activated, this,
        [this](int row) { m_data->chooseSource(m_sources->itemData(row).toString()); });
    connect(edit, &QToolButton::clicked, m_data, &StepData::samplesRequested);
    connect(m_tree->selectionModel(), &QItemSelectionModel::currentChanged, this, &DataTab::refreshDetails);
    connect(m_tree, &QTreeView::doubleClicked, this, &DataTab::insert);
    connect(m_tree, &QTreeView::customContextMenuRequested, this, &DataTab::showMenu);
    connect(m_model, &DataTreeModel::renameRequested, this, &DataTab::rename, Qt::QueuedConnection);
    connect(m_insert, &QPushButton::clicked, this, &DataTab::insert);
    connect(m_copy, &QPushButton::clicked, this, &DataTab::copy);
    connect(m_rename, &QPushButton::clicked, this, [this] {
        m_tree->setFocus();
        m_tree->edit(m_tree->currentIndex());
    });
    for (QLabel *label : {m_origin, m_usedBy})
        connect(label, &QLabel::linkActivated, this, &DataTab::openLink);
}

void DataTab::setNode(const QString &key)
{
    if (m_key != key)
        m_error->hide();
    m_key = key;
    refreshLater();
}

void DataTab::refreshLater()
{
    m_isStale = true;
    if (isVisible())
        refresh();
}

void DataTab::showEvent(QShowEvent *event)
{
    // Also for what changes without touching the data: who reads it.
    const bool isOtherRevision = m_data->document() && m_data->document()->revision() != m_usesRevision;
    if (m_isStale || isOtherRevision)
        refresh();
    QWidget::showEvent(event);
}

void DataTab::refresh()
{
    m_isStale = false;
    WorkflowDocument *document = m_data->document();
    const int node = document && !m_key.isEmpty() ? document->graph().indexOfKey(m_key) : -1;
    if (node <= 0) {
        m_model->setEntries({});
        m_empty->setSentence(node == 0 ? tr("Before the first step there is no data. Select a step to see what the "
                                            "trigger and the steps before it bring.")
                                       : tr("Select a step to see what data holds when it starts."));
        m_pages->setCurrentIndex(0);
        return;
    }
    refreshSources();
    const QString chosen = m_tree->currentIndex().data(DataTreeModel::PathRole).toString();
    const QList<AvailableData> entries = m_data->available(m_key, DataRead::When::Running);
    const bool isFirst = m_model->rowCount() == 0;
    QStringList open;
    for (const AvailableData &entry : m_model->entries()) {
        if (m_tree->isExpanded(m_model->indexOfPath(entry.path)))
            open += entry.path;
    }
    m_model->setEntries(entries);
    // The payload is what people look for; what they opened stays open.
    if (isFirst)
        open = {QStringLiteral("data.payload"), QStringLiteral("data.payload.user")};
    for (const QString &path : std::as_const(open))
        m_tree->setExpanded(m_model->indexOfPath(path), true);
    if (m_usesRevision != document->revision() || m_uses.isEmpty()) {
        m_uses = variableUses(document->definition(), document->graph());
        m_usesRevision = document->revision();
    }
    refreshSamples();
    const QModelIndex again = m_model->indexOfPath(chosen);
    m_tree->setCurrentIndex(again.isValid() ? again : m_model->index(0, 0));
    refreshDetails();
    m_pages->setCurrentIndex(1);
}

void DataTab::refreshSources()
{
    m_sources->clear();
    const QString chosen = m_data->source().id;
    StepData::Source::Kind kind = StepData::Source::Kind::Trigger;
    for (const StepData::Source &source : m_data->sources()) {
        if (source.kind != kind)
            m_sources->insertSeparator(m_sources->count());
        kind = source.kind;
        m_sources->addItem(source.name, source.id);
        if (source.id == chosen)
            m_sources->setCurrentIndex(m_sources->count() - 1);
    }
}

void DataTab::refreshSamples()
{
    const StepData::Sample sample = m_data->sample(m_key, DataRead::When::Running);
    const QList<AvailableData> &entries = m_model->entries();
    QHash<QString, QStringList> names; // of the path of each entry
    for (qsizetype i = 0; i < entries.size(); ++i) {
        const AvailableData &entry = entries.at(i);
        const QStringList path = names.value(entry.parent) + QStringList {entry.member};
        names.insert(entry.path, path);
        const JsonValue *value = memberOf(sample.data, path);
        m_model->setSample(i, value ? *value : JsonValue());
    }
    m_data->evaluator()->cancel(this);
    if (sample.before.isEmpty())
        return;
    AsyncEvaluator::Request request;
    request.data = sample.data;
    request.before = sample.before;
    QList<qsizetype> rows;
    for (const AsyncEvaluator::Computed &computed : sample.before) {
        for (qsizetype i = 0; i < entries.size(); ++i) {
            if (entries.at(i).isOfTrigger || entries.at(i).name != computed.variable)
                continue;
            rows += i;
            request.values += JsonValue(QStringLiteral("{{%1}}").arg(entries.at(i).path));
        }
    }
    m_data->evaluator()->evaluate(this, request, [this, rows](const AsyncEvaluator::Answer &answer) {
        for (qsizetype i = 0; i < rows.size() && i < answer.results.size(); ++i) {
            if (rows.at(i) < m_model->entries().size() && answer.results.at(i))
                m_model->setSample(rows.at(i), *answer.results.at(i));
        }
        refreshDetails();
    });
}

const AvailableData *DataTab::current() const
{
    const QVariant entry = m_tree->currentIndex().data(DataTreeModel::EntryRole);
    return entry.isValid() && entry.toLongLong() < m_model->entries().size()
        ? &m_model->entries().at(entry.toLongLong())
        : nullptr;
}

QString DataTab::link(const QString &key, const QString &text, const JsonPointer &place) const
{
    const QByteArray target
        = key.toUtf8().toBase64(QByteArray::Base64UrlEncoding) + '#' + place.toString().toUtf8().toBase64();
    return QStringLiteral("<a href=\"%1\">%2</a>").arg(QString::fromLatin1(target), breakable(text));
}

void DataTab::openLink(const QString &target)
{
    const QByteArray bytes = target.toLatin1();
    const QByteArray key = QByteArray::fromBase64(bytes.left(bytes.indexOf('#')), QByteArray::Base64UrlEncoding);
    const QByteArray place = QByteArray::fromBase64(bytes.mid(bytes.indexOf('#') + 1));
    const auto pointer = JsonPointer::parse(QString::fromUtf8(place));
    Q_EMIT placeRequested(QString::fromUtf8(key), pointer ? *pointer : JsonPointer());
}

QString DataTab::origin(const AvailableData &entry) const
{
    QStringList writers;
    for (const QString &key : entry.writers) {
        if (writers.size() == mostUses) {
            writers += QString(QChar(0x2026));
            break;
        }
        writers += link(key, QString(key).remove(nodeKeySeparator));
    }
    const QString names = writers.join(QStringLiteral(", "));
    if (entry.isOfTrigger) {
        const QString said = entry.source.isEmpty() ? tr("The service adds it to every instance.")
            : entry.isCertain
            ? tr("From the trigger, in every message.")
            : tr("From the trigger, but not in every message; it is in: %1.").arg(entry.source.toHtmlEscaped());
        return names.isEmpty() ? said : tr("%1 Written again by %2.").arg(said, names);
    }
    return entry.isCertain ? tr("Written by %1, on every path to here.").arg(names)
                           : tr("Only on paths through %1; on others it is not there.").arg(names);
}

QString DataTab::usesInWords(const AvailableData &entry) const
{
    QStringList names {entry.member};
    // The way up to data; parents stand in the list as well.
    for (QModelIndex at = m_model->indexOfPath(entry.parent); at.isValid(); at = at.parent())
        names.prepend(at.data().toString());
    QStringList links;
    int count = 0;
    QSet<QString> places;
    const QList<GraphNode> &nodes = m_data->document()->graph().nodes();
    for (const VariableUse &use : m_uses) {
        if (use.names.size() < names.size() || use.names.first(names.size()) != names || use.node >= nodes.size())
            continue;
        const GraphNode &node = nodes.at(use.node);
        const QString where = use.place.tokens().mid(node.pointer.tokens().size()).join(u'.');
        const QString id = node.key + u' ' + where;
        if (places.contains(id))
            continue;
        places.insert(id);
        if (++count <= mostUses) {
            const QString name = QString(node.key).remove(nodeKeySeparator);
            links += link(node.key, QStringLiteral("%1: %2").arg(name, where.section(u'.', 1)), use.place);
        }
    }
    if (links.isEmpty())
        return tr("Used nowhere.");
    if (count > mostUses)
        links += tr("and %1 more").arg(count - mostUses);
    return tr("Used in %1").arg(links.join(QStringLiteral(", ")));
}

void DataTab::refreshDetails()
{
    const AvailableData *entry = m_data->document() ? current() : nullptr;
    for (QWidget *widget : {static_cast<QWidget *>(m_path), static_cast<QWidget *>(m_value),
             static_cast<QWidget *>(m_origin), static_cast<QWidget *>(m_usedBy)})
        widget->setVisible(entry);
    for (QPushButton *button : {m_insert, m_copy})
        button->setEnabled(entry);
    m_rename->setEnabled(entry && (m_tree->currentIndex().flags() & Qt::ItemIsEditable));
    if (!entry)
        return;
    const JsonValue value = m_model->sample(m_tree->currentIndex().data(DataTreeModel::EntryRole).toLongLong());
    const QString type = dataTypeInWords(entry->type);
    m_path->setText(type.isEmpty() ? entry->path : tr("%1 · %2").arg(entry->path, type));
    const QString shown = value.isString() ? QStringLiteral("\"%1\"").arg(value.toString()) : plainText(value);
    m_value->setText(
        value.isNull() ? tr("no example value with this choice") : QStringLiteral("= ") + shown.left(longestValue));
    m_value->setTone(value.isNull() ? WrappedText::Tone::Muted : WrappedText::Tone::Ok);
    m_origin->setText(origin(*entry));
    const QString role = entry->isCertain ? QStringLiteral("small") : QStringLiteral("warning");
    if (m_origin->property("textRole").toString() != role) {
        m_origin->setProperty("textRole", role);
        repolish(m_origin);
    }
    m_usedBy->setText(usesInWords(*entry));
}

void DataTab::copy()
{
    if (current())
        QApplication::clipboard()->setMimeData(m_model->mimeData({m_tree->currentIndex()}));
}

void DataTab::insert()
{
    if (const AvailableData *entry = current())
        Q_EMIT insertRequested(QString(entry->path));
}

void DataTab::rename(const QString &variable, const QString &newName)
{
    WorkflowDocument *document = m_data->document();
    if (!document)
        return;
    const auto edit = renameVariable(document->definition(), document->graph(), variable, newName);
    const Result<void> done = edit ? document->push(*edit) : Result<void>(edit.error());
    m_error->setVisible(!done);
    if (!done) {
        m_error->setText(done.error().message);
        return;
    }
    for (const AvailableData &entry : m_model->entries()) {
        if (entry.name == newName && !entry.isOfTrigger)
            m_tree->setCurrentIndex(m_model->indexOfPath(entry.path));
    }
}

void DataTab::showMenu(const QPoint &position)
{
    const QModelIndex index = m_tree->indexAt(position);
    if (!index.isValid())
        return;
    m_tree->setCurrentIndex(index);
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    connect(menu->addAction(tr("Insert into the Field Edited Last")), &QAction::triggered, this, &DataTab::insert);
    connect(menu->addAction(tr("Copy")), &QAction::triggered, this, &DataTab::copy);
    QAction *other = menu->addAction(tr("Rename…"));
    other->setEnabled(index.flags() & Qt::ItemIsEditable);
    connect(other, &QAction::triggered, this, [this] { m_tree->edit(m_tree->currentIndex()); });
    if (const AvailableData *entry = current(); entry && !entry->writers.isEmpty()) {
        menu->addSeparator();
        for (const QString &key : entry->writers.first(std::min<qsizetype>(entry->writers.size(), mostUses))) {
            QString name = QString(key).remove(nodeKeySeparator);
            QAction *action = menu->addAction(tr("Go to “%1”").arg(name.replace(u'&', QLatin1StringView("&&"))));
            connect(action, &QAction::triggered, this, [this, key] { Q_EMIT placeRequested(key, {}); });
        }
    }
    menu->popup(m_tree->viewport()->mapToGlobal(position));
}

bool DataTab::eventFilter(QObject *watched, QEvent *event)
{
    const bool isShortcut = event->type() == QEvent::ShortcutOverride;
    // Keys of a name that is being written are not for the tree.
    if (watched != m_tree || !m_tree->hasFocus() || (!isShortcut && event->type() != QEvent::KeyPress))
        return QWidget::eventFilter(watched, event);
    auto *key = static_cast<QKeyEvent *>(event);
    const bool isEnter = (key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter) && !key->modifiers();
    const bool isCopy = key->matches(QKeySequence::Copy);
    // The window has actions of its own on these keys.
    const bool isOwn = isEnter || isCopy || key->key() == Qt::Key_F2;
    if (isShortcut) {
        if (isOwn)
            event->accept();
        return isOwn;
    }
    if (isEnter)
        insert();
    else if (isCopy)
        copy();
    return isEnter || isCopy;
}

} // namespace automation
