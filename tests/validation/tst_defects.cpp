#include "model/document/workflowdocument.h"
#include "model/json/jsonreader.h"

#include <QDir>
#include <QtTest>

using namespace automation;
using namespace Qt::Literals::StringLiterals;

// Whole definitions with the mistakes that published ones have (API reference §10: C31 to C33, C35, C36, C44 and those
// of its examples): each is found at its step and its line, and nothing else is.
class TestDefects : public QObject
{
    Q_OBJECT

private slots:
    void eachIsFoundInItsPlace_data();
    void eachIsFoundInItsPlace();
    void whatIsNoJsonIsToldWhere_data();
    void whatIsNoJsonIsToldWhere();
    void everyFileIsLookedAt();
};

namespace {

const QString folder = QStringLiteral(TEST_DATA_DIR "/validation/defects/");

int lineOf(const JsonPointer &pointer, const JsonValue &root, const QByteArray &text)
{
    for (JsonPointer place = pointer;; place = place.parent()) {
        const JsonValue *value = place.resolve(root);
        if (value && value->span().isValid())
            return textPositionAt(text, value->span().start).line;
        if (place.isRoot())
            return 1;
    }
}

// In the order of the lines: "12 error rule step".
QStringList described(const WorkflowDocument &document)
{
    QList<std::pair<int, QString>> lines;
    for (const Problem &problem : document.problems()) {
        const int line = lineOf(problem.pointer, document.definition().root(), document.text());
        const QString severity = problem.severity == Problem::Severity::Error ? u"error"_s
            : problem.severity == Problem::Severity::Warning                  ? u"warning"_s
                                                                              : u"hint"_s;
        lines.append({line, u"%1 %2 %3 %4"_s.arg(line).arg(severity, problem.rule, problem.stepId).trimmed()});
    }
    std::sort(lines.begin(), lines.end());
    QStringList result;
    for (const auto &[line, text] : lines)
        result += text;
    return result;
}

} // namespace

void TestDefects::eachIsFoundInItsPlace_data()
{
    QTest::addColumn<QStringList>("expected");
    QTest::newRow("keyword-sign-up.json") << QStringList {u"10 warning case-variant word"_s,
        u"12 warning payload-mismatch word"_s, u"13 error dangling-target word"_s, u"23 warning secret-inline enrol"_s,
        u"27 warning data-undefined enrol"_s, u"29 warning outputs-in-inputs enrol"_s, u"34 hint code-as-text enrol"_s,
        u"44 warning payload-mismatch welcome"_s, u"58 warning payload-mismatch sorry"_s};
    QTest::newRow("lost-step.json") << QStringList {u"21 error dangling-target thank"_s};
    QTest::newRow("menu-without-otherwise.json") << QStringList {u"36 warning branch-default sort"_s};
    QTest::newRow("parcel-survey.json") << QStringList {u"2 warning subaccount-spelling"_s,
        u"30 warning unreachable-step lookup"_s, u"46 warning unreachable-step split"_s,
        u"51 error unknown-name split"_s, u"55 warning unreachable-step weekend"_s,
        u"73 warning unreachable-step ask"_s, u"89 warning unreachable-step keys"_s, u"90 error duplicate-id keys"_s,
        u"100 error dangling-target keys"_s, u"101 error dangling-target keys"_s, u"102 error dangling-target keys"_s};
    QTest::newRow("placeholder-outputs.json") << QStringList {
        u"23 warning output-overwrites-trigger chat_1001"_s, u"24 warning output-overwrites-trigger chat_1001"_s};
    QTest::newRow("placeholder-variables.json") << QStringList {u"23 warning output-overwrites-trigger chatapps_2001"_s,
        u"24 warning output-overwrites-trigger chatapps_2001"_s};
    QTest::newRow("reply-by-sms.json") << QStringList {
        u"22 warning payload-mismatch answer"_s, u"22 warning reply-sender answer"_s};
}

void TestDefects::eachIsFoundInItsPlace()
{
    QFETCH(QStringList, expected);
    const auto document = WorkflowDocument::open(folder + QString::fromUtf8(QTest::currentDataTag()));
    QVERIFY2(document, document ? "" : qPrintable(document.error().message));
    QStringList found = described(**document);
    // More hints than those expected are no harm.
    found.removeIf([&](const QString &line) { return line.contains(u" hint "_s) && !expected.contains(line); });
    QCOMPARE(found.join(u'\n'), expected.join(u'\n'));
}

void TestDefects::whatIsNoJsonIsToldWhere_data()
{
    QTest::addColumn<int>("line");
    QTest::addColumn<int>("column");
    QTest::addColumn<QString>("word");
    QTest::newRow("comments.txt") << 10 << 53 << u"comment"_s;
    QTest::newRow("missing-comma.txt") << 11 << 11 << u"comma"_s;
}

void TestDefects::whatIsNoJsonIsToldWhere()
{
    QFETCH(int, line);
    QFETCH(int, column);
    QFETCH(QString, word);
    const auto document = WorkflowDocument::open(folder + QString::fromUtf8(QTest::currentDataTag()));
    QVERIFY(!document);
    QCOMPARE(document.error().code, ErrorCode::NotJson);
    QCOMPARE(document.error().line, line);
    QCOMPARE(document.error().column, column);
    QVERIFY2(document.error().message.contains(word), qPrintable(document.error().message));
}

void TestDefects::everyFileIsLookedAt()
{
    QCOMPARE(QDir(folder).entryList(QDir::Files).join(u' '),
        u"comments.txt keyword-sign-up.json lost-step.json menu-without-otherwise.json missing-comma.txt "
        "parcel-survey.json placeholder-outputs.json placeholder-variables.json reply-by-sms.json"_s);
}

QTEST_GUILESS_MAIN(TestDefects)
#include "tst_defects.moc"
