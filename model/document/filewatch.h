#pragma once

#include "model/document/layoutfile.h"
#include "model/document/workflowdocument.h"

#include <memory>
#include <QFileSystemWatcher>
#include <QTimer>

namespace automation {

// Notices when another program changes, replaces or deletes the file of a document or its layout file. Looks when the
// system tells of a change and when asked to; reads on another thread. What the document itself writes is no change,
// nor is a file that holds what the document would write. GUI thread; the document is not owned and outlives this.
class FileWatch : public QObject
{
    Q_OBJECT
public:
    explicit FileWatch(WorkflowDocument &document, QObject *parent = nullptr);
    ~FileWatch() override;

    WorkflowDocument::DiskState state() const { return m_state; }
    // The person keeps the document as it is, knowing what the file held at the last look.
    void keepMine();
    // Whether the layout file holds another arrangement than was read or saved last. One that cannot be used is none.
    bool isArrangementChanged() const { return m_isArrangementChanged; }
    Result<void> reloadArrangement(); // as of the last look; errors of WorkflowDocument::reloadDrawing()
    void keepArrangement();

public Q_SLOTS:
    void check(); // soon, in the background

Q_SIGNALS:
    // Another state, or another change of a file that was changed before.
    void stateChanged(automation::WorkflowDocument::DiskState state);
    void arrangementChanged(bool changed);

private:
    struct Mailbox;
    struct Look;

    void follow();
    void look();
    void take(const Look &look);
    void takeArrangement(const Look &look);
    void compareArrangement();
    void takeRecord(const HistoryEvent &event);
    void setState(WorkflowDocument::DiskState state, const QByteArray &hash);

    WorkflowDocument &m_document;
    QFileSystemWatcher m_watcher;
    QTimer m_timer;
    std::shared_ptr<Mailbox> m_mailbox; // shared with looks under way
    QString m_followed;
    QByteArray m_signature; // of the file when it was read last: time, size, identity
    bool m_isLooking = false;
    bool m_isMissingOnce = false; // gone at the last look: many programs delete before they write
    WorkflowDocument::DiskState m_state = WorkflowDocument::DiskState::Same;
    QByteArray m_toldHash; // of the content that state is about
    FileContent m_content; // as it was read last
    QByteArray m_layoutSignature; // the same of the layout file
    LayoutFile m_layout;
    bool m_isArrangementChanged = false;
    bool m_isLayoutMissing = false; // as m_isMissingOnce
};

} // namespace automation
