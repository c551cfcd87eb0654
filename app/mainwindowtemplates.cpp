// The window's templates: making documents from them, and templates from documents.

#include "app/mainwindow.h"

#include "app/dialogs/savetemplatedialog.h"
#include "app/dialogs/templategallery.h"
#include "app/runcontroller.h"
#include "app/views/noticebar.h"
#include "designer/inspector/inspector.h"
#include "designer/style/applicationstyle.h"

#include <QDir>
#include <QStandardPaths>
#include <QStatusBar>

namespace automation {

namespace {

QString templateFolder()
{
    return QStandardPaths::writableLocation(QStandardPaths::AppDataLocation) + u"/templates"_qs;
}

} // namespace

void MainWindow::newFromTemplate(const QString &templateId)
{
    auto *gallery = new TemplateGallery(templateFolder(), currentTheme(), this);
    gallery->setAttribute(Qt::WA_DeleteOnClose);
    connect(gallery, &QDialog::accepted, this, [this, gallery] {
        const FilledTemplate &filled = gallery->filled();
        Result<std::unique_ptr<WorkflowDocument>> document
            = WorkflowDocument::fromText(filled.text, gallery->chosen().title);
        if (!document) {
            m_notice->show(NoticeBar::Kind::Error, u"file"_qs, document.error().message);
            return;
        }
        (*document)->setAttachment(withRehearsal({}, gallery->chosen().payloadName, filled.payload));
        addTab(std::move(*document));
        const QStringList left = gallery->leftAsSuggested();
        if (!left.isEmpty()) {
            m_notice->show(NoticeBar::Kind::Info, u"template"_qs,
                tr("Still as the template has it: %1. Change it before you publish.").arg(left.join(tr(", "))));
        }
    });
    if (!templateId.isEmpty())
        gallery->choose(templateId);
    gallery->open();
}

void MainWindow::saveAsTemplate()
{
    DocumentTab *tab = currentTab();
    if (!tab || !m_inspector->commitPending() || !tab->commitText())
        return;
    QStringList taken;
    for (const QString &name : QDir(templateFolder()).entryList({u"*.json"_qs}, QDir::Files)) {
        if (!name.endsWith(u".about.json"))
            taken += name.chopped(5);
    }
    auto *dialog = new SaveTemplateDialog(tab->document()->definition().name(), taken, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, tab, [this, tab, dialog] {
        const auto [payloadName, payload] = rehearsalOf(tab->document()->attachment());
        m_templateWork.start([this, content = tab->document()->snapshot(), title = dialog->title(),
                                 sentence = dialog->sentence(), payloadName = payloadName,
                                 payload = payload]() -> BackgroundWork::Finish {
            const Result<void> saved = saveTemplate(templateFolder(), title, sentence, content, payloadName, payload);
            return [this, saved, title] {
                if (saved)
                    statusBar()->showMessage(tr("Saved the template “%1”").arg(title), 4000);
                else
                    m_notice->show(NoticeBar::Kind::Error, u"template"_qs, saved.error().message);
            };
        });
    });
    dialog->open();
}

} // namespace automation
