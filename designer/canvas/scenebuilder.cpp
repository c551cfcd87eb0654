#include "designer/canvas/scenebuilder.h"

namespace automation {

SceneBuilder::SceneBuilder(QObject *parent)
    : QObject(parent)
    , m_worker(new QObject)
{
    m_worker->moveToThread(&m_thread);
    connect(&m_thread, &QThread::finished, m_worker, &QObject::deleteLater);
    m_thread.setObjectName(QStringLiteral("layout"));
}

SceneBuilder::~SceneBuilder()
{
    m_stop.request_stop();
    if (!m_thread.isRunning()) {
        delete m_worker; // its thread never ran, so nothing else would
        return;
    }
    m_thread.quit();
    m_thread.wait();
}

void SceneBuilder::cancel()
{
    m_stop.request_stop();
    m_stop = std::stop_source();
    ++m_generation;
    m_isBusy = false;
}

void SceneBuilder::request(
    const WorkflowDefinition &definition, const DefinitionGraph &graph, std::shared_ptr<const GraphScene> previous)
{
    cancel();
    if (graph.stepCount() <= LargestAtOnce) {
        Q_EMIT built(GraphScene::build(definition, graph, GraphScene::defaultOptions(), {}, previous.get()));
        return;
    }
    m_isBusy = true;
    if (!m_thread.isRunning())
        m_thread.start();
    const auto work = [this, definition, graph, previous, generation = m_generation, stop = m_stop.get_token()] {
        const std::shared_ptr<const GraphScene> scene
            = GraphScene::build(definition, graph, GraphScene::defaultOptions(), stop, previous.get());
        if (scene)
            QMetaObject::invokeMethod(
                this, [this, generation, scene] { take(generation, scene); }, Qt::QueuedConnection);
    };
    QMetaObject::invokeMethod(m_worker, work, Qt::QueuedConnection);
}

void SceneBuilder::take(quint64 generation, const std::shared_ptr<const GraphScene> &scene)
{
    if (generation != m_generation)
        return; // something newer was asked for
    m_isBusy = false;
    Q_EMIT built(scene);
}

} // namespace automation
