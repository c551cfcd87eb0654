#pragma once

#include "model/json/jsonvalue.h"

#include <QList>
#include <QString>
#include <QStringView>

namespace automation {

struct FunctionParameter
{
    QString name;
    QString type; // "string", "boolean"
    bool isRequired = true;
    JsonValue defaultValue; // null when there is none
    QString description; // translated
    JsonValue example;
};

// A function that expressions can call (reference/automation-api.md §7).
struct FunctionInfo
{
    QString name;
    QString returnType;
    QString signature; // "stringContains(source, value, ignoreCase = false)"
    QString description; // translated, one or two sentences
    QString example; // an expression without braces
    QList<FunctionParameter> parameters;
};

// The functions the service has, sorted by name. Built at the first call, then constant; any thread.
const QList<FunctionInfo> &functionCatalog();
// By its exact name; nullptr when there is none.
const FunctionInfo *findFunction(QStringView name);
// The answer of GET steps/functions.
JsonValue functionCatalogJson();

} // namespace automation
