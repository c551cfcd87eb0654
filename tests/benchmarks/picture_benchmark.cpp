// Prints how long pictures of drawings of growing sizes take to write: processor time of the thread that writes, median
// of five rounds, and the largest of them.
// picture_benchmark [steps…]

#include "definitiongenerator.h"

#include "designer/drawing/pictureexport.h"
#include "model/definition/workflowdefinition.h"
#include "model/json/jsonreader.h"

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <QFileInfo>
#include <QGuiApplication>
#include <QTemporaryDir>

using namespace automation;

namespace {

double threadMilliseconds()
{
    timespec now;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return double(now.tv_sec) * 1e3 + double(now.tv_nsec) / 1e6;
}

void measure(int steps)
{
    constexpr int Rounds = 5;
    const Result<JsonValue> json = readJson(DefinitionGenerator(7).text(steps));
    const Result<WorkflowDefinition> definition = WorkflowDefinition::fromJson(json.value());
    const auto scene = GraphScene::build(*definition, DefinitionGraph::build(*definition, StepCatalog::builtIn()));
    QTemporaryDir folder;
    for (const QString &kind : {QStringLiteral("svg"), QStringLiteral("pdf"), QStringLiteral("png")}) {
        const QString path = folder.filePath(QStringLiteral("measured.") + kind);
        PictureExport::Options options;
        if (kind == QLatin1StringView("png"))
            options.scale = std::clamp(16000 / std::max(scene->bounds().width(), scene->bounds().height()), 0.1, 1.0);
        double times[Rounds];
        for (double &time : times) {
            const double start = threadMilliseconds();
            if (const Result<void> done = PictureExport::write(scene, {}, path, options); !done) {
                std::printf("%7d  %s  %s\n", steps, qPrintable(kind), qPrintable(done.error().message));
                return;
            }
            time = threadMilliseconds() - start;
        }
        std::sort(std::begin(times), std::end(times));
        std::printf("%7d  %s  %9.1f ms  most %9.1f ms  %7.2f MiB\n", steps, qPrintable(kind), times[Rounds / 2],
            times[Rounds - 1], double(QFileInfo(path).size()) / (1024 * 1024));
        std::fflush(stdout);
    }
}

} // namespace

int main(int argc, char *argv[])
{
    if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    QGuiApplication app(argc, argv);
    QList<int> sizes;
    for (const QString &argument : app.arguments().mid(1))
        sizes += argument.toInt();
    if (sizes.isEmpty())
        sizes = {100, 1000, 10000};
    for (const int steps : std::as_const(sizes))
        measure(std::max(1, steps));
    return 0;
}
