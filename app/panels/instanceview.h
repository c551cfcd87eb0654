#pragma once

#include "designer/drawing/theme.h"
#include "model/api/apivalues.h"
#include "model/definition/workflowdefinition.h"

#include <optional>
#include <QWidget>

class QLabel;
class QPushButton;
class QStackedWidget;
class QTreeWidget;

namespace automation {

class AccountSession;
class CodeView;

// The right dock in Runs: the selected instance, its steps with times, its error; its context; the raw answer.
class InstanceView : public QWidget
{
    Q_OBJECT
public:
    explicit InstanceView(AccountSession *session, QWidget *parent = nullptr); // session not owned, outlives this
    void setTheme(const Theme &theme);

Q_SIGNALS:
    void stepActivated(const QString &stepId);
    // The person wants to start another instance with the payload of this one.
    void replayRequested(const automation::JsonValue &payload);
    void saveSampleRequested(); // of its context
    void terminateRequested(const QStringList &instanceIds);

private:
    void refresh();
    void refreshSteps(const WorkflowInstance &instance);

    AccountSession *m_session;
    Theme m_theme;
    QLabel *m_id;
    QLabel *m_status;
    QPushButton *m_suspend;
    QPushButton *m_resume;
    QPushButton *m_terminate;
    QTreeWidget *m_steps;
    QLabel *m_errorTitle;
    QLabel *m_error;
    QPushButton *m_replay;
    QPushButton *m_saveSample;
    CodeView *m_context;
    CodeView *m_json;
    QStackedWidget *m_stack; // empty text or instance
    std::optional<WorkflowInstance> m_shown;
    QString m_shownError;
};

} // namespace automation
