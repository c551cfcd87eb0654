#pragma once

#include "app/views/codeview.h"
#include "model/document/textsplice.h"

namespace automation {

// A text of JSON that is edited by hand. It keeps no history: undo and redo are asked for by signals. Positions are
// byte offsets in its text. What a person does ends in textEdited() before the event that did it is over, so that the
// owner can keep up with every key. GUI thread.
class JsonEditor : public CodeView
{
    Q_OBJECT
public:
    explicit JsonEditor(const QString &accessibleName, QWidget *parent = nullptr);

    void setTheme(const Theme &theme);
    QByteArray bytes() const;
    // Tells what was changed and not told yet.
    void takeChanges();
    qsizetype cursor() const;
    qsizetype anchor() const;
    // Shows the place if scroll is set, the folded lines round it too.
    void setCursor(qsizetype position, bool scroll = true);
    void setSelection(qsizetype anchor, qsizetype cursor);
    // Another text, whole: cursor, selection, scroll position and folds stay where they can. No textEdited().
    void replaceAll(const QByteArray &text);
    // The same for pieces of it; what a cursor stands in keeps it where it can.
    void replacePieces(const QList<TextSplice> &splices);
    // As if it was typed at once, with what is selected replaced.
    void type(qsizetype start, qsizetype end, const QByteArray &text);
    // The line of a position and the cursor at it in screen coordinates, for a list that opens there.
    QRect cursorLine() const;
    int lineOf(qsizetype position) const;
    int columnOf(qsizetype position) const; // in characters, from 0

Q_SIGNALS:
    void textEdited();
    void cursorMoved();
    void jumped(); // the cursor, by the person, without a change
    void undoRequested();
    void redoRequested();
    void findRequested();
    void replaceRequested();
    void findNextRequested(bool forward);
    void closeRequested(); // Esc

protected:
    bool event(QEvent *event) override;
    bool viewportEvent(QEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;

private:
    bool takeShortcut(QKeyEvent *key, bool isPress);
    void tellJump(qsizetype before);
    void followWithLineNumbers();

    bool m_isReplacing = false;
    bool m_isChanged = false;
    bool m_isFlushPending = false;
    int m_digits = 0; // that line numbers have room for
};

} // namespace automation
