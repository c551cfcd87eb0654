#include "app/dialogs/recoverydialog.h"

#include "app/dialogs/dialogsize.h"

#include <QDialogButtonBox>
#include <QDir>
#include <QFrame>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QProgressBar>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

namespace automation {

namespace {

constexpr std::chrono::milliseconds progressInterval(50);

QLabel *plainLabel(const QString &text, const char *role = nullptr)
{
    auto *label = new QLabel(text);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    if (role)
        label->setProperty("textRole", QString::fromLatin1(role));
    return label;
}

QString whenInWords(const QDateTime &time)
{
    const QDateTime local = time.toLocalTime();
    const QString clock = QLocale().toString(local.time(), QLocale::ShortFormat);
    const qint64 days = local.date().daysTo(QDate::currentDate());
    if (days == 0)
        return RecoveryDialog::tr("today at %1").arg(clock);
    if (days == 1)
        return RecoveryDialog::tr("yesterday at %1").arg(clock);
    return RecoveryDialog::tr("on %1 at %2").arg(QLocale().toString(local.date(), QLocale::LongFormat), clock);
}

} // namespace

RecoveryDialog::RecoveryDialog(RecoveryController *controller, QWidget *parent)
    : QDialog(parent)
    , m_controller(controller)
    , m_rows(new QVBoxLayout)
    , m_restoreAll(nullptr)
{
    setWindowTitle(tr("Restore unsaved work"));
    resizeWithinScreen(*this, {640, 420});
    auto *list = new QWidget;
    list->setLayout(m_rows);
    m_rows->setContentsMargins(0, 0, 0, 0);
    m_rows->setSpacing(8);
    auto *scroll = new QScrollArea;
    scroll->setWidget(list);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);

    auto *buttons = new QDialogButtonBox;
    auto *later = buttons->addButton(tr("Later"), QDialogButtonBox::RejectRole);
    later->setToolTip(tr("Keeps everything; File ▸ Restore unsaved work shows this again"));
    m_restoreAll = buttons->addButton(tr("Restore all"), QDialogButtonBox::AcceptRole);
    m_restoreAll->setObjectName(u"restoreAll"_qs);
    m_restoreAll->setProperty("primary", true);
    m_restoreAll->setDefault(true);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(buttons, &QDialogButtonBox::accepted, this, [this] {
        const QList<std::shared_ptr<LeftDocument>> documents = m_controller->left();
        for (const std::shared_ptr<LeftDocument> &document : documents) {
            if (!m_controller->isGivenUp(document))
                m_controller->restore(document);
        }
        m_closesWhenRestored = true;
    });
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(20, 20, 20, 16);
    layout->setSpacing(12);
    layout->addWidget(
        plainLabel(tr("The program ended before these documents were saved. Restored, they have all their "
                      "changes and can be undone step by step; no file is touched until you save.")));
    layout->addWidget(scroll, 1);
    layout->addWidget(buttons);
    connect(controller, &RecoveryController::leftChanged, this, &RecoveryDialog::rebuild);
    connect(&m_progressTimer, &QTimer::timeout, this, [this] {
        if (m_progress)
            m_progress->setValue(m_controller->restoredPercent());
    });
    rebuild();
}

void RecoveryDialog::rebuild()
{
    // A button in a row may be what led here.
    while (QLayoutItem *item = m_rows->takeAt(0)) {
        if (QWidget *row = item->widget()) {
            row->hide();
            row->deleteLater();
        }
        delete item;
    }
    bool any = false;
    for (const std::shared_ptr<LeftDocument> &document : m_controller->left()) {
        m_rows->addWidget(makeRow(document));
        any = any || !(m_controller->isGivenUp(document) || m_controller->isRestoring(document));
    }
    m_rows->addStretch();
    m_restoreAll->setEnabled(any);
    const bool isBusy = !m_controller->restoring().isEmpty();
    if (isBusy)
        m_progressTimer.start(progressInterval);
    else
        m_progressTimer.stop();
    // What was cancelled or could not be restored keeps it open: there is something left to decide.
    if (m_controller->left().isEmpty() || (m_closesWhenRestored && !isBusy && !any))
        accept();
    else if (!isBusy)
        m_closesWhenRestored = false;
}

QWidget *RecoveryDialog::makeRow(const std::shared_ptr<LeftDocument> &document)
{
    const bool givenUp = m_controller->isGivenUp(document);
    auto *row = new QFrame;
    row->setAutoFillBackground(true);
    row->setBackgroundRole(QPalette::AlternateBase);
    auto *name = plainLabel(document->name);
    QFont bold = name->font();
    bold.setWeight(QFont::DemiBold);
    name->setFont(bold);
    QString what = document->lastChange.isValid()
        ? tr("%n change(s) not saved, the last one %1", nullptr, document->changeCount)
              .arg(whenInWords(document->lastChange))
        : tr("%n change(s) not saved", nullptr, document->changeCount);
    if (document->isDamaged)
        what += u'\n' + tr("The end of its journal is damaged: the last changes may be missing.");
    if (m_controller->isRestoring(document))
        what = tr("Being restored…");
    else if (givenUp)
        what = tr("Discarded: deleted when the program closes.");

    auto *texts = new QVBoxLayout;
    texts->setSpacing(2);
    texts->addWidget(name);
    texts->addWidget(plainLabel(
        document->filePath.isEmpty() ? tr("Never saved to a file") : QDir::toNativeSeparators(document->filePath),
        "muted"));
    texts->addWidget(plainLabel(what, "muted"));
    auto *layout = new QHBoxLayout(row);
    layout->setContentsMargins(14, 10, 12, 10);
    layout->setSpacing(8);
    layout->addLayout(texts, 1);
    const auto button = [&](const QString &text, auto action) {
        auto *made = new QPushButton(text);
        made->setAccessibleName(tr("%1: %2").arg(text, document->name));
        made->setAutoDefault(false);
        connect(made, &QPushButton::clicked, this, action);
        layout->addWidget(made);
    };
    if (m_controller->isRestoring(document)) {
        auto *progress = new QProgressBar;
        progress->setTextVisible(false);
        progress->setMaximumWidth(140);
        progress->setAccessibleName(tr("Restoring %1").arg(document->name));
        layout->addWidget(progress);
        if (document == m_controller->restoring().first())
            m_progress = progress;
        button(tr("Cancel"), [this, document] { m_controller->cancelRestoring(document); });
    } else if (givenUp) {
        button(tr("Keep"), [this, document] { m_controller->setGivenUp(document, false); });
    } else {
        button(tr("Discard"), [this, document] { m_controller->setGivenUp(document, true); });
        button(tr("Restore"), [this, document] { m_controller->restore(document); });
    }
    return row;
}

} // namespace automation
