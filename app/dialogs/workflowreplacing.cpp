#include "app/dialogs/workflowreplacing.h"

#include <QCoreApplication>

namespace automation {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(WorkflowReplacing)
};

QString stoppedBefore(const SearchSource &source)
{
    return Text::tr("%1: stopped before it.").arg(source.name);
}

} // namespace

QList<SearchHit> checkedHits(const QList<SearchHit> &all, const QList<bool> &checks)
{
    if (!checks.contains(false))
        return all;
    QList<SearchHit> hits;
    for (qsizetype i = 0; i < all.size(); ++i) {
        if (checks.at(i))
            hits += all.at(i);
    }
    return hits;
}

void WorkflowReplacing::add(const SearchSource &source, const QList<bool> &checks)
{
    m_parts.append({source, checks, {}, {}});
}

void WorkflowReplacing::work(const std::function<bool()> &goOn, const std::function<void()> &done)
{
    for (Part &part : m_parts) {
        SearchSource &source = part.source;
        source.found.hits = checkedHits(source.found.hits, part.checks);
        if (!goOn()) {
            part.error = stoppedBefore(source);
        } else {
            Result<Replacement> replaced = source.path.isEmpty()
                ? replaceHits(source.definition, source.graph, source.found.hits)
                : replaceInFile(source.path, source.found);
            if (replaced)
                part.replacement = std::move(*replaced);
            else
                part.error = replaced.error().message;
        }
        done();
    }
}

bool WorkflowReplacing::pushNext(bool stops)
{
    if (m_next == m_parts.size())
        return false;
    Part &part = m_parts[m_next++];
    if (part.error.isEmpty() && part.source.path.isEmpty())
        push(part, stops);
    QStringList notes = part.replacement.refused;
    if (!part.error.isEmpty()) {
        notes = QStringList {part.error};
    } else if (part.replacement.replaced > 0) {
        m_replaced += part.replacement.replaced;
        ++m_workflows;
    }
    if (!notes.isEmpty()) {
        SearchSource left = part.source;
        left.found.hits = {};
        left.notes = notes;
        left.isFailed = true;
        m_left += left;
    }
    return true;
}

// Between the look and now the person may have gone on working.
void WorkflowReplacing::push(Part &part, bool stops)
{
    WorkflowDocument *document = part.source.document;
    Replacement &replacement = part.replacement;
    if (stops) {
        part.error = stoppedBefore(part.source);
    } else if (!document) {
        part.error = Text::tr("It was closed.");
    } else if (document->revision() != part.source.revision || document->draft()) {
        part.error = Text::tr("It was changed since it was searched; it is left as it is.");
    } else if (!replacement.edit.edits.isEmpty()) {
        const Result<void> pushed = document->push(replacement.edit, std::move(replacement.outcome));
        if (!pushed)
            part.error = pushed.error().message;
    }
}

} // namespace automation
