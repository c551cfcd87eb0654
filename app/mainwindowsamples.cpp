// The window's samples: what results are shown with besides the trigger's examples.

#include "app/mainwindow.h"

#include "app/dialogs/samplesdialog.h"
#include "app/runcontroller.h"
#include "app/settings/samplestore.h"
#include "app/views/noticebar.h"
#include "designer/inspector/inspector.h"
#include "designer/style/applicationstyle.h"

#include <QStandardPaths>
#include <QStatusBar>

namespace automation {

void MainWindow::connectSamples()
{
    m_samples
        = new SampleStore(QStandardPaths::writableLocation(QStandardPaths::AppDataLocation) + u"/samples"_qs, this);
    m_runs->setSamples(m_samples);
    connect(m_samples, &SampleStore::changed, this, [this] { m_inspector->setSavedSamples(m_samples->samples()); });
    connect(m_inspector, &Inspector::samplesRequested, this, [this] { openSamples(); });
    m_samples->read();
}

SamplesDialog *MainWindow::openSamples()
{
    DocumentTab *tab = currentTab();
    if (!tab)
        return nullptr;
    const WorkflowDocument *document = tab->document();
    const StepType *trigger = document->graph().nodes().first().type;
    auto *dialog = new SamplesDialog(m_samples, trigger ? trigger->name : document->definition().trigger(),
        trigger ? trigger->label : document->definition().trigger(), m_inspector->sampleData(), currentTheme(), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &SamplesDialog::sampleSaved, this, [this](const SavedSample &sample, bool isNew) {
        if (!isNew)
            return;
        m_inspector->chooseSavedSample(sample.id);
        statusBar()->showMessage(tr("Results are shown with the saved sample “%1” now").arg(sample.name), 6000);
    });
    dialog->open();
    return dialog;
}

// The selected instance's context, to be given a name.
void MainWindow::saveInstanceSample()
{
    const std::optional<WorkflowInstance> instance = m_session->selectedInstance();
    if (!instance || !instance->data.isObject())
        return;
    if (SamplesDialog *dialog = openSamples())
        dialog->addNew(tr("Instance %1").arg(instance->id), true, instance->data);
}

} // namespace automation
