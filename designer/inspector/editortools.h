#pragma once

#include "model/json/jsonvalue.h"

#include <QList>

class QComboBox;
class QLineEdit;
class QPlainTextEdit;
class QWidget;

namespace automation {

// What a text editor shows of a value: a text as it is, null as nothing, anything else as JSON on one line.
QString plainText(const JsonValue &value);

// Puts another text into an editor without a signal, keeping the cursor where it was as far as the text allows.
void replaceText(QLineEdit *editor, const QString &text);
void replaceText(QPlainTextEdit *editor, const QString &text);

// Whether all texts in a value together, and what holds them, are shorter than so many characters. Stops at the limit.
bool isSmallerThan(qsizetype characters, const JsonValue &value);

// An editor of several lines knows only LF: gives the edited text the line ends (CRLF) of the text it came from.
QString keepLineEnds(const QString &before, const QString &edited);

// The wheel scrolls the form and changes the combo's value only while that has the focus.
void ignoreWheelInPassing(QComboBox *combo);

// Everything in a container that Tab stops at, in the order of its layouts: as the eye reads it.
QList<QWidget *> tabStops(const QWidget *container);
// Lets Tab go from a widget through others, in their order.
void setTabOrders(QWidget *first, const QList<QWidget *> &others);

// Sets the editor's height to its text, within these numbers of lines.
void fitToLines(QPlainTextEdit *editor, int least, int most);

} // namespace automation
