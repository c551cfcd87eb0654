#include "app/dialogs/templategallery.h"

#include "app/dialogs/dialogsize.h"
#include "app/dialogs/templateform.h"
#include "app/views/templategrid.h"
#include "designer/inspector/wrappedtext.h"
#include "designer/style/applicationstyle.h"
#include "designer/style/sectionlabel.h"
#include "model/json/jsonreader.h"

#include <QDialogButtonBox>
#include <QEvent>
#include <QLabel>
#include <QMessageBox>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

namespace automation {

namespace {

const QString ownPrefix = u"own/"_qs; // of the keys of own templates

std::optional<CardDrawing> drawingOf(const WorkflowTemplate &item)
{
    const Result<JsonValue> json = readJson(item.definition);
    const Result<WorkflowDefinition> definition
        = json ? WorkflowDefinition::fromJson(*json) : Result<WorkflowDefinition>(json.error());
    return definition ? std::optional(cardDrawing(*definition)) : std::nullopt;
}

QScrollArea *scrolled(QWidget *content)
{
    auto *area = new QScrollArea;
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->setFocusPolicy(Qt::NoFocus);
    area->setWidget(content);
    return area;
}

} // namespace

TemplateGallery::TemplateGallery(const QString &ownFolder, const Theme &theme, QWidget *parent)
    : QDialog(parent)
    , m_ownFolder(ownFolder)
    , m_grid(new TemplateGrid)
    , m_title(new QLabel)
    , m_sentence(new WrappedText)
    , m_form(new TemplateForm)
    , m_remove(new QPushButton(tr("Delete this template…")))
    , m_status(new WrappedText)
    , m_create(nullptr)
    , m_cancel(nullptr)
{
    setObjectName(u"templateGallery"_qs);
    setWindowTitle(tr("New from template"));
    resizeWithinScreen(*this, {1060, 720});

    m_grid->setTheme(theme);
    for (const WorkflowTemplate &item : TemplateCatalog::builtIn().templates()) {
        if (const std::optional<CardDrawing> drawing = drawingOf(item))
            m_grid->addCard(item.id, item.title, item.sentence, *drawing);
    }
    m_grid->addWide(new SectionLabel(tr("Your own templates")));
    m_firstOwn = m_grid->count();
    m_grid->arrange();

    auto *cards = new QWidget;
    auto *cardColumn = new QVBoxLayout(cards);
    cardColumn->setContentsMargins(20, 16, 16, 16);
    cardColumn->addWidget(m_grid);
    cardColumn->addStretch();
    m_cardArea = scrolled(cards);
    auto *cardSurface = new QFrame;
    cardSurface->setProperty("surface", u"canvas"_qs);
    auto *surfaceLayout = new QVBoxLayout(cardSurface);
    surfaceLayout->setContentsMargins(0, 0, 0, 0);
    surfaceLayout->addWidget(m_cardArea);

    m_title->setTextFormat(Qt::PlainText);
    m_title->setWordWrap(true);
    m_title->setProperty("textRole", u"heading"_qs);
    m_sentence->setTone(WrappedText::Tone::Muted);
    m_sentence->setPixels(13);
    m_remove->setProperty("link", true);
    m_remove->setObjectName(u"removeTemplate"_qs);
    auto *form = new QWidget;
    auto *formColumn = new QVBoxLayout(form);
    formColumn->setContentsMargins(20, 16, 20, 16);
    formColumn->setSpacing(4);
    formColumn->addWidget(m_title);
    formColumn->addWidget(m_sentence);
    formColumn->addSpacing(12);
    formColumn->addWidget(m_form);
    formColumn->addSpacing(12);
    formColumn->addWidget(m_remove, 0, Qt::AlignLeading);
    formColumn->addStretch();
    m_formArea = scrolled(form);
    m_formArea->setMinimumWidth(260);

    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
    m_cancel = buttons->button(QDialogButtonBox::Cancel);
    m_create = buttons->addButton(tr("Create"), QDialogButtonBox::AcceptRole);
    m_create->setObjectName(u"createFromTemplate"_qs);
    m_create->setProperty("primary", true);
    m_create->setDefault(true);
    m_cancel->setAutoDefault(false);
    m_remove->setAutoDefault(false);
    m_status->setObjectName(u"templateStatus"_qs);
    m_status->setMostLines(2);

    auto *middle = new QHBoxLayout;
    middle->setSpacing(0);
    middle->addWidget(cardSurface, 5);
    middle->addWidget(m_formArea, 3);
    auto *line = new QFrame;
    line->setFrameShape(QFrame::HLine);
    auto *bottom = new QHBoxLayout;
    bottom->setContentsMargins(20, 12, 20, 14);
    bottom->setSpacing(16);
    bottom->addWidget(m_status, 1, Qt::AlignVCenter);
    bottom->addWidget(buttons);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(middle, 1);
    layout->addWidget(line);
    layout->addLayout(bottom);

    connect(m_grid, &TemplateGrid::currentChanged, this, &TemplateGallery::showTemplate);
    connect(m_grid, &TemplateGrid::activated, this, [this] { m_form->focusField(0); });
    connect(m_form, &TemplateForm::changed, this, &TemplateGallery::check);
    connect(m_remove, &QPushButton::clicked, this, &TemplateGallery::askToRemove);
    connect(buttons, &QDialogButtonBox::accepted, this, &TemplateGallery::create);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);

