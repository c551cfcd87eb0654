#include "app/documenttab.h"

#include "app/session/runpath.h"
#include "app/views/codeview.h"
#include "app/views/diffview.h"
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
    , m_switch(new SegmentedControl(this))
    , m_pages(new QStackedWidget)
    , m_graphView(new GraphView)
    , m_json(new CodeView(tr("Definition as JSON")))
    , m_diff(new DiffView)
{
    m_switch->addSegment(tr("Design"), tr("Edit the workflow (Alt+1)"));
    m_switch->addSegment(tr("Runs"), tr("Watch instances on the drawing (Alt+2)"));
    m_switch->addSegment(tr("JSON"), tr("The text as it would be saved (Alt+3)"));
    m_switch->addSegment(tr("Diff"), tr("What changed since it was saved (Alt+4)"));
    m_switch->setAccessibleName(tr("View"));
    connect(
        m_switch, &SegmentedControl::currentChanged, this, [this](int index) { setView(static_cast<View>(index)); });

    m_json->setJson();
    m_json->setReadOnly(true);
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
    layout->addWidget(m_pages, 1);
    m_pages->installEventFilter(this);
    m_switch->raise();

    m_graphView->setDocument(m_document.get());
    connect(m_document.get(), &WorkflowDocument::changed, this, &DocumentTab::refreshTexts);
    connect(m_document.get(), &WorkflowDocument::modifiedChanged, this, &DocumentTab::refreshTexts);
    connect(m_document.get(), &WorkflowDocument::reloadFailed, this, [this](const Error &error) {
        m_fileNotice->show(NoticeBar::Kind::Error, u"file"_qs, tr("%1 The document is as it was.").arg(error.message),
            {{tr("Keep mine"), [this] { m_watch->keepMine(); }}});
    });
    connect(m_watch, &FileWatch::stateChanged, this, &DocumentTab::showFileState);
}

DocumentTab::~DocumentTab()
{
    delete m_watch; // looks at the document too
    // The view looks at the document until it is gone.
    m_graphView->setDocument(nullptr);
}

void DocumentTab::setTheme(const Theme &theme)
{
    m_fileNotice->setTheme(theme);
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
    refreshTexts();
    showOverlay();
    Q_EMIT viewChanged(view);
}

void DocumentTab::refreshTexts()
{
    // Only what is visible is worth its time.
    if (m_view == View::Json) {
        m_json->showText(m_document->text());
    } else if (m_view == View::Diff) {
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
