#include "designer/inspector/expressiontextedit.h"

#include "designer/inspector/datatree.h"
#include "designer/inspector/jsontextmarks.h"
#include "designer/style/applicationstyle.h"
#include "model/validation/completion.h"

#include <algorithm>
#include <QHelpEvent>
#include <QMimeData>
#include <QPainter>
#include <QSyntaxHighlighter>
#include <QTextBlock>
#include <QTextLayout>
#include <QToolTip>

namespace automation {

// Gives the parts of expressions their fonts and colours. Marks are found for the whole text, as an expression may go
// over several lines.
class ExpressionTextEdit::Highlighter : public QSyntaxHighlighter
{
public:
    Highlighter(QPlainTextEdit *editor, Language language)
        : QSyntaxHighlighter(static_cast<QObject *>(editor))
        , m_editor(editor)
        , m_language(language)
    {
        // Before the highlighter hears of it itself.
        connect(editor->document(), &QTextDocument::contentsChange, this, [this] { m_isKnown = false; });
        setDocument(editor->document());
    }

    const ExpressionMarks &marks()
    {
        if (!m_isKnown) {
            m_isKnown = true;
            if (m_language == Language::Json) {
                JsonTextMarks found = jsonTextMarks(m_editor->toPlainText());
                m_marks = std::move(found.expressions);
                m_tokens = std::move(found.tokens);
            } else {
                m_marks = expressionMarks(m_editor->toPlainText());
            }
            ++m_generation;
        }
        return m_marks;
    }

    // Whether a place between two characters is inside a text of JSON.
    bool isInText(qsizetype cursor)
    {
        marks();
        return std::any_of(m_tokens.cbegin(), m_tokens.cend(), [cursor](const JsonTextMarks::Token &token) {
            return token.kind == JsonTextMarks::Kind::Text && cursor > token.start
                && cursor < token.start + token.length;
        });
    }

protected:
    void highlightBlock(const QString &text) override
    {
        const qsizetype from = currentBlock().position();
        const qsizetype to = from + text.size();
        const QFont base = m_editor->font();
        bool isInside = false;
        const ExpressionMarks &found = marks();
        const auto apply = [&](qsizetype start, qsizetype length, const QTextCharFormat &format) {
            const qsizetype first = std::max(start, from);
            const qsizetype last = std::min(start + length, to);
            if (first < last)
                setFormat(int(first - from), int(last - first), format);
        };
        const auto first = std::lower_bound(m_tokens.cbegin(), m_tokens.cend(), from,
            [](const JsonTextMarks::Token &token, qsizetype place) { return token.start + token.length <= place; });
        for (auto token = first; token != m_tokens.cend() && token->start < to; ++token)
            apply(token->start, token->length, JsonTextMarks::format(token->kind));
        for (const ExpressionMarks::Pill &pill : found.pills) {
            if (pill.start > to)
                break;
            if (pill.start + pill.length <= from)
                continue;
            apply(pill.start, pill.length, ExpressionLook::braces(base));
            apply(pill.scriptStart, pill.scriptLength, ExpressionLook::script(base));
            isInside = isInside || (pill.start < to && pill.start + pill.length > to);
        }
        for (const ExpressionMarks::Fault &fault : found.faults) {
            for (qsizetype at = std::max(fault.start, from); at < std::min(fault.start + fault.length, to); ++at)
                setFormat(int(at - from), 1, ExpressionLook::fault(format(int(at - from))));
        }
        // What goes on in the next line may have changed there as well.
        setCurrentBlockState(isInside ? m_generation : 0);
    }

private:
    QPlainTextEdit *m_editor;
    Language m_language;
    ExpressionMarks m_marks;
    QList<JsonTextMarks::Token> m_tokens; // of JSON
    bool m_isKnown = false;
    int m_generation = 0;
};

ExpressionTextEdit::ExpressionTextEdit(QWidget *parent, Language language)
    : QPlainTextEdit(parent)
    , m_language(language)
    , m_highlighter(new Highlighter(this, language))
{
    if (language == Language::Json)
        setLayoutDirection(Qt::LeftToRight); // as code is read everywhere
    connect(this, &QPlainTextEdit::cursorPositionChanged, this, &ExpressionTextEdit::showBrackets);
    connect(this, &QPlainTextEdit::textChanged, this, &ExpressionTextEdit::showBrackets);
}

ExpressionTextEdit::~ExpressionTextEdit() = default;

const ExpressionMarks &ExpressionTextEdit::marks() const
{
    return m_highlighter->marks();
}

void ExpressionTextEdit::insertData(const QString &path)
{
    const int at = textCursor().position();
    const bool isInside = completionPlace(toPlainText(), at) || marks().pillAt(at);
    const bool needsQuotes = !isInside && m_language == Language::Json && !m_highlighter->isInText(at);
    insertPlainText(isInside ? path
            : needsQuotes    ? QStringLiteral("\"{{%1}}\"").arg(path)
                             : QStringLiteral("{{%1}}").arg(path));
}

void ExpressionTextEdit::insertFromMimeData(const QMimeData *source)
{
    const QByteArray path = source->data(dataPathMimeType());
    if (path.isEmpty())
        QPlainTextEdit::insertFromMimeData(source);
    else
        insertData(QString::fromUtf8(path));
}

void ExpressionTextEdit::dropEvent(QDropEvent *event)
{
    // First, so that what is dropped is an edit of its own.
    setFocus(Qt::MouseFocusReason);
    QPlainTextEdit::dropEvent(event);
}

void ExpressionTextEdit::showBrackets()
{
    QList<QTextEdit::ExtraSelection> selections;
    if (const auto pair = matchingBrackets(toPlainText(), marks(), textCursor().position())) {
        for (const qsizetype at : {pair->first, pair->second}) {
            QTextEdit::ExtraSelection selection;
            selection.cursor = textCursor();
            selection.cursor.setPosition(int(at));
            selection.cursor.setPosition(int(at) + 1, QTextCursor::KeepAnchor);
            selection.format = ExpressionLook::bracket({});
            selections.append(selection);
        }
    }
    if (!selections.isEmpty() || !extraSelections().isEmpty())
        setExtraSelections(selections);
    viewport()->update(); // the pill with the cursor stands out
}

bool ExpressionTextEdit::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        auto *help = static_cast<QHelpEvent *>(event);
        const QPoint place = viewport()->mapFrom(this, help->pos());
        const int at = cursorForPosition(place).position();
        for (const ExpressionMarks::Fault &fault : marks().faults) {
            if (at >= fault.start && at <= fault.start + fault.length) {
                QToolTip::showText(
                    help->globalPos(), QStringLiteral("<qt>%1</qt>").arg(fault.message.toHtmlEscaped()), this);
                return true;
            }
        }
    }
    return QPlainTextEdit::event(event);
}

