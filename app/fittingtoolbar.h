#pragma once

#include <functional>
#include <QToolBar>

namespace automation {

// A tool bar that gives up words before it hides a button: what was registered first becomes short first. GUI thread.
class FittingToolBar : public QToolBar
{
    Q_OBJECT
public:
    using QToolBar::QToolBar;

    // shorten: called with true when there is no room for the long form, with false when there is again.
    void addShortening(const std::function<void(bool)> &shorten);
    // To be called when what stands in it needs more or less room than before.
    void fit();

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    bool isTooWide() const;

    QList<std::function<void(bool)>> m_shortenings;
};

} // namespace automation
