#include "model/document/samplefolder.h"

#include "model/document/atomicfile.h"
#include "model/document/templatefolder.h"
#include "model/json/jsonreader.h"
#include "model/json/jsonwriter.h"

#include <algorithm>
#include <QCoreApplication>
#include <QDir>
#include <QFile>

namespace automation {

namespace {

constexpr qsizetype largestFile = qsizetype(16) * 1024 * 1024;
constexpr int mostSamples = 500; // more cannot be chosen from any more
constexpr qsizetype longestName = 80;

const QString ending = u".json"_qs;

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(SampleFolder)
};

bool isName(const QString &name)
{
    return std::any_of(name.begin(), name.end(), [](QChar c) { return c.isLetterOrNumber(); });
}

// The id becomes part of a path: nothing that leads out of the folder.
bool isId(const QString &id)
{
    return !id.isEmpty() && !id.contains(u'/') && !id.contains(u'\\') && !id.startsWith(u'.');
}

Result<SavedSample> readSample(const QString &path)
{
    const auto inFile = [&path](const QString &why) {
        return Error {ErrorCode::Unreadable, Text::tr("“%1”: %2").arg(QDir::toNativeSeparators(path), why)};
    };
    const Result<QByteArray> text = readWholeFile(path, largestFile);
    if (!text)
        return text.error();
    const Result<JsonValue> json = readJson(*text);
    if (!json)
        return inFile(json.error().message);
    SavedSample sample;
    sample.id = QFileInfo(path).fileName().chopped(ending.size());
    sample.name = sampleName(json->value(u"name").toString());
    if (sample.name.isEmpty())
        sample.name = sampleName(sample.id);
    sample.trigger = json->value(u"trigger").toString();
    sample.isContext = json->value(u"holds").toString() == u"context";
    sample.data = json->value(u"data");
    if (!sample.data.isObject())
        return inFile(Text::tr("Its “data” is no object."));
    return sample;
}

} // namespace

SavedSamples readSampleFolder(const QString &folder)
{
    SavedSamples saved;
    const QDir directory(folder);
    const QStringList names = directory.entryList(
        {u"*"_qs + ending}, QDir::AllEntries | QDir::System | QDir::NoDotAndDotDot, QDir::Name | QDir::LocaleAware);
    for (const QString &name : names) {
        if (saved.samples.size() >= mostSamples) {
            saved.damaged += Text::tr("There are more than %1 samples; “%2” and what follows is not offered.")
                                 .arg(mostSamples)
                                 .arg(name);
            break;
        }
        Result<SavedSample> sample = readSample(directory.absoluteFilePath(name));
        if (sample)
            saved.samples += std::move(*sample);
        else
            saved.damaged += sample.error().message;
    }
    std::stable_sort(saved.samples.begin(), saved.samples.end(),
        [](const SavedSample &a, const SavedSample &b) { return a.name.localeAwareCompare(b.name) < 0; });
    return saved;
}

Result<SavedSample> saveSample(const QString &folder, const SavedSample &sample)
{
    SavedSample saved = sample;
    saved.name = sampleName(sample.name);
    if (!isName(saved.name))
        return Error {ErrorCode::InvalidArgument, Text::tr("A sample needs a name with a letter or a digit.")};
    const QDir directory(folder);
    if (!directory.exists()) {
        if (!QDir().mkpath(folder)) {
            return Error {ErrorCode::Unwritable,
                Text::tr("The folder “%1” cannot be made.").arg(QDir::toNativeSeparators(folder))};
        }
        // Messages of real people are nobody else's business.
        QFile::setPermissions(folder, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    }
    if (!isId(saved.id)) {
        const QString base = templateFileName(saved.name);
        saved.id = base;
        for (int number = 2; QFileInfo::exists(directory.absoluteFilePath(saved.id + ending)); ++number)
            saved.id = u"%1-%2"_qs.arg(base).arg(number);
    }
    const JsonValue json = JsonValue::object({{u"name"_qs, saved.name}, {u"trigger"_qs, saved.trigger},
        {u"holds"_qs, saved.isContext ? u"context"_qs : u"payload"_qs}, {u"data"_qs, saved.data}});
    const Result<void> written
        = writeFileAtomically(directory.absoluteFilePath(saved.id + ending), writeJson(json) + '\n');
    if (!written)
        return written.error();
    return saved;
}

Result<void> removeSample(const QString &folder, const QString &id)
{
    if (!isId(id))
        return Error {ErrorCode::InvalidArgument, Text::tr("“%1” is no sample.").arg(id)};
    QFile file(QDir(folder).absoluteFilePath(id + ending));
    if (file.exists() && !file.remove()) {
        return Error {ErrorCode::Unwritable,
            Text::tr("“%1” cannot be deleted: %2.").arg(QDir::toNativeSeparators(file.fileName()), file.errorString())};
    }
    return {};
}

Result<JsonValue> readSampleData(const QString &text)
{
    Result<JsonValue> json = readJson(text.toUtf8());
    if (json && !json->isObject())
        return Error {ErrorCode::NotJson, Text::tr("Line 1, column 1: a sample is an object, from { to }."), 1, 1};
    return json;
}

QString sampleName(const QString &typed)
{
    return typed.left(4 * longestName).simplified().left(longestName).trimmed();
}

} // namespace automation
