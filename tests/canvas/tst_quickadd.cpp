#include "designer/canvas/quickadd.h"

#include "model/json/jsonreader.h"

#include <QAbstractItemModelTester>
#include <QLineEdit>
#include <QListView>
#include <QSignalSpy>
#include <QTest>
#include <QVBoxLayout>

using namespace automation;
using namespace Qt::StringLiterals;

namespace {

DefinitionGraph graphOf(const QByteArray &text)
{
    const Result<JsonValue> json = readJson(text);
    const Result<WorkflowDefinition> definition = WorkflowDefinition::fromJson(json.value());
    return DefinitionGraph::build(definition.value(), StepCatalog::builtIn());
}

const QByteArray twoSteps = R"({"trigger":"inbound_sms","definition":{"steps":[
    {"id":"first","stepType":"SMS","inputs":{},"nextStepId":"second"},{"id":"second","stepType":"Wait","inputs":{}}]}})";

} // namespace

class TestQuickAdd : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void offersTypesAndStepsToConnectTo()
    {
        QuickAddModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        const qsizetype types = StepCatalog::builtIn().steps().size();
        model.setContent(StepCatalog::builtIn(), graphOf(twoSteps), true, u"first"_s);
        QCOMPARE(model.rowCount(), types + 1); // not to itself, not to the trigger
        QCOMPARE(model.entry(int(types)).stepKey, u"second"_s);
        model.setContent(StepCatalog::builtIn(), graphOf(twoSteps), false, {});
        QCOMPARE(model.rowCount(), types);
    }

    void findsByAnyWordAndPutsBeginningsFirst()
    {
        QuickAddModel model;
        model.setContent(StepCatalog::builtIn(), graphOf(twoSteps), true, {});
        model.setFilter(u"sms"_s);
        QVERIFY(model.rowCount() >= 1);
        QCOMPARE(model.entry(0).typeName, u"SMS"_s);
        model.setFilter(u"connect second"_s);
        QCOMPARE(model.rowCount(), 1);
        QCOMPARE(model.entry(0).stepKey, u"second"_s);
        model.setFilter(u"nothing has this"_s);
        QCOMPARE(model.rowCount(), 0);
        model.setFilter({});
        QVERIFY(model.rowCount() > 5);
    }

    void keysChooseAndCancel()
    {
        QWidget parent;
        parent.resize(700, 600);
        QuickAdd panel(&parent);
        parent.show();
        QVERIFY(QTest::qWaitForWindowExposed(&parent));
        QSignalSpy type(&panel, &QuickAdd::typeChosen);
        QSignalSpy step(&panel, &QuickAdd::stepChosen);
        QSignalSpy cancelled(&panel, &QuickAdd::cancelled);
        auto *search = panel.findChild<QLineEdit *>();

        panel.open({350, 50}, StepCatalog::builtIn(), graphOf(twoSteps), true, {});
        QTest::keyClick(search, Qt::Key_Down);
        QTest::keyClick(search, Qt::Key_Return);
        QCOMPARE(type.takeFirst().first().toString(), StepCatalog::builtIn().steps().at(1).name);

        panel.open({350, 50}, StepCatalog::builtIn(), graphOf(twoSteps), true, {});
        QVERIFY(search->text().isEmpty());
        QTest::keyClick(search, Qt::Key_Up); // from the first to the last
        QTest::keyClick(search, Qt::Key_Return);
        QCOMPARE(step.takeFirst().first().toString(), u"second"_s);

        panel.open({350, 50}, StepCatalog::builtIn(), graphOf(twoSteps), true, {});
        QTest::keyClicks(search, u"zzz"_s);
        QTest::keyClick(search, Qt::Key_Return); // nothing there: stays
        QVERIFY(panel.isOpen());
        QTest::keyClick(search, Qt::Key_Escape);
        QVERIFY(!panel.isOpen());
        QCOMPARE(cancelled.count(), 1);
        QVERIFY(type.isEmpty() && step.isEmpty());
    }

    void clickChooses()
    {
        QWidget parent;
        parent.resize(700, 600);
        QuickAdd panel(&parent);
        parent.show();
        QVERIFY(QTest::qWaitForWindowExposed(&parent));
        QSignalSpy type(&panel, &QuickAdd::typeChosen);
        panel.open({350, 50}, StepCatalog::builtIn(), graphOf(twoSteps), false, {});
        auto *list = panel.findChild<QListView *>();
        QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, list->visualRect(list->model()->index(2, 0)).center());
        QCOMPARE(type.takeFirst().first().toString(), StepCatalog::builtIn().steps().at(2).name);
    }

    // Near the bottom it shows fewer rows instead of covering the step it leads on from.
    void staysBelowItsPlace()
    {
        QWidget parent;
        parent.resize(700, 600);
        QuickAdd panel(&parent);
        parent.show();
        const auto *search = panel.findChild<QLineEdit *>();
        const auto *list = panel.findChild<QListView *>();
        panel.open({350, 50}, StepCatalog::builtIn(), graphOf(twoSteps), true, {});
        const int most = list->height();
        panel.cancel();
        panel.open({350, 330}, StepCatalog::builtIn(), graphOf(twoSteps), true, {});
        QVERIFY(list->height() < most);
        QVERIFY2(search->mapTo(&parent, QPoint()).y() >= 330, qPrintable(QString::number(panel.y())));
        QVERIFY(parent.rect().contains(QRect(list->mapTo(&parent, QPoint()), list->size())));
    }

    void staysInsideItsParent()
    {
        QWidget parent;
        parent.resize(500, 300);
        QuickAdd panel(&parent);
        parent.show();
        for (const QPoint &place : {QPoint(0, 0), QPoint(499, 299), QPoint(250, 290), QPoint(-50, 1000)}) {
            panel.open(place, StepCatalog::builtIn(), graphOf(twoSteps), true, {});
            auto *search = panel.findChild<QLineEdit *>();
            auto *list = panel.findChild<QListView *>();
            for (QWidget *part : {static_cast<QWidget *>(search), static_cast<QWidget *>(list)}) {
                const QRect inParent(part->mapTo(&parent, QPoint()), part->size());
                QVERIFY(parent.rect().contains(inParent));
            }
            panel.cancel();
        }
    }
};

QTEST_MAIN(TestQuickAdd)
#include "tst_quickadd.moc"
