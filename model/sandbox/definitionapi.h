#pragma once

#include "model/sandbox/apicontext.h"

namespace automation {

// Endpoints 1 to 5: definitions and their versions (API reference §2, §3). Engine's thread.
class DefinitionApi
{
public:
    explicit DefinitionApi(ApiContext &context)
        : m_context(context)
    {
    }

    // A/definitions
    ApiResponse collection(const ApiRequest &request);
    // A/definitions/{id}
    ApiResponse item(const ApiRequest &request, const QString &id);

    // The id in the form we store, or the 400 of the API.
    ApiContext::Accepted<QString> readId(const QString &text) const;
    // The stored version (0 = latest), or the 404 of the API.
    ApiContext::Accepted<StoredDefinition> find(const QString &id, int version = 0) const;

private:
    ApiResponse list(const ApiRequest &request);
    ApiResponse create(const ApiRequest &request);
    ApiResponse versions(const ApiRequest &request, const QString &id);
    ApiResponse update(const ApiRequest &request, const QString &id);
    ApiResponse remove(const ApiRequest &request, const QString &id);
    ApiContext::Accepted<StoredDefinition> store(const ApiRequest &request, const QString &id, int version);
    JsonValue toJson(const StoredDefinition &definition) const;
    ApiResponse answer(const Result<QList<StoredDefinition>> &definitions) const;

    ApiContext &m_context;
};

} // namespace automation
