#include "designer/inspector/stepdata.h"

#include <QActionGroup>
#include <QMenu>

namespace automation {

namespace {

// Where the choice is kept: with the document, for as long as it is open.
constexpr const char *choiceProperty = "automationSample";

constexpr qsizetype mostAtOnce = 500; // steps of which all can be known within a moment

QString instanceId()
{
    return QStringLiteral("instance");
}

JsonValue outputsOf(const WorkflowDefinition &definition, const GraphNode &node)
{
    const JsonValue *step = node.isTrigger ? nullptr : node.pointer.resolve(definition.root());
    return step ? StepView(*step).outputs() : JsonValue();
}

QHash<QString, JsonValue> allOutputs(const WorkflowDefinition &definition, const DefinitionGraph &graph)
{
    QHash<QString, JsonValue> outputs;
    for (const GraphNode &node : graph.nodes()) {
        if (const JsonValue written = outputsOf(definition, node); !written.isNull())
            outputs.insert(node.key, written);
    }
    return outputs;
}

JsonValue inputsOf(const WorkflowDocument &document, const GraphNode &node)
{
    const JsonValue *step = node.pointer.resolve(document.definition().root());
    return step ? step->value(u"inputs") : JsonValue();
}

QString placeOf(const QString &key, DataRead::When when)
{
    return (when == DataRead::When::Leaving ? u'>' : u'=') + key;
}

} // namespace

StepData::StepData(QObject *parent)
    : QObject(parent)
{
}

StepData::~StepData() = default;

void StepData::setDocument(WorkflowDocument *document)
{
    if (m_document == document)
        return;
    if (m_document)
        m_document->disconnect(this);
    m_document = document;
    m_instanceName.clear();
    m_instance = {};
    if (m_document)
        connect(m_document, &WorkflowDocument::changed, this, &StepData::documentChanged);
    forget();
}

void StepData::forget()
{
    ++m_generation;
    m_model.reset();
    m_outputs.clear();
    m_known.clear();
    Q_EMIT changed();
}

void StepData::documentChanged(const DocumentChange &change)
{
    if (change.everything || change.structureChanged || change.triggerChanged || touchesOutputs(change))
        forget();
}

// Whatever else changes in a step, in its texts for instance, changes nothing for the data.
bool StepData::touchesOutputs(const DocumentChange &change) const
{
    if (!m_model)
        return false;
    return std::any_of(change.stepKeys.begin(), change.stepKeys.end(), [this](const QString &key) {
        const int index = m_document->graph().indexOfKey(key);
        const JsonValue now
            = index < 0 ? JsonValue() : outputsOf(m_document->definition(), m_document->graph().nodes().at(index));
        return m_outputs.value(key) != now;
    });
}

const DataAtSteps &StepData::model()
{
    if (!m_model)
        m_work.wait(); // it may be made just now
    if (!m_model) {
        m_model = std::make_shared<const DataAtSteps>(m_document->definition(), m_document->graph());
        m_outputs = allOutputs(m_document->definition(), m_document->graph());
    }
    return *m_model;
}

// Whether all is known to answer at once, or is found within a moment.
bool StepData::prepare(const QString &key, DataRead::When when)
{
    const int index = m_document ? m_document->graph().indexOfKey(key) : -1;
    if (index < 0 || m_document->graph().stepCount() <= mostAtOnce || m_known.contains(placeOf(key, when)))
        return true;
    if (m_work.isRunning())
        return false; // changed() comes then, too
    m_work.start(
        [this, definition = m_document->definition(), graph = m_document->graph(), model = m_model, outputs = m_outputs,
            index, when, place = placeOf(key, when), generation = m_generation]() mutable -> BackgroundWork::Finish {
            if (!model) {
                model = std::make_shared<const DataAtSteps>(definition, graph);
                outputs = allOutputs(definition, graph);
            }
            return [this, model, outputs, place, generation, available = model->at(index, when)] {
                if (generation == m_generation) {
                    m_model = model;
                    m_outputs = outputs;
                    m_known.insert(place, {available, std::nullopt});
                }
                // Who waited for it may be in the middle of something.
                QMetaObject::invokeMethod(this, &StepData::changed, Qt::QueuedConnection);
            };
        });
    return false;
}

QList<AvailableData> StepData::available(const QString &key, DataRead::When when)
{
    if (!m_document || m_document->graph().indexOfKey(key) < 0)
        return {};
    const QString place = placeOf(key, when);
    if (!m_known.contains(place))
        m_work.wait(); // it may be looked for just now
    auto known = m_known.find(place);
    if (known == m_known.end())
        known = m_known.insert(place, {model().at(m_document->graph().indexOfKey(key), when), std::nullopt});
    return known->available;
}

QList<StepData::Source> StepData::sources() const
{
    QList<Source> sources;
    if (!m_document)
        return sources;
    using Kind = Source::Kind;
    const StepType *trigger = m_document->graph().nodes().first().type;
    for (qsizetype i = 0; trigger && i < trigger->payloads.size(); ++i) {
        const auto &[name, payload] = trigger->payloads.at(i);
        sources.append({QStringLiteral("payload:") + name, name, payload, Kind::Trigger, false});
    }
    if (sources.isEmpty()) {
        sources.append(
            {QStringLiteral("none"), tr("nothing from the trigger"), JsonValue::object(), Kind::Trigger, false});
    }
    const QString triggerName = trigger ? trigger->name : m_document->definition().trigger();
    for (const SavedSample &sample : m_saved) {
        if (sample.trigger == triggerName) {
            sources.append({savedSourceId(sample.id), tr("saved “%1”").arg(sample.name), sample.data, Kind::Saved,
                sample.isContext});
        }
    }
    if (!m_instanceName.isEmpty())
        sources.append({instanceId(), m_instanceName, m_instance, Kind::Instance, true});
    return sources;
}

StepData::Source StepData::source() const
{
    const QList<Source> all = sources();
    const QString wanted = m_document ? m_document->property(choiceProperty).toString() : QString();
    for (const Source &source : all) {
        if (source.id == wanted)
            return source;
    }
    return all.value(0);
}

void StepData::chooseSource(const QString &id)
{
    if (!m_document || m_document->property(choiceProperty).toString() == id)
        return;
    m_document->setProperty(choiceProperty, id);
    sourcesChanged();
}

QString StepData::savedSourceId(const QString &sampleId)
{
    return QStringLiteral("saved:") + sampleId;
}

void StepData::setSavedSamples(const QList<SavedSample> &samples)
{
    if (samples == m_saved)
        return;
    m_saved = samples;
    sourcesChanged();
}

void StepData::setInstance(const QString &name, const JsonValue &context)
{
    if (name == m_instanceName && context == m_instance)
        return;
    m_instanceName = name;
    m_instance = context;
    sourcesChanged();
}

void StepData::sourcesChanged()
{
    for (Known &known : m_known)
        known.sample.reset();
    Q_EMIT changed();
}

QMenu *StepData::createSourceMenu(QWidget *parent)
{
    auto *menu = new QMenu(parent);
    menu->setAccessibleName(tr("Example to show results with"));
    auto *group = new QActionGroup(menu);
    const QString chosen = source().id;
    Source::Kind kind = Source::Kind::Trigger;
    for (const Source &each : sources()) {
        if (each.kind != kind)
            menu->addSeparator();
        kind = each.kind;
        QString text = each.name;
        QAction *action = menu->addAction(text.replace(u'&', QLatin1StringView("&&")));
        action->setCheckable(true);
        action->setChecked(each.id == chosen);
        group->addAction(action);
        connect(action, &QAction::triggered, this, [this, id = each.id] { chooseSource(id); });
    }
    menu->addSeparator();
    connect(menu->addAction(tr("Edit Samples…")), &QAction::triggered, this, &StepData::samplesRequested);
    return menu;
}

StepData::Sample StepData::sample(const QString &key, DataRead::When when)
{
    available(key, when); // makes the entry
    const auto known = m_known.find(placeOf(key, when));
    if (known == m_known.end())
        return {};
    if (!known->sample)
        known->sample = makeSample(key, when);
    return *known->sample;
}

StepData::Sample StepData::sampleSoon(const QString &key, DataRead::When when)
{
    if (prepare(key, when))
        return sample(key, when);
    Sample pending;
    pending.isPending = true;
    return pending;
}

StepData::Sample StepData::makeSample(const QString &key, DataRead::When when)
{
    const QList<AvailableData> data = available(key, when);
    const Source chosen = source();
    Sample sample;
    sample.source = chosen.name;
    const GraphNode &node = m_document->graph().nodes().at(m_document->graph().indexOfKey(key));
    if (when == DataRead::When::Leaving && node.type) {
        sample.step = sampleAnswer(*node.type, inputsOf(*m_document, node));
        for (const OfferedOutput &output : node.type->outputs) {
            if (!sample.step.contains(output.name))
                sample.unknown += QStringLiteral("step.") + output.name;
        }
    }
    const auto addUnknown = [&sample](const QStringList &variables) {
        for (const QString &variable : variables)
            sample.unknown += QStringLiteral("data.") + variable;
    };
    if (chosen.isContext) {
        sample.data = chosen.data;
        addUnknown(missingIn(data, chosen.data));
        return sample;
    }
    SampleData made = sampleData(data, chosen.data);
    sample.data = made.data;
    addUnknown(made.unknown);
    for (const SampleData::Computed &computed : std::as_const(made.computed))
        sample.before.append({computed.variable, computed.written, computed.answer});
    return sample;
}

} // namespace automation
