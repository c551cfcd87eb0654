// Prints how long the canvas takes to open, paint and answer gestures in a window of 1600 × 1000, for growing sizes.
// Times are processor time of the thread of the window, the opening also that of all threads and by the clock: median
// and 95th percentile of several rounds. Gestures are real events and count until they are painted.
// canvas_benchmark [steps…]

#include "definitiongenerator.h"

#include "designer/canvas/canvaspictures.h"
#include "designer/canvas/graphview.h"
#include "designer/outline/outlinemodel.h"
#include "designer/outline/outlinepanel.h"
#include "model/document/commands/stepcommands.h"

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <functional>
#include <malloc.h>
#include <QApplication>
#include <QElapsedTimer>
#include <QMouseEvent>
#include <QTemporaryDir>
#include <QThread>
#include <thread>
#include <unistd.h>
#include <vector>

using namespace automation;

namespace {

double cpuMilliseconds(clockid_t clock = CLOCK_THREAD_CPUTIME_ID)
{
    timespec now;
    clock_gettime(clock, &now);
    return double(now.tv_sec) * 1e3 + double(now.tv_nsec) / 1e6;
}

double residentMebibytes()
{
    malloc_trim(0);
    QFile file(QStringLiteral("/proc/self/statm"));
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    return file.readAll().split(' ').value(1).toDouble() * double(sysconf(_SC_PAGESIZE)) / (1024 * 1024);
}

class Times
{
public:
    void add(double milliseconds) { m_values.push_back(milliseconds); }
    void print(int steps, const char *what, double budget = 0)
    {
        if (m_values.empty())
            return;
        std::sort(m_values.begin(), m_values.end());
        const double median = m_values[m_values.size() / 2];
        const double p95 = m_values[std::min(m_values.size() - 1, m_values.size() * 95 / 100)];
        std::printf("%7d  %-36s %9.3f ms  p95 %9.3f ms", steps, what, median, p95);
        if (budget > 0)
            std::printf("  budget %6.1f%s", budget, p95 > budget ? "  OVER" : "");
        std::printf("\n");
        std::fflush(stdout);
    }

private:
    std::vector<double> m_values;
};

// A view in a window, and what a person does in it.
class Window : public QObject
{
public:
    Window()
    {
        view.resize(1600, 1000);
        view.viewport()->installEventFilter(this);
        connect(&view, &GraphView::sceneChanged, this, [this] { m_isPainted = false; });
    }

    bool eventFilter(QObject *watched, QEvent *event) override
    {
        if (event->type() == QEvent::Paint) {
            ++m_paints;
            m_isPainted = true;
        }
        return QObject::eventFilter(watched, event);
    }

    // Until the drawing is there and painted. The longest turn of the event loop, in milliseconds.
    double waitForDrawing()
    {
        QElapsedTimer timer;
        timer.start();
        double longest = 0;
        const auto turn = [&longest](QEventLoop::ProcessEventsFlags flags) {
            const double before = cpuMilliseconds();
            QCoreApplication::processEvents(flags);
            longest = std::max(longest, cpuMilliseconds() - before);
        };
        while (view.isLayoutPending() || !m_isPainted) {
            turn(view.isLayoutPending() ? QEventLoop::WaitForMoreEvents : QEventLoop::AllEvents);
            if (timer.hasExpired(60000))
                qFatal("no drawing");
        }
        return longest;
    }

    // What has to be painted after run, if anything.
    void waitForPaint(const std::function<void()> &run)
    {
        const int before = m_paints;
        run();
        for (int i = 0; i < 4 && m_paints == before; ++i)
            QCoreApplication::processEvents();
    }

    void measure(Times &times, const std::function<void()> &run)
    {
        const double start = cpuMilliseconds();
        waitForPaint(run);
        times.add(cpuMilliseconds() - start);
    }

    void mouse(QEvent::Type type, const QPointF &place, Qt::MouseButtons buttons)
    {
        const Qt::MouseButton button = type == QEvent::MouseMove ? Qt::NoButton : Qt::LeftButton;
        QMouseEvent event(type, place, view.viewport()->mapToGlobal(place), button, buttons, {});
        QApplication::sendEvent(view.viewport(), &event);
    }

