#pragma once

#include "designer/drawing/theme.h"
#include "model/api/apivalues.h"
#include "model/document/filewatch.h"
#include "model/document/recoveryjournal.h"
#include "model/document/workflowdocument.h"

#include <QWidget>

class QStackedWidget;

namespace automation {

class DiffView;
class GraphView;
class JsonDocumentView;
class NoticeBar;
class SegmentedControl;

// One open document: its drawing (to edit in Design, with what happened in Runs), its JSON and what changed since it
// was saved. Says when another program changed its file and offers what can be done. Owns the document.
class DocumentTab : public QWidget
{
    Q_OBJECT
public:
    enum class View { Design, Runs, Json, Diff };

    explicit DocumentTab(std::unique_ptr<WorkflowDocument> document, QWidget *parent = nullptr);
    ~DocumentTab() override;

    WorkflowDocument *document() const { return m_document.get(); }
    GraphView *graphView() const { return m_graphView; }
    JsonDocumentView *jsonView() const { return m_json; }
    View view() const { return m_view; }
    // False while what is typed as JSON is no definition: then the text is shown where it is wrong, with the reason.
    bool commitText();
    void setTheme(const Theme &theme);
    // Keeps what happens to the document for the case of a crash; nullptr = nothing does.
    void setJournal(std::unique_ptr<RecoveryJournal> journal) { m_journal = std::move(journal); }
    // The person gives up what is not saved; the tab closes.
    void giveUpChanges();
    // The file may have changed while nobody looked.
    void checkFile() { m_watch->check(); }
    void showRestoreNote(const QString &text);
    void reload();
    // The instance to show in Runs; nullptr = none.
    void setRun(const WorkflowInstance *instance, const QList<WorkflowError> &errors);

public Q_SLOTS:
    void setView(automation::DocumentTab::View view);

Q_SIGNALS:
    void viewChanged(automation::DocumentTab::View view);
    // Before what is on the disk is taken over or the document is saved from a notice here: what is being typed belongs
    // to the document.
    void commitRequested();
    void saveRequested();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void refreshTexts();
    void showOverlay();
    void placeSwitch();
    void showDraftNotice();
    void showFileState(WorkflowDocument::DiskState state);
    void showArrangementState();

    std::unique_ptr<WorkflowDocument> m_document;
    std::unique_ptr<RecoveryJournal> m_journal; // goes before the document
    FileWatch *m_watch;
    NoticeBar *m_fileNotice;
    NoticeBar *m_draftNotice; // beside the drawing while it is not what is typed
    SegmentedControl *m_switch;
    QStackedWidget *m_pages;
    GraphView *m_graphView;
    JsonDocumentView *m_json;
    DiffView *m_diff;
    View m_view = View::Design;
    bool m_isDrawingBehind = false; // it selects what an edit shows, which nobody chose
    std::optional<WorkflowInstance> m_run;
    QList<WorkflowError> m_errors;
};

} // namespace automation
