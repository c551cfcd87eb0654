// automation-sandbox: the Automation API on this computer, for rehearsals.

#include "app/sandbox/shutdownwatch.h"
#include "model/expression/processevaluator.h"
#include "model/json/jsonwriter.h"
#include "model/sandbox/sandboxserver.h"

#include <cstdio>
#include <QCommandLineParser>
#include <QCoreApplication>
#include <QRandomGenerator>
#include <QTextStream>
#include <sys/stat.h>

using namespace automation;
using namespace Qt::StringLiterals;

namespace {

constexpr int couldNot = 2;

QString translated(const char *text)
{
    return QCoreApplication::translate("automation-sandbox", text);
}

int complain(const QString &message)
{
    QTextStream(stderr) << "automation-sandbox: " << message << Qt::endl;
    return couldNot;
}

QByteArray randomKey()
{
    QByteArray bytes(32, '\0');
    for (char &byte : bytes)
        byte = static_cast<char>(QRandomGenerator::system()->bounded(256));
    return bytes.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(u"automation-sandbox"_s);
    QCoreApplication::setApplicationVersion(QStringLiteral(AUTOMATION_VERSION));

    const QCommandLineOption port(u"port"_s, translated("Port on 127.0.0.1; 0 takes a free one."), u"N"_s, u"0"_s);
    const QCommandLineOption data(u"data"_s, translated("Folder that keeps definitions and instances."), u"DIR"_s);
    const QCommandLineOption memory(
        u"memory"_s, translated("Keep nothing after the end (the default without --data)."));
    const QCommandLineOption keyOption(u"key"_s,
        translated("API key clients must send; otherwise AUTOMATION_SANDBOX_KEY, otherwise a random one."), u"K"_s);
    const QCommandLineOption account(u"account"_s, translated("Account id in the paths."), u"ID"_s, u"sandbox"_s);
    const QCommandLineOption clock(
        u"clock"_s, translated("real, or virtual: stands still until it is moved."), u"real|virtual"_s, u"real"_s);
    const QCommandLineOption exitWithParent(u"exit-with-parent"_s, translated("End when standard input is closed."));

    QCommandLineParser parser;
    parser.setApplicationDescription(translated("The Automation API on this computer, for rehearsals."));
    parser.addHelpOption();
    parser.addVersionOption();
    parser.addOptions({port, data, memory, keyOption, account, clock, exitWithParent});
    if (!parser.parse(QCoreApplication::arguments()))
        return complain(parser.errorText());
    if (parser.isSet(u"help"_s))
        parser.showHelp(0);
    if (parser.isSet(u"version"_s))
        parser.showVersion();

    if (!parser.positionalArguments().isEmpty())
        return complain(translated("Unexpected argument '%1'.").arg(parser.positionalArguments().first()));
    if (parser.isSet(data) && parser.isSet(memory))
        return complain(translated("--data and --memory exclude each other."));
    if (parser.isSet(data) && parser.value(data).isEmpty())
        return complain(translated("--data needs a folder."));
    bool portOk = false;
    const ushort portNumber = parser.value(port).toUShort(&portOk);
    if (!portOk)
        return complain(translated("--port must be a number from 0 to 65535, not '%1'.").arg(parser.value(port)));
    if (parser.value(clock) != "real"_L1 && parser.value(clock) != "virtual"_L1)
        return complain(translated("--clock must be real or virtual, not '%1'.").arg(parser.value(clock)));
    if (parser.value(account).isEmpty())
        return complain(translated("--account needs an id."));

    SandboxOptions options;
    options.port = portNumber;
    options.dataDirectory = parser.value(data);
    options.account = parser.value(account);
    options.virtualClock = parser.value(clock) == "virtual"_L1;
    options.key = parser.isSet(keyOption) ? parser.value(keyOption).toUtf8() : qgetenv("AUTOMATION_SANDBOX_KEY");
    if (options.key.isEmpty())
        options.key = randomKey();
    // The helper that runs scripts has no business with the key.
    qunsetenv("AUTOMATION_SANDBOX_KEY");
    options.evaluator = [] { return std::make_unique<ProcessEvaluator>(); };

    // Messages of real people may stand in the database: nobody else on this computer reads it.
    ::umask(S_IRWXG | S_IRWXO);

    ShutdownWatch watch;
    QObject::connect(&watch, &ShutdownWatch::shutdownRequested, &application, &QCoreApplication::quit);

    SandboxServer server(options);
    if (const Result<void> started = server.start(); !started)
        return complain(started.error().message);
    if (parser.isSet(exitWithParent))
        watch.watchStandardInput();

    const JsonValue ready = JsonValue::object({{u"url"_s, server.url().toString()}, {u"account"_s, options.account},
        {u"key"_s, QString::fromUtf8(options.key)}});
    const QByteArray line = writeJson(ready, JsonStyle::compact()) + '\n';
    std::fwrite(line.constData(), 1, static_cast<size_t>(line.size()), stdout);
    std::fflush(stdout);
    return QCoreApplication::exec();
}
