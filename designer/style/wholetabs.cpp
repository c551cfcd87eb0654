#include "designer/style/wholetabs.h"

#include <QScopedValueRollback>
#include <QStyleOptionTab>
#include <QTabBar>

namespace automation {

namespace {

class WholeTabBar : public QTabBar
{
public:
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    // The name of the chosen tab is bold, and wider for it.
    QSize tabSizeHint(int index) const override
    {
        const QScopedValueRollback measuring(m_isMeasuring, true);
        return QTabBar::tabSizeHint(index);
    }

    void initStyleOption(QStyleOptionTab *option, int index) const override
    {
        QTabBar::initStyleOption(option, index);
        if (m_isMeasuring)
            option->state |= QStyle::State_Selected;
    }

private:
    mutable bool m_isMeasuring = false;
};

} // namespace

WholeTabs::WholeTabs(QWidget *parent)
    : QTabWidget(parent)
{
    setTabBar(new WholeTabBar);
    setDocumentMode(true);
    tabBar()->setUsesScrollButtons(false);
}

} // namespace automation
