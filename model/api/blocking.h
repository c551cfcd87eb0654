#pragma once

#include "model/json/result.h"

#include <optional>
#include <QCoroTask>
#include <QEventLoop>

namespace automation {

// The result of a task, waited for in a nested event loop. For command-line programs and tests only: never in a
// window, where the nested loop would let anything happen meanwhile.
template <typename T> Result<T> blockingResult(QCoro::Task<Result<T>> task)
{
    QEventLoop loop;
    std::optional<Result<T>> result;
    const auto collect
        = [](QCoro::Task<Result<T>> waited, std::optional<Result<T>> *out, QEventLoop *running) -> QCoro::Task<> {
        out->emplace(co_await waited);
        running->quit();
    };
    QCoro::Task<> collecting = collect(std::move(task), &result, &loop);
    if (!result)
        loop.exec();
    return std::move(*result);
}

} // namespace automation