    m_grid->setCurrent(TemplateCatalog::builtIn().templates().first().id);
    m_grid->card(m_grid->current())->setFocus();
    readOwn();
}

TemplateGallery::~TemplateGallery() = default;

void TemplateGallery::choose(const QString &templateId)
{
    if (m_grid->setCurrent(templateId))
        m_form->focusField(0);
}

void TemplateGallery::readOwn()
{
    m_reading.start([this, folder = m_ownFolder]() -> BackgroundWork::Finish {
        OwnTemplates own = readTemplateFolder(folder);
        QList<CardDrawing> drawings;
        for (const WorkflowTemplate &item : std::as_const(own.templates))
            drawings += drawingOf(item).value_or(CardDrawing());
        return [this, own = std::move(own), drawings = std::move(drawings)] { showOwn(own, drawings); };
    });
}

void TemplateGallery::showOwn(const OwnTemplates &own, const QList<CardDrawing> &drawings)
{
    const QString before = m_grid->current();
    m_own = own;
    m_grid->removeFrom(m_firstOwn);
    if (!own.damaged.isEmpty()) {
        auto *damaged = new WrappedText;
        damaged->setObjectName(u"damagedTemplates"_qs);
        damaged->setTone(WrappedText::Tone::Warning);
        damaged->setText(own.damaged.join(u'\n'));
        damaged->setAccessibleName(damaged->text());
        m_grid->addWide(damaged);
    }
    for (qsizetype i = 0; i < own.templates.size(); ++i) {
        const WorkflowTemplate &item = own.templates.at(i);
        m_grid->addCard(ownPrefix + item.id, item.title, item.sentence, drawings.at(i));
    }
    if (own.templates.isEmpty()) {
        auto *hint = new WrappedText;
        hint->setTone(WrappedText::Tone::Muted);
        hint->setText(tr("What you save with File › Save as template… stands here."));
        m_grid->addWide(hint);
    }
    m_grid->arrange();
    if (m_grid->current().isEmpty())
        m_grid->setCurrent(m_grid->card(before) ? before : TemplateCatalog::builtIn().templates().first().id);
}

void TemplateGallery::showTemplate(const QString &key)
{
    const WorkflowTemplate *item = TemplateCatalog::builtIn().find(key);
    if (key.startsWith(ownPrefix)) {
        for (const WorkflowTemplate &own : std::as_const(m_own.templates)) {
            if (key == ownPrefix + own.id)
                item = &own;
        }
    }
    if (!item)
        return;
    m_chosen = *item;
    m_title->setText(item->title);
    m_sentence->setText(item->sentence);
    m_sentence->setVisible(!item->sentence.isEmpty());
    m_remove->setVisible(!item->file.isEmpty());
    m_form->setTemplate(*item);
    m_cardArea->ensureWidgetVisible(m_grid->card(key), 0, 12);
    m_formArea->ensureVisible(0, 0);
    check();
}

