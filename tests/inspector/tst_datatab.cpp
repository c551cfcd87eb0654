#include "designer/inspector/datatab.h"
#include "designer/inspector/datatree.h"
#include "designer/inspector/expressionlineedit.h"
#include "designer/inspector/expressiontextedit.h"
#include "designer/inspector/inspector.h"
#include "designer/inspector/wrappedtext.h"
#include "designer/style/applicationstyle.h"
#include "designer/style/emptystate.h"

#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QDragEnterEvent>
#include <QDropEvent>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMimeData>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTabBar>
#include <QTabWidget>
#include <QTest>
#include <QTreeView>

using namespace automation;
using namespace Qt::StringLiterals;

// The inspector's Data tab, with mouse and keys.
class TestDataTab : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        QFile file(QStringLiteral(TEST_DATA_DIR "/inspector/live.json"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        m_text = file.readAll();
        applyTheme(*qApp, Theme::light());
    }

    void init()
    {
        auto opened = WorkflowDocument::fromText(m_text, u"live"_s);
        QVERIFY2(opened.isOk(), opened ? "" : qPrintable(opened.error().message));
        m_document = std::move(opened).value();
        m_inspector = std::make_unique<Inspector>();
        m_inspector->resize(300, 800);
        m_inspector->setDocument(m_document.get());
        m_inspector->show();
        m_inspector->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_inspector.get()));
        m_inspector->setNodeKey(u"tell"_s);
    }

    void cleanup()
    {
        m_inspector.reset();
        m_document.reset();
    }

    void theTreeHoldsWhatTheChecksKnow()
    {
        openTab();
        QStringList top;
        for (int row = 0; row < model()->rowCount(); ++row)
            top += model()->index(row, 0).data().toString();
        QVERIFY2(top.first(5) == QStringList({u"answer"_s, u"shout"_s, u"booking_id"_s, u"found"_s, u"code"_s}),
            qPrintable(top.join(u' ')));
        QVERIFY(top.contains(u"payload"_s) && top.contains(u"accountId"_s));
        QVERIFY(model()->indexOfPath(u"data.payload.user.msisdn"_s).isValid());
        QCOMPARE(detail(u"data.payload.user.name"_s), u"Mei Tan"_s);
        QCOMPARE(detail(u"data.booking_id"_s), u"48213"_s);
        // What takes a script is evaluated.
        QTRY_COMPARE(detail(u"data.shout"_s), u"HELLO, I HAVE A QUESTION ABOUT MY ORDER.!"_s);
        // A later step's variable is not there.
        m_inspector->setNodeKey(u"find"_s);
        QVERIFY(!model()->indexOfPath(u"data.found"_s).isValid());
        QVERIFY(model()->indexOfPath(u"data.answer"_s).isValid());
    }

    void whatIsKnownOfARow()
    {
        openTab();
        choose(u"data.code"_s);
        QVERIFY(text(u"dataPath"_s).startsWith(u"data.code · number"));
        QCOMPARE(text(u"dataValue"_s), u"= 200"_s);
        QVERIFY2(
            plain(u"dataOrigin"_s).contains(u"Written by find, on every path"), qPrintable(plain(u"dataOrigin"_s)));
        QVERIFY2(plain(u"dataUses"_s).contains(u"choose"), qPrintable(plain(u"dataUses"_s)));
        choose(u"data.payload.user.msisdn"_s);
        for (const auto *step : {u"ask", u"tell", u"other"})
            QVERIFY2(plain(u"dataUses"_s).contains(QStringView(step)), qPrintable(plain(u"dataUses"_s)));
        QVERIFY(plain(u"dataOrigin"_s).contains(u"From the trigger"));
        choose(u"data.found"_s);
        QVERIFY(text(u"dataValue"_s).contains(u"no example"));
        QVERIFY(plain(u"dataUses"_s).contains(u"nowhere"));
    }

    void someVariablesAreThereOnSomePathsOnly()
    {
        QByteArray changed = m_text;
        changed.replace("\"inputs\": { \"subAccountId\": \"acme\", \"destination\"",
            "\"nextStepId\": \"other\", \"outputs\": { \"maybe\": 1 }, \"inputs\": { \"subAccountId\": \"acme\", "
            "\"destination\"");
        auto opened = WorkflowDocument::fromText(changed, u"live"_s);
        QVERIFY(opened.isOk());
        m_inspector->setDocument(opened->get());
        m_inspector->setNodeKey(u"other"_s);
        openTab();
        choose(u"data.maybe"_s);
        QVERIFY2(plain(u"dataOrigin"_s).contains(u"Only on paths through tell"), qPrintable(plain(u"dataOrigin"_s)));
        m_inspector->setDocument(nullptr);
    }

    void linksLeadToStepsAndFields()
    {
        QSignalSpy asked(m_inspector.get(), &Inspector::placeRequested);
        openTab();
        choose(u"data.code"_s);
        // As a person without a mouse: into the label, to its link, and there.
        auto *origin = m_inspector->findChild<QLabel *>(u"dataOrigin"_s);
        origin->setFocus(Qt::TabFocusReason);
        QTest::keyClick(origin, Qt::Key_Tab);
        QTest::keyClick(origin, Qt::Key_Return);
        QCOMPARE(asked.size(), 1);
        QCOMPARE(asked.last().at(0).toString(), u"find"_s);
        auto *uses = m_inspector->findChild<QLabel *>(u"dataUses"_s);
        uses->setFocus(Qt::TabFocusReason);
        QTest::keyClick(uses, Qt::Key_Tab);
        QTest::keyClick(uses, Qt::Key_Return);
        QCOMPARE(asked.size(), 2);
        QCOMPARE(asked.last().at(0).toString(), u"choose"_s);
        QCOMPARE(asked.last().at(1).value<JsonPointer>().toString(), u"/definition/steps/2/selectNextStep/tell"_s);
    }

    void anotherExampleIsChosenByKeyboard()
    {
        openTab();
        auto *sources = m_inspector->findChild<QComboBox *>(u"dataSource"_s);
        QCOMPARE(sources->currentText(), u"Webhook v3 (WhatsApp)"_s);
        choose(u"data.version"_s);
        QCOMPARE(text(u"dataValue"_s), u"= 3"_s);
        sources->setFocus();
        QTest::keyClick(sources, Qt::Key_End);
        QCOMPARE(sources->currentText(), u"Webhook v2"_s);
        QVERIFY(text(u"dataValue"_s).contains(u"no example"));
        QVERIFY(plain(u"dataOrigin"_s).contains(u"not in every message"));
    }

    void enterPutsARowIntoTheFieldEditedLast()
    {
        auto *to = m_inspector->findChild<ExpressionLineEdit *>(u"editor_destination"_s);
        to->setFocus();
        to->end(false);
        openTab();
        choose(u"data.booking_id"_s);
        QTest::keyClick(tree(), Qt::Key_Return);
        QCOMPARE(to->text(), u"{{data.payload.user.msisdn}}{{data.booking_id}}"_s);
        QVERIFY(to->hasFocus());
        QCOMPARE(m_inspector->tabs()->currentIndex(), 0);
        QVERIFY(m_document->text().contains("{{data.payload.user.msisdn}}{{data.booking_id}}"));
        QCOMPARE(m_document->undoStack()->count(), 1);
        // In an expression it needs no braces.
        to->setText(u"{{1 + }}"_s);
        to->setCursorPosition(6);
        openTab();
        choose(u"data.booking_id"_s);
        QTest::keyClick(tree(), Qt::Key_Return);
        QCOMPARE(to->text(), u"{{1 + data.booking_id}}"_s);
    }

    void aRowIsCopied()
    {
        openTab();
        choose(u"data.booking_id"_s);
        QTest::keyClick(tree(), Qt::Key_C, Qt::ControlModifier);
        QCOMPARE(QApplication::clipboard()->text(), u"{{data.booking_id}}"_s);
        auto *message = m_inspector->findChild<ExpressionTextEdit *>(u"editor_text"_s);
        m_inspector->tabs()->setCurrentIndex(0);
        message->setFocus();
        QTest::keyClicks(message, u"No {{x + "_s);
        QTest::keyClick(message, Qt::Key_Escape);
        QTest::keyClick(message, Qt::Key_V, Qt::ControlModifier);
        QCOMPARE(message->toPlainText(), u"No {{x + data.booking_id"_s);
    }

    // A drag opens the tab it hovers over; dropped, a row stands where it was dropped.
    void aRowIsDraggedIntoAField()
    {
        openTab();
        QVERIFY(m_inspector->tabs()->tabBar()->changeCurrentOnDrag());
        const std::unique_ptr<QMimeData> row(model()->mimeData({model()->indexOfPath(u"data.payload.user.name"_s)}));
        QCOMPARE(row->text(), u"{{data.payload.user.name}}"_s);
        QTabBar *bar = m_inspector->tabs()->tabBar();
        const QPoint onStep = bar->tabRect(0).center();
        QDragEnterEvent enter(onStep, Qt::CopyAction, row.get(), Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(bar, &enter);
        QVERIFY(enter.isAccepted());
        QDragMoveEvent move(onStep, Qt::CopyAction, row.get(), Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(bar, &move);
        QTRY_COMPARE(m_inspector->tabs()->currentIndex(), 0);

        auto *message = m_inspector->findChild<ExpressionTextEdit *>(u"editor_text"_s);
        message->setPlainText(u"Dear , hello"_s);
        QTextCursor place = message->textCursor();
        place.setPosition(5);
        drop(message->viewport(), message->cursorRect(place).center(), row.get());
        QCOMPARE(message->toPlainText(), u"Dear {{data.payload.user.name}}, hello"_s);
        QVERIFY(message->hasFocus());

        auto *to = m_inspector->findChild<ExpressionLineEdit *>(u"editor_destination"_s);
        to->setText(u"ab"_s);
        drop(to, QPoint(to->width() - 10, to->height() / 2), row.get());
        QCOMPARE(to->text(), u"ab{{data.payload.user.name}}"_s);
        QVERIFY(m_document->text().contains("\"destination\": \"ab{{data.payload.user.name}}\""));
    }

    void aVariableIsRenamedEverywhere()
    {
        openTab();
        choose(u"data.code"_s);
        QTest::keyClick(tree(), Qt::Key_F2);
        auto *name = qobject_cast<QLineEdit *>(QApplication::focusWidget());
        QVERIFY(name);
        QCOMPARE(name->text(), u"code"_s);
        name->selectAll();
        QTest::keyClicks(name, u"http_code"_s);
        QTest::keyClick(name, Qt::Key_Return);
        QTRY_VERIFY(model()->indexOfPath(u"data.http_code"_s).isValid());
        QVERIFY(m_document->text().contains("\"http_code\": \"{{step.responseCode}}\""));
        QVERIFY(m_document->text().contains("{{data.http_code == 200}}"));
        QCOMPARE(m_document->undoStack()->count(), 1);
        QCOMPARE(tree()->currentIndex().data().toString(), u"http_code"_s);
        m_document->undoStack()->undo();
        QCOMPARE(m_document->text(), m_text);
        QVERIFY(model()->indexOfPath(u"data.code"_s).isValid());
    }

    void aNameThatIsTakenIsRefused()
    {
        openTab();
        choose(u"data.code"_s);
        QTest::keyClick(tree(), Qt::Key_F2);
        auto *name = qobject_cast<QLineEdit *>(QApplication::focusWidget());
        QVERIFY(name);
        name->selectAll();
        QTest::keyClicks(name, u"found"_s);
        QTest::keyClick(name, Qt::Key_Return);
        auto *error = m_inspector->findChild<QLabel *>(u"dataError"_s);
        QTRY_VERIFY(error->isVisible() && !error->text().isEmpty());
        QCOMPARE(m_document->text(), m_text);
        // What the trigger brings has the name it has.
        choose(u"data.payload"_s);
        QTest::keyClick(tree(), Qt::Key_F2);
        QVERIFY(!qobject_cast<QLineEdit *>(QApplication::focusWidget()));
    }

    void beforeTheFirstStepThereIsNothing()
    {
        m_inspector->setNodeKey(DefinitionGraph::triggerKey());
        openTab();
        auto *tab = m_inspector->findChild<DataTab *>();
        auto *empty = tab->findChild<EmptyState *>();
        QVERIFY(empty->isVisible());
        QVERIFY(!empty->sentence().isEmpty());
    }

    void itNeedsNoMoreThanItsWidth()
    {
        openTab();
        for (const QString &path : {u"data.payload.user.msisdn"_s, u"data.shout"_s, u"data.found"_s}) {
            choose(path);
            QVERIFY(m_inspector->minimumSizeHint().width() <= 300);
            QCOMPARE(m_inspector->width(), 300);
        }
    }

private:
    void openTab()
    {
        // With a click on the tab.
        QTabBar *bar = m_inspector->tabs()->tabBar();
        QTest::mouseClick(bar, Qt::LeftButton, {}, bar->tabRect(1).center());
        QCOMPARE(m_inspector->tabs()->currentIndex(), 1);
    }
    QTreeView *tree() const { return m_inspector->findChild<QTreeView *>(u"dataTree"_s); }
    DataTreeModel *model() const { return static_cast<DataTreeModel *>(tree()->model()); }
    QString detail(const QString &path) const
    {
        return model()->indexOfPath(path).data(DataTreeModel::DetailRole).toString();
    }
    void choose(const QString &path)
    {
        const QModelIndex index = model()->indexOfPath(path);
        QVERIFY2(index.isValid(), qPrintable(path));
        for (QModelIndex up = index.parent(); up.isValid(); up = up.parent())
            tree()->expand(up);
        tree()->scrollTo(index);
        tree()->setFocus();
        QTest::mouseClick(tree()->viewport(), Qt::LeftButton, {}, tree()->visualRect(index).center());
        QCOMPARE(tree()->currentIndex(), index);
    }
    QString text(const QString &name) const { return m_inspector->findChild<WrappedText *>(name)->text(); }
    QString plain(const QString &name) const
    {
        QString html = m_inspector->findChild<QLabel *>(name)->text();
        static const QRegularExpression tags(u"<[^>]*>|\u200B"_s);
        return html.remove(tags);
    }
    void drop(QWidget *where, const QPoint &at, QMimeData *row)
    {
        QDragEnterEvent enter(at, Qt::CopyAction, row, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(where, &enter);
        QDragMoveEvent move(at, Qt::CopyAction, row, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(where, &move);
        QDropEvent dropped(at, Qt::CopyAction, row, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(where, &dropped);
        QVERIFY(dropped.isAccepted());
    }

    QByteArray m_text;
    std::unique_ptr<WorkflowDocument> m_document;
    std::unique_ptr<Inspector> m_inspector;
};

QTEST_MAIN(TestDataTab)
#include "tst_datatab.moc"
