#pragma once

#include "designer/inspector/expressioncompleter.h"
#include "designer/inspector/stepdata.h"
#include "model/definition/definitiongraph.h"
#include "model/document/workflowdocument.h"

#include <QWidget>

class QFrame;
class QHBoxLayout;
class QVBoxLayout;

namespace automation {

class FieldEditor;
class RowGrip;
class TargetCombo;

// Where a step leads: one row an outcome with the step it goes to; the conditions of a Branch with their expressions,
// and a way to add one. Conditions change their order by their grips or by Alt+Up and Alt+Down; the default, which is
// taken when no condition is true wherever it stands (API reference §6), is always shown last. Edits the document
// itself. GUI thread; the document must outlive the widget.
class OutcomesEditor : public QWidget
{
    Q_OBJECT
public:
    OutcomesEditor(WorkflowDocument *document, QWidget *parent);

    // What conditions that are written here can read.
    void setCompletions(const ExpressionCompleter::Provider &provider) { m_completions = provider; }
    // With what conditions that are written here are evaluated; see FieldEditor::setLive().
    void setLive(StepData *stepData, const std::function<StepData::Sample()> &sample)
    {
        m_data = stepData;
        m_sample = sample;
    }
    // Shows the node of this key; call it again after every change of the document.
    void setNode(const QString &key);

Q_SIGNALS:
    void failed(const QString &message);

private:
    struct Row
    {
        QString outcomeKey;
        Outcome::Kind kind = Outcome::Kind::Next;
        QWidget *widget = nullptr;
        FieldEditor *condition = nullptr;
        RowGrip *grip = nullptr;
        TargetCombo *target = nullptr;
    };

    const GraphNode *node() const;
    void rebuild(const GraphNode &node);
    void update(const GraphNode &node);
    void reorder(const GraphNode &node);
    QList<Outcome> shownOutcomes(const GraphNode &node) const;
    QWidget *buildRow(const GraphNode &node, const Outcome &outcome);
    QWidget *buildAdd();
    void addCondition(Row *row, const Outcome &outcome);
    void addGrip(Row *row, const Outcome &outcome, QHBoxLayout *line);
    void addTarget(Row *row, const Outcome &outcome, QHBoxLayout *line);
    void updateGrips();
    QList<const Row *> movableRows() const;
    int indexOfMovable(const QString &outcomeKey) const;
    int gapAt(const QPoint &globalPosition) const;
    void showGap(const QPoint &globalPosition);
    void move(const QString &outcomeKey, qsizetype to);
    bool hasConditions(const GraphNode &node) const;
    QStringList possibleTargets() const;
    void retarget(const QString &outcomeKey, const QString &target);
    void setCondition(const QString &target, const JsonValue &expression);
    void push(const Result<DefinitionEdit> &edit);

    WorkflowDocument *m_document = nullptr;
    QString m_key;
    QStringList m_shape; // what the rows were built for: the type, outcome keys and kinds in their order
    QFrame *m_gap = nullptr; // where a dragged row would go
    QVBoxLayout *m_layout = nullptr;
    QList<Row> m_rows;
    ExpressionCompleter::Provider m_completions;
    StepData *m_data = nullptr;
    std::function<StepData::Sample()> m_sample;
    int m_visit = 0;
};

} // namespace automation
