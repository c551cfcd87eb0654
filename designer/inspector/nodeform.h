#pragma once

#include "designer/inspector/expressioncompleter.h"
#include "designer/inspector/inputchange.h"
#include "model/document/workflowdocument.h"

#include <QWidget>

class QLabel;
class QPushButton;
class QVBoxLayout;

namespace automation {

class FieldEditor;
class OutcomesEditor;
class StepData;
class StepJsonEditor;

// The form of one node of a document: the workflow and its trigger, or a step. Built for a node and its type; follows
// the document's changes as long as both stay the same. GUI thread; the document must outlive the form.
class NodeForm : public QWidget
{
    Q_OBJECT
public:
    // stepData: of the same document; outlives the form.
    NodeForm(WorkflowDocument *document, StepData *stepData, const QString &key, QWidget *parent);

    QString key() const { return m_key; }
    // False when the node is gone or another form is needed.
    bool fits(const QString &key) const;
    // The step has another id, and so another key: shows it as that. False when it needs another form.
    bool follow(const QString &key);
    // Which visit to a field is going on; a form that takes the place of this one goes on with it, so that the edit
    // that led to it and those that follow are one undo step.
    int visit() const { return m_visit; }
    void setVisit(int visit) { m_visit = visit; }
    // Takes over the document's state.
    void refresh();
    // Puts the cursor into the field a pointer of the definition belongs to. False when there is none.
    bool focusField(const JsonPointer &pointer);
    // Takes over what is typed but not reported yet; false when some of it cannot be.
    bool commit();
    // True while the form itself gives its step another key; keyChanged() follows.
    bool isRenaming() const;
    // Nothing typed here counts any more; for a form that is about to be deleted.
    void retire();

Q_SIGNALS:
    // The step has another id, and so another key, from now on.
    void keyChanged(const QString &key);

private:
    struct Entry
    {
        FieldEditor *editor = nullptr;
        JsonPointer place; // below the step, or in the root for the trigger
        bool isOptional = false;
        int area = -1; // in m_areas; -1 = none
    };
    // Fields that have a meaning under the same conditions, made when they have one for the first time.
    struct Area
    {
        QList<const InputField *> fields;
        QWidget *widget = nullptr;
        bool isBuilt = false;
        bool isShown = false;
    };
    struct Shape
    {
        QString key;
        QString typeName;
        QString triggerName;
        friend bool operator==(const Shape &, const Shape &) = default;
    };

    const GraphNode *node() const;
    QWidget *fieldInsteadOf(const GraphNode &node, const JsonPointer &pointer) const;
    Shape shapeOf(const QString &key) const;
    void buildTrigger(const GraphNode &node);
    void buildStep(const GraphNode &node);
    void buildFields(const GraphNode &node);
    void addArea(const InputField &field, QVBoxLayout *layout);
    void showAreas(const JsonValue &inputs);
    bool isShown(const Entry &entry) const { return entry.area < 0 || m_areas.at(entry.area).isShown; }
    const Entry *entryAt(const JsonPointer &stepPlace, const JsonPointer &pointer) const;
    void pushInput(const JsonPointer &place, const std::optional<JsonValue> &value, const QString &mergeKey);
    FieldEditor *addField(FieldEditor *editor, const JsonPointer &place, QVBoxLayout *layout);
    ExpressionCompleter::Source completionSource(DataRead::When when) const;
    void fieldEdited(const FieldEditor *editor, const std::optional<JsonValue> &value);
    void rename(const QString &newId);
    void applyFix(const Problem &problem);
    void refreshProblems(const GraphNode &node);
    void showMore(bool more);
    void showError(const QString &message);
    bool push(const Result<DefinitionEdit> &edit);

    WorkflowDocument *m_document = nullptr;
    StepData *m_data = nullptr;
    QString m_key;
    Shape m_shape;
    QVBoxLayout *m_layout = nullptr;
    QList<Entry> m_entries;
    QList<Area> m_areas;
    std::optional<InputChange> m_change; // of the inputs of the step's type
    FieldEditor *m_idEditor = nullptr;
    OutcomesEditor *m_outcomes = nullptr;
    StepJsonEditor *m_json = nullptr;
    QWidget *m_more = nullptr;
    QPushButton *m_moreButton = nullptr;
    QLabel *m_error = nullptr;
    QVBoxLayout *m_problemLayout = nullptr;
    QList<QWidget *> m_stops; // of Tab, as last ordered; only to be compared
    int m_visit = 0;
    bool m_renaming = false;
    bool m_retired = false;
};

} // namespace automation
