#pragma once

#include "designer/inspector/expressionmarks.h"

#include <QLineEdit>

namespace automation {

// An editor of one line that draws {{…}} as pills; see ExpressionTextEdit. GUI thread.
class ExpressionLineEdit : public QLineEdit
{
    Q_OBJECT
public:
    explicit ExpressionLineEdit(QWidget *parent = nullptr);

    const ExpressionMarks &marks() const { return m_marks; }
    // Shows the marks of the text as it is, after it was set while signals were blocked.
    void refreshMarks();

    // Puts a path into data where the cursor is: with braces, unless it stands in an expression.
    void insertData(const QString &path);

protected:
    void dropEvent(QDropEvent *event) override;
    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void inputMethodEvent(QInputMethodEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void applyFormats();
    void cursorMoved();
    QRectF pillBox(const ExpressionMarks::Pill &pill) const;

    ExpressionMarks m_marks;
    QString m_markedText;
    std::optional<std::pair<qsizetype, qsizetype>> m_brackets;
    bool m_isComposing = false; // an input method has a text under way, with marks of its own
};

} // namespace automation
