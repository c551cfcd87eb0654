// Edits typed in the text and edits from elsewhere in any order: both agree, and undo goes back over all of them.

#include "caserunner.h"
#include "jsonwindow.h"
#include "tests/document/gestures.h"

#include "designer/style/applicationstyle.h"

namespace automation {

namespace {

class Session
{
public:
    explicit Session(Random &random)
        : m_random(random)
        , m_chance(random)
        , m_start(anyCase(random, 1).text)
        , m_window(m_start)
    {
        m_moments.insert(0, m_window.document()->shownText());
    }

    std::optional<QString> run(int actions)
    {
        for (int i = 0; i < actions; ++i) {
            const int index = m_window.stack()->index();
            std::optional<QString> failure = act();
            if (!failure)
                failure = disagreement(m_window);
            const QByteArray now = m_window.document()->shownText();
            if (!failure && m_window.stack()->index() < index && m_moments.value(m_window.stack()->index()) != now)
                failure = u"undo gives another text"_qs;
            if (failure)
                return u"action %1 (%2): %3"_qs.arg(i).arg(m_what, *failure);
            m_moments.insert(m_window.stack()->index(), now);
        }
        for (int left = m_window.stack()->index(); left > 0; --left) {
            m_window.key(Qt::Key_Z, Qt::ControlModifier);
            if (m_window.stack()->index() != left - 1)
                return u"Ctrl+Z undoes something else"_qs;
            if (m_window.document()->shownText() != m_moments.value(left - 1))
                return u"undone to %1 it is another text"_qs.arg(left - 1);
            if (const std::optional<QString> failure = disagreement(m_window))
                return u"undone: %1"_qs.arg(*failure);
        }
        if (m_window.document()->text() != m_start || m_window.document()->draft())
            return u"undoing everything gives other bytes"_qs;
        return std::nullopt;
    }

private:
    std::optional<QString> act()
    {
        JsonEditor *editor = m_window.editor();
        switch (m_random.below(10)) {
        case 0:
            return fromElsewhere(u"undo"_qs, [this] { m_window.stack()->undo(); });
        case 1:
            return fromElsewhere(u"redo"_qs, [this] { m_window.stack()->redo(); });
        case 2:
        case 3:
            return fromElsewhere(u"command"_qs, [this] {
                const WorkflowDocument &document = *m_window.document();
                const Gesture gesture = anyGesture(document.definition(), document.graph(), m_chance);
                m_what += u' ' + gesture.command;
                if (gesture.isDrawing())
                    (void)m_window.document()->pushDrawing(gesture.drawn(document.drawing()), u"draw"_qs).isOk();
                else if (const Result<DefinitionEdit> edit = gesture.edit(document.definition(), document.graph()))
                    (void)m_window.document()->push(*edit).isOk();
            });
        case 4: {
            m_what = u"jump"_qs;
            const QByteArray before = m_window.text();
            if (m_random.chance(50)) {
                const Qt::Key keys[] = {
                    Qt::Key_Left, Qt::Key_Right, Qt::Key_Up, Qt::Key_Down, Qt::Key_Home, Qt::Key_End, Qt::Key_PageDown};
                m_window.key(m_random.oneOf(keys), m_random.chance(20) ? Qt::ShiftModifier : Qt::NoModifier);
            } else {
                editor->setCursor(character(m_random.below(int(before.size()) + 1)));
                Q_EMIT editor->jumped();
            }
            return before == m_window.text() ? std::nullopt : std::optional(u"a jump changes the text"_qs);
        }
        case 5:
            return erased();
        case 6: { // into a text literal, where most keys are good
            const QByteArray text = m_window.text();
            const qsizetype quote = text.indexOf("\": \"", m_random.below(int(text.size()) + 1));
            if (quote >= 0)
                editor->setCursor(quote + 4);
            return typed({u"a"_qs, u"Z"_qs, u" "_qs, u"ö"_qs, u"😀"_qs});
        }
        case 7: // repair what is broken
            if (!m_window.document()->draft())
                return typed({u" "_qs});
            m_what = u"repair"_qs;
            while (m_window.document()->draft() && m_window.stack()->canUndo() && m_random.chance(90))
                m_window.key(Qt::Key_Z, Qt::ControlModifier);
            return std::nullopt;
        case 8:
            m_what = u"redo with keys"_qs;
            m_window.key(Qt::Key_Y, Qt::ControlModifier);
            return std::nullopt;
        default:
            return typed({u"x"_qs, u"\""_qs, u"{"_qs, u"}"_qs, u","_qs, u"\\"_qs, u"7"_qs, u" "_qs});
        }
    }

