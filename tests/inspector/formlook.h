#pragma once

#include <QStringList>

class QScrollArea;

namespace automation {

// What of a form in a scroll area does not fit its width, one sentence a widget: what sticks out, is cut off or has
// become too narrow to be read or hit. Empty = nothing.
QStringList cutOffParts(const QScrollArea *area);

} // namespace automation
