// The window's command palette and list of keys.

#include "app/mainwindow.h"

#include "app/commands/commandpalette.h"
#include "app/dialogs/shortcutdialog.h"
#include "app/views/noticebar.h"
#include "designer/canvas/graphview.h"
#include "designer/inspector/inspector.h"
#include "model/document/commands/clipboardcommands.h"

#include <QMenuBar>
#include <QSettings>

namespace automation {

void MainWindow::openCommandPalette()
{
    const QString recentKey = u"commands/recent"_qs;
    if (!m_commandPalette) {
        m_commandPalette = new CommandPalette(this);
        connect(m_commandPalette, &CommandPalette::chosen, this, [this, recentKey](const auto &entry) {
            // Steps belong to one document; only actions are worth remembering for the next time.
            if (entry.action) {
                QStringList recent = m_settings->value(recentKey).toStringList();
                recent.removeAll(entry.id);
                recent.prepend(entry.id);
                m_settings->setValue(
                    recentKey, QStringList(recent.first(std::min(recent.size(), CommandPaletteModel::MostRecent))));
                entry.action->trigger();
            } else if (DocumentTab *tab = currentTab()) {
                if (tab->view() != DocumentTab::View::Runs)
                    tab->setView(DocumentTab::View::Design);
                goToStep(entry.stepKey);
                tab->graphView()->setFocus(Qt::ShortcutFocusReason);
            }
        });
    }
    if (m_commandPalette->isOpen()) {
        m_commandPalette->close();
        return;
    }
    updateActions();
    const DocumentTab *tab = currentTab();
    m_commandPalette->open(
        menuBar()->actions(), tab ? &tab->document()->graph() : nullptr, m_settings->value(recentKey).toStringList());
}

void MainWindow::showShortcuts()
{
    auto *dialog = new ShortcutDialog(menuBar()->actions(), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

// The selected steps go into a document of their own, with the same trigger; here, what led to them leads on.
void MainWindow::extractSelection()
{
    DocumentTab *tab = currentTab();
    if (!tab || !m_inspector->commitPending())
        return;
    WorkflowDocument *document = tab->document();
    QStringList keys = tab->graphView()->selection();
    keys.removeAll(DefinitionGraph::triggerKey());
    const WorkflowDefinition &definition = document->definition();
    std::unique_ptr<WorkflowDocument> extracted
        = WorkflowDocument::createEmpty(definition.trigger(), tr("%1 (extracted)").arg(definition.name()));
    const auto fail
        = [this](const Error &error) { m_notice->show(NoticeBar::Kind::Warning, u"edit"_qs, error.message); };
    const Result<QByteArray> steps = copySteps(definition, document->graph(), keys);
    if (!steps)
        return fail(steps.error());
    const Result<DefinitionEdit> pasted
        = pasteSteps(extracted->definition(), extracted->graph(), *steps, StepPlace::atEnd());
    if (!pasted)
        return fail(pasted.error());
    if (const Result<void> done = extracted->push(*pasted); !done)
        return fail(done.error());
    if (tab->graphView()->editor().remove(keys, true))
        addTab(std::move(extracted));
}

} // namespace automation
