#pragma once

#include <Qsci/qsciscintilla.h>

namespace automation {

struct Theme;

// A monospaced text with line numbers in the program's colours. Plain by default; setJson() colours and folds JSON.
class CodeView : public QsciScintilla
{
    Q_OBJECT
public:
    explicit CodeView(const QString &accessibleName, QWidget *parent = nullptr);
    void setJson();
    void setTheme(const Theme &theme);
    void showText(const QByteArray &utf8); // keeps the scroll position and read-only state

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    bool focusNextPrevChild(bool next) override;

private:
    void applyLexerColors(const Theme &theme, const QFont &mono);
};

} // namespace automation
