#include "designer/inspector/expressionlineedit.h"
#include "designer/inspector/expressiontextedit.h"
#include "designer/inspector/inspector.h"
#include "designer/style/applicationstyle.h"
#include "model/document/workflowdocument.h"

#include <QApplication>
#include <QClipboard>
#include <QFile>
#include <QTest>
#include <QTextBlock>
#include <QTextLayout>

using namespace automation;
using namespace Qt::StringLiterals;

// Editors that draw {{…}} as pills: the look is another, the text is not.
class TestExpressionEditors : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { applyTheme(*qApp, Theme::light()); }

    void marksOfATextInProgress_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("pills");
        QTest::addColumn<QString>("fault"); // what is underlined; none without
        QTest::newRow("plain") << u"Hello } {"_s << 0 << QString();
        QTest::newRow("one") << u"Hi {{data.name}}!"_s << 1 << QString();
        QTest::newRow("two") << u"{{data.a}} {{data.b}}"_s << 2 << QString();
        QTest::newRow("not closed") << u"Hi {{data.na"_s << 0 << u"{{data.na"_s;
        QTest::newRow("assignment") << u"{{data.a = 1}}"_s << 1 << u"="_s;
        QTest::newRow("two names") << u"{{data.a data.b}}"_s << 1 << u"data"_s;
        QTest::newRow("bracket missing") << u"{{(data.a}}"_s << 1 << u"}"_s;
        QTest::newRow("text holds braces") << u"{{'}}' + data.a}}"_s << 1 << QString();
        QTest::newRow("over lines") << u"{{data.a\n  + data.b}} x"_s << 1 << QString();
    }
    void marksOfATextInProgress()
    {
        QFETCH(QString, text);
        QFETCH(int, pills);
        QFETCH(QString, fault);
        const ExpressionMarks marks = expressionMarks(text);
        QCOMPARE(marks.pills.size(), pills);
        QCOMPARE(marks.faults.isEmpty(), fault.isEmpty());
        if (!fault.isEmpty()) {
            const QString underlined = text.mid(marks.faults.first().start, marks.faults.first().length);
            QVERIFY2(underlined.startsWith(fault), qPrintable(underlined));
            QVERIFY(!marks.faults.first().message.isEmpty());
        }
    }

    void bracketsThatBelongTogether()
    {
        const QString text = u"a( {{f(data['x(']) + [1]}}"_s;
        const ExpressionMarks marks = expressionMarks(text);
        const auto at = [&](qsizetype cursor) { return matchingBrackets(text, marks, cursor); };
        const qsizetype open = text.indexOf(u"f(") + 1;
        const qsizetype close = text.indexOf(u"])") + 1;
        QCOMPARE(at(open + 1), std::make_pair(open, close));
        QCOMPARE(at(close + 1), std::make_pair(open, close));
        QVERIFY(!at(2)); // no expression
        QVERIFY(!at(text.indexOf(u"x(") + 1)); // within a text
    }

    void hostileTextsAreFine()
    {
        for (const QString &text : {u"{{"_s.repeated(5000), u"}}"_s.repeated(5000), u"{{{{{{a}}}}}}"_s, u"{{\u0000}}"_s,
                 u"{{"_s + u"("_s.repeated(900) + u"}}"_s, QString(300'000, u'{')}) {
            const ExpressionMarks marks = expressionMarks(text);
            for (const ExpressionMarks::Pill &pill : marks.pills)
                QVERIFY(pill.start >= 0 && pill.start + pill.length <= text.size());
            for (const ExpressionMarks::Fault &fault : marks.faults)
                QVERIFY(fault.start >= 0 && fault.length > 0 && fault.start + fault.length <= text.size());
            for (qsizetype cursor = 0; cursor <= std::min<qsizetype>(text.size(), 50); ++cursor)
                matchingBrackets(text, marks, cursor);
        }
    }

    // Typing, moving, selecting and copying in both editors give what a plain one gives.
    void theTextIsThePlainText()
    {
        ExpressionLineEdit line;
        ExpressionTextEdit lines;
        for (QWidget *editor : {static_cast<QWidget *>(&line), static_cast<QWidget *>(&lines)}) {
            editor->resize(300, 40);
            editor->show();
            editor->activateWindow();
            editor->setFocus();
            QVERIFY(QTest::qWaitForWindowActive(editor));
            const auto text = [&] { return editor == &line ? line.text() : lines.toPlainText(); };
            QTest::keyClicks(editor, u"Hi {{data.a}}, {{(x}} and {{"_s);
            QCOMPARE(text(), u"Hi {{data.a}}, {{(x}} and {{"_s);
            QTest::keyClick(editor, Qt::Key_Home);
            for (int i = 0; i < 5; ++i)
                QTest::keyClick(editor, Qt::Key_Right);
            QTest::keyClicks(editor, u"x."_s);
            QCOMPARE(text(), u"Hi {{x.data.a}}, {{(x}} and {{"_s);
            QTest::keyClick(editor, Qt::Key_Home);
            QTest::keyClick(editor, Qt::Key_End, Qt::ShiftModifier);
            QTest::keyClick(editor, Qt::Key_C, Qt::ControlModifier);
            QCOMPARE(QApplication::clipboard()->text(), text());
            QTest::keyClick(editor, Qt::Key_Backspace);
            QVERIFY(text().isEmpty());
            QTest::keyClick(editor, Qt::Key_V, Qt::ControlModifier);
            QCOMPARE(text(), u"Hi {{x.data.a}}, {{(x}} and {{"_s);
        }
    }

    void formatsChangeNothingButTheLook()
    {
        ExpressionLineEdit line;
        line.show();
        line.setFocus();
        int changes = 0;
        int edits = 0;
        connect(&line, &QLineEdit::textChanged, this, [&] { ++changes; });
        connect(&line, &QLineEdit::textEdited, this, [&] { ++edits; });
        QTest::keyClicks(&line, u"{{a}}"_s);
        QCOMPARE(changes, 5);
        QCOMPARE(edits, 5);
        QTest::keyClick(&line, Qt::Key_Left, Qt::ShiftModifier);
        QTest::keyClick(&line, Qt::Key_Left, Qt::ShiftModifier);
        QCOMPARE(line.selectedText(), u"}}"_s);
        line.refreshMarks();
        QCOMPARE(line.selectedText(), u"}}"_s);
        QCOMPARE(line.cursorPosition(), 3);
        QCOMPARE(changes, 5);
    }

    void anInputMethodIsLeftAlone()
    {
        ExpressionLineEdit line;
        line.show();
        line.setFocus();
        QTest::keyClicks(&line, u"{{a}} "_s);
        QInputMethodEvent composing(u"にほ"_s, {});
        QApplication::sendEvent(&line, &composing);
        line.refreshMarks(); // must not end it
        QInputMethodEvent done;
        done.setCommitString(u"日本"_s);
        QApplication::sendEvent(&line, &done);
        QCOMPARE(line.text(), u"{{a}} 日本"_s);
    }

    void pillsAreDrawn_data()
    {
        QTest::addColumn<bool>("isDark");
        QTest::newRow("light") << false;
        QTest::newRow("dark") << true;
    }
    void pillsAreDrawn()
    {
        QFETCH(bool, isDark);
        const Theme theme = isDark ? Theme::dark() : Theme::light();
        applyTheme(*qApp, theme);
        ExpressionLineEdit line;
        ExpressionTextEdit lines;
        line.resize(300, 30);
        lines.resize(300, 60);
        line.setText(u"Hi {{data.name}} there"_s);
        lines.setPlainText(u"Hi {{data.name}} there\nand {{data.\nmore}}"_s);
        for (QWidget *editor : {static_cast<QWidget *>(&line), static_cast<QWidget *>(&lines)}) {
            editor->show();
            QVERIFY(QTest::qWaitForWindowExposed(editor));
            QCoreApplication::processEvents();
            const QImage picture = editor->grab().toImage().convertToFormat(QImage::Format_RGB32);
            int pill = 0;
            for (int y = 0; y < picture.height(); ++y) {
                for (int x = 0; x < picture.width(); ++x) {
                    const QColor colour = picture.pixelColor(x, y);
                    pill += std::abs(colour.red() - theme.pillBack.red()) <= 1
                        && std::abs(colour.green() - theme.pillBack.green()) <= 1
                        && std::abs(colour.blue() - theme.pillBack.blue()) <= 1;
                }
            }
            QVERIFY2(pill > 400, qPrintable(QString::number(pill)));
        }
        applyTheme(*qApp, Theme::light());
    }

    // In the form: what is typed wrong is underlined in the very field.
    void theFormUsesThem()
    {
        QFile file(QStringLiteral(TEST_DATA_DIR "/inspector/live.json"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        auto document = WorkflowDocument::fromText(file.readAll(), u"live"_s);
        QVERIFY(document.isOk());
        Inspector inspector;
        inspector.resize(300, 800);
        inspector.setDocument(document->get());
        inspector.show();
        inspector.setNodeKey(u"tell"_s);
        auto *to = inspector.findChild<ExpressionLineEdit *>(u"editor_destination"_s);
        auto *text = inspector.findChild<ExpressionTextEdit *>(u"editor_text"_s);
        QVERIFY(to && text);
        QCOMPARE(to->marks().pills.size(), 1); // although it was set quietly
        text->setFocus();
        QTest::keyClicks(text, u"{{data.a ="_s);
        QVERIFY(!text->marks().faults.isEmpty());
        const auto isWavy = [&] {
            const auto formats = text->document()->firstBlock().layout()->formats();
            return std::any_of(formats.begin(), formats.end(), [](const QTextLayout::FormatRange &range) {
                return range.format.underlineStyle() == QTextCharFormat::WaveUnderline;
            });
        };
        QTRY_VERIFY(isWavy());
        QTest::keyClicks(text, u"= 1}}"_s);
        QVERIFY(text->marks().faults.isEmpty());
        QTRY_VERIFY(!isWavy());
        QVERIFY(document.value()->text().contains("\"text\": \"{{data.a == 1}}\""));
    }
};

QTEST_MAIN(TestExpressionEditors)
#include "tst_expressioneditors.moc"
