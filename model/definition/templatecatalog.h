#pragma once

#include "model/json/jsonvalue.h"
#include "model/json/result.h"

#include <QList>

namespace automation {

// A finished workflow to start from, with what it takes to rehearse it.
struct WorkflowTemplate
{
    QString id; // "auto-reply"; also the name of its file without the ending
    QString title; // translated
    QString sentence; // translated, what it does in a few words
    QByteArray definition; // the text of the definition file
    QString payloadName; // translated, what the payload stands for
    JsonValue payload; // starts an instance of it
};

// The workflows shipped with the program. Immutable after loading, so safe to share between threads.
class TemplateCatalog
{
public:
    // The templates of the welcome page (resources/templates). Loaded once; a broken resource is a bug and terminates.
    static const TemplateCatalog &builtIn();
    // The workflows the program shows itself with (resources/samples).
    static const TemplateCatalog &samples();
    // From a folder with an index.json; Unreadable, NotJson or InvalidArgument with the file's name otherwise.
    static Result<TemplateCatalog> load(const QString &directory);

    const QList<WorkflowTemplate> &templates() const { return m_templates; } // in the order they are offered
    const WorkflowTemplate *find(QStringView id) const; // nullptr when unknown

private:
    QList<WorkflowTemplate> m_templates;
};

} // namespace automation
