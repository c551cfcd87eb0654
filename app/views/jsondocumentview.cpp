#include "app/views/jsondocumentview.h"

#include "app/views/jsoncompleter.h"
#include "app/views/jsoneditor.h"
#include "app/views/jsonfindbar.h"
#include "app/views/jsonmarks.h"
#include "app/views/jsonplaces.h"
#include "designer/drawing/icons.h"
#include "model/json/jsonreader.h"

#include <algorithm>
#include <QAccessible>
#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>
#include <QVBoxLayout>

namespace automation {

namespace {

constexpr std::chrono::milliseconds typingPause(1500); // ends an undo step
constexpr std::chrono::milliseconds markDelay(120); // marks follow when the keys rest
constexpr std::chrono::milliseconds followDelay(60);
// More than a key or a line with its indentation brings.
constexpr qsizetype longestTyped = 8;
constexpr QByteArrayView byteOrderMark("\xEF\xBB\xBF");

qsizetype markSize(const QByteArray &text)
{
    return text.startsWith(byteOrderMark) ? byteOrderMark.size() : 0;
}

QByteArray unmarked(const QByteArray &text)
{
    return text.sliced(markSize(text));
}

// Where equal characters stand side by side several pieces say the same: the one at the cursor.
TextSplice atCursor(TextSplice piece, const QByteArray &before, const QByteArray &after, qsizetype cursor)
{
    const bool isInsertion = piece.removed.isEmpty();
    if (!isInsertion && !piece.inserted.isEmpty())
        return piece;
    const QByteArray &longer = isInsertion ? after : before;
    const qsizetype size = isInsertion ? piece.inserted.size() : piece.removed.size();
    const qsizetype start = isInsertion ? cursor - size : cursor;
    const qsizetype by = piece.at - start;
    if (by <= 0 || start < 0 || longer.mid(start, by) != longer.mid(start + size, by))
        return piece;
    piece.at = start;
    (isInsertion ? piece.inserted : piece.removed) = longer.mid(start, size);
    return piece;
}

// Whether a piece goes on where another one was made.
bool goesOn(const TextSplice &last, const TextSplice &next)
{
    const qsizetype end = last.at + last.inserted.size();
    return next.at <= end && next.at + next.removed.size() >= last.at;
}

} // namespace

JsonDocumentView::JsonDocumentView(WorkflowDocument *document, QWidget *parent)
    : QWidget(parent)
    , m_document(document)
    , m_editor(new JsonEditor(tr("Definition as JSON")))
    , m_marks(new JsonMarks(m_editor))
    , m_find(new JsonFindBar(this))
    , m_completer(new JsonCompleter(this, document))
    , m_state(new QToolButton)
    , m_place(new QLabel)
{
    m_state->setObjectName(u"jsonState"_qs);
    m_state->setAutoRaise(true);
    m_state->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_state->setFocusPolicy(Qt::NoFocus);
    m_state->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    m_place->setObjectName(u"jsonPlace"_qs);
    m_place->setTextFormat(Qt::PlainText);
    m_place->setAlignment(Qt::AlignTrailing | Qt::AlignVCenter);
    m_place->setProperty("textRole", u"small"_qs);
    auto *strip = new QFrame;
    strip->setObjectName(u"jsonStrip"_qs);
    strip->setProperty("surface", u"panel"_qs);
    auto *line = new QHBoxLayout(strip);
    line->setContentsMargins(8, 3, 12, 3);
    line->addWidget(m_state, 1);
    line->addWidget(m_place);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_editor, 1);
    layout->addWidget(m_find);
    layout->addWidget(strip);
    setFocusProxy(m_editor);

    m_markTimer.setSingleShot(true);
    m_markTimer.setInterval(markDelay);
    m_followTimer.setSingleShot(true);
    m_followTimer.setInterval(followDelay);
    connect(&m_markTimer, &QTimer::timeout, this, &JsonDocumentView::refreshMarks);
    connect(&m_followTimer, &QTimer::timeout, this, &JsonDocumentView::followCursor);
    connect(m_editor, &JsonEditor::textEdited, this, &JsonDocumentView::takeTyping);
    connect(m_editor, &JsonEditor::jumped, this, [this] {
        endTyping();
        m_followTimer.start();
    });
    connect(m_editor, &JsonEditor::cursorMoved, this, &JsonDocumentView::showState);
    connect(m_editor, &JsonEditor::undoRequested, this, [this] { travel(&QUndoStack::undo); });
    connect(m_editor, &JsonEditor::redoRequested, this, [this] { travel(&QUndoStack::redo); });
    connect(m_state, &QToolButton::clicked, this, &JsonDocumentView::showDraft);
    m_editor->installEventFilter(this);
    m_state->installEventFilter(this);
    connect(document, &WorkflowDocument::changed, this, &JsonDocumentView::sync);
    connect(document, &WorkflowDocument::draftChanged, this, &JsonDocumentView::sync);
    connect(document, &WorkflowDocument::problemsChanged, &m_markTimer, qOverload<>(&QTimer::start));
    // A change that concerns only blanks says neither.
    connect(document->undoStack(), &QUndoStack::indexChanged, this, &JsonDocumentView::sync);
}

