#include "app/dialogs/savetemplatedialog.h"

#include "designer/inspector/wrappedtext.h"
#include "model/document/templatefolder.h"

#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace automation {

SaveTemplateDialog::SaveTemplateDialog(const QString &name, const QStringList &taken, QWidget *parent)
    : QDialog(parent)
    , m_taken(taken)
    , m_title(new QLineEdit(name.simplified().left(120)))
    , m_sentence(new QLineEdit)
    , m_note(new WrappedText)
    , m_save(nullptr)
{
    setObjectName(u"saveTemplateDialog"_qs);
    setWindowTitle(tr("Save as template"));
    setMinimumWidth(460);
    m_title->setObjectName(u"templateTitle"_qs);
    m_title->setMaxLength(120);
    m_title->selectAll();
    m_sentence->setObjectName(u"templateSentence"_qs);
    m_sentence->setMaxLength(120);
    m_sentence->setPlaceholderText(tr("Confirms an order and asks when to deliver"));
    auto *form = new QFormLayout;
    form->setSpacing(10);
    form->addRow(tr("Name"), m_title);
    form->addRow(tr("What it does"), m_sentence);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
    m_save = buttons->addButton(tr("Save"), QDialogButtonBox::AcceptRole);
    m_save->setProperty("primary", true);
    m_save->setDefault(true);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(20, 20, 20, 16);
    layout->setSpacing(12);
    layout->addLayout(form);
    layout->addWidget(m_note);
    layout->addWidget(buttons);
    connect(m_title, &QLineEdit::textChanged, this, &SaveTemplateDialog::check);
    check();
}

QString SaveTemplateDialog::title() const
{
    return m_title->text().simplified();
}

QString SaveTemplateDialog::sentence() const
{
    return m_sentence->text().simplified();
}

void SaveTemplateDialog::check()
{
    const QString name = title();
    const bool isName = std::any_of(name.begin(), name.end(), [](QChar c) { return c.isLetterOrNumber(); });
    const bool isTaken = isName && m_taken.contains(templateFileName(name));
    m_save->setEnabled(isName);
    m_save->setText(isTaken ? tr("Replace") : tr("Save"));
    m_note->setTone(isTaken ? WrappedText::Tone::Warning : WrappedText::Tone::Muted);
    m_note->setText(!isName ? tr("Give the template a name.")
            : isTaken       ? tr("There is a template of this name; it is replaced.")
                            : tr("It stands in the gallery of File › New from template…, and asks for subaccounts, "
                                       "senders, texts and URLs."));
}

} // namespace automation
