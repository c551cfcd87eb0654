#pragma once

#include "model/sandbox/instanceapi.h"
#include "model/sandbox/rehearsalapi.h"

namespace automation {

// The whole local service without sockets: checks the key, then answers the documented API (endpoints 1 to 15, API
// reference §2) and /sandbox. Lives on the engine's thread.
class SandboxApi : public QObject
{
    Q_OBJECT
public:
    // key: what every request must carry as bearer token. What the context refers to must outlive this.
    SandboxApi(const ApiContext &context, QByteArray key, QObject *parent = nullptr);

    using Reply = RehearsalApi::Reply;
    // reply is called once: before handle() returns, except for /sandbox/clock/advance.
    void handle(const ApiRequest &request, const Reply &reply);

private:
    bool isAuthorized(const QByteArray &authorization) const;
    ApiResponse account(const ApiRequest &request, const QStringList &path);
    ApiResponse trigger(const ApiRequest &request);
    ApiResponse usage() const;
    ApiResponse usageHistory() const;

    ApiContext m_context;
    DefinitionApi m_definitions;
    InstanceApi m_instances;
    RehearsalApi m_rehearsal;
    QByteArray m_key;
};

} // namespace automation
