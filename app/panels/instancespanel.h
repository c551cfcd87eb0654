#pragma once

#include "app/panels/instancesmodel.h"

#include <QTimer>
#include <QWidget>

namespace automation {

class AccountSession;
class PanelView;

// The Instances tab: the instances of the watched definition, live. Selecting a row selects the instance in the
// session; the context menu holds what can be done to the selected ones.
class InstancesPanel : public QWidget
{
    Q_OBJECT
public:
    explicit InstancesPanel(AccountSession *session, QWidget *parent = nullptr); // session not owned, outlives this
    void setTheme(const Theme &theme);
    int count() const;
    QStringList selectedInstances() const;

Q_SIGNALS:
    void countChanged(int count);
    void instanceActivated(const QString &instanceId);
    void contextMenuRequested(const QPoint &globalPosition);

private:
    void refresh();
    void updateEmptyText();

    AccountSession *m_session;
    InstancesModel m_model;
    PanelView *m_view;
    QTimer m_clock; // running durations
};

} // namespace automation
