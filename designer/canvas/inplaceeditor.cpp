#include "designer/canvas/inplaceeditor.h"

#include <QApplication>
#include <QKeyEvent>

namespace automation {

InPlaceEditor::InPlaceEditor(QWidget *parent)
    : QLineEdit(parent)
{
    setObjectName(QStringLiteral("inPlaceEditor"));
    setAccessibleName(tr("New id of the step"));
    setToolTip(tr("Enter renames the step and everything that leads to it, Esc keeps the name"));
    hide();
}

void InPlaceEditor::open(const QString &key, const QString &text)
{
    m_key = key;
    m_before = text;
    m_isOpen = true;
    setText(text);
    show();
    raise();
    selectAll();
    setFocus(Qt::PopupFocusReason);
}

void InPlaceEditor::cancel()
{
    if (m_isOpen)
        close(hasFocus());
}

void InPlaceEditor::close(bool giveFocusBack)
{
    m_isOpen = false;
    hide();
    if (giveFocusBack)
        parentWidget()->setFocus(Qt::PopupFocusReason);
    Q_EMIT closed();
}

bool InPlaceEditor::take()
{
    const QString now = text().trimmed();
    if (now == m_before)
        return true;
    bool accepted = false;
    Q_EMIT finished(m_key, now, &accepted);
    return accepted;
}

void InPlaceEditor::keyPressEvent(QKeyEvent *event)
{
    switch (event->key()) {
    case Qt::Key_Escape:
        cancel();
        return;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (take() && m_isOpen)
            close(true);
        else
            selectAll();
        return;
    case Qt::Key_Tab:
    case Qt::Key_Backtab:
        return;
    default:
        QLineEdit::keyPressEvent(event);
        event->accept(); // none of the drawing below
    }
}

void InPlaceEditor::focusOutEvent(QFocusEvent *event)
{
    QLineEdit::focusOutEvent(event);
    // A menu or another window gives the focus back.
    const bool comesBack = event->reason() == Qt::ActiveWindowFocusReason
        || (event->reason() == Qt::PopupFocusReason && QApplication::focusWidget() == this);
    if (!m_isOpen || comesBack)
        return;
    take();
    if (m_isOpen)
        close(false);
}

} // namespace automation
