#include "model/definition/stepcatalog.h"

#include "model/json/jsonreader.h"
#include "model/json/jsontextview.h"

#include <algorithm>
#include <cstring>
#include <QCoreApplication>
#include <QDir>
#include <QFile>

// Q_INIT_RESOURCE must stand outside any namespace.
static void initStepResources()
{
    Q_INIT_RESOURCE(automation_steps);
}

namespace automation {

namespace {

// The files hold English source texts; the context is that of the catalogue.
QString translated(const JsonValue &text)
{
    const QByteArray source = text.toString().toUtf8();
    return source.isEmpty() ? QString() : QCoreApplication::translate("StepCatalog", source.constData());
}

template <typename T, size_t N>
bool readWord(const JsonValue &value, const std::pair<QLatin1StringView, T> (&words)[N], T *result)
{
    const QString word = value.toString();
    for (const auto &[name, meaning] : words) {
        if (word == name) {
            *result = meaning;
            return true;
        }
    }
    return false;
}

using Editor = InputField::Editor;
constexpr std::pair<QLatin1StringView, Editor> editorWords[] = {
    {QLatin1StringView("text"), Editor::Text},
    {QLatin1StringView("multiline"), Editor::MultilineText},
    {QLatin1StringView("expression"), Editor::Expression},
    {QLatin1StringView("phone"), Editor::PhoneNumber},
    {QLatin1StringView("url"), Editor::Url},
    {QLatin1StringView("duration"), Editor::Duration},
    {QLatin1StringView("integer"), Editor::Integer},
    {QLatin1StringView("number"), Editor::Number},
    {QLatin1StringView("choice"), Editor::Choice},
    {QLatin1StringView("keyvalue"), Editor::KeyValue},
    {QLatin1StringView("list"), Editor::List},
    {QLatin1StringView("content"), Editor::Content},
    {QLatin1StringView("json"), Editor::Json},
};
using Outcomes = StepType::Outcomes;
constexpr std::pair<QLatin1StringView, Outcomes> outcomeWords[] = {
    {QLatin1StringView("single"), Outcomes::Single},
    {QLatin1StringView("fixed"), Outcomes::Fixed},
    {QLatin1StringView("conditions"), Outcomes::Conditions},
    {QLatin1StringView("container"), Outcomes::Container},
};
using Tone = OutcomeTemplate::Tone;
constexpr std::pair<QLatin1StringView, Tone> toneWords[] = {
    {QLatin1StringView("neutral"), Tone::Neutral},
    {QLatin1StringView("positive"), Tone::Positive},
    {QLatin1StringView("negative"), Tone::Negative},
};

QList<InputField::Condition> readConditions(const JsonValue &json)
{
    QList<InputField::Condition> conditions;
    for (qsizetype i = 0; i < json.size(); ++i) {
        InputField::Condition condition {json.keyAt(i), json.keyAt(i).split(u'.'), {}, -1};
        for (qsizetype k = 0; k < json.at(i).size(); ++k)
            condition.values += json.at(i).at(k).toString();
        conditions += condition;
    }
    return conditions;
}

QString readInputs(const JsonValue &json, const QList<InputField::Condition> &when, QList<InputField> *inputs);

bool readInput(const JsonValue &json, InputField *field)
{
    field->name = json.value(u"name").toString();
    field->keys = field->name.split(u'.');
    field->label = translated(json.value(u"label"));
    field->help = translated(json.value(u"help"));
    field->placeholder = json.value(u"placeholder").toString();
    field->required = json.value(u"required").toBool();
    field->defaultValue = json.value(u"default");
    field->openChoices = json.value(u"openChoices").toBool();
    field->anyCase = json.value(u"anyCase").toBool();
    field->isSms = json.value(u"sms").toBool();
    field->itemLabel = translated(json.value(u"itemLabel"));
    field->newItem = json.value(u"newItem");
    if (!readInputs(json.value(u"items"), {}, &field->items).isEmpty())
        return false;
    const JsonValue &choices = json.value(u"choices");
    for (qsizetype i = 0; i < choices.size(); ++i)
        field->choices += choices.at(i).toString();
    return !field->name.isEmpty() && readWord(json.value(u"editor"), editorWords, &field->editor);
}

// Inputs, and groups of inputs that have a meaning under the same conditions. The error is the part that is wrong;
// empty = read.
QString readInputs(const JsonValue &json, const QList<InputField::Condition> &when, QList<InputField> *inputs)
{
    for (qsizetype i = 0; i < json.size(); ++i) {
        const JsonValue &entry = json.at(i);
        if (!when.isEmpty() && entry.contains(u"when"))
            return QStringLiteral("%1/when").arg(i); // one in another has no use so far
        if (entry.contains(u"inputs")) {
            const QString wrong = readInputs(entry.value(u"inputs"), readConditions(entry.value(u"when")), inputs);
            if (!wrong.isEmpty())
                return QStringLiteral("%1/%2").arg(i).arg(wrong);
            continue;
        }
        InputField field;
        if (!readInput(entry, &field))
            return QString::number(i);
        field.when = entry.contains(u"when") ? readConditions(entry.value(u"when")) : when;
        for (const InputField &other : std::as_const(*inputs)) {
            field.group = std::max(field.group, other.group + 1);
            if (other.when == field.when) {
                field.group = other.group;
                break;
            }
        }
        if (field.when.isEmpty())
            field.group = 0;
        else
            field.group = std::max(field.group, 1);
        *inputs += field;
    }
    return {};
}

StepType::Role roleOf(QStringView name)
{
    using Role = StepType::Role;
    return name == u"VoiceMessage" ? Role::VoiceMessage
        : name == u"WaitForReply"  ? Role::WaitForReply
        : name == u"WaitForDTMF"   ? Role::WaitForKeys
                                   : Role::Other;
}

// The error is the part of the file that is wrong; empty = read.
QString readType(const JsonValue &json, StepType *type)
{
    type->name = json.value(u"name").toString();
    type->label = translated(json.value(u"label"));
    type->description = translated(json.value(u"description"));
    type->category = json.value(u"category").toString();
    type->icon = json.value(u"icon").toString();
    type->summary = translated(json.value(u"summary"));
    type->idPrefix = json.value(u"idPrefix").toString();
    type->newInputs = json.value(u"newInputs");
    const QString kind = json.value(u"kind").toString();
    type->isTrigger = kind == u"trigger";
    if (type->name.isEmpty())
        return QStringLiteral("name");
    if (kind != u"trigger" && kind != u"step")
        return QStringLiteral("kind");
    if (!type->isTrigger && !readWord(json.value(u"outcomes"), outcomeWords, &type->outcomes))
        return QStringLiteral("outcomes");

    const JsonValue &templates = json.value(u"outcomeTemplates");
    for (qsizetype i = 0; i < templates.size(); ++i) {
        const JsonValue &from = templates.at(i);
        OutcomeTemplate to;
        to.key = from.value(u"key").toString();
        to.label = translated(from.value(u"label"));
        to.condition = from.value(u"condition").toString();
        if (to.key.isEmpty() || !readWord(from.value(u"tone"), toneWords, &to.tone))
            return QStringLiteral("outcomeTemplates/%1").arg(i);
        type->outcomeTemplates += to;
    }
    if (const QString wrong = readInputs(json.value(u"inputs"), {}, &type->inputs); !wrong.isEmpty())
        return QStringLiteral("inputs/%1").arg(wrong);
    for (InputField &field : type->inputs)
        field.keyNumber = type->inputKeys.add(field.keys.first());
    for (InputField &field : type->inputs) {
        for (InputField::Condition &condition : field.when) {
            if ((condition.keyNumber = type->inputKeys.find(condition.keys.first())) < 0)
                return QStringLiteral("inputs/when");
        }
    }
    type->role = roleOf(type->name);
    type->waits = type->category == u"wait";
    type->hasHeaders = type->input(u"headers") != nullptr;
    type->hasSchedule = type->input(u"scheduled") != nullptr;
    const JsonValue &outputs = json.value(u"outputs");
    for (qsizetype i = 0; i < outputs.size(); ++i) {
        const JsonValue &from = outputs.at(i);
        type->outputs += OfferedOutput {
            from.value(u"name").toString(), from.value(u"type").toString(), translated(from.value(u"help"))};
    }
    const JsonValue &payloads = json.value(u"payloads");
    for (qsizetype i = 0; i < payloads.size(); ++i)
        type->payloads += {translated(payloads.at(i).value(u"name")), payloads.at(i).value(u"data")};
    return {};
}

const JsonValue *findByKeys(const JsonValue &inputs, const QStringList &keys)
{
    const JsonValue *value = &inputs;
    for (qsizetype i = 0; value && i < keys.size(); ++i)
        value = value->find(QStringView(keys.at(i)));
    return value;
}

const StepType *findType(const QList<StepType> &types, QStringView name)
{
    // Nearly always it is written as it should be; comparing without case costs ten times as much.
    for (const StepType &type : types) {
        if (name == type.name)
            return &type;
    }
    const QStringView wanted = name.trimmed();
    for (const StepType &type : types) {
        if (wanted.compare(type.name, Qt::CaseInsensitive) == 0)
            return &type;
    }
    return nullptr;
}

} // namespace

const JsonValue *InputField::find(const JsonValue &inputs) const
{
    return findByKeys(inputs, keys);
}

bool InputField::isMeant(const JsonValue &inputs) const
{
    static const JsonValue none;
    return std::all_of(when.begin(), when.end(), [&inputs](const Condition &condition) {
        const JsonValue *value = findByKeys(inputs, condition.keys);
        const JsonTextView word(value ? *value : none);
        return std::any_of(condition.values.begin(), condition.values.end(),
            [&word](const QString &wanted) { return word.isWord(wanted); });
    });
}

size_t InputKeys::placeOf(const QString &key) const
{
    const size_t mask = m_table.size() - 1;
    const size_t hash = key.isEmpty() ? 0 : size_t(key.size()) * 31 + key.front().unicode() * 7 + key.back().unicode();
    size_t place = hash & mask;
    while (m_table[place] >= 0) {
        const QString &other = m_keys.at(m_table[place]);
        if (other.size() == key.size()
            && std::memcmp(other.constData(), key.constData(), size_t(key.size()) * sizeof(QChar)) == 0)
            break;
        place = (place + 1) & mask;
    }
    return place;
}

int InputKeys::add(const QString &key)
{
    if (const int known = find(key); known >= 0)
        return known;
    m_keys += key;
    if (2 * size_t(count()) > m_table.size()) {
        constexpr size_t least = 32;
        m_table = std::vector<qint32>(std::max(least, 2 * m_table.size()), -1);
        for (int number = 0; number < count() - 1; ++number)
            m_table[placeOf(m_keys.at(number))] = number;
    }
    m_table[placeOf(key)] = count() - 1;
    return count() - 1;
}

const InputField *StepType::input(QStringView inputName) const
{
    for (const InputField &field : inputs) {
        if (field.name == inputName)
            return &field;
    }
    return nullptr;
}

const StepCatalog &StepCatalog::builtIn()
{
    static const StepCatalog catalog = [] {
        initStepResources();
        Result<StepCatalog> loaded = load(QStringLiteral(":/automation/steps"));
        if (!loaded)
            qFatal("The built-in step catalogue is broken: %s", qUtf8Printable(loaded.error().message));
        return std::move(loaded.value());
    }();
    return catalog;
}

Result<StepCatalog> StepCatalog::load(const QString &directory)
{
    StepCatalog catalog;
    const QDir folder(directory);
    const QStringList names = folder.entryList({QStringLiteral("*.json")}, QDir::Files, QDir::Name);
    for (const QString &name : names) {
        QFile file(folder.filePath(name));
        if (!file.open(QIODevice::ReadOnly)) {
            return Error {ErrorCode::Unreadable,
                QCoreApplication::translate("StepCatalog", "%1 cannot be read: %2")
                    .arg(file.fileName(), file.errorString())};
        }
        const Result<JsonValue> json = readJson(file.readAll());
        if (!json) {
            Error error = json.error();
            error.message = QStringLiteral("%1: %2").arg(file.fileName(), error.message);
            return error;
        }
        StepType type;
        if (const QString wrong = readType(*json, &type); !wrong.isEmpty()) {
            return Error {ErrorCode::InvalidArgument,
                QCoreApplication::translate("StepCatalog", "%1 describes no step type: \"%2\" is missing or wrong.")
                    .arg(file.fileName(), wrong)};
        }
        QList<StepType> &types = type.isTrigger ? catalog.m_triggers : catalog.m_steps;
        if (findType(types, type.name)) {
            return Error {ErrorCode::InvalidArgument,
                QCoreApplication::translate("StepCatalog", "%1 describes \"%2\" a second time.")
                    .arg(file.fileName(), type.name)};
        }
        types += std::move(type);
    }
    if (catalog.m_steps.isEmpty() || catalog.m_triggers.isEmpty()) {
        return Error {ErrorCode::Unreadable,
            QCoreApplication::translate("StepCatalog", "%1 holds no step types.").arg(directory)};
    }
    return catalog;
}

const StepType *StepCatalog::step(QStringView name) const
{
    return findType(m_steps, name);
}

const StepType *StepCatalog::trigger(QStringView name) const
{
    return findType(m_triggers, name);
}

} // namespace automation