// From the chosen card through the fields to the buttons: the fields are made anew for each template.
bool TemplateGallery::focusNextPrevChild(bool next)
{
    QList<QWidget *> order {m_grid->card(m_grid->current())};
    order += m_form->editors();
    if (m_remove->isVisibleTo(this))
        order += m_remove;
    order += {m_create, m_cancel};
    const qsizetype at = order.indexOf(focusWidget());
    const qsizetype count = order.size();
    QWidget *target = order.at(at < 0 ? 0 : (at + (next ? 1 : count - 1)) % count);
    if (!target)
        return QDialog::focusNextPrevChild(next);
    target->setFocus(next ? Qt::TabFocusReason : Qt::BacktabFocusReason);
    showFocus();
    return true;
}

void TemplateGallery::showFocus()
{
    QWidget *focus = focusWidget();
    if (focus && m_form->isAncestorOf(focus))
        m_formArea->ensureWidgetVisible(focus, 0, 48);
}

void TemplateGallery::check()
{
    m_isUsable = false;
    if (m_checking.isRunning()) {
        m_isCheckedAgain = true;
        return;
    }
    m_isCheckedAgain = false;
    m_checking.start([this, item = m_chosen, answers = m_form->answers()]() -> BackgroundWork::Finish {
        Result<FilledTemplate> result = fillTemplate(item, answers);
        return [this, result = std::move(result)] { showCheck(result); };
    });
}

void TemplateGallery::showCheck(const Result<FilledTemplate> &result)
{
    if (m_isCheckedAgain) { // of other answers
        check();
        return;
    }
    if (!result) {
        m_isCreating = false;
        showStatus(result.error().message, true);
        return;
    }
    m_filled = *result;
    m_isUsable = true;
    m_form->showFindings(m_filled.findings);
    const int wrong = m_filled.firstError();
    if (wrong >= 0)
        showStatus(m_filled.findings.at(wrong)->message, true);
    else if (m_filled.otherProblems > 0)
        showStatus(tr("The workflow will have %n problem(s) to look at.", nullptr, m_filled.otherProblems), false);
    else
        showStatus(leftAsSuggested().isEmpty() ? QString() : tr("An empty field keeps its example."), false);
    if (m_isCreating)
        finishCreating();
}

void TemplateGallery::create()
{
    m_isCreating = true;
    if (m_isUsable)
        finishCreating();
    else if (!m_checking.isRunning())
        check();
}

void TemplateGallery::finishCreating()
{
    m_isCreating = false;
    const int wrong = m_filled.firstError();
    if (wrong < 0)
        return accept();
    m_form->focusField(wrong);
    showFocus();
}

QStringList TemplateGallery::leftAsSuggested() const
{
    QStringList left;
    const QStringList answers = m_form->answers();
    for (qsizetype i = 0; i < m_chosen.questions.size(); ++i) {
        const TemplateQuestion &question = m_chosen.questions.at(i);
        const QString kept = suggestedAnswer(m_chosen, question);
        if (!question.isMessage && answers.value(i).trimmed().isEmpty() && !kept.isEmpty())
            left += tr("%1 “%2”").arg(question.label, kept);
    }
    return left;
}

void TemplateGallery::askToRemove()
{
    auto *box = new QMessageBox(QMessageBox::Question, tr("Delete template?"),
        tr("“%1” goes from your own templates. Workflows made from it stay.").arg(m_chosen.title), QMessageBox::Cancel,
        this);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setTextFormat(Qt::PlainText);
    const QPushButton *remove = box->addButton(tr("Delete"), QMessageBox::DestructiveRole);
    box->setDefaultButton(QMessageBox::Cancel);
    connect(box, &QMessageBox::finished, this, [this, box, remove, item = m_chosen] {
        if (box->clickedButton() != remove)
            return;
        if (const Result<void> removed = removeTemplate(item); !removed) {
            showStatus(removed.error().message, true);
            return;
        }
        m_grid->setCurrent(TemplateCatalog::builtIn().templates().first().id);
        m_grid->card(m_grid->current())->setFocus();
        readOwn();
    });
    box->open();
}

void TemplateGallery::showStatus(const QString &text, bool isError)
{
    m_status->setText(text);
    m_status->setTone(isError ? WrappedText::Tone::Error : WrappedText::Tone::Muted);
    m_create->setAccessibleDescription(text);
    m_create->setToolTip(text.isEmpty() ? QString() : QString(u"<qt>"_qs + text.toHtmlEscaped() + u"</qt>"_qs));
}

void TemplateGallery::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange)
        m_grid->setTheme(currentTheme());
    QDialog::changeEvent(event);
}

} // namespace automation
