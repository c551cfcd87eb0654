#pragma once

#include <QString>
#include <utility>
#include <variant>

namespace automation {

// Why something could not be done. Callers act on the code; people read the message.
enum class ErrorCode {
    Unreadable, // a file or stream that cannot be read
    Unwritable, // a file that cannot be written
    ChangedOnDisk, // a file that another program changed since it was read; saving would lose that
    NotJson, // text that is not JSON; line and column are set
    NotADefinition, // JSON that is not a workflow definition
    Limit, // larger or deeper than we accept
    InvalidArgument, // a request that makes no sense, e.g. an unknown step id
    Expression, // an expression that does not parse or that threw
    Timeout, // took longer than allowed
    Cancelled, // given up on request: neither success nor failure
    Unreachable, // no answer: refused, no route, name not found, TLS
    Unauthorized, // 401 or 403
    NotFound, // 404
    Refused, // any other answer that says no
    BadAnswer, // an answer that cannot be understood
    Internal // ours
};

// A failure as a value: the code for programs, one translated sentence for people, and the place.
struct Error
{
    ErrorCode code = ErrorCode::Internal;
    QString message; // translated, names place and cause, ends without a newline; plain text
    int line = 0; // 1-based line in the text, 0 = not about a text
    int column = 0; // 1-based column in code points, 0 = not about a text
};

// Either a T or an Error. Test with isOk() (or in a condition) before taking either. No exceptions: taking
// the wrong one is a bug and terminates.
template <typename T> class [[nodiscard]] Result
{
public:
    Result(T value)
        : m_state(std::in_place_index<0>, std::move(value))
    {
    }
    Result(Error error)
        : m_state(std::in_place_index<1>, std::move(error))
    {
    }

    bool isOk() const { return m_state.index() == 0; }
    explicit operator bool() const { return isOk(); }
    T &value() & { return std::get<0>(m_state); }
    const T &value() const & { return std::get<0>(m_state); }
    T &&value() && { return std::get<0>(std::move(m_state)); }
    T *operator->() { return &std::get<0>(m_state); }
    const T *operator->() const { return &std::get<0>(m_state); }
    T &operator*() & { return std::get<0>(m_state); }
    const T &operator*() const & { return std::get<0>(m_state); }
    const Error &error() const { return std::get<1>(m_state); }

private:
    std::variant<T, Error> m_state;
};

template <> class [[nodiscard]] Result<void>
{
public:
    Result() = default;
    Result(Error error)
        : m_error(std::move(error))
        , m_ok(false)
    {
    }

    bool isOk() const { return m_ok; }
    explicit operator bool() const { return m_ok; }
    const Error &error() const { return m_error; }

private:
    Error m_error;
    bool m_ok = true;
};

} // namespace automation
