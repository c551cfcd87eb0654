// The window's search over all open workflows and a folder of files.

#include "app/mainwindow.h"

#include "app/dialogs/findinworkflows.h"
#include "app/views/jsondocumentview.h"
#include "app/views/jsoneditor.h"
#include "designer/canvas/graphview.h"
#include "designer/inspector/inspector.h"

#include <QTabWidget>

namespace automation {

void MainWindow::findInWorkflows()
{
    if (!m_find) {
        const auto documents = [this] {
            QList<WorkflowDocument *> open;
            m_inspector->commitPending();
            for (int i = 0; i < m_tabs->count(); ++i) {
                tabAt(i)->jsonView()->editor()->takeChanges();
                open += tabAt(i)->document();
            }
            return open;
        };
        m_find = new FindInWorkflows(documents, m_settings, this);
        connect(m_find, &FindInWorkflows::placeRequested, this, &MainWindow::showFound);
    }
    m_find->open({});
}

void MainWindow::showFound(
    WorkflowDocument *document, const QString &path, const QString &stepKey, const JsonPointer &place)
{
    if (!path.isEmpty()) {
        openFile(path, [this, stepKey, place] { showPlaceOf(currentTab(), stepKey, place); });
        return;
    }
    for (int i = 0; i < m_tabs->count(); ++i) {
        if (tabAt(i)->document() != document)
            continue; // or it was closed meanwhile
        m_tabs->setCurrentIndex(i);
        showPlaceOf(tabAt(i), stepKey, place);
    }
}

void MainWindow::showPlaceOf(DocumentTab *tab, const QString &stepKey, const JsonPointer &place)
{
    activateWindow();
    tab->setView(DocumentTab::View::Design);
    const QString key = stepKey.isEmpty() ? DefinitionGraph::triggerKey() : stepKey;
    if (tab->document()->graph().indexOfKey(key) < 0)
        return;
    goToStep(key);
    m_inspector->focusField(key, place);
}

} // namespace automation
