#pragma once

#include "model/document/workflowdocument.h"
#include "model/json/jsonvalue.h"
#include "model/json/result.h"

#include <QCommandLineParser>
#include <QCoreApplication>

// What all commands of automationctl share: arguments, output and exit codes.
namespace automation::cli {

enum ExitCode {
    Done = 0,
    AnswerIsNo = 1, // problems found, files differ
    CouldNot = 2 // wrong usage, unreadable, unwritable
};

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(automation::CommandLine)
};

// One command of the program.
struct Command
{
    const char *name;
    QString synopsis; // "FILE -o OUT"
    QString summary; // translated, one line
    int (*run)(const QStringList &arguments); // program name and command first; gives the exit code
};

// The groups, each in a file of its own.
QList<Command> checkCommands();
QList<Command> diffCommands();
QList<Command> editCommands();
QList<Command> drawingCommands();

// Reads the arguments of a command: operands are names and translated descriptions of what stands behind its name, the
// last one may repeat when its name ends in an ellipsis. False when there is nothing more to do (help or wrong usage);
// then exitCode is set.
bool readArguments(QCommandLineParser &parser, const QStringList &arguments,
    const QList<std::pair<QString, QString>> &operands, int &exitCode);
QCommandLineOption outputOption();
QCommandLineOption jsonOption();

// A file, or standard input where the path is "-", which can be read once. Errors of WorkflowDocument::open().
Result<std::unique_ptr<WorkflowDocument>> openToRead(const QString &path);

void print(const QString &line); // to stdout, with a newline
void printJson(const JsonValue &document);
int complain(const QString &message); // to stderr; gives CouldNot
int complain(const Error &error); // with line and column where the message has none

} // namespace automation::cli
