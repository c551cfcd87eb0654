// Prints how long a key in the JSON of a document keeps the window waiting: in the whole window, with drawing,
// inspector and problems, for growing sizes. Times are processor time of the thread of the window, until the event is
// over and until all that it brought is painted and the timers it started are over: median and 95th percentile.
// jsonview_benchmark [steps…]

#include "definitiongenerator.h"

#include "app/documenttab.h"
#include "app/mainwindow.h"
#include "app/views/jsoncompleter.h"
#include "app/views/jsondocumentview.h"
#include "app/views/jsoneditor.h"
#include "designer/canvas/graphview.h"
#include "designer/style/applicationstyle.h"
#include "model/document/commands/stepcommands.h"

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <functional>
#include <QApplication>
#include <QElapsedTimer>
#include <QKeyEvent>
#include <QSettings>
#include <QTemporaryDir>
#include <vector>

using namespace automation;

namespace {

constexpr int rounds = 200;

double cpuMilliseconds()
{
    timespec now;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return double(now.tv_sec) * 1e3 + double(now.tv_nsec) / 1e6;
}

class Times
{
public:
    void add(double milliseconds) { m_values.push_back(milliseconds); }
    void print(int steps, qsizetype bytes, const char *what, double budget = 0)
    {
        std::sort(m_values.begin(), m_values.end());
        const double median = m_values[m_values.size() / 2];
        const double p95 = m_values[std::min(m_values.size() - 1, m_values.size() * 95 / 100)];
        std::printf("%7d %6lld KB  %-38s %9.3f ms  p95 %9.3f ms", steps, (long long)(bytes / 1000), what, median, p95);
        if (budget > 0)
            std::printf("  budget %6.1f%s", budget, p95 > budget ? "  OVER" : "");
        std::printf("\n");
        std::fflush(stdout);
    }

private:
    std::vector<double> m_values;
};

class Measured
{
public:
    explicit Measured(DocumentTab *tab)
        : m_tab(tab)
    {
    }

    JsonEditor *editor() { return m_tab->jsonView()->editor(); }

    // Until nothing is left to do.
    void settle(int milliseconds = 250)
    {
        QElapsedTimer timer;
        timer.start();
        while (!timer.hasExpired(milliseconds) || m_tab->graphView()->isLayoutPending())
            QCoreApplication::processEvents(QEventLoop::AllEvents, 20);
    }

    void press(int key, Qt::KeyboardModifiers modifiers, const QString &text)
    {
        QKeyEvent event(QEvent::KeyPress, key, modifiers, text);
        QApplication::sendEvent(editor(), &event);
    }

    void measure(int steps, const char *what, int count, double budget, const std::function<void(int)> &run)
    {
        Times event;
        Times all;
        for (int i = 0; i < count; ++i) {
            const double start = cpuMilliseconds();
            run(i);
            event.add(cpuMilliseconds() - start);
            // As keys come: the next one finds the painting of the last one done.
            for (int turn = 0; turn < 3; ++turn)
                QCoreApplication::processEvents();
            all.add(cpuMilliseconds() - start);
        }
        const qsizetype bytes = m_tab->document()->shownText().size();
        event.print(steps, bytes, what, budget);
        all.print(steps, bytes, "    with what it paints", budget);
        settle();
    }

private:
    DocumentTab *m_tab;
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
    DocumentTab *tab = window.currentTab();
    Measured it(tab);
    it.settle();
    const double start = cpuMilliseconds();
    tab->setView(DocumentTab::View::Json);
    Times opening;
    opening.add(cpuMilliseconds() - start);
    opening.print(steps, tab->document()->text().size(), "show the text");
    it.settle();
    JsonEditor *editor = it.editor();
    editor->setFocus();
    const auto goTo = [&](const char *what) {
        const QByteArray text = editor->bytes();
        editor->setCursor(text.indexOf(what, text.size() / 2) + qsizetype(qstrlen(what)));
        Q_EMIT editor->jumped();
        it.settle();
    };
    goTo("\"text\": \"");
    it.measure(steps, "a letter in a text", rounds, 16, [&](int) { it.press(Qt::Key_X, {}, QStringLiteral("x")); });
    it.measure(steps, "a quote, broken and good by turns", rounds, 16, [&](int i) {
        if (i % 2 == 0)
            it.press(Qt::Key_QuoteDbl, {}, QStringLiteral("\""));
        else
            it.press(Qt::Key_Backspace, {}, QString());
    });
    goTo("\"id\": \"");
    it.measure(steps, "a letter in an id", rounds, 16, [&](int) { it.press(Qt::Key_X, {}, QStringLiteral("x")); });
    goTo("\"inputs\": {");
    it.measure(steps, "an empty line", rounds, 16, [&](int) { it.press(Qt::Key_Return, {}, QStringLiteral("\r")); });
    it.measure(steps, "undo and redo by turns", 40, 16,
        [&](int i) { it.press(i % 2 == 0 ? Qt::Key_Z : Qt::Key_Y, Qt::ControlModifier, QString()); });
    goTo("\"text\": \"");
    for (const QChar c : QStringLiteral("{{data."))
        it.press(0, {}, QString(c));
    it.settle();
    it.measure(steps, "the list of names in an expression", 20, 30, [&](int i) {
        if (i % 2 == 0)
            it.press(Qt::Key_Space, Qt::ControlModifier, QString());
        else
            it.press(Qt::Key_Escape, {}, QString());
    });
    while (tab->document()->undoStack()->canUndo())
        tab->document()->undoStack()->undo();
    it.settle();
    const QString key = tab->document()->graph().nodes().at(steps / 2).key;
    it.measure(steps, "an edit from elsewhere", 40, 16, [&](int i) {
        const Result<DefinitionEdit> edit = setStepValue(tab->document()->definition(), tab->document()->graph(), key,
            JsonPointer({QStringLiteral("inputs"), QStringLiteral("note")}), JsonValue(i));
        if (edit)
            (void)tab->document()->push(*edit).isOk();
    });
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
        sizes = {100, 1000, 5000};
    for (const int steps : sizes)
        measure(steps);
    return 0;
}
