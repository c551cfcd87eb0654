#include "app/views/jsoneditor.h"

#include <algorithm>
#include <QContextMenuEvent>
#include <QKeyEvent>
#include <QMenu>
#include <Qsci/qscicommandset.h>
#include <utility>

namespace automation {

namespace {

// Where a position goes when a piece becomes another one: what stands behind it moves along, what stands in it stays
// as far from its beginning as it can.
qsizetype mapped(qsizetype position, const TextSplice &splice, bool isAtLineStart)
{
    // Lines that come before its own push it on.
    const bool isPushed
        = isAtLineStart && position == splice.at && splice.removed.isEmpty() && splice.inserted.endsWith('\n');
    if (position <= splice.at && !isPushed)
        return position;
    if (position >= splice.at + splice.removed.size())
        return position + splice.inserted.size() - splice.removed.size();
    qsizetype inside = std::min(position - splice.at, splice.inserted.size());
    while (
        inside > 0 && inside < splice.inserted.size() && (static_cast<uchar>(splice.inserted[inside]) & 0xC0) == 0x80)
        --inside;
    return splice.at + inside;
}

struct Line
{
    qsizetype start;
    QByteArrayView text; // without its line feed
};

Line lineAround(const QByteArray &text, qsizetype position)
{
    const qsizetype start = position == 0 ? 0 : text.lastIndexOf('\n', position - 1) + 1;
    const qsizetype end = text.indexOf('\n', position);
    return {start, QByteArrayView(text).sliced(start, (end < 0 ? text.size() : end) - start)};
}

// Where the only line of these words starts; -1 when there is none or more than one.
qsizetype onlyLine(const QByteArray &text, QByteArrayView line)
{
    qsizetype found = -1;
    for (qsizetype at = text.indexOf(line); at >= 0; at = text.indexOf(line, at + 1)) {
        const qsizetype end = at + line.size();
        if ((at > 0 && text[at - 1] != '\n') || (end < text.size() && text[end] != '\n'))
            continue;
        if (found >= 0)
            return -1;
        found = at;
    }
    return found;
}

// A line that went elsewhere takes the cursor along; without such a line the cursor is where the pieces left it.
qsizetype followedLine(const QByteArray &before, qsizetype cursor, const QByteArray &after, qsizetype mappedTo)
{
    const Line line = lineAround(before, cursor);
    if (line.text.isEmpty() || lineAround(after, mappedTo).text == line.text || onlyLine(before, line.text) < 0)
        return mappedTo;
    const qsizetype start = onlyLine(after, line.text);
    return start < 0 ? mappedTo : start + (cursor - line.start);
}

} // namespace

JsonEditor::JsonEditor(const QString &accessibleName, QWidget *parent)
    : CodeView(accessibleName, parent)
{
    setJson();
    setAutoIndent(true);
    setIndentationWidth(2);
    SendScintilla(SCI_SETUNDOCOLLECTION, 0UL);
    SendScintilla(SCI_EMPTYUNDOBUFFER);
    // Text that is dropped or pasted keeps its bytes as far as it can.
    SendScintilla(SCI_SETPASTECONVERTENDINGS, 1UL);
    // Keys of the window, not of the text.
    for (const QKeyCombination keys : {Qt::CTRL | Qt::SHIFT | Qt::Key_U, Qt::CTRL | Qt::Key_Z, Qt::CTRL | Qt::Key_Y,
             Qt::CTRL | Qt::SHIFT | Qt::Key_Z, Qt::CTRL | Qt::Key_D, Qt::CTRL | Qt::SHIFT | Qt::Key_L}) {
        const int key = keys.toCombined();
        if (QsciCommand *command = standardCommands()->boundTo(key))
            command->key() == key ? command->setKey(0) : command->setAlternateKey(0);
    }
    connect(this, &QsciScintillaBase::SCN_MODIFIED, this,
        [this](int, int type, const char *, int, int added, int, int, int, int, int) {
            if (!(type & (SC_MOD_INSERTTEXT | SC_MOD_DELETETEXT)))
                return;
            if (added != 0)
                followWithLineNumbers();
            if (m_isReplacing)
                return;
            m_isChanged = true;
            // What comes by no event of ours, such as a command of the context menu, is taken a little later.
            if (!std::exchange(m_isFlushPending, true)) {
                QMetaObject::invokeMethod(
                    this,
                    [this] {
                        m_isFlushPending = false;
                        takeChanges();
                    },
                    Qt::QueuedConnection);
            }
        });
    connect(this, &QsciScintilla::cursorPositionChanged, this, [this] {
        if (!m_isReplacing)
            Q_EMIT cursorMoved();
    });
}

void JsonEditor::setTheme(const Theme &theme)
{
    CodeView::setTheme(theme);
    m_digits = 0;
    followWithLineNumbers();
}

QByteArray JsonEditor::bytes() const
{
    const auto length = SendScintilla(SCI_GETLENGTH);
    const auto *text = reinterpret_cast<const char *>(SendScintillaPtrResult(SCI_GETCHARACTERPOINTER));
    return length > 0 && text ? QByteArray(text, length) : QByteArray("");
}

qsizetype JsonEditor::cursor() const
{
    return SendScintilla(SCI_GETCURRENTPOS);
}

qsizetype JsonEditor::anchor() const
{
    return SendScintilla(SCI_GETANCHOR);
}

void JsonEditor::setCursor(qsizetype position, bool scroll)
{
    SendScintilla(SCI_SETEMPTYSELECTION, static_cast<unsigned long>(position));
    if (!scroll)
        return;
    const int line = lineOf(position);
    SendScintilla(SCI_ENSUREVISIBLE, static_cast<unsigned long>(line));
    const auto top = SendScintilla(SCI_GETFIRSTVISIBLELINE);
    const auto shown = SendScintilla(SCI_LINESONSCREEN);
    const auto place = SendScintilla(SCI_VISIBLEFROMDOCLINE, static_cast<unsigned long>(line));
    if (place < top + 1 || place >= top + shown - 1) // with what stands behind it, so a third from the top
        SendScintilla(SCI_SETFIRSTVISIBLELINE, static_cast<unsigned long>(std::max(0L, place - shown / 3)));
    SendScintilla(SCI_SCROLLCARET);
    SendScintilla(SCI_CHOOSECARETX);
}

void JsonEditor::setSelection(qsizetype anchor, qsizetype cursor)
{
    setCursor(cursor);
    SendScintilla(SCI_SETSEL, static_cast<unsigned long>(anchor), static_cast<long>(cursor));
}

void JsonEditor::replaceAll(const QByteArray &text)
{
    replacePieces(textDifference(bytes(), text));
}

void JsonEditor::replacePieces(const QList<TextSplice> &splices)
{
    if (splices.isEmpty())
        return;
    const bool isFresh = SendScintilla(SCI_GETLENGTH) == 0;
    const QByteArray before = bytes();
    const qsizetype cursorBefore = cursor();
    qsizetype cursorAt = cursorBefore;
    qsizetype anchorAt = anchor();
    const bool hasSelection = anchorAt != cursorAt;
    const auto topLine
        = SendScintilla(SCI_DOCLINEFROMVISIBLE, static_cast<unsigned long>(SendScintilla(SCI_GETFIRSTVISIBLELINE)));
    const auto aboveTop = SendScintilla(SCI_GETFIRSTVISIBLELINE)
        - SendScintilla(SCI_VISIBLEFROMDOCLINE, static_cast<unsigned long>(topLine));
    qsizetype topAt = SendScintilla(SCI_POSITIONFROMLINE, static_cast<unsigned long>(topLine));
    m_isReplacing = true;
    for (const TextSplice &splice : splices) {
        const bool isAtLineStart
            = splice.at == 0 || SendScintilla(SCI_GETCHARAT, static_cast<unsigned long>(splice.at - 1)) == '\n';
        SendScintilla(SCI_SETTARGETRANGE, static_cast<unsigned long>(splice.at),
            static_cast<long>(splice.at + splice.removed.size()));
        SendScintilla(
            SCI_REPLACETARGET, static_cast<unsigned long>(splice.inserted.size()), splice.inserted.constData());
        cursorAt = mapped(cursorAt, splice, isAtLineStart);
        anchorAt = mapped(anchorAt, splice, isAtLineStart);
        topAt = mapped(topAt, splice, isAtLineStart);
    }
    if (isFresh)
        cursorAt = anchorAt = 0;
    else if (!hasSelection)
        cursorAt = anchorAt = followedLine(before, cursorBefore, bytes(), cursorAt);
    SendScintilla(SCI_SETANCHOR, static_cast<unsigned long>(anchorAt));
    SendScintilla(SCI_SETCURRENTPOS, static_cast<unsigned long>(cursorAt));
    m_isReplacing = false;
    if (isFresh) {
        const QByteArray text = bytes();
        setEolMode(text.contains("\r\n") ? EolWindows : text.contains('\n') || !text.contains('\r') ? EolUnix : EolMac);
        SendScintilla(SCI_SETFIRSTVISIBLELINE, 0UL);
    } else {
        const auto line = SendScintilla(SCI_LINEFROMPOSITION, static_cast<unsigned long>(topAt));
        SendScintilla(SCI_SETFIRSTVISIBLELINE,
            static_cast<unsigned long>(
                SendScintilla(SCI_VISIBLEFROMDOCLINE, static_cast<unsigned long>(line)) + aboveTop));
    }
    followWithLineNumbers();
}

void JsonEditor::type(qsizetype start, qsizetype end, const QByteArray &text)
{
    SendScintilla(SCI_SETTARGETRANGE, static_cast<unsigned long>(start), static_cast<long>(end));
    SendScintilla(SCI_REPLACETARGET, static_cast<unsigned long>(text.size()), text.constData());
    SendScintilla(SCI_SETEMPTYSELECTION, static_cast<unsigned long>(start + text.size()));
    takeChanges();
}

QRect JsonEditor::cursorLine() const
{
    const auto at = static_cast<unsigned long>(cursor());
    const int x = int(SendScintilla(SCI_POINTXFROMPOSITION, 0UL, long(at)));
    const int y = int(SendScintilla(SCI_POINTYFROMPOSITION, 0UL, long(at)));
    const int height = int(SendScintilla(SCI_TEXTHEIGHT, 0UL));
    return {viewport()->mapToGlobal(QPoint(x, y)), QSize(1, height)};
}

int JsonEditor::lineOf(qsizetype position) const
{
    return int(SendScintilla(SCI_LINEFROMPOSITION, static_cast<unsigned long>(position)));
}

int JsonEditor::columnOf(qsizetype position) const
{
    const auto start = SendScintilla(SCI_POSITIONFROMLINE, static_cast<unsigned long>(lineOf(position)));
    return int(SendScintilla(SCI_COUNTCHARACTERS, static_cast<unsigned long>(start), long(position)));
}

// Whether the key is one that this view answers itself.
bool JsonEditor::takeShortcut(QKeyEvent *key, bool isPress)
{
    const auto answer = [&](auto signal) {
        if (isPress)
            signal();
        return true;
    };
    if (key->matches(QKeySequence::Undo))
        return answer([this] { Q_EMIT undoRequested(); });
    if (key->matches(QKeySequence::Redo) || key->keyCombination() == (Qt::CTRL | Qt::Key_Y)
        || key->keyCombination() == (Qt::CTRL | Qt::SHIFT | Qt::Key_Z))
        return answer([this] { Q_EMIT redoRequested(); });
    if (key->matches(QKeySequence::Find))
        return answer([this] { Q_EMIT findRequested(); });
    if (key->keyCombination() == (Qt::CTRL | Qt::Key_H))
        return answer([this] { Q_EMIT replaceRequested(); });
    if (key->key() == Qt::Key_F3 && !(key->modifiers() & ~Qt::ShiftModifier))
        return answer([&] { Q_EMIT findNextRequested(!(key->modifiers() & Qt::ShiftModifier)); });
    if (isPress && key->keyCombination() == QKeyCombination(Qt::Key_Escape))
        return answer([this] { Q_EMIT closeRequested(); });
    return false;
}

bool JsonEditor::event(QEvent *event)
{
    const bool isPress = event->type() == QEvent::KeyPress;
    if ((isPress || event->type() == QEvent::ShortcutOverride)
        && takeShortcut(static_cast<QKeyEvent *>(event), isPress)) {
        event->accept();
        return true;
    }
    const qsizetype before = cursor();
    // QScintilla knows only characters of one UTF-16 unit as keys.
    if (isPress) {
        const QString text = static_cast<QKeyEvent *>(event)->text();
        if (!text.isEmpty() && text.at(0).isHighSurrogate()) {
            SendScintilla(SCI_REPLACESEL, text.toUtf8().constData());
            takeChanges();
            event->accept();
            return true;
        }
    }
    const bool done = CodeView::event(event);
    tellJump(before);
    takeChanges();
    return done;
}

bool JsonEditor::viewportEvent(QEvent *event)
{
    const qsizetype before = cursor();
    const bool done = CodeView::viewportEvent(event);
    tellJump(before);
    takeChanges();
    return done;
}

void JsonEditor::focusOutEvent(QFocusEvent *event)
{
    CodeView::focusOutEvent(event);
    takeChanges();
}

// The view's own menu offers an undo of its own, which it has not.
void JsonEditor::contextMenuEvent(QContextMenuEvent *event)
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const bool hasSelection = hasSelectedText();
    const auto add = [&](const QString &text, const QKeySequence &keys, bool isEnabled, auto run) {
        QAction *action = menu->addAction(text, this, run);
        action->setShortcut(keys);
        action->setEnabled(isEnabled);
    };
    add(tr("&Undo"), QKeySequence::Undo, true, [this] { Q_EMIT undoRequested(); });
    add(tr("&Redo"), QKeySequence(u"Ctrl+Shift+Z"_qs), true, [this] { Q_EMIT redoRequested(); });
    menu->addSeparator();
    add(tr("Cu&t"), QKeySequence::Cut, hasSelection, [this] { cut(); });
    add(tr("&Copy"), QKeySequence::Copy, hasSelection, [this] { copy(); });
    add(tr("&Paste"), QKeySequence::Paste, SendScintilla(SCI_CANPASTE) != 0, [this] { paste(); });
    menu->addSeparator();
    add(tr("Select &all"), QKeySequence::SelectAll, true, [this] { selectAll(); });
    add(tr("&Find…"), QKeySequence::Find, true, [this] { Q_EMIT findRequested(); });
    add(tr("R&eplace…"), QKeySequence(u"Ctrl+H"_qs), true, [this] { Q_EMIT replaceRequested(); });
    menu->popup(event->globalPos());
}

// The person went elsewhere without changing anything.
void JsonEditor::tellJump(qsizetype before)
{
    if (!m_isChanged && cursor() != before)
        Q_EMIT jumped();
}

void JsonEditor::takeChanges()
{
    if (std::exchange(m_isChanged, false))
        Q_EMIT textEdited();
}

void JsonEditor::followWithLineNumbers()
{
    const int digits = std::max(3, int(QString::number(lines()).size()) + 1);
    if (std::exchange(m_digits, digits) != digits)
        setMarginWidth(0, QString(digits, u'0'));
}

} // namespace automation
