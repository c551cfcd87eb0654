#include "app/views/codeview.h"

#include "designer/drawing/theme.h"

#include <optional>
#include <QAccessibleWidget>
#include <QApplication>
#include <QFontDatabase>
#include <QKeyEvent>
#include <Qsci/qscilexerjson.h>
#include <QScrollBar>
#include <QSignalBlocker>

namespace automation {

namespace {

// What assistive technology sees of a text counts its characters from the beginning with every key, and Qt makes it
// whether anybody looks or not. Until somebody does, views have one that counts nothing.
class AccessibleViews : public QAccessible::ActivationObserver
{
public:
    AccessibleViews()
    {
        s_isLookedAt = QAccessible::isActive();
        QAccessible::installFactory([](const QString &className, QObject *object) -> QAccessibleInterface * {
            const bool isView = className == QLatin1StringView(CodeView::staticMetaObject.className());
            return isView && !s_isLookedAt
                ? new QAccessibleWidget(static_cast<QWidget *>(object), QAccessible::EditableText)
                : nullptr;
        });
        QAccessible::installActivationObserver(this);
    }
    void accessibilityActiveChanged(bool active) override
    {
        s_isLookedAt = active;
        for (QWidget *widget : QApplication::allWidgets()) {
            if (qobject_cast<CodeView *>(widget))
                forget(widget);
        }
    }
    // The next one who asks gets another.
    static void forget(QWidget *view)
    {
        if (QAccessibleInterface *made = QAccessible::queryAccessibleInterface(view))
            QAccessible::deleteAccessibleInterface(QAccessible::uniqueId(made));
    }

private:
    static inline bool s_isLookedAt = false;
};

// The program's direction from left to right for a while, unnoticed by its windows.
class LeftToRight : public QObject
{
public:
    LeftToRight()
        : m_before(QGuiApplication::layoutDirection())
        , m_quiet(qApp)
    {
        qApp->installEventFilter(this);
        QGuiApplication::setLayoutDirection(Qt::LeftToRight);
    }

    ~LeftToRight() override { QGuiApplication::setLayoutDirection(m_before); }

    bool eventFilter(QObject *, QEvent *event) override
    {
        return event->type() == QEvent::ApplicationLayoutDirectionChange;
    }

private:
    Qt::LayoutDirection m_before;
    QSignalBlocker m_quiet;
};

} // namespace

CodeView::CodeView(const QString &accessibleName, QWidget *parent)
    : QsciScintilla(parent)
{
    static AccessibleViews views;
    AccessibleViews::forget(this); // made for what this was until now
    setAccessibleName(accessibleName);
    setLayoutDirection(Qt::LeftToRight);
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

// Esc is for what the view stands in.
void CodeView::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape)
        event->ignore();
    else
        QsciScintilla::keyPressEvent(event);
}

// QScintilla keeps the keyboard in a text that can be written.
bool CodeView::focusNextPrevChild(bool next)
{
    return QWidget::focusNextPrevChild(next);
}

void CodeView::setJson()
{
    setLexer(new QsciLexerJSON(this));
    setFolding(PlainFoldStyle, 2);
}

// QScintilla draws each piece of text in the direction of the whole program; code reads from left to right.
void CodeView::paintEvent(QPaintEvent *event)
{
    std::optional<LeftToRight> whilePainting;
    if (QGuiApplication::isRightToLeft())
        whilePainting.emplace();
    QsciScintilla::paintEvent(event);
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
    json->setColor(theme.pillText, QsciLexerJSON::Property);
    json->setColor(theme.okText, QsciLexerJSON::String);
    json->setColor(theme.okText, QsciLexerJSON::UnclosedString);
    json->setColor(theme.warningText, QsciLexerJSON::Number);
    json->setColor(theme.warningText, QsciLexerJSON::Keyword);
    json->setColor(theme.muted, QsciLexerJSON::Operator);
    json->setColor(theme.errorText, QsciLexerJSON::Error);
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
