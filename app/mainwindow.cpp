#include "app/mainwindow.h"

#include "app/dialogs/accountdialog.h"
#include "app/documentopener.h"
#include "app/panels/definitionspanel.h"
#include "app/panels/errorspanel.h"
#include "app/panels/instancespanel.h"
#include "app/panels/instanceview.h"
#include "app/panels/messagespanel.h"
#include "app/panels/panelview.h"
#include "app/panels/problemspanel.h"
#include "app/panels/startpanel.h"
#include "app/runcontroller.h"
#include "app/settings/desktopsettings.h"
#include "app/views/jsondocumentview.h"
#include "app/views/noticebar.h"
#include "app/views/welcomepage.h"
#include "designer/canvas/canvasactions.h"
#include "designer/canvas/graphview.h"
#include "designer/inspector/inspector.h"
#include "designer/outline/outlinepanel.h"
#include "designer/palette/steppalette.h"
#include "designer/style/applicationstyle.h"
#include "designer/style/wholetabs.h"

#include <QActionGroup>
#include <QApplication>
#include <QDir>
#include <QDockWidget>
#include <QLabel>
#include <QMenu>
#include <QScreen>
#include <QScrollArea>
#include <QStackedWidget>
#include <QStandardPaths>
#include <QStatusBar>
#include <QTabBar>
#include <QTabWidget>
#include <QVBoxLayout>

namespace automation {

namespace {

constexpr int leastPanelHeight = 120; // what is in them scrolls
constexpr int panelHeight = 216;
constexpr int leastWidthForPalette = 760;
constexpr int leastHeightForPanels = 480;

// A store of its own for each running program: the first takes "sandbox", a second one "sandbox-2", …
QString claimSandboxDirectory(std::unique_ptr<QLockFile> &lock)
{
    const QString base = QStandardPaths::writableLocation(QStandardPaths::AppDataLocation);
    QDir().mkpath(base);
    for (int number = 1; number < 100; ++number) {
        const QString path = base + (number == 1 ? u"/sandbox"_qs : u"/sandbox-%1"_qs.arg(number));
        lock = std::make_unique<QLockFile>(QString(path + u".lock"_qs));
        lock->setStaleLockTime(0);
        if (lock->tryLock(0))
            return path;
    }
    return base + u"/sandbox-%1"_qs.arg(QCoreApplication::applicationPid());
}

QDockWidget *makeDock(
    QMainWindow *window, const QString &name, const QString &title, QWidget *content, Qt::DockWidgetArea area)
{
    auto *dock = new QDockWidget(title, window);
    dock->setObjectName(name);
    dock->setWidget(content);
    window->addDockWidget(area, dock);
    return dock;
}

} // namespace

MainWindow::MainWindow(QSettings *settings, const QString &sandboxProgram, QWidget *parent)
    : QMainWindow(parent)
    , m_settings(settings)
    , m_accounts(settings)
    , m_keys(new KeyStore(this))
    , m_sandbox(new SandboxProcess(claimSandboxDirectory(m_sandboxLock), this, sandboxProgram))
    , m_session(new AccountSession(this))
    , m_runs(new RunController(m_session, m_sandbox, settings, this))
    , m_opener(new DocumentOpener(
          [this](const QString &path, auto document) { return takeOpened(path, std::move(document)); }, this))
    , m_desktop(new DesktopSettings(this))
{
    // Before the first widget: until the event loop runs, widgets that exist do not hear of another font.
    applyTheme(*qApp, m_desktop->prefersDark() ? Theme::dark() : Theme::light());
    setWindowTitle(tr("Automation Designer"));
    setAcceptDrops(true);
    setDockOptions(QMainWindow::AnimatedDocks | QMainWindow::AllowNestedDocks | QMainWindow::AllowTabbedDocks);
    resize(QSize(1440, 900).boundedTo(screen()->availableSize()));
    buildCentre();
    buildDocks();
    buildActions();
    buildToolBar();
    buildStatusBar();
    connectSession();
    connectSamples();
    restoreLayout();
    connect(m_desktop, &DesktopSettings::motionChanged, this, [this] { setMotion(!m_desktop->prefersLessMotion()); });
    connect(m_desktop, &DesktopSettings::darknessChanged, this, [this] {
        if (m_themeChoice == ThemeChoice::System)
            applyThemeChoice();
    });
    updateRecentFiles();
    onCurrentTabChanged();
}

MainWindow::~MainWindow()
{
    // Panels look at session and documents until they are gone.
    m_problems->setDocument(nullptr);
    m_inspector->setDocument(nullptr);
    m_outline->setView(nullptr);
    while (m_tabs->count() > 0) {
        QWidget *tab = m_tabs->widget(0);
        m_tabs->removeTab(0);
        delete tab;
    }
}

void MainWindow::buildCentre()
{
    m_notice = new NoticeBar;
    m_tabs = new QTabWidget;
    m_tabs->setDocumentMode(true);
    m_tabs->setTabsClosable(true);
    m_tabs->setMovable(true);
    m_tabs->tabBar()->setProperty("documentTabs", true);
    m_tabs->tabBar()->setExpanding(false);
    m_tabs->tabBar()->setDrawBase(false);
    m_welcome = new WelcomePage;
    m_centrePages = new QStackedWidget;
    auto *welcome = new QScrollArea; // it may be taller than a small screen
    welcome->setFrameShape(QFrame::NoFrame);
    welcome->setWidgetResizable(true);
    welcome->setWidget(m_welcome);
    m_centrePages->addWidget(welcome);
    m_centrePages->addWidget(m_tabs);
    m_centre = new QWidget;
    auto *layout = new QVBoxLayout(m_centre);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_notice);
    layout->addWidget(m_centrePages, 1);
    setCentralWidget(m_centre);

