#pragma once

#include "designer/canvas/canvaspictures.h"

#include <QObject>

class QMainWindow;
class QSettings;

namespace automation {

class CanvasActions;
class GraphView;
class NoticeBar;

// Exports and prints drawings: asks where to, lets the work be done on another thread and says how it ended. GUI
// thread.
class PictureOutput : public QObject
{
    Q_OBJECT
public:
    // All outlive this.
    PictureOutput(CanvasActions *actions, NoticeBar *notice, QSettings *settings, QMainWindow *window);

    void exportPicture(GraphView *view, CanvasPictures::What what);
    void print(GraphView *view);

private:
    // done: what is said after success.
    void start(const QString &name, PictureJob::Work work, const QString &done);
    bool isFree();

    PictureJob *m_job;
    NoticeBar *m_notice;
    QSettings *m_settings;
    QMainWindow *m_window;
    QString m_done;
};

} // namespace automation
