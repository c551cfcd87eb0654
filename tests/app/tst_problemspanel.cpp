// The list of problems while a person edits: what is selected stays selected, what is new comes in, what is mended
// goes.

#include "app/panels/problemspanel.h"

#include <QAbstractItemModelTester>
#include <QItemSelectionModel>
#include <QSignalSpy>
#include <QTest>

namespace automation {

namespace {

Problem problem(const QString &step, const QString &message, Problem::Severity severity = Problem::Severity::Warning)
{
    Problem problem;
    problem.rule = u"rule"_qs;
    problem.severity = severity;
    problem.stepKey = problem.stepId = step;
    problem.message = message;
    return problem;
}

QStringList rows(const ProblemsModel &model)
{
    QStringList texts;
    for (int row = 0; row < model.rowCount(); ++row)
        texts += model.index(row, ProblemsModel::StepColumn).data().toString() + u": "_qs
            + model.index(row, ProblemsModel::MessageColumn).data().toString();
    return texts;
}

} // namespace

class TestProblemsPanel : public QObject
{
    Q_OBJECT
private slots:
    void rowsFollow_data();
    void rowsFollow();
    void placesFollow();
    void selectionStays();
};

void TestProblemsPanel::rowsFollow_data()
{
    const Problem a = problem(u"a"_qs, u"one"_qs);
    const Problem b = problem(u"b"_qs, u"two"_qs);
    const Problem c = problem(u"c"_qs, u"three"_qs);
    const Problem d = problem(u"d"_qs, u"four"_qs);
    QTest::addColumn<QList<Problem>>("before");
    QTest::addColumn<QList<Problem>>("after");
    QTest::addColumn<bool>("touches"); // anything that is shown
    QTest::newRow("as before") << QList {a, b, c} << QList {a, b, c} << false;
    QTest::newRow("none") << QList {a, b, c} << QList<Problem> {} << true;
    QTest::newRow("first ones") << QList<Problem> {} << QList {a, b, c} << true;
    QTest::newRow("one mended") << QList {a, b, c} << QList {a, c} << true;
    QTest::newRow("one more") << QList {a, c} << QList {a, b, c} << true;
    QTest::newRow("another one") << QList {a, b, c} << QList {a, d, c} << true;
    QTest::newRow("fewer others") << QList {a, b, c} << QList {d, c} << true;
    QTest::newRow("more others") << QList {a, c} << QList {b, d, a, d, c} << true;
    QTest::newRow("the same twice") << QList {a, a, b} << QList {a, b} << true;
    QTest::newRow("in another order") << QList {a, b, c} << QList {c, b, a} << true;
    QTest::newRow("worse") << QList {a, b} << QList {a, problem(u"b"_qs, u"two"_qs, Problem::Severity::Error)} << true;
}

void TestProblemsPanel::rowsFollow()
{
    QFETCH(QList<Problem>, before);
    QFETCH(QList<Problem>, after);
    QFETCH(bool, touches);
    ProblemsModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setProblems(before);
    ProblemsModel fresh;
    fresh.setProblems(after);
    int touched = 0;
    for (const auto signal : {&ProblemsModel::rowsInserted, &ProblemsModel::rowsRemoved})
        connect(&model, signal, this, [&touched] { ++touched; });
    connect(&model, &ProblemsModel::dataChanged, this, [&touched] { ++touched; });
    connect(&model, &ProblemsModel::modelReset, this, [&touched] { ++touched; });
    model.setProblems(after);
    QCOMPARE(rows(model), rows(fresh));
    for (int row = 0; row < model.rowCount(); ++row)
        QCOMPARE(model.problemAt(row).severity, after.at(row).severity);
    QCOMPARE(touched > 0, touches);
}

// What looks as before may stand elsewhere now: a click shall lead there.
void TestProblemsPanel::placesFollow()
{
    ProblemsModel model;
    Problem moved = problem(u"a"_qs, u"one"_qs);
    model.setProblems({moved});
    moved.pointer = JsonPointer({u"definition"_qs, u"steps"_qs, u"3"_qs});
    model.setProblems({moved});
    QCOMPARE(model.problemAt(0).pointer, moved.pointer);
}

void TestProblemsPanel::selectionStays()
{
    ProblemsModel model;
    QItemSelectionModel selection(&model);
    const Problem kept = problem(u"b"_qs, u"two"_qs);
    model.setProblems({problem(u"a"_qs, u"one"_qs), kept, problem(u"c"_qs, u"three"_qs)});
    selection.setCurrentIndex(model.index(1, 0), QItemSelectionModel::SelectCurrent | QItemSelectionModel::Rows);
    model.setProblems({kept, problem(u"c"_qs, u"three"_qs)});
    QCOMPARE(selection.currentIndex().row(), 0);
    QCOMPARE(selection.selectedRows().size(), 1);
    QCOMPARE(model.problemAt(selection.selectedRows().first().row()).message, kept.message);
}

} // namespace automation

using automation::TestProblemsPanel;
QTEST_MAIN(TestProblemsPanel)
#include "tst_problemspanel.moc"
