#pragma once

#include "model/document/backgroundwork.h"
#include "model/json/result.h"

#include <atomic>
#include <functional>
#include <memory>
#include <QObject>

namespace automation {

// Makes one picture at a time on a thread of its own, so that the window never waits: says how far it is and can be
// cancelled. All functions and signals on the GUI thread.
class PictureJob : public QObject
{
    Q_OBJECT
public:
    using GoesOn = std::function<bool(qreal share)>;
    using Finish = std::function<void()>; // on the GUI thread, after success; may be empty
    // Runs on the other thread, with values of its own only: what it was made from may change or go meanwhile. Asks
    // goesOn as it goes along, and ends with the error Cancelled when that says no.
    using Work = std::function<Result<Finish>(const GoesOn &goesOn)>;

    explicit PictureJob(QObject *parent = nullptr);
    // Waits until the picture is made: a file that a person asked for is written even when the program closes.
    ~PictureJob() override;

    // False when one is being made already. name: what is made, for people.
    bool start(const QString &name, Work work);
    void cancel();
    bool isRunning() const { return m_work.isRunning(); }
    QString name() const { return m_name; }

Q_SIGNALS:
    void started();
    void progressed(int percent); // grows
    // One of these is last; then the next can start.
    void succeeded();
    void failed(const QString &message);
    void cancelled();

private:
    struct Shared
    { // with the other thread
        std::atomic<bool> isCancelled = false;
    };
    void end(const Result<Finish> &result, bool wasCancelled);

    std::shared_ptr<Shared> m_shared;
    QString m_name;
    BackgroundWork m_work; // goes first: its thread uses the rest
};

} // namespace automation
