#include "app/dialogs/dialogsize.h"

#include <QDialog>
#include <QScreen>

namespace automation {

void resizeWithinScreen(QDialog &dialog, const QSize &wanted)
{
    const QWidget *window = dialog.parentWidget() ? dialog.parentWidget() : &dialog;
    const QSize available = window->screen()->availableSize();
    constexpr int frame = 40; // title bar and a little air
    dialog.resize(wanted.boundedTo(QSize(available.width() - frame / 2, available.height() - frame)));
}

} // namespace automation