JsonDocumentView::~JsonDocumentView()
{
    m_editor->disconnect(this); // it may tell of the focus going
}

void JsonDocumentView::setTheme(const Theme &theme)
{
    m_theme = theme;
    m_editor->setTheme(theme);
    m_marks->setTheme(theme);
    m_find->setTheme(theme);
    showState();
}

void JsonDocumentView::setActive(bool active)
{
    if (m_isActive == active)
        return;
    m_isActive = active;
    endTyping();
    if (active && m_isStale)
        sync();
    if (active)
        refreshMarks();
}

bool JsonDocumentView::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_editor && event->type() == QEvent::FocusOut)
        endTyping();
    if (watched == m_state && event->type() == QEvent::Resize)
        elideState();
    return QWidget::eventFilter(watched, event);
}

// ---- Text and document

void JsonDocumentView::takeTyping()
{
    if (!m_document)
        return;
    const QByteArray text = m_shown.first(markSize(m_shown)) + m_editor->bytes();
    const QList<TextSplice> pieces = textDifference(m_shown, text);
    if (pieces.isEmpty())
        return;
    const TextSplice piece = atCursor(pieces.first(), m_shown, text, m_editor->cursor() + markSize(m_shown));
    const bool isPaste = piece.inserted.trimmed().size() > longestTyped;
    if (!m_typed.isValid() || m_typed.hasExpired(typingPause.count()) || !goesOn(m_lastPiece, piece) || isPaste)
        endTyping();
    m_isPushing = true;
    (void)m_document->pushText(text, tr("Edit the JSON"), u"json %1"_qs.arg(m_group)).isOk(); // sync() tells
    m_isPushing = false;
    if (isPaste)
        endTyping();
    m_shown = text;
    m_lastPiece = piece;
    m_typed.start();
    m_node.clear();
    sync();
    m_followTimer.start();
}

void JsonDocumentView::edit(const QList<TextSplice> &pieces, const QString &undoText)
{
    m_editor->takeChanges();
    QByteArray text = unmarked(m_shown);
    if (!m_document || !applySplices(text, pieces))
        return;
    endTyping();
    (void)m_document->pushText(m_shown.first(markSize(m_shown)) + text, undoText).isOk(); // it is UTF-8
}

void JsonDocumentView::sync()
{
    if (!m_document || m_isPushing)
        return;
    if (!m_isActive) {
        m_isStale = true;
        return;
    }
    m_editor->takeChanges(); // what is typed already comes first
    const QByteArray shown = m_document->shownText();
    if (shown != m_shown) {
        endTyping();
        const QList<TextSplice> pieces = m_shown.isEmpty() ? textDifference({}, unmarked(shown))
                                                           : textDifferences(unmarked(m_shown), unmarked(shown));
        m_shown = shown;
        m_editor->replacePieces(pieces);
        if (m_isTraveling && !pieces.isEmpty())
            m_editor->setCursor(pieces.last().at + pieces.last().inserted.size());
    }
    m_isStale = false;
    showState();
    m_markTimer.start();
}

void JsonDocumentView::travel(void (QUndoStack::*way)())
{
    if (!m_document)
        return;
    m_editor->takeChanges();
    endTyping();
    m_isTraveling = true;
    (m_document->undoStack()->*way)();
    m_isTraveling = false;
    m_followTimer.start();
}

// ---- Places

// Of the text that is a definition, read.
const JsonValue &JsonDocumentView::tree() const
{
    const QByteArray text = m_document->text();
    if (m_good.text.isSharedWith(text))
        return m_good.tree; // asked for many times in a row
    if (m_good.text != text) {
        m_good = m_document->snapshot().base;
        if (m_good.text != text) {
            const Result<JsonValue> read = readJson(text);
            m_good = {text, read ? *read : JsonValue()};
        }
    }
    m_good.text = text;
    return m_good.tree;
}

// From the editor to the last good text: what is typed in between stands where it was begun.
qsizetype JsonDocumentView::toGood(qsizetype position) const
{
    qsizetype offset = position + markSize(m_shown);
    if (!m_document->draft())
        return offset;
    for (const TextSplice &piece : textDifference(m_shown, m_document->text())) {
        if (offset >= piece.at + piece.removed.size())
            offset += piece.inserted.size() - piece.removed.size();
        else if (offset > piece.at)
            offset = piece.at;
    }
    return offset;
}

qsizetype JsonDocumentView::toShown(qsizetype offset) const
{
    if (m_document->draft()) {
        for (const TextSplice &piece : textDifference(m_document->text(), m_shown)) {
            if (offset >= piece.at + piece.removed.size())
                offset += piece.inserted.size() - piece.removed.size();
            else if (offset > piece.at)
                offset = piece.at;
        }
    }
    return std::max(qsizetype(0), offset - markSize(m_shown));
}