void ExpressionTextEdit::paintPill(QPainter &painter, const ExpressionMarks::Pill &pill, bool isCurrent)
{
    const Theme &theme = currentTheme();
    const qsizetype end = pill.start + pill.length;
    for (QTextBlock block = document()->findBlock(int(pill.start)); block.isValid() && block.position() < end;
         block = block.next()) {
        const QTextLayout *layout = block.layout();
        const QPointF origin = blockBoundingGeometry(block).translated(contentOffset()).topLeft();
        for (int i = 0; i < layout->lineCount(); ++i) {
            const QTextLine line = layout->lineAt(i);
            const qsizetype lineStart = block.position() + line.textStart();
            const qsizetype first = std::max(pill.start, lineStart);
            const qsizetype last = std::min(end, lineStart + line.textLength());
            if (first >= last)
                continue;
            const qreal a = line.cursorToX(int(first - block.position()));
            const qreal b = line.cursorToX(int(last - block.position()));
            const QRectF box
                = QRectF(origin.x() + std::min(a, b), origin.y() + line.y(), std::abs(b - a), line.height())
                      .adjusted(-1, 0.5, 1, -0.5);
            painter.setPen(isCurrent ? QPen(theme.accent, 1.2) : QPen(Qt::NoPen));
            painter.setBrush(theme.pillBack);
            painter.drawRoundedRect(box, ExpressionLook::pillRadius, ExpressionLook::pillRadius);
        }
    }
}

void ExpressionTextEdit::paintEvent(QPaintEvent *event)
{
    const ExpressionMarks &found = marks();
    if (!found.pills.isEmpty()) {
        QPainter painter(viewport());
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setClipRect(event->rect());
        const ExpressionMarks::Pill *current
            = hasFocus() && !isReadOnly() ? found.pillAt(textCursor().position()) : nullptr;
        for (const ExpressionMarks::Pill &pill : found.pills)
            paintPill(painter, pill, &pill == current);
    }
    QPlainTextEdit::paintEvent(event);
}

void ExpressionTextEdit::changeEvent(QEvent *event)
{
    QPlainTextEdit::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange)
        m_highlighter->rehighlight();
}

} // namespace automation
