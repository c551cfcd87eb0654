#pragma once

#include <QTimer>
#include <QWidget>

class QLabel;
class QProgressBar;

namespace automation {

class PictureJob;

// Says in the status bar what is being made, how far it is, and lets the person cancel it. Shown only while something
// takes longer than a moment.
class JobStatus : public QWidget
{
    Q_OBJECT
public:
    // job: not owned, outlives this.
    explicit JobStatus(PictureJob *job, QWidget *parent = nullptr);

private:
    void begin();
    void end();

    PictureJob *m_job;
    QLabel *m_text;
    QProgressBar *m_bar;
    QTimer m_moment;
};

} // namespace automation
