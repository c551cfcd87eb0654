#include "model/document/templatefolder.h"

#include "model/definition/templatequestions.h"
#include "model/document/atomicfile.h"
#include "model/json/jsonpatch.h"
#include "model/json/jsonreader.h"
#include "model/json/jsonwriter.h"

#include <algorithm>
#include <QCoreApplication>
#include <QDir>
#include <QFile>

namespace automation {

namespace {

constexpr qsizetype largestFile = qsizetype(16) * 1024 * 1024;
constexpr int mostTemplates = 200; // more is no gallery any more
constexpr qsizetype longestTitle = 120;
constexpr qsizetype longestName = 60; // of a file

const QString definitionEnding = u".json"_qs;
const QString aboutEnding = u".about.json"_qs;

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(TemplateFolder)
};

QString aboutFileOf(const QString &definitionFile)
{
    return definitionFile.chopped(definitionEnding.size()) + aboutEnding;
}

QString shortened(const QString &text)
{
    return text.left(4 * longestTitle).simplified().left(longestTitle);
}

Error inFile(const QString &path, const Error &error)
{
    Error named = error;
    if (!error.message.contains(path))
        named.message = Text::tr("“%1”: %2").arg(QDir::toNativeSeparators(path), error.message);
    return named;
}

Result<JsonValue> readFile(const QString &path, QByteArray *bytes)
{
    const Result<QByteArray> text = readWholeFile(path, largestFile);
    if (!text)
        return inFile(path, text.error());
    const Result<JsonValue> json = readJson(*text);
    if (!json)
        return inFile(path, json.error());
    *bytes = *text;
    return *json;
}

// What stands beside the definition; nothing of it when it cannot be used, and the reason in damaged.
WorkflowTemplate readAbout(const QString &path, QStringList &damaged)
{
    if (!QFile::exists(path))
        return {};
    QByteArray text;
    const Result<JsonValue> json = readFile(path, &text);
    if (!json) {
        damaged += json.error().message;
        return {};
    }
    const Result<WorkflowTemplate> item = readTemplateEntry(*json);
    if (!item) {
        damaged += inFile(path, item.error()).message;
        return {};
    }
    return *item;
}

// A question that goes nowhere would make the whole template useless.
bool fits(const QList<TemplateQuestion> &questions, const JsonValue &root)
{
    return std::all_of(questions.begin(), questions.end(), [&root](const TemplateQuestion &question) {
        return std::all_of(question.places.begin(), question.places.end(),
            [&root](const JsonPointer &place) { return place.parent().resolve(root) != nullptr; });
    });
}

Result<WorkflowTemplate> readTemplate(const QString &path, QStringList &damaged)
{
    QByteArray text;
    const Result<JsonValue> json = readFile(path, &text);
    if (!json)
        return json.error();
    const Result<WorkflowDefinition> definition = WorkflowDefinition::fromJson(*json);
    if (!definition)
        return inFile(path, definition.error());
    WorkflowTemplate item = readAbout(aboutFileOf(path), damaged);
    item.id = QFileInfo(path).fileName().chopped(definitionEnding.size());
    item.file = path;
    item.definition = text;
    item.title = shortened(item.title);
    if (item.title.isEmpty())
        item.title = shortened(definition->name());
    if (item.title.isEmpty())
        item.title = shortened(item.id);
    item.sentence = shortened(item.sentence);
    item.payloadName = shortened(item.payloadName);
    if (!fits(item.questions, *json)) {
        damaged += Text::tr("“%1” asks for what has no place in the definition; it is not asked.")
                       .arg(QDir::toNativeSeparators(aboutFileOf(path)));
        item.questions.clear();
    }
    if (item.questions.isEmpty())
        item.questions = questionsOf(*definition, DefinitionGraph::build(*definition, StepCatalog::builtIn()));
    return item;
}

} // namespace

