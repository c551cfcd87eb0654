#include "app/dialogs/samplesdialog.h"

#include "app/settings/samplestore.h"
#include "app/views/codeview.h"
#include "designer/drawing/theme.h"
#include "designer/inspector/wrappedtext.h"
#include "designer/style/emptystate.h"
#include "model/json/jsonwriter.h"

#include <algorithm>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMessageBox>
#include <QPushButton>
#include <QScreen>
#include <QStackedWidget>

namespace automation {

bool SamplesDialog::Entry::isChanged() const
{
    return saved.id.isEmpty() || name != saved.name || isContext != saved.isContext || text != savedText;
}

SamplesDialog::Entry SamplesDialog::entryOf(const SavedSample &sample)
{
    const QString text = QString::fromUtf8(writeJson(sample.data));
    return {sample.id, sample, text, sample.name, sample.isContext, text};
}

SamplesDialog::SamplesDialog(SampleStore *store, const QString &trigger, const QString &triggerLabel,
    const JsonValue &example, const Theme &theme, QWidget *parent)
    : QDialog(parent)
    , m_store(store)
    , m_trigger(trigger)
    , m_example(example)
    , m_list(new QListWidget)
    , m_damaged(new WrappedText)
    , m_remove(new QPushButton(tr("&Delete")))
    , m_pages(new QStackedWidget)
    , m_name(new QLineEdit)
    , m_holds(new QComboBox)
    , m_code(new CodeView(tr("Data of the sample")))
    , m_problem(new WrappedText)
    , m_status(new WrappedText)
    , m_undo(new QPushButton(tr("&Undo")))
    , m_save(new QPushButton(tr("&Save")))
{
    setObjectName(u"samplesDialog"_qs);
    setWindowTitle(tr("Samples"));
    const QSize room = (parent ? parent->screen() : screen())->availableSize() * 0.92;
    resize(QSize(860, 600).boundedTo(room));

    auto *intro = new WrappedText;
    intro->setTone(WrappedText::Tone::Muted);
    intro->setText(
        tr("Results can be shown with these in every workflow that starts with “%1”. They are kept for you on "
           "this computer, never in a workflow.")
            .arg(triggerLabel));
    m_list->setObjectName(u"sampleList"_qs);
    m_list->setAccessibleName(tr("Samples"));
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setWordWrap(true); // long names are read whole
    m_damaged->setObjectName(u"damagedSamples"_qs);
    m_damaged->setTone(WrappedText::Tone::Warning);
    m_damaged->setMostLines(6);
    m_damaged->hide();
    auto *add = new QPushButton(tr("&New"));
    add->setObjectName(u"newSample"_qs);
    add->setToolTip(tr("A sample that begins with what results are shown with now"));
    m_remove->setObjectName(u"removeSample"_qs);
    auto *listButtons = new QHBoxLayout;
    listButtons->addWidget(add);
    listButtons->addWidget(m_remove);
    listButtons->addStretch();
    auto *left = new QVBoxLayout;
    left->setSpacing(8);
    left->addWidget(m_list, 1);
    left->addWidget(m_damaged);
    left->addLayout(listButtons);

    auto *empty = new EmptyState(u"json"_qs,
        tr("Paste a message that came in, or save the context of an instance, to see what expressions make of it."),
        tr("New sample"));
    m_pages->addWidget(empty);
    m_pages->addWidget(buildForm(theme));
    auto *middle = new QHBoxLayout;
    middle->setSpacing(16);
    middle->addLayout(left, 2);
    middle->addWidget(m_pages, 5);

    m_status->setObjectName(u"sampleStatus"_qs);
    m_status->setMostLines(3);
    m_undo->setObjectName(u"undoRemoving"_qs);
    m_undo->setProperty("link", true);
    m_undo->hide();
    m_save->setObjectName(u"saveSample"_qs);
    m_save->setProperty("primary", true);
    m_save->setDefault(true);
    auto *close = new QPushButton(tr("&Close"));
    close->setObjectName(u"closeSamples"_qs);
    for (QPushButton *button : {add, m_remove, m_undo, close, empty->actionButton()})
        button->setAutoDefault(false);
    auto *bottom = new QHBoxLayout;
    bottom->setSpacing(10);
    bottom->addWidget(m_status, 1, Qt::AlignVCenter);
    bottom->addWidget(m_undo);
    bottom->addWidget(close);
    bottom->addWidget(m_save);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(20, 20, 20, 16);
    layout->setSpacing(12);
    layout->addWidget(intro);
    layout->addLayout(middle, 1);
    layout->addLayout(bottom);

    const auto begin = [this] { addNew(freeName(tr("My sample")), false, m_example); };
    connect(add, &QPushButton::clicked, this, begin);
    connect(empty, &EmptyState::actionRequested, this, begin);
    connect(m_remove, &QPushButton::clicked, this, &SamplesDialog::remove);
    connect(m_undo, &QPushButton::clicked, this, &SamplesDialog::undoRemoving);
    connect(m_save, &QPushButton::clicked, this, &SamplesDialog::save);
    connect(close, &QPushButton::clicked, this, &SamplesDialog::reject);
    connect(m_list, &QListWidget::currentRowChanged, this, [this] {
        if (!m_isShowing)
            showEntry();
    });
    connect(store, &SampleStore::changed, this, &SamplesDialog::takeStored);
    takeStored();
    store->read();
}

QWidget *SamplesDialog::buildForm(const Theme &theme)
{
    const auto caption = [](const QString &text, QWidget *buddy) {
        auto *label = new QLabel(text);
        label->setProperty("textRole", u"field"_qs);
        label->setBuddy(buddy);
        return label;
    };
    m_name->setObjectName(u"sampleName"_qs);
    m_name->setMaxLength(80);
    m_holds->setObjectName(u"sampleHolds"_qs);
    m_holds->addItem(tr("What the trigger brings; variables are worked out"));
    m_holds->addItem(tr("A whole context, with its variables"));
    m_holds->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_code->setObjectName(u"sampleData"_qs);
    m_code->setJson();
    m_code->setTheme(theme);
    m_problem->setObjectName(u"sampleProblem"_qs);
    m_problem->setTone(WrappedText::Tone::Error);
    auto *frame = new QFrame;
    frame->setProperty("surface", u"card"_qs);
    auto *frameLayout = new QVBoxLayout(frame);
    frameLayout->setContentsMargins(6, 6, 6, 6);
    frameLayout->addWidget(m_code);
    auto *form = new QWidget;
    auto *column = new QVBoxLayout(form);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(6);
    column->addWidget(caption(tr("N&ame"), m_name));
    column->addWidget(m_name);
    column->addWidget(caption(tr("&Holds"), m_holds));
    column->addWidget(m_holds);
    column->addWidget(caption(tr("&JSON"), m_code));
    column->addWidget(frame, 1);
    column->addWidget(m_problem);
    connect(m_name, &QLineEdit::textChanged, this, &SamplesDialog::takeFields);
    connect(m_holds, &QComboBox::currentIndexChanged, this, &SamplesDialog::takeFields);
    connect(m_code, &QsciScintilla::textChanged, this, &SamplesDialog::takeFields);
    return form;
}

// What is in the store, and over it what was typed here.
void SamplesDialog::takeStored()
{
    const Entry *shown = current();
    const QString key = shown ? shown->key : QString();
    QList<Entry> entries;
    for (const SavedSample &sample : m_store->samples()) {
        if (sample.trigger != m_trigger)
            continue;
        const int row = rowOf(sample.id);
        entries += row >= 0 && (m_entries.at(row).isChanged() || m_entries.at(row).saved == sample) ? m_entries.at(row)
                                                                                                    : entryOf(sample);
    }
    for (const Entry &entry : std::as_const(m_entries)) {
        const bool isIn = std::any_of(
            entries.cbegin(), entries.cend(), [&entry](const Entry &other) { return other.key == entry.key; });
        // One that was deleted elsewhere while it is edited here is a new one.
        if (!isIn && entry.isChanged()) {
            entries += entry;
            entries.last().saved.id.clear();
        }
    }
    m_entries = entries;
    m_damaged->setText(m_store->damaged().join(u'\n'));
    m_damaged->setVisible(!m_store->damaged().isEmpty());
    showList(key);
}

void SamplesDialog::showList(const QString &key)
{
    m_isShowing = true;
    m_list->clear();
    for (int row = 0; row < m_entries.size(); ++row) {
        m_list->addItem(QString());
        refreshRow(row);
    }
    m_list->setCurrentRow(m_entries.isEmpty() ? -1 : std::max(0, rowOf(key)));
    m_isShowing = false;
    showEntry();
}

void SamplesDialog::refreshRow(int row)
{
    const Entry &entry = m_entries.at(row);
    const QString name = entry.name.trimmed().isEmpty() ? tr("(no name)") : entry.name;
    m_list->item(row)->setText(entry.isChanged() ? tr("%1 – not saved").arg(name) : name);
}

void SamplesDialog::showEntry()
{
    const Entry *entry = current();
    m_pages->setCurrentIndex(entry ? 1 : 0);
    m_remove->setEnabled(entry);
    m_save->setEnabled(entry && !m_isSaving);
    if (!entry)
        return;
    m_isShowing = true;
    // Texts stay alone when they are shown already: the cursor is in one of them.
    if (m_name->text() != entry->name)
        m_name->setText(entry->name);
    m_holds->setCurrentIndex(entry->isContext ? 1 : 0);
    if (m_code->text() != entry->text)
        m_code->showText(entry->text.toUtf8());
    m_isShowing = false;
    check();
}

void SamplesDialog::takeFields()
{
    Entry *entry = current();
    if (m_isShowing || !entry)
        return;
    entry->name = m_name->text();
    entry->isContext = m_holds->currentIndex() == 1;
    entry->text = m_code->text();
    refreshRow(m_list->currentRow());
    check();
}

void SamplesDialog::check()
{
    const Result<JsonValue> typed = readSampleData(m_code->text());
    m_problem->setText(typed ? QString() : typed.error().message);
    m_problem->setVisible(!typed);
}

void SamplesDialog::addNew(const QString &name, bool isContext, const JsonValue &content)
{
    Entry entry;
    entry.key = u"/new/%1"_qs.arg(++m_newCount); // no id has a slash
    entry.name = freeName(name);
    entry.isContext = isContext;
    entry.text = QString::fromUtf8(writeJson(content));
    m_entries += entry;
    m_undo->hide();
    showStatus({}, false);
    showList(entry.key);
    m_name->setFocus(Qt::OtherFocusReason);
    m_name->selectAll();
}

void SamplesDialog::save()
{
    const Entry *entry = current();
    if (!entry || m_isSaving)
        return;
    const QString name = sampleName(entry->name);
    if (std::none_of(name.begin(), name.end(), [](QChar c) { return c.isLetterOrNumber(); })) {
        refuse(tr("Give the sample a name."), m_name);
        return;
    }
    if (isTaken(name, entry->key)) {
        refuse(tr("There is another sample with this name."), m_name);
        return;
    }
    const Result<JsonValue> typed = readSampleData(entry->text);
    if (!typed) {
        refuse(tr("Not saved: what is typed is no JSON yet. It stays here as it is."), m_code);
        m_code->setCursorPosition(std::max(0, typed.error().line - 1), std::max(0, typed.error().column - 1));
        m_code->ensureCursorVisible();
        return;
    }
    SavedSample sample = entry->saved;
    sample.name = name;
    sample.trigger = m_trigger;
    sample.isContext = entry->isContext;
    sample.data = *typed;
    m_isSaving = true;
    m_save->setEnabled(false);
    m_undo->hide();
    m_store->save(sample, this, [this, key = entry->key, text = entry->text](const Result<SavedSample> &saved) {
        finishSaving(key, text, saved);
    });
}

void SamplesDialog::finishSaving(const QString &key, const QString &text, const Result<SavedSample> &saved)
{
    m_isSaving = false;
    m_save->setEnabled(true);
    if (!saved) {
        showStatus(saved.error().message, true);
        return;
    }
    const int row = rowOf(key);
    if (row < 0)
        return;
    Entry &entry = m_entries[row];
    const bool isNew = entry.saved.id.isEmpty();
    const bool isAsTyped = sampleName(entry.name) == saved->name;
    entry.key = saved->id;
    entry.saved = *saved;
    entry.savedText = text;
    if (isAsTyped)
        entry.name = saved->name;
    refreshRow(row);
    showStatus(tr("Saved “%1”.").arg(saved->name), false);
    Q_EMIT sampleSaved(*saved, isNew);
}

void SamplesDialog::remove()
{
    const Entry *entry = current();
    if (!entry || m_isSaving)
        return;
    m_removed = *entry;
    const auto finish = [this](const Result<void> &removed) {
        if (!removed) {
            showStatus(removed.error().message, true);
            return;
        }
        const int row = rowOf(m_removed->key);
        if (row >= 0)
            m_entries.removeAt(row);
        const int next = std::min<int>(row, int(m_entries.size()) - 1);
        showList(next < 0 ? QString() : m_entries.at(next).key);
        showStatus(tr("Deleted “%1”.").arg(m_removed->name), false);
        m_undo->show();
        m_list->setFocus(Qt::OtherFocusReason);
    };
    if (entry->saved.id.isEmpty())
        finish({});
    else
        m_store->remove(entry->saved.id, this, finish);
}

void SamplesDialog::undoRemoving()
{
    if (!m_removed || m_isSaving)
        return;
    m_undo->hide();
    const auto finish = [this](const Result<SavedSample> &saved) {
        if (!saved) {
            m_undo->show();
            showStatus(saved.error().message, true);
            return;
        }
        m_entries += *m_removed;
        showList(m_removed->key);
        showStatus(tr("“%1” is back.").arg(m_removed->name), false);
        m_removed.reset();
    };
    if (m_removed->saved.id.isEmpty())
        finish(m_removed->saved);
    else
        m_store->save(m_removed->saved, this, finish);
}

void SamplesDialog::reject()
{
    QStringList unsaved;
    for (const Entry &entry : std::as_const(m_entries)) {
        if (entry.isChanged())
            unsaved += entry.name;
    }
    if (unsaved.isEmpty()) {
        QDialog::reject();
        return;
    }
    auto *box = new QMessageBox(
        QMessageBox::Warning, tr("Samples"), tr("What you changed is not saved yet."), QMessageBox::NoButton, this);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setTextFormat(Qt::PlainText);
    box->setInformativeText(unsaved.mid(0, 10).join(u'\n') + (unsaved.size() > 10 ? u"\n…"_qs : QString()));
    QPushButton *discard = box->addButton(tr("Discard"), QMessageBox::DestructiveRole);
    discard->setProperty("danger", true);
    QPushButton *back = box->addButton(tr("Go on editing"), QMessageBox::RejectRole);
    box->setDefaultButton(back);
    box->setEscapeButton(back);
    connect(discard, &QPushButton::clicked, this, [this] { QDialog::reject(); });
    box->open();
}

void SamplesDialog::refuse(const QString &message, QWidget *field)
{
    showStatus(message, true);
    field->setFocus(Qt::OtherFocusReason);
}

void SamplesDialog::showStatus(const QString &text, bool isError)
{
    m_status->setTone(isError ? WrappedText::Tone::Error : WrappedText::Tone::Muted);
    m_status->setText(text);
}

QString SamplesDialog::freeName(const QString &wanted) const
{
    QString name = wanted;
    for (int number = 2; isTaken(name, {}); ++number)
        name = tr("%1 %2", "name, number").arg(wanted).arg(number);
    return name;
}

bool SamplesDialog::isTaken(const QString &name, const QString &besides) const
{
    return std::any_of(m_entries.cbegin(), m_entries.cend(), [&](const Entry &entry) {
        return entry.key != besides && sampleName(entry.name).compare(name, Qt::CaseInsensitive) == 0;
    });
}

SamplesDialog::Entry *SamplesDialog::current()
{
    const int row = m_list->currentRow();
    return row >= 0 && row < m_entries.size() ? &m_entries[row] : nullptr;
}

int SamplesDialog::rowOf(const QString &key) const
{
    for (int row = 0; row < m_entries.size(); ++row) {
        if (m_entries.at(row).key == key)
            return row;
    }
    return -1;
}

} // namespace automation
