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

// Offers names while an expression is written into a text editor: opens by itself behind {{, a dot or the first
// letters of a name, and at Ctrl+Space; arrows choose, Enter or Tab takes, Esc closes. Closes an open expression with
// }}. Belongs to its editor. GUI thread.
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
    void take(int row);
    void close();

    QWidget *m_editor;
    QLineEdit *m_line;
    QPlainTextEdit *m_lines;
    Provider m_provider;
    QPointer<CompletionList> m_list;
    QList<CompletionItem> m_items;
    bool m_isTyping = false;
};

} // namespace automation
