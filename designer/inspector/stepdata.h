#pragma once

#include "model/document/backgroundwork.h"
#include "model/document/samplefolder.h"
#include "model/document/workflowdocument.h"
#include "model/expression/asyncevaluator.h"
#include "model/validation/sampledata.h"

#include <QHash>
#include <QPointer>

class QMenu;

namespace automation {

// What expressions of a document can read, and with which example values they are shown: made once and kept until a
// change of the document touches it, so that typing asks for it at no cost. Whose example is chosen is remembered with
// the document as long as it is open. GUI thread.
class StepData : public QObject
{
    Q_OBJECT
public:
    explicit StepData(QObject *parent = nullptr);
    ~StepData() override;

    void setDocument(WorkflowDocument *document); // nullptr = none; it forgets the instance
    WorkflowDocument *document() const { return m_document; }
    AsyncEvaluator *evaluator() { return &m_evaluator; }

    // What data holds at a step; see availableData().
    QList<AvailableData> available(const QString &key, DataRead::When when);

    // One whose example can be shown.
    struct Source
    {
        enum class Kind {
            Trigger, // an example payload of the catalogue
            Saved, // one of the person's own
            Instance // the context of a real one
        };
        QString id; // stable as long as the document is open
        QString name; // for people; says of which kind it is
        JsonValue data;
        Kind kind = Kind::Trigger;
        bool isContext = false; // data holds the variables, too
    };
    QList<Source> sources() const; // those of a kind stand together
    // The chosen one, else the trigger's first: what really happened is never shown without having been asked for.
    Source source() const;
    void chooseSource(const QString &id);
    static QString savedSourceId(const QString &sampleId);
    // What the person saved, for all documents; those that fit the trigger are offered.
    void setSavedSamples(const QList<SavedSample> &samples);
    // The context of a real instance of this document's definition; an empty name when there is none (any more).
    void setInstance(const QString &name, const JsonValue &context);
    // The sources to choose from, and the way to the saved ones; the caller deletes it.
    QMenu *createSourceMenu(QWidget *parent);

    // With what expressions of a step are evaluated.
    struct Sample
    {
        JsonValue data;
        JsonValue step; // of expressions that see the step's own answer, else null
        QList<AsyncEvaluator::Computed> before;
        QStringList unknown; // what is there but has no example value: "data.found", "step.responseBody"
        QString source; // its name
        bool isPending = false; // nothing is known yet
    };
    Sample sample(const QString &key, DataRead::When when);
    // For who can wait: of a large document what is not known is looked for on another thread, and changed() comes.
    Sample sampleSoon(const QString &key, DataRead::When when);

Q_SIGNALS:
    // What samples hold, or which can be chosen, is another. Comes at most once a change.
    void changed();
    // The person wants to add, change or delete saved samples.
    void samplesRequested();

private:
    void sourcesChanged();
    void documentChanged(const DocumentChange &change);
    void forget();
    bool touchesOutputs(const DocumentChange &change) const;
    const DataAtSteps &model();
    bool prepare(const QString &key, DataRead::When when);
    Sample makeSample(const QString &key, DataRead::When when);

    struct Known
    {
        QList<AvailableData> available;
        std::optional<Sample> sample;
    };
    QPointer<WorkflowDocument> m_document;
    AsyncEvaluator m_evaluator;
    std::shared_ptr<const DataAtSteps>
        m_model; // of the definition as it is, or as it was as far as that makes no difference
    QHash<QString, JsonValue> m_outputs; // by step key: what m_model was made of
    QHash<QString, Known> m_known;
    QList<SavedSample> m_saved;
    QString m_instanceName;
    JsonValue m_instance;
    quint64 m_generation = 0; // of what is known
    BackgroundWork m_work {this}; // last: it ends before the rest goes
};

} // namespace automation
