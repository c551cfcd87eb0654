#pragma once

#include "model/json/jsonvalue.h"

#include <algorithm>
#include <functional>
#include <QByteArray>
#include <QList>

namespace automation {

// Makes counterexamples small enough to read. Each function is given a value that fails and a predicate that tells
// whether another one still fails, and returns the smallest failing value it finds; it asks at most maximalTries times.

// Greedy: takes the first of the candidates that still fails, as long as there is one. candidates(value) gives values
// that are simpler than value, the simplest first; every chain of them must end.
template <typename T, typename Candidates, typename Fails>
T shrink(T value, const Candidates &candidates, const Fails &fails, int maximalTries = 5000)
{
    for (bool smaller = true; smaller;) {
        smaller = false;
        for (const T &candidate : candidates(value)) {
            if (--maximalTries < 0)
                return value;
            if (fails(candidate)) {
                value = candidate;
                smaller = true;
                break;
            }
        }
    }
    return value;
}

// Leaves out runs of elements, long ones first. For QList, QByteArray, QString, e.g. a sequence of commands.
template <typename List, typename Fails> List shrinkList(List list, const Fails &fails, int maximalTries = 5000)
{
    qsizetype length = list.size();
    while (length > 0 && maximalTries > 0) {
        bool smaller = false;
        for (qsizetype start = 0; start < list.size() && maximalTries > 0;) {
            List shorter = list;
            shorter.remove(start, std::min(length, list.size() - start));
            --maximalTries;
            if (fails(shorter)) {
                list = shorter;
                smaller = true;
            } else {
                start += length;
            }
        }
        if (!smaller || list.size() < length)
            length = std::min(length / 2, list.size());
    }
    return list;
}

// Values simpler than value: one of its children instead of it, an element or member less, shorter texts and keys,
// plain numbers; everywhere in the tree.
QList<JsonValue> simplerValues(const JsonValue &value);

JsonValue shrinkJson(
    const JsonValue &value, const std::function<bool(const JsonValue &)> &fails, int maximalTries = 5000);

} // namespace automation
