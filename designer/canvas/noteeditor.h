#pragma once

#include "designer/drawing/theme.h"

#include <QPlainTextEdit>

namespace automation {

// The field in which a note on the canvas is written. Leaving it and Ctrl+Enter take the text over, Esc does not. A
// child of the view it lies on. GUI thread.
class NoteEditor : public QPlainTextEdit
{
    Q_OBJECT
public:
    explicit NoteEditor(QWidget *parent);

    void setTheme(const Theme &theme);
    void open(const QString &text);
    void finish(); // takes the text over; nothing when it is closed
    void cancel();
    bool isOpen() const { return m_isOpen; }

Q_SIGNALS:
    void finished(const QString &text);
    void cancelled();

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;

private:
    bool close();

    bool m_isOpen = false;
};

} // namespace automation
