#pragma once

#include "tests/document/documenttools.h"
#include "tests/document/wholestate.h"

#include <functional>
#include <random>

namespace automation {

// A session that is scripted: gesture n is the same in every run of one seed, so that what a document must look like
// after it is known beforehand.
class ScriptedSession
{
public:
    ScriptedSession(WorkflowDocument &document, quint32 seed)
        : m_document(document)
        , m_random(seed)
    {
    }

    // Undo, redo, a jump in the history, typing into one field (which merges) or a change of the graph. Every call does
    // something that is recorded, unless the gesture makes no sense where the document stands.
    void next()
    {
        QUndoStack *stack = m_document.undoStack();
        switch (below(16)) {
        case 0:
        case 1:
            stack->undo();
            break;
        case 2:
            stack->redo();
            break;
        case 3:
            if (below(5) == 0) // seldom, so that histories grow long
                stack->setIndex(below(stack->count() + 1));
            break;
        case 4:
        case 5:
            push(appendStep(definition(), graph(), type(), anyNode().key, u"next"_qs));
            break;
        case 6:
            push(deleteSteps(definition(), graph(), {anyNode().key}, below(2) == 0));
            break;
        case 7:
            push(renameStep(definition(), graph(), anyNode().key, u"step_%1"_qs.arg(below(1000))));
            break;
        case 8:
            push(addStep(definition(), graph(), type()));
            break;
        case 9:
            draw([this](DrawingLayout &drawing) {
                drawing.positions.insert(anyNode().key, QPointF(below(2000) / 4.0, below(2000)));
            });
            break;
        case 10:
            draw([this](DrawingLayout &drawing) {
                if (drawing.notes.size() > 3)
                    drawing.notes.removeFirst();
                drawing.notes += {u"note%1"_qs.arg(m_typed.size() * 1000 + below(1000)),
                    QRectF(below(500), below(500), 120, 60), m_typed.right(20)};
            });
            break;
        default:
            m_typed += QChar(u'a' + below(26));
            push(setRootValue(definition(), pointer(u"/definition/name"), m_typed.right(40), u"name"_qs, u"typing"_qs));
        }
    }

private:
    int below(qsizetype limit) { return limit < 1 ? 0 : int(m_random() % quint32(limit)); }
    const WorkflowDefinition &definition() const { return m_document.definition(); }
    const DefinitionGraph &graph() const { return m_document.graph(); }
    const GraphNode &anyNode() { return graph().nodes().at(below(graph().nodes().size())); }
    const StepType &type()
    {
        const QList<StepType> &types = m_document.catalog().steps();
        return types.at(below(types.size()));
    }
    void draw(const std::function<void(DrawingLayout &)> &change)
    {
        DrawingLayout drawing = m_document.drawing();
        change(drawing);
        (void)m_document.pushDrawing(drawing, u"draw"_qs, below(2) == 0 ? u"nudge"_qs : QString()).isOk();
    }
    void push(const Result<DefinitionEdit> &edit)
    {
        if (edit)
            (void)m_document.push(*edit).isOk();
    }

    WorkflowDocument &m_document;
    std::mt19937 m_random;
    QString m_typed;
};

} // namespace automation
