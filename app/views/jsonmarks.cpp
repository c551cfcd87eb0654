#include "app/views/jsonmarks.h"

#include "app/views/jsoneditor.h"
#include "designer/drawing/icons.h"

#include <algorithm>
#include <QHash>
#include <QHelpEvent>
#include <QToolTip>

namespace automation {

namespace {

constexpr int margin = 1; // between line numbers and folds
constexpr int marginWidth = 20;
constexpr int firstIndicator = 9; // one a severity
constexpr int firstMarker = 1;
// Beyond it nobody reads them, and drawing them costs.
constexpr qsizetype mostMarks = 2000;

int indexOf(Problem::Severity severity)
{
    return static_cast<int>(severity);
}

// The same places as ranges that do not touch each other, as the text keeps them.
QList<JsonMarks::Range> merged(QList<JsonMarks::Range> ranges)
{
    std::sort(ranges.begin(), ranges.end());
    QList<JsonMarks::Range> result;
    for (const JsonMarks::Range &range : ranges) {
        if (!result.isEmpty() && range.first <= result.last().second)
            result.last().second = std::max(result.last().second, range.second);
        else
            result += range;
    }
    return result;
}

} // namespace

JsonMarks::JsonMarks(JsonEditor *editor)
    : QObject(editor)
    , m_editor(editor)
{
    editor->setMarginType(margin, QsciScintilla::SymbolMargin);
    editor->setMarginMarkerMask(margin, 0b111 << firstMarker);
    editor->setMarginWidth(margin, marginWidth);
    editor->viewport()->installEventFilter(this);
}

void JsonMarks::setTheme(const Theme &theme)
{
    m_colors[indexOf(Problem::Severity::Error)] = theme.error;
    m_colors[indexOf(Problem::Severity::Warning)] = theme.warning;
    m_colors[indexOf(Problem::Severity::Hint)] = theme.accent;
    const QString icons[] = {u"error"_qs, u"warning"_qs, u"info"_qs};
    // Else it takes the pixels of a fine screen for the size.
    m_editor->SendScintilla(QsciScintillaBase::SCI_RGBAIMAGESETSCALE,
        static_cast<unsigned long>(qRound(m_editor->devicePixelRatioF() * 100)));
    for (int i = 0; i < 3; ++i) {
        m_editor->indicatorDefine(
            i == indexOf(Problem::Severity::Hint) ? QsciScintilla::DotsIndicator : QsciScintilla::SquiggleIndicator,
            firstIndicator + i);
        m_editor->setIndicatorForegroundColor(m_colors[i], firstIndicator + i);
        m_editor->setIndicatorDrawUnder(true, firstIndicator + i);
        m_editor->markerDefine(
            tintedPixmap(icons[i], m_colors[i], 14, m_editor->devicePixelRatioF()).toImage(), firstMarker + i);
    }
}

void JsonMarks::setMarks(const QList<Mark> &marks)
{
    m_marks = marks.first(std::min(marks.size(), mostMarks));
    show();
}

// Changes only what differs from what is shown already: the text moves its marks along by itself, and every touched one
// is painted again.
void JsonMarks::show()
{
    QList<Range> wanted[3];
    QHash<int, int> worst; // of each line
    for (const Mark &mark : std::as_const(m_marks)) {
        const int severity = indexOf(mark.severity);
        wanted[severity] += {mark.start, std::max(mark.start + 1, mark.end)};
        const int line = m_editor->lineOf(mark.start);
        worst.insert(line, std::min(severity, worst.value(line, severity)));
    }
    QList<int> lines[3];
    for (auto it = worst.cbegin(); it != worst.cend(); ++it)
        lines[it.value()] += it.key();
    for (int i = 0; i < 3; ++i) {
        underline(firstIndicator + i, merged(wanted[i]));
        std::sort(lines[i].begin(), lines[i].end());
        markLines(firstMarker + i, lines[i]);
    }
}

void JsonMarks::underline(int indicator, const QList<Range> &wanted)
{
    const auto id = static_cast<unsigned long>(indicator);
    QList<Range> shown;
    const qsizetype length = m_editor->SendScintilla(QsciScintillaBase::SCI_GETLENGTH);
    for (qsizetype at = 0; at < length;) {
        const qsizetype end = m_editor->SendScintilla(QsciScintillaBase::SCI_INDICATOREND, id, long(at));
        if (end <= at)
            break; // there is none at all
        if (m_editor->SendScintilla(QsciScintillaBase::SCI_INDICATORVALUEAT, id, long(at)) != 0)
            shown += {at, end};
        at = end;
    }
    const auto eachMissing = [](const QList<Range> &from, const QList<Range> &in, auto use) {
        for (const Range &range : from) {
            if (!std::binary_search(in.begin(), in.end(), range))
                use(static_cast<unsigned long>(range.first), long(range.second - range.first));
        }
    };
    m_editor->SendScintilla(QsciScintillaBase::SCI_SETINDICATORCURRENT, id);
    eachMissing(shown, wanted, [this](unsigned long start, long size) {
        m_editor->SendScintilla(QsciScintillaBase::SCI_INDICATORCLEARRANGE, start, size);
    });
    eachMissing(wanted, shown, [this](unsigned long start, long size) {
        m_editor->SendScintilla(QsciScintillaBase::SCI_INDICATORFILLRANGE, start, size);
    });
}

void JsonMarks::markLines(int marker, const QList<int> &wanted)
{
    QList<int> shown;
    const auto next = [&](int line) {
        return int(
            m_editor->SendScintilla(QsciScintillaBase::SCI_MARKERNEXT, static_cast<unsigned long>(line), 1L << marker));
    };
    for (int line = next(0); line >= 0; line = next(line + 1))
        shown += line;
    for (const int line : std::as_const(shown)) {
        if (!std::binary_search(wanted.begin(), wanted.end(), line))
            m_editor->markerDelete(line, marker);
    }
    for (const int line : wanted) {
        if (!std::binary_search(shown.cbegin(), shown.cend(), line))
            m_editor->markerAdd(line, marker);
    }
}

QString JsonMarks::toolTipAt(const QPoint &position) const
{
    const bool isMargin = position.x() < m_editor->marginWidth(0) + m_editor->marginWidth(margin);
    const auto at = m_editor->SendScintilla(
        isMargin ? QsciScintillaBase::SCI_POSITIONFROMPOINT : QsciScintillaBase::SCI_POSITIONFROMPOINTCLOSE,
        static_cast<unsigned long>(position.x()), long(position.y()));
    if (at < 0)
        return {};
    const int line = m_editor->lineOf(at);
    QStringList texts;
    for (const Mark &mark : m_marks) {
        const bool isHere = isMargin ? m_editor->lineOf(mark.start) == line
                                     : mark.start <= at && at <= std::max(mark.end, mark.start + 1);
        if (!isHere)
            continue;
        const QString text = mark.rule.isEmpty() ? mark.message : tr("%1 (%2)").arg(mark.message, mark.rule);
        if (!texts.contains(text))
            texts += text;
    }
    return texts.join(u'\n');
}

bool JsonMarks::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto *help = static_cast<QHelpEvent *>(event);
        const QString text = toolTipAt(help->pos());
        if (text.isEmpty())
            QToolTip::hideText();
        else // texts of a file stay what they are
            QToolTip::showText(help->globalPos(),
                QString(u"<qt>"_qs + text.toHtmlEscaped().replace(u'\n', u"<br>"_qs) + u"</qt>"_qs), m_editor);
        return true;
    }
    return QObject::eventFilter(watched, event);
}

} // namespace automation
