#include "app/dialogs/findinworkflows.h"

#include "app/dialogs/hitdelegate.h"
#include "app/dialogs/workflowreplacing.h"
#include "designer/inspector/wrappedtext.h"
#include "designer/style/emptystate.h"

#include <QCheckBox>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QGridLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QScreen>
#include <QScrollArea>
#include <QSettings>
#include <QStackedWidget>
#include <QTreeView>
#include <QVBoxLayout>

namespace automation {

namespace {

constexpr qsizetype mostHits = 20'000;
constexpr qsizetype mostExpanded = 2'000; // rows that are unfolded at once
constexpr qsizetype mostNotes = 5; // of one workflow
constexpr std::chrono::milliseconds lookEvery(60);
constexpr std::chrono::milliseconds pause(150); // before ticks are checked

QStringList notesOf(const Result<Replacement> &replacement)
{
    if (!replacement)
        return {replacement.error().message};
    QStringList notes = replacement->refused.mid(0, mostNotes);
    if (replacement->refused.size() > mostNotes)
        notes += FindInWorkflows::tr("… and %n more", nullptr, int(replacement->refused.size() - mostNotes));
    for (const Problem &problem : replacement->arising.mid(0, mostNotes)) {
        const QString step = problem.stepId.isEmpty() ? FindInWorkflows::tr("Workflow") : problem.stepId;
        notes += FindInWorkflows::tr("Would be a problem: %1 · %2").arg(step, problem.message);
    }
    if (replacement->arising.size() > mostNotes) {
        notes += FindInWorkflows::tr("… and %n more problem(s)", nullptr, int(replacement->arising.size() - mostNotes));
    }
    return notes;
}

Result<Replacement> checkReplacing(const SearchSource &source, const QList<SearchHit> &hits)
{
    if (hits.isEmpty())
        return Replacement {};
    return source.path.isEmpty() ? replaceHits(source.definition, source.graph, hits)
                                 : checkReplacingInFile(source.path, {source.found.hash, hits});
}

} // namespace

FindInWorkflows::FindInWorkflows(Documents documents, QSettings *settings, QWidget *parent)
    : QDialog(parent)
    , m_documents(std::move(documents))
    , m_settings(settings)
    , m_results(new SearchResults(this))
    , m_text(new QLineEdit)
    , m_replaces(new QCheckBox(tr("Re&place with")))
    , m_replacement(new QLineEdit)
    , m_folder(new QLineEdit(settings->value(u"search/folder"_qs).toString()))
    , m_choose(new QPushButton(tr("Choose…")))
    , m_pages(new QStackedWidget)
    , m_view(new QTreeView)
    , m_bar(new QProgressBar)
    , m_status(new WrappedText)
    , m_find(new QPushButton)
    , m_replace(new QPushButton)
{
    build();
    connect(m_text, &QLineEdit::textChanged, this, [this] {
        m_isStale = true;
        showState();
    });
    connect(m_replacement, &QLineEdit::textEdited, this, [this] { m_replaces->setChecked(true); });
    connect(m_replacement, &QLineEdit::textChanged, this, [this] {
        m_isStale = true;
        showState();
    });
    for (QCheckBox *box : findChildren<QCheckBox *>()) {
        connect(box, &QCheckBox::toggled, this, [this] {
            m_isStale = true;
            showState();
        });
    }
    connect(m_folder, &QLineEdit::textEdited, this, [this](const QString &text) {
        m_inFolder->setChecked(!text.trimmed().isEmpty());
        m_isStale = true;
        showState();
    });
    connect(m_choose, &QPushButton::clicked, this, &FindInWorkflows::chooseFolder);
    connect(m_find, &QPushButton::clicked, this, &FindInWorkflows::findOrStop);
    connect(m_replace, &QPushButton::clicked, this, &FindInWorkflows::replace);
    connect(m_view, &QTreeView::doubleClicked, this, &FindInWorkflows::activate);
    connect(m_results, &SearchResults::checksChanged, this, [this](int source) {
        m_toCheck.insert(source);
        m_later.start(pause);
        showState();
    });
    connect(&m_later, &QTimer::timeout, this, &FindInWorkflows::recheck);
    connect(&m_look, &QTimer::timeout, this, [this] {
        m_bar->setMaximum(m_progress->total);
        m_bar->setValue(m_progress->done);
    });
    m_later.setSingleShot(true);
    connect(&m_next, &QTimer::timeout, this, &FindInWorkflows::pushNext);
    m_next.setSingleShot(true);
    showState();
}

FindInWorkflows::~FindInWorkflows()
{
    if (m_progress)
        m_progress->stops = true;
}

QCheckBox *FindInWorkflows::addCheck(const QString &text, const QString &name, bool isChecked)
{
    auto *box = new QCheckBox(text);
    box->setObjectName(name);
    box->setChecked(isChecked);
    return box;
}

void FindInWorkflows::build()
{
    setObjectName(u"findInWorkflows"_qs);
    setWindowTitle(tr("Find and replace in workflows"));
    const QSize room = (parentWidget() ? parentWidget()->screen() : screen())->availableSize() * 0.92;
    resize(QSize(980, 660).boundedTo(room));
    m_text->setObjectName(u"findText"_qs);
    m_text->setAccessibleName(tr("Find"));
    m_text->setClearButtonEnabled(true);
    m_replaces->setObjectName(u"findReplaces"_qs);
    m_replacement->setObjectName(u"findReplacement"_qs);
    m_replacement->setAccessibleName(tr("Replace with"));
    m_folder->setObjectName(u"findFolder"_qs);
    m_folder->setAccessibleName(tr("Folder"));
    m_folder->setPlaceholderText(tr("Folder with definition files"));
    m_case = addCheck(tr("Match &case"), u"findCase"_qs, false);
    m_words = addCheck(tr("&Whole words"), u"findWords"_qs, false);
    m_expression = addCheck(tr("Regular e&xpression"), u"findRegular"_qs, false);
    m_ids = addCheck(tr("&Ids"), u"findIds"_qs, true);
    m_texts = addCheck(tr("&Texts"), u"findTexts"_qs, true);
    m_expressions = addCheck(tr("&Expressions"), u"findExpressions"_qs, true);
    m_values = addCheck(tr("&Values"), u"findValues"_qs, true);
    m_ids->setToolTip(tr("Ids of steps; what leads to a step follows"));
    m_texts->setToolTip(tr("The workflow’s name and what messages say"));
    m_expressions->setToolTip(tr("What stands in {{ }}, and conditions"));
    m_values->setToolTip(tr("URLs, numbers, subaccounts, names of outputs and all else"));
    m_inOpen = addCheck(tr("&Open workflows"), u"findInOpen"_qs, true);
    m_inFolder = addCheck(tr("Files in the fol&der"), u"findInFolder"_qs, false);
    m_view->setObjectName(u"findResults"_qs);
    m_view->setAccessibleName(tr("What was found"));
    m_view->setModel(m_results);
    m_view->setUniformRowHeights(true);
    m_view->setAllColumnsShowFocus(true);
    m_view->setItemDelegate(new HitDelegate(m_view));
    m_view->header()->setStretchLastSection(true);
    m_view->installEventFilter(this);
    m_bar->setTextVisible(false);
    m_bar->hide();
    m_status->setObjectName(u"findStatus"_qs);
    m_status->setMostLines(4);
    m_find->setObjectName(u"findButton"_qs);
    m_find->setProperty("primary", true);
    m_find->setDefault(true);
    m_replace->setObjectName(u"replaceButton"_qs);
    m_replace->setAutoDefault(false);
    m_choose->setAutoDefault(false);
    auto *close = new QPushButton(tr("Close"));
    close->setAutoDefault(false);
    connect(close, &QPushButton::clicked, this, &QDialog::reject);

    const auto row = [](std::initializer_list<QWidget *> widgets) {
        auto *layout = new QHBoxLayout;
        layout->setSpacing(14);
        for (QWidget *widget : widgets)
            layout->addWidget(widget, qobject_cast<QLineEdit *>(widget) ? 1 : 0);
        return layout;
    };
    auto *findLabel = new QLabel(tr("&Find"));
    findLabel->setBuddy(m_text);
    auto *grid = new QGridLayout;
    grid->setHorizontalSpacing(12);
    grid->setVerticalSpacing(8);
    grid->addWidget(findLabel, 0, 0);
    grid->addWidget(m_text, 0, 1);
    grid->addWidget(m_replaces, 1, 0);
    grid->addWidget(m_replacement, 1, 1);
    QHBoxLayout *kinds = row({m_ids, m_texts, m_expressions, m_values});
    kinds->addStretch();
    QHBoxLayout *manner = row({m_case, m_words, m_expression});
    manner->addStretch();
    grid->addWidget(new QLabel(tr("What")), 2, 0);
    grid->addLayout(kinds, 2, 1);
    grid->addWidget(new QLabel(tr("How")), 3, 0);
    grid->addLayout(manner, 3, 1);
    grid->addWidget(new QLabel(tr("Where")), 4, 0);
    grid->addLayout(row({m_inOpen, m_inFolder, m_folder, m_choose}), 4, 1);
    auto *bottom = new QHBoxLayout;
    bottom->setSpacing(8);
    bottom->addWidget(m_status, 1, Qt::AlignVCenter);
    bottom->addWidget(m_find);
    bottom->addWidget(m_replace);
    bottom->addWidget(close);
    auto *top = new QWidget;
    top->setLayout(grid);
    grid->setContentsMargins(20, 16, 20, 12);
    bottom->setContentsMargins(20, 12, 20, 14);
    m_pages->addWidget(new EmptyState(
        u"search"_qs, tr("What is found stands here, workflow by workflow, before anything is changed.")));
    m_pages->addWidget(m_view);
    // On a small screen all scrolls but the buttons.
    auto *content = new QWidget;
    auto *column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(top);
    column->addWidget(m_bar);
    column->addWidget(m_pages, 1);
    auto *area = new QScrollArea;
    area->setFrameShape(QFrame::NoFrame);
    area->setWidgetResizable(true);
    area->setWidget(content);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(area, 1);
    layout->addLayout(bottom);
}

void FindInWorkflows::open(const QString &text)
{
    if (!text.isEmpty())
        m_text->setText(text);
    show();
    raise();
    activateWindow();
    m_text->setFocus();
    m_text->selectAll();
}

SearchQuery FindInWorkflows::query() const
{
    SearchQuery query;
    query.text = m_text->text();
    query.replacement = m_replacement->text();
    query.matchesCase = m_case->isChecked();
    query.wholeWords = m_words->isChecked();
    query.isRegularExpression = m_expression->isChecked();
    query.inIds = m_ids->isChecked();
    query.inTexts = m_texts->isChecked();
    query.inExpressions = m_expressions->isChecked();
    query.inValues = m_values->isChecked();
    return query;
}

QList<SearchSource> FindInWorkflows::openSources() const
{
    QList<SearchSource> sources;
    for (WorkflowDocument *document : m_documents()) {
        SearchSource source;
        source.name = document->displayName();
        source.document = document;
        source.revision = document->revision();
        source.definition = document->definition();
        source.graph = document->graph();
        if (document->draft()) {
            source.isFailed = true;
            source.notes = {tr("Its text is no definition at the moment: %1").arg(document->draft()->error.message)};
        }
        sources += source;
    }
    return sources;
}

void FindInWorkflows::findOrStop()
{
    if (m_look.isActive())
        m_progress->stops = true;
    else if (m_work.isRunning())
        m_wish = Wish::Find;
    else
        find();
}

void FindInWorkflows::begin(const QString &words)
{
    m_progress = std::make_shared<Progress>();
    m_bar->setRange(0, 0);
    m_bar->show();
    m_look.start(lookEvery);
    showStatus(words);
}

void FindInWorkflows::end()
{
    m_look.stop();
    m_bar->hide();
    showState();
}

void FindInWorkflows::find()
{
    const Result<SearchPattern> pattern = SearchPattern::compile(query());
    if (!pattern) {
        showStatus(pattern.error().message, true);
        return;
    }
    const QString folder = m_inFolder->isChecked() ? m_folder->text().trimmed() : QString();
    if (m_inFolder->isChecked() && !QFileInfo(folder).isDir()) {
        showStatus(tr("There is no folder “%1”.").arg(folder), true);
        return;
    }
    m_settings->setValue(u"search/folder"_qs, m_folder->text().trimmed());
    const QList<SearchSource> all = openSources();
    QStringList openPaths;
    for (const SearchSource &source : all)
        openPaths += QFileInfo(source.document->filePath()).canonicalFilePath();
    begin(tr("Searching…"));
    m_isStale = false;
    m_work.start([this, pattern = *pattern, folder, openPaths, replaces = m_replaces->isChecked(),
                     sources = m_inOpen->isChecked() ? all : QList<SearchSource>(),
                     progress = m_progress]() mutable -> BackgroundWork::Finish {
        const auto goOn = [progress] { return !progress->stops; };
        const QStringList files = folder.isEmpty() ? QStringList() : definitionFilesIn(folder, goOn);
        for (const QString &path : files) {
            if (openPaths.contains(QFileInfo(path).canonicalFilePath()))
                continue;
            SearchSource source;
            source.path = path;
            source.name = QDir(folder).relativeFilePath(path);
            sources += source;
        }
        progress->total = int(sources.size());
        QList<SearchSource> found;
        qsizetype room = mostHits;
        for (SearchSource &source : sources) {
            if (!goOn() || room <= 0)
                break;
            if (!source.isFailed && source.path.isEmpty()) {
                source.found.hits = findInDefinition(source.definition, source.graph, pattern, room, goOn);
            } else if (!source.isFailed) {
                Result<FileHits> hits = findInFile(source.path, pattern, room, goOn);
                source.isFailed = !hits;
                if (hits)
                    source.found = std::move(*hits);
                else
                    source.notes = {hits.error().message};
            }
            if (replaces && !source.found.hits.isEmpty() && goOn())
                source.notes = notesOf(checkReplacing(source, source.found.hits));
            room -= source.found.hits.size();
            if (!source.found.hits.isEmpty() || source.isFailed)
                found += source;
            ++progress->done;
        }
        const bool isComplete = goOn() && room > 0;
        return [this, found = std::move(found), isComplete]() mutable { showFound(std::move(found), isComplete); };
    });
    showState();
}

void FindInWorkflows::showFound(QList<SearchSource> sources, bool isComplete)
{
    m_toCheck.clear();
    destroy(m_results->setSources(std::move(sources), m_replaces->isChecked()));
    m_pages->setCurrentIndex(m_results->rowCount() > 0 ? 1 : 0);
    m_view->setColumnHidden(SearchResults::AfterColumn, !m_replaces->isChecked());
    qsizetype rows = 0;
    for (int i = 0; i < m_results->rowCount(); ++i) {
        rows += m_results->rowCount(m_results->index(i, 0));
        if (rows > mostExpanded)
            break;
        m_view->expand(m_results->index(i, 0));
        spanNotes(i);
    }
    const int width = m_view->viewport()->width();
    m_view->setColumnWidth(SearchResults::WhereColumn, width * 32 / 100);
    m_view->setColumnWidth(SearchResults::KindColumn, width * 10 / 100);
    m_view->setColumnWidth(SearchResults::BeforeColumn, width * 29 / 100);
    end();
    int workflows = 0;
    int failed = 0;
    for (const SearchSource &source : m_results->sources()) {
        workflows += source.found.hits.isEmpty() ? 0 : 1;
        failed += source.isFailed ? 1 : 0;
    }
    QString text = m_results->hitCount() == 0
        ? tr("Nothing was found.")
        : tr("%1 in %2.")
              .arg(tr("%n hit(s)", nullptr, int(m_results->hitCount())), tr("%n workflow(s)", nullptr, workflows));
    if (failed > 0)
        text += u' ' + tr("%n could not be searched.", nullptr, failed);
    if (!isComplete)
        text += u' ' + tr("Not everything was searched.");
    showStatus(text);
    if (m_results->rowCount() > 0)
        m_view->setCurrentIndex(m_results->index(0, 0));
}

// Notes are sentences, over the whole width.
void FindInWorkflows::spanNotes(int source)
{
    const QModelIndex top = m_results->index(source, 0);
    const int notes = int(m_results->sources().at(source).notes.size());
    for (int row = 0; row < notes; ++row)
        m_view->setFirstColumnSpanned(row, top, true);
}

void FindInWorkflows::recheck()
{
    if (m_isStale || m_toCheck.isEmpty())
        return;
    if (m_work.isRunning() || m_replacing) {
        m_later.start(pause);
        return;
    }
    QList<std::pair<int, QList<bool>>> chosen;
    for (const int source : std::as_const(m_toCheck)) {
        if (!m_results->sources().at(source).isFailed)
            chosen.append({source, m_results->checks(source)});
    }
    m_toCheck.clear();
    m_progress = std::make_shared<Progress>();
    m_work.start([this, chosen, sources = m_results->sources()]() -> BackgroundWork::Finish {
        QList<std::pair<int, QStringList>> notes;
        for (const auto &[number, checks] : chosen) {
            const SearchSource &source = sources.at(number);
            notes.append({number, notesOf(checkReplacing(source, checkedHits(source.found.hits, checks)))});
        }
        return [this, notes] {
            for (const auto &[number, texts] : notes) {
                m_results->setNotes(number, texts);
                spanNotes(number);
            }
            showState();
            const Wish wish = std::exchange(m_wish, Wish::None);
            if (wish == Wish::Find)
                find();
            else if (wish == Wish::Replace)
                replace();
        };
    });
}

void FindInWorkflows::replace()
{
    if (m_isStale || m_look.isActive())
        return;
    if (m_work.isRunning()) {
        m_wish = Wish::Replace;
        return;
    }
    const auto replacing = std::make_shared<WorkflowReplacing>();
    for (int i = 0; i < m_results->rowCount(); ++i) {
        if (!m_results->sources().at(i).isFailed && m_results->checkedCount(i) > 0)
            replacing->add(m_results->sources().at(i), m_results->checks(i));
    }
    if (replacing->count() == 0)
        return;
    m_documents(); // what is being typed is a change, and seen as one
    begin(tr("Replacing…"));
    m_progress->total = int(replacing->count());
    m_work.start([this, replacing, progress = m_progress]() -> BackgroundWork::Finish {
        replacing->work([&] { return !progress->stops; }, [&] { ++progress->done; });
        return [this, replacing] {
            m_replacing = replacing;
            m_next.start();
        };
    });
    showState();
}

// One document in each turn of the event loop.
void FindInWorkflows::pushNext()
{
    if (m_replacing->pushNext(m_progress->stops))
        m_next.start();
    else
        showReplaced();
}

void FindInWorkflows::showReplaced()
{
    const QList<SearchSource> left = m_replacing->left();
    QString text = tr("%1 in %2.")
                       .arg(tr("Replaced %n hit(s)", nullptr, int(m_replacing->replaced())),
                           tr("%n workflow(s)", nullptr, m_replacing->workflows()));
    if (!left.isEmpty())
        text += u' ' + tr("%n could not be changed, or not wholly.", nullptr, int(left.size()));
    m_isStale = true;
    destroy(std::pair(m_results->setSources(left, true), std::exchange(m_replacing, {})));
    m_pages->setCurrentIndex(left.isEmpty() ? 0 : 1);
    m_view->expandAll();
    for (int i = 0; i < m_results->rowCount(); ++i)
        spanNotes(i);
    end();
    showStatus(text, !left.isEmpty());
}

// Elsewhere: many hits take a while.
template <typename Left> void FindInWorkflows::destroy(Left left)
{
    auto held = std::make_shared<Left>(std::move(left));
    m_disposal.start([held = std::move(held)]() mutable {
        held.reset();
        return BackgroundWork::Finish();
    });
}

void FindInWorkflows::showState()
{
    const bool isBusy = m_look.isActive();
    m_find->setText(isBusy ? tr("&Stop") : tr("&Find all"));
    m_find->setEnabled(isBusy || !m_text->text().isEmpty());
    const int checked = m_isStale || !m_replaces->isChecked() ? 0 : int(m_results->checkedCount());
    m_replace->setText(checked > 0 ? tr("&Replace %n hit(s)", nullptr, checked) : tr("&Replace"));
    m_replace->setEnabled(!isBusy && checked > 0);
}

void FindInWorkflows::showStatus(const QString &text, bool isError)
{
    m_status->setText(text);
    m_status->setTone(isError ? WrappedText::Tone::Error : WrappedText::Tone::Muted);
}

void FindInWorkflows::chooseFolder()
{
    const QString folder = QFileDialog::getExistingDirectory(
        this, tr("Folder to search"), m_folder->text().isEmpty() ? QDir::homePath() : m_folder->text());
    if (folder.isEmpty())
        return;
    m_folder->setText(folder);
    m_inFolder->setChecked(true);
    m_isStale = true;
    showState();
}

void FindInWorkflows::activate(const QModelIndex &index)
{
    const SearchHit *hit = m_results->hit(index);
    const int source = m_results->sourceOf(index);
    if (!hit || source < 0)
        return;
    const SearchSource &found = m_results->sources().at(source);
    Q_EMIT placeRequested(found.document, found.path, hit->stepKey, hit->isName ? hit->place.parent() : hit->place);
}

bool FindInWorkflows::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_view && event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent *>(event)->key();
        if (key == Qt::Key_Return || key == Qt::Key_Enter) { // not the default button's
            activate(m_view->currentIndex());
            return true;
        }
    }
    return QDialog::eventFilter(watched, event);
}

} // namespace automation
