#pragma once

#include "designer/drawing/theme.h"
#include "model/api/apivalues.h"
#include "model/document/workflowdocument.h"

#include <QWidget>

class QStackedWidget;

namespace automation {

class CodeView;
class DiffView;
class GraphView;
class SegmentedControl;

// One open document: its drawing (to edit in Design, with what happened in Runs), its JSON and what changed since it
// was saved. Owns the document.
class DocumentTab : public QWidget
{
    Q_OBJECT
public:
    enum class View { Design, Runs, Json, Diff };

    explicit DocumentTab(std::unique_ptr<WorkflowDocument> document, QWidget *parent = nullptr);
    ~DocumentTab() override;

    WorkflowDocument *document() const { return m_document.get(); }
    GraphView *graphView() const { return m_graphView; }
    View view() const { return m_view; }
    void setTheme(const Theme &theme);
    // The instance to show in Runs; nullptr = none.
    void setRun(const WorkflowInstance *instance, const QList<WorkflowError> &errors);

public Q_SLOTS:
    void setView(automation::DocumentTab::View view);

Q_SIGNALS:
    void viewChanged(automation::DocumentTab::View view);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void refreshTexts();
    void showOverlay();
    void placeSwitch();

    std::unique_ptr<WorkflowDocument> m_document;
    SegmentedControl *m_switch;
    QStackedWidget *m_pages;
    GraphView *m_graphView;
    CodeView *m_json;
    DiffView *m_diff;
    View m_view = View::Design;
    std::optional<WorkflowInstance> m_run;
    QList<WorkflowError> m_errors;
};

} // namespace automation
