#pragma once

#include "model/document/workflowdocument.h"

#include <QPointer>
#include <QWidget>

class QScrollArea;
class QStackedWidget;
class QTabWidget;

namespace automation {

class DataTab;
class EmptyState;
class NodeForm;
class StepData;
class StepJsonEditor;
struct SavedSample;

// The right-hand panel: the selected step (or the workflow with its trigger) as a form and as JSON, and what data it
// finds when it starts. Every edit is a
// command on the document's undo stack; changes from elsewhere show up at once and leave the cursor alone. Usable
// from 300 pixels of width. GUI thread; a document that goes away leaves an empty inspector.
class Inspector : public QWidget
{
    Q_OBJECT
public:
    explicit Inspector(QWidget *parent = nullptr);
    ~Inspector() override;

    // nullptr = none. The selection is cleared.
    void setDocument(WorkflowDocument *document);
    WorkflowDocument *document() const { return m_document; }
    // The node to show, as in GraphNode::key; empty = none.
    void setNodeKey(const QString &key);
    QString nodeKey() const { return m_key; }
    // Shows the form and puts the cursor into the field that this place of the definition belongs to, if there is one.
    void focusField(const QString &key, const JsonPointer &pointer);
    // Puts the cursor into the step id (F2).
    void focusId();
    // The context of a real instance of the shown document's definition, to show results with; an empty name = none.
    void setInstanceSample(const QString &name, const JsonValue &context);
    // What the person saved to show results with, for all documents.
    void setSavedSamples(const QList<SavedSample> &samples);
    void chooseSavedSample(const QString &id); // for the shown document
    JsonValue sampleData() const; // with which results are shown now
    // Takes over what is typed but not yet part of the document: a step id, the JSON tab. False when it cannot be;
    // then the reason stands below the field. Call it before saving.
    bool commitPending();
    QTabWidget *tabs() const { return m_tabs; }

    QSize sizeHint() const override;

Q_SIGNALS:
    // The shown step got another key (a new id); whoever keeps the selection should follow.
    void nodeKeyChanged(const QString &key);
    // The person wants to see a step, or the field of it that a pointer into the definition leads to.
    void placeRequested(const QString &key, const automation::JsonPointer &pointer);
    // The button of the empty state: the person wants to see the workflow's own settings.
    void triggerRequested();
    // The field the keys were on went with its step; they should go on in the drawing.
    void focusDropped();
    // The person wants to add, change or delete saved samples.
    void samplesRequested();

private:
    void documentChanged(const DocumentChange &change);
    void rebuild();
    void showPages();
    void followKey(const QString &key);
    void remember();
    void rememberField(QWidget *focused);
    void showWhole(const QWidget *focused);
    void insertData(const QString &path);
    QString renamedKey(const DocumentChange &change) const;
    bool isShownStep(const QString &key) const;

    QPointer<WorkflowDocument> m_document;
    StepData *m_data = nullptr;
    QString m_key;
    JsonPointer m_place; // of the node, and
    JsonValue m_step; // what stood there when it was last looked at
    QStackedWidget *m_stack = nullptr;
    EmptyState *m_empty = nullptr;
    QTabWidget *m_tabs = nullptr;
    QScrollArea *m_scroll = nullptr;
    QPointer<NodeForm> m_form;
    DataTab *m_dataTab = nullptr;
    QPointer<QWidget> m_lastField; // of the form, that takes expressions
    QWidget *m_jsonPage = nullptr;
    QPointer<StepJsonEditor> m_json;
};

} // namespace automation