    connect(m_tabs, &QTabWidget::currentChanged, this, &MainWindow::onCurrentTabChanged);
    connect(m_tabs, &QTabWidget::tabCloseRequested, this, &MainWindow::closeTab);
    connect(m_welcome, &WelcomePage::emptyRequested, this, &MainWindow::newEmpty);
    connect(m_welcome, &WelcomePage::openRequested, this, &MainWindow::openDialog);
    connect(m_welcome, &WelcomePage::templateChosen, this, &MainWindow::newFromTemplate);
    connect(m_welcome, &WelcomePage::fetchRequested, this, [this] {
        if (m_session->state() == AccountSession::State::Disconnected)
            connectToSandbox();
        m_leftPages->setCurrentIndex(1);
        m_leftDock->show();
        static_cast<QTabWidget *>(m_leftPages->widget(1))->setCurrentWidget(m_definitions);
    });
}

void MainWindow::buildDocks()
{
    m_startPanel = new StartPanel;
    m_palette = new StepPalette;
    m_outline = new OutlinePanel;
    m_definitions = new DefinitionsPanel(m_session);
    auto *leftTabs = new WholeTabs;
    leftTabs->addTab(m_palette, tr("Steps"));
    leftTabs->addTab(m_outline, tr("Outline"));
    leftTabs->addTab(m_definitions, tr("Definitions"));
    m_leftPages = new QStackedWidget;
    m_leftPages->addWidget(m_startPanel);
    m_leftPages->addWidget(leftTabs);
    // Qt mirrors what is in docks, not where they are.
    const Qt::DockWidgetArea leading = isRightToLeft() ? Qt::RightDockWidgetArea : Qt::LeftDockWidgetArea;
    const Qt::DockWidgetArea trailing = isRightToLeft() ? Qt::LeftDockWidgetArea : Qt::RightDockWidgetArea;
    m_leftDock = makeDock(this, u"stepsDock"_qs, tr("Steps and definitions"), m_leftPages, leading);

    m_inspector = new Inspector;
    m_instanceView = new InstanceView(m_session);
    m_rightPages = new QStackedWidget;
    m_inspector->setMinimumWidth(300);
    m_rightPages->setMinimumHeight(leastPanelHeight);
    m_rightPages->addWidget(m_inspector);
    m_rightPages->addWidget(m_instanceView);
    m_rightDock = makeDock(this, u"inspectorDock"_qs, tr("Inspector"), m_rightPages, trailing);

    m_problems = new ProblemsPanel;
    m_instances = new InstancesPanel(m_session);
    m_errors = new ErrorsPanel(m_session);
    m_messages = new MessagesPanel(m_session);
    m_requests = new PanelView(
        tr("Requests"), u"cloud"_qs, tr("Each request to the service is listed here, without its key and its body."));
    m_requests->setModel(m_session->requestLog());
    m_requests->setColumnShares({130, 100, 640, 100, 120, 400});
    m_bottomTabs = new WholeTabs;
    m_bottomTabs->setMinimumHeight(leastPanelHeight);
    m_bottomTabs->addTab(m_problems, tr("Problems"));
    m_bottomTabs->addTab(m_instances, tr("Instances"));
    m_bottomTabs->addTab(m_errors, tr("Errors"));
    m_bottomTabs->addTab(m_messages, tr("Messages"));
    m_bottomTabs->addTab(m_requests, tr("Requests"));
    m_bottomDock = makeDock(this, u"panelsDock"_qs, tr("Panels"), m_bottomTabs, Qt::BottomDockWidgetArea);
    setCorner(Qt::BottomLeftCorner, Qt::BottomDockWidgetArea);
    setCorner(Qt::BottomRightCorner, Qt::BottomDockWidgetArea);
    resizeDocks({m_leftDock, m_rightDock}, {226, 340}, Qt::Horizontal);

    const auto counted = [this](QWidget *panel, const QString &title) {
        return [this, panel, title](int count) {
            const int tab = m_bottomTabs->indexOf(panel);
            const QString text = count > 0 ? tr("%1 %2").arg(title).arg(count) : title;
            if (m_bottomTabs->tabText(tab) != text)
                m_bottomTabs->setTabText(tab, text); // lays the tabs out anew
        };
    };
    connect(m_problems, &ProblemsPanel::countChanged, this, counted(m_problems, tr("Problems")));
    connect(m_problems, &ProblemsPanel::countChanged, this, &MainWindow::updateProblemsPill);
    connect(m_instances, &InstancesPanel::countChanged, this, counted(m_instances, tr("Instances")));
    connect(m_errors, &ErrorsPanel::countChanged, this, counted(m_errors, tr("Errors")));
    connect(m_problems, &ProblemsPanel::failed, this,
        [this](const QString &message) { m_notice->show(NoticeBar::Kind::Error, u"edit"_qs, message); });
    const auto showPlace = [this](const QString &stepKey, const JsonPointer &pointer) {
        DocumentTab *tab = currentTab();
        if (!tab)
            return;
        if (tab->view() == DocumentTab::View::Json) { // whoever writes the text looks for the place in it
            tab->jsonView()->showPlace(pointer);
            return;
        }
        tab->setView(DocumentTab::View::Design);
        const QString key = stepKey.isEmpty() ? DefinitionGraph::triggerKey() : stepKey;
        goToStep(key);
        m_inspector->focusField(key, pointer);
    };
    connect(m_problems, &ProblemsPanel::placeRequested, this, showPlace);
    connect(m_inspector, &Inspector::placeRequested, this, showPlace);
    connect(m_instances, &InstancesPanel::instanceActivated, this, [this] {
        if (DocumentTab *tab = currentTab())
            tab->setView(DocumentTab::View::Runs);
    });
    connect(m_instances, &InstancesPanel::contextMenuRequested, this, &MainWindow::showInstanceMenu);
    connect(m_errors, &ErrorsPanel::errorActivated, this, [this](const QString &instanceId, const QString &stepId) {
        m_session->selectInstance(instanceId);
        if (DocumentTab *tab = currentTab()) {
            tab->setView(DocumentTab::View::Runs);
            const int node = tab->document()->graph().indexOfId(stepId);
            if (node >= 0)
                goToStep(tab->document()->graph().nodes().at(node).key);
        }
    });
    const auto stepById = [this](const QString &stepId) {
        DocumentTab *tab = currentTab();
        const int node = tab ? tab->document()->graph().indexOfId(stepId) : -1;
        if (node >= 0)
            goToStep(tab->document()->graph().nodes().at(node).key);
    };
    connect(m_instanceView, &InstanceView::stepActivated, this, stepById);
    connect(m_instanceView, &InstanceView::replayRequested, this, &MainWindow::replay);
    connect(m_instanceView, &InstanceView::saveSampleRequested, this, &MainWindow::saveInstanceSample);
    connect(m_instanceView, &InstanceView::terminateRequested, this,
        [this](const QStringList &ids) { m_runs->changeInstances(ids, InstanceAction::Terminate); });
    connect(m_palette, &StepPalette::stepActivated, this, [this](const QString &typeName) {
        DocumentTab *tab = currentTab();
        if (tab && tab->view() == DocumentTab::View::Design)
            tab->graphView()->addStepOfType(typeName);
    });
    connect(m_outline, &OutlinePanel::contextMenuRequested, this, &MainWindow::showCanvasMenu);
    connect(m_inspector, &Inspector::nodeKeyChanged, this, [this](const QString &key) {
        if (DocumentTab *tab = currentTab())
            tab->graphView()->revealStep(key); // once the drawing has it
    });
    connect(m_inspector, &Inspector::focusDropped, this, [this] {
        DocumentTab *tab = currentTab();
        if (tab && tab->view() != DocumentTab::View::Json)
            tab->graphView()->setFocus(Qt::OtherFocusReason);
    });
    connect(m_inspector, &Inspector::triggerRequested, this, [this] { goToStep(DefinitionGraph::triggerKey()); });
    connect(m_definitions, &DefinitionsPanel::openRequested, this, [this](const QString &id) {
        if (const DefinitionInfo *info = m_session->definition(id))
            openFetched(*info);
    });
    connect(m_definitions, &DefinitionsPanel::enableRequested, m_session, &AccountSession::setDefinitionEnabled);
    connect(m_opener, &DocumentOpener::finished, this, &MainWindow::openingFinished);
    connect(m_definitions, &DefinitionsPanel::deleteRequested, m_runs, &RunController::deleteDefinition);
    connect(m_definitions, &DefinitionsPanel::connectRequested, this, &MainWindow::connectToSandbox);
    connect(m_startPanel, &StartPanel::fileRequested, this, [this](const QString &path) { openFile(path); });
    connect(m_startPanel, &StartPanel::sandboxRequested, this, &MainWindow::connectToSandbox);
    connect(m_startPanel, &StartPanel::accountRequested, this, &MainWindow::connectToAccount);
    connect(m_startPanel, &StartPanel::addAccountRequested, this, [this] { editAccount({}); });
}

