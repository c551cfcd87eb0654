#include "model/validation/validator.h"

#include "model/document/commands/stepcommands.h"
#include "model/document/workflowdocument.h"
#include "model/json/jsonreader.h"
#include "model/json/jsonwriter.h"
#include "model/validation/messageshape.h"

#include <QDir>
#include <QFile>
#include <QRegularExpression>
#include <QtTest>

using namespace automation;
using namespace Qt::Literals::StringLiterals;

// Every rule with the smallest definitions that break it, and their repaired twins (tests/data/validation/rules.json).
class TestRules : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void brokenIsFoundAndRepairedIsNot_data();
    void brokenIsFoundAndRepairedIsNot();
    void fixesTakeTheProblemAway_data();
    void fixesTakeTheProblemAway();
    void everyRuleHasACase();
    void messageShapeIsThatOfTheCatalogue();
    void secretsAreMasked();
    void checkingAgainGivesTheSame();

private:
    JsonValue m_cases;
};

namespace {

using Severity = Problem::Severity;

QByteArray withSteps(const QByteArray &steps, const QString &trigger)
{
    return "{\n  \"definition\": {\n    \"name\": \"n\",\n    \"steps\": " + steps + "\n  },\n  \"trigger\": \""
        + trigger.toUtf8() + "\",\n  \"status\": \"disabled\"\n}\n";
}

QByteArray textOf(const JsonValue &row, const QString &which)
{
    if (const JsonValue *root = row.find(which + u"Root"_s))
        return writeJson(*root);
    const QString trigger = row.value(u"trigger").toString();
    if (const JsonValue *text = row.find(which + u"Text"_s))
        return withSteps('[' + text->toString().toUtf8() + ']', trigger);
    return withSteps(writeJson(row.value(which)), trigger);
}

JsonPointer placeOf(const JsonValue &row)
{
    const QString place = row.value(u"place").toString();
    return JsonPointer::parse(place.startsWith(u'/') ? place : u"/definition/steps/"_s + place).value();
}

QString word(Severity severity)
{
    return severity == Severity::Error ? u"error"_s : severity == Severity::Warning ? u"warning"_s : u"hint"_s;
}

QString described(const Problem &problem)
{
    return u"%1 %2@%3 %4 +%5 %6"_s.arg(word(problem.severity), problem.rule, problem.stepId, problem.pointer.toString())
        .arg(problem.offset)
        .arg(problem.message);
}

QString described(const QList<Problem> &problems)
{
    QStringList lines;
    for (const Problem &problem : problems)
        lines += described(problem);
    return lines.join(u'\n');
}

std::unique_ptr<WorkflowDocument> documentOf(const QByteArray &text)
{
    auto document = WorkflowDocument::fromText(text, u"case"_s);
    return document ? std::move(*document) : nullptr;
}

qsizetype errorsIn(const QList<Problem> &problems)
{
    return std::count_if(
        problems.begin(), problems.end(), [](const Problem &problem) { return problem.severity == Severity::Error; });
}

// The line of the text a value, or its key, stands in.
QByteArray lineOf(const QByteArray &text, const JsonPointer &pointer, const JsonValue &root)
{
    const JsonValue *value = pointer.resolve(root);
    if (!value || !value->span().isValid())
        return {};
    const qsizetype start = text.lastIndexOf('\n', value->span().start) + 1;
    const qsizetype end = text.indexOf('\n', value->span().start);
    return text.mid(start, end < 0 ? -1 : end - start);
}

} // namespace

