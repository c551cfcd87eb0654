#pragma once

#include "app/dialogs/searchresults.h"
#include "model/document/backgroundwork.h"

#include <atomic>
#include <QDialog>
#include <QTimer>

class QCheckBox;
class QLineEdit;
class QProgressBar;
class QPushButton;
class QSettings;
class QStackedWidget;
class QTreeView;

namespace automation {

class WorkflowReplacing;
class WrappedText;

// Finds and replaces in all open workflows and in a folder of files, after a look at what would change. Searching,
// checking and writing files run on another thread. Each open document changes by one command. GUI thread.
class FindInWorkflows : public QDialog
{
    Q_OBJECT
public:
    using Documents = std::function<QList<WorkflowDocument *>()>;

    // documents: the open ones, with what is being typed taken over; asked before each search. settings: not owned,
    // remembers the folder.
    FindInWorkflows(Documents documents, QSettings *settings, QWidget *parent = nullptr);
    ~FindInWorkflows() override;

    void open(const QString &text); // ready to type; text is looked for if there is any
    const SearchResults *results() const { return m_results; }
    bool isBusy() const { return m_work.isRunning() || m_later.isActive() || m_replacing; }

Q_SIGNALS:
    // A hit was activated: of an open document, or of a file by its path.
    void placeRequested(
        automation::WorkflowDocument *document, const QString &path, const QString &stepKey, const JsonPointer &place);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    // Shared with the work on the other thread.
    struct Progress
    {
        std::atomic<bool> stops = false;
        std::atomic<int> done = 0;
        std::atomic<int> total = 0;
    };
    using SharedProgress = std::shared_ptr<Progress>;

    QCheckBox *addCheck(const QString &text, const QString &name, bool isChecked);
    void build();
    SearchQuery query() const;
    QList<SearchSource> openSources() const;
    void findOrStop();
    void find();
    void showFound(QList<SearchSource> sources, bool isComplete);
    void spanNotes(int source);
    void recheck();
    void replace();
    void pushNext();
    void showReplaced();
    template <typename Left> void destroy(Left left);
    void begin(const QString &words);
    void end();
    void showState();
    void showStatus(const QString &text, bool isError = false);
    void chooseFolder();
    void activate(const QModelIndex &index);

    Documents m_documents;
    QSettings *m_settings;
    SearchResults *m_results;
    QLineEdit *m_text;
    QCheckBox *m_replaces;
    QLineEdit *m_replacement;
    QCheckBox *m_case = nullptr;
    QCheckBox *m_words = nullptr;
    QCheckBox *m_expression = nullptr;
    QCheckBox *m_ids = nullptr;
    QCheckBox *m_texts = nullptr;
    QCheckBox *m_expressions = nullptr;
    QCheckBox *m_values = nullptr;
    QCheckBox *m_inOpen = nullptr;
    QCheckBox *m_inFolder = nullptr;
    QLineEdit *m_folder;
    QPushButton *m_choose;
    QStackedWidget *m_pages; // nothing yet, or what was found
    QTreeView *m_view;
    QProgressBar *m_bar;
    WrappedText *m_status;
    QPushButton *m_find;
    QPushButton *m_replace;
    bool m_isStale = true; // what is shown was not found with what is asked for now
    enum class Wish { None, Find, Replace };
    Wish m_wish = Wish::None; // what was asked for while ticks were checked
    SharedProgress m_progress;
    QTimer m_look; // at the progress
    QTimer m_later; // checks what was ticked
    QSet<int> m_toCheck;
    std::shared_ptr<WorkflowReplacing> m_replacing; // whose documents are changed now
    QTimer m_next; // of them
    BackgroundWork m_disposal {this}; // of what was shown
    BackgroundWork m_work {this}; // last: it ends before the rest goes
};

} // namespace automation
