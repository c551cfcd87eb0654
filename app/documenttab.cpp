#include "app/documenttab.h"

#include "app/session/runpath.h"
#include "app/views/diffview.h"
#include "app/views/jsondocumentview.h"
#include "app/views/jsoneditor.h"
#include "app/views/noticebar.h"
#include "designer/canvas/graphview.h"
#include "designer/style/segmentedcontrol.h"

#include <QDir>
#include <QEvent>
#include <QFile>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace automation {

namespace {
constexpr int switchTop = 10; // distance of the view switch from the top edge
}

DocumentTab::DocumentTab(std::unique_ptr<WorkflowDocument> document, QWidget *parent)
    : QWidget(parent)
    , m_document(std::move(document))
    , m_watch(new FileWatch(*m_document, this))
    , m_fileNotice(new NoticeBar)
    , m_draftNotice(new NoticeBar)
    , m_switch(new SegmentedControl(this))
    , m_pages(new QStackedWidget)
    , m_graphView(new GraphView)
    , m_json(new JsonDocumentView(m_document.get()))
    , m_diff(new DiffView)
{
    m_switch->addSegment(tr("Design"), tr("Edit the workflow (Alt+1)"));
    m_switch->addSegment(tr("Runs"), tr("Watch instances on the drawing (Alt+2)"));
    m_switch->addSegment(tr("JSON"), tr("Edit the text of the definition (Alt+3)"));
    m_switch->addSegment(tr("Diff"), tr("What changed since it was saved (Alt+4)"));
    m_switch->setAccessibleName(tr("View"));
    connect(
        m_switch, &SegmentedControl::currentChanged, this, [this](int index) { setView(static_cast<View>(index)); });

    const auto withRoomForSwitch = [this](QWidget *widget) {
        auto *page = new QWidget;
        auto *layout = new QVBoxLayout(page);
        layout->setContentsMargins(0, m_switch->sizeHint().height() + 2 * switchTop, 0, 0);
        layout->addWidget(widget);
        return page;
    };
    m_pages->addWidget(m_graphView);
    m_pages->addWidget(withRoomForSwitch(m_json));
    m_pages->addWidget(withRoomForSwitch(m_diff));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_fileNotice);
    layout->addWidget(m_draftNotice);
    layout->addWidget(m_pages, 1);
    m_pages->installEventFilter(this);
    m_switch->raise();

    connect(m_document.get(), &WorkflowDocument::changed, this, [this] { m_isDrawingBehind = true; });
    m_graphView->setDocument(m_document.get());
    connect(m_document.get(), &WorkflowDocument::changed, this,
        [this] { m_isDrawingBehind = m_graphView->isLayoutPending(); });
    connect(
        m_graphView, &GraphView::sceneChanged, this, [this] { m_isDrawingBehind = m_graphView->isLayoutPending(); },
        Qt::QueuedConnection);
    connect(m_document.get(), &WorkflowDocument::changed, this, &DocumentTab::refreshTexts);
    connect(m_document.get(), &WorkflowDocument::modifiedChanged, this, &DocumentTab::refreshTexts);
    connect(m_document.get(), &WorkflowDocument::reloadFailed, this, [this](const Error &error) {
        m_fileNotice->show(NoticeBar::Kind::Error, u"file"_qs, tr("%1 The document is as it was.").arg(error.message),
            {{tr("Keep mine"), [this] { m_watch->keepMine(); }}});
    });
    connect(m_document.get(), &WorkflowDocument::draftChanged, this, &DocumentTab::showDraftNotice);
    connect(m_json, &JsonDocumentView::nodeEntered, this, [this](const QString &key) {
        if (m_graphView->selection() != QStringList {key})
            m_graphView->revealStep(key);
    });
    connect(m_graphView, &GraphView::selectionChanged, this, [this](const QStringList &keys) {
        if (m_view == View::Json && !m_isDrawingBehind && keys.size() == 1)
            m_json->showNode(keys.first());
    });
    connect(m_watch, &FileWatch::stateChanged, this, &DocumentTab::showFileState);
    connect(m_watch, &FileWatch::stateChanged, this, &DocumentTab::showArrangementState);
    connect(m_watch, &FileWatch::arrangementChanged, this, &DocumentTab::showArrangementState);
    showDraftNotice(); // one that was restored
}

DocumentTab::~DocumentTab()
{
    delete m_watch; // looks at the document too
    delete m_json;
    // The view looks at the document until it is gone.
    m_graphView->setDocument(nullptr);
}

void DocumentTab::setTheme(const Theme &theme)
{
    m_fileNotice->setTheme(theme);
    m_draftNotice->setTheme(theme);
    m_graphView->setTheme(theme);
    m_json->setTheme(theme);
    m_diff->setTheme(theme);
}

void DocumentTab::setRun(const WorkflowInstance *instance, const QList<WorkflowError> &errors)
{
    m_run = instance ? std::optional(*instance) : std::nullopt;
    m_errors = errors;
    showOverlay();
}

void DocumentTab::showOverlay()
{
    if (m_view == View::Runs && m_run)
        m_graphView->setRunOverlay(runOverlay(m_document->graph(), *m_run, m_errors));
    else
        m_graphView->setRunOverlay({});
}

