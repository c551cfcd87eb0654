#include "app/documentopener.h"

#include <algorithm>
#include <QThread>
#include <utility>

namespace automation {

namespace {
// Steps. A check of so few takes no time a person could notice; of more the drawing comes first and has it made.
constexpr qsizetype MostCheckedFirst = 500;
} // namespace

DocumentOpener::DocumentOpener(Take take, QObject *parent)
    : QObject(parent)
    , m_take(std::move(take))
{
}

void DocumentOpener::open(const QString &path, const Then &then)
{
    const auto isPath = [&path](const File &file) { return file.path == path; };
    auto file = std::find_if(m_files.begin(), m_files.end(), isPath);
    const bool isIdle = m_files.isEmpty();
    if (file == m_files.end())
        file = m_files.insert(m_files.end(), {path, {}});
    if (then)
        file->then.append(then);
    if (isIdle)
        start();
}

void DocumentOpener::start()
{
    m_work.start([this, path = m_files.first().path, home = thread()]() -> BackgroundWork::Finish {
        Result<std::unique_ptr<WorkflowDocument>> document = WorkflowDocument::openUnchecked(path);
        if (document) {
            if ((*document)->graph().stepCount() <= MostCheckedFirst)
                (*document)->check();
            (*document)->moveTo(home);
        }
        // Functions are copied, documents are not.
        const auto shared = std::make_shared<Result<std::unique_ptr<WorkflowDocument>>>(std::move(document));
        return [this, shared] { takeFirst(std::move(*shared)); };
    });
}

void DocumentOpener::takeFirst(Result<std::unique_ptr<WorkflowDocument>> document)
{
    const File file = m_files.first();
    const bool isTaken = m_take(file.path, std::move(document));
    m_files.removeFirst();
    for (const Then &then : isTaken ? file.then : QList<Then>())
        then();
    if (m_files.isEmpty())
        Q_EMIT finished();
    else
        start();
}

} // namespace automation