OwnTemplates readTemplateFolder(const QString &folder)
{
    OwnTemplates own;
    const QDir directory(folder);
    const QStringList names = directory.entryList({u"*"_qs + definitionEnding},
        QDir::AllEntries | QDir::System | QDir::NoDotAndDotDot, QDir::Name | QDir::LocaleAware);
    for (const QString &name : names) {
        const QString path = directory.absoluteFilePath(name);
        if (name.endsWith(aboutEnding)) {
            const QString described = name.chopped(aboutEnding.size()) + definitionEnding;
            if (!names.contains(described))
                own.damaged += Text::tr("“%1” describes a template that is not there.").arg(name);
            continue;
        }
        if (own.templates.size() >= mostTemplates) {
            own.damaged += Text::tr("There are more than %1 templates; “%2” and what follows is not shown.")
                               .arg(mostTemplates)
                               .arg(name);
            break;
        }
        Result<WorkflowTemplate> item = readTemplate(path, own.damaged);
        if (item)
            own.templates += std::move(*item);
        else
            own.damaged += item.error().message;
    }
    std::stable_sort(own.templates.begin(), own.templates.end(),
        [](const WorkflowTemplate &a, const WorkflowTemplate &b) { return a.title.localeAwareCompare(b.title) < 0; });
    return own;
}

QString templateFileName(const QString &title)
{
    QString name;
    for (const QChar c : shortened(title).toLower()) {
        if (c.isLetterOrNumber())
            name += c;
        else if (!name.isEmpty() && !name.endsWith(u'-'))
            name += u'-';
    }
    name = name.left(longestName);
    while (name.endsWith(u'-'))
        name.chop(1);
    return name.isEmpty() ? u"template"_qs : name;
}

Result<void> saveTemplate(const QString &folder, const QString &title, const QString &sentence,
    const DocumentSnapshot &content, const QString &payloadName, const JsonValue &payload)
{
    if (std::none_of(title.begin(), title.end(), [](QChar c) { return c.isLetterOrNumber(); }))
        return Error {ErrorCode::InvalidArgument, Text::tr("A template needs a name with a letter or a digit.")};
    if (!QDir().mkpath(folder)) {
        return Error {
            ErrorCode::Unwritable, Text::tr("The folder “%1” cannot be made.").arg(QDir::toNativeSeparators(folder))};
    }
    // A copy is another definition, and must not start anything by being published (API reference §9: both spellings
    // of where id and version stand).
    JsonValue root = content.root;
    for (const QStringView member : {u"id", u"version", u"accountId", u"createdAt"})
        root.remove(member);
    if (const qsizetype place = root.indexOf(u"definition"); place >= 0 && root.at(place).isObject()) {
        for (const QStringView member : {u"id", u"version"}) {
            if (root.at(place).contains(member))
                root.mutableAt(place)->remove(member);
        }
    }
    root.set(u"status"_qs, JsonValue(u"disabled"_qs));
    const JsonValue about = JsonValue::object({{u"title"_qs, shortened(title)}, {u"sentence"_qs, shortened(sentence)},
        {u"payloadName"_qs, payloadName}, {u"payload"_qs, payload}});
    const QString path = QDir(folder).absoluteFilePath(templateFileName(title) + definitionEnding);
    const QByteArray text = patchJson(content.base.text, content.base.tree, root);
    if (const Result<void> written = writeFileAtomically(path, text); !written)
        return written.error();
    return writeFileAtomically(aboutFileOf(path), writeJson(about) + '\n');
}

Result<void> removeTemplate(const WorkflowTemplate &item)
{
    for (const QString &path : {item.file, aboutFileOf(item.file)}) {
        QFile file(path);
        if (file.exists() && !file.remove()) {
            return Error {ErrorCode::Unwritable,
                Text::tr("“%1” cannot be deleted: %2.").arg(QDir::toNativeSeparators(path), file.errorString())};
        }
    }
    return {};
}

} // namespace automation
