#pragma once

#include "app/documenttab.h"
#include "app/session/accountsession.h"
#include "app/session/sandboxprocess.h"
#include "app/settings/accounts.h"
#include "app/settings/keystore.h"
#include "model/document/backgroundwork.h"

#include <functional>
#include <QLockFile>
#include <QMainWindow>

class QActionGroup;
class QDockWidget;
class QLabel;
class QMenu;
class QStackedWidget;
class QTabWidget;
class QToolButton;

namespace automation {

class CanvasActions;
class CommandPalette;
class DefinitionsPanel;
class DesktopSettings;
class ErrorsPanel;
class FindInWorkflows;
class FittingToolBar;
class Inspector;
class InstancesPanel;
class InstanceView;
class MessagesPanel;
class NoticeBar;
class OutlinePanel;
class PanelView;
class PictureOutput;
class PillLabel;
class ProblemsPanel;
class RecoveryController;
class DocumentOpener;
class RunController;
class SamplesDialog;
class SampleStore;
class StartPanel;
class StepPalette;
class WelcomePage;
struct RestoredDocument;

// The program's window: documents in tabs, docks around them, one connection to an account.
class MainWindow : public QMainWindow
{
    Q_OBJECT
public:
    enum class ThemeChoice { System, Light, Dark };

    // settings: not owned, outlives the window. sandboxProgram: empty = the one beside this program.
    explicit MainWindow(QSettings *settings, const QString &sandboxProgram = {}, QWidget *parent = nullptr);
    ~MainWindow() override;

