#pragma once

#include "designer/layout/graphlayout.h"
#include <QRandomGenerator>

namespace automation {

// Makes workflow-like graphs for tests and benchmarks, the same for the same seed: sequences, branches of two to six
// (or more) arms that mostly join again, loops back, outcomes without a target, containers with one to three sequences.
class WorkflowGenerator
{
public:
    struct Shape
    {
        int steps = 50; // about
        int branchPercent = 25;
        int mostArms = 6;
        int loopPercent = 5;
        int containerPercent = 5;
        int farJumpPercent = 0; // steps with another outcome that leads to any step of the same sequence
        int jumpPercent = 0; // edges to any step of the same sequence, or any step at all
        int deadEndPercent = 15; // arms that do not join
    };

    explicit WorkflowGenerator(quint32 seed);
    LayoutGraph make(const Shape &shape);

    static LayoutGraph chain(int nodes);
    static LayoutNode card(int outcomes);

private:
    struct Exit
    {
        int node;
        int port;
    };

    bool chance(int percent);
    int addNode(int outcomes, int container, int sequence);
    void connect(const QList<Exit> &exits, int to);
    QList<Exit> addSequence(QList<Exit> entries, int steps, int container, int sequence, int depth);
    QList<Exit> addBranch(const QList<Exit> &entries, int steps, int container, int sequence, int depth);
    QList<Exit> addContainer(const QList<Exit> &entries, int steps, int container, int sequence, int depth);
    void addOutcomes(int percent, int reach);
    void addJumps();

    QRandomGenerator m_random;
    Shape m_shape;
    LayoutGraph m_graph;
};

} // namespace automation
