#pragma once

#include <QSize>

class QDialog;

namespace automation {

// The wanted size (device independent pixels), or as much of it as the screen of the dialog's window has room for
// beside frame and task bar.
void resizeWithinScreen(QDialog &dialog, const QSize &wanted);

} // namespace automation
