// Conditions as lists of checks: with real keys and clicks in the inspector, byte by byte in the definition.

#include "designer/inspector/checkrow.h"
#include "designer/inspector/conditionbuilder.h"
#include "designer/inspector/inspector.h"
#include "designer/inspector/wrappedtext.h"
#include "designer/style/applicationstyle.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QTest>
#include <QToolButton>
#include <QWheelEvent>

using namespace automation;
using namespace Qt::StringLiterals;

class ConditionBuilderTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { applyTheme(*qApp, Theme::light()); }
    void cleanup();
    void showingChangesNothing();
    void keywordTyped();
    void checkChosenWithKeys();
    void everyCheckIsWrittenAndRead();
    void checksAddedJoinedAndRemoved();
    void lastOfNoneOfThese();
    void textWhereItIsNoCheck();
    void switchingChangesNothing();
    void started();
    void refusedInput();
    void innerGroupsStayAsWritten();
    void rareChecksAreShownWhole();
    void wheelInPassing();
    void conditionOfAnIf();
    void nothingClippedWhenNarrow();

private:
    // Opens a Branch with this condition leading to "end".
    void open(const QString &condition);
    QString condition() const;
    ConditionBuilder *builder() const
    {
        const QList<ConditionBuilder *> all = m_inspector->findChildren<ConditionBuilder *>();
        for (ConditionBuilder *one : all) { // those of other steps are gone with the next turn
            if (one->isVisible())
                return one;
        }
        return all.last();
    }
    QList<CheckRow *> rows() const
    {
        QList<CheckRow *> result;
        for (CheckRow *row : builder()->findChildren<CheckRow *>()) {
            if (!row->isHidden())
                result += row;
        }
        return result;
    }
    template <typename Widget> Widget *in(const QWidget *parent, const QString &name) const
    {
        for (Widget *widget : parent->findChildren<Widget *>(name)) {
            if (widget->isVisible())
                return widget;
        }
        return nullptr;
    }
    void choose(QComboBox *combo, const QString &text)
    {
        combo->setFocus();
        combo->showPopup();
        const int index = combo->findText(text);
        QVERIFY2(index >= 0, qPrintable(text));
        QTest::keyClick(combo->view(), Qt::Key_Home);
        for (int row = 0; row < index; ++row)
            QTest::keyClick(combo->view(), Qt::Key_Down);
        QTest::keyClick(combo->view(), Qt::Key_Return);
    }
    void undoRestores()
    {
        QCOMPARE(m_document->undoStack()->index(), 1);
        m_document->undoStack()->undo();
        QCOMPARE(m_document->text(), m_text);
    }

    QByteArray m_text;
    std::unique_ptr<WorkflowDocument> m_document;
    std::unique_ptr<Inspector> m_inspector;
};

void ConditionBuilderTest::cleanup()
{
    m_inspector.reset();
    m_document.reset();
}

void ConditionBuilderTest::open(const QString &condition)
{
    cleanup();
    QString quoted = condition;
    quoted.replace(u'\\', u"\\\\"_s).replace(u'"', u"\\\""_s);
    m_text = R"({ "trigger": "inbound_sms", "definition": { "name": "n", "steps": [
  { "id": "first", "stepType": "Branch", "inputs": {}, "selectNextStep": { "end": ")"
        + quoted.toUtf8() + R"(", "other": null } },
  { "id": "end", "stepType": "Wait", "inputs": { "duration": "0.00:05:00" } },
  { "id": "other", "stepType": "If", "inputs": { "condition": "{{!isTimeOfDayBetween(data.triggeredAt, '09:00:00', '18:00:00', 'Singapore Standard Time')}}" } }
] } })";
    auto opened = WorkflowDocument::fromText(m_text, u"n"_s);
    QVERIFY(opened.isOk());
    m_document = std::move(opened).value();
    m_inspector = std::make_unique<Inspector>();
    m_inspector->resize(300, 900);
    m_inspector->setDocument(m_document.get());
    m_inspector->show();
    m_inspector->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_inspector.get()));
    m_inspector->setNodeKey(u"first"_s);
}

QString ConditionBuilderTest::condition() const
{
    return m_document->definition().steps().at(0).value(u"selectNextStep").value(u"end").toString();
}

