#include "designer/inspector/conditionbuilder.h"

#include "designer/inspector/editortools.h"
#include "designer/style/themedicon.h"

#include <QComboBox>
#include <QPushButton>
#include <QVBoxLayout>

namespace automation {

namespace {

using Kind = ConditionPart::Kind;

// The ways to join checks, in the order of the list.
constexpr struct Join
{
    const char *label;
    Kind kind;
    bool isNegated;
} joins[] = {
    {QT_TRANSLATE_NOOP("automation::ConditionBuilder", "All of these"), Kind::All, false},
    {QT_TRANSLATE_NOOP("automation::ConditionBuilder", "Any of these"), Kind::Any, false},
    {QT_TRANSLATE_NOOP("automation::ConditionBuilder", "Not all of these"), Kind::All, true},
    {QT_TRANSLATE_NOOP("automation::ConditionBuilder", "None of these"), Kind::Any, true},
};

} // namespace

ConditionBuilder::ConditionBuilder(QWidget *parent)
    : QWidget(parent)
    , m_join(new QComboBox(this))
    , m_column(new QVBoxLayout)
    , m_footer(new QHBoxLayout)
    , m_add(new QPushButton(tr("Add a check"), this))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    m_column->setSpacing(10);
    for (const Join &join : joins)
        m_join->addItem(tr(join.label));
    m_join->setObjectName(QStringLiteral("checkJoin"));
    m_join->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    ignoreWheelInPassing(m_join);
    m_add->setIcon(themedIcon(QStringLiteral("add"), IconTone::Muted));
    m_add->setObjectName(QStringLiteral("addCheck"));
    layout->addWidget(m_join);
    layout->addLayout(m_column);
    m_footer->addWidget(m_add);
    m_footer->addStretch();
    layout->addLayout(m_footer);
    connect(m_join, &QComboBox::activated, this, [this](int index) {
        m_condition.kind = joins[index].kind;
        m_condition.isNegated = joins[index].isNegated;
        write();
    });
    connect(m_add, &QPushButton::clicked, this, &ConditionBuilder::addCheck);
}

bool ConditionBuilder::setExpression(const QString &expression)
{
    if (expression == m_expression)
        return true;
    const std::optional<ConditionPart> condition = readConditionParts(expression);
    if (!condition)
        return false;
    m_expression = expression;
    m_condition = *condition;
    const qsizetype start = expression.indexOf(m_condition.source);
    // Brackets around the whole are not kept, blanks between braces and script are.
    m_before = expression.first(start).remove(u'(');
    m_behind = expression.sliced(start + m_condition.source.size()).remove(u')');
    if (!m_before.contains(u"{{")) { // an expression without them is only a text
        m_before = QStringLiteral("{{");
        m_behind = QStringLiteral("}}");
    }
    if (!showInPlace())
        rebuild();
    return true;
}

// In the rows there are; false when others are needed.
bool ConditionBuilder::showInPlace()
{
    const QList<ConditionPart> parts = m_condition.isGroup() ? m_condition.parts : QList {m_condition};
    if (parts.size() != m_rows.size())
        return false;
    for (qsizetype i = 0; i < parts.size(); ++i) {
        if (!m_rows.at(i)->setPart(parts.at(i)))
            return false;
    }
    showJoin();
    return true;
}

void ConditionBuilder::showJoin()
{
    for (int i = 0; i < int(std::size(joins)); ++i) {
        if (joins[i].kind == m_condition.kind && joins[i].isNegated == m_condition.isNegated)
            m_join->setCurrentIndex(i);
    }
}

void ConditionBuilder::start()
{
    m_expression.clear();
    m_condition = ConditionPart();
    m_condition.comparison = QStringLiteral("==");
    m_before = QStringLiteral("{{");
    m_behind = QStringLiteral("}}");
    rebuild();
}

QList<std::pair<QWidget *, QString>> ConditionBuilder::inputs() const
{
    QList<std::pair<QWidget *, QString>> result;
    if (m_rows.size() > 1)
        result.append({m_join, tr("Which of the checks must be true")});
    for (const CheckRow *row : m_rows)
        result += row->inputs();
    result.append({m_add, m_add->text()});
    return result;
}

void ConditionBuilder::rebuild()
{
    for (CheckRow *row : std::as_const(m_rows)) {
        row->disconnect(this);
        m_column->removeWidget(row);
        row->hide();
        row->deleteLater(); // it may be what brought us here
    }
    m_rows.clear();
    if (m_condition.isGroup()) {
        for (const ConditionPart &part : std::as_const(m_condition.parts))
            addRow(part);
        showJoin();
    } else {
        addRow(m_condition);
    }
    rowsChanged();
}

CheckRow *ConditionBuilder::addRow(const ConditionPart &part)
{
    auto *row = new CheckRow(part, m_subjects, this);
    m_rows.append(row);
    m_column->addWidget(row);
    row->show(); // not only at the layout's next turn: what takes the focus must be there
    connect(row, &CheckRow::edited, this, &ConditionBuilder::write);
    connect(row, &CheckRow::refused, this, &ConditionBuilder::refused);
    connect(row, &CheckRow::inputsChanged, this, &ConditionBuilder::inputsChanged);
    connect(row, &CheckRow::removeRequested, this, [this, row] { removeCheck(row); });
    return row;
}

void ConditionBuilder::rowsChanged()
{
    m_join->setVisible(m_rows.size() > 1);
    for (CheckRow *row : std::as_const(m_rows))
        row->setRemovable(m_rows.size() > 1);
    Q_EMIT inputsChanged();
}

void ConditionBuilder::write()
{
    if (m_condition.isGroup()) {
        m_condition.source.clear();
        m_condition.parts.clear();
        for (const CheckRow *row : std::as_const(m_rows))
            m_condition.parts.append(row->part());
    } else {
        m_condition = m_rows.first()->part();
    }
    m_expression = m_before + conditionScript(m_condition) + m_behind;
    Q_EMIT edited(m_expression);
}

void ConditionBuilder::addCheck()
{
    ConditionPart part;
    part.subject = m_rows.last()->part().subject;
    if (part.subject.isEmpty())
        part.subject = QStringLiteral("data.payload");
    part.comparison = QStringLiteral("==");
    if (!m_condition.isGroup()) {
        m_condition = ConditionPart();
        m_condition.kind = Kind::All;
        m_join->setCurrentIndex(0);
    }
    CheckRow *row = addRow(part);
    rowsChanged();
    write();
    if (!row->inputs().isEmpty())
        row->inputs().first().first->setFocus();
}

void ConditionBuilder::removeCheck(CheckRow *row)
{
    if (m_rows.size() < 2)
        return;
    m_rows.removeOne(row);
    row->disconnect(this);
    m_column->removeWidget(row);
    row->hide();
    row->deleteLater();
    if (m_rows.size() == 1) { // no group any more
        ConditionPart last = m_rows.first()->part();
        if (m_condition.isNegated) {
            last.isNegated = !last.isNegated;
            last.source.clear();
        }
        m_expression.clear();
        setExpression(m_before + conditionScript(last) + m_behind);
        rowsChanged();
        Q_EMIT edited(m_expression);
        return;
    }
    rowsChanged();
    write();
}

} // namespace automation
