#include "designer/inspector/targetcombo.h"

#include <QAbstractItemView>
#include <QKeyEvent>
#include <QSignalBlocker>
#include <QStyleOptionComboBox>
#include <QWheelEvent>

namespace automation {

TargetCombo::TargetCombo(QWidget *parent)
    : QComboBox(parent)
{
    setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    setMinimumContentsLength(5);
    setMaxVisibleItems(14);
    connect(this, &QComboBox::activated, this, [this](int index) {
        const QString id = itemData(index).toString();
        if (id == m_target)
            return;
        setTarget(id);
        Q_EMIT targetChosen(id);
    });
}

void TargetCombo::setTarget(const QString &id)
{
    m_target = id;
    const QSignalBlocker quiet(this);
    clear();
    if (id.isEmpty()) {
        addItem(m_noneText, QString());
        return;
    }
    addItem(id, id);
    setToolTip(id);
}

void TargetCombo::showPopup()
{
    const QStringList ids = m_source ? m_source() : QStringList();
    const QSignalBlocker quiet(this);
    clear();
    if (!m_noneText.isEmpty())
        addItem(m_noneText, QString());
    if (!m_target.isEmpty() && !ids.contains(m_target))
        addItem(m_target, m_target);
    for (const QString &id : ids)
        addItem(id, id);
    setCurrentIndex(findData(m_target));
    QComboBox::showPopup();
    // The list may be wider than the narrow field in the form.
    view()->setMinimumWidth(qMax(width(), qMin(360, view()->sizeHintForColumn(0) + 40)));
}

void TargetCombo::wheelEvent(QWheelEvent *event)
{
    event->ignore(); // scrolls the form
}

void TargetCombo::keyPressEvent(QKeyEvent *event)
{
    // Keys that would choose the next entry have no list yet: open it instead.
    const bool chooses = event->key() == Qt::Key_Up || event->key() == Qt::Key_Down || event->key() == Qt::Key_Return
        || event->key() == Qt::Key_Enter || (!event->text().isEmpty() && event->text().at(0).isPrint());
    if (chooses && !(event->modifiers() & (Qt::ControlModifier | Qt::MetaModifier))) {
        showPopup();
        if (!event->text().trimmed().isEmpty() && event->text().at(0).isPrint()) // the first letter of a name
            view()->keyboardSearch(event->text());
        event->accept();
        return;
    }
    QComboBox::keyPressEvent(event);
}

// The arrow is no part of the names, which are found by typing.
void TargetCombo::initStyleOption(QStyleOptionComboBox *option) const
{
    QComboBox::initStyleOption(option);
    if (!m_target.isEmpty() && currentData().toString() == m_target)
        option->currentText.prepend(QStringLiteral("→ "));
}

} // namespace automation
