#include "app/panels/instanceview.h"

#include "app/panels/instancesmodel.h"
#include "app/session/accountsession.h"
#include "app/views/codeview.h"
#include "designer/drawing/icons.h"
#include "designer/style/applicationstyle.h"
#include "designer/style/emptystate.h"
#include "designer/style/wholetabs.h"
#include "model/json/jsonwriter.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QStackedWidget>
#include <QTreeWidget>
#include <QVBoxLayout>

namespace automation {

namespace {

// Scrolls up and down only: as wide as what is in it needs.
class ColumnArea : public QScrollArea
{
public:
    explicit ColumnArea(QWidget *column)
    {
        setWidgetResizable(true);
        setFrameShape(QFrame::NoFrame);
        setFocusPolicy(Qt::NoFocus);
        setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
        setWidget(column);
    }

    QSize minimumSizeHint() const override
    {
        return {widget()->minimumSizeHint().width() + verticalScrollBar()->sizeHint().width(), 60};
    }
};

} // namespace

InstanceView::InstanceView(AccountSession *session, QWidget *parent)
    : QWidget(parent)
    , m_session(session)
    , m_theme(Theme::light())
    , m_id(new QLabel)
    , m_status(new QLabel)
    , m_suspend(new QPushButton(tr("Suspend")))
    , m_resume(new QPushButton(tr("Resume")))
    , m_terminate(new QPushButton(tr("Terminate")))
    , m_steps(new QTreeWidget)
    , m_errorTitle(new QLabel)
    , m_error(new QLabel)
    , m_replay(new QPushButton(tr("Replay in sandbox with this payload")))
    , m_saveSample(new QPushButton(tr("Save context as sample…")))
    , m_context(new CodeView(tr("Context")))
    , m_json(new CodeView(tr("Instance as JSON")))
    , m_stack(new QStackedWidget)
{
    for (QLabel *label : {m_id, m_status, m_errorTitle, m_error}) {
        label->setTextFormat(Qt::PlainText);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    }
    QFont bold = m_id->font();
    bold.setWeight(QFont::DemiBold);
    m_id->setFont(bold);
    m_id->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_error->setWordWrap(true);
    m_error->setProperty("textRole", u"errorBox"_qs);
    m_error->setObjectName(u"instanceError"_qs);
    m_errorTitle->setProperty("textRole", u"muted"_qs);
    m_terminate->setProperty("danger", true);
    m_saveSample->setObjectName(u"saveInstanceSample"_qs);
    m_saveSample->setToolTip(tr("Keep it to see in Design what expressions make of it"));

    m_steps->setAccessibleName(tr("Steps of the instance"));
    m_steps->setColumnCount(3);
    m_steps->setHeaderHidden(true);
    m_steps->setRootIsDecorated(false);
    m_steps->setFrameShape(QFrame::NoFrame);
    m_steps->setSizeAdjustPolicy(QAbstractScrollArea::AdjustToContents);
    m_steps->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Maximum);
    m_steps->header()->setStretchLastSection(false);
    m_steps->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    m_steps->header()->setSectionResizeMode(1, QHeaderView::ResizeToContents);
    m_steps->header()->setSectionResizeMode(2, QHeaderView::ResizeToContents);
    m_steps->header()->setMinimumSectionSize(20);

    auto *caption = new QLabel(tr("Workflow instance"));
    caption->setProperty("textRole", u"muted"_qs);
    auto *stepsCaption = new QLabel(tr("Steps"));
    stepsCaption->setProperty("textRole", u"muted"_qs);
    auto *idRow = new QHBoxLayout;
    idRow->addWidget(m_id, 1);
    idRow->addWidget(m_status);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(6);
    buttons->addWidget(m_suspend);
    buttons->addWidget(m_resume);
    buttons->addWidget(m_terminate);
    buttons->addStretch();
    for (QPushButton *button : {m_suspend, m_resume, m_terminate}) {
        button->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
        button->setProperty("narrow", true);
    }

    auto *overview = new QWidget;
    auto *column = new QVBoxLayout(overview);
    column->setContentsMargins(14, 12, 10, 12);
    column->setSpacing(8);
    column->addWidget(caption);
    column->addLayout(idRow);
    column->addLayout(buttons);
    column->addWidget(stepsCaption);
    column->addWidget(m_steps);
    column->addWidget(m_errorTitle);
    column->addWidget(m_error);
    column->addWidget(m_replay, 0, Qt::AlignLeft);
    column->addWidget(m_saveSample, 0, Qt::AlignLeft);
    column->addStretch();
    for (CodeView *code : {m_context, m_json}) {
        code->setJson();
        code->setReadOnly(true);
    }
    auto *tabs = new WholeTabs;
    tabs->addTab(new ColumnArea(overview), tr("Instance"));
    tabs->addTab(m_context, tr("Context"));
    tabs->addTab(m_json, tr("JSON"));
    m_stack->addWidget(new EmptyState(
        u"play"_qs, tr("Select an instance below to see the path it took, what each step did and its context.")));
    m_stack->addWidget(tabs);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_stack);

    const auto act = [this](InstanceAction action) {
        if (m_shown)
            m_session->setInstanceState(m_shown->definitionId, {m_shown->id}, action);
    };
    connect(m_suspend, &QPushButton::clicked, this, [act] { act(InstanceAction::Suspend); });
    connect(m_resume, &QPushButton::clicked, this, [act] { act(InstanceAction::Resume); });
    connect(m_terminate, &QPushButton::clicked, this, [this] {
        if (m_shown)
            Q_EMIT terminateRequested({m_shown->id});
    });
    connect(m_replay, &QPushButton::clicked, this, [this] {
        if (!m_shown)
            return;
        // What the service added to the payload is not part of it.
        JsonValue payload = m_shown->data;
        for (QStringView added : {u"accountId", u"triggeredAt", u"subAccountId"})
            payload.remove(added);
        Q_EMIT replayRequested(payload);
    });
    connect(m_saveSample, &QPushButton::clicked, this, &InstanceView::saveSampleRequested);
    const auto openStep = [this](QTreeWidgetItem *item) { Q_EMIT stepActivated(item->text(0)); };
    connect(m_steps, &QTreeWidget::itemClicked, this, openStep);
    connect(m_steps, &QTreeWidget::itemActivated, this, openStep);
    connect(session, &AccountSession::instanceDetailsChanged, this, &InstanceView::refresh);
    connect(session, &AccountSession::errorsChanged, this, &InstanceView::refresh);
    connect(session, &AccountSession::connectionChanged, this, &InstanceView::refresh);
    refresh();
}