void DocumentTab::setView(View view)
{
    if (m_view == view)
        return;
    m_view = view;
    m_switch->setCurrentIndex(static_cast<int>(view));
    m_pages->setCurrentIndex(view == View::Json ? 1 : view == View::Diff ? 2 : 0);
    m_graphView->setReadOnly(view != View::Design);
    m_json->setActive(view == View::Json);
    showDraftNotice();
    refreshTexts();
    showOverlay();
    Q_EMIT viewChanged(view);
    if (view == View::Json) {
        if (const QStringList keys = m_graphView->selection(); keys.size() == 1)
            m_json->showNode(keys.first());
        m_json->setFocus(Qt::OtherFocusReason);
    }
}

bool DocumentTab::commitText()
{
    m_json->editor()->takeChanges();
    if (!m_document->draft())
        return true;
    setView(View::Json);
    m_json->showDraft();
    return false;
}

// While one types the line below the text says it; there nothing may jump.
void DocumentTab::showDraftNotice()
{
    const std::optional<TextDraft> &draft = m_document->draft();
    if (!draft || m_view == View::Json) {
        m_draftNotice->clear(u"draft"_qs);
        return;
    }
    m_draftNotice->show(NoticeBar::Kind::Warning, u"draft"_qs,
        tr("What is typed as JSON is no workflow yet, so this is the last good state. %1").arg(draft->error.message),
        tr("Show"), [this] { commitText(); });
}

void DocumentTab::refreshTexts()
{
    // Only what is visible is worth its time.
    if (m_view == View::Diff) {
        QFile file(m_document->filePath());
        const QByteArray saved
            = !m_document->filePath().isEmpty() && file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
        m_diff->setTexts(saved, m_document->text(),
            m_document->filePath().isEmpty() ? tr("Not saved yet:")
                : m_watch->state() == WorkflowDocument::DiskState::Changed
                ? tr("From the file as another program left it to this document:")
                : tr("Changes that saving would write:"),
            tr("Nothing changed: the file and this document have the same bytes."));
    } else if (m_view == View::Runs) {
        showOverlay();
    }
}

void DocumentTab::giveUpChanges()
{
    if (m_journal)
        m_journal->discard();
}

void DocumentTab::reload()
{
    Q_EMIT commitRequested();
    m_document->reloadInBackground();
}

void DocumentTab::showRestoreNote(const QString &text)
{
    m_fileNotice->show(NoticeBar::Kind::Warning, u"restored"_qs, text);
}

void DocumentTab::showFileState(WorkflowDocument::DiskState state)
{
    using DiskState = WorkflowDocument::DiskState;
    const QString name = QDir::toNativeSeparators(m_document->filePath());
    switch (state) {
    case DiskState::Same:
        m_fileNotice->clear(u"file"_qs);
        break;
    case DiskState::Changed:
        m_fileNotice->show(NoticeBar::Kind::Warning, u"file"_qs,
            m_document->isModified() ? tr("Another program changed “%1”. Your changes here are not in it.").arg(name)
                                     : tr("Another program changed “%1”.").arg(name),
            {{tr("Reload"), [this] { reload(); }}, {tr("Keep mine"), [this] { m_watch->keepMine(); }},
                {tr("Compare"), [this] { setView(View::Diff); }, true}});
        break;
    case DiskState::Missing:
        m_fileNotice->show(NoticeBar::Kind::Warning, u"file"_qs,
            tr("“%1” was deleted or moved by another program. The document is still here; saving writes the file "
               "again.")
                .arg(name),
            {{tr("Save"), [this] { Q_EMIT saveRequested(); }, true}});
        break;
    case DiskState::Unreadable:
        m_fileNotice->show(NoticeBar::Kind::Warning, u"file"_qs,
            tr("“%1” cannot be read any more: another program replaced it or took the permission away. The document "
               "is still here; save it under another name to be safe.")
                .arg(name));
        break;
    }
    refreshTexts();
}

// What reloading the file brings along needs no word of its own.
void DocumentTab::showArrangementState()
{
    if (!m_watch->isArrangementChanged() || m_watch->state() != WorkflowDocument::DiskState::Same) {
        m_fileNotice->clear(u"arrangement"_qs);
        return;
    }
    m_fileNotice->show(NoticeBar::Kind::Warning, u"arrangement"_qs,
        tr("Another program changed where the cards of this drawing stand."),
        {{tr("Reload"),
             [this] {
                 if (const Result<void> taken = m_watch->reloadArrangement(); !taken)
                     m_fileNotice->show(NoticeBar::Kind::Error, u"arrangement"_qs, taken.error().message);
             }},
            {tr("Keep mine"), [this] { m_watch->keepArrangement(); }}});
}

void DocumentTab::placeSwitch()
{
    m_switch->adjustSize();
    m_switch->move((width() - m_switch->width()) / 2, m_pages->y() + switchTop);
}

bool DocumentTab::eventFilter(QObject *watched, QEvent *event)
{
    // A notice above moves the pages, and the switch with them.
    if (watched == m_pages && (event->type() == QEvent::Resize || event->type() == QEvent::Move))
        placeSwitch();
    return QWidget::eventFilter(watched, event);
}

} // namespace automation
