#pragma once

#include "app/dialogs/searchresults.h"

namespace automation {

// Hits of several workflows on their way to be replaced: all is worked out and files are written on another thread,
// then open documents are changed one by one. Not used by two threads at a time.
class WorkflowReplacing
{
public:
    void add(const SearchSource &source, const QList<bool> &checks); // of its hits, which are replaced
    qsizetype count() const { return m_parts.size(); }
    // Any thread. goOn is asked before each workflow, done told after it.
    void work(const std::function<bool()> &goOn, const std::function<void()> &done);
    // Then on the GUI thread, again and again: one document by one command, what changed since it was searched not at
    // all. False when none is left.
    bool pushNext(bool stops);

    qsizetype replaced() const { return m_replaced; } // hits
    int workflows() const { return m_workflows; } // with hits that were replaced
    const QList<SearchSource> &left() const { return m_left; } // what could not be replaced, with notes that say why

private:
    struct Part
    {
        SearchSource source;
        QList<bool> checks;
        Replacement replacement;
        QString error;
    };
    static void push(Part &part, bool stops);

    QList<Part> m_parts;
    qsizetype m_next = 0;
    qsizetype m_replaced = 0;
    int m_workflows = 0;
    QList<SearchSource> m_left;
};

// Those of a source's hits that have a check. Any thread.
QList<SearchHit> checkedHits(const QList<SearchHit> &all, const QList<bool> &checks);

} // namespace automation
