// Prints how long the GUI thread is busy with a key in a field of a step, and with opening the names that fit and the
// Data tab, for growing sizes. Processor time of the GUI thread.   inspector_benchmark [steps…]

#include "definitiongenerator.h"

#include "designer/inspector/completionlist.h"
#include "designer/inspector/expressiontextedit.h"
#include "designer/inspector/inspector.h"
#include "designer/style/applicationstyle.h"
#include "model/validation/availabledata.h"
#include "model/validation/completion.h"

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <QApplication>
#include <QKeyEvent>
#include <QTabWidget>
#include <vector>

using namespace automation;

namespace {

double cpuMilliseconds()
{
    timespec now;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return double(now.tv_sec) * 1e3 + double(now.tv_nsec) / 1e6;
}

class Times
{
public:
    template <typename Work> void measure(const Work &work)
    {
        const double start = cpuMilliseconds();
        work();
        m_times.push_back(cpuMilliseconds() - start);
    }
    void print(int steps, const char *what)
    {
        std::sort(m_times.begin(), m_times.end());
        std::printf(
            "%7d  %-40s median %8.3f ms  longest %8.3f ms\n", steps, what, m_times[m_times.size() / 2], m_times.back());
        std::fflush(stdout);
    }

private:
    std::vector<double> m_times;
};

void press(QWidget *editor, int key, const QString &text)
{
    QKeyEvent down(QEvent::KeyPress, key, Qt::NoModifier, text);
    QApplication::sendEvent(editor, &down);
    QCoreApplication::processEvents();
}

void measureSize(int steps)
{
    auto opened = WorkflowDocument::fromText(DefinitionGenerator(7).text(steps), QStringLiteral("benchmark"));
    if (!opened)
        return;
    WorkflowDocument &document = **opened;
    const QList<GraphNode> &nodes = document.graph().nodes();
    int last = int(nodes.size()) - 1;
    while (last > 0 && nodes.at(last).typeName != u"SMS")
        --last;
    Times making;
    Times asking;
    Times fitting;
    for (int i = 0; i < 15; ++i) {
        std::unique_ptr<DataAtSteps> data;
        making.measure([&] { data = std::make_unique<DataAtSteps>(document.definition(), document.graph()); });
        QList<AvailableData> found;
        asking.measure([&] { found = data->at(last, DataRead::When::Running); });
        fitting.measure([&] { completions(QStringLiteral("data."), found, nullptr); });
    }
    making.print(steps, "data of all steps, made once");
    asking.print(steps, "data at one step, made once");
    fitting.print(steps, "names that fit");

    Inspector inspector;
    inspector.resize(312, 900);
    inspector.setDocument(&document);
    inspector.show();
    inspector.setNodeKey(nodes.at(last).key);
    auto *editor = inspector.findChild<ExpressionTextEdit *>();
    if (!editor)
        return;
    editor->setFocus();
    QCoreApplication::processEvents();
    Times opening;
    Times typing;
    Times plain;
    for (int i = 0; i < 15; ++i) {
        editor->clear();
        QCoreApplication::processEvents();
        for (const QChar c : QStringLiteral("Hello"))
            plain.measure([&] { press(editor, Qt::Key_A, c); });
        press(editor, Qt::Key_BraceLeft, QStringLiteral("{"));
        opening.measure([&] { press(editor, Qt::Key_BraceLeft, QStringLiteral("{")); });
        for (const QChar c : QStringLiteral("data.pa"))
            typing.measure([&] { press(editor, Qt::Key_A, c); });
        press(editor, Qt::Key_Escape, {});
    }
    plain.print(steps, "a key in a text");
    opening.print(steps, "the key that opens the list of names");
    typing.print(steps, "a key while the list is open");
    Times tab;
    for (int i = 0; i < 5; ++i) {
        inspector.tabs()->setCurrentIndex(0);
        QCoreApplication::processEvents();
        tab.measure([&] {
            inspector.tabs()->setCurrentIndex(1);
            QCoreApplication::processEvents();
        });
    }
    tab.print(steps, "opening the Data tab");
    inspector.setDocument(nullptr);
}

} // namespace

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    applyTheme(application, Theme::light());
    QStringList sizes = application.arguments().mid(1);
    if (sizes.isEmpty())
        sizes = {QStringLiteral("100"), QStringLiteral("1000"), QStringLiteral("10000")};
    for (const QString &size : std::as_const(sizes))
        measureSize(size.toInt());
}
