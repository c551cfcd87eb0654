#include "app/views/jobstatus.h"

#include "designer/canvas/picturejob.h"
#include "designer/style/themedicon.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QToolButton>

namespace automation {

JobStatus::JobStatus(PictureJob *job, QWidget *parent)
    : QWidget(parent)
    , m_job(job)
    , m_text(new QLabel)
    , m_bar(new QProgressBar)
{
    constexpr int Moment = 200; // ms
    constexpr int BarWidth = 120;
    setObjectName(u"jobStatus"_qs);
    m_text->setTextFormat(Qt::PlainText);
    m_text->setProperty("textRole", u"small"_qs);
    m_bar->setObjectName(u"jobProgress"_qs);
    m_bar->setRange(0, 100);
    m_bar->setTextVisible(false);
    m_bar->setFixedWidth(BarWidth);
    m_bar->setFixedHeight(6);
    auto *cancel = new QToolButton;
    cancel->setObjectName(u"jobCancel"_qs);
    cancel->setAutoRaise(true);
    cancel->setText(tr("Cancel"));
    cancel->setIcon(themedIcon(u"close"_qs));
    cancel->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    cancel->setToolTip(tr("Give the picture up; a file that was there stays"));
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(m_text);
    layout->addWidget(m_bar);
    layout->addWidget(cancel);
    m_moment.setSingleShot(true);
    m_moment.setInterval(Moment);
    connect(&m_moment, &QTimer::timeout, this, &QWidget::show);
    connect(cancel, &QToolButton::clicked, job, &PictureJob::cancel);
    connect(job, &PictureJob::started, this, &JobStatus::begin);
    connect(job, &PictureJob::progressed, m_bar, &QProgressBar::setValue);
    connect(job, &PictureJob::succeeded, this, &JobStatus::end);
    connect(job, &PictureJob::failed, this, &JobStatus::end);
    connect(job, &PictureJob::cancelled, this, &JobStatus::end);
    hide();
}

void JobStatus::begin()
{
    constexpr int Widest = 280;
    m_text->setText(m_text->fontMetrics().elidedText(m_job->name(), Qt::ElideMiddle, Widest));
    m_bar->setAccessibleName(m_job->name());
    m_bar->setValue(0);
    m_moment.start();
}

void JobStatus::end()
{
    m_moment.stop();
    hide();
}

} // namespace automation