void ConditionBuilderTest::showingChangesNothing()
{
    open(u"{{ stringContains( data.answer,'Yes' , true ) }}"_s);
    QCOMPARE(rows().size(), 1);
    const CheckRow *row = rows().first();
    QCOMPARE(in<QComboBox>(row, u"checkSubject"_s)->currentText(), u"data.answer"_s);
    QCOMPARE(in<QComboBox>(row, u"checkKind"_s)->currentText(), u"contains"_s);
    QCOMPARE(in<QLineEdit>(row, u"checkValue"_s)->text(), u"Yes"_s);
    QVERIFY(!in<QToolButton>(row, u"checkMatchCase"_s)->isChecked());
    QVERIFY(!in<QPlainTextEdit>(m_inspector.get(), u"editor_condition_end"_s));
    QCOMPARE(m_document->text(), m_text);
    QCOMPARE(m_document->undoStack()->count(), 0);
}

void ConditionBuilderTest::keywordTyped()
{
    open(u"{{ stringContains( data.answer,'Yes' , true ) }}"_s);
    auto *value = in<QLineEdit>(rows().first(), u"checkValue"_s);
    value->setFocus();
    value->selectAll();
    QTest::keyClicks(value, u"it's"_s);
    QCOMPARE(condition(), u"{{ stringContains(data.answer, 'it\\'s', true) }}"_s); // blanks at the braces stay
    QCOMPARE(m_document->undoStack()->count(), 1);
    QTest::keyClick(value, Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(m_document->text(), m_text);
    QCOMPARE(value->text(), u"Yes"_s);
    QVERIFY(value->hasFocus()); // the same line, ready to go on
    QTest::mouseClick(in<QToolButton>(rows().first(), u"checkMatchCase"_s), Qt::LeftButton);
    QCOMPARE(condition(), u"{{ stringContains(data.answer, 'Yes') }}"_s);
}

void ConditionBuilderTest::checkChosenWithKeys()
{
    open(u"{{stringContains(data.answer, 'Yes')}}"_s);
    choose(in<QComboBox>(rows().first(), u"checkKind"_s), u"is not the text"_s);
    QCOMPARE(condition(), u"{{data.answer != 'Yes'}}"_s); // the word is kept
    undoRestores();
    QTRY_COMPARE(in<QComboBox>(rows().first(), u"checkKind"_s)->currentText(), u"contains"_s);
    auto *subject = in<QComboBox>(rows().first(), u"checkSubject"_s);
    subject->setFocus();
    subject->lineEdit()->selectAll();
    QTest::keyClicks(subject->lineEdit(), u"data.payload.body"_s);
    QCOMPARE(condition(), u"{{stringContains(data.payload.body, 'Yes')}}"_s);
}

// Whatever is chosen from the list can be read back into the same row.
void ConditionBuilderTest::everyCheckIsWrittenAndRead()
{
    open(u"{{data.a == 'Yes'}}"_s);
    const int count = in<QComboBox>(rows().first(), u"checkKind"_s)->count();
    QVERIFY(count >= 20);
    QSet<QString> written;
    for (int i = 0; i < count; ++i) {
        auto *kind = in<QComboBox>(rows().first(), u"checkKind"_s);
        const QString name = kind->itemText(i);
        choose(kind, name);
        const QString text = condition();
        QVERIFY2(!written.contains(text), qPrintable(text));
        written += text;
        const std::optional<ConditionPart> part = readConditionParts(text);
        QVERIFY2(part, qPrintable(text));
        m_inspector->setNodeKey(u"end"_s);
        m_inspector->setNodeKey(u"first"_s);
        QCOMPARE(in<QComboBox>(rows().first(), u"checkKind"_s)->currentText(), name);
        QCOMPARE(condition(), text);
    }
}

void ConditionBuilderTest::checksAddedJoinedAndRemoved()
{
    open(u"{{data.a=='x'}}"_s);
    QVERIFY(!in<QToolButton>(rows().first(), u"removeCheck"_s));
    QTest::mouseClick(in<QPushButton>(builder(), u"addCheck"_s), Qt::LeftButton);
    QCOMPARE(rows().size(), 2);
    QCOMPARE(condition(), u"{{data.a=='x' && data.a == ''}}"_s); // what was there stays as written
    auto *value = in<QLineEdit>(rows().last(), u"checkValue"_s);
    value->setFocus();
    QTest::keyClicks(value, u"y"_s);
    choose(in<QComboBox>(builder(), u"checkJoin"_s), u"Any of these"_s);
    QCOMPARE(condition(), u"{{data.a=='x' || data.a == 'y'}}"_s);
    choose(in<QComboBox>(builder(), u"checkJoin"_s), u"None of these"_s);
    QCOMPARE(condition(), u"{{!(data.a=='x' || data.a == 'y')}}"_s);
    choose(in<QComboBox>(builder(), u"checkJoin"_s), u"All of these"_s);
    QTest::mouseClick(in<QToolButton>(rows().first(), u"removeCheck"_s), Qt::LeftButton);
    QCOMPARE(condition(), u"{{data.a == 'y'}}"_s);
    QCOMPARE(rows().size(), 1);
    QVERIFY(!in<QComboBox>(builder(), u"checkJoin"_s)); // nothing is left to join
    QVERIFY(!in<QToolButton>(rows().first(), u"removeCheck"_s));
    while (m_document->undoStack()->canUndo())
        m_document->undoStack()->undo();
    QCOMPARE(m_document->text(), m_text);
}

void ConditionBuilderTest::lastOfNoneOfThese()
{
    open(u"{{!(data.a == 'x' || data.b)}}"_s);
    QCOMPARE(in<QComboBox>(builder(), u"checkJoin"_s)->currentText(), u"None of these"_s);
    QTest::mouseClick(in<QToolButton>(rows().first(), u"removeCheck"_s), Qt::LeftButton);
    QCOMPARE(condition(), u"{{!data.b}}"_s); // still not
    QCOMPARE(in<QComboBox>(rows().first(), u"checkKind"_s)->currentText(), u"is not true"_s);
}

void ConditionBuilderTest::textWhereItIsNoCheck()
{
    open(u"{{data.a + 1 == data.b}}"_s);
    auto *text = in<QPlainTextEdit>(m_inspector.get(), u"editor_condition_end"_s);
    QVERIFY(text);
    QVERIFY(!builder()->isVisible());
    QVERIFY(!in<QToolButton>(m_inspector.get(), u"switch_condition_end"_s));
    QCOMPARE(m_document->text(), m_text);
    // It becomes one while it is written: nothing jumps, but now it can be chosen.
    text->setFocus();
    text->selectAll();
    QTest::keyClicks(text, u"{{data.a == 1}}"_s);
    QVERIFY(text->isVisible());
    QTRY_COMPARE(condition(), u"{{data.a == 1}}"_s);
    QVERIFY(in<QToolButton>(m_inspector.get(), u"switch_condition_end"_s));
}

void ConditionBuilderTest::switchingChangesNothing()
{
    open(u"{{ (data.a==1) }}"_s);
    QTest::mouseClick(in<QToolButton>(m_inspector.get(), u"switch_condition_end"_s), Qt::LeftButton);
    QVERIFY(in<QPlainTextEdit>(m_inspector.get(), u"editor_condition_end"_s)->hasFocus());
    QTest::mouseClick(in<QToolButton>(m_inspector.get(), u"switch_condition_end"_s), Qt::LeftButton);
    QVERIFY(builder()->isVisible());
    QCOMPARE(m_document->text(), m_text);
    QCOMPARE(m_document->undoStack()->count(), 0);
}

void ConditionBuilderTest::started()
{
    open(QString());
    QVERIFY(!builder()->isVisible());
    QTest::mouseClick(in<QToolButton>(m_inspector.get(), u"switch_condition_end"_s), Qt::LeftButton);
    QVERIFY(builder()->isVisible());
    QCOMPARE(m_document->text(), m_text); // nothing is written before there is something to write
    auto *subject = in<QComboBox>(rows().first(), u"checkSubject"_s);
    QTest::keyClicks(subject->lineEdit(), u"data.a"_s);
    QCOMPARE(condition(), u"{{data.a == ''}}"_s);
    QTest::keyClicks(in<QLineEdit>(rows().first(), u"checkValue"_s), u"yes"_s);
    QCOMPARE(condition(), u"{{data.a == 'yes'}}"_s);
}

void ConditionBuilderTest::refusedInput()
{
    open(u"{{data.a > 5}}"_s);
    auto *value = in<QLineEdit>(rows().first(), u"checkValue"_s);
    value->setFocus();
    value->selectAll();
    QTest::keyClicks(value, u"x"_s);
    QCOMPARE(condition(), u"{{data.a > 5}}"_s);
    const auto isSaid = [this](const QString &part) {
        const QList<QLabel *> labels = m_inspector->findChildren<QLabel *>();
        return std::any_of(labels.begin(), labels.end(),
            [&part](const QLabel *label) { return label->isVisible() && label->text().contains(part); });
    };
    QVERIFY(isSaid(u"no number"_s));
    QTest::keyClick(value, Qt::Key_Backspace);
    QTest::keyClicks(value, u"12"_s);
    QCOMPARE(condition(), u"{{data.a > 12}}"_s);
    QVERIFY(!isSaid(u"no number"_s));
}

void ConditionBuilderTest::innerGroupsStayAsWritten()
{
    open(u"{{data.a == 'x' && (data.b==1||data.c)}}"_s);
    QCOMPARE(rows().size(), 2);
    QCOMPARE(in<WrappedText>(rows().last(), u"innerChecks"_s)->text(), u"data.b==1||data.c"_s);
    auto *value = in<QLineEdit>(rows().first(), u"checkValue"_s);
    value->setFocus();
    QTest::keyClick(value, Qt::Key_End);
    QTest::keyClicks(value, u"y"_s);
    QCOMPARE(condition(), u"{{data.a == 'xy' && (data.b==1||data.c)}}"_s);
}

void ConditionBuilderTest::rareChecksAreShownWhole()
{
    for (const auto &[text, shown] : {std::pair(u"{{data.a === true}}"_s, u"=== true"_s),
             std::pair(u"{{!(data.a == null)}}"_s, u"not == null"_s), std::pair(u"{{data.a === 'x'}}"_s, u"==="_s)}) {
        open(text);
        QCOMPARE(in<QComboBox>(rows().first(), u"checkKind"_s)->placeholderText(), shown);
        QCOMPARE(m_document->text(), m_text);
    }
}

void ConditionBuilderTest::wheelInPassing()
{
    open(u"{{isCountryCode(data.a, 'SG') && data.b}}"_s);
    m_inspector->setFocus();
    for (QComboBox *combo : builder()->findChildren<QComboBox *>()) {
        QWheelEvent down(QPointF(5, 5), combo->mapToGlobal(QPointF(5, 5)), QPoint(), QPoint(0, -120), Qt::NoButton,
            Qt::NoModifier, Qt::NoScrollPhase, false);
        QCoreApplication::sendEvent(combo, &down);
    }
    QCOMPARE(m_document->text(), m_text);
}

void ConditionBuilderTest::conditionOfAnIf()
{
    open(u"{{data.a}}"_s);
    m_inspector->setNodeKey(u"other"_s);
    QCOMPARE(in<QComboBox>(rows().first(), u"checkKind"_s)->currentText(), u"has a time outside of"_s);
    QCOMPARE(in<QComboBox>(rows().first(), u"checkChoice"_s)->currentText(), u"Singapore Standard Time"_s);
    auto *from = in<QLineEdit>(rows().first(), u"checkValue"_s);
    QCOMPARE(from->text(), u"09:00:00"_s);
    from->setFocus();
    from->setSelection(1, 1);
    QTest::keyClicks(from, u"8"_s);
    QVERIFY(m_document->text().contains("{{!isTimeOfDayBetween(data.triggeredAt, '08:00:00', '18:00:00', "
                                        "'Singapore Standard Time')}}"));
    undoRestores();
}

void ConditionBuilderTest::nothingClippedWhenNarrow()
{
    for (const QString &text : {u"{{stringContains(data.a_rather_long_name_of_a_variable, 'a long keyword')}}"_s,
             u"{{!isTimeOfDayBetween(data.triggeredAt, '09:00:00', '18:00:00', 'Dateline Standard Time')}}"_s,
             u"{{isCountryCode(data.payload.source, 'GS') && (data.b==1||data.c) || data.d}}"_s}) {
        open(text);
        auto *area = m_inspector->findChild<QScrollArea *>();
        QVERIFY(area);
        QTRY_VERIFY(area->widget()->width() <= area->viewport()->width());
        QVERIFY(!area->horizontalScrollBar()->isVisible());
        for (const auto &[widget, name] : builder()->inputs()) {
            const QRect place(widget->mapTo(area->widget(), QPoint()), widget->size());
            QVERIFY2(area->widget()->rect().contains(place), qPrintable(name));
            QVERIFY2(widget->width() >= 28, qPrintable(name));
        }
    }
}

QTEST_MAIN(ConditionBuilderTest)
#include "tst_conditionbuilder.moc"
