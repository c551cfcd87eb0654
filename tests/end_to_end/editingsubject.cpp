// Edits a document by a script, as the window does it: through the document, with a recovery journal. Is killed by
// the test.   editingsubject FILE JOURNALS SEED [BYTES]   BYTES: how far the journal grows before it is written anew

#include "model/document/recoveryjournal.h"
#include "tests/document/recoverytools.h"
#include "tests/end_to_end/commandlog.h"

#include <cstdlib>
#include <QCoreApplication>
#include <QTimer>

using namespace automation;

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    Result<std::unique_ptr<WorkflowDocument>> document = WorkflowDocument::open(arguments.value(1));
    if (!document)
        return EXIT_FAILURE;
    logEvents(**document);
    JournalWriter writer;
    JournalLimits limits;
    if (arguments.size() > 4)
        limits.bytes = arguments.at(4).toLongLong();
    RecoveryJournal journal(**document, writer, arguments.value(2), limits);
    ScriptedSession session(**document, arguments.value(3).toUInt());
    int commands = 0;
    QTimer timer;
    QObject::connect(&timer, &QTimer::timeout, &application, [&] {
        session.next();
        if (++commands % 60 == 0)
            (void)(*document)->save().isOk();
    });
    timer.start(std::chrono::milliseconds(5));
    return QCoreApplication::exec();
}