void MainWindow::buildStatusBar()
{
    m_statusLeft = new QLabel;
    m_statusRight = new QLabel;
    for (QLabel *label : {m_statusLeft, m_statusRight}) {
        label->setTextFormat(Qt::PlainText);
        label->setProperty("textRole", u"small"_qs);
    }
    statusBar()->addWidget(m_statusLeft, 1);
    statusBar()->addPermanentWidget(m_statusRight);
    statusBar()->setSizeGripEnabled(false);
}

void MainWindow::connectSession()
{
    connect(m_runs, &RunController::notice, this,
        [this](NoticeBar::Kind kind, const QString &topic, const QString &text, const QString &actionText,
            const std::function<void()> &action) { m_notice->show(kind, topic, text, actionText, action); });
    connect(m_runs, &RunController::noticeOver, m_notice, &NoticeBar::clear);
    connect(m_runs, &RunController::linkChanged, this, [this] {
        updateActions();
        updateStatusBar();
    });
    connect(m_runs, &RunController::instanceStarted, this, [this] {
        if (DocumentTab *tab = currentTab())
            tab->setView(DocumentTab::View::Runs);
        m_bottomTabs->setCurrentWidget(m_instances);
    });
    connect(m_session, &AccountSession::connectionChanged, this, [this] {
        updateServicePill();
        updateStartPanel();
        updateActions();
        updateStatusBar();
        updateRun();
    });
    connect(m_session, &AccountSession::instancesChanged, this, &MainWindow::updateStatusBar);
    connect(m_session, &AccountSession::instanceDetailsChanged, this, [this] {
        updateRun();
        updateContact();
        updateActions();
    });
    connect(m_session, &AccountSession::errorsChanged, this, &MainWindow::updateRun);
    connect(m_keys, &KeyStore::keyRead, this, [this](const QString &name, const QString &key) {
        if (name != m_accountAfterKey)
            return;
        m_accountAfterKey.clear();
        const std::optional<ApiAccount> account = m_accounts.find(name);
        if (!account)
            return;
        if (key.isEmpty()) {
            m_notice->show(NoticeBar::Kind::Warning, u"service"_qs, tr("No API key is known for “%1”.").arg(name),
                tr("Enter key…"), [this, account = *account] { editAccount(account); });
            return;
        }
        m_accounts.setLastUsed(name);
        m_session->connectTo(*account, key, false);
    });
    connect(m_keys, &KeyStore::persistenceChanged, this, [this] {
        if (!m_keys->isPersistent())
            m_notice->show(NoticeBar::Kind::Info, u"keychain"_qs, m_keys->persistenceMessage());
    });
}