qsizetype JsonDocumentView::draftErrorAt() const
{
    const Error &error = m_document->draft()->error;
    if (error.line < 1)
        return 0;
    const QByteArray text = unmarked(m_document->draft()->text);
    qsizetype at = 0;
    for (int line = 1; line < error.line && at < text.size(); ++at) {
        if (text[at] == '\n' || (text[at] == '\r' && (at + 1 >= text.size() || text[at + 1] != '\n')))
            ++line;
    }
    for (int column = 1; column < error.column && at < text.size(); ++column) {
        ++at;
        while (at < text.size() && (static_cast<uchar>(text[at]) & 0xC0) == 0x80)
            ++at;
    }
    return at;
}

void JsonDocumentView::showNode(const QString &key)
{
    const int node = m_document ? m_document->graph().indexOfKey(key) : -1;
    if (node < 0 || !m_isActive)
        return;
    const int present = nodeAt(m_document->graph(), stepAt(tree(), toGood(m_editor->cursor())));
    m_node = key;
    if (node == present)
        return;
    const GraphNode &target = m_document->graph().nodes().at(node);
    const JsonValue *value = target.pointer.resolve(tree());
    if (!value)
        return;
    endTyping();
    m_editor->setCursor(toShown(value->span().start));
}

void JsonDocumentView::showPlace(const JsonPointer &place)
{
    if (!m_document)
        return;
    const JsonSpan span = placeSpan(tree(), place);
    if (!span.isValid())
        return;
    endTyping();
    m_editor->setCursor(toShown(span.start));
    m_editor->setFocus(Qt::OtherFocusReason);
    followCursor();
}

void JsonDocumentView::showDraft()
{
    if (!m_document || !m_document->draft())
        return;
    endTyping();
    m_editor->setCursor(draftErrorAt());
    m_editor->setFocus(Qt::OtherFocusReason);
}

void JsonDocumentView::followCursor()
{
    if (!m_document || !m_isActive)
        return;
    const int node = nodeAt(m_document->graph(), stepAt(tree(), toGood(m_editor->cursor())));
    const QString key = node < 0 ? QString() : m_document->graph().nodes().at(node).key;
    if (key.isEmpty() || key == m_node)
        return;
    m_node = key;
    Q_EMIT nodeEntered(key);
}

// ---- What is wrong

void JsonDocumentView::showState()
{
    if (!m_document)
        return;
    const qsizetype at = m_editor->cursor();
    showPosition(tr("Line %1, column %2").arg(m_editor->lineOf(at) + 1).arg(m_editor->columnOf(at) + 1));
    const std::optional<TextDraft> &draft = m_document->draft();
    QString text;
    if (draft) {
        text = draft->error.message;
        if (draft->hasConflict)
            text += u' ' + tr("The same lines were changed elsewhere; your text stays.");
        text += u' ' + tr("The drawing shows the last good state.");
    } else {
        text = tr("In step with the drawing");
    }
    if (m_state->accessibleName() == text && m_stateTheme == m_theme.isDark)
        return;
    m_stateTheme = m_theme.isDark;
    m_state->setAccessibleName(text);
    elideState();
    m_state->setIcon(draft ? tintedIcon(u"error"_qs, m_theme.error) : tintedIcon(u"check"_qs, m_theme.ok));
    QPalette colors = m_state->palette();
    colors.setColor(QPalette::ButtonText, draft ? m_theme.errorText : m_theme.muted);
    m_state->setPalette(colors);
    m_state->setCursor(draft ? Qt::PointingHandCursor : Qt::ArrowCursor);
}

// In a place of one size, else every key would lay out the window anew.
void JsonDocumentView::showPosition(const QString &text)
{
    const QFontMetrics metrics = m_place->fontMetrics();
    const QSize needed = metrics.size(Qt::TextSingleLine, text);
    if (needed.height() != m_place->height() || needed.width() > m_place->width())
        m_place->setFixedSize(metrics.size(Qt::TextSingleLine, text + u"00"_qs));
    m_place->setText(text);
}

// What does not fit is in the tool tip.
void JsonDocumentView::elideState()
{
    constexpr int iconAndEdges = 40;
    const QString text = m_state->accessibleName();
    m_state->setText(
        m_state->fontMetrics().elidedText(text, Qt::ElideRight, std::max(60, m_state->width() - iconAndEdges)));
    m_state->setToolTip(QString(u"<qt>"_qs + text.toHtmlEscaped() + u"</qt>"_qs));
}

void JsonDocumentView::refreshMarks()
{
    m_markTimer.stop();
    if (!m_document || !m_isActive)
        return;
    QList<JsonMarks::Mark> marks;
    if (m_document->draft()) {
        const qsizetype at = draftErrorAt();
        const qsizetype end = unmarked(m_shown).size();
        // Behind the end there is nothing to be marked.
        const qsizetype start = std::min(at, std::max(qsizetype(0), end - 1));
        marks += {start, start + 1, Problem::Severity::Error, m_document->draft()->error.message, {}};
    } else {
        const QByteArray text = m_document->text();
        for (const Problem &problem : m_document->problems()) {
            const JsonSpan span = problemSpan(text, tree(), problem);
            if (span.isValid())
                marks += {toShown(span.start), toShown(span.end), problem.severity, problem.message, problem.rule};
        }
    }
    m_marks->setMarks(marks);
}

} // namespace automation
