#pragma once

#include "app/recoverycontroller.h"

#include <QDialog>
#include <QPointer>
#include <QTimer>

class QProgressBar;
class QPushButton;
class QVBoxLayout;

namespace automation {

// The documents that were open with unsaved changes when the program ended: each can be restored or discarded, all be
// restored, or left for later. Shows how far restoring is, and can cancel it.
class RecoveryDialog : public QDialog
{
    Q_OBJECT
public:
    explicit RecoveryDialog(RecoveryController *controller, QWidget *parent = nullptr); // not owned, outlives this

private:
    void rebuild();
    QWidget *makeRow(const std::shared_ptr<LeftDocument> &document);

    RecoveryController *m_controller;
    QVBoxLayout *m_rows;
    QPushButton *m_restoreAll;
    QPointer<QProgressBar> m_progress; // of what is being restored; one of the rows holds it
    QTimer m_progressTimer;
    bool m_closesWhenRestored = false;
};

} // namespace automation
