// automation-evaluator: evaluates expressions for another program (see model/expression/evaluatorprotocol.h). It is a
// process of its own so that no script can harm the editor or the service: the caller kills it when it takes too long
// or too much. Not meant to be started by people.

#include "model/expression/evaluatorprotocol.h"
#include "model/expression/scriptfunctions.h"
#include "model/expression/templateevaluator.h"
#include "model/json/jsonwriter.h"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

using namespace automation;

namespace {

// For a caller that died without killing us: seconds after which a request ends the program by itself.
constexpr unsigned orphanSeconds = 15;

bool writeLine(int output, const JsonValue &value)
{
    const QByteArray line = writeJson(value, JsonStyle::compact()) + '\n';
    qsizetype written = 0;
    while (written < line.size()) {
        const ssize_t count = ::write(output, line.constData() + written, size_t(line.size() - written));
        if (count < 0 && errno == EINTR)
            continue;
        if (count <= 0)
            return false;
        written += count;
    }
    return true;
}

// Answers go to the real stdout; whatever a library prints goes nowhere.
int takeOutput()
{
    const int output = ::dup(STDOUT_FILENO);
    const int nowhere = ::open("/dev/null", O_WRONLY);
    if (nowhere >= 0) {
        ::dup2(nowhere, STDOUT_FILENO);
        ::close(nowhere);
    }
    return output;
}

} // namespace

int main()
{
    // Interpreted: scripts are short and run once, compiled code would only cost memory and start-up time.
    ::setenv("JSC_useJIT", "0", 1);
    ::setenv("TZ", "UTC", 1);
    ::signal(SIGINT, SIG_IGN); // Ctrl+C in a terminal is for the caller, who then closes our stdin
    // The workflow's data must not end up in a core file.
    const rlimit none {0, 0};
    ::setrlimit(RLIMIT_CORE, &none);
    const int output = takeOutput();

    TemplateEvaluator evaluator;
    scriptfunctions::prepare();
    evaluator.answer(R"({"value":"{{stringContains('a', 'b')}}","data":{},"step":null,"now":0})");
    JsonValue greeting = JsonValue::object();
    greeting.set(evaluatorprotocol::readyKey, true);
    if (!writeLine(output, greeting))
        return EXIT_FAILURE;

    QByteArray input;
    qsizetype searched = 0;
    for (;;) {
        const qsizetype end = input.indexOf('\n', searched);
        if (end < 0) {
            searched = input.size();
            std::array<char, 65536> buffer;
            const ssize_t count = ::read(STDIN_FILENO, buffer.data(), buffer.size());
            if (count < 0 && errno == EINTR)
                continue;
            if (count <= 0)
                return EXIT_SUCCESS;
            input.append(buffer.data(), count);
            continue;
        }
        const QByteArray line = input.left(end);
        input.remove(0, end + 1);
        searched = 0;
        ::alarm(orphanSeconds);
        const JsonValue answer = evaluator.answer(line);
        ::alarm(0);
        if (!writeLine(output, answer))
            return EXIT_FAILURE;
    }
}
