#pragma once

#include "model/document/commands/stepplace.h"
#include "model/document/workflowdocument.h"

#include <QPointer>

namespace automation {

// The edits a person makes on the drawing, as commands on the document. Each call is one undo step or nothing; what
// cannot be done is said in refused(). Without a document, or read only, nothing happens. GUI thread.
class CanvasEditor : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;

    void setDocument(WorkflowDocument *document) { m_document = document; }
    WorkflowDocument *document() const { return m_document; }
    void setReadOnly(bool readOnly) { m_isReadOnly = readOnly; }
    bool isEditable() const { return m_document && !m_isReadOnly; }

    // Steps fresh from the catalogue; typeName as in StepType::name.
    bool insertOnConnection(const QString &typeName, const QString &fromKey, const QString &outcomeKey);
    bool append(const QString &typeName, const QString &fromKey, const QString &outcomeKey);
    bool add(const QString &typeName);

    bool connectTo(const QString &fromKey, const QString &outcomeKey, const QString &toKey);
    bool disconnectFrom(const QString &fromKey, const QString &outcomeKey);
    // Lets the connection begin at another outcome.
    bool reconnectFrom(
        const QString &fromKey, const QString &outcomeKey, const QString &newFromKey, const QString &newOutcomeKey);
    bool remove(const QStringList &keys, bool heal);
    // middle: in scene units, where steps that go onto no connection shall stand; none = where the layout puts them.
    bool paste(const QByteArray &text, const StepPlace &place, const std::optional<QPointF> &middle = {});
    bool duplicate(const QStringList &keys);
    bool move(const QStringList &keys, const StepPlace &place);
    bool rename(const QString &key, const QString &newId);
    bool changeType(const QString &key, const QString &typeName);
    // Another drawing by hand; see WorkflowDocument::pushDrawing().
    bool arrange(const DrawingLayout &drawing, const QString &text, const QString &mergeKey = {});

Q_SIGNALS:
    // Why an edit was not made; one sentence for the person, plain text.
    void refused(const QString &reason);
    // Before an edit that brings steps in: their keys.
    void creating(const QStringList &keys);

private:
    const StepType *typeOf(const QString &typeName);
    bool push(const Result<DefinitionEdit> &edit);

    QPointer<WorkflowDocument> m_document;
    bool m_isReadOnly = false;
};

} // namespace automation