    void setThemeChoice(ThemeChoice choice);
    // From now on journals of documents are kept in this folder, and what an earlier run left there is offered. Once,
    // before any document is open.
    void startRecovery(const QString &folder);
    void connectToSandbox();
    void connectToAccount(const QString &name);
    DocumentTab *currentTab() const; // nullptr without a document
    AccountSession *session() { return m_session; }
    SandboxProcess *sandbox() { return m_sandbox; }
    bool isOpening() const; // a file is still being read

public Q_SLOTS:
    // Opens a file, which is read on another thread, or shows the tab that has it open already. A notice says why
    // when it cannot; then: called once its tab is shown.
    void openFile(const QString &path, const std::function<void()> &then = {});
    void newEmpty();
    // Opens the gallery; with one of the program's templates chosen when its id is given.
    void newFromTemplate(const QString &templateId = {});
    void saveAsTemplate(); // the current document
    // Begins to save the current document, on another thread; asks for a name when it has none. False when the person
    // does not want to.
    bool save();
    bool saveAs();
    bool closeTab(int index); // asks when there is something to lose

Q_SIGNALS:
    void openingFinished(); // all files that were to be opened are open, or refused

protected:
    void closeEvent(QCloseEvent *event) override;
    void changeEvent(QEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;

private:
    void buildCentre();
    void buildDocks();
    void buildActions(); // mainwindowmenus.cpp
    void buildToolBar(); // mainwindowmenus.cpp
    void buildStatusBar();
    void connectSession();
    void connectSamples(); // mainwindowsamples.cpp
    void restoreLayout();
    int layoutVersion() const; // of the saved dock state
    void setDocksMovable(bool movable);

    DocumentTab *addTab(std::unique_ptr<WorkflowDocument> document, std::unique_ptr<RecoveryJournal> journal = {});
    bool showTabOf(const QString &path); // false when the file is not open
    bool takeOpened(const QString &path, Result<std::unique_ptr<WorkflowDocument>> document);
    void offerRestoring();
    void takeRestored(RestoredDocument &restored);
    void onSaved(DocumentTab *tab);
    void onSaveFailed(DocumentTab *tab, const Error &error);
    void resolveChangedFile(DocumentTab *tab);
    void openFetched(const DefinitionInfo &definition);
    void onCurrentTabChanged();
    void onViewChanged();
    void updateTitles();
    void updateActions();
    void updateStatusBar();
    void updateServicePill();
    void updateProblemsPill();
    void updateRecentFiles();
    void updateStartPanel();
    void updateAccountMenu();
    void updateRun();
    void updateContact();
    void applyThemeChoice();
    void openDialog();
    void editAccount(const ApiAccount &account);
    void goToStep(const QString &stepKey);
    void replay(const JsonValue &payload);
    void showInstanceMenu(const QPoint &globalPosition);
    void showOutline();
    void showCanvasMenu(const QPoint &globalPosition);
    void openCommandPalette(); // mainwindowcommands.cpp
    void showShortcuts(); // mainwindowcommands.cpp
    void findInWorkflows(); // mainwindowsearch.cpp
    void showPlaceOf(DocumentTab *tab, const QString &stepKey, const JsonPointer &place);
    void showFound(WorkflowDocument *document, const QString &path, const QString &stepKey,
        const JsonPointer &place); // mainwindowsearch.cpp
    void extractSelection(); // mainwindowcommands.cpp
    SamplesDialog *openSamples(); // mainwindowsamples.cpp; nullptr without a document
    void saveInstanceSample(); // mainwindowsamples.cpp
    bool saveTo(DocumentTab *tab, const QString &path);
    bool mayClose(DocumentTab *tab);
    DocumentTab *tabAt(int index) const;
    void noteRecentFile(const QString &path);

    QSettings *m_settings;
    Accounts m_accounts;
    KeyStore *m_keys;
    std::unique_ptr<QLockFile> m_sandboxLock;
    SandboxProcess *m_sandbox;
    AccountSession *m_session;
    RunController *m_runs;
    DocumentOpener *m_opener;
    SampleStore *m_samples = nullptr;
    RecoveryController *m_recovery = nullptr; // nullptr = no journals
    DesktopSettings *m_desktop;
    ThemeChoice m_themeChoice = ThemeChoice::System;
    bool m_isArranged = false; // the docks are where the person had them
    QString m_accountAfterKey; // whose key is being read
    QString m_contactOf; // instance the Messages panel was set for

    CommandPalette *m_commandPalette = nullptr;
    FindInWorkflows *m_find = nullptr;
    NoticeBar *m_notice = nullptr;
    QTabWidget *m_tabs = nullptr;
    WelcomePage *m_welcome = nullptr;
    QWidget *m_centre = nullptr;
    QStackedWidget *m_centrePages = nullptr;
    QStackedWidget *m_leftPages = nullptr;
    QStackedWidget *m_rightPages = nullptr;
    QTabWidget *m_bottomTabs = nullptr;
    QDockWidget *m_leftDock = nullptr;
    QDockWidget *m_rightDock = nullptr;
    QDockWidget *m_bottomDock = nullptr;
    StartPanel *m_startPanel = nullptr;
    StepPalette *m_palette = nullptr;
    OutlinePanel *m_outline = nullptr;
    DefinitionsPanel *m_definitions = nullptr;
    Inspector *m_inspector = nullptr;
    InstanceView *m_instanceView = nullptr;
    ProblemsPanel *m_problems = nullptr;
    InstancesPanel *m_instances = nullptr;
    ErrorsPanel *m_errors = nullptr;
    MessagesPanel *m_messages = nullptr;
    PanelView *m_requests = nullptr;

    FittingToolBar *m_toolBar = nullptr;
    PillLabel *m_problemsPill = nullptr;
    PillLabel *m_servicePill = nullptr;
    QMenu *m_accountMenu = nullptr;
    QMenu *m_recentMenu = nullptr;
    QToolButton *m_zoomButton = nullptr;
    QLabel *m_statusLeft = nullptr;
    QLabel *m_statusRight = nullptr;

    CanvasActions *m_canvas = nullptr;
    PictureOutput *m_pictures = nullptr;
    QList<QAction *> m_stepActions; // that add a step of a type
    QAction *m_save = nullptr;
    QAction *m_saveAs = nullptr;
    QAction *m_saveAsTemplate = nullptr;
    QAction *m_export = nullptr;
    QAction *m_exportSelection = nullptr;
    QAction *m_print = nullptr;
    QAction *m_restore = nullptr;
    QAction *m_close = nullptr;
    QAction *m_undo = nullptr;
    QAction *m_redo = nullptr;
    QAction *m_publish = nullptr;
    QAction *m_enable = nullptr;
    QAction *m_disable = nullptr;
    QAction *m_testRun = nullptr;
    QAction *m_suspend = nullptr;
    QAction *m_resume = nullptr;
    QAction *m_terminate = nullptr;
    QAction *m_editSamples = nullptr;
    QAction *m_saveSample = nullptr;
    QActionGroup *m_viewActions = nullptr;
    QActionGroup *m_themeActions = nullptr;
    BackgroundWork m_templateWork {this}; // last: it ends before the rest goes
};

} // namespace automation
