#include "designer/inspector/completionlist.h"
#include "designer/inspector/inspector.h"
#include "designer/inspector/signaturehelp.h"
#include "designer/style/applicationstyle.h"
#include "model/document/workflowdocument.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QPlainTextEdit>
#include <QTest>

using namespace automation;
using namespace Qt::StringLiterals;

// Writing expressions in the form of a step, with the keys a person presses.
class TestExpressionCompleter : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        QFile file(QStringLiteral(TEST_DATA_DIR "/inspector/booking.json"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        m_text = file.readAll();
        applyTheme(*qApp, Theme::light());
    }

    void init()
    {
        auto opened = WorkflowDocument::fromText(m_text, u"booking"_s);
        QVERIFY2(opened.isOk(), opened ? "" : qPrintable(opened.error().message));
        m_document = std::move(opened).value();
        m_inspector = std::make_unique<Inspector>();
        m_inspector->resize(320, 800);
        m_inspector->setDocument(m_document.get());
        m_inspector->show();
        m_inspector->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_inspector.get()));
    }

    void cleanup()
    {
        m_inspector.reset();
        m_document.reset();
    }

    void opensBehindBracesAndTakesWithEnter()
    {
        QPlainTextEdit *text = message();
        QTest::keyClicks(text, u"Hi {{"_s);
        QTRY_VERIFY(list());
        QVERIFY(names().contains(u"data.booking_id"_s));
        QVERIFY(!names().contains(u"data.later"_s));
        QTest::keyClicks(text, u"data.boo"_s);
        QTRY_COMPARE(names(), QStringList {u"data.booking_id"_s});
        QTest::keyClick(text, Qt::Key_Return);
        QCOMPARE(text->toPlainText(), u"Hi {{data.booking_id}}"_s);
        QTRY_VERIFY(!list());
        // A reply is an object: the cursor stands where a member can follow. A brace goes over the one that is there.
        QTest::keyClicks(text, u".x}}, and"_s);
        QCOMPARE(text->toPlainText(), u"Hi {{data.booking_id.x}}, and"_s);
    }

    void rowsAreReadWhole()
    {
        const QString doubt = u"not in every message"_s;
        const QString name = u"data.payload.recipient.channels"_s;
        QWidget window;
        CompletionList names(&window);
        names.showRows({{u"data.x"_s, u"text"_s, {}, false}, {name, doubt, {}, true}}, QRect(10, 10, 2, 16));
        const int needed = QFontMetrics(Theme::monospaceFont()).horizontalAdvance(name)
            + QFontMetrics(Theme::smallFont()).horizontalAdvance(doubt) + 16 + 3 * 10;
        QVERIFY2(names.width() >= needed, qPrintable(u"%1 of %2"_s.arg(names.width()).arg(needed)));
        // It does not become narrower under the eyes of one who types.
        const int width = names.width();
        names.showRows({{u"data.x"_s, u"text"_s, {}, false}}, QRect(10, 10, 2, 16));
        QCOMPARE(names.width(), width);
        names.hide();
        names.showRows({{u"data.x"_s, u"text"_s, {}, false}}, QRect(10, 10, 2, 16));
        QVERIFY(names.width() < width);
    }

    void textGoesOnBehindAValue()
    {
        QPlainTextEdit *text = message();
        QTest::keyClicks(text, u"Hi {{user.na"_s);
        QCoreApplication::processEvents();
        text->clear();
        QTest::keyClicks(text, u"Hi {{msis"_s);
        QTRY_VERIFY(list());
        QTest::keyClick(text, Qt::Key_Return);
        QTest::keyClicks(text, u", hello }} {{data.payload.user.name}}!"_s);
        QCOMPARE(text->toPlainText(), u"Hi {{data.payload.user.msisdn}}, hello }} {{data.payload.user.name}}!"_s);
    }

    void aConditionGoesOnBehindAName()
    {
        m_inspector->setNodeKey(u"choose"_s);
        auto *condition = m_inspector->findChild<QPlainTextEdit *>(u"editor_condition_find_booking"_s);
        QVERIFY(condition);
        condition->setFocus();
        condition->selectAll();
        QTest::keyClicks(condition, u"{{msis"_s);
        QTRY_VERIFY(list());
        QTest::keyClick(condition, Qt::Key_Return);
        QTest::keyClicks(condition, u" == 'a'}}"_s);
        QCOMPARE(condition->toPlainText(), u"{{data.payload.user.msisdn == 'a'}}"_s);
    }

    void oneVisitIsOneUndoStep()
    {
        QPlainTextEdit *text = message();
        const QByteArray before = m_document->text();
        QTest::keyClicks(text, u"{{data.boo"_s);
        QTRY_VERIFY(list());
        QTest::keyClick(text, Qt::Key_Tab);
        QVERIFY(text->hasFocus());
        QVERIFY(m_document->text().contains("\"text\": \"{{data.booking_id}}\""));
        QTest::keyClick(text, Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(m_document->text(), before);
    }

    void arrowsChooseAndEscCloses()
    {
        QPlainTextEdit *text = message();
        QTest::keyClicks(text, u"{{data."_s);
        QTRY_VERIFY(list());
        const QStringList offered = names();
        QVERIFY(offered.size() > 3);
        QCOMPARE(list()->current(), 0);
        QTest::keyClick(text, Qt::Key_Down);
        QTest::keyClick(text, Qt::Key_Down);
        QTest::keyClick(text, Qt::Key_Up);
        QCOMPARE(list()->current(), 1);
        QTest::keyClick(text, Qt::Key_Up);
        QTest::keyClick(text, Qt::Key_Up);
        QCOMPARE(list()->current(), int(offered.size()) - 1); // round the end
        QTest::keyClick(text, Qt::Key_Escape);
        QVERIFY(!list());
        QCOMPARE(text->toPlainText(), u"{{data."_s);
        QTest::keyClick(text, Qt::Key_Space, Qt::ControlModifier);
        QVERIFY(list());
        QCOMPARE(text->toPlainText(), u"{{data."_s);
    }

    void saysWhatIsNotThereOnEveryPath()
    {
        QPlainTextEdit *text = message();
        QTest::keyClicks(text, u"{{data.may"_s);
        QTRY_VERIFY(list());
        QCOMPARE(names(), QStringList {u"data.maybe"_s});
        QLabel *sentence = list()->findChild<QLabel *>();
        QVERIFY2(sentence->text().contains(u"find_booking") && sentence->text().contains(u"not on every path"),
            qPrintable(sentence->text()));
    }

    void aClickTakes()
    {
        QPlainTextEdit *text = message();
        QTest::keyClicks(text, u"{{data."_s);
        QTRY_VERIFY(list());
        auto *rows = list()->findChild<QListView *>();
        const int row = int(names().indexOf(u"data.booking_id"_s));
        rows->scrollTo(rows->model()->index(row, 0));
        QTest::mouseClick(
            rows->viewport(), Qt::LeftButton, {}, rows->visualRect(rows->model()->index(row, 0)).center());
        QCOMPARE(text->toPlainText(), u"{{data.booking_id}}"_s);
        QVERIFY(!list());
    }

    void oneLineFields()
    {
        m_inspector->setNodeKey(u"tell"_s);
        auto *line = m_inspector->findChild<QLineEdit *>(u"editor_destination"_s);
        line->setFocus();
        line->clear();
        QTest::keyClicks(line, u"{{msis"_s);
        QTRY_VERIFY(list());
        QCOMPARE(names(), QStringList {u"data.payload.user.msisdn"_s});
        QTest::keyClick(line, Qt::Key_Return);
        QCOMPARE(line->text(), u"{{data.payload.user.msisdn}}"_s);
        QTRY_VERIFY(!list());
    }

    void functionsGetTheirBrackets()
    {
        QPlainTextEdit *text = message();
        QTest::keyClicks(text, u"{{stringC"_s);
        QTRY_VERIFY(list());
        QTest::keyClick(text, Qt::Key_Return);
        QCOMPARE(text->toPlainText(), u"{{stringContains()}}"_s);
        QTest::keyClicks(text, u"data.booking_i"_s);
        QTRY_VERIFY(list());
        QTest::keyClick(text, Qt::Key_Return);
        QCOMPARE(text->toPlainText(), u"{{stringContains(data.booking_id)}}"_s);
    }

    void saysWhatAFunctionTakes()
    {
        QPlainTextEdit *text = message();
        QTest::keyClicks(text, u"{{stringC"_s);
        QTRY_VERIFY(list());
        QVERIFY(!help());
        QTest::keyClick(text, Qt::Key_Return);
        QTRY_VERIFY(help());
        const QString first = help()->sentence();
        QVERIFY2(first.contains(u"search in"), qPrintable(first));
        QTest::keyClicks(text, u"'a, b', "_s);
        QTRY_VERIFY2(help()->sentence().contains(u"search for"), qPrintable(help()->sentence()));
        // The cursor goes back into the first value, then out of the call.
        QTest::keyClick(text, Qt::Key_Left);
        QTest::keyClick(text, Qt::Key_Left);
        QCOMPARE(help()->sentence(), first);
        QTest::keyClick(text, Qt::Key_End);
        QVERIFY(!help());
        // Sent away, it stays away from this call until it is asked for.
        QTest::keyClick(text, Qt::Key_Home);
        for (int i = 0; i < 20; ++i)
            QTest::keyClick(text, Qt::Key_Right);
        QVERIFY(help());
        QVERIFY(help()->geometry().bottom() < text->mapToGlobal(text->cursorRect().topLeft()).y());
        QTest::keyClick(text, Qt::Key_Escape);
        QVERIFY(!help());
        QTest::keyClick(text, Qt::Key_Right);
        QVERIFY(!help());
        QTest::keyClick(text, Qt::Key_Space, Qt::ControlModifier);
        QVERIFY(help());
        m_inspector->findChild<QLineEdit *>(u"editor_destination"_s)->setFocus();
        QVERIFY(!help());
    }

    void plainTextIsLeftAlone()
    {
        QPlainTextEdit *text = message();
        QTest::keyClicks(text, u"data.boo"_s);
        QTest::keyClick(text, Qt::Key_Return);
        QCoreApplication::processEvents();
        QVERIFY(!list());
        QCOMPARE(text->toPlainText(), u"data.boo\n"_s);
        QTest::keyClicks(text, u"{{data.a == 'da"_s);
        QCoreApplication::processEvents();
        QVERIFY(!list());
    }

    void leavingTheFieldCloses()
    {
        QPlainTextEdit *text = message();
        QTest::keyClicks(text, u"{{"_s);
        QTRY_VERIFY(list());
        m_inspector->findChild<QLineEdit *>(u"editor_destination"_s)->setFocus();
        QVERIFY(!list());
    }

    void ownAnswersOnlyWhereTheyAreThere()
    {
        QPlainTextEdit *text = message();
        QTest::keyClicks(text, u"{{step."_s);
        QCoreApplication::processEvents();
        QVERIFY(!list());
        m_inspector->setNodeKey(u"find_booking"_s);
        auto *line = m_inspector->findChild<QLineEdit *>(u"outputs_value_0"_s);
        if (!line) {
            for (QLineEdit *candidate : m_inspector->findChildren<QLineEdit *>()) {
                if (candidate->text().startsWith(u"{{step."))
                    line = candidate;
            }
        }
        QVERIFY(line);
        line->setFocus();
        line->clear();
        QTest::keyClicks(line, u"{{step.response"_s);
        QTRY_VERIFY(list());
        QVERIFY(names().contains(u"step.responseBody"_s));
    }

private:
    QPlainTextEdit *message()
    {
        m_inspector->setNodeKey(u"tell"_s);
        auto *text = m_inspector->findChild<QPlainTextEdit *>(u"editor_text"_s);
        text->setFocus();
        return text;
    }
    template <typename Window> Window *shown() const
    {
        for (QWidget *window : QApplication::topLevelWidgets()) {
            auto *found = qobject_cast<Window *>(window);
            if (found && found->isVisible())
                return found;
        }
        return nullptr;
    }
    CompletionList *list() const { return shown<CompletionList>(); }
    SignatureHelp *help() const { return shown<SignatureHelp>(); }
    QStringList names() const
    {
        QStringList found;
        const CompletionList *open = list();
        const QAbstractItemModel *model = open ? open->findChild<QListView *>()->model() : nullptr;
        for (int i = 0; model && i < model->rowCount(); ++i)
            found += model->index(i, 0).data().toString();
        return found;
    }

    QByteArray m_text;
    std::unique_ptr<WorkflowDocument> m_document;
    std::unique_ptr<Inspector> m_inspector;
};

QTEST_MAIN(TestExpressionCompleter)
#include "tst_expressioncompleter.moc"
