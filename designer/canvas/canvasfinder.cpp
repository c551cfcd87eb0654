#include "designer/canvas/canvasfinder.h"

#include "designer/canvas/canvassearch.h"
#include "designer/canvas/graphview.h"
#include "designer/canvas/searchbar.h"

namespace automation {

CanvasFinder::CanvasFinder(GraphView &view)
    : QObject(&view)
    , m_view(view)
    , m_bar(new SearchBar(&view))
{
    connect(m_bar, &SearchBar::textChanged, this, [this] { find(true); });
    connect(m_bar, &SearchBar::nextRequested, this, &CanvasFinder::next);
    connect(m_bar, &SearchBar::previousRequested, this, &CanvasFinder::previous);
    connect(m_bar, &SearchBar::closed, this, &CanvasFinder::show);
}

void CanvasFinder::open()
{
    if (m_view.document())
        m_bar->open();
}

void CanvasFinder::close()
{
    m_bar->close();
}

bool CanvasFinder::isOpen() const
{
    return m_bar->isOpen();
}

void CanvasFinder::refresh()
{
    if (isOpen())
        find(false);
}

void CanvasFinder::find(bool reveal)
{
    const WorkflowDocument *document = m_view.document();
    m_found = document ? stepsWith(m_bar->text(), document->definition(), document->graph()) : QStringList();
    if (!m_found.contains(m_current))
        m_current.clear();
    // While typing, the first one comes into view; the selection is the person's until they step on.
    if (reveal && !m_found.isEmpty() && m_current.isEmpty())
        m_view.showStep(m_found.first());
    show();
}

void CanvasFinder::next()
{
    step(1);
}

void CanvasFinder::previous()
{
    step(-1);
}

void CanvasFinder::step(int direction)
{
    if (!isOpen()) {
        open();
        return;
    }
    if (m_found.isEmpty())
        return;
    const qsizetype at = m_found.indexOf(m_current);
    const qsizetype count = m_found.size();
    const qsizetype next = at < 0 ? (direction > 0 ? 0 : count - 1) : (at + direction + count) % count;
    m_current = m_found.at(next);
    m_view.goToStep(m_current);
    show();
}

void CanvasFinder::show()
{
    const bool searches = isOpen() && !m_bar->text().trimmed().isEmpty();
    m_bar->setResult(m_found.indexOf(m_current), m_found.size());
    m_view.changeState([&](SceneState &state) {
        state.isSearching = searches;
        state.found.clear();
        for (const QString &key : searches ? m_found : QStringList()) {
            const int node = m_view.scene()->indexOfKey(key);
            if (node >= 0)
                state.found.insert(node);
        }
    });
}

} // namespace automation
