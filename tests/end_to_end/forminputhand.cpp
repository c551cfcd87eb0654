#include "tests/end_to_end/forminputhand.h"

#include "app/commands/commandpalette.h"
#include "app/documenttab.h"
#include "app/mainwindow.h"
#include "designer/canvas/graphview.h"
#include "designer/inspector/fieldeditor.h"
#include "designer/inspector/inspector.h"
#include "designer/inspector/liveresult.h"
#include "tests/end_to_end/realinput.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QComboBox>
#include <QLineEdit>
#include <QMenu>
#include <QPainter>
#include <QPlainTextEdit>
#include <QPointer>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QTest>
#include <QTimer>
#include <QToolBar>
#include <QToolButton>

namespace automation {

namespace {

constexpr int patience = 15'000; // milliseconds, on a machine that has other things to do

constexpr int shortPatience = 3'000; // for what a popup may have taken

// What became of a click on a widget. What moves away between press and release takes the press but not the click.
class ClickWatch : public QObject
{
public:
    explicit ClickWatch(QWidget *target)
        : m_target(target)
    {
        if (auto *button = qobject_cast<QAbstractButton *>(target)) {
            const auto *push = qobject_cast<QPushButton *>(button);
            const auto *tool = qobject_cast<QToolButton *>(button);
            m_opensMenu = (push && push->menu()) || (tool && tool->popupMode() == QToolButton::InstantPopup);
            m_isButton = true;
            connect(button, &QAbstractButton::clicked, this, [this] { m_isClicked = true; });
        }
        qApp->installEventFilter(this);
    }

    bool isOver() const { return m_isOver || !m_target; } // the button of the pointer is up again
    bool isDone() const { return !m_target || (m_isButton && !m_opensMenu ? m_isClicked : m_isPressed); }

