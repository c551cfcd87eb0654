#include "app/runcontroller.h"

#include "app/dialogs/publishdialog.h"
#include "app/dialogs/testrundialog.h"

#include <QMessageBox>
#include <QPushButton>

namespace automation {

namespace {

// As it stands in the attachment of a document.
JsonValue attachedLink(const PublishedLinks::Link &link)
{
    return JsonValue::object({{u"id"_qs, link.definitionId}, {u"version"_qs, link.version}});
}

PublishedLinks::Link attachedLink(const JsonValue &json)
{
    return {json[u"id"].toString(), int(json[u"version"].toInteger())};
}

} // namespace

JsonValue withRehearsal(JsonValue attachment, const QString &payloadName, const JsonValue &payload)
{
    if (payload.isObject()) {
        attachment.set(
            u"rehearsal"_qs, JsonValue::object({{u"payloadName"_qs, payloadName}, {u"payload"_qs, payload}}));
    }
    return attachment;
}

std::pair<QString, JsonValue> rehearsalOf(const JsonValue &attachment)
{
    const JsonValue &rehearsal = attachment[u"rehearsal"];
    return {rehearsal[u"payloadName"].toString(), rehearsal[u"payload"]};
}

RunController::RunController(AccountSession *session, SandboxProcess *sandbox, QSettings *settings, QWidget *window)
    : QObject(window)
    , m_session(session)
    , m_sandbox(sandbox)
    , m_links(settings)
    , m_window(window)
    , m_theme(Theme::light())
{
    connect(sandbox, &SandboxProcess::ready, this, [this](const ApiAccount &account, const QString &key) {
        Q_EMIT noticeOver(u"sandbox"_qs);
        m_session->connectTo(account, key, true);
    });
    const auto sandboxGone = [this](const QString &message) {
        Q_EMIT notice(
            NoticeBar::Kind::Error, u"sandbox"_qs, message, tr("Start again"), [this] { m_sandbox->restart(); });
    };
    connect(sandbox, &SandboxProcess::failed, this, sandboxGone);
    connect(sandbox, &SandboxProcess::died, this, [sandboxGone](const QString &message) {
        sandboxGone(tr("The connection to the sandbox is lost: %1 Your document is untouched.").arg(message));
    });
    connect(session, &AccountSession::connectionChanged, this, &RunController::onConnectionChanged);
    connect(session, &AccountSession::definitionsChanged, this, [this] {
        updateWatch();
        Q_EMIT linkChanged();
    });
    connect(session, &AccountSession::published, this, &RunController::onPublished);
    connect(session, &AccountSession::definitionEnabledChanged, this, [this](const DefinitionInfo &definition) {
        if (definition.id == linkedDefinitionId())
            setLink(m_document, {definition.id, definition.version});
        Q_EMIT notice(NoticeBar::Kind::Info, u"service"_qs,
            definition.isEnabled() ? tr("“%1” is enabled: its trigger starts instances now.").arg(definition.name)
                                   : tr("“%1” is disabled: its trigger starts nothing.").arg(definition.name),
            {}, {});
    });
    connect(session, &AccountSession::definitionDeleted, this, [this](const QString &definitionId, int version) {
        if (version == 0)
            m_links.remove(accountKey(), definitionId);
        updateWatch();
    });
    connect(session, &AccountSession::instanceStarted, this, [this](const QString &, const QString &instanceId) {
        if (!instanceId.isEmpty())
            m_session->selectInstance(instanceId);
        Q_EMIT instanceStarted(instanceId);
    });
    connect(session, &AccountSession::requestFailed, this, [this](const QString &what, const QString &message) {
        m_publishing.clear();
        m_payloadAfterPublish.reset();
        Q_EMIT notice(NoticeBar::Kind::Error, u"service"_qs, tr("%1 did not work. %2").arg(what, message), {}, {});
    });
}

void RunController::setDocument(WorkflowDocument *document)
{
    m_document = document;
    updateWatch();
    Q_EMIT linkChanged();
}

void RunController::linkDocument(WorkflowDocument *document, const DefinitionInfo &definition)
{
    setLink(document, {definition.id, definition.version});
    updateWatch();
}

QString RunController::accountKey() const
{
    // The sandbox has another port each time it starts, and is the same account all the same.
    return m_session->isSandbox()
        ? u"sandbox"_qs
        : QString(m_session->account().baseUrl.toString() + u' ' + m_session->account().accountId);
}

PublishedLinks::Link RunController::linkOf(WorkflowDocument *document) const
{
    if (!document || m_session->state() == AccountSession::State::Disconnected)
        return {};
    PublishedLinks::Link link = m_links.find(accountKey(), document->filePath());
    if (link.definitionId.isEmpty())
        link = attachedLink(document->attachment()[accountKey()]);
    // A file of the builder names its definition itself.
    if (link.definitionId.isEmpty() && m_session->definition(document->definition().id()))
        link = {document->definition().id(), document->definition().version()};
    return link;
}

void RunController::setLink(WorkflowDocument *document, const PublishedLinks::Link &link)
{
    if (!document)
        return;
    m_links.set(accountKey(), document->filePath(), link);
    // A document without a file keeps its link itself, over a crash too.
    JsonValue attachment = document->attachment();
    attachment.set(accountKey(), attachedLink(link));
    document->setAttachment(attachment);
}

QString RunController::linkedDefinitionId() const
{
    const QString id = linkOf(m_document).definitionId;
    // One that was deleted there meanwhile is a link no more.
    return m_session->definition(id) ? id : QString();
}

bool RunController::isPublishedAsShown() const
{
    const DefinitionInfo *info = m_session->definition(linkedDefinitionId());
    if (!info || !m_document)
        return false;
    const Result<WorkflowDefinition> published = WorkflowDefinition::fromJson(info->raw);
    return published && comparableText(*published) == comparableText(m_document->definition());
}

void RunController::updateWatch()
{
    const QString id = linkedDefinitionId();
    if (m_session->watchedDefinition() != id && m_session->state() != AccountSession::State::Lost)
        m_session->watchDefinition(id);
}

void RunController::connectToSandbox()
{
    m_sandbox->start();
}

void RunController::onConnectionChanged()
{
    switch (m_session->state()) {
    case AccountSession::State::Connected:
        Q_EMIT noticeOver(u"connection"_qs);
        break;
    case AccountSession::State::Lost:
        // The sandbox process says so itself, with the way out.
        if (!m_session->isSandbox()) {
            Q_EMIT notice(NoticeBar::Kind::Error, u"connection"_qs,
                tr("%1 cannot be reached: %2 It is tried again by itself.")
                    .arg(m_session->account().name, m_session->stateMessage()),
                tr("Try now"), [this] { m_session->refresh(); });
        }
        break;
    case AccountSession::State::Refused:
        Q_EMIT notice(NoticeBar::Kind::Error, u"connection"_qs,
            tr("%1 does not let us in: %2").arg(m_session->account().name, m_session->stateMessage()), {}, {});
        break;
    case AccountSession::State::Disconnected:
    case AccountSession::State::Connecting:
        break;
    }
    updateWatch();
    Q_EMIT linkChanged();
}

bool RunController::isConnected(const QString &what)
{
    if (m_session->state() == AccountSession::State::Connected)
        return true;
    Q_EMIT notice(NoticeBar::Kind::Warning, u"service"_qs, tr("%1 needs a connection to an account.").arg(what),
        tr("Connect to the sandbox"), [this] { m_sandbox->start(); });
    return false;
}

void RunController::publish()
{
    if (!m_document || !isConnected(tr("Publishing")))
        return;
    const PublishedLinks::Link link = linkOf(m_document);
    const PublishDialog::Target target {
        m_session->account().name, m_session->definitions(), linkedDefinitionId(), link.version};
    const auto isError = [](const Problem &problem) { return problem.severity == Problem::Severity::Error; };
    m_document->check(); // a large one may just have been opened
    const QList<Problem> &problems = m_document->problems();
    const int errors = static_cast<int>(std::count_if(problems.begin(), problems.end(), isError));
    auto *dialog = new PublishDialog(m_document->definition(), errors, target, m_theme, m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog, document = m_document] {
        if (!document)
            return;
        m_publishing = document;
        m_session->publish(document->definition(), dialog->definitionId());
    });
    dialog->open();
}

