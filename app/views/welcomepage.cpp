#include "app/views/welcomepage.h"

#include "app/views/templatecard.h"
#include "model/definition/templatecatalog.h"
#include "model/json/jsonreader.h"

#include <QGridLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QVBoxLayout>

namespace automation {

WelcomePage::WelcomePage(QWidget *parent)
    : QWidget(parent)
{
    auto *title = new QLabel(tr("What should happen when a message arrives?"));
    QFont large = title->font();
    large.setPointSizeF(large.pointSizeF() * 1.7);
    large.setWeight(QFont::DemiBold);
    title->setFont(large);
    auto *subtitle = new QLabel(
        tr("Start from one of these, an exported file, or an empty canvas. Everything runs on this computer until you "
           "publish to an account."));
    subtitle->setProperty("textRole", u"muted"_qs);
    subtitle->setWordWrap(true);

    auto *grid = new QGridLayout;
    grid->setSpacing(16);
    int place = 0;
    for (const WorkflowTemplate &item : TemplateCatalog::builtIn().templates()) {
        const Result<JsonValue> json = readJson(item.definition);
        if (!json)
            continue;
        const Result<WorkflowDefinition> definition = WorkflowDefinition::fromJson(*json);
        if (!definition)
            continue;
        auto *card = new TemplateCard(item.title, item.sentence, cardDrawing(*definition));
        connect(card, &QAbstractButton::clicked, this, [this, id = item.id] { Q_EMIT templateChosen(id); });
        grid->addWidget(card, place / 4, place % 4);
        m_cards.append(card);
        ++place;
    }

    auto *empty = new QPushButton(tr("+  Empty workflow"));
    empty->setProperty("primary", true);
    auto *open = new QPushButton(tr("Open a definition file…"));
    auto *fetch = new QPushButton(tr("Fetch from the account…"));
    connect(empty, &QPushButton::clicked, this, &WelcomePage::emptyRequested);
    connect(open, &QPushButton::clicked, this, &WelcomePage::openRequested);
    connect(fetch, &QPushButton::clicked, this, &WelcomePage::fetchRequested);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(12);
    buttons->addWidget(empty);
    buttons->addWidget(open);
    buttons->addWidget(fetch);
    buttons->addStretch();

    auto *hint = new QLabel(tr("Drop a definition JSON anywhere in this window to open it."));
    hint->setProperty("textRole", u"muted"_qs);

    auto *column = new QVBoxLayout;
    column->setSpacing(16);
    column->addWidget(title);
    column->addWidget(subtitle);
    column->addLayout(grid);
    column->addSpacing(8);
    column->addLayout(buttons);
    column->addSpacing(8);
    column->addWidget(hint);
    column->addStretch();
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(56, 40, 56, 24);
    layout->addLayout(column);
}

void WelcomePage::setTheme(const Theme &theme)
{
    m_canvas = theme.canvas;
    m_dots = theme.dots;
    for (TemplateCard *card : m_cards)
        card->setTheme(theme);
    update();
}

void WelcomePage::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), m_canvas);
    painter.setPen(m_dots);
    for (int y = 10; y < height(); y += 20) {
        for (int x = 10; x < width(); x += 20)
            painter.drawPoint(x, y);
    }
}

} // namespace automation
