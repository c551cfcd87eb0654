#pragma once

#include "model/definition/templatecatalog.h"
#include "model/validation/problem.h"

#include <optional>
#include <QStringList>

namespace automation {

// A template with somebody's answers in it.
struct FilledTemplate
{
    QByteArray text; // of the definition; only what was answered differs from the template's
    JsonValue payload; // with the answers
    // For each question the problems at its places, as the validation words them, worst first; null when all is well.
    struct Finding
    {
        Problem::Severity severity = Problem::Severity::Error;
        QString message;
    };
    QList<std::optional<Finding>> findings;
    int otherProblems = 0; // that no answer can solve

    // The first question whose answer is missing or wrong; -1 when a document can be made.
    int firstError() const;
};

// What a message's field begins with: the text the template has there.
QString suggestedAnswer(const WorkflowTemplate &item, const TemplateQuestion &question);

// answers: one for each question. An empty one leaves what the template has, but for a message, which becomes empty. An
// answer is taken as it is, outer blanks excepted. Errors of a template that is no definition or whose questions do not
// fit it. Pure function, any thread.
Result<FilledTemplate> fillTemplate(const WorkflowTemplate &item, const QStringList &answers);

} // namespace automation
