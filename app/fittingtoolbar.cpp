#include "app/fittingtoolbar.h"

#include <QLayout>

namespace automation {

void FittingToolBar::addShortening(const std::function<void(bool)> &shorten)
{
    m_shortenings.append(shorten);
}

bool FittingToolBar::isTooWide() const
{
    // What changed a moment ago is not laid out yet.
    for (QWidget *child : findChildren<QWidget *>(QString(), Qt::FindDirectChildrenOnly)) {
        if (child->layout())
            child->layout()->activate();
    }
    layout()->invalidate();
    return layout()->sizeHint().width() > width();
}

void FittingToolBar::fit()
{
    for (const auto &shorten : std::as_const(m_shortenings))
        shorten(false);
    for (const auto &shorten : std::as_const(m_shortenings)) {
        if (!isTooWide())
            return;
        shorten(true);
    }
}

void FittingToolBar::resizeEvent(QResizeEvent *event)
{
    QToolBar::resizeEvent(event);
    fit();
}

} // namespace automation
