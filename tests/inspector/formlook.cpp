#include "tests/inspector/formlook.h"

#include <QAbstractButton>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QScrollArea>
#include <QScrollBar>

namespace automation {

namespace {

constexpr int leastLineWidth = 40; // pixels that show a few characters
constexpr int leastListWidth = 70;

// How it stands in the form, for whoever has to find it.
QString pathOf(const QWidget *widget, const QWidget *form)
{
    QStringList chain;
    for (const QWidget *at = widget; at && at != form; at = at->parentWidget())
        chain += QLatin1StringView(at->metaObject()->className()) + u' ' + at->objectName();
    return chain.join(u" < "_qs);
}

bool hasRoom(const QWidget *widget)
{
    if (const auto *label = qobject_cast<const QLabel *>(widget); label && !label->text().isEmpty())
        return label->wordWrap() ? label->heightForWidth(label->width()) <= label->height()
                                 : label->sizeHint().width() <= label->width();
    if (const auto *button = qobject_cast<const QAbstractButton *>(widget))
        return button->text().isEmpty() || button->sizeHint().width() <= button->width();
    if (qobject_cast<const QComboBox *>(widget))
        return widget->width() >= leastListWidth;
    if (qobject_cast<const QLineEdit *>(widget))
        return widget->width() >= leastLineWidth && widget->height() >= widget->fontMetrics().height();
    return true;
}

} // namespace

QStringList cutOffParts(const QScrollArea *area)
{
    const QWidget *form = area->widget();
    QStringList parts;
    if (form->width() > area->viewport()->width())
        parts += u"the form is %1 wide where there are %2"_qs.arg(form->width()).arg(area->viewport()->width());
    if (area->horizontalScrollBar()->isVisible())
        parts += u"the form scrolls sideways"_qs;
    for (const QWidget *widget : form->findChildren<QWidget *>()) {
        if (!widget->isVisible() || widget->size().isEmpty())
            continue;
        const QRect place(widget->mapTo(form, QPoint()), widget->size());
        const bool isInEditor = qobject_cast<QAbstractScrollArea *>(widget->parentWidget());
        const bool sticksOut = !isInEditor
            && (place.left() < 0 || place.right() >= form->width()
                || widget->geometry().right() > widget->parentWidget()->width());
        if (sticksOut)
            parts += u"sticks out: "_qs + pathOf(widget, form);
        else if (!hasRoom(widget))
            parts += u"has no room: "_qs + pathOf(widget, form);
    }
    return parts;
}

} // namespace automation
