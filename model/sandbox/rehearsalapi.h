#pragma once

#include "model/sandbox/apicontext.h"

#include <functional>

namespace automation {

// /sandbox/…: what only a rehearsal needs. Engine's thread.
//   GET  state            version, account, clock, whether anything runs, counts, change counter
//   GET  changes          {"counter": N}, higher after every change of definitions or instances
//   GET  outbox           sent messages, oldest first; since=SEQUENCE, limit, workflowId
//   POST inbound          a message to the account (WebhookMessage); answers whom it resumed and started
//   POST dtmf             keys pressed in a call
//   POST clock/advance    {"by": "d.HH:mm:ss"}, virtual clock only; answers when all that became due has run
//   POST faults           {"status": 503, "count": 2, "retryAfter": 1}: the next answers of the API; count 0 ends it
class RehearsalApi
{
public:
    using Reply = std::function<void(ApiResponse)>;

    RehearsalApi(ApiContext &context, qint64 firstChange);

    // reply is called once; for clock/advance possibly later.
    void handle(const ApiRequest &request, const QStringList &path, const Reply &reply);

    void countChange() { ++m_changes; }
    // The fault set for the next request of the documented API, if any; counts down.
    std::optional<ApiResponse> takeFault();

private:
    ApiResponse state() const;
    ApiResponse outbox(const ApiRequest &request) const;
    ApiResponse inbound(const ApiRequest &request);
    ApiResponse dtmf(const ApiRequest &request);
    ApiResponse setFault(const ApiRequest &request);
    void advance(const ApiRequest &request, const Reply &reply);
    JsonValue clockJson() const;

    ApiContext &m_context;
    qint64 m_changes;
    int m_faultStatus = 0;
    qint64 m_faultCount = 0;
    qint64 m_faultRetryAfter = -1;
};

} // namespace automation