    qsizetype character(qsizetype at)
    {
        const QByteArray text = m_window.text();
        while (at > 0 && at < text.size()
            && ((static_cast<uchar>(text[at]) & 0xC0) == 0x80 || (text[at] == '\n' && text[at - 1] == '\r')))
            --at;
        return at;
    }

    // What was selected goes, the key comes in, the cursor stands behind it.
    std::optional<QString> typed(const QStringList &keys)
    {
        const QString key = m_random.oneOf(keys);
        m_what = u"type “%1”"_qs.arg(key);
        JsonEditor *editor = m_window.editor();
        const qsizetype from = std::min(editor->cursor(), editor->anchor());
        const qsizetype to = std::max(editor->cursor(), editor->anchor());
        QByteArray expected = m_window.text();
        expected.replace(from, to - from, key.toUtf8());
        QKeyEvent press(QEvent::KeyPress, 0, Qt::NoModifier, key);
        QApplication::sendEvent(editor, &press);
        if (m_window.text() != expected)
            return u"a key is lost: it shows\n%1"_qs.arg(QString::fromUtf8(m_window.text()));
        if (editor->cursor() != from + key.toUtf8().size())
            return u"the cursor is not behind the key"_qs;
        return std::nullopt;
    }

    std::optional<QString> erased()
    {
        m_what = u"erase"_qs;
        JsonEditor *editor = m_window.editor();
        const QByteArray before = m_window.text();
        const qsizetype size = std::abs(editor->cursor() - editor->anchor());
        m_window.key(m_random.chance(50) ? Qt::Key_Backspace : Qt::Key_Delete);
        const QByteArray after = m_window.text();
        if (size > 0 && after.size() != before.size() - size)
            return u"erasing takes something else than the selection"_qs;
        if (before.size() - after.size() > std::max(size, qsizetype(4)))
            return u"erasing takes too much"_qs;
        return std::nullopt;
    }

    // The cursor stays in its line, at its column, as long as that line is there and no other like it.
    std::optional<QString> fromElsewhere(const QString &what, const std::function<void()> &run)
    {
        m_what = what;
        JsonEditor *editor = m_window.editor();
        const auto lineAt = [](const QByteArray &text, qsizetype at) {
            const qsizetype start = at == 0 ? 0 : text.lastIndexOf('\n', at - 1) + 1;
            const qsizetype end = text.indexOf('\n', at);
            return std::pair(text.mid(start, end < 0 ? -1 : end - start), at - start);
        };
        const QByteArray before = m_window.text();
        const auto line = lineAt(before, editor->cursor());
        const bool isOne = editor->cursor() == editor->anchor() && !line.first.isEmpty();
        run();
        const QByteArray after = m_window.text();
        const bool isOneLine
            = isOne && before.split('\n').count(line.first) == 1 && after.split('\n').count(line.first) == 1;
        m_what += u" at %1"_qs.arg(line.second);
        if (isOneLine && lineAt(after, editor->cursor()) != line)
            return u"the cursor has left its line “%1”"_qs.arg(QString::fromUtf8(line.first));
        return std::nullopt;
    }

    Random &m_random;
    Chance m_chance;
    QByteArray m_start;
    JsonWindow m_window;
    QHash<int, QByteArray> m_moments;
    QString m_what;
};

std::optional<QString> anythingGoes(Random &random)
{
    Session session(random);
    return session.run(4 + random.below(20));
}

} // namespace

class TestJsonInterleaving : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void randomEdits();
};

void TestJsonInterleaving::initTestCase()
{
    applyTheme(*qApp, Theme::light());
    setMotion(false);
}

void TestJsonInterleaving::randomEdits()
{
    const QString failure = runCases("text and drawing agree whatever is done", 300, anythingGoes);
    QVERIFY2(failure.isEmpty(), qPrintable(failure));
}

} // namespace automation

QTEST_MAIN(automation::TestJsonInterleaving)
#include "tst_jsoninterleaving.moc"
