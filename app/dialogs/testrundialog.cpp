#include "app/dialogs/testrundialog.h"

#include "app/dialogs/dialogsize.h"
#include "app/views/codeview.h"
#include "designer/drawing/theme.h"
#include "model/json/jsonpointer.h"
#include "model/json/jsonreader.h"
#include "model/json/jsonwriter.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace automation {

TestRunDialog::TestRunDialog(const StepType *trigger, const QString &subAccountId, const QString &publishText,
    const Theme &theme, QWidget *parent)
    : QDialog(parent)
    , m_example(new QComboBox)
    , m_code(new CodeView(tr("Payload")))
    , m_status(new QLabel)
    , m_publishFirst(new QCheckBox(publishText))
    , m_publishNote(new QLabel)
    , m_run(nullptr)
{
    setWindowTitle(tr("Test run"));
    resizeWithinScreen(*this, {640, 600});
    if (trigger) {
        for (const auto &[name, example] : trigger->payloads) {
            JsonValue payload = example;
            // The example comes to the subaccount the workflow listens on.
            const JsonPointer subAccount(QStringList {u"payload"_qs, u"subAccountId"_qs});
            if (JsonValue *place = subAccount.resolve(payload); place && !subAccountId.isEmpty())
                *place = JsonValue(subAccountId);
            m_examples.append({name, payload});
        }
    }
    if (m_examples.isEmpty())
        m_examples.append({tr("Empty object"), JsonValue::object()});
    for (const auto &example : m_examples)
        m_example->addItem(example.first);
    m_example->setAccessibleName(tr("Example"));

    auto *intro = new QLabel(
        tr("Starts one instance with this payload, as the trigger would. It becomes the workflow's data."));
    intro->setWordWrap(true);
    intro->setProperty("textRole", u"muted"_qs);
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
    m_run->setProperty("primary", true);
    m_run->setDefault(true);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(20, 20, 20, 16);
    layout->setSpacing(10);
    layout->addWidget(intro);
    layout->addWidget(m_example);
    layout->addWidget(m_code, 1);
    layout->addWidget(m_status);
    layout->addWidget(m_publishFirst);
    layout->addWidget(m_publishNote);
    layout->addWidget(buttons);

    connect(m_example, &QComboBox::activated, this, &TestRunDialog::showExample);
    connect(m_code, &QsciScintilla::textChanged, this, &TestRunDialog::check);
    showExample(0);
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
    m_examples.prepend({name, payload});
    m_example->insertItem(0, name);
    m_example->setCurrentIndex(0);
    showExample(0);
}

void TestRunDialog::setPayload(const JsonValue &payload)
{
    m_code->showText(writeJson(payload));
}

void TestRunDialog::showExample(int index)
{
    m_code->showText(writeJson(m_examples.at(index).second));
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
}

} // namespace automation
