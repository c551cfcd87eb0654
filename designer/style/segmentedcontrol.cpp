#include "designer/style/segmentedcontrol.h"

#include <QButtonGroup>
#include <QHBoxLayout>
#include <QToolButton>

namespace automation {

SegmentedControl::SegmentedControl(QWidget *parent)
    : QFrame(parent)
    , m_layout(new QHBoxLayout(this))
    , m_group(new QButtonGroup(this))
{
    setAttribute(Qt::WA_StyledBackground);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    m_layout->setContentsMargins(1, 0, 1, 0);
    m_layout->setSpacing(0);
    m_group->setExclusive(true);
    connect(m_group, &QButtonGroup::idToggled, this, [this](int index, bool checked) {
        if (checked)
            Q_EMIT currentChanged(index);
    });
}

int SegmentedControl::addSegment(const QString &text, const QString &toolTip)
{
    const int index = count();
    auto *button = new QToolButton(this);
    button->setText(text);
    button->setToolTip(toolTip);
    button->setAccessibleName(text);
    button->setCheckable(true);
    button->setAutoRaise(true);
    button->setFocusPolicy(Qt::TabFocus);
    button->setSizePolicy(QSizePolicy::Minimum, QSizePolicy::Fixed);
    m_layout->addWidget(button);
    m_group->addButton(button, index);
    if (index == 0) {
        const QSignalBlocker quiet(m_group);
        button->setChecked(true);
    }
    return index;
}

int SegmentedControl::count() const
{
    return int(m_group->buttons().size());
}

int SegmentedControl::currentIndex() const
{
    return m_group->checkedId();
}

void SegmentedControl::setSegmentEnabled(int index, bool enabled)
{
    if (QToolButton *button = segment(index))
        button->setEnabled(enabled);
}

void SegmentedControl::setSegmentText(int index, const QString &text)
{
    if (QToolButton *button = segment(index)) {
        button->setText(text);
        button->setAccessibleName(text);
    }
}

QString SegmentedControl::segmentText(int index) const
{
    const QToolButton *button = segment(index);
    return button ? button->text() : QString();
}

void SegmentedControl::setCurrentIndex(int index)
{
    if (QToolButton *button = segment(index))
        button->setChecked(true);
}

QToolButton *SegmentedControl::segment(int index) const
{
    return qobject_cast<QToolButton *>(m_group->button(index));
}

} // namespace automation
