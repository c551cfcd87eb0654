// The window's command palette and list of keys.

#include "app/mainwindow.h"

#include "app/commands/commandpalette.h"
#include "app/dialogs/shortcutdialog.h"
#include "designer/canvas/graphview.h"

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
                revealStep(entry.stepKey);
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

} // namespace automation
