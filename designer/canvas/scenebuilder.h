#pragma once

#include "designer/drawing/graphscene.h"
#include "model/document/drawinglayout.h"

#include <QObject>
#include <QThread>

namespace automation {

// Makes scenes from definitions and what a person arranged by hand: at once for small ones, on a thread of its own for
// large ones, so that the window never waits. The newest request wins; an older one under way is stopped and its result
// dropped. Lives on the GUI thread; the destructor waits for the thread, which stops within a few milliseconds.
class SceneBuilder : public QObject
{
    Q_OBJECT
public:
    static constexpr qsizetype LargestAtOnce = 500; // steps

    explicit SceneBuilder(QObject *parent = nullptr);
    ~SceneBuilder() override;

    // Ends in built(), for small graphs before it returns.
    void request(const WorkflowDefinition &definition, const DefinitionGraph &graph, const DrawingLayout &drawing);
    void cancel();
    // The next scene is laid out as if it were the first: nothing of earlier ones is kept.
    void forget() { m_made = {}; }
    // Takes a scene that is not shown any more; a large one is freed on the thread, as that takes milliseconds.
    void drop(std::shared_ptr<const GraphScene> scene);
    bool isBusy() const { return m_isBusy; }

Q_SIGNALS:
    void built(const std::shared_ptr<const automation::GraphScene> &scene);

private:
    // Kept because it saves laying out again.
    struct Made
    {
        std::shared_ptr<const GraphScene> scene;
        DrawingLayout::Direction direction = DrawingLayout::Direction::TopToBottom;
    };
    static Made make(const WorkflowDefinition &definition, const DefinitionGraph &graph, const DrawingLayout &drawing,
        const Made &earlier, const std::stop_token &stop);
    void take(quint64 generation, const Made &made);

    QThread m_thread;
    QObject *m_worker; // only to give the thread an event queue; lives on it
    std::stop_source m_stop;
    Made m_made;
    quint64 m_generation = 0;
    bool m_isBusy = false;
};

} // namespace automation