void RunController::testRun()
{
    runTest({});
}

void RunController::testRunWith(const JsonValue &payload)
{
    runTest(payload);
}

void RunController::runTest(const std::optional<JsonValue> &payload)
{
    if (!m_document || !isConnected(tr("A test run")))
        return;
    QString publishText;
    if (linkedDefinitionId().isEmpty())
        publishText
            = tr("Publish it to %1 first, as a new definition that stays disabled").arg(m_session->account().name);
    else if (!isPublishedAsShown())
        publishText = tr("Publish what is open as a new version first; otherwise the published version runs");
    auto *dialog = new TestRunDialog(*m_document, publishText, m_samples, m_theme, m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    if (linkedDefinitionId().isEmpty())
        dialog->requirePublishing();
    if (const auto [name, example] = rehearsalOf(m_document->attachment()); example.isObject())
        dialog->offerFirst(name.isEmpty() ? tr("The template’s example") : tr("The template’s: %1").arg(name), example);
    if (payload)
        dialog->setPayload(*payload);
    connect(dialog, &QDialog::accepted, this, [this, dialog, document = m_document] {
        if (!document)
            return;
        const QString id = linkedDefinitionId();
        if (dialog->publishFirst()) {
            m_publishing = document;
            m_payloadAfterPublish = dialog->payload();
            m_session->publish(document->definition(), id);
        } else {
            m_session->startInstance(id, dialog->payload());
        }
    });
    dialog->open();
}

void RunController::onPublished(const DefinitionInfo &definition, bool created)
{
    if (m_publishing)
        setLink(m_publishing, {definition.id, definition.version});
    m_publishing.clear();
    updateWatch();
    Q_EMIT linkChanged();
    if (m_payloadAfterPublish) {
        m_session->startInstance(definition.id, *std::exchange(m_payloadAfterPublish, std::nullopt));
        return;
    }
    const QString text = created ? tr("Published “%1” to %2.").arg(definition.name, m_session->account().name)
                                 : tr("Published version %1 of “%2”.").arg(definition.version).arg(definition.name);
    if (definition.isEnabled()) {
        Q_EMIT notice(NoticeBar::Kind::Info, u"service"_qs, text + u' ' + tr("It is enabled."), {}, {});
    } else {
        Q_EMIT notice(NoticeBar::Kind::Info, u"service"_qs,
            text + u' ' + tr("It is disabled; its trigger starts nothing yet."), tr("Enable"),
            [this, id = definition.id] { m_session->setDefinitionEnabled(id, true); });
    }
}

void RunController::setEnabled(bool enabled)
{
    const QString id = linkedDefinitionId();
    if (!isConnected(enabled ? tr("Enabling") : tr("Disabling")))
        return;
    if (id.isEmpty()) {
        Q_EMIT notice(NoticeBar::Kind::Warning, u"service"_qs, tr("Publish this workflow first."), tr("Publish…"),
            [this] { publish(); });
        return;
    }
    m_session->setDefinitionEnabled(id, enabled);
}

void RunController::changeInstances(const QStringList &instanceIds, InstanceAction action)
{
    const QString definitionId = m_session->watchedDefinition();
    if (instanceIds.isEmpty() || definitionId.isEmpty() || !isConnected(tr("Changing instances")))
        return;
    if (action != InstanceAction::Terminate) {
        m_session->setInstanceState(definitionId, instanceIds, action);
        return;
    }
    // A Complete or Terminated one is refused by the service in its own words: nothing is ended, so nothing is asked.
    QStringList running;
    for (const QString &id : instanceIds) {
        const WorkflowInstance *instance = m_session->instance(id);
        if (instance && !instance->isFinished())
            running.append(id);
    }
    if (running.isEmpty()) {
        m_session->setInstanceState(definitionId, instanceIds, action);
        return;
    }
    auto *box = new QMessageBox(QMessageBox::Warning, tr("Terminate"),
        tr("Terminate %n instance(s)? They end where they are and cannot be resumed.", nullptr,
            static_cast<int>(running.size())),
        QMessageBox::Cancel, m_window);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setTextFormat(Qt::PlainText);
    box->setInformativeText(running.mid(0, 10).join(u'\n') + (running.size() > 10 ? u"\n…"_qs : QString()));
    QPushButton *terminate = box->addButton(tr("Terminate"), QMessageBox::DestructiveRole);
    terminate->setProperty("danger", true);
    connect(terminate, &QPushButton::clicked, this, [this, definitionId, instanceIds] {
        m_session->setInstanceState(definitionId, instanceIds, InstanceAction::Terminate);
    });
    box->open();
}

void RunController::deleteDefinition(const QString &definitionId)
{
    const DefinitionInfo *info = m_session->definition(definitionId);
    if (!info || !isConnected(tr("Deleting")))
        return;
    auto *box = new QMessageBox(QMessageBox::Warning, tr("Delete definition"),
        tr("Delete “%1” with all its versions from %2?").arg(info->name, m_session->account().name),
        QMessageBox::Cancel, m_window);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setTextFormat(Qt::PlainText);
    box->setInformativeText(
        tr("Its running instances are terminated and their logs deleted. This cannot be undone. Files on this "
           "computer stay."));
    QPushButton *remove = box->addButton(tr("Delete"), QMessageBox::DestructiveRole);
    remove->setProperty("danger", true);
    connect(remove, &QPushButton::clicked, this, [this, definitionId] { m_session->deleteDefinition(definitionId); });
    box->open();
}

} // namespace automation
