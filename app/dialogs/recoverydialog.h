#pragma once

#include "app/recoverycontroller.h"

#include <QDialog>

class QPushButton;
class QVBoxLayout;

namespace automation {

// The documents that were open with unsaved changes when the program ended: each can be restored or discarded, all be
// restored, or left for later.
class RecoveryDialog : public QDialog
{
    Q_OBJECT
public:
    explicit RecoveryDialog(RecoveryController *controller, QWidget *parent = nullptr); // not owned, outlives this

Q_SIGNALS:
    void restoreRequested(const std::shared_ptr<automation::LeftDocument> &document);

private:
    void rebuild();
    QWidget *makeRow(const std::shared_ptr<LeftDocument> &document);

    RecoveryController *m_controller;
    QVBoxLayout *m_rows;
    QPushButton *m_restoreAll;
};

} // namespace automation
