#pragma once

#include <QString>

namespace automation {

// A text from a file or a server as a part of a message: what is no letter, sign or blank, such as control characters
// and those that turn the direction of writing, stands there as \uXXXX, so that no text can hide or turn around what
// stands beside it. Joiners within words and emoji stay.
QString visibleText(const QString &text);

} // namespace automation
