#include "app/cli/commandline.h"

#include "model/json/jsonreader.h"
#include "model/json/jsonwriter.h"

#include <cstdio>
#include <QFile>

using namespace Qt::Literals::StringLiterals;

namespace automation::cli {

namespace {

void write(FILE *stream, const QByteArray &bytes)
{
    std::fwrite(bytes.constData(), 1, size_t(bytes.size()), stream);
    std::fflush(stream);
}

} // namespace

bool readArguments(QCommandLineParser &parser, const QStringList &arguments,
    const QList<std::pair<QString, QString>> &operands, int &exitCode)
{
    const QString command = arguments.value(1);
    const QCommandLineOption help({u"h"_s, u"help"_s}, Text::tr("Show this help."));
    parser.addOption(help);
    parser.addPositionalArgument(command, Text::tr("The command."), command);
    for (const auto &[name, description] : operands)
        parser.addPositionalArgument(name, description);

    const bool isUnderstood = parser.parse(arguments);
    if (parser.isSet(help)) {
        write(stdout, parser.helpText().toLocal8Bit());
        exitCode = Done;
        return false;
    }
    if (!isUnderstood) {
        exitCode = complain(parser.errorText());
        return false;
    }
    const qsizetype count = parser.positionalArguments().size() - 1;
    const bool mayRepeat = !operands.isEmpty() && operands.last().first.endsWith(u'…');
    if (count < operands.size()) {
        exitCode = complain(
            Text::tr("%1: %2 is missing; try “automationctl %1 --help”.").arg(command, operands.at(count).first));
        return false;
    }
    if (count > operands.size() && !mayRepeat) {
        exitCode = complain(Text::tr("%1: “%2” is one argument too many; try “automationctl %1 --help”.")
                                .arg(command, parser.positionalArguments().at(operands.size() + 1)));
        return false;
    }
    return true;
}

QCommandLineOption outputOption()
{
    return QCommandLineOption({u"o"_s, u"output"_s}, Text::tr("The file to write."), u"OUT"_s);
}

QCommandLineOption jsonOption()
{
    return QCommandLineOption(u"json"_s, Text::tr("Print one JSON document."));
}

Result<std::unique_ptr<WorkflowDocument>> openToRead(const QString &path)
{
    if (path != u"-")
        return WorkflowDocument::open(path);
    QFile input;
    if (!input.open(stdin, QIODevice::ReadOnly))
        return Error {ErrorCode::Unreadable, Text::tr("Standard input cannot be read: %1").arg(input.errorString())};
    // One byte more than is taken, which the reader then says. A pipe gives what it has: only nothing is its end.
    const qsizetype most = JsonLimits().bytes + 1;
    QByteArray text;
    for (QByteArray part; text.size() < most && !(part = input.read(most - text.size())).isEmpty();)
        text += part;
    if (input.error() != QFileDevice::NoError)
        return Error {ErrorCode::Unreadable, Text::tr("Standard input cannot be read: %1").arg(input.errorString())};
    return WorkflowDocument::fromText(text, path);
}

void print(const QString &line)
{
    write(stdout, line.toLocal8Bit() + '\n');
}

void printJson(const JsonValue &document)
{
    write(stdout, writeJson(document) + '\n');
}

int complain(const QString &message)
{
    write(stderr, u"automationctl: "_s.toLocal8Bit() + message.toLocal8Bit() + '\n');
    return CouldNot;
}

int complain(const Error &error)
{
    return complain(error.message);
}

} // namespace automation::cli
