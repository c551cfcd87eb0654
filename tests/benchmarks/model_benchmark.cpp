// Prints how long reading, checking, editing and saving definitions takes, for growing sizes. Times are processor time
// of the calling thread: median and 95th percentile of several rounds.   model_benchmark [steps…]

#include "definitiongenerator.h"

#include "model/document/commands/stepcommands.h"
#include "model/document/workflowdocument.h"
#include "model/json/jsonpatch.h"
#include "model/json/jsonreader.h"
#include "model/validation/validator.h"

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <functional>
#include <QCoreApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QJsonDocument>
#include <QTemporaryDir>
#include <vector>

using namespace automation;

namespace {

double cpuMilliseconds()
{
    timespec now;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return double(now.tv_sec) * 1e3 + double(now.tv_nsec) / 1e6;
}

struct Times
{
    double median = 0;
    double p95 = 0;
};

Times measure(int rounds, const std::function<void()> &prepare, const std::function<void()> &run)
{
    std::vector<double> times;
    for (int i = 0; i < rounds; ++i) {
        prepare();
        const double start = cpuMilliseconds();
        run();
        times.push_back(cpuMilliseconds() - start);
    }
    std::sort(times.begin(), times.end());
    return {times[times.size() / 2], times[qMin(times.size() - 1, times.size() * 95 / 100)]};
}

void print(int steps, const char *what, const Times &times)
{
    std::printf("%7d  %-34s %10.3f ms  p95 %10.3f ms\n", steps, what, times.median, times.p95);
    std::fflush(stdout);
}

void measureSize(int steps)
{
    const QByteArray text = DefinitionGenerator(7).text(steps);
    const int rounds = steps <= 1000 ? 51 : steps <= 10000 ? 21 : 7;
    const StepCatalog &catalog = StepCatalog::builtIn();
    const auto nothing = [] {};

    JsonValue tree;
    const Times read = measure(
        rounds, [&] { tree = {}; }, [&] { tree = readJson(text).value(); });
    QJsonDocument document;
    const Times qt = measure(
        rounds, [&] { document = {}; }, [&] { document = QJsonDocument::fromJson(text); });
    const WorkflowDefinition definition = WorkflowDefinition::fromJson(tree).value();
    DefinitionGraph graph;
    const Times build = measure(
        rounds, [&] { graph = {}; }, [&] { graph = DefinitionGraph::build(definition, catalog); });
    QList<Problem> problems;
    const Times check = measure(
        rounds, [&] { problems = {}; }, [&] { problems = validate(definition, graph, catalog); });
    std::printf("%7d  %.2f MB, %lld steps, %lld problems; QJsonDocument/readJson = %.1f\n", steps,
        double(text.size()) / 1e6, static_cast<long long>(graph.stepCount()), static_cast<long long>(problems.size()),
        qt.median / read.median);
    print(steps, "readJson", read);
    print(steps, "QJsonDocument::fromJson", qt);
    print(steps, "graph", build);
    print(steps, "all checks", check);

    QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("measured.json"));
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
        qFatal("cannot write");
    file.close();
    std::unique_ptr<WorkflowDocument> opened;
    print(steps, "open file to checked document",
        measure(
            rounds, [&] { opened.reset(); }, [&] { opened = WorkflowDocument::open(path).value(); }));

    int count = 0;
    const QString key = opened->graph().nodes().at(opened->graph().nodes().size() / 2).key;
    print(steps, "edit a text and check again", measure(rounds, nothing, [&] {
        const auto edit = setStepValue(opened->definition(), opened->graph(), key,
            JsonPointer({QStringLiteral("inputs"), QStringLiteral("text")}),
            JsonValue(QStringLiteral("changed %1").arg(++count)));
        if (!edit || !opened->push(*edit))
            qFatal("cannot edit");
    }));
    print(steps, "insert a step and check again", measure(rounds, nothing, [&] {
        const auto edit = insertStepOnConnection(opened->definition(), opened->graph(), *catalog.step(u"Wait"),
            DefinitionGraph::triggerKey(), QStringLiteral("next"));
        if (!edit || !opened->push(*edit))
            qFatal("cannot insert");
    }));
    print(steps, "undo and check again", measure(rounds, nothing, [&] { opened->undoStack()->undo(); }));
    print(steps, "text of the edited document", measure(rounds, nothing, [&] {
        if (opened->text().isEmpty())
            qFatal("no text");
    }));
    std::vector<double> wall;
    for (int i = 0; i < rounds; ++i) {
        const auto edit = setStepValue(opened->definition(), opened->graph(), key,
            JsonPointer({QStringLiteral("inputs"), QStringLiteral("text")}),
            JsonValue(QStringLiteral("saved %1").arg(++count)));
        if (!edit || !opened->push(*edit))
            qFatal("cannot edit");
        QElapsedTimer timer;
        timer.start();
        if (!opened->save())
            qFatal("cannot save");
        wall.push_back(double(timer.nsecsElapsed()) / 1e6);
    }
    std::sort(wall.begin(), wall.end());
    print(steps, "save one edit (wall)", {wall[wall.size() / 2], wall[wall.size() * 95 / 100]});
}

// How many small definitions are read and checked with all rules in a second.
void measureSmall()
{
    std::vector<QByteArray> texts;
    for (quint32 seed = 1; seed <= 200; ++seed)
        texts.push_back(DefinitionGenerator(seed).text(10));
    const StepCatalog &catalog = StepCatalog::builtIn();
    qsizetype found = 0;
    qsizetype bytes = 0;
    const int rounds = 20;
    const auto checkAll = [&] {
        for (const QByteArray &text : texts) {
            const WorkflowDefinition definition = WorkflowDefinition::fromJson(readJson(text).value()).value();
            found += validate(definition, DefinitionGraph::build(definition, catalog), catalog).size();
            bytes += text.size();
        }
    };
    const double coldStart = cpuMilliseconds();
    checkAll();
    const double cold = cpuMilliseconds() - coldStart;
    const double start = cpuMilliseconds();
    for (int round = 0; round < rounds; ++round)
        checkAll();
    const double each = (cpuMilliseconds() - start) / rounds / double(texts.size());
    std::printf("%d definitions of 10 steps, %lld bytes each: %.0f a second (first time %.0f); %lld problems\n",
        int(texts.size()), static_cast<long long>(bytes / (rounds + 1) / qsizetype(texts.size())), 1000 / each,
        1000 * double(texts.size()) / cold, static_cast<long long>(found / (rounds + 1)));
}

} // namespace

int main(int argc, char *argv[])
{
    QCoreApplication app(argc, argv);
    QList<int> sizes;
    for (const QString &argument : app.arguments().mid(1))
        sizes += argument.toInt();
    if (sizes.isEmpty())
        sizes = {100, 1000, 10000, 50000};
    measureSmall();
    for (const int steps : std::as_const(sizes))
        measureSize(qMax(1, steps));
    return 0;
}
