#pragma once

#include "model/document/backgroundwork.h"
#include "model/document/workflowdocument.h"

#include <functional>
#include <memory>
#include <QList>

namespace automation {

// Reads files on another thread, one after the other in the order they were asked for, so that neither a large file nor
// a slow disk holds the window up. Small ones are checked there as well; a large one is handed over unchecked, so that
// it can be shown first. GUI thread.
class DocumentOpener : public QObject
{
    Q_OBJECT
public:
    using Then = std::function<void()>;
    // false: the file could not be opened.
    using Take = std::function<bool(const QString &path, Result<std::unique_ptr<WorkflowDocument>> document)>;

    // take: called on the thread of this object with each outcome; what it uses outlives this.
    explicit DocumentOpener(Take take, QObject *parent = nullptr);

    // then: called once the file was taken, and never when it could not be opened.
    void open(const QString &path, const Then &then = {});
    bool isBusy() const { return !m_files.isEmpty(); }
    QString path() const { return m_files.value(0).path; } // of the file that is being read

Q_SIGNALS:
    void finished(); // nothing is left to be opened

private:
    void start();
    void takeFirst(Result<std::unique_ptr<WorkflowDocument>> document);

    struct File
    {
        QString path;
        QList<Then> then;
    };

    Take m_take;
    QList<File> m_files; // the first one is being read
    BackgroundWork m_work {this};
};

} // namespace automation
