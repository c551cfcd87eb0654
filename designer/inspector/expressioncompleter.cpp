#include "designer/inspector/expressioncompleter.h"

#include "designer/inspector/completionlist.h"
#include "designer/inspector/editortools.h"
#include "designer/inspector/signaturehelp.h"
#include "model/definition/definitiongraph.h"
#include "model/expression/functioncall.h"
#include "model/expression/functioncatalog.h"

#include <QKeyEvent>
#include <QLineEdit>
#include <QPlainTextEdit>

namespace automation {

namespace {

constexpr qsizetype longestSample = 60;

QString typeInWords(const QString &type)
{
    if (type == u"text")
        return ExpressionCompleter::tr("text");
    if (type == u"number")
        return ExpressionCompleter::tr("number");
    if (type == u"truth")
        return ExpressionCompleter::tr("true or false");
    if (type == u"object")
        return ExpressionCompleter::tr("object");
    if (type == u"list")
        return ExpressionCompleter::tr("list");
    return {};
}

CompletionList::Row rowOf(const AvailableData &data)
{
    CompletionList::Row row;
    row.name = data.path;
    row.isDoubtful = !data.isCertain;
    QStringList details;
    if (const QString type = typeInWords(data.type); !type.isEmpty())
        details += type;
    if (!data.sample.isNull() && !data.sample.isObject() && !data.sample.isArray())
        details += plainText(data.sample).simplified().left(longestSample);
    const QString writers = data.writers.join(QStringLiteral(", ")).remove(nodeKeySeparator);
    if (data.isOfTrigger) {
        row.sentence = data.source.isEmpty() ? ExpressionCompleter::tr("The service adds it to every instance.")
            : data.isCertain                 ? ExpressionCompleter::tr("From the trigger; sample: %1.").arg(data.source)
                             : ExpressionCompleter::tr("Not in every message; here from: %1.").arg(data.source);
        if (row.isDoubtful)
            details = {ExpressionCompleter::tr("not in every message")};
    } else if (data.isCertain) {
        row.sentence = ExpressionCompleter::tr("Written by %1 on every path to here.").arg(writers);
    } else {
        row.sentence = ExpressionCompleter::tr("Written by %1, but not on every path to here.").arg(writers);
        details = {ExpressionCompleter::tr("only on some paths")};
    }
    row.detail = details.join(QStringLiteral(" · "));
    return row;
}

CompletionList::Row rowOf(const CompletionItem &item, const ExpressionCompleter::Source &source)
{
    if (item.kind == CompletionItem::Kind::Data)
        return rowOf(source.data.at(item.index));
    if (item.kind == CompletionItem::Kind::StepMember) {
        const OfferedOutput &output = source.offers->outputs.at(item.index);
        return {item.text, typeInWords(output.type), output.help, false};
    }
    const FunctionInfo &function = functionCatalog().at(item.index);
    return {function.name + QStringLiteral("(…)"), ExpressionCompleter::tr("function"),
        function.signature + u'\n' + function.description, false};
}

} // namespace

ExpressionCompleter::ExpressionCompleter(QWidget *editor, QLineEdit *line, QPlainTextEdit *lines, Provider provider)
    : QObject(editor)
    , m_editor(editor)
    , m_line(line)
    , m_lines(lines)
    , m_provider(std::move(provider))
{
    editor->installEventFilter(this);
}

ExpressionCompleter::ExpressionCompleter(QLineEdit *editor, Provider provider)
    : ExpressionCompleter(editor, editor, nullptr, std::move(provider))
{
    connect(editor, &QLineEdit::textEdited, this, &ExpressionCompleter::textTyped);
    connect(editor, &QLineEdit::cursorPositionChanged, this, &ExpressionCompleter::cursorMoved);
}

ExpressionCompleter::ExpressionCompleter(QPlainTextEdit *editor, Provider provider)
    : ExpressionCompleter(editor, nullptr, editor, std::move(provider))
{
    connect(editor, &QPlainTextEdit::textChanged, this, &ExpressionCompleter::textTyped);
    connect(editor, &QPlainTextEdit::cursorPositionChanged, this, &ExpressionCompleter::cursorMoved);
}

bool ExpressionCompleter::isOpen() const
{
    return m_list && m_list->isVisible();
}

QString ExpressionCompleter::text() const
{
    return m_line ? m_line->text() : m_lines->toPlainText();
}

qsizetype ExpressionCompleter::cursor() const
{
    return m_line ? m_line->cursorPosition() : m_lines->textCursor().position();
}

QRect ExpressionCompleter::cursorLine() const
{
    if (m_line) {
        const QRect cursor = m_line->inputMethodQuery(Qt::ImCursorRectangle).toRect();
        return {m_line->mapToGlobal(QPoint(cursor.left(), 0)), QSize(1, m_line->height())};
    }
    const QRect cursor = m_lines->cursorRect();
    return {m_lines->viewport()->mapToGlobal(cursor.topLeft()), cursor.size()};
}

// The cursor moves with what is typed, before or after the text says so.
void ExpressionCompleter::textTyped()
{
    m_isTyping = true;
    QMetaObject::invokeMethod(
        this,
        [this] {
            m_isTyping = false;
            if (!m_editor->hasFocus())
                return;
            offer(false);
            explainCall();
        },
        Qt::QueuedConnection);
}

void ExpressionCompleter::cursorMoved()
{
    if (m_isTyping)
        return;
    if (isOpen())
        offer(true);
    if (m_editor->hasFocus())
        explainCall();
}

void ExpressionCompleter::offer(bool isAsked)
{
    const QString whole = text();
    const std::optional<CompletionPlace> place = completionPlace(whole, cursor());
    // By itself only where a name has been begun or an expression opened: not behind each operator.
    const bool isBegun = place
        && (!place->typed.isEmpty() || QStringView(whole).first(place->start).endsWith(QLatin1StringView("{{")));
    if (!place || (!isAsked && !isBegun)) {
        close();
        return;
    }
    const Source source = m_provider();
    m_items = completions(place->typed, source.data, source.offers);
    const bool isWhole = m_items.size() == 1 && m_items.first().text == place->typed;
    if (m_items.isEmpty() || (isWhole && !isAsked)) {
        close();
        return;
    }
    QList<CompletionList::Row> rows;
    m_isLeaf.clear();
    for (const CompletionItem &item : std::as_const(m_items)) {
        rows += rowOf(item, source);
        const bool isData = item.kind == CompletionItem::Kind::Data;
        const QString type = isData ? source.data.at(item.index).type : QString();
        m_isLeaf += type != u"object" && type != u"list";
    }
    if (!m_list) {
        m_list = new CompletionList(m_editor);
        connect(m_list, &CompletionList::clicked, this, &ExpressionCompleter::take);
    }
    m_list->showRows(rows, cursorLine());
}

void ExpressionCompleter::explainCall()
{
    const std::optional<FunctionCall> call = callAt(text(), cursor());
    if (!call || call->start != m_unwantedHelp)
        m_unwantedHelp = -1;
    if (!call || m_unwantedHelp >= 0) {
        closeHelp();
        return;
    }
    if (!m_help)
        m_help = new SignatureHelp(m_editor);
    // Above the whole text where that is near, so as not to stand on the lines before.
    constexpr int near = 120;
    QRect line = cursorLine();
    const int top = m_editor->mapToGlobal(QPoint()).y();
    if (top < line.top() && line.top() - top < near)
        line.setTop(top);
    m_help->showCall(*call, line);
}

void ExpressionCompleter::take(int row)
{
    const std::optional<CompletionPlace> place = completionPlace(text(), cursor());
    close();
    if (!place || row < 0 || row >= m_items.size())
        return;
    const CompletionItem item = m_items.at(row);
    const bool isFunction = item.kind == CompletionItem::Kind::Function;
    const bool isNamed = item.kind == CompletionItem::Kind::StepMember
        || (item.kind == CompletionItem::Kind::Data && m_isLeaf.at(row));
    const QString tail = place->isClosed ? QString() : QStringLiteral("}}");
    const QString written = item.text + (isFunction ? QStringLiteral("()") : QString()) + tail;
    // Behind a value in a text, the text goes on; members and arguments are still to come.
    const qsizetype end = isNamed && !m_isWholeExpression ? written.size() : item.text.size() + (isFunction ? 1 : 0);
    if (m_line) {
        m_line->setSelection(int(place->start), int(place->length));
        m_line->insert(written);
    } else {
        QTextCursor cursor = m_lines->textCursor();
        cursor.setPosition(int(place->start));
        cursor.setPosition(int(place->start + place->length), QTextCursor::KeepAnchor);
        cursor.insertText(written);
    }
    setCursor(place->start + end);
    // What was just chosen is not offered again.
    QMetaObject::invokeMethod(this, &ExpressionCompleter::close, Qt::QueuedConnection);
}

void ExpressionCompleter::setCursor(qsizetype position)
{
    if (m_line) {
        m_line->setCursorPosition(int(position));
        return;
    }
    QTextCursor cursor = m_lines->textCursor();
    cursor.setPosition(int(position));
    m_lines->setTextCursor(cursor);
}

// A brace that is typed where one of a closing pair stands already goes over it.
bool ExpressionCompleter::passBrace()
{
    const QString whole = text();
    const qsizetype at = cursor();
    const bool hasSelection = m_line ? m_line->hasSelectedText() : m_lines->textCursor().hasSelection();
    if (hasSelection || (!closesExpression(whole, at) && !closesExpression(whole, at - 1)))
        return false;
    setCursor(at + 1);
    return true;
}

void ExpressionCompleter::close()
{
    if (m_list)
        m_list->hide();
}

bool ExpressionCompleter::closeHelp()
{
    if (!m_help || !m_help->isVisible())
        return false;
    m_help->hide();
    return true;
}

bool ExpressionCompleter::eventFilter(QObject *, QEvent *event)
{
    if (event->type() == QEvent::FocusOut || event->type() == QEvent::Hide || event->type() == QEvent::Resize) {
        close();
        closeHelp();
        return false;
    }
    if (event->type() != QEvent::KeyPress && event->type() != QEvent::ShortcutOverride)
        return false;
    auto *key = static_cast<QKeyEvent *>(event);
    const bool isPress = event->type() == QEvent::KeyPress;
    if (key->key() == Qt::Key_Space && key->modifiers() == Qt::ControlModifier) {
        event->accept();
        if (isPress) {
            offer(true);
            m_unwantedHelp = -1;
            explainCall();
        }
        return true;
    }
    if (isPress && key->text() == u"}" && passBrace()) {
        close();
        return true;
    }
    if (key->key() == Qt::Key_Escape && !isOpen() && m_help && m_help->isVisible()) {
        event->accept();
        if (isPress) {
            const std::optional<FunctionCall> call = callAt(text(), cursor());
            m_unwantedHelp = call ? call->start : -1;
            closeHelp();
        }
        return true;
    }
    if (!isOpen() || (key->modifiers() & ~Qt::KeypadModifier) != Qt::NoModifier)
        return false;
    // Keys may come faster than what is offered follows them: a list for what stood there before takes none.
    const bool isTyped = !key->text().isEmpty() && key->text().at(0).isPrint();
    if (m_isTyping && !isTyped) {
        offer(false);
        if (!isOpen())
            return false;
    }
    switch (key->key()) {
    case Qt::Key_Up:
    case Qt::Key_Down:
        if (isPress)
            m_list->move(key->key() == Qt::Key_Up ? -1 : 1);
        break;
    case Qt::Key_PageUp:
    case Qt::Key_PageDown:
        if (isPress)
            m_list->movePage(key->key() == Qt::Key_PageUp ? -1 : 1);
        break;
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Tab:
        if (isPress)
            take(m_list->current());
        break;
    case Qt::Key_Escape:
        if (isPress)
            close();
        break;
    default:
        return false;
    }
    event->accept();
    return true;
}

} // namespace automation
