#pragma once

#include "designer/inspector/expressionmarks.h"

#include <QPlainTextEdit>

namespace automation {

// An editor of several lines that draws {{…}} as pills, underlines what is wrong in them and shows which brackets
// belong together. The text itself stays what it is, to the sign: cursor, selection and clipboard see the source. GUI
// thread.
class ExpressionTextEdit : public QPlainTextEdit
{
    Q_OBJECT
public:
    // What the text is: one that may hold expressions, or JSON whose texts may.
    enum class Language { Text, Json };

    explicit ExpressionTextEdit(QWidget *parent = nullptr, Language language = Language::Text);
    ~ExpressionTextEdit() override;

    // Of the text as it is.
    const ExpressionMarks &marks() const;

    // Puts a path into data where the cursor is: with braces, unless it stands in an expression, and in JSON with
    // quotes, unless it stands in a text.
    void insertData(const QString &path);

protected:
    void insertFromMimeData(const QMimeData *source) override;
    void dropEvent(QDropEvent *event) override;
    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    class Highlighter;
    void showBrackets();
    void paintPill(QPainter &painter, const ExpressionMarks::Pill &pill, bool isCurrent);

    Language m_language;
    Highlighter *m_highlighter;
};

} // namespace automation