void InstanceView::setTheme(const Theme &theme)
{
    m_theme = theme;
    m_context->setTheme(theme);
    m_json->setTheme(theme);
    m_suspend->setIcon(tintedIcon(u"pause"_qs, theme.text, theme.disabled));
    m_resume->setIcon(tintedIcon(u"play"_qs, theme.text, theme.disabled));
    m_terminate->setIcon(tintedIcon(u"stop"_qs, theme.errorText, theme.disabled));
    m_shown.reset();
    refresh();
}

void InstanceView::refresh()
{
    const std::optional<WorkflowInstance> &instance = m_session->selectedInstance();
    m_stack->setCurrentIndex(instance ? 1 : 0);
    if (!instance) {
        m_shown.reset();
        return;
    }
    QString errorStep;
    QString errorText;
    for (const WorkflowError &error : m_session->errors()) {
        if (error.instanceId == instance->id) {
            errorStep = error.step;
            errorText = error.message;
            break;
        }
    }
    const bool connected = m_session->state() == AccountSession::State::Connected;
    m_suspend->setEnabled(connected);
    m_resume->setEnabled(connected);
    m_terminate->setEnabled(connected);
    m_replay->setVisible(m_session->isSandbox());
    m_replay->setEnabled(connected);
    if (m_shown && *m_shown == *instance && m_shownError == errorText)
        return;
    m_shown = instance;
    m_shownError = errorText;
    m_saveSample->setEnabled(instance->data.isObject());

    m_id->setText(instance->id);
    m_id->setToolTip(instance->id);
    m_status->setText(u"● "_qs + instanceStatusText(*instance));
    m_status->setProperty("textRole",
        instance->status == WorkflowInstance::Status::Terminated      ? u"error"_qs
            : instance->status == WorkflowInstance::Status::Complete  ? u"ok"_qs
            : instance->status == WorkflowInstance::Status::Suspended ? u"warning"_qs
                                                                      : QString());
    repolish(m_status);
    refreshSteps(*instance);
    m_errorTitle->setVisible(!errorText.isEmpty());
    m_error->setVisible(!errorText.isEmpty());
    m_errorTitle->setText(tr("Error at %1").arg(errorStep));
    m_error->setText(errorText);
    m_context->showText(writeJson(instance->data));
    m_json->showText(writeJson(instance->raw));
}

void InstanceView::refreshSteps(const WorkflowInstance &instance)
{
    m_steps->clear();
    for (const StepLog &log : instance.logs) {
        QString icon = u"wait"_qs;
        QColor color = m_theme.muted;
        QString word = log.statusWord;
        switch (log.status) {
        case StepLog::Status::Complete:
            icon = u"check"_qs;
            color = m_theme.ok;
            break;
        case StepLog::Status::Failed:
            icon = u"close"_qs;
            color = m_theme.error;
            break;
        case StepLog::Status::Cancelled:
            icon = u"stop"_qs;
            break;
        case StepLog::Status::Running:
            icon = u"play"_qs;
            color = m_theme.accent;
            break;
        case StepLog::Status::Sleeping:
        case StepLog::Status::WaitingForEvent:
            color = m_theme.category(u"wait");
            break;
        case StepLog::Status::Pending:
        case StepLog::Status::Unknown:
            break;
        }
        QString duration;
        if (log.startedAt.isValid() && log.completedAt.isValid())
            duration = elapsedText(log.startedAt.msecsTo(log.completedAt));
        else if (log.isOpen() && !instance.isFinished())
            duration = log.status == StepLog::Status::WaitingForEvent ? tr("waiting") : word;
        const QString started
            = log.startedAt.isValid() ? log.startedAt.toLocalTime().toString(u"HH:mm:ss.zzz"_qs) : QString();
        auto *item = new QTreeWidgetItem({log.stepName, started, duration});
        item->setIcon(0, tintedIcon(icon, color));
        item->setToolTip(0, word);
        item->setForeground(1, m_theme.muted);
        item->setTextAlignment(2, Qt::AlignRight | Qt::AlignVCenter);
        m_steps->addTopLevelItem(item);
    }
    m_steps->updateGeometry();
}

} // namespace automation
