#pragma once

#include <QObject>

class QSocketNotifier;

namespace automation {

// Turns what asks this process to end (SIGTERM, SIGINT, and on request the end of its standard input) into one signal
// on the event loop. At most one object in a process.
class ShutdownWatch : public QObject
{
    Q_OBJECT
public:
    explicit ShutdownWatch(QObject *parent = nullptr);
    ~ShutdownWatch() override;

    // Also when whoever started us is gone: standard input ends then.
    void watchStandardInput();

signals:
    void shutdownRequested();

private:
    static void onSignal(int);

    QSocketNotifier *m_signals = nullptr;
    QSocketNotifier *m_input = nullptr;
};

} // namespace automation
