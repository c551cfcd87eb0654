#pragma once

#include "designer/drawing/graphscene.h"
#include "model/json/jsonreader.h"

#include <QFile>
#include <QTest>

namespace automation {

inline QByteArray chainText(int steps)
{
    QByteArray text = "{\"trigger\":\"inbound_sms\",\"definition\":{\"steps\":[";
    for (int i = 0; i < steps; ++i) {
        text += i ? "," : "";
        text += "{\"id\":\"step_" + QByteArray::number(i)
            + "\",\"stepType\":\"SMS\",\"inputs\":{\"destination\":\"{{data.n}}\"}";
        if (i + 1 < steps)
            text += ",\"nextStepId\":\"step_" + QByteArray::number(i + 1) + "\"";
        text += "}";
    }
    return text + "]}}";
}

// A definition of tests/data/canvas with its graph and scene.
struct DrawingFixture
{
    explicit DrawingFixture(const QByteArray &text)
    {
        Result<JsonValue> json = readJson(text);
        if (!json)
            return;
        Result<WorkflowDefinition> read = WorkflowDefinition::fromJson(*json);
        if (!read)
            return;
        definition = *read;
        graph = DefinitionGraph::build(definition, StepCatalog::builtIn());
        scene = GraphScene::build(definition, graph, GraphScene::defaultOptions());
    }

    static DrawingFixture fromFile(const QString &name)
    {
        QFile file(QStringLiteral(TEST_DATA_DIR "/canvas/") + name);
        return DrawingFixture(file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray());
    }

    // A chain of SMS steps.
    static DrawingFixture chain(int steps) { return DrawingFixture(chainText(steps)); }

    const SceneNode &node(const QString &key) const { return scene->nodes().at(scene->indexOfKey(key)); }

    WorkflowDefinition definition;
    DefinitionGraph graph;
    std::shared_ptr<const GraphScene> scene = std::make_shared<GraphScene>();
};

} // namespace automation
