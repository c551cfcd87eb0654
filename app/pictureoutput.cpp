#include "app/pictureoutput.h"

#include "app/views/jobstatus.h"
#include "app/views/noticebar.h"
#include "designer/canvas/canvasactions.h"
#include "designer/canvas/graphview.h"

#include <QComboBox>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QMainWindow>
#include <QPointer>
#include <QPrintDialog>
#include <QPrinter>
#include <QSettings>
#include <QStatusBar>
#include <utility>

namespace automation {

PictureOutput::PictureOutput(CanvasActions *actions, NoticeBar *notice, QSettings *settings, QMainWindow *window)
    : QObject(window)
    , m_job(actions->pictures())
    , m_notice(notice)
    , m_settings(settings)
    , m_window(window)
{
    window->statusBar()->insertPermanentWidget(0, new JobStatus(m_job));
    connect(m_job, &PictureJob::succeeded, this, [this] {
        if (const QString done = std::exchange(m_done, {}); !done.isEmpty())
            m_notice->show(NoticeBar::Kind::Info, u"file"_qs, done);
    });
    connect(m_job, &PictureJob::failed, this, [this](const QString &message) {
        m_done.clear();
        m_notice->show(NoticeBar::Kind::Error, u"file"_qs, message);
    });
    connect(m_job, &PictureJob::cancelled, this, [this] {
        m_done.clear();
        m_window->statusBar()->showMessage(tr("Cancelled: %1").arg(m_job->name()), 4000);
    });
}

bool PictureOutput::isFree()
{
    if (!m_job->isRunning())
        return true;
    m_notice->show(NoticeBar::Kind::Info, u"picture"_qs,
        tr("Another picture is still being made: %1").arg(m_job->name()), tr("Cancel it"), [this] { m_job->cancel(); });
    return false;
}

void PictureOutput::start(const QString &name, PictureJob::Work work, const QString &done)
{
    if (!isFree())
        return;
    m_notice->clear(u"picture"_qs);
    m_done = done;
    m_job->start(name, std::move(work));
}

void PictureOutput::exportPicture(GraphView *view, CanvasPictures::What what)
{
    if (what == CanvasPictures::What::Selection && view->selection().isEmpty()) {
        m_notice->show(NoticeBar::Kind::Info, u"file"_qs, tr("Select the steps first that the picture should show."));
        return;
    }
    if (!isFree())
        return;
    const QPointer<GraphView> guard(view);
    QString base = QFileInfo(view->document()->displayName()).completeBaseName();
    const QString suggested = QDir(m_settings->value(u"files/directory"_qs, QDir::homePath()).toString())
                                  .filePath(base.replace(u'/', u'-') + u".svg"_qs);
    const QString path = QFileDialog::getSaveFileName(m_window, tr("Export drawing"), suggested,
        tr("SVG drawing (*.svg);;PNG picture (*.png);;PDF document (*.pdf)"));
    if (path.isEmpty() || !guard)
        return;
    start(tr("Writing %1").arg(QFileInfo(path).fileName()), CanvasPictures::write(*view, path, what),
        tr("The drawing is in %1.").arg(QDir::toNativeSeparators(path)));
}

void PictureOutput::print(GraphView *view)
{
    if (!isFree())
        return;
    const QPointer<GraphView> guard(view);
    const auto printer = std::make_shared<QPrinter>(QPrinter::HighResolution);
    printer->setDocName(view->document()->displayName());
    const QRectF bounds = view->scene()->bounds();
    printer->setPageOrientation(bounds.width() > bounds.height() ? QPageLayout::Landscape : QPageLayout::Portrait);
    QPrintDialog dialog(printer.get(), m_window);
    dialog.setWindowTitle(tr("Print the drawing"));
    dialog.setOption(QAbstractPrintDialog::PrintSelection, !view->selection().isEmpty());
    auto *fit = new QComboBox;
    fit->setWindowTitle(tr("Drawing")); // of the dialog's tab
    fit->setAccessibleName(tr("How the drawing is put on pages"));
    fit->addItem(tr("All on one page"));
    fit->addItem(tr("Legible, on as many pages as it takes"));
    dialog.setOptionTabs({fit});
    if (dialog.exec() != QDialog::Accepted || !guard)
        return;
    const auto what = dialog.printRange() == QAbstractPrintDialog::Selection ? CanvasPictures::What::Selection
                                                                             : CanvasPictures::What::All;
    const auto pages = fit->currentIndex() == 0 ? PicturePrint::Fit::OnePage : PicturePrint::Fit::Pages;
    const QString path = printer->outputFileName();
    if (path.isEmpty()) {
        start(tr("Printing %1").arg(view->document()->displayName()),
            CanvasPictures::print(*view, what, pages, printer), tr("The drawing went to the printer."));
        return;
    }
    // Into a file without the printer in between, so that one that fails leaves what was there.
    const PicturePrint::Paper paper {printer->pageLayout(), printer->pageRanges(), printer->resolution()};
    start(tr("Printing into %1").arg(QFileInfo(path).fileName()),
        CanvasPictures::printToFile(*view, what, pages, paper, path),
        tr("The drawing is in %1.").arg(QDir::toNativeSeparators(path)));
}

} // namespace automation
