#pragma once

#include "model/json/jsonpointer.h"

#include <QList>

namespace automation {

// What somebody who starts from a template has to say themselves, and where the answer goes. Value type.
struct TemplateQuestion
{
    QString label; // translated
    QString help; // translated, one sentence; may be empty
    QString example; // an answer of the right form; may be empty
    bool isMessage = false; // several lines; begins with what the template says
    // In the definition; each gets the answer. The member itself may be missing, what holds it is there.
    QList<JsonPointer> places;
    QList<JsonPointer> payloadPlaces; // the same in the payload
};

// A finished workflow to start from, with what it takes to rehearse it.
struct WorkflowTemplate
{
    QString id; // "auto-reply"; also the name of its file without the ending
    QString title; // translated
    QString sentence; // translated, what it does in a few words
    QByteArray definition; // the text of the definition file
    QString payloadName; // translated, what the payload stands for
    JsonValue payload; // starts an instance of it; null = unknown
    QList<TemplateQuestion> questions; // in the order they are asked
    QString file; // of the person's own templates: the definition file; else empty
};

// What stands beside a definition to make it a template: everything of it but id, definition and file. Fields of a
// wrong type are left out; InvalidArgument for questions that go nowhere. Texts are translated where a translation is
// known.
Result<WorkflowTemplate> readTemplateEntry(const JsonValue &entry);

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
