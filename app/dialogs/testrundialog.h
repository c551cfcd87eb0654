#pragma once

#include "model/json/jsonvalue.h"

#include <QDialog>

class QCheckBox;
class QComboBox;
class QLabel;
class QPushButton;

namespace automation {

class CodeView;
class SampleStore;
class WorkflowDocument;
struct Theme;

// Asks for the payload that a test run starts with: an example of the trigger or a saved sample to begin with,
// editable, checked as it is typed, and saved as a sample if the person wants. Enter starts the run wherever it means
// nothing else, Ctrl+Enter in the text as well. GUI thread.
class TestRunDialog : public QDialog
{
    Q_OBJECT
public:
    // Of an unknown trigger an empty object is offered. publishText: sentence of the check box that publishes the
    // edited workflow first; empty = the published version is what is open, no box. samples: not owned, outlives this.
    TestRunDialog(const WorkflowDocument &document, const QString &publishText, SampleStore *samples,
        const Theme &theme, QWidget *parent = nullptr);

    JsonValue payload() const { return m_payload; }
    bool publishFirst() const;
    void requirePublishing(); // there is no published version to run instead
    // Another example, in front of those of the trigger and chosen.
    void offerFirst(const QString &name, const JsonValue &payload);
    // The payload to begin with instead of an example.
    void setPayload(const JsonValue &payload);

private:
    // One that a payload can be taken from. Those of the person stand behind a line.
    struct Source
    {
        QString label;
        JsonValue payload;
        QString sampleId; // of a saved one
    };

    void build(const QString &publishText, const Theme &theme);
    void listSources();
    void choose(const Source &source);
    void saveAsSample();
    void check();

    SampleStore *m_samples;
    QString m_trigger; // as in SavedSample
    QString m_triggerLabel;
    QList<Source> m_examples; // of the trigger and the template
    QList<Source> m_sources; // as in the list; that of the line is empty
    Source m_chosen; // what the text began with; empty = none of them
    QComboBox *m_source;
    QPushButton *m_saveAs;
    CodeView *m_code;
    QLabel *m_status;
    QCheckBox *m_publishFirst;
    QLabel *m_publishNote;
    bool m_publishingRequired = false;
    QPushButton *m_run;
    JsonValue m_payload;
};

} // namespace automation
