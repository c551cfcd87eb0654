#pragma once

#include "app/session/accountsession.h"
#include "app/session/sandboxprocess.h"
#include "app/settings/publishedlinks.h"
#include "app/views/noticebar.h"
#include "designer/drawing/theme.h"
#include "model/document/workflowdocument.h"

#include <QPointer>

namespace automation {

class SampleStore;

// What a document remembers, in its attachment, of the payload it is rehearsed with: that of the template it was made
// from. payload null = none.
JsonValue withRehearsal(JsonValue attachment, const QString &payloadName, const JsonValue &payload);
std::pair<QString, JsonValue> rehearsalOf(const JsonValue &attachment);

// Everything between the open document and the service: which definition it is there, publishing, test runs, what
// can be done to instances, and the words for what went wrong. Asks the person through dialogs over its window; shows
// nothing else itself. GUI thread.
class RunController : public QObject
{
    Q_OBJECT
public:
    // None of the arguments is owned; all outlive this.
    RunController(AccountSession *session, SandboxProcess *sandbox, QSettings *settings, QWidget *window);

    void setSamples(SampleStore *samples) { m_samples = samples; } // not owned, outlives this; before any test run
    void setTheme(const Theme &theme) { m_theme = theme; }
    void setDocument(WorkflowDocument *document); // nullptr = none
    // Ties a document that came from the service to its definition there.
    void linkDocument(WorkflowDocument *document, const DefinitionInfo &definition);

    QString linkedDefinitionId() const; // of the current document; empty = not published at this account
    bool isPublishedAsShown() const; // nothing edited since the version the service has

    void connectToSandbox();

public Q_SLOTS:
    void publish();
    void testRun();
    void testRunWith(const automation::JsonValue &payload);
    void setEnabled(bool enabled);
    void changeInstances(const QStringList &instanceIds, automation::InstanceAction action); // asks before ending them
    void deleteDefinition(const QString &definitionId);

Q_SIGNALS:
    void notice(automation::NoticeBar::Kind kind, const QString &topic, const QString &text, const QString &actionText,
        const std::function<void()> &action);
    void noticeOver(const QString &topic);
    void linkChanged(); // linkedDefinitionId() or isPublishedAsShown()
    void instanceStarted(const QString &instanceId);

private:
    QString accountKey() const;
    PublishedLinks::Link linkOf(WorkflowDocument *document) const;
    void setLink(WorkflowDocument *document, const PublishedLinks::Link &link);
    void updateWatch();
    bool isConnected(const QString &what);
    void runTest(const std::optional<JsonValue> &payload);
    void onPublished(const DefinitionInfo &definition, bool created);
    void onConnectionChanged();

    AccountSession *m_session;
    SandboxProcess *m_sandbox;
    PublishedLinks m_links;
    QWidget *m_window;
    SampleStore *m_samples = nullptr;
    Theme m_theme;
    QPointer<WorkflowDocument> m_document;
    QPointer<WorkflowDocument> m_publishing;
    std::optional<JsonValue> m_payloadAfterPublish;
};

} // namespace automation
