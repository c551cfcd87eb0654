#pragma once

#include <QPoint>
#include <QStringList>

class QWidget;

namespace automation {

// The pointer and keyboard of the screen, as a person has them: events come from the X server through xdotool, not
// from within the program. Each call returns after the input was sent; the event loop runs meanwhile.
namespace RealInput {

void moveTo(const QPoint &global);
void click(const QPoint &global, int button = 1);
void doubleClick(const QPoint &global);
// Press, move in small steps, release: starts drags like a hand does.
void drag(const QPoint &from, const QPoint &to);
// The same with another button, with keys held meanwhile ("ctrl", "space"); release = false leaves the button down.
void dragWith(const QPoint &from, const QPoint &to, int button, const QString &heldKey = {}, bool release = true);
// A drag that ends with Esc before the button is let go.
void dragAndEscape(const QPoint &from, const QPoint &to);
void releaseButton(int button = 1);
void wheel(const QPoint &global, int notches, const QString &heldKey = {}); // positive: away from the hand
void key(const QString &combination); // "ctrl+z", "Return"
void keys(const QStringList &combinations); // one after another, without looking between them
// From within what has an event loop of its own, such as an open menu: it would not end before the call does.
void keysUnawaited(const QStringList &combinations);
void clickUnawaited(const QPoint &global);
bool isIdle(); // all that was not awaited is done: keys are up again
// Keys, then a text, then keys again, as fast as hands that know the form.
void overwrite(const QString &text, const QStringList &before, const QStringList &after = {});
void keyWhileDragging(const QString &combination); // the buttons stay down
void type(const QString &text);

// The middle of a widget, or a point in it, on the screen.
QPoint centerOf(const QWidget *widget);
QPoint at(const QWidget *widget, const QPoint &point);

} // namespace RealInput
} // namespace automation
