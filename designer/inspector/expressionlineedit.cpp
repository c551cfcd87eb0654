#include "designer/inspector/expressionlineedit.h"

#include "designer/inspector/datatree.h"
#include "designer/style/applicationstyle.h"
#include "model/validation/completion.h"

#include <QDropEvent>
#include <QHelpEvent>
#include <QInputMethodEvent>
#include <QMimeData>
#include <QPainter>
#include <QPainterPath>
#include <QTextLayout>
#include <QToolTip>

namespace automation {

namespace {

// The formats of a text, one after the other without overlaps.
QList<QTextLayout::FormatRange> formatsOf(const ExpressionMarks &marks, const QFont &base,
    const std::optional<std::pair<qsizetype, qsizetype>> &brackets, const QString &text)
{
    QList<QTextLayout::FormatRange> ranges;
    const auto add = [&](qsizetype start, qsizetype length, const QTextCharFormat &format) {
        if (length <= 0)
            return;
        QTextLayout::FormatRange range;
        range.start = int(start);
        range.length = int(length);
        range.format = format;
        ranges.append(range);
    };
    const auto with = [&](QTextCharFormat format) {
        // A line edit takes an opaque background for the wish to have the text in that colour.
        QColor back = currentTheme().pillBack;
        back.setAlpha(254);
        format.setBackground(back);
        return format;
    };
    for (const ExpressionMarks::Pill &pill : marks.pills) {
        const qsizetype end = pill.start + pill.length;
        const qsizetype scriptEnd = pill.scriptStart + pill.scriptLength;
        const QTextCharFormat script = with(ExpressionLook::script(base));
        add(pill.start, pill.scriptStart - pill.start, with(ExpressionLook::braces(base)));
        // Cut where something else begins.
        QList<qsizetype> cuts {pill.scriptStart, scriptEnd};
        for (const ExpressionMarks::Fault &fault : marks.faults)
            cuts << fault.start << fault.start + fault.length;
        if (brackets)
            cuts << brackets->first << brackets->first + 1 << brackets->second << brackets->second + 1;
        std::sort(cuts.begin(), cuts.end());
        for (qsizetype i = 0; i + 1 < cuts.size(); ++i) {
            const qsizetype from = std::max(cuts.at(i), pill.scriptStart);
            const qsizetype to = std::min(cuts.at(i + 1), scriptEnd);
            if (from >= to)
                continue;
            QTextCharFormat format = script;
            for (const ExpressionMarks::Fault &fault : marks.faults) {
                if (from >= fault.start && from < fault.start + fault.length)
                    format = ExpressionLook::fault(format);
            }
            if (brackets && (from == brackets->first || from == brackets->second))
                format = ExpressionLook::bracket(format);
            add(from, to - from, format);
        }
        const bool isFaultAtEnd = std::any_of(marks.faults.begin(), marks.faults.end(),
            [scriptEnd](const ExpressionMarks::Fault &fault) { return fault.start == scriptEnd; });
        const QTextCharFormat braces = with(ExpressionLook::braces(base));
        add(scriptEnd, end - scriptEnd, isFaultAtEnd ? ExpressionLook::fault(braces) : braces);
    }
    // What is opened and never closed is no expression yet.
    for (const ExpressionMarks::Fault &fault : marks.faults) {
        const bool isInPill
            = std::any_of(marks.pills.begin(), marks.pills.end(), [&](const ExpressionMarks::Pill &pill) {
                  return fault.start >= pill.start && fault.start < pill.start + pill.length;
              });
        if (!isInPill)
            add(fault.start, std::min(fault.length, text.size() - fault.start), ExpressionLook::fault({}));
    }
    return ranges;
}

} // namespace

ExpressionLineEdit::ExpressionLineEdit(QWidget *parent)
    : QLineEdit(parent)
{
    connect(this, &QLineEdit::textChanged, this, &ExpressionLineEdit::refreshMarks);
    connect(this, &QLineEdit::cursorPositionChanged, this, &ExpressionLineEdit::cursorMoved);
}

void ExpressionLineEdit::refreshMarks()
{
    m_markedText = text();
    m_marks = expressionMarks(m_markedText);
    m_brackets = matchingBrackets(m_markedText, m_marks, cursorPosition());
    applyFormats();
}

void ExpressionLineEdit::insertData(const QString &path)
{
    const bool isInside = completionPlace(text(), cursorPosition()) || m_marks.pillAt(cursorPosition());
    insert(isInside ? path : QStringLiteral("{{%1}}").arg(path));
}

void ExpressionLineEdit::dropEvent(QDropEvent *event)
{
    // First, so that what is dropped is an edit of its own.
    setFocus(Qt::MouseFocusReason);
    const QByteArray path = event->mimeData()->data(dataPathMimeType());
    if (path.isEmpty() || isReadOnly()) {
        QLineEdit::dropEvent(event);
        return;
    }
    deselect();
    setCursorPosition(cursorPositionAt(event->position().toPoint()));
    insertData(QString::fromUtf8(path));
    event->setDropAction(Qt::CopyAction);
    event->accept();
}

void ExpressionLineEdit::cursorMoved()
{
    if (text() != m_markedText)
        return; // textChanged() follows
    const auto brackets = matchingBrackets(m_markedText, m_marks, cursorPosition());
    if (brackets == m_brackets)
        return;
    m_brackets = brackets;
    applyFormats();
}

// A line edit takes formats only as an input method's: without a text of its own such an event changes nothing else.
void ExpressionLineEdit::applyFormats()
{
    if (m_isComposing)
        return;
    QList<QInputMethodEvent::Attribute> attributes;
    for (const QTextLayout::FormatRange &range : formatsOf(m_marks, font(), m_brackets, m_markedText)) {
        attributes.append(QInputMethodEvent::Attribute(
            QInputMethodEvent::TextFormat, range.start - cursorPosition(), range.length, range.format));
    }
    QInputMethodEvent formats(QString(), attributes);
    QLineEdit::inputMethodEvent(&formats);
}

void ExpressionLineEdit::inputMethodEvent(QInputMethodEvent *event)
{
    const bool wasComposing = m_isComposing;
    m_isComposing = !event->preeditString().isEmpty();
    QLineEdit::inputMethodEvent(event);
    if (wasComposing && !m_isComposing)
        refreshMarks();
}

bool ExpressionLineEdit::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        auto *help = static_cast<QHelpEvent *>(event);
        const int at = cursorPositionAt(help->pos());
        for (const ExpressionMarks::Fault &fault : std::as_const(m_marks.faults)) {
            if (at >= fault.start && at <= fault.start + fault.length) {
                QToolTip::showText(
                    help->globalPos(), QStringLiteral("<qt>%1</qt>").arg(fault.message.toHtmlEscaped()), this);
                return true;
            }
        }
    }
    return QLineEdit::event(event);
}

