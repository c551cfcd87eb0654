#pragma once

#include "model/validation/completion.h"

#include <functional>
#include <QObject>
#include <QPointer>

class QLineEdit;
class QPlainTextEdit;
class QWidget;

namespace automation {

class CompletionList;
class SignatureHelp;

// Offers names while an expression is written into a text editor: opens by itself behind {{, a dot or the first
// letters of a name, and at Ctrl+Space; arrows choose, Enter or Tab takes, Esc closes. Closes an open expression with
// }}, which may still be typed. Between the brackets of a function, says above the line what the function takes.
// Belongs to its editor. GUI thread.
class ExpressionCompleter : public QObject
{
    Q_OBJECT
public:
    // What can be read where the editor's text is evaluated.
    struct Source
    {
        QList<AvailableData> data;
        const StepType *offers = nullptr; // see completions()
    };
    using Provider = std::function<Source()>;

    ExpressionCompleter(QLineEdit *editor, Provider provider);
    ExpressionCompleter(QPlainTextEdit *editor, Provider provider);

    bool isOpen() const;
    // Whether the text is one expression, such as a condition, that goes on behind a name; in any other text, what
    // follows a name is mostly text again.
    void setWholeExpression(bool isWhole) { m_isWholeExpression = isWhole; }

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    ExpressionCompleter(QWidget *editor, QLineEdit *line, QPlainTextEdit *lines, Provider provider);
    QString text() const;
    qsizetype cursor() const;
    QRect cursorLine() const; // on the screen
    void textTyped();
    void cursorMoved();
    void offer(bool isAsked);
    void explainCall(); // when the cursor stands in one
    void take(int row);
    void setCursor(qsizetype position);
    bool passBrace();
    void close(); // the list
    bool closeHelp(); // false when there is none

    QWidget *m_editor;
    QLineEdit *m_line;
    QPlainTextEdit *m_lines;
    Provider m_provider;
    QPointer<CompletionList> m_list;
    QPointer<SignatureHelp> m_help;
    qsizetype m_unwantedHelp = -1; // where the call begins whose help was sent away
    QList<CompletionItem> m_items;
    QList<bool> m_isLeaf; // whether nothing follows the name of an item, in their order
    bool m_isTyping = false;
    bool m_isWholeExpression = false;
};

} // namespace automation
