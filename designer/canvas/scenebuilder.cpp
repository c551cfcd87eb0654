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
    drop(std::exchange(m_made, {}).scene); // memory is best given back by the thread that took it
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

SceneBuilder::Made SceneBuilder::make(const WorkflowDefinition &definition, const DefinitionGraph &graph,
    const DrawingLayout &drawing, const Made &earlier, const std::stop_token &stop)
{
    LayoutOptions options = GraphScene::defaultOptions();
    if (drawing.direction == DrawingLayout::Direction::LeftToRight)
        options.direction = LayoutOptions::Direction::LeftToRight;
    Made made;
    made.direction = drawing.direction;
    // A layout in the other direction saves nothing.
    const GraphScene *previous = earlier.direction == drawing.direction ? earlier.scene.get() : nullptr;
    made.scene = GraphScene::build(definition, graph, options, stop, previous, drawing.positions);
    return made;
}

void SceneBuilder::request(
    const WorkflowDefinition &definition, const DefinitionGraph &graph, const DrawingLayout &drawing)
{
    cancel();
    if (graph.stepCount() <= LargestAtOnce) {
        m_made = make(definition, graph, drawing, m_made, {});
        Q_EMIT built(m_made.scene);
        return;
    }
    m_isBusy = true;
    if (!m_thread.isRunning())
        m_thread.start();
    const auto work
        = [this, definition, graph, drawing, earlier = m_made, generation = m_generation, stop = m_stop.get_token()] {
              const Made made = make(definition, graph, drawing, earlier, stop);
              if (made.scene)
                  QMetaObject::invokeMethod(
                      this, [this, generation, made] { take(generation, made); }, Qt::QueuedConnection);
          };
    QMetaObject::invokeMethod(m_worker, work, Qt::QueuedConnection);
}

void SceneBuilder::drop(std::shared_ptr<const GraphScene> scene)
{
    if (m_thread.isRunning())
        QMetaObject::invokeMethod(
            m_worker, [dropped = std::move(scene)] {}, Qt::QueuedConnection);
}

void SceneBuilder::take(quint64 generation, const Made &made)
{
    if (generation != m_generation)
        return; // something newer was asked for
    m_isBusy = false;
    m_made = made;
    Q_EMIT built(m_made.scene);
}

} // namespace automation