// Where a pill stands: the line edit tells the place of its cursor only, so the same text is laid out once more.
QRectF ExpressionLineEdit::pillBox(const ExpressionMarks::Pill &pill) const
{
    QTextLayout layout(m_markedText, font());
    layout.setFormats(formatsOf(m_marks, font(), m_brackets, m_markedText));
    layout.beginLayout();
    const QTextLine line = layout.createLine();
    layout.endLayout();
    if (!line.isValid())
        return {};
    constexpr int beside = 5; // of the cursor's rectangle, left of the cursor
    const QRectF cursor = inputMethodQuery(Qt::ImCursorRectangle).toRectF();
    const qreal origin = cursor.x() + beside - line.cursorToX(cursorPosition());
    const qreal a = line.cursorToX(int(pill.start));
    const qreal b = line.cursorToX(int(pill.start + pill.length));
    return {origin + std::min(a, b), cursor.y(), std::abs(b - a), line.height()};
}

void ExpressionLineEdit::paintEvent(QPaintEvent *event)
{
    QLineEdit::paintEvent(event);
    if (m_marks.pills.isEmpty() || m_isComposing)
        return;
    const Theme &theme = currentTheme();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setClipRect(rect().adjusted(4, 3, -4, -3));
    const ExpressionMarks::Pill *current = hasFocus() && !isReadOnly() ? m_marks.pillAt(cursorPosition()) : nullptr;
    for (const ExpressionMarks::Pill &pill : std::as_const(m_marks.pills)) {
        const QRectF box = pillBox(pill);
        if (box.isEmpty() || box.right() < 0 || box.left() > width())
            continue;
        // The formats fill rectangles; round corners are what is painted over.
        QPainterPath corners;
        corners.addRect(box.adjusted(-0.5, -0.5, 0.5, 0.5));
        QPainterPath inside;
        inside.addRoundedRect(box, ExpressionLook::pillRadius, ExpressionLook::pillRadius);
        painter.fillPath(corners.subtracted(inside), isReadOnly() || !isEnabled() ? theme.window : theme.field);
        if (&pill == current) {
            painter.setPen(QPen(theme.accent, 1.2));
            painter.setBrush(Qt::NoBrush);
            painter.drawRoundedRect(
                box.adjusted(0.5, 0.5, -0.5, -0.5), ExpressionLook::pillRadius, ExpressionLook::pillRadius);
        }
    }
}

void ExpressionLineEdit::changeEvent(QEvent *event)
{
    QLineEdit::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange)
        refreshMarks();
}

} // namespace automation
