#include "app/views/codeview.h"

#include "designer/drawing/theme.h"

#include <QFontDatabase>
#include <Qsci/qscilexerjson.h>
#include <QScrollBar>

namespace automation {

CodeView::CodeView(const QString &accessibleName, QWidget *parent)
    : QsciScintilla(parent)
{
    setAccessibleName(accessibleName);
    setUtf8(true);
    setFrameShape(QFrame::NoFrame);
    setMarginType(0, NumberMargin);
    setMarginWidth(1, 0);
    setBraceMatching(SloppyBraceMatch);
    setTabWidth(2);
    setIndentationsUseTabs(false);
    setWrapMode(WrapNone);
    setScrollWidth(1);
    setScrollWidthTracking(true);
    setCaretLineVisible(true);
    // Tab leaves the view, so that the keyboard can get out of it again.
    SendScintilla(SCI_CLEARCMDKEY, static_cast<unsigned long>(SCK_TAB));
    SendScintilla(SCI_CLEARCMDKEY, static_cast<unsigned long>(SCK_TAB + (SCMOD_SHIFT << 16)));
}

void CodeView::setJson()
{
    setLexer(new QsciLexerJSON(this));
    setFolding(PlainFoldStyle, 2);
}

void CodeView::setTheme(const Theme &theme)
{
    QFont mono = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    mono.setPointSizeF(font().pointSizeF() > 0 ? font().pointSizeF() : 10);
    setFont(mono);
    setPaper(theme.field);
    setColor(theme.text);
    setCaretForegroundColor(theme.text);
    setCaretLineBackgroundColor(theme.panel);
    setSelectionBackgroundColor(theme.pillBack);
    setSelectionForegroundColor(theme.text);
    setMarginsFont(mono);
    setMarginsBackgroundColor(theme.panel);
    setMarginsForegroundColor(theme.muted);
    setFoldMarginColors(theme.panel, theme.panel);
    for (unsigned long marker = SC_MARKNUM_FOLDEREND; marker <= SC_MARKNUM_FOLDEROPEN; ++marker) {
        SendScintilla(SCI_MARKERSETFORE, marker, theme.muted);
        SendScintilla(SCI_MARKERSETBACK, marker, theme.muted);
    }
    setMatchedBraceBackgroundColor(theme.pillBack);
    setMatchedBraceForegroundColor(theme.pillText);
    applyLexerColors(theme, mono);
}

void CodeView::applyLexerColors(const Theme &theme, const QFont &mono)
{
    QsciLexer *json = lexer();
    if (!json)
        return;
    json->setDefaultPaper(theme.field);
    json->setDefaultColor(theme.text);
    json->setDefaultFont(mono);
    for (int style = 0; style <= QsciLexerJSON::Error; ++style) {
        json->setFont(mono, style);
        json->setPaper(theme.field, style);
        json->setColor(theme.text, style);
    }
    json->setColor(theme.accent, QsciLexerJSON::Property);
    json->setColor(theme.ok, QsciLexerJSON::String);
    json->setColor(theme.ok, QsciLexerJSON::UnclosedString);
    json->setColor(theme.warningText, QsciLexerJSON::Number);
    json->setColor(theme.warningText, QsciLexerJSON::Keyword);
    json->setColor(theme.muted, QsciLexerJSON::Operator);
    json->setColor(theme.error, QsciLexerJSON::Error);
}

void CodeView::showText(const QByteArray &utf8)
{
    const int top = verticalScrollBar()->value();
    const bool locked = isReadOnly();
    setReadOnly(false);
    setText(QString::fromUtf8(utf8));
    setReadOnly(locked);
    verticalScrollBar()->setValue(top);
    setMarginWidth(0, QString(qMax(3, int(QString::number(lines()).size()) + 1), u'0'));
}

} // namespace automation