    GraphView view;

private:
    int m_paints = 0;
    bool m_isPainted = false; // the scene there is
};

// Where most cards are in the window at this zoom.
QPointF densestPlace(const GraphScene &scene, qreal zoom)
{
    constexpr qsizetype Tries = 400;
    const QSizeF size(1600 / zoom, 1000 / zoom);
    QPointF best;
    qsizetype most = -1;
    const qsizetype stride = std::max(qsizetype(1), scene.nodes().size() / Tries);
    for (qsizetype i = 0; i < scene.nodes().size(); i += stride) {
        const QPointF centre = scene.nodes().at(i).box.center();
        const QRectF area(centre - QPointF(size.width(), size.height()) / 2, size);
        qsizetype count = 0;
        for (int node : scene.nodesIn(area))
            count += scene.nodes().at(node).box.intersects(area);
        if (count > most) {
            most = count;
            best = centre;
        }
    }
    return best;
}

void goTo(Window &window, qreal zoom)
{
    window.waitForPaint([&] {
        window.view.setZoom(zoom, {800, 500});
        window.view.centerOn(densestPlace(*window.view.scene(), zoom));
    });
}

int rounds(int steps)
{
    return steps <= 1000 ? 61 : steps <= 10000 ? 41 : 21;
}

void measureFrames(Window &window, int steps, const char *where, double fullBudget, double stepBudget)
{
    GraphView &view = window.view;
    const std::string name(where);
    Times full;
    Times pan;
    Times zoom;
    for (int i = 0; i < rounds(steps); ++i)
        window.measure(full, [&] { view.viewport()->repaint(); });
    for (int i = 0; i < rounds(steps); ++i)
        window.measure(pan, [&] { view.scrollBy({i % 4 < 2 ? 17.0 : -17.0, i % 20 < 10 ? -40.0 : 40.0}); });
    const qreal before = view.zoom();
    for (int i = 0; i < rounds(steps); ++i) {
        window.measure(zoom, [&] { view.setZoom(i % 2 ? before : before * 1.05, {800, 500}); });
    }
    full.print(steps, ("full frame " + name).c_str(), fullBudget);
    pan.print(steps, ("pan frame " + name).c_str(), stepBudget);
    zoom.print(steps, ("zoom frame " + name).c_str());
}

// Drags the selection by its card nearest to the middle.
void measureDrag(Window &window, int steps, int count, const char *what, double budget)
{
    GraphView &view = window.view;
    const GraphScene &scene = *view.scene();
    const QPointF middle = view.transform().toScene(QPointF(800, 500));
    QList<int> near(scene.nodes().size());
    for (qsizetype i = 0; i < near.size(); ++i)
        near[i] = int(i);
    const auto distance = [&](int node) { return (scene.nodes().at(node).box.center() - middle).manhattanLength(); };
    std::sort(near.begin(), near.end(), [&](int a, int b) { return distance(a) < distance(b); });
    near.removeIf([&](int node) { return scene.nodes().at(node).isTrigger || scene.nodes().at(node).parent >= 0; });
    QStringList keys;
    for (int node : near.mid(0, count))
        keys.append(scene.keyOf(node));
    if (keys.isEmpty())
        return;
    window.waitForPaint([&] { view.setSelection(keys); });
    const QPointF place
        = view.transform().toView(scene.nodes().at(near.first()).box.topLeft() + QPointF(CardMetrics::Width / 2, 8));
    window.mouse(QEvent::MouseButtonPress, place, Qt::LeftButton);
    Times times;
    QPointF at = place;
    for (int i = 0; i < 2 * rounds(steps); ++i) {
        at = place + QPointF(20 + 3.0 * (i % 40), 15 + 2.0 * (i % 40));
        if (i == 0)
            window.waitForPaint([&] { window.mouse(QEvent::MouseMove, at, Qt::LeftButton); });
        else
            window.measure(times, [&] { window.mouse(QEvent::MouseMove, at, Qt::LeftButton); });
    }
    QKeyEvent escape(QEvent::KeyPress, Qt::Key_Escape, Qt::NoModifier);
    window.waitForPaint([&] { QApplication::sendEvent(&view, &escape); });
    window.mouse(QEvent::MouseButtonRelease, at, Qt::NoButton);
    window.waitForPaint([&] { view.setSelection({}); });
    times.print(steps, what, budget);
}

void measureHover(Window &window, int steps)
{
    GraphView &view = window.view;
    const GraphScene &scene = *view.scene();
    const QRectF shown = view.transform().toScene(QRectF(view.viewport()->rect()));
    QList<QPointF> places;
    for (int node : scene.nodesIn(shown)) {
        const QPointF place = view.transform().toView(scene.nodes().at(node).box.center() - QPointF(0, 20));
        if (view.viewport()->rect().contains(place.toPoint()))
            places.append(place);
    }
    if (places.isEmpty())
        return;
    Times times;
    for (int i = 0; i < rounds(steps); ++i) {
        const QPointF place = places.at(i * 7 % places.size()) + QPointF(i % 3, 0);
        window.measure(times, [&] { window.mouse(QEvent::MouseMove, place, Qt::NoButton); });
    }
    window.waitForPaint([&] { window.mouse(QEvent::MouseMove, {2, 998}, Qt::NoButton); });
    times.print(steps, "hover, each card");
}

void measureSelectAll(Window &window, int steps)
{
    Times times;
    for (int i = 0; i < rounds(steps) / 3; ++i) {
        window.waitForPaint([&] { window.view.setSelection({}); });
        window.measure(times, [&] { window.view.selectAll(); });
    }
    times.print(steps, "select all at fit");
    window.waitForPaint([&] { window.view.setSelection({}); });
}

// As the program opens a file: read on another thread, drawn on a third, checked when it was painted.
void measureOpening(const QString &path, int steps)
{
    Times checked;
    Times window;
    Times all;
    Times clock;
    Times turns;
    Times late;
    for (int i = 0; i <= rounds(steps); ++i) { // the first one does not count but for the memory
        const bool counts = i > 0;
        const double beforeCheck = cpuMilliseconds();
        const std::unique_ptr<WorkflowDocument> whole = WorkflowDocument::open(path).value();
        if (counts)
            checked.add(cpuMilliseconds() - beforeCheck);

        const double resident = counts ? 0 : residentMebibytes();
        QElapsedTimer timer;
        timer.start();
        const double ownStart = cpuMilliseconds();
        const double allStart = cpuMilliseconds(CLOCK_PROCESS_CPUTIME_ID);
        std::unique_ptr<WorkflowDocument> document;
        std::thread([&document, &path, counts, home = QThread::currentThread()] {
            // What is known of problems belongs to the memory of the document, not of its drawing.
            document = (counts ? WorkflowDocument::openUnchecked(path) : WorkflowDocument::open(path)).value();
            document->moveTo(home);
        }).join();
        const double loaded = counts ? 0 : residentMebibytes();
        Window shown;
        const double beforeShow = cpuMilliseconds();
        shown.view.setDocument(document.get());
        shown.view.show();
        const double show = cpuMilliseconds() - beforeShow;
        const double longest = std::max(show, shown.waitForDrawing());
        const double spent = cpuMilliseconds(CLOCK_PROCESS_CPUTIME_ID) - allStart;
        const double own = cpuMilliseconds() - ownStart;
        const double passed = double(timer.nsecsElapsed()) / 1e6;
        while (!document->isChecked())
            QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
        if (counts) {
            turns.add(longest);
            all.add(spent);
            window.add(own);
            clock.add(passed);
            late.add(double(timer.nsecsElapsed()) / 1e6);
            continue;
        }
        const GraphScene &scene = *shown.view.scene();
        std::printf("%7d  %lld cards, %lld connections, %.0f × %.0f; document %.1f MiB, drawing %.1f MiB\n", steps,
            static_cast<long long>(scene.nodes().size()), static_cast<long long>(scene.edges().size()),
            scene.bounds().width(), scene.bounds().height(), loaded - resident, residentMebibytes() - loaded);
    }
    const double budget = steps == 10000 ? 100 : steps == 50000 ? 700 : 0;
    checked.print(steps, "file to checked document", steps == 10000 ? 120 : 0);
    window.print(steps, "file to first paint, window's thread", budget);
    all.print(steps, "file to first paint, all threads", budget);
    clock.print(steps, "file to first paint, by the clock", budget);
    late.print(steps, "file to problems shown, by the clock");
    turns.print(steps, "longest turn while opening", 8);
}

// What the outline adds to opening, to an edit that brings a step and to selecting.
void measureOutline(const QString &path, int steps)
{
    const std::unique_ptr<WorkflowDocument> document = WorkflowDocument::open(path).value();
    Window window;
    window.view.setDocument(document.get());
    window.view.show();
    window.waitForDrawing();
    OutlinePanel panel;
    panel.setView(&window.view);
    panel.resize(300, 900);
    const auto settle = [] {
        for (int i = 0; i < 4; ++i)
            QCoreApplication::processEvents();
    };
    const auto allListed = [&panel] {
        double longest = 0;
        for (int after = 0; after < 4; after += panel.model()->isAllListed() ? 1 : 0) { // then they are laid out
            const double before = cpuMilliseconds();
            QCoreApplication::processEvents();
            longest = std::max(longest, cpuMilliseconds() - before);
        }
        return longest;
    };
    panel.show();
    settle(); // fonts and icons
    Times first;
    Times turns;
    for (int i = 0; i < 10; ++i) {
        panel.setView(nullptr);
        settle();
        const double before = cpuMilliseconds();
        panel.setView(&window.view);
        const double listing = cpuMilliseconds() - before;
        turns.add(std::max(listing, allListed()));
        first.add(cpuMilliseconds() - before);
    }
    first.print(steps, "outline shown");
    turns.print(steps, "longest turn of that", steps <= 10000 ? 8 : 0);
    const auto edit = [&](int i) {
        const GraphNode &from = document->graph().nodes().at(1 + i * 37 % (document->graph().stepCount() / 2 + 1));
        if (const auto insert = insertStepOnConnection(document->definition(), document->graph(),
                *document->catalog().step(u"SMS"), from.key, from.outcomes.value(0).key()))
            (void)document->push(*insert);
    };
    for (const bool withOutline : {false, true}) {
        panel.setVisible(withOutline);
        panel.setView(nullptr);
        panel.setView(&window.view);
        (void)allListed();
        Times pushes;
        Times paints;
        for (int i = 0; i < rounds(steps) / 2; ++i) {
            const double start = cpuMilliseconds();
            edit(i);
            const double pushed = cpuMilliseconds();
            settle();
            pushes.add(pushed - start);
            paints.add(cpuMilliseconds() - pushed);
            while (window.view.isLayoutPending())
                QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
            settle();
        }
        const std::string name = withOutline ? ", with the outline" : ", without the outline";
        pushes.print(steps, ("inserting a step" + name).c_str());
        paints.print(steps, ("painting after that" + name).c_str());
    }
    Times selecting;
    Times longest;
    for (int i = 0; i < 10; ++i) {
        window.view.setSelection({});
        settle();
        const double start = cpuMilliseconds();
        window.view.selectAll();
        selecting.add(cpuMilliseconds() - start);
        longest.add(allListed());
    }
    selecting.print(steps, "select all with the outline", steps <= 10000 ? 8 : 0);
    longest.print(steps, "longest turn after that", steps <= 10000 ? 8 : 0);
}

void measureSize(int steps)
{
    const double fullBudget = steps == 10000 ? 8 : 0;
    const double smallBudget = steps == 10000 ? 12 : 0;
    const double stepBudget = steps == 10000 ? 3 : 0;
    QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("measured.json"));
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(DefinitionGenerator(7).text(steps)) < 0)
        qFatal("cannot write");
    file.close();

    measureOpening(path, steps);
    measureOutline(path, steps);

    const std::unique_ptr<WorkflowDocument> document = WorkflowDocument::open(path).value();
    const double loaded = residentMebibytes();
    Window window;
    window.view.setDocument(document.get());
    window.view.show();
    window.waitForDrawing();
    goTo(window, 1);
    measureFrames(window, steps, "at 100 %", fullBudget, stepBudget);
    goTo(window, 1);
    measureHover(window, steps);
    measureDrag(window, steps, 1, "drag one step at 100 %", stepBudget);
    measureDrag(window, steps, 100, "drag 100 steps at 100 %", stepBudget);
    goTo(window, 0.35);
    measureFrames(window, steps, "at 35 %", smallBudget, 0);
    goTo(window, 0.35);
    measureDrag(window, steps, 100, "drag 100 steps at 35 %", 0);
    window.waitForPaint([&] { window.view.zoomToFit(); });
    std::printf("%7d  fit is %.3g %%\n", steps, window.view.zoom() * 100);
    measureFrames(window, steps, "at fit", steps == 50000 ? 40 : fullBudget, 0);
    window.waitForPaint([&] { window.view.zoomToFit(); });
    measureSelectAll(window, steps);
    measureDrag(window, steps, 100, "drag 100 steps at fit", 0);
    std::printf("%7d  resident growth of the drawing in the end %.1f MiB%s\n", steps, residentMebibytes() - loaded,
        steps == 10000 ? "  budget 40" : "");

    // Pictures are made on another thread; what counts here is what the window loses to them.
    for (const char *kind : {"svg", "pdf"}) {
        const QString picture = folder.filePath(QStringLiteral("measured.") + QLatin1String(kind));
        Times starts;
        Times turns;
        for (int i = 0; i < 3; ++i) {
            PictureJob job;
            const double start = cpuMilliseconds();
            job.start(picture, CanvasPictures::write(window.view, picture));
            starts.add(cpuMilliseconds() - start);
            double longest = 0;
            while (job.isRunning()) {
                const double before = cpuMilliseconds();
                QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
                longest = std::max(longest, cpuMilliseconds() - before);
            }
            turns.add(longest);
        }
        starts.print(steps, ("begin a " + std::string(kind)).c_str(), 8);
        turns.print(steps, ("longest turn while writing a " + std::string(kind)).c_str(), 8);
    }
}

} // namespace

int main(int argc, char *argv[])
{
    if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication app(argc, argv);
    QList<int> sizes;
    for (const QString &argument : app.arguments().mid(1))
        sizes += argument.toInt();
    if (sizes.isEmpty())
        sizes = {100, 1000, 10000, 50000};
    {
        Window window; // fonts, styles and icons are read once
        const std::unique_ptr<WorkflowDocument> document
            = WorkflowDocument::fromText(DefinitionGenerator(7).text(30), {}).value();
        window.view.setDocument(document.get());
        window.view.show();
        window.waitForDrawing();
    }
    for (const int steps : std::as_const(sizes))
        measureSize(std::max(1, steps));
    return 0;
}