    bool eventFilter(QObject *watched, QEvent *event) override
    {
        const auto *widget = qobject_cast<QWidget *>(watched);
        if (event->type() == QEvent::MouseButtonPress && widget && m_target)
            m_isPressed = m_isPressed || widget == m_target || m_target->isAncestorOf(widget);
        m_isOver = m_isOver || event->type() == QEvent::MouseButtonRelease;
        return false;
    }

private:
    QPointer<QWidget> m_target;
    bool m_isButton = false;
    bool m_opensMenu = false;
    bool m_isPressed = false;
    bool m_isClicked = false;
    bool m_isOver = false;
};

// Its look where the keys show: around what has a cursor, which blinks, all of the rest.
QImage focusLook(QWidget *widget)
{
    QImage look = widget->grab().toImage();
    const auto *combo = qobject_cast<QComboBox *>(widget);
    const bool hasCursor
        = qobject_cast<QLineEdit *>(widget) || qobject_cast<QPlainTextEdit *>(widget) || (combo && combo->isEditable());
    if (hasCursor) {
        QPainter painter(&look);
        painter.fillRect(QRect(QPoint(), widget->size()).adjusted(2, 2, -2, -2), Qt::white);
    }
    return look;
}

QRect placeIn(const QWidget *widget, const QWidget *outer)
{
    return {widget->mapTo(outer, QPoint()), widget->size()};
}

} // namespace

QString FormHand::openForm(const QString &key)
{
    GraphView *canvas = m_window->currentTab()->graphView();
    if (hasKeys()) {
        RealInput::key(u"ctrl+shift+p"_qs);
        auto *palette = m_window->findChild<CommandPalette *>();
        if (!QTest::qWaitFor([&] { return palette && palette->isVisible(); }, patience))
            return u"no command palette"_qs;
        const QString words = key == DefinitionGraph::triggerKey() ? u"go to the trigger"_qs : key;
        RealInput::overwrite(words, {u"ctrl+a"_qs});
        auto *line = palette->findChild<QLineEdit *>();
        if (!QTest::qWaitFor([&] { return line->text() == words; }, patience))
            return u"nothing was typed"_qs;
        RealInput::key(u"Return"_qs);
        if (!QTest::qWaitFor([&] { return canvas->selection() == QStringList {key} && canvas->hasFocus(); }, patience))
            return u"%1 is not selected"_qs.arg(key);
        RealInput::key(u"Return"_qs);
        if (!QTest::qWaitFor([&] { return focused() != nullptr; }, patience))
            return u"Enter does not lead into the form"_qs;
        return {};
    }
    canvas->zoomToFit();
    canvas->showStep(key);
    const SceneNode &card = canvas->scene()->nodes().at(canvas->scene()->indexOfKey(key));
    const QPointF place = canvas->transform().toView(card.box.topLeft() + QPointF(card.box.width() / 2, 24));
    RealInput::click(RealInput::at(canvas->viewport(), place.toPoint()));
    if (!QTest::qWaitFor([&] { return canvas->selection() == QStringList {key}; }, patience))
        return u"%1 is not selected"_qs.arg(key);
    return {};
}

QScrollArea *FormHand::scrollArea() const
{
    return m_window->findChild<Inspector *>()->findChild<QScrollArea *>();
}

QWidget *FormHand::form() const
{
    return scrollArea()->widget();
}

QWidget *FormHand::focused() const
{
    QWidget *now = QApplication::focusWidget();
    return now && form() && form()->isAncestorOf(now) ? now : nullptr;
}

QWidget *FormHand::find(const FormInput &input) const
{
    const QList<QWidget *> fields
        = input.field.isEmpty() ? QList<QWidget *> {form()} : form()->findChildren<QWidget *>(input.field);
    int number = input.number;
    for (const QWidget *field : fields) {
        for (QWidget *widget : field->findChildren<QWidget *>(input.name)) {
            if (widget->isVisible() && nameOf(widget).field == input.field && number-- == 0)
                return widget;
        }
    }
    return nullptr;
}

FormInput FormHand::nameOf(const QWidget *widget) const
{
    FormInput result {{}, widget->objectName(), 0};
    const QWidget *field = widget->parentWidget();
    while (field != form() && !qobject_cast<const FieldEditor *>(field))
        field = field->parentWidget();
    if (field != form())
        result.field = field->objectName();
    for (const QWidget *each : field->findChildren<QWidget *>(result.name)) {
        if (each == widget)
            break;
        result.number += each->isVisible();
    }
    return result;
}

bool FormHand::hasResults() const
{
    const QList<LiveResult *> results = form()->findChildren<LiveResult *>();
    return std::none_of(results.begin(), results.end(), [](const LiveResult *result) { return result->isPending(); });
}

QList<QWidget *> FormHand::stops() const
{
    QList<QWidget *> result;
    for (QWidget *widget : form()->findChildren<QWidget *>()) {
        const bool isPart = qobject_cast<QLineEdit *>(widget) && qobject_cast<QComboBox *>(widget->parentWidget());
        if (widget->isVisible() && widget->isEnabled() && (widget->focusPolicy() & Qt::TabFocus) && !isPart
            && !qobject_cast<QScrollBar *>(widget))
            result.append(widget);
    }
    return result;
}

QString FormHand::reach(const FormInput &input)
{
    QWidget *target = find(input);
    if (!target)
        return input.text() + u" is not there"_qs;
    const QString failure = hasKeys() ? tabTo(target) : click(target);
    return failure.isEmpty() ? QString() : input.text() + u": "_qs + failure;
}

QString FormHand::tabTo(QWidget *target)
{
    for (int most = 120; QApplication::focusWidget() != target; --most) {
        QWidget *now = focused();
        if (!now)
            return u"the keys are not in the form but in %1"_qs.arg(
                QApplication::focusWidget() ? QApplication::focusWidget()->objectName() : u"nothing"_qs);
        if (most == 0)
            return u"Tab does not lead there"_qs;
        QWidget *next = now->nextInFocusChain();
        while (next != target && form()->isAncestorOf(next))
            next = next->nextInFocusChain();
        RealInput::key(next == target ? u"Tab"_qs : u"shift+Tab"_qs);
        if (!QTest::qWaitFor([now] { return QApplication::focusWidget() != now; }, patience))
            return u"Tab does not leave "_qs + now->objectName();
    }
    return {};
}

QString FormHand::bringIntoView(QWidget *widget)
{
    QWidget *view = scrollArea()->viewport();
    QScrollBar *bar = scrollArea()->verticalScrollBar();
    const auto way = [&] {
        const QRect place = placeIn(widget, view);
        const int room = std::min(place.height(), view->height());
        return place.top() < 0 ? place.top() : std::max(0, place.top() + room - view->height());
    };
    // Popups and layouts of the moment may still be on their way.
    for (int most = 40; way() != 0 && most > 0; --most) {
        const int notch = 3 * bar->singleStep();
        const int notches = -(std::abs(way()) + notch - 1) / notch * (way() < 0 ? -1 : 1);
        const int before = bar->value();
        RealInput::wheel(RealInput::at(view, QPoint(5, view->height() / 2)), notches);
        // A popup that closes just now may have taken the turn.
        (void)QTest::qWaitFor([&] { return bar->value() != before; }, shortPatience);
    }
    return way() == 0 ? QString() : u"it cannot be scrolled into view"_qs;
}

// Results that come in move what stands below them: the pointer waits for them, and follows until it is there. What a
// press that went past has opened is closed again.
QString FormHand::click(QWidget *widget)
{
    const WorkflowDocument *document = m_window->currentTab()->document();
    const QWidget *view = scrollArea()->viewport();
    const QPointer<QWidget> target = widget;
    const auto place = [&] { return RealInput::at(view, (placeIn(widget, view) & view->rect()).center()); };
    for (int most = 20; most > 0; --most) {
        if (!QTest::qWaitFor([&] { return document->isChecked() && hasResults(); }, patience))
            return u"the results do not come"_qs;
        if (!target)
            return u"it is gone"_qs;
        if (const QString failure = bringIntoView(widget); !failure.isEmpty())
            return failure;
        const QPoint aim = place();
        RealInput::moveTo(aim);
        if (!target)
            return u"it is gone"_qs;
        const QWidget *hit = QApplication::widgetAt(aim);
        if (aim == place() && (hit == widget || widget->isAncestorOf(hit))) {
            const ClickWatch watch(widget);
            RealInput::click(aim);
            (void)QTest::qWaitFor([&watch] { return watch.isOver(); }, patience);
            if (watch.isDone())
                return {};
        }
        if (QApplication::activePopupWidget()) {
            RealInput::key(u"Escape"_qs);
            (void)QTest::qWaitFor([] { return !QApplication::activePopupWidget(); }, shortPatience);
        }
    }
    return u"something lies over it"_qs;
}

QString FormHand::overwrite(const FormInput &input, const QString &text, const QStringList &after)
{
    if (const QString failure = reach(input); !failure.isEmpty())
        return failure;
    QWidget *target = find(input);
    if (!QTest::qWaitFor([target] { return target->hasFocus(); }, patience))
        return input.text() + u" does not take the keys"_qs;
    RealInput::overwrite(text, {u"ctrl+a"_qs}, after);
    return {};
}

QString FormHand::writeInside(const FormInput &input, const QString &text)
{
    if (const QString failure = reach(input); !failure.isEmpty())
        return failure;
    QWidget *target = find(input);
    if (!QTest::qWaitFor([target] { return target->hasFocus(); }, patience))
        return input.text() + u" does not take the keys"_qs;
    RealInput::overwrite(text, {u"ctrl+Home"_qs, u"Right"_qs});
    return {};
}

QString FormHand::press(const FormInput &input)
{
    if (const QString failure = reach(input); !failure.isEmpty())
        return failure;
    if (hasKeys())
        RealInput::key(u"space"_qs);
    return {};
}

QString FormHand::pressFirstEntry(const FormInput &input)
{
    bool isTaken = false;
    QTimer look; // the press returns when the menu is closed
    QObject::connect(&look, &QTimer::timeout, [&] {
        const auto *menu = qobject_cast<QMenu *>(QApplication::activePopupWidget());
        if (isTaken || !menu || !menu->isVisible())
            return;
        isTaken = true;
        if (hasKeys())
            RealInput::keysUnawaited({u"Down"_qs, u"Return"_qs});
        else
            RealInput::clickUnawaited(RealInput::at(menu, menu->actionGeometry(menu->actions().first()).center()));
    });
    look.start(20);
    if (const QString failure = press(input); !failure.isEmpty())
        return failure;
    const bool isDone = QTest::qWaitFor(
        [&] { return isTaken && !QApplication::activePopupWidget() && RealInput::isIdle(); }, patience);
    return isDone ? QString() : input.text() + u" opens no menu that closes again"_qs;
}

QString FormHand::choose(const FormInput &input, int row)
{
    if (const QString failure = reach(input); !failure.isEmpty())
        return failure;
    auto *combo = qobject_cast<QComboBox *>(find(input));
    if (!combo)
        return input.text() + u" is no list"_qs;
    if (!hasKeys())
        return clickRow(combo, row);
    if (combo->isEditable()) {
        RealInput::overwrite(combo->itemText(row), {u"ctrl+a"_qs});
        return {};
    }
    const int way = row - std::max(combo->currentIndex(), 0);
    QStringList keys;
    if (combo->currentIndex() < 0)
        keys += u"Home"_qs;
    keys += QStringList(std::abs(way), way < 0 ? u"Up"_qs : u"Down"_qs);
    RealInput::keys(keys);
    return {};
}

// The list was asked for with a click on the combo box; one that is written in opens by its arrow.
QString FormHand::clickRow(QComboBox *combo, int row)
{
    if (combo->isEditable())
        RealInput::click(RealInput::at(combo, QPoint(combo->width() - 10, combo->height() / 2)));
    const QPointer<QAbstractItemView> list = combo->view(); // goes with its form, which may need another look
    if (!QTest::qWaitFor([list] { return list->isVisible(); }, patience))
        return combo->objectName() + u" does not open"_qs;
    const auto place = [&] { return list->visualRect(combo->model()->index(row, 0)); };
    for (int most = 60; !list->viewport()->rect().contains(place().center()) && most > 0; --most) {
        const int before = list->verticalScrollBar()->value();
        RealInput::wheel(RealInput::centerOf(list->viewport()), place().center().y() < 0 ? 1 : -1);
        if (!QTest::qWaitFor([&] { return list->verticalScrollBar()->value() != before; }, patience))
            return u"the list does not scroll"_qs;
    }
    RealInput::click(RealInput::at(list->viewport(), place().center()));
    return QTest::qWaitFor([list] { return !list || !list->isVisible(); }, patience) ? QString()
                                                                                     : u"the list stays open"_qs;
}

QString FormHand::chooseNamed(const FormInput &input, const QString &id)
{
    if (const QString failure = reach(input); !failure.isEmpty())
        return failure;
    auto *combo = qobject_cast<QComboBox *>(find(input));
    if (hasKeys())
        RealInput::key(u"Down"_qs);
    if (!QTest::qWaitFor([combo] { return combo->view()->isVisible(); }, patience))
        return input.text() + u" does not open"_qs;
    if (!hasKeys())
        return clickRow(combo, combo->findData(id));
    RealInput::overwrite(id, {u"Home"_qs});
    const QPointer<QAbstractItemView> list = combo->view();
    if (!QTest::qWaitFor([&] { return list->currentIndex().data(Qt::UserRole) == id; }, patience))
        return u"typing its name does not find "_qs + id;
    RealInput::key(u"Return"_qs);
    return QTest::qWaitFor([list] { return !list || !list->isVisible(); }, patience) ? QString()
                                                                                     : u"the list stays open"_qs;
}

void FormHand::leave()
{
    if (hasKeys())
        RealInput::key(u"Tab"_qs);
}

void FormHand::undo()
{
    if (hasKeys()) {
        RealInput::key(u"ctrl+z"_qs);
        return;
    }
    for (const QToolButton *button : m_window->findChildren<QToolButton *>()) {
        const QAction *action = button->defaultAction();
        if (action && action->shortcut() == QKeySequence(QKeySequence::Undo) && button->isVisible())
            RealInput::click(RealInput::centerOf(button));
    }
}

QString FormHand::walkThrough(const FormInput &first)
{
    if (const QString failure = reach(first); !failure.isEmpty())
        return failure;
    QList<QWidget *> left = stops();
    const QWidget *view = scrollArea()->viewport();
    QHash<QWidget *, QImage> looks;
    for (QWidget *stop : std::as_const(left)) {
        if (!stop->hasFocus())
            looks.insert(stop, focusLook(stop));
    }
    QStringList wrong;
    int lowest = 0;
    for (qsizetype most = left.size() + 3; most > 0; --most) {
        QWidget *now = focused();
        if (!now)
            break; // behind the last
        left.removeOne(now);
        const QRect place = placeIn(now, view);
        if (place.left() < 0 || place.right() >= view->width() || place.top() >= view->height() || place.bottom() < 0
            || (place.height() < view->height() && !view->rect().contains(place)))
            wrong += now->objectName() + u" is not seen when the keys are there"_qs;
        const QString name = now->objectName();
        if (looks.contains(now) && focusLook(now) == looks.value(now))
            wrong += name + u" looks the same with the keys"_qs;
        const int y = now->mapTo(form(), QPoint(0, now->height() / 2)).y();
        if (y + 24 < lowest)
            wrong += name + u" comes after what stands below it"_qs;
        lowest = std::max(lowest, y);
        if (left.isEmpty())
            break;
        RealInput::key(u"Tab"_qs);
        if (!QTest::qWaitFor([now] { return QApplication::focusWidget() != now; }, patience)) {
            wrong += u"Tab does not leave "_qs + name;
            break;
        }
    }
    for (const QWidget *missed : std::as_const(left))
        wrong += missed->objectName() + u" is not reached"_qs;
    return wrong.join(u"; "_qs);
}

} // namespace automation
