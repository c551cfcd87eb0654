#include "app/cli/commandline.h"

#include "model/json/jsonreader.h"
#include "model/json/visibletext.h"

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

// Finds lines and columns in a text without counting them from the start each time: lines may be as long as the file.
class Lines
{
public:
    explicit Lines(const QByteArray &text)
        : m_text(text)
    {
        m_points.reserve(text.size() / blockSize + 1);
        const char *bytes = text.constData(); // ends with NUL
        int points = 0;
        for (qsizetype i = 0; i < text.size(); ++i) {
            if (i % blockSize == 0)
                m_points += points;
            const char c = bytes[i];
            points += isPoint(c) ? 1 : 0;
            const bool isEnd = c == '\n' || (c == '\r' && bytes[i + 1] != '\n');
            if (isEnd)
                m_starts += i + 1;
        }
    }

    TextPosition at(qsizetype offset) const
    {
        const auto next = std::upper_bound(m_starts.begin(), m_starts.end(), offset);
        const qsizetype start = *(next - 1);
        TextPosition position;
        position.line = int(next - m_starts.begin());
        const bool hasMark = start == 0 && m_text.startsWith("\xEF\xBB\xBF"); // takes no column
        position.column = qMax(1, pointsBefore(offset) - pointsBefore(start) + (hasMark ? 0 : 1));
        return position;
    }

    // Where a value, or the piece of a text that a problem is about, stands; of something missing, where what should
    // hold it stands.
    TextPosition of(const Problem &problem, const JsonValue &root) const
    {
        for (JsonPointer place = problem.pointer;; place = place.parent()) {
            const JsonValue *value = place.resolve(root);
            if (value && value->span().isValid()) {
                const bool isPiece = problem.offset >= 0 && value->isString() && place == problem.pointer;
                return at(isPiece ? placeInText(value->span(), problem.offset) : value->span().start);
            }
            if (place.isRoot())
                return {1, 1};
        }
    }

private:
    // Where a unit (UTF-16) of a text stands in the file, where the text is in quotes, in UTF-8 and may hold escapes.
    qsizetype placeInText(JsonSpan span, qsizetype unit) const
    {
        const qsizetype last = qMax(span.start, span.end - 1); // the closing quote
        qsizetype place = qMin(span.start + 1, last);
        const qsizetype wanted = unit;
        if (span.start == m_lastSpan && unit >= m_lastUnit) { // problems of a text come in its order
            place = m_lastPlace;
            unit -= m_lastUnit;
        }
        while (unit > 0 && place < last) {
            const auto byte = static_cast<unsigned char>(m_text.at(place));
            if (byte == '\\') {
                place += place + 1 < last && m_text.at(place + 1) == 'u' ? 6 : 2;
                --unit;
                continue;
            }
            const int bytes = byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
            const int units = bytes == 4 ? 2 : 1;
            if (units > unit)
                break; // in the middle of a character: its beginning
            place += bytes;
            unit -= units;
        }
        m_lastSpan = span.start;
        m_lastUnit = wanted - unit;
        m_lastPlace = place;
        return qMin(place, last);
    }

    // Whether a byte begins a code point that takes a column.
    static bool isPoint(char c) { return (static_cast<uchar>(c) & 0xC0) != 0x80 && c != '\r'; }

    int pointsBefore(qsizetype offset) const
    {
        if (m_points.isEmpty())
            return 0;
        offset = qMin(offset, m_text.size());
        const qsizetype block = qMin(offset / blockSize, m_points.size() - 1);
        int points = m_points.at(block);
        const char *bytes = m_text.constData();
        for (qsizetype i = block * blockSize; i < offset; ++i)
            points += isPoint(bytes[i]) ? 1 : 0;
        return points;
    }

    static constexpr qsizetype blockSize = 64;
    const QByteArray &m_text;
    QList<qsizetype> m_starts {0};
    QList<int> m_points; // code points before each block
    // Where the last piece of a text was found.
    mutable qsizetype m_lastSpan = -1;
    mutable qsizetype m_lastUnit = 0;
    mutable qsizetype m_lastPlace = 0;
};

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
    const Lines lines(text);
    const JsonValue &root = document.definition().root();
    for (const Problem &problem : document.problems()) {
        findings.append({file, problem.rule, severityName(problem.severity), problem.stepId, problem.pointer.toString(),
            lines.of(problem, root), problem.message, problem.fixText});
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

QString summary(const QList<Finding> &findings, int files)
{
    const auto count = [&findings](QStringView severity) {
        return int(std::count_if(
            findings.begin(), findings.end(), [severity](const Finding &f) { return f.severity == severity; }));
    };
    QStringList counts;
    if (const int errors = count(u"error"))
        counts += errors == 1 ? Text::tr("1 error") : Text::tr("%1 errors").arg(errors);
    if (const int warnings = count(u"warning"))
        counts += warnings == 1 ? Text::tr("1 warning") : Text::tr("%1 warnings").arg(warnings);
    if (const int hints = count(u"hint"))
        counts += hints == 1 ? Text::tr("1 hint") : Text::tr("%1 hints").arg(hints);
    if (counts.isEmpty())
        return files == 1 ? Text::tr("No problems.") : Text::tr("No problems in %1 files.").arg(files);
    const QString all = counts.join(Text::tr(", "));
    return files == 1 ? all + u'.' : Text::tr("%1 in %2 files.").arg(all).arg(files);
}

int check(const QStringList &arguments)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(Text::tr(
        "Reports the problems of definitions, each with its place, its rule and, where there is one, a fix. Exit code "
        "0: no error, 1: errors, 2: a file could not be read."));
    parser.addOption(jsonOption());
    int exitCode = Done;
    if (!readArguments(
            parser, arguments, {{u"FILE…"_s, Text::tr("Definitions to check, “-” for standard input.")}}, exitCode))
        return exitCode;

    QList<Finding> findings;
    int read = 0;
    for (const QString &file : parser.positionalArguments().mid(1)) {
        const auto document = openToRead(file);
        if (document) {
            findings += findingsOf(file, **document);
            ++read;
        } else if (isFinding(document.error())) {
            const Error &error = document.error();
            ++read;
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
            print(u"%1:%2:%3: %4: %5 [%6]"_s.arg(visibleText(finding.file))
                      .arg(finding.position.line)
                      .arg(finding.position.column)
                      .arg(finding.severity, visibleText(finding.message), finding.rule));
            if (!finding.fix.isEmpty())
                print(u"    "_s + Text::tr("fix: %1").arg(visibleText(finding.fix)));
        }
        if (read > 0)
            print(summary(findings, read));
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
