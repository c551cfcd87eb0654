#pragma once

#include <QHash>
#include <QSet>
#include <QString>

namespace automation {

// What happened in one instance (or many), to be painted over a drawing. Plain data: comes from whoever watches
// instances; the editor knows neither network nor sandbox.
struct NodeRun
{
    enum class State { NotReached, Done, Running, Waiting, Failed, Cancelled };
    State state = State::NotReached;
    int count = 0; // times it ran; shown when above 1
    QString badge; // translated: "waiting", "Failed"; plain text
};

struct RunOverlay
{
    QHash<QString, NodeRun> nodes; // by GraphNode::key; absent = not reached
    QSet<QPair<QString, QString>> taken; // connections followed: (from key, to key)
    bool isEmpty() const { return nodes.isEmpty(); }
};

} // namespace automation
