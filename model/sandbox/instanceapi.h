#pragma once

#include "model/sandbox/definitionapi.h"

namespace automation {

// Endpoints 6 to 10: instances of a definition (API reference §2, §3). Engine's thread.
class InstanceApi
{
public:
    InstanceApi(ApiContext &context, const DefinitionApi &definitions)
        : m_context(context)
        , m_definitions(definitions)
    {
    }

    // A/definitions/{id}/workflows
    ApiResponse collection(const ApiRequest &request, const QString &definitionId);
    // A/definitions/{id}/workflows/{workflowId}, and …/errors
    ApiResponse item(const ApiRequest &request, const QString &definitionId, const QString &workflowId);
    ApiResponse errors(const ApiRequest &request, const QString &definitionId, const QString &workflowId);

private:
    ApiContext::Accepted<Instance> find(const QString &definitionId, const QString &workflowId) const;
    ApiResponse list(const ApiRequest &request, const StoredDefinition &latest);
    ApiResponse start(const ApiRequest &request, const QString &definitionId);
    ApiResponse show(const ApiRequest &request, const Instance &instance);
    ApiResponse patch(const ApiRequest &request, const Instance &instance);

    ApiContext &m_context;
    const DefinitionApi &m_definitions;
};

} // namespace automation
