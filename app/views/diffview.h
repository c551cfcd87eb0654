#pragma once

#include <QWidget>

class QLabel;
class QStackedWidget;

namespace automation {

class CodeView;
class EmptyState;
struct Theme;

// Two texts compared line by line in one column: removed lines red with a minus, added ones green with a plus.
class DiffView : public QWidget
{
    Q_OBJECT
public:
    explicit DiffView(QWidget *parent = nullptr);
    void setTheme(const Theme &theme);
    // sameText is shown when there is no difference.
    void setTexts(
        const QByteArray &oldText, const QByteArray &newText, const QString &caption, const QString &sameText);

private:
    QStackedWidget *m_stack; // nothing differs, or the differences
    EmptyState *m_same;
    QLabel *m_caption;
    CodeView *m_code;
    int m_addedMarker;
    int m_removedMarker;
};

} // namespace automation
