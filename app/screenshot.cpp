#include "app/screenshot.h"

#include "app/mainwindow.h"
#include "designer/canvas/graphview.h"

#include <chrono>
#include <QDir>
#include <QPixmap>

namespace automation {

namespace {
constexpr std::chrono::milliseconds lookInterval(50);
constexpr int mostLooks = 400; // 20 s
constexpr int settledEnough = 6; // looks in a row, so that the last layout and polish are done
} // namespace

Screenshot::Screenshot(MainWindow *window, const QString &path, bool connecting)
    : QObject(window)
    , m_window(window)
    , m_path(path)
    , m_connecting(connecting)
{
    m_timer.setInterval(lookInterval);
    connect(&m_timer, &QTimer::timeout, this, &Screenshot::look);
}

void Screenshot::start()
{
    m_timer.start();
}

bool Screenshot::hasSettled() const
{
    const AccountSession::State state = m_window->session()->state();
    if (m_connecting && (state == AccountSession::State::Disconnected || state == AccountSession::State::Connecting))
        return false;
    if (m_window->isOpening())
        return false;
    const DocumentTab *tab = m_window->currentTab();
    return !tab || (!tab->graphView()->isLayoutPending() && tab->document()->isChecked());
}

void Screenshot::look()
{
    m_settledLooks = hasSettled() ? m_settledLooks + 1 : 0;
    if (m_settledLooks < settledEnough && ++m_looks < mostLooks)
        return;
    m_timer.stop();
    if (m_window->grab().save(m_path))
        Q_EMIT finished({});
    else
        Q_EMIT finished(tr("The picture could not be written to %1.").arg(QDir::toNativeSeparators(m_path)));
}

} // namespace automation
