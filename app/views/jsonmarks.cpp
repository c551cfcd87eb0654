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
    show();
}

void JsonMarks::setMarks(const QList<Mark> &marks)
{
    m_marks = marks.first(std::min(marks.size(), mostMarks));
    show();
}

void JsonMarks::show()
{
    const auto length = m_editor->SendScintilla(QsciScintillaBase::SCI_GETLENGTH);
    for (int i = 0; i < 3; ++i) {
        m_editor->SendScintilla(
            QsciScintillaBase::SCI_SETINDICATORCURRENT, static_cast<unsigned long>(firstIndicator + i));
        m_editor->SendScintilla(QsciScintillaBase::SCI_INDICATORCLEARRANGE, 0UL, length);
        m_editor->markerDeleteAll(firstMarker + i);
    }
    QHash<int, int> worst; // of each line
    for (const Mark &mark : std::as_const(m_marks)) {
        const int severity = indexOf(mark.severity);
        m_editor->SendScintilla(
            QsciScintillaBase::SCI_SETINDICATORCURRENT, static_cast<unsigned long>(firstIndicator + severity));
        m_editor->SendScintilla(QsciScintillaBase::SCI_INDICATORFILLRANGE, static_cast<unsigned long>(mark.start),
            long(std::max(qsizetype(1), mark.end - mark.start)));
        const int line = m_editor->lineOf(mark.start);
        worst.insert(line, std::min(severity, worst.value(line, severity)));
    }
    for (auto it = worst.begin(); it != worst.end(); ++it)
        m_editor->markerAdd(it.key(), firstMarker + it.value());
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
