// automationctl: what the designer does with files, without a window. Exit codes: 0 done, 1 the answer is no, 2 could
// not.

#include "app/cli/commandline.h"

#include <algorithm>
#include <cstring>
#include <memory>
#include <QGuiApplication>
#include <QTranslator>

using namespace automation::cli;
using namespace Qt::Literals::StringLiterals;

namespace {

QList<Command> allCommands()
{
    return checkCommands() + diffCommands() + editCommands() + drawingCommands();
}

void printHelp()
{
    print(Text::tr("Usage: automationctl COMMAND [ARGUMENTS]"));
    print({});
    print(Text::tr("Checks, compares, edits and draws workflow definitions."));
    print({});
    for (const Command &command : allCommands()) {
        print(u"  %1 %2"_s.arg(QLatin1StringView(command.name), command.synopsis));
        print(u"      %1"_s.arg(command.summary));
    }
    print({});
    print(Text::tr("“automationctl COMMAND --help” says more about a command. Exit codes: 0 done, 1 the answer is no, "
                   "2 could not."));
}

// What Qt notices about its surroundings (a missing runtime folder, an odd locale) is no complaint of ours.
void keepQuiet(QtMsgType type, const QMessageLogContext &, const QString &message)
{
    if (type == QtCriticalMsg || type == QtFatalMsg)
        complain(message);
}

// Fonts need a GUI application, but nothing of this program needs a display. Told by the first argument, as the
// application has to be there before texts can be translated.
std::unique_ptr<QCoreApplication> makeApplication(int &argc, char **argv)
{
    const bool paints = argc > 1 && (std::strcmp(argv[1], "render") == 0 || std::strcmp(argv[1], "layout") == 0);
    if (!paints)
        return std::make_unique<QCoreApplication>(argc, argv);
    if (!qEnvironmentVariableIsSet("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    return std::make_unique<QGuiApplication>(argc, argv);
}

// English has a catalogue, too, for its plurals.
void installLanguage(QCoreApplication &application)
{
    const QString directory = u":/automation/translations"_s;
    auto *translator = new QTranslator(&application);
    if (translator->load(QLocale(), u"automation"_s, u"_"_s, directory)
        || translator->load(u"automation_en"_s, directory))
        QCoreApplication::installTranslator(translator);
}

} // namespace

int main(int argc, char *argv[])
{
    qInstallMessageHandler(keepQuiet);
    const auto application = makeApplication(argc, argv);
    installLanguage(*application);
    QCoreApplication::setApplicationName(u"automationctl"_s);
    QCoreApplication::setApplicationVersion(QStringLiteral(AUTOMATION_VERSION));
    const QStringList arguments = QCoreApplication::arguments();
    const QString name = arguments.value(1);
    if (name == u"--help" || name == u"-h" || name == u"help") {
        printHelp();
        return Done;
    }
    if (name == u"--version") {
        print(u"automationctl %1"_s.arg(QCoreApplication::applicationVersion()));
        return Done;
    }
    if (name.isEmpty())
        return complain(Text::tr("a command is missing; try “automationctl --help”."));
    const QList<Command> commands = allCommands();
    const auto command = std::find_if(
        commands.begin(), commands.end(), [&](const Command &c) { return name == QLatin1StringView(c.name); });
    if (command == commands.end())
        return complain(Text::tr("there is no command “%1”; try “automationctl --help”.").arg(name));
    return command->run(arguments);
}
