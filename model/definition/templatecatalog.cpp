#include "model/definition/templatecatalog.h"

#include "model/json/jsonreader.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>

// Q_INIT_RESOURCE must stand outside any namespace.
static void initTemplateResources()
{
    Q_INIT_RESOURCE(automation_templates);
}

namespace automation {

namespace {

QString translated(const JsonValue &text)
{
    const QByteArray source = text.toString().toUtf8();
    return source.isEmpty() ? QString() : QCoreApplication::translate("TemplateCatalog", source.constData());
}

Result<QList<JsonPointer>> readPlaces(const JsonValue &list)
{
    QList<JsonPointer> places;
    for (qsizetype i = 0; i < list.size(); ++i) {
        const Result<JsonPointer> place = JsonPointer::parse(list.at(i).toString());
        if (!place)
            return place.error();
        if (place->isRoot()) {
            return Error {ErrorCode::InvalidArgument,
                QCoreApplication::translate("TemplateCatalog", "An answer cannot be the whole definition.")};
        }
        places += *place;
    }
    return places;
}

Result<QByteArray> readFile(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        return Error {ErrorCode::Unreadable,
            QCoreApplication::translate("TemplateCatalog", "%1 cannot be read: %2").arg(path, file.errorString())};
    }
    return file.readAll();
}

TemplateCatalog loadBuiltIn(const QString &directory)
{
    initTemplateResources();
    Result<TemplateCatalog> loaded = TemplateCatalog::load(directory);
    if (!loaded)
        qFatal("The built-in templates are broken: %s", qUtf8Printable(loaded.error().message));
    return std::move(loaded.value());
}

} // namespace

Result<WorkflowTemplate> readTemplateEntry(const JsonValue &entry)
{
    WorkflowTemplate item;
    item.title = translated(entry.value(u"title"));
    item.sentence = translated(entry.value(u"sentence"));
    item.payloadName = translated(entry.value(u"payloadName"));
    item.payload = entry.value(u"payload");
    const JsonValue &questions = entry.value(u"questions");
    for (qsizetype i = 0; i < questions.size(); ++i) {
        const JsonValue &asked = questions.at(i);
        TemplateQuestion question;
        question.label = translated(asked.value(u"label"));
        question.help = translated(asked.value(u"help"));
        question.example = asked.value(u"example").toString();
        question.isMessage = asked.value(u"kind").toString() == u"message";
        const Result<QList<JsonPointer>> places = readPlaces(asked.value(u"places"));
        const Result<QList<JsonPointer>> payloadPlaces = readPlaces(asked.value(u"payloadPlaces"));
        if (!places)
            return places.error();
        if (!payloadPlaces)
            return payloadPlaces.error();
        if (question.label.isEmpty() || places->isEmpty()) {
            return Error {ErrorCode::InvalidArgument,
                QCoreApplication::translate("TemplateCatalog", "Question %1 has no label or its answer goes nowhere.")
                    .arg(i + 1)};
        }
        question.places = *places;
        question.payloadPlaces = *payloadPlaces;
        item.questions += std::move(question);
    }
    return item;
}

const TemplateCatalog &TemplateCatalog::builtIn()
{
    static const TemplateCatalog catalog = loadBuiltIn(QStringLiteral(":/automation/templates"));
    return catalog;
}

const TemplateCatalog &TemplateCatalog::samples()
{
    static const TemplateCatalog catalog = loadBuiltIn(QStringLiteral(":/automation/samples"));
    return catalog;
}

Result<TemplateCatalog> TemplateCatalog::load(const QString &directory)
{
    const QDir folder(directory);
    const QString indexPath = folder.filePath(QStringLiteral("index.json"));
    const Result<QByteArray> indexText = readFile(indexPath);
    if (!indexText)
        return indexText.error();
    const Result<JsonValue> index = readJson(*indexText);
    if (!index) {
        Error error = index.error();
        error.message = QStringLiteral("%1: %2").arg(indexPath, error.message);
        return error;
    }
    TemplateCatalog catalog;
    for (qsizetype i = 0; i < index->size(); ++i) {
        const JsonValue &entry = index->at(i);
        Result<WorkflowTemplate> read = readTemplateEntry(entry);
        if (!read) {
            Error error = read.error();
            error.message = QStringLiteral("%1: %2").arg(indexPath, error.message);
            return error;
        }
        WorkflowTemplate &item = *read;
        item.id = entry.value(u"id").toString();
        // The id is a file name here: nothing that leads out of the folder.
        if (item.id.isEmpty() || item.id.contains(u'/') || item.title.isEmpty() || catalog.find(item.id)) {
            return Error {ErrorCode::InvalidArgument,
                QCoreApplication::translate("TemplateCatalog", "%1: entry %2 has no id of its own or no title.")
                    .arg(indexPath)
                    .arg(i + 1)};
        }
        const Result<QByteArray> definition = readFile(folder.filePath(item.id + QStringLiteral(".json")));
        if (!definition)
            return definition.error();
        item.definition = *definition;
        catalog.m_templates += std::move(item);
    }
    return catalog;
}

const WorkflowTemplate *TemplateCatalog::find(QStringView id) const
{
    for (const WorkflowTemplate &item : m_templates) {
        if (item.id == id)
            return &item;
    }
    return nullptr;
}

} // namespace automation
