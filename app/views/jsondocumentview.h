#pragma once

#include "designer/drawing/theme.h"
#include "model/document/workflowdocument.h"

#include <QElapsedTimer>
#include <QPointer>
#include <QTimer>
#include <QWidget>

class QLabel;
class QToolButton;

namespace automation {

class JsonCompleter;
class JsonEditor;
class JsonFindBar;
class JsonMarks;

// The text of a document, to read and to edit: every key is at once an edit of the document, and every edit of the
// document from elsewhere changes only its own piece of the text. While the text is no definition the line below says
// what is wrong and where. Undo and redo are the document's. Not the owner of the document. GUI thread.
class JsonDocumentView : public QWidget
{
    Q_OBJECT
public:
    explicit JsonDocumentView(WorkflowDocument *document, QWidget *parent = nullptr);
    ~JsonDocumentView() override;

    void setTheme(const Theme &theme);
    JsonEditor *editor() const { return m_editor; }
    JsonFindBar *findBar() const { return m_find; }
    JsonMarks *marks() const { return m_marks; }
    JsonCompleter *completer() const { return m_completer; }
    // Whether it is looked at. Only then it keeps up with the document; what came meanwhile is taken over at once.
    void setActive(bool active);
    // Puts the cursor at the text of a node unless it is in it.
    void showNode(const QString &key);
    // Puts the cursor at a place of the definition.
    void showPlace(const JsonPointer &place);
    // Puts the cursor where the draft is wrong, if there is one.
    void showDraft();
    // The next key begins another undo step.
    void endTyping() { ++m_group; }
    // One undo step of its own: the pieces, in the order they are made.
    void edit(const QList<TextSplice> &pieces, const QString &undoText);

Q_SIGNALS:
    // The person put the cursor into the text of this node.
    void nodeEntered(const QString &key);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void takeTyping();
    void sync();
    void travel(void (QUndoStack::*way)());
    void showState();
    void showPosition(const QString &text);
    void elideState();
    void refreshMarks();
    void followCursor();
    const JsonValue &tree() const;
    qsizetype toGood(qsizetype position) const;
    qsizetype toShown(qsizetype offset) const;
    qsizetype draftErrorAt() const;

    QPointer<WorkflowDocument> m_document;
    JsonEditor *m_editor;
    JsonMarks *m_marks;
    JsonFindBar *m_find;
    JsonCompleter *m_completer;
    QToolButton *m_state;
    QLabel *m_place;
    QByteArray m_shown; // of the document; the editor's text follows a byte order mark
    mutable DocumentBase m_good; // what positions are looked up in
    QTimer m_markTimer;
    QTimer m_followTimer;
    QElapsedTimer m_typed; // since the last key
    TextSplice m_lastPiece; // that was typed
    quint64 m_group = 0;
    QString m_node; // that the cursor was in last
    bool m_isActive = false;
    bool m_isStale = true;
    bool m_isPushing = false;
    bool m_isTraveling = false; // undo or redo of this view: it shows what changes
    Theme m_theme = Theme::light();
    std::optional<bool> m_stateTheme; // that the line below was coloured for: dark or not
};

} // namespace automation
