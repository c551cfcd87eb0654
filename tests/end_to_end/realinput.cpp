#include "tests/end_to_end/realinput.h"

#include <QCoreApplication>
#include <QEventLoop>
#include <QProcess>
#include <QWidget>

namespace automation::RealInput {

namespace {

void xdotool(const QStringList &arguments)
{
    QProcess process;
    QEventLoop loop;
    QObject::connect(&process, &QProcess::finished, &loop, &QEventLoop::quit);
    QObject::connect(&process, &QProcess::errorOccurred, &loop, &QEventLoop::quit);
    process.start(u"xdotool"_qs, arguments);
    loop.exec();
    if (process.exitStatus() != QProcess::NormalExit || process.exitCode() != 0)
        qWarning("xdotool %s: %s", qPrintable(arguments.join(u' ')), process.readAllStandardError().constData());
    QCoreApplication::processEvents();
}

int s_running = 0; // that nobody waits for

void startXdotool(const QStringList &arguments)
{
    auto *process = new QProcess(QCoreApplication::instance());
    ++s_running;
    QObject::connect(process, &QProcess::finished, process, [process] {
        --s_running;
        process->deleteLater();
    });
    process->start(u"xdotool"_qs, arguments);
}

QStringList moveArguments(const QPoint &point)
{
    return {u"mousemove"_qs, QString::number(point.x()), QString::number(point.y())};
}

// That of a hand; without it the window is not told of the places on the way.
QStringList shortPause()
{
    return {u"sleep"_qs, u"0.03"_qs};
}

// From the press to the last move. To be run with the release in one chain: a drag and drop has an event loop of its
// own that ends only with it.
QStringList dragArguments(const QPoint &from, const QPoint &to, int button)
{
    QStringList chain {u"mousedown"_qs, QString::number(button)};
    constexpr int steps = 12;
    for (int i = 1; i <= steps; ++i)
        chain += shortPause() + moveArguments(from + (to - from) * i / steps);
    return chain + shortPause() + moveArguments(to + QPoint(1, 0)) + shortPause() + moveArguments(to) + shortPause();
}

} // namespace

void moveTo(const QPoint &global)
{
    xdotool(moveArguments(global));
}

void click(const QPoint &global, int button)
{
    moveTo(global);
    xdotool({u"click"_qs, QString::number(button)});
}

void doubleClick(const QPoint &global)
{
    moveTo(global);
    xdotool({u"click"_qs, u"--repeat"_qs, u"2"_qs, u"--delay"_qs, u"60"_qs, u"1"_qs});
}

void drag(const QPoint &from, const QPoint &to)
{
    dragWith(from, to, 1);
}

void dragWith(const QPoint &from, const QPoint &to, int button, const QString &heldKey, bool release)
{
    const QStringList pause = shortPause();
    QStringList chain = moveArguments(from);
    if (!heldKey.isEmpty())
        chain += QStringList {u"keydown"_qs, heldKey} + pause;
    chain += dragArguments(from, to, button);
    if (release)
        chain += QStringList {u"mouseup"_qs, QString::number(button)};
    if (!heldKey.isEmpty())
        chain += pause + QStringList {u"keyup"_qs, heldKey};
    xdotool(chain);
}

void dragAndEscape(const QPoint &from, const QPoint &to)
{
    xdotool(moveArguments(from) + dragArguments(from, to, 1) + QStringList {u"key"_qs, u"Escape"_qs} + shortPause()
        + QStringList {u"mouseup"_qs, u"1"_qs});
}

void releaseButton(int button)
{
    xdotool({u"mouseup"_qs, QString::number(button)});
}

void wheel(const QPoint &global, int notches, const QString &heldKey)
{
    QStringList chain = moveArguments(global);
    if (!heldKey.isEmpty())
        chain += QStringList {u"keydown"_qs, heldKey};
    chain += QStringList {u"click"_qs, u"--repeat"_qs, QString::number(std::abs(notches)), u"--delay"_qs, u"40"_qs,
        notches > 0 ? u"4"_qs : u"5"_qs};
    if (!heldKey.isEmpty())
        chain += QStringList {u"sleep"_qs, u"0.05"_qs, u"keyup"_qs, heldKey};
    xdotool(chain);
}

void key(const QString &combination)
{
    xdotool({u"key"_qs, u"--clearmodifiers"_qs, combination});
}

void keyWhileDragging(const QString &combination)
{
    xdotool({u"key"_qs, combination}); // clearing the modifiers would let go of the buttons too
}

void type(const QString &text)
{
    xdotool({u"type"_qs, u"--delay"_qs, u"15"_qs, text});
}

void keys(const QStringList &combinations)
{
    xdotool(QStringList {u"key"_qs, u"--clearmodifiers"_qs} + combinations);
}

void keysUnawaited(const QStringList &combinations)
{
    startXdotool(QStringList {u"key"_qs} + combinations);
}

void clickUnawaited(const QPoint &global)
{
    startXdotool(moveArguments(global) + QStringList {u"click"_qs, u"1"_qs});
}

bool isIdle()
{
    return s_running == 0;
}

void overwrite(const QString &text, const QStringList &before, const QStringList &after)
{
    QStringList chain {u"key"_qs, u"--clearmodifiers"_qs};
    chain += before;
    const QStringList lines = text.split(u'\n');
    for (qsizetype i = 0; i < lines.size(); ++i) {
        if (i > 0)
            chain += {u"key"_qs, u"Return"_qs};
        chain += {u"type"_qs, u"--delay"_qs, u"3"_qs, u"--args"_qs, u"1"_qs, u"--"_qs, lines.at(i)};
    }
    if (!after.isEmpty())
        chain += QStringList {u"key"_qs} + after;
    xdotool(chain);
}

QPoint centerOf(const QWidget *widget)
{
    return at(widget, widget->rect().center());
}

QPoint at(const QWidget *widget, const QPoint &point)
{
    return widget->mapToGlobal(point);
}

} // namespace automation::RealInput
