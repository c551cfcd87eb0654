#include "app/dialogs/publishdialog.h"

#include "app/dialogs/dialogsize.h"
#include "app/views/diffview.h"
#include "designer/drawing/theme.h"
#include "model/json/jsonwriter.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace automation {

QByteArray comparableText(const WorkflowDefinition &definition)
{
    const QString subAccount = definition.subAccountId();
    return writeJson(JsonValue::object({{u"name"_qs, definition.name()}, {u"trigger"_qs, definition.trigger()},
               {u"subAccountId"_qs, subAccount.isEmpty() ? JsonValue() : JsonValue(subAccount)},
               {u"steps"_qs, definition.steps()}}))
        + '\n';
}

PublishDialog::PublishDialog(
    const WorkflowDefinition &definition, int errorCount, const Target &target, const Theme &theme, QWidget *parent)
    : QDialog(parent)
    , m_definition(definition)
    , m_target(target)
    , m_choice(new QComboBox)
    , m_warning(new QLabel)
    , m_diff(new DiffView)
    , m_publish(nullptr)
{
    setWindowTitle(tr("Publish to %1").arg(target.account));
    resizeWithinScreen(*this, {760, 620});
    m_choice->setAccessibleName(tr("Publish as"));
    m_choice->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon); // names may be long
    m_choice->setMinimumContentsLength(20);
    m_choice->addItem(tr("A new definition (stays disabled until you enable it)"), QString());
    for (const DefinitionInfo &info : target.definitions) {
        m_choice->addItem(
            tr("A new version of “%1” (now v%2, %3)").arg(info.name).arg(info.version).arg(info.status), info.id);
        if (info.id == target.linkedId)
            m_choice->setCurrentIndex(m_choice->count() - 1);
    }
    m_warning->setTextFormat(Qt::PlainText);
    m_warning->setWordWrap(true);
    m_warning->setProperty("textRole", u"warning"_qs);
    m_diff->setTheme(theme);

    auto *caption = new QLabel(tr("Publish “%1” as").arg(definition.name()));
    caption->setTextFormat(Qt::PlainText);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
    m_publish = buttons->addButton(tr("Publish"), QDialogButtonBox::AcceptRole);
    m_publish->setProperty("primary", true);
    m_publish->setDefault(true);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(20, 20, 20, 16);
    layout->setSpacing(10);
    layout->addWidget(caption);
    layout->addWidget(m_choice);
    layout->addWidget(m_warning);
    if (errorCount > 0) {
        auto *errors = new QLabel(
            tr("%n error(s) in this workflow are not solved yet; the service may refuse it.", nullptr, errorCount));
        errors->setProperty("textRole", u"error"_qs);
        errors->setWordWrap(true);
        layout->addWidget(errors);
    }
    layout->addWidget(m_diff, 1);
    layout->addWidget(buttons);
    connect(m_choice, &QComboBox::currentIndexChanged, this, &PublishDialog::showChoice);
    showChoice();
}

QString PublishDialog::definitionId() const
{
    return m_choice->currentData().toString();
}

void PublishDialog::showChoice()
{
    const QByteArray mine = comparableText(m_definition);
    QByteArray theirs;
    QString warning;
    QString caption = tr("Everything is new there:");
    for (const DefinitionInfo &info : m_target.definitions) {
        if (info.id != definitionId())
            continue;
        if (const Result<WorkflowDefinition> published = WorkflowDefinition::fromJson(info.raw))
            theirs = comparableText(*published);
        caption = tr("Changes against version %1:").arg(info.version);
        if (info.id == m_target.linkedId && m_target.linkedVersion > 0 && info.version > m_target.linkedVersion) {
            warning = tr("Somebody else published meanwhile: it is at version %1, your last one was %2.")
                          .arg(info.version)
                          .arg(m_target.linkedVersion);
        }
    }
    m_warning->setText(warning);
    m_warning->setVisible(!warning.isEmpty());
    m_diff->setTexts(theirs, mine, caption, tr("The service has exactly this workflow already."));
}

} // namespace automation
