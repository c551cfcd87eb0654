#include "app/views/jsonfindbar.h"

#include "app/views/jsondocumentview.h"
#include "app/views/jsoneditor.h"
#include "designer/style/themedicon.h"

#include <algorithm>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QToolButton>

namespace automation {

namespace {

constexpr int indicator = 12;
constexpr qsizetype mostShown = 5000; // matches that are marked; all are counted
constexpr std::chrono::milliseconds searchDelay(120);

qsizetype bytesOf(QStringView text)
{
    qsizetype bytes = 0;
    for (const QChar c : text)
        bytes += c.unicode() < 0x80 ? 1 : c.unicode() < 0x800 ? 2 : c.isSurrogate() ? 2 : 3;
    return bytes;
}

bool isWordCharacter(QChar c)
{
    return c.isLetterOrNumber() || c == u'_' || c.isSurrogate();
}

} // namespace

QList<TextMatch> findText(const QByteArray &text, const QString &wanted, bool matchCase, bool wholeWords)
{
    QList<TextMatch> matches;
    if (wanted.isEmpty())
        return matches;
    const QString wide = QString::fromUtf8(text);
    const Qt::CaseSensitivity sensitivity = matchCase ? Qt::CaseSensitive : Qt::CaseInsensitive;
    qsizetype from = 0;
    qsizetype passed = 0; // units, and
    qsizetype bytes = 0; // the bytes they take
    while ((from = wide.indexOf(wanted, from, sensitivity)) >= 0) {
        const qsizetype end = from + wanted.size();
        const bool isPart = wholeWords
            && ((from > 0 && isWordCharacter(wide[from]) && isWordCharacter(wide[from - 1]))
                || (end < wide.size() && isWordCharacter(wide[end - 1]) && isWordCharacter(wide[end])));
        if (isPart) {
            ++from;
            continue;
        }
        const qsizetype start = bytes + bytesOf(QStringView(wide).sliced(passed, from - passed));
        bytes = start + bytesOf(QStringView(wide).sliced(from, end - from));
        passed = end;
        matches += {start, bytes};
        from = end;
    }
    return matches;
}

JsonFindBar::JsonFindBar(JsonDocumentView *view)
    : QFrame(view)
    , m_view(view)
    , m_wanted(new QLineEdit)
    , m_replacement(new QLineEdit)
    , m_case(addToggle(tr("Aa"), tr("Match case"), u"matchCase"_qs))
    , m_words(addToggle(tr("“W”"), tr("Whole words only"), u"wholeWords"_qs))
    , m_count(new QLabel)
    , m_replaceRow(new QWidget)
{
    setObjectName(u"jsonFind"_qs);
    setAccessibleName(tr("Find in the text"));
    setProperty("surface", u"panel"_qs);
    m_wanted->setObjectName(u"jsonFindField"_qs);
    m_wanted->setPlaceholderText(tr("Find in the text…"));
    m_wanted->setAccessibleName(tr("Find"));
    m_replacement->setObjectName(u"jsonReplaceField"_qs);
    m_replacement->setPlaceholderText(tr("Replace with…"));
    m_replacement->setAccessibleName(tr("Replace with"));
    for (QLineEdit *field : {m_wanted, m_replacement}) {
        field->setMaxLength(10'000);
        field->setClearButtonEnabled(true);
        field->installEventFilter(this);
    }
    m_count->setObjectName(u"jsonFindCount"_qs);
    m_count->setTextFormat(Qt::PlainText);
    m_count->setProperty("textRole", u"muted"_qs);
    m_count->setMinimumWidth(m_count->fontMetrics().horizontalAdvance(tr("%1 of %2").arg(8888).arg(8888)) + 8);
    const auto tool = [](const QString &icon, const QString &help) {
        auto *button = new QToolButton;
        button->setIcon(themedIcon(icon));
        button->setToolTip(help);
        button->setAccessibleName(help);
        button->setAutoRaise(true);
        button->setFocusPolicy(Qt::NoFocus);
        return button;
    };
    QToolButton *previous = tool(u"chevron-up"_qs, tr("Previous place (Shift+Enter)"));
    QToolButton *next = tool(u"chevron-down"_qs, tr("Next place (Enter)"));
    QToolButton *closing = tool(u"close"_qs, tr("Close (Esc)"));
    auto *findRow = new QHBoxLayout;
    findRow->setSpacing(6);
    findRow->addWidget(m_wanted, 1);
    for (QWidget *widget :
        {static_cast<QWidget *>(m_case), static_cast<QWidget *>(m_words), static_cast<QWidget *>(m_count),
            static_cast<QWidget *>(previous), static_cast<QWidget *>(next), static_cast<QWidget *>(closing)})
        findRow->addWidget(widget);
    auto *one = new QPushButton(tr("Replace"));
    one->setObjectName(u"jsonReplaceOne"_qs);
    one->setToolTip(tr("Replace this place and go to the next (Enter)"));
    auto *all = new QPushButton(tr("Replace all"));
    all->setObjectName(u"jsonReplaceAll"_qs);
    all->setToolTip(tr("Replace every place; one undo takes all back"));
    auto *replaceRow = new QHBoxLayout(m_replaceRow);
    replaceRow->setContentsMargins(0, 0, 0, 0);
    replaceRow->setSpacing(6);
    replaceRow->addWidget(m_replacement, 1);
    replaceRow->addWidget(one);
    replaceRow->addWidget(all);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(12, 6, 8, 6);
    layout->setSpacing(6);
    layout->addLayout(findRow);
    layout->addWidget(m_replaceRow);
    m_timer.setSingleShot(true);
    m_timer.setInterval(searchDelay);
    connect(&m_timer, &QTimer::timeout, this, &JsonFindBar::search);
    connect(m_wanted, &QLineEdit::textChanged, this, [this] {
        m_outcome.clear();
        search();
    });
    for (QToolButton *toggle : {m_case, m_words})
        connect(toggle, &QToolButton::toggled, this, &JsonFindBar::search);
    connect(previous, &QToolButton::clicked, this, [this] { step(false); });
    connect(next, &QToolButton::clicked, this, [this] { step(true); });
    connect(closing, &QToolButton::clicked, this, &JsonFindBar::close);
    connect(one, &QPushButton::clicked, this, &JsonFindBar::replaceOne);
    connect(all, &QPushButton::clicked, this, &JsonFindBar::replaceAll);
    connect(editor(), &JsonEditor::findRequested, this, [this] { open(false); });
    connect(editor(), &JsonEditor::replaceRequested, this, [this] { open(true); });
    connect(editor(), &JsonEditor::findNextRequested, this, &JsonFindBar::step);
    connect(editor(), &JsonEditor::closeRequested, this, &JsonFindBar::close);
    connect(editor(), &JsonEditor::cursorMoved, this, &JsonFindBar::showCount);
    connect(editor(), &QsciScintilla::textChanged, this, [this] {
        if (!isHidden())
            m_timer.start();
    });
    hide();
}

QToolButton *JsonFindBar::addToggle(const QString &text, const QString &help, const QString &name)
{
    auto *button = new QToolButton(this);
    button->setObjectName(name);
    button->setText(text);
    button->setToolTip(help);
    button->setAccessibleName(help);
    button->setCheckable(true);
    button->setAutoRaise(true);
    return button;
}

JsonEditor *JsonFindBar::editor() const
{
    return m_view->editor();
}

void JsonFindBar::setTheme(const Theme &theme)
{
    editor()->indicatorDefine(QsciScintilla::FullBoxIndicator, indicator);
    editor()->setIndicatorForegroundColor(theme.warning, indicator);
    editor()->setIndicatorOutlineColor(theme.warning, indicator);
    editor()->setIndicatorDrawUnder(true, indicator);
    editor()->SendScintilla(QsciScintillaBase::SCI_INDICSETALPHA, static_cast<unsigned long>(indicator), 70L);
}

void JsonFindBar::open(bool withReplacing)
{
    const QString selected = editor()->selectedText();
    if (!selected.isEmpty() && !selected.contains(u'\n') && !selected.contains(u'\r'))
        m_wanted->setText(selected);
    m_replaceRow->setVisible(withReplacing);
    show();
    m_wanted->setFocus(Qt::ShortcutFocusReason);
    m_wanted->selectAll();
    m_outcome.clear();
    search();
}

void JsonFindBar::close()
{
    if (isHidden())
        return;
    const bool hadFocus = isAncestorOf(focusWidget());
    hide();
    m_matches.clear();
    showMatches();
    if (hadFocus)
        editor()->setFocus(Qt::PopupFocusReason);
}

void JsonFindBar::search()
{
    m_timer.stop();
    m_matches = isHidden() ? QList<TextMatch>()
                           : findText(editor()->bytes(), m_wanted->text(), m_case->isChecked(), m_words->isChecked());
    showMatches();
    showCount();
}

void JsonFindBar::showMatches()
{
    editor()->SendScintilla(QsciScintillaBase::SCI_SETINDICATORCURRENT, static_cast<unsigned long>(indicator));
    editor()->SendScintilla(
        QsciScintillaBase::SCI_INDICATORCLEARRANGE, 0UL, editor()->SendScintilla(QsciScintillaBase::SCI_GETLENGTH));
    for (const TextMatch &match : m_matches.first(std::min(m_matches.size(), mostShown))) {
        editor()->SendScintilla(QsciScintillaBase::SCI_INDICATORFILLRANGE, static_cast<unsigned long>(match.start),
            long(match.end - match.start));
    }
}

void JsonFindBar::showCount()
{
    if (isHidden())
        return;
    const TextMatch selected {
        std::min(editor()->anchor(), editor()->cursor()), std::max(editor()->anchor(), editor()->cursor())};
    const qsizetype current = m_matches.indexOf(selected);
    m_count->setText(!m_outcome.isEmpty() ? m_outcome
            : m_wanted->text().isEmpty()  ? QString()
            : m_matches.isEmpty()         ? tr("None")
            : current < 0                 ? tr("%n found", nullptr, int(m_matches.size()))
                                          : tr("%1 of %2").arg(current + 1).arg(m_matches.size()));
}

void JsonFindBar::step(bool forward)
{
    if (isHidden()) {
        open(false);
        return;
    }
    m_outcome.clear();
    search();
    if (m_matches.isEmpty())
        return;
    const qsizetype from = std::min(editor()->anchor(), editor()->cursor());
    const qsizetype to = std::max(editor()->anchor(), editor()->cursor());
    TextMatch match = forward ? m_matches.first() : m_matches.last(); // goes on from the other end
    if (forward) {
        const auto next
            = std::find_if(m_matches.begin(), m_matches.end(), [to](const TextMatch &it) { return it.start >= to; });
        if (next != m_matches.end())
            match = *next;
    } else {
        const auto previous = std::find_if(
            m_matches.rbegin(), m_matches.rend(), [from](const TextMatch &it) { return it.end <= from; });
        if (previous != m_matches.rend())
            match = *previous;
    }
    m_view->endTyping();
    editor()->setSelection(match.start, match.end);
    showCount();
}

void JsonFindBar::replaceOne()
{
    search();
    const TextMatch selected {
        std::min(editor()->anchor(), editor()->cursor()), std::max(editor()->anchor(), editor()->cursor())};
    if (!m_matches.contains(selected)) { // first shown, then replaced
        step(true);
        return;
    }
    const QByteArray replacement = m_replacement->text().toUtf8();
    m_view->edit({{selected.start, editor()->bytes().mid(selected.start, selected.end - selected.start), replacement}},
        tr("Replace"));
    editor()->setCursor(selected.start + replacement.size());
    step(true);
}

void JsonFindBar::replaceAll()
{
    search();
    const QByteArray text = editor()->bytes();
    const QByteArray replacement = m_replacement->text().toUtf8();
    QList<TextSplice> pieces;
    for (auto it = m_matches.rbegin(); it != m_matches.rend(); ++it) {
        const QByteArray found = text.mid(it->start, it->end - it->start);
        if (found != replacement)
            pieces += {it->start, found, replacement};
    }
    if (!pieces.isEmpty())
        m_view->edit(pieces, tr("Replace all"));
    search();
    m_outcome = tr("%n replaced", nullptr, int(pieces.size()));
    showCount();
}

bool JsonFindBar::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::KeyPress || event->type() == QEvent::ShortcutOverride) {
        auto *key = static_cast<QKeyEvent *>(event);
        const bool isPress = event->type() == QEvent::KeyPress;
        const auto taken = [&](auto run) {
            event->accept();
            if (isPress)
                run();
            return true;
        };
        if (key->matches(QKeySequence::Find))
            return taken([this] { open(!m_replaceRow->isHidden()); });
        if (key->keyCombination() == (Qt::CTRL | Qt::Key_H))
            return taken([this] { open(true); });
        if (key->key() == Qt::Key_F3)
            return taken([&] { step(!(key->modifiers() & Qt::ShiftModifier)); });
        if (isPress && key->key() == Qt::Key_Escape)
            return taken([this] { close(); });
        if (isPress && (key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter)) {
            return taken([&] {
                if (watched == m_replacement)
                    replaceOne();
                else
                    step(!(key->modifiers() & Qt::ShiftModifier));
            });
        }
    }
    return QFrame::eventFilter(watched, event);
}

} // namespace automation
