#include "app/views/welcomepage.h"

#include "app/views/templatecard.h"
#include "designer/style/themedicon.h"
#include "model/definition/templatecatalog.h"
#include "model/json/jsonreader.h"

#include <QGridLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QVBoxLayout>

namespace automation {

namespace {
constexpr int leastCardWidth = 170;
constexpr int widthForOneLine = 250; // of a card whose sentence needs no second line
constexpr int mostColumns = 4;
constexpr int gap = 16;
constexpr int leastMargin = 20;
constexpr int mostMargin = 56;
} // namespace

WelcomePage::WelcomePage(QWidget *parent)
    : QWidget(parent)
    , m_grid(new QGridLayout)
    , m_buttons(new QHBoxLayout)
{
    auto *title = new QLabel(tr("What should happen when a message arrives?"));
    QFont large = title->font();
    large.setPointSizeF(large.pointSizeF() * 1.7);
    large.setWeight(QFont::DemiBold);
    title->setFont(large);
    title->setWordWrap(true);
    auto *subtitle = new QLabel(
        tr("Start from one of these, an exported file, or an empty canvas. Everything runs on this computer until you "
           "publish to an account."));
    subtitle->setProperty("textRole", u"muted"_qs);
    subtitle->setWordWrap(true);

    m_grid->setSpacing(gap);
    for (const WorkflowTemplate &item : TemplateCatalog::builtIn().templates()) {
        const Result<JsonValue> json = readJson(item.definition);
        if (!json)
            continue;
        const Result<WorkflowDefinition> definition = WorkflowDefinition::fromJson(*json);
        if (!definition)
            continue;
        auto *card = new TemplateCard(item.title, item.sentence, cardDrawing(*definition));
        connect(card, &QAbstractButton::clicked, this, [this, id = item.id] { Q_EMIT templateChosen(id); });
        m_cards.append(card);
    }

    auto *empty = new QPushButton(themedIcon(u"add"_qs, IconTone::OnAccent), tr("Empty workflow"));
    empty->setProperty("primary", true);
    auto *open = new QPushButton(tr("Open a definition file…"));
    auto *fetch = new QPushButton(tr("Fetch from the account…"));
    connect(empty, &QPushButton::clicked, this, &WelcomePage::emptyRequested);
    connect(open, &QPushButton::clicked, this, &WelcomePage::openRequested);
    connect(fetch, &QPushButton::clicked, this, &WelcomePage::fetchRequested);
    m_buttons->setSpacing(12);
    for (QPushButton *button : {empty, open, fetch})
        m_buttons->addWidget(button);
    m_buttons->addStretch();

    auto *hint = new QLabel(tr("Drop a definition JSON anywhere in this window to open it."));
    hint->setProperty("textRole", u"muted"_qs);
    hint->setWordWrap(true);

    auto *column = new QVBoxLayout;
    column->setSpacing(16);
    column->addWidget(title);
    column->addWidget(subtitle);
    column->addLayout(m_grid);
    column->addSpacing(8);
    column->addLayout(m_buttons);
    column->addSpacing(8);
    column->addWidget(hint);
    column->addStretch();
    auto *layout = new QHBoxLayout(this);
    layout->addLayout(column);
    place();
}

// As many cards beside each other as can be read.
void WelcomePage::place()
{
    const int margin = qBound(leastMargin, width() / 20, mostMargin);
    layout()->setContentsMargins(margin, margin * 5 / 7, margin, 24);
    const int room = width() - 2 * margin;
    int buttonsWidth = 0;
    for (int i = 0; i < m_buttons->count(); ++i)
        buttonsWidth += m_buttons->itemAt(i)->sizeHint().width() + m_buttons->spacing();
    m_buttons->setDirection(buttonsWidth > room ? QBoxLayout::TopToBottom : QBoxLayout::LeftToRight);
    const int columns = qBound(1, (room + gap) / (leastCardWidth + gap), mostColumns);
    const int lines = (room + gap) / columns - gap < widthForOneLine ? 2 : 1;
    if (columns == m_columns && lines == m_lines)
        return;
    m_columns = columns;
    m_lines = lines;
    for (int column = 0; column < mostColumns; ++column)
        m_grid->setColumnStretch(column, column < columns ? 1 : 0);
    for (qsizetype i = 0; i < m_cards.size(); ++i) {
        m_grid->addWidget(m_cards.at(i), int(i) / columns, int(i) % columns); // from where it was
        m_cards.at(i)->setSentenceLines(lines);
    }
}

void WelcomePage::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    place();
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
