#include "designer/canvas/noteeditor.h"

#include "designer/drawing/notepainter.h"

#include <QApplication>
#include <QKeyEvent>

namespace automation {

NoteEditor::NoteEditor(QWidget *parent)
    : QPlainTextEdit(parent)
{
    setObjectName(QStringLiteral("noteEditor"));
    setAccessibleName(tr("Text of the note"));
    setToolTip(tr("Ctrl+Enter keeps the text, Esc leaves it as it was"));
    setPlaceholderText(tr("Write a note…"));
    setFrameShape(QFrame::NoFrame);
    setTabChangesFocus(false);
    document()->setDocumentMargin(4);
    hide();
}

void NoteEditor::setTheme(const Theme &theme)
{
    // A style sheet of its own: the program's gives all text fields the same back.
    setStyleSheet(QStringLiteral("QPlainTextEdit#noteEditor { background: %1; color: %2; border: 2px solid %3; "
                                 "border-radius: 6px; padding: 2px; }")
                      .arg(NotePainter::fill(theme).name(), theme.text.name(), theme.accent.name()));
}

void NoteEditor::open(const QString &text)
{
    m_isOpen = true;
    setPlainText(text);
    show();
    raise();
    moveCursor(QTextCursor::End);
    setFocus(Qt::PopupFocusReason);
}

bool NoteEditor::close()
{
    if (!m_isOpen)
        return false;
    m_isOpen = false;
    const bool hadFocus = hasFocus();
    hide();
    if (hadFocus)
        parentWidget()->setFocus(Qt::PopupFocusReason);
    return true;
}

void NoteEditor::finish()
{
    if (close())
        Q_EMIT finished(toPlainText());
}

void NoteEditor::cancel()
{
    if (close())
        Q_EMIT cancelled();
}

void NoteEditor::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape) {
        cancel();
        return;
    }
    if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) && event->modifiers() & Qt::ControlModifier) {
        finish();
        return;
    }
    QPlainTextEdit::keyPressEvent(event);
    event->accept(); // none of the drawing below
}

void NoteEditor::focusOutEvent(QFocusEvent *event)
{
    QPlainTextEdit::focusOutEvent(event);
    // A menu or another window gives the focus back.
    const bool comesBack = event->reason() == Qt::ActiveWindowFocusReason
        || (event->reason() == Qt::PopupFocusReason && QApplication::focusWidget() == this);
    if (!comesBack)
        finish();
}

} // namespace automation