void MainWindow::restoreLayout()
{
    setDocksMovable(false);
    restoreGeometry(m_settings->value(u"window/geometry"_qs).toByteArray());
    m_isArranged = restoreState(m_settings->value(u"window/state"_qs).toByteArray(), layoutVersion());
}

// A mirrored window is no pattern for one that is not.
int MainWindow::layoutVersion() const
{
    return isRightToLeft() ? 2 : 1;
}

void MainWindow::setDocksMovable(bool movable)
{
    // Locked docks have no title bar: calm is the normal state, moving them the exception.
    for (QDockWidget *dock : {m_leftDock, m_rightDock, m_bottomDock}) {
        QWidget *before = dock->titleBarWidget();
        dock->setTitleBarWidget(movable ? nullptr : new QWidget(dock));
        delete before;
    }
}

// ---- Account and runs

void MainWindow::connectToSandbox()
{
    m_runs->connectToSandbox();
}

void MainWindow::connectToAccount(const QString &name)
{
    m_accountAfterKey = name;
    m_keys->read(name);
}

void MainWindow::editAccount(const ApiAccount &account)
{
    const QString storage
        = m_keys->isPersistent() ? tr("The key is kept in the system's keychain.") : m_keys->persistenceMessage();
    auto *dialog = new AccountDialog(account, storage, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog] {
        const ApiAccount edited = dialog->account();
        if (const Result<void> saved = m_accounts.save(edited); !saved) {
            m_notice->show(NoticeBar::Kind::Error, u"service"_qs, saved.error().message);
            return;
        }
        updateStartPanel();
        updateAccountMenu();
        if (dialog->key().isEmpty()) {
            connectToAccount(edited.name);
            return;
        }
        m_keys->write(edited.name, dialog->key());
        m_accounts.setLastUsed(edited.name);
        m_session->connectTo(edited, dialog->key(), false);
    });
    dialog->open();
}

