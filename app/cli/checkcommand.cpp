#include "app/cli/commandline.h"

#include "model/document/workflowdocument.h"
#include "model/json/jsonreader.h"

using namespace Qt::Literals::StringLiterals;

namespace automation::cli {

namespace {

QString severityName(Problem::Severity severity)
{
    switch (severity) {
    case Problem::Severity::Error:
        return u"error"_s;
    case Problem::Severity::Warning:
        return u"warning"_s;
    case Problem::Severity::Hint:
        return u"hint"_s;
    }
    return {};
}

struct Finding
{
    QString file;
    QString rule;
    QString severity;
    QString step;
    QString pointer;
    TextPosition position {0, 0};
    QString message;
    QString fix;
};

// Where a value stands; of something missing, where what should hold it stands.
TextPosition positionOf(const JsonPointer &pointer, const JsonValue &root, const QByteArray &text)
{
    for (JsonPointer place = pointer;; place = place.parent()) {
        const JsonValue *value = place.resolve(root);
        if (value && value->span().isValid())
            return textPositionAt(text, value->span().start);
        if (place.isRoot())
            return {1, 1};
    }
}

// A file that can be read but is no definition is the answer no, like any other mistake in it.
bool isFinding(const Error &error)
{
    return error.code == ErrorCode::NotJson || error.code == ErrorCode::NotADefinition
        || error.code == ErrorCode::Limit;
}

QString ruleOf(const Error &error)
{
    if (error.code == ErrorCode::NotJson)
        return u"not-json"_s;
    return error.code == ErrorCode::Limit ? u"too-large"_s : u"not-a-definition"_s;
}

QList<Finding> findingsOf(const QString &file, const WorkflowDocument &document)
{
    QList<Finding> findings;
    const QByteArray text = document.text();
    const JsonValue &root = document.definition().root();
    for (const Problem &problem : document.problems()) {
        findings.append({file, problem.rule, severityName(problem.severity), problem.stepId, problem.pointer.toString(),
            positionOf(problem.pointer, root, text), problem.message, problem.fixText});
    }
    return findings;
}

JsonValue toJson(const QList<Finding> &findings)
{
    const auto orNull = [](const QString &text) { return text.isEmpty() ? JsonValue() : JsonValue(text); };
    JsonValue list = JsonValue::array();
    for (const Finding &finding : findings) {
        list.append(JsonValue::object({{u"file"_s, finding.file}, {u"rule"_s, finding.rule},
            {u"severity"_s, finding.severity}, {u"step"_s, orNull(finding.step)}, {u"pointer"_s, finding.pointer},
            {u"line"_s, finding.position.line}, {u"column"_s, finding.position.column}, {u"message"_s, finding.message},
            {u"fix"_s, orNull(finding.fix)}}));
    }
    return JsonValue::object({{u"problems"_s, list}});
}

int check(const QStringList &arguments)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(Text::tr("Reports the problems of definitions."));
    parser.addOption(jsonOption());
    int exitCode = Done;
    if (!readArguments(parser, arguments, {{u"FILE…"_s, Text::tr("Definitions to check.")}}, exitCode))
        return exitCode;

    QList<Finding> findings;
    for (const QString &file : parser.positionalArguments().mid(1)) {
        const auto document = WorkflowDocument::open(file);
        if (document) {
            findings += findingsOf(file, **document);
        } else if (isFinding(document.error())) {
            const Error &error = document.error();
            findings.append({file, ruleOf(error), u"error"_s, {}, {}, {qMax(error.line, 1), qMax(error.column, 1)},
                error.message, {}});
        } else {
            exitCode = complain(document.error());
        }
    }
    if (parser.isSet(jsonOption().names().first())) {
        printJson(toJson(findings));
    } else {
        for (const Finding &finding : findings) {
            print(u"%1:%2:%3: %4: %5 [%6]"_s.arg(finding.file)
                      .arg(finding.position.line)
                      .arg(finding.position.column)
                      .arg(finding.severity, finding.message, finding.rule));
        }
        if (findings.isEmpty() && exitCode == Done)
            print(Text::tr("No problems."));
    }
    if (exitCode != Done)
        return exitCode;
    const bool hasError
        = std::any_of(findings.begin(), findings.end(), [](const Finding &f) { return f.severity == u"error"; });
    return hasError ? AnswerIsNo : Done;
}

} // namespace

QList<Command> checkCommands()
{
    return {{"check", u"FILE… [--json]"_s, Text::tr("Reports the problems of definitions."), check}};
}

} // namespace automation::cli
