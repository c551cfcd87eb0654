// The designer's window with one file, which the test edits through the screen and kills.
//   windowsubject FILE JOURNALS SETTINGS

#include "app/mainwindow.h"
#include "designer/canvas/graphview.h"
#include "tests/end_to_end/commandlog.h"

#include <cstdlib>
#include <QApplication>
#include <QSettings>
#include <QTimer>

using namespace automation;

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    QApplication::setApplicationName(u"windowsubject"_qs);
    const QStringList arguments = QCoreApplication::arguments();
    QSettings settings(arguments.value(3), QSettings::IniFormat);
    MainWindow window(&settings);
    window.setThemeChoice(MainWindow::ThemeChoice::Light);
    window.resize(1600, 960);
    window.move(0, 0);
    window.show();
    window.startRecovery(arguments.value(2));
    window.openFile(arguments.value(1));
    while (window.isOpening())
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
    if (!window.currentTab())
        return EXIT_FAILURE;
    // The first record says that the drawing is there.
    const GraphView *canvas = window.currentTab()->graphView();
    WorkflowDocument *document = window.currentTab()->document();
    QTimer look;
    QObject::connect(&look, &QTimer::timeout, &look, [&look, canvas, document] {
        if (canvas->isLayoutPending() || canvas->scene()->nodes().isEmpty())
            return;
        look.stop();
        logChanges(*document);
    });
    look.start(std::chrono::milliseconds(20));
    return QApplication::exec();
}
