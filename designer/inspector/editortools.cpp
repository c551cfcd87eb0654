#include "designer/inspector/editortools.h"

#include "designer/inspector/expressionlineedit.h"
#include "model/json/jsontextview.h"
#include "model/json/jsonwriter.h"

#include <cmath>
#include <QComboBox>
#include <QEvent>
#include <QLayout>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QSignalBlocker>
#include <QTextBlock>

namespace automation {

namespace {

class WheelFilter : public QObject
{
public:
    explicit WheelFilter(QComboBox *combo)
        : QObject(combo)
    {
        combo->installEventFilter(this);
    }

    bool eventFilter(QObject *watched, QEvent *event) override
    {
        if (event->type() != QEvent::Wheel || static_cast<QComboBox *>(watched)->hasFocus())
            return false;
        event->ignore(); // the form gets it
        return true;
    }
};

void addStops(const QLayout *layout, QList<QWidget *> *stops)
{
    for (int i = 0; i < layout->count(); ++i) {
        QLayoutItem *item = layout->itemAt(i);
        if (item->layout()) {
            addStops(item->layout(), stops);
        } else if (QWidget *widget = item->widget()) {
            const bool isWhole = qobject_cast<QComboBox *>(widget) || qobject_cast<QAbstractScrollArea *>(widget);
            if (widget->focusPolicy() & Qt::TabFocus)
                stops->append(widget);
            if (!isWhole && widget->layout())
                addStops(widget->layout(), stops);
        }
    }
}

} // namespace

void ignoreWheelInPassing(QComboBox *combo)
{
    new WheelFilter(combo);
}

namespace {

// Takes what a value is long from the rest; false when there is too little.
bool takeLength(const JsonValue &value, qsizetype *rest)
{
    constexpr qsizetype ofAnyValue = 4; // quotes, commas and the like
    *rest -= ofAnyValue + (value.isString() ? JsonTextView(value).size() : 0);
    for (qsizetype i = 0; *rest > 0 && (value.isArray() || value.isObject()) && i < value.size(); ++i) {
        *rest -= value.keyAt(i).size();
        if (!takeLength(value.at(i), rest))
            return false;
    }
    return *rest > 0;
}

} // namespace

bool isSmallerThan(qsizetype characters, const JsonValue &value)
{
    return takeLength(value, &characters);
}

QString plainText(const JsonValue &value)
{
    if (value.isString())
        return value.toString();
    if (value.isNull())
        return {};
    JsonStyle oneLine = JsonStyle::compact();
    oneLine.colon = ": ";
    oneLine.inlineComma = ", ";
    return QString::fromUtf8(writeJson(value, oneLine));
}

void replaceText(QLineEdit *editor, const QString &text)
{
    if (editor->text() == text)
        return;
    const QSignalBlocker quiet(editor);
    const int position = editor->cursorPosition();
    editor->setText(text);
    // A field nobody is in shows the start of a long text.
    editor->setCursorPosition(editor->hasFocus() ? qMin<int>(position, int(text.size())) : 0);
    if (auto *marked = qobject_cast<ExpressionLineEdit *>(editor))
        marked->refreshMarks();
}

void replaceText(QPlainTextEdit *editor, const QString &text)
{
    QString shown = text;
    shown.replace(QLatin1StringView("\r\n"), QLatin1StringView("\n")).replace(QLatin1Char('\r'), QLatin1Char('\n'));
    if (editor->toPlainText() == shown)
        return;
    const QSignalBlocker quiet(editor);
    const int position = editor->textCursor().position();
    editor->setPlainText(shown);
    QTextCursor cursor = editor->textCursor();
    cursor.setPosition(qMin<int>(position, editor->document()->characterCount() - 1));
    editor->setTextCursor(cursor);
}

QString keepLineEnds(const QString &before, const QString &edited)
{
    // Only where all line ends are CRLF; a mixture cannot be told apart any more.
    const qsizetype pairs = before.count(QLatin1StringView("\r\n"));
    if (pairs == 0 || pairs != before.count(QLatin1Char('\n')) || edited.contains(QLatin1Char('\r')))
        return edited;
    QString text = edited;
    return text.replace(QLatin1Char('\n'), QLatin1StringView("\r\n"));
}

void setTabOrders(QWidget *first, const QList<QWidget *> &others)
{
    for (QWidget *next : others) {
        if (first != next)
            QWidget::setTabOrder(first, next);
        first = next;
    }
}

QList<QWidget *> tabStops(const QWidget *container)
{
    QList<QWidget *> stops;
    if (container->layout())
        addStops(container->layout(), &stops);
    return stops;
}

void fitToLines(QPlainTextEdit *editor, int least, int most)
{
    int lines = 0;
    for (QTextBlock block = editor->document()->firstBlock(); block.isValid() && lines < most; block = block.next())
        lines += qMax(1, block.lineCount());
    const QFontMetrics metrics(editor->font());
    const int margins = int(std::ceil(editor->document()->documentMargin() * 2)) + 2 * editor->frameWidth() + 8;
    const int height = qBound(least, lines, most) * metrics.lineSpacing() + margins;
    if (editor->height() != height || editor->minimumHeight() != height)
        editor->setFixedHeight(height);
}

} // namespace automation
