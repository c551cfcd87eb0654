#pragma once

#include <QObject>
#include <QStringList>

namespace automation {

class GraphView;
class SearchBar;

// Finding steps in a drawing by a text: what is found stays bright while the rest is dimmed, the view goes from one to
// the next in reading order. Touches neither document nor undo stack. GUI thread; belongs to the view.
class CanvasFinder : public QObject
{
    Q_OBJECT
public:
    explicit CanvasFinder(GraphView &view);

    SearchBar *bar() const { return m_bar; }
    void open();
    void close();
    bool isOpen() const;
    void next();
    void previous();
    QStringList found() const { return m_found; } // keys, in drawing order
    // The document or the scene changed.
    void refresh();

private:
    void find(bool reveal);
    void step(int direction);
    void show();

    GraphView &m_view;
    SearchBar *m_bar;
    QStringList m_found;
    QString m_current; // the key that is shown; empty before the first
};

} // namespace automation