void MainWindow::replay(const JsonValue &payload)
{
    // Of a message trigger, only the webhook's own members were sent; the rest are the workflow's variables.
    JsonValue sent = payload;
    DocumentTab *tab = currentTab();
    if (tab && tab->document()->definition().trigger() != u"http_request") {
        for (qsizetype i = sent.size() - 1; i >= 0; --i) {
            if (!QStringList {u"namespace"_qs, u"eventType"_qs, u"description"_qs, u"version"_qs, u"payload"_qs}
                     .contains(sent.keyAt(i)))
                sent.removeAt(i);
        }
    }
    m_runs->testRunWith(sent);
}

void MainWindow::showInstanceMenu(const QPoint &globalPosition)
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(m_suspend);
    menu->addAction(m_resume);
    menu->addSeparator();
    menu->addAction(m_terminate);
    menu->addSeparator();
    menu->addAction(m_saveSample);
    menu->popup(globalPosition);
}

void MainWindow::showOutline()
{
    m_leftDock->show();
    static_cast<QTabWidget *>(m_leftPages->widget(1))->setCurrentWidget(m_outline);
    m_outline->setFocus(Qt::ShortcutFocusReason);
}

void MainWindow::showCanvasMenu(const QPoint &globalPosition)
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    m_canvas->fillContextMenu(menu);
    if (currentTab() && currentTab()->graphView()->selection().isEmpty())
        menu->addAction(m_export);
    menu->popup(globalPosition);
}

