#pragma once

#include <QStringView>

namespace automation {

// A quick look at an expression of the plainest kind: paths (data.payload.source, data['a b'][0]), calls, texts,
// numbers, comparisons, arithmetic, && || ! ?: and brackets, in ASCII. True promises that the script is one
// well-formed JavaScript expression without anything that expressions may not hold; false says nothing. O(length),
// allocates nothing, any thread. Nesting beyond a small depth is not plain.
bool isPlainExpression(QStringView script);

} // namespace automation
