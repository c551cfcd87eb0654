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
        WorkflowTemplate item;
        item.id = entry.value(u"id").toString();
        item.title = translated(entry.value(u"title"));
        item.sentence = translated(entry.value(u"sentence"));
        item.payloadName = translated(entry.value(u"payloadName"));
        item.payload = entry.value(u"payload");
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