void MainWindow::updateRun()
{
    DocumentTab *tab = currentTab();
    if (!tab)
        return;
    const std::optional<WorkflowInstance> &instance = m_session->selectedInstance();
    tab->setRun(instance ? &*instance : nullptr, m_session->errors());
    const bool isOwn = instance && !instance->id.isEmpty() && instance->definitionId == m_runs->linkedDefinitionId();
    m_inspector->setInstanceSample(
        isOwn ? tr("instance %1").arg(instance->id) : QString(), isOwn ? instance->data : JsonValue());
}

// The Messages panel answers whoever the selected instance talks to.
void MainWindow::updateContact()
{
    const std::optional<WorkflowInstance> &instance = m_session->selectedInstance();
    if (!instance || instance->id == m_contactOf)
        return;
    m_contactOf = instance->id;
    const JsonValue &payload = instance->data[QLatin1StringView("payload")];
    const JsonValue &user = payload[QLatin1StringView("user")];
    if (user.isObject()) {
        m_messages->setChannel(payload[QLatin1StringView("recipient")][QLatin1StringView("channel")].toString());
        m_messages->setContact(
            user[QLatin1StringView("msisdn")].toString(), user[QLatin1StringView("channelUserId")].toString());
    } else if (const JsonValue *source = payload.find(QLatin1StringView("source"))) {
        m_messages->setChannel(u"sms"_qs);
        m_messages->setContact(source->toString());
    }
}

// ---- Theme

void MainWindow::setThemeChoice(ThemeChoice choice)
{
    m_themeChoice = choice;
    applyThemeChoice();
}

void MainWindow::applyThemeChoice()
{
    bool dark = m_themeChoice == ThemeChoice::Dark;
    if (m_themeChoice == ThemeChoice::System)
        dark = m_desktop->prefersDark();
    applyTheme(*qApp, dark ? Theme::dark() : Theme::light());
    const Theme &theme = currentTheme();
    m_welcome->setTheme(theme);
    m_notice->setTheme(theme);
    m_problems->setTheme(theme);
    m_instances->setTheme(theme);
    m_instanceView->setTheme(theme);
    m_runs->setTheme(theme);
    for (int i = 0; i < m_tabs->count(); ++i)
        tabAt(i)->setTheme(theme);
    for (QAction *action : m_themeActions->actions())
        action->setChecked(action->data().toInt() == static_cast<int>(m_themeChoice));
}

// In a small window the drawing comes first: the View menu shows the other panels.
void MainWindow::showEvent(QShowEvent *event)
{
    QMainWindow::showEvent(event);
    if (m_isArranged)
        return;
    m_isArranged = true;
    if (width() < leastWidthForPalette)
        m_leftDock->hide();
    resizeDocks({m_bottomDock}, {qBound(leastPanelHeight, height() / 4, panelHeight)}, Qt::Vertical);
    if (height() < leastHeightForPanels) {
        m_bottomDock->setProperty("hiddenForWelcome", false);
        m_bottomDock->hide();
    }
}

void MainWindow::changeEvent(QEvent *event)
{
    QMainWindow::changeEvent(event);
    if (event->type() == QEvent::ActivationChange || event->type() == QEvent::WindowStateChange)
        m_session->setActive(!isMinimized());
    // Back from another program, which may have written one of the files.
    if (event->type() == QEvent::ActivationChange && isActiveWindow()) {
        for (int i = 0; i < m_tabs->count(); ++i)
            tabAt(i)->checkFile();
    }
}

} // namespace automation
