#pragma once

#include "model/validation/availabledata.h"

#include <optional>

namespace automation {

// Where in a text a name of an expression is being written.
struct CompletionPlace
{
    QString typed; // what stands before the cursor: "data.pay", "isTime", nothing
    // What a name that is chosen replaces: typed, and the rest of the word behind the cursor; UTF-16 units.
    qsizetype start = 0;
    qsizetype length = 0;
    bool isClosed = true; // the expression has its }} already
};

// The place at a cursor; none outside of {{ }}, inside a text literal of the script, and behind something that no name
// follows. Pure function, any thread, O(length).
std::optional<CompletionPlace> completionPlace(QStringView text, qsizetype cursor);

// Whether the }} of an expression stands at a place.
bool closesExpression(QStringView text, qsizetype at);

// A name that fits there.
struct CompletionItem
{
    enum class Kind { Data, StepMember, Function };
    Kind kind = Kind::Data;
    QString text; // to insert: "data.payload.body", "step.umid", "isTimeOfDayBetween"
    qsizetype index = 0; // in what it was made of: the data, the type's outputs, functionCatalog()
};

// What can stand at a place where this was typed, best first: members of what is named already, then those further
// inside whose name begins so; what is there on every path before what is there on some; what steps wrote, the payload,
// then what the service adds. Upper and lower case count the
// same. offers: what the step itself brings back, where "step" can be read; else nullptr. Any thread.
QList<CompletionItem> completions(const QString &typed, const QList<AvailableData> &data, const StepType *offers);

} // namespace automation