void TestRules::initTestCase()
{
    QFile file(QStringLiteral(TEST_DATA_DIR "/validation/rules.json"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const auto json = readJson(file.readAll());
    QVERIFY2(json.isOk(), json ? "" : qPrintable(json.error().message));
    m_cases = *json;
    QVERIFY(m_cases.size() > 100);
}

void TestRules::brokenIsFoundAndRepairedIsNot_data()
{
    QTest::addColumn<JsonValue>("row");
    for (qsizetype i = 0; i < m_cases.size(); ++i)
        QTest::newRow(qPrintable(m_cases.at(i).value(u"name").toString())) << m_cases.at(i);
}

void TestRules::brokenIsFoundAndRepairedIsNot()
{
    QFETCH(JsonValue, row);
    const QString rule = row.value(u"rule").toString();
    const auto broken = documentOf(textOf(row, u"broken"_s));
    QVERIFY(broken);
    const QList<Problem> problems = broken->problems();
    const auto found = std::find_if(problems.begin(), problems.end(),
        [&](const Problem &problem) { return problem.rule == rule && problem.pointer == placeOf(row); });
    QVERIFY2(found != problems.end(), qPrintable(described(problems)));
    QCOMPARE(word(found->severity), row.value(u"severity").toString());
    QCOMPARE(found->stepId, row.value(u"step").toString());
    QVERIFY(!found->message.isEmpty());
    QCOMPARE(found->fixText.isEmpty(), found->fix.isEmpty());
    // No second problem of another rule about the same thing: each mistake is said once.
    for (const Problem &other : problems)
        QVERIFY2(other.severity != Severity::Error || other.rule == rule || rule == u"unknown-field"
                || rule == u"missing-field",
            qPrintable(described(problems)));

    const JsonValue &root = broken->definition().root();
    if (const JsonValue *place = row.find(u"at")) {
        QVERIFY2(found->offset >= 0, qPrintable(described(*found)));
        QCOMPARE(found->pointer.resolve(root)->toString().mid(found->offset, found->length), place->toString());
    }
    if (found->pointer.resolve(root)) {
        const QByteArray line = lineOf(broken->text(), found->pointer, root);
        const QByteArray key = found->pointer.lastToken().toUtf8();
        QVERIFY2(line.contains('"' + key + '"') || line.trimmed() == "{" || line.contains("\"id\""), line);
    }

    const auto repaired = documentOf(textOf(row, u"repaired"_s));
    QVERIFY(repaired);
    for (const Problem &problem : repaired->problems()) {
        QVERIFY2(problem.rule != rule, qPrintable(described(problem)));
        QVERIFY2(problem.severity != Severity::Error, qPrintable(described(problem)));
    }
}

void TestRules::fixesTakeTheProblemAway_data()
{
    brokenIsFoundAndRepairedIsNot_data();
}

void TestRules::fixesTakeTheProblemAway()
{
    QFETCH(JsonValue, row);
    const QByteArray text = textOf(row, u"broken"_s);
    const auto document = documentOf(text);
    QVERIFY(document);
    const QList<Problem> before = document->problems();
    for (const Problem &problem : before) {
        if (problem.fix.isEmpty())
            continue;
        const auto pushed = document->push(fixEdit(problem));
        QVERIFY2(pushed.isOk(), qPrintable(described(problem)));
        const QList<Problem> after = document->problems();
        const auto same = [&](const QList<Problem> &problems) {
            return std::count_if(problems.begin(), problems.end(), [&](const Problem &other) {
                return other.rule == problem.rule && other.pointer == problem.pointer
                    && other.message == problem.message;
            });
        };
        QVERIFY2(same(after) < same(before), qPrintable(described(problem)));
        QVERIFY2(errorsIn(after) <= errorsIn(before), qPrintable(described(problem) + u'\n' + described(after)));
        document->undoStack()->undo();
        QCOMPARE(document->text(), text);
        QCOMPARE(described(document->problems()), described(before));
    }
}

// All names that the sources report have a case, and the table names no other.
void TestRules::everyRuleHasACase()
{
    const QRegularExpression name(u"(?:QLatin1StringView\\(\"([a-z]+(?:-[a-z]+)+)\"\\)|\"([a-z]+(?:-[a-z]+)+)\"_L1)"_s);
    QSet<QString> inSources;
    const QDir root(QStringLiteral(TEST_DATA_DIR "/../../model"));
    QStringList files;
    for (const QString &file : QDir(root.filePath(u"validation"_s)).entryList({u"*.cpp"_s}))
        files += root.filePath(u"validation/"_s + file);
    files += root.filePath(u"expression/scriptlint.cpp"_s);
    for (const QString &path : files) {
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        auto matches = name.globalMatch(QString::fromUtf8(file.readAll()));
        while (matches.hasNext()) {
            const auto match = matches.next();
            inSources += match.captured(1) + match.captured(2);
        }
    }
    QSet<QString> inTable;
    for (qsizetype i = 0; i < m_cases.size(); ++i)
        inTable += m_cases.at(i).value(u"rule").toString();
    QVERIFY(inSources.size() > 70);
    QCOMPARE(QStringList((inSources - inTable).values()).join(u' '), QString());
    QCOMPARE(QStringList((inTable - inSources).values()).join(u' '), QString());
}

void TestRules::messageShapeIsThatOfTheCatalogue()
{
    using Kind = MessageShape::Kind;
    for (const auto &[trigger, kind] :
        {std::pair(u"inbound_sms"_s, Kind::Sms), std::pair(u"inbound_chat_apps"_s, Kind::Chat)}) {
        for (const auto &[name, data] : StepCatalog::builtIn().trigger(trigger)->payloads) {
            for (qsizetype i = 0; i < data.size(); ++i)
                QVERIFY2(MessageShape::isEnvelopeKey(data.keyAt(i)), qPrintable(data.keyAt(i)));
            const JsonValue &payload = data.value(u"payload");
            for (qsizetype i = 0; i < payload.size(); ++i) {
                QVERIFY2(MessageShape::isPayloadKey(kind, payload.keyAt(i)), qPrintable(payload.keyAt(i)));
                const JsonValue &inner = payload.at(i);
                for (qsizetype k = 0; k < inner.size(); ++k)
                    QVERIFY2(MessageShape::isMemberOf(payload.keyAt(i), inner.keyAt(k)), qPrintable(inner.keyAt(k)));
            }
        }
    }
    for (const QString &channel : StepCatalog::builtIn().step(u"WaitForReply")->input(u"channel")->choices) {
        Kind kind = Kind::Sms;
        QVERIFY2(MessageShape::kindOfChannel(channel, &kind), qPrintable(channel));
    }
}

void TestRules::secretsAreMasked()
{
    for (qsizetype i = 0; i < m_cases.size(); ++i) {
        const JsonValue &row = m_cases.at(i);
        if (row.value(u"rule").toString() != u"secret-inline")
            continue;
        const QString secret = row.value(u"at").toString(u"8Zk3pWq71LmNt5Xc0RvB2yHd"_s);
        const auto document = documentOf(textOf(row, u"broken"_s));
        for (const Problem &problem : document->problems())
            QVERIFY2(!problem.message.contains(secret.mid(4, 6)), qPrintable(problem.message));
    }
}

// What a validator keeps from one definition to the next never shows in what it finds.
void TestRules::checkingAgainGivesTheSame()
{
    Validator validator(StepCatalog::builtIn());
    for (qsizetype i = 0; i < m_cases.size(); ++i) {
        for (const QString &which : {u"broken"_s, u"repaired"_s, u"broken"_s}) {
            const auto definition = WorkflowDefinition::fromJson(readJson(textOf(m_cases.at(i), which)).value());
            QVERIFY(definition.isOk());
            const auto graph = DefinitionGraph::build(*definition, StepCatalog::builtIn());
            QCOMPARE(described(validator.check(*definition, graph)),
                described(validate(*definition, graph, StepCatalog::builtIn())));
        }
    }
}

QTEST_GUILESS_MAIN(TestRules)
#include "tst_rules.moc"
