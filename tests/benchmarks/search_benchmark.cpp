// Prints how long find and replace in workflows keeps the window waiting, for growing numbers of steps: the longest
// turn of the event loop and all turns together, in processor time of the thread of the window.
// search_benchmark [steps…]

#include "definitiongenerator.h"

#include "app/dialogs/findinworkflows.h"
#include "app/mainwindow.h"
#include "app/views/jsonfindbar.h"
#include "designer/canvas/graphview.h"

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <functional>
#include <QAction>
#include <QApplication>
#include <QCheckBox>
#include <QElapsedTimer>
#include <QFile>
#include <QLineEdit>
#include <QPushButton>
#include <QSettings>
#include <QTemporaryDir>
#include <QTreeView>
#include <vector>

using namespace automation;

namespace {

constexpr int rounds = 5;

double cpuMilliseconds()
{
    timespec now;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return double(now.tv_sec) * 1e3 + double(now.tv_nsec) / 1e6;
}

class Turns
{
public:
    // What begins something, then the turns of the event loop until it is done and some more for what follows.
    void measure(const std::function<void()> &begin, const std::function<bool()> &isDone)
    {
        double longest = 0;
        double all = 0;
        const auto turn = [&](const std::function<void()> &run) {
            const double start = cpuMilliseconds();
            run();
            const double time = cpuMilliseconds() - start;
            longest = std::max(longest, time);
            all += time;
        };
        turn(begin);
        QElapsedTimer rest;
        rest.start();
        while (!isDone() || !rest.hasExpired(300)) {
            if (!isDone())
                rest.restart();
            turn([] { QCoreApplication::processEvents(); });
        }
        m_longest.push_back(longest);
        m_all.push_back(all);
    }
    void print(int steps, const char *what)
    {
        std::sort(m_longest.begin(), m_longest.end());
        std::sort(m_all.begin(), m_all.end());
        std::printf("%7d  %-30s longest turn: median %8.3f ms  worst %8.3f ms   all turns: median %8.3f ms\n", steps,
            what, m_longest[m_longest.size() / 2], m_longest.back(), m_all[m_all.size() / 2]);
        std::fflush(stdout);
    }

private:
    std::vector<double> m_longest;
    std::vector<double> m_all;
};

void measure(int steps)
{
    QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("flow.json"));
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        return;
    file.write(DefinitionGenerator(1).text(steps));
    file.close();
    QSettings settings(folder.filePath(QStringLiteral("settings.ini")), QSettings::IniFormat);
    MainWindow window(&settings);
    window.resize(1600, 1000);
    window.show();
    window.openFile(path);
    while (window.isOpening())
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
    if (!window.currentTab())
        return;
    WorkflowDocument *document = window.currentTab()->document();
    auto *open = window.findChild<QAction *>(QStringLiteral("findInWorkflowsAction"));
    if (!open)
        return;
    open->trigger();
    auto *dialog = window.findChild<FindInWorkflows *>();
    if (!dialog)
        return;
    const auto part = [dialog](auto *kind, const char *name) {
        return dialog->findChild<std::remove_pointer_t<decltype(kind)> *>(QLatin1StringView(name));
    };
    auto *view = part(static_cast<QTreeView *>(nullptr), "findResults");
    auto *find = part(static_cast<QPushButton *>(nullptr), "findButton");
    auto *replace = part(static_cast<QPushButton *>(nullptr), "replaceButton");
    const auto isDone = [&] { return !dialog->isBusy() && !window.currentTab()->graphView()->isLayoutPending(); };
    Turns().measure([] {}, isDone);
    part(static_cast<QLineEdit *>(nullptr), "findText")->setText(QStringLiteral("o"));
    part(static_cast<QLineEdit *>(nullptr), "findReplacement")->setText(QStringLiteral("ø"));
    part(static_cast<QCheckBox *>(nullptr), "findReplaces")->setChecked(true);
    Turns finding;
    Turns unfolding;
    Turns ticking;
    Turns replacing;
    Turns undoing;
    qsizetype hits = 0;
    for (int i = 0; i < rounds; ++i) {
        finding.measure([&] { find->click(); }, isDone);
        hits = dialog->results()->hitCount();
        const QModelIndex top = dialog->results()->index(0, 0);
        unfolding.measure([&] { view->setExpanded(top, true); }, isDone);
        ticking.measure(
            [&] { view->model()->setData(dialog->results()->index(5, 0, top), Qt::Unchecked, Qt::CheckStateRole); },
            isDone);
        replacing.measure([&] { replace->click(); }, isDone);
        undoing.measure([&] { document->undoStack()->undo(); }, isDone);
    }
    std::printf("%7d  %lld hits\n", steps, (long long)hits);
    finding.print(steps, "find");
    unfolding.print(steps, "unfold what was found");
    ticking.print(steps, "take one tick away");
    replacing.print(steps, "replace all");
    undoing.print(steps, "undo it");

    // The bar of the JSON page, over the whole text.
    dialog->close();
    window.currentTab()->setView(DocumentTab::View::Json);
    auto *bar = window.currentTab()->findChild<JsonFindBar *>();
    const auto field = [bar](const char *name) { return bar->findChild<QLineEdit *>(QLatin1StringView(name)); };
    Turns replacingText;
    Turns undoingText;
    Turns().measure([&] { bar->open(true); }, isDone);
    field("jsonFindField")->setText(QStringLiteral("data."));
    field("jsonReplaceField")->setText(QStringLiteral("data.x_"));
    Turns().measure([] {}, isDone);
    for (int i = 0; i < rounds; ++i) {
        auto *all = bar->findChild<QPushButton *>(QStringLiteral("jsonReplaceAll"));
        replacingText.measure([&] { all->click(); }, isDone);
        undoingText.measure([&] { document->undoStack()->undo(); }, isDone);
    }
    replacingText.print(steps, "replace all in the JSON page");
    undoingText.print(steps, "undo that");
}

} // namespace

int main(int argc, char *argv[])
{
    if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(argc, argv);
    QTemporaryDir home;
    qputenv("XDG_DATA_HOME", home.path().toUtf8());
    std::vector<int> sizes;
    for (int i = 1; i < argc; ++i)
        sizes.push_back(std::max(10, atoi(argv[i])));
    if (sizes.empty())
        sizes = {100, 1000, 10000};
    for (const int steps : sizes)
        measure(steps);
    return 0;
}
