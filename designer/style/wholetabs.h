#pragma once

#include <QTabWidget>

namespace automation {

// Tabs of a panel: never cut, so the panel is at least as wide as all their names, and every tab keeps the width it has
// when it is chosen. GUI thread.
class WholeTabs : public QTabWidget
{
    Q_OBJECT
public:
    explicit WholeTabs(QWidget *parent = nullptr);
};

} // namespace automation
