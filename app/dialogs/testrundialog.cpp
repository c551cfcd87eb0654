#include "app/dialogs/testrundialog.h"

#include "app/dialogs/dialogsize.h"
#include "app/dialogs/samplesdialog.h"
#include "app/settings/samplestore.h"
#include "app/views/codeview.h"
#include "designer/drawing/theme.h"
#include "designer/style/applicationstyle.h"
#include "model/document/workflowdocument.h"
#include "model/json/jsonpointer.h"
#include "model/json/jsonreader.h"
#include "model/json/jsonwriter.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QLabel>
#include <QPushButton>
#include <QShortcut>
#include <QVBoxLayout>

namespace automation {

TestRunDialog::TestRunDialog(const WorkflowDocument &document, const QString &publishText, SampleStore *samples,
    const Theme &theme, QWidget *parent)
    : QDialog(parent)
    , m_samples(samples)
    , m_trigger(document.definition().trigger())
    , m_triggerLabel(m_trigger)
    , m_source(new QComboBox)
    , m_saveAs(new QPushButton(tr("&Save as sample…")))
    , m_code(new CodeView(tr("Payload")))
    , m_status(new QLabel)
    , m_publishFirst(new QCheckBox(publishText))
    , m_publishNote(new QLabel)
    , m_run(nullptr)
{
    if (const StepType *trigger = document.catalog().trigger(m_trigger)) {
        m_trigger = trigger->name;
        m_triggerLabel = trigger->label;
        for (const auto &[name, example] : trigger->payloads) {
            JsonValue payload = example;
            // The example comes to the subaccount the workflow listens on.
            const JsonPointer subAccount(QStringList {u"payload"_qs, u"subAccountId"_qs});
            const QString listensOn = document.definition().subAccountId();
            if (JsonValue *place = subAccount.resolve(payload); place && !listensOn.isEmpty())
                *place = JsonValue(listensOn);
            m_examples.append({name, payload, {}});
        }
    }
    if (m_examples.isEmpty())
        m_examples.append({tr("Empty object"), JsonValue::object(), {}});
    build(publishText, theme);
    connect(m_source, &QComboBox::activated, this, [this](int row) { choose(m_sources.value(row)); });
    connect(m_saveAs, &QPushButton::clicked, this, &TestRunDialog::saveAsSample);
    connect(m_code, &QsciScintilla::textChanged, this, &TestRunDialog::check);
    connect(m_samples, &SampleStore::changed, this, &TestRunDialog::listSources);
    choose(m_examples.first());
    m_samples->read(); // another window may have saved some
}

void TestRunDialog::build(const QString &publishText, const Theme &theme)
{
    setWindowTitle(tr("Test run"));
    setObjectName(u"testRunDialog"_qs);
    resizeWithinScreen(*this, {640, 600});
    auto *intro = new QLabel(
        tr("Starts one instance with this payload, as the trigger would. It becomes the workflow's data."));
    intro->setWordWrap(true);
    intro->setProperty("textRole", u"muted"_qs);
    m_source->setObjectName(u"payloadSource"_qs);
    m_source->setAccessibleName(tr("Where the payload comes from"));
    m_source->setPlaceholderText(tr("The payload below"));
    m_source->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_saveAs->setObjectName(u"saveAsSample"_qs);
    m_saveAs->setToolTip(tr("Keeps this payload for you on this computer, to be chosen here and shown with results"));
    m_saveAs->setAutoDefault(false);
    m_code->setObjectName(u"payload"_qs);
    m_code->setJson();
    m_code->setTheme(theme);
    m_status->setTextFormat(Qt::PlainText);
    m_status->setWordWrap(true);
    m_status->setProperty("textRole", u"error"_qs);
    m_publishFirst->setVisible(!publishText.isEmpty());
    m_publishFirst->setChecked(!publishText.isEmpty());
    m_publishNote->setTextFormat(Qt::PlainText);
    m_publishNote->setWordWrap(true);
    m_publishNote->setProperty("textRole", u"muted"_qs);
    m_publishNote->hide();

    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
    m_run = buttons->addButton(tr("Start instance"), QDialogButtonBox::AcceptRole);
    m_run->setObjectName(u"startInstance"_qs);
    m_run->setProperty("primary", true);
    m_run->setToolTip(tr("Start instance (Ctrl+Enter)"));
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    // Enter in the text is a new line of it.
    for (const int key : {Qt::Key_Return, Qt::Key_Enter})
        connect(new QShortcut(Qt::CTRL | Qt::Key(key), this), &QShortcut::activated, m_run, &QPushButton::click);

    auto *sources = new QHBoxLayout;
    sources->setSpacing(8);
    sources->addWidget(m_source, 1);
    sources->addWidget(m_saveAs);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(20, 20, 20, 16);
    layout->setSpacing(10);
    layout->addWidget(intro);
    layout->addLayout(sources);
    layout->addWidget(m_code, 1);
    layout->addWidget(m_status);
    layout->addWidget(m_publishFirst);
    layout->addWidget(m_publishNote);
    layout->addWidget(buttons);
    // Not before it is in the dialog, which takes the first of its buttons else: Cancel.
    m_run->setDefault(true);
    m_source->setFocus();
}

bool TestRunDialog::publishFirst() const
{
    return m_publishingRequired || (m_publishFirst->isVisibleTo(this) && m_publishFirst->isChecked());
}

void TestRunDialog::requirePublishing()
{
    // Nothing to choose, so nothing to tick: a sentence instead.
    m_publishingRequired = true;
    m_publishFirst->hide();
    m_publishNote->setText(m_publishFirst->text() + u'.');
    m_publishNote->show();
}

void TestRunDialog::offerFirst(const QString &name, const JsonValue &payload)
{
    m_examples.prepend({name, payload, {}});
    choose(m_examples.first());
}

void TestRunDialog::setPayload(const JsonValue &payload)
{
    choose({{}, payload, {}});
}

void TestRunDialog::listSources()
{
    m_sources = m_examples;
    for (const SavedSample &sample : m_samples->samples()) {
        if (sample.trigger != m_trigger)
            continue;
        if (m_sources.size() == m_examples.size())
            m_sources.append(Source());
        const QString label = sample.isContext ? tr("saved “%1”, a whole context") : tr("saved “%1”");
        m_sources.append({label.arg(sample.name), sample.data, sample.id});
    }
    m_source->clear();
    int current = -1;
    for (int row = 0; row < int(m_sources.size()); ++row) {
        const Source &source = m_sources.at(row);
        if (source.label.isEmpty())
            m_source->insertSeparator(row);
        else
            m_source->addItem(source.label);
        // A renamed one is still the same.
        const bool isSaved = !source.sampleId.isEmpty();
        if (isSaved ? source.sampleId == m_chosen.sampleId
                    : m_chosen.sampleId.isEmpty() && !source.label.isEmpty() && source.label == m_chosen.label)
            current = row;
    }
    m_source->setCurrentIndex(current);
}

void TestRunDialog::choose(const Source &source)
{
    m_chosen = source;
    m_code->showText(writeJson(source.payload));
    listSources();
}

void TestRunDialog::saveAsSample()
{
    auto *dialog = new SamplesDialog(m_samples, m_trigger, m_triggerLabel, m_payload, currentTheme(), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &SamplesDialog::sampleSaved, this, [this](const SavedSample &sample, bool isNew) {
        if (!isNew)
            return;
        m_chosen.sampleId = sample.id; // it is in the list in a moment
        if (sample.data != m_payload)
            m_code->showText(writeJson(sample.data));
    });
    dialog->open();
    dialog->addNew(tr("My sample"), false, m_payload);
}

void TestRunDialog::check()
{
    const Result<JsonValue> json = readJson(m_code->text().toUtf8());
    QString message;
    if (!json)
        message = json.error().message;
    else if (!json->isObject())
        message = tr("The payload must be a JSON object.");
    else
        m_payload = *json;
    m_status->setText(message);
    m_run->setEnabled(message.isEmpty());
    m_saveAs->setEnabled(message.isEmpty());
}

} // namespace automation
