#pragma once

#include "designer/drawing/theme.h"

#include <QFrame>

class QLabel;
class QLineEdit;
class QToolButton;

namespace automation {

// The field that finds steps of a drawing, with the number of those found and buttons for the next and the previous
// one. A child of the view it lies on. Says what the person wants; the view finds. GUI thread.
class SearchBar : public QFrame
{
    Q_OBJECT
public:
    explicit SearchBar(QWidget *parent);

    void open(); // shows it, or takes the focus back to it
    void close(); // gives the focus back; nothing when it is closed
    bool isOpen() const { return m_isOpen; }
    QString text() const;
    // current: 0-based number of the one that is shown, -1 before the first step to one.
    void setResult(qsizetype current, qsizetype count);
    void setTheme(const Theme &theme);
    // Right top corner, in the parent.
    void place(const QPoint &topRight);

Q_SIGNALS:
    void textChanged(const QString &text);
    void nextRequested();
    void previousRequested();
    void closed();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    QLineEdit *m_field;
    QLabel *m_count;
    QToolButton *m_previous;
    QToolButton *m_next;
    Theme m_theme = Theme::light();
    bool m_isOpen = false;
};

} // namespace automation
