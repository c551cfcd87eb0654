// Random input on the drawing: nothing crashes, nothing stays half done, undoing everything gives the first bytes.
// AUTOMATION_SEED, AUTOMATION_CASES and AUTOMATION_CASE as in caserunner.h.

#include "canvasfixture.h"

#include "caserunner.h"
#include "designer/canvas/canvasarranger.h"
#include "designer/canvas/canvasnotes.h"
#include "designer/canvas/noteeditor.h"
#include "model/document/commands/stepcommands.h"

#include <QTemporaryDir>

using namespace automation;
using namespace Qt::StringLiterals;

namespace {

constexpr Qt::KeyboardModifier modifierList[]
    = {Qt::NoModifier, Qt::NoModifier, Qt::NoModifier, Qt::ShiftModifier, Qt::ControlModifier, Qt::AltModifier};
constexpr Qt::MouseButton buttonList[] = {Qt::LeftButton, Qt::LeftButton, Qt::LeftButton, Qt::MiddleButton};
constexpr Qt::Key keyList[] = {Qt::Key_Delete, Qt::Key_Backspace, Qt::Key_Left, Qt::Key_Right, Qt::Key_Up, Qt::Key_Down,
    Qt::Key_Return, Qt::Key_Tab, Qt::Key_F2, Qt::Key_F3, Qt::Key_Escape, Qt::Key_Space, Qt::Key_A, Qt::Key_C, Qt::Key_X,
    Qt::Key_V, Qt::Key_D, Qt::Key_F, Qt::Key_0, Qt::Key_1, Qt::Key_2, Qt::Key_Plus, Qt::Key_Z};

// One hand on one drawing.
class WildHand
{
public:
    WildHand(CanvasFixture &canvas, Random &random)
        : m_canvas(canvas)
        , m_random(random)
    {
    }

    void act()
    {
        GraphView &view = m_canvas.view;
        switch (m_random.below(18)) {
        case 0:
        case 1:
        case 2:
            press();
            break;
        case 3:
        case 4:
        case 5:
        case 6:
            move();
            break;
        case 7:
        case 8:
            release();
            break;
        case 9:
        case 10:
        case 11:
            key();
            break;
        case 12:
            wheel();
            break;
        case 13: { // the focus goes and comes
            QFocusEvent out(QEvent::FocusOut, m_random.chance(50) ? Qt::ActiveWindowFocusReason : Qt::MouseFocusReason);
            QApplication::sendEvent(&view, &out);
            if (m_random.chance(70))
                view.setFocus();
            break;
        }
        case 14:
            view.resize(m_random.between(80, 1100), m_random.between(60, 950));
            break;
        case 15:
            change();
            break;
        case 16:
            dragIn();
            break;
        default:
            other();
            break;
        }
    }

    // All buttons up, Esc until nothing is open any more.
    void letGo()
    {
        release();
        m_canvas.dragOut();
        QTest::keyRelease(&m_canvas.view, Qt::Key_Space);
        for (int i = 0; i < 4; ++i) {
            QWidget *focus = QApplication::focusWidget();
            QTest::keyClick(focus && m_canvas.view.isAncestorOf(focus) ? focus : &m_canvas.view, Qt::Key_Escape);
        }
    }

private:
    QPoint place()
    {
        const auto scene = m_canvas.view.scene();
        // Mostly where something is.
        if (!scene->nodes().isEmpty() && m_random.chance(75)) {
            const int node = m_random.below(int(scene->nodes().size()));
            const SceneNode &card = scene->nodes().at(node);
            switch (m_random.below(5)) {
            case 0:
                return m_canvas.at(card.box.center());
            case 1:
                return card.card.outcomes.isEmpty()
                    ? m_canvas.at(card.box.topLeft())
                    : m_canvas.at(scene->portPosition(node, m_random.below(int(card.card.outcomes.size()))));
            case 2:
                return m_canvas.at(card.box.bottomLeft() + QPointF(card.box.width() / 2, CardMetrics::OpenStub));
            case 3:
                if (!scene->edges().isEmpty()) {
                    const SceneEdge &edge = scene->edges().at(m_random.below(int(scene->edges().size())));
                    const QPointF points[]
                        = {edge.addButton, edge.points.value(0), edge.points.value(edge.points.size() - 1)};
                    return m_canvas.at(m_random.oneOf(points));
                }
                break;
            default:
                return m_canvas.at(card.box.topLeft() + QPointF(m_random.below(240), m_random.below(90)));
            }
        }
        return {m_random.between(-60, m_canvas.view.width() + 60), m_random.between(-60, m_canvas.view.height() + 60)};
    }

    void mouse(QEvent::Type type, Qt::MouseButton button)
    {
        const QPointF local(m_place);
        QMouseEvent event(type, local, m_canvas.view.viewport()->mapToGlobal(local), button, m_buttons, m_modifiers);
        QApplication::sendEvent(m_canvas.view.viewport(), &event);
    }
    void press()
    {
        m_modifiers = m_random.oneOf(modifierList);
        const Qt::MouseButton button = m_random.oneOf(buttonList);
        if (m_buttons & button)
            return;
        m_place = place();
        m_buttons |= button;
        mouse(m_random.chance(12) ? QEvent::MouseButtonDblClick : QEvent::MouseButtonPress, button);
    }
    void move()
    {
        m_place
            = m_random.chance(40) ? m_place + QPoint(m_random.between(-15, 15), m_random.between(-15, 15)) : place();
        if (m_random.chance(4))
            m_buttons = {}; // a release that went elsewhere
        mouse(QEvent::MouseMove, Qt::NoButton);
    }
    void release()
    {
        for (const Qt::MouseButton button : {Qt::LeftButton, Qt::MiddleButton}) {
            if (m_buttons & button) {
                m_buttons &= ~button;
                mouse(QEvent::MouseButtonRelease, button);
            }
        }
    }
    void key()
    {
        QWidget *focus = QApplication::focusWidget();
        QWidget *to = focus && m_canvas.view.isAncestorOf(focus) && m_random.chance(70) ? focus : &m_canvas.view;
        const Qt::Key key = m_random.oneOf(keyList);
        const Qt::KeyboardModifiers modifiers = m_random.oneOf(modifierList);
        if (key == Qt::Key_Space && m_random.chance(50))
            QTest::keyPress(to, key);
        else
            QTest::keyClick(to, key, modifiers);
    }
    void wheel()
    {
        const QPointF local(place());
        QWheelEvent event(local, m_canvas.view.viewport()->mapToGlobal(local), {},
            {m_random.between(-240, 240), m_random.between(-480, 480)}, {}, m_random.oneOf(modifierList),
            Qt::NoScrollPhase, false);
        QApplication::sendEvent(m_canvas.view.viewport(), &event);
    }
    // The document changes by itself: undo, redo, reload, an edit from elsewhere.
    void change()
    {
        WorkflowDocument &document = *m_canvas.document;
        switch (m_random.below(5)) {
        case 0:
            document.undoStack()->undo();
            break;
        case 1:
            document.undoStack()->redo();
            break;
        case 2:
            if (!document.filePath().isEmpty())
                (void)document.reload();
            break;
        case 3: {
            const int nodes = int(document.graph().nodes().size());
            const QString key = document.graph().nodes().at(m_random.below(nodes)).key;
            if (const auto edit = deleteSteps(document.definition(), document.graph(), {key}, m_random.chance(50)))
                (void)document.push(*edit);
            break;
        }
        default:
            m_canvas.view.addStepOfType(m_random.chance(50) ? u"SMS"_s : u"Branch"_s);
            break;
        }
    }
    void dragIn()
    {
        m_canvas.dragIn(m_random.chance(80) ? u"WaitForReply"_s : u"nonsense"_s, place());
        if (m_random.chance(60))
            m_canvas.drop(place());
        else if (m_random.chance(50))
            m_canvas.dragOut();
    }
    void other()
    {
        GraphView &view = m_canvas.view;
        switch (m_random.below(7)) {
        case 0:
            view.setReadOnly(!view.isReadOnly());
            break;
        case 1:
            view.addNote();
            break;
        case 2:
            view.arranger().tidy();
            break;
        case 3:
            view.arranger().setDirection(
                m_random.chance(50) ? DrawingLayout::Direction::LeftToRight : DrawingLayout::Direction::TopToBottom);
            break;
        case 4:
            view.grab();
            break;
        case 5:
            QApplication::processEvents();
            break;
        default: {
            const QPoint local = place();
            QContextMenuEvent event(QContextMenuEvent::Mouse, local, view.viewport()->mapToGlobal(local));
            QApplication::sendEvent(view.viewport(), &event);
            break;
        }
        }
    }

    CanvasFixture &m_canvas;
    Random &m_random;
    QPoint m_place;
    Qt::MouseButtons m_buttons;
    Qt::KeyboardModifiers m_modifiers;
};

} // namespace

class TestWildInput : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void randomSequences()
    {
        QTemporaryDir directory;
        const QByteArray text = CanvasFixture::read(u"booking.json"_s);
        const QString path = directory.filePath(u"wild.json"_s);
        const Law law = [&](Random &random) -> std::optional<QString> {
            QFile file(path);
            if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
                return u"no file"_s;
            file.close();
            QFile::remove(directory.filePath(u"wild.layout.json"_s));
            CanvasFixture canvas(text);
            if (random.chance(50)) {
                Result<std::unique_ptr<WorkflowDocument>> opened = WorkflowDocument::open(path);
                if (!opened)
                    return u"not opened"_s;
                canvas.view.setDocument(nullptr);
                canvas.document = std::move(opened.value());
                canvas.view.setDocument(canvas.document.get());
            }
            WildHand hand(canvas, random);
            const int events = random.between(10, 60);
            for (int i = 0; i < events; ++i) {
                hand.act();
                if (canvas.document->graph().stepCount() > 400)
                    break; // pasted again and again: enough
            }
            hand.letGo();
            const SceneState &state = canvas.view.state();
            if (canvas.view.hasInteraction())
                return u"an interaction remains"_s;
            if (!state.possibleTargets.isEmpty() || state.targetNode >= 0 || state.targetEdge >= 0
                || state.targetOutcomeNode >= 0 || state.hiddenEdge >= 0)
                return u"a highlight remains"_s;
            if (canvas.quickAdd()->isOpen() || canvas.view.findChild<NoteEditor *>()->isOpen())
                return u"a field remains open"_s;
            for (const QString &key : canvas.view.selection()) {
                if (canvas.node(key) < 0)
                    return u"a step is selected that is not there"_s;
            }
            const QByteArray after = canvas.document->text();
            const DrawingLayout drawing = canvas.document->drawing();
            const int index = canvas.document->undoStack()->index();
            canvas.document->undoStack()->setIndex(0);
            if (canvas.document->text() != text)
                return u"undoing everything does not give the first bytes"_s;
            if (!canvas.document->drawing().isDefault())
                return u"undoing everything does not give the first drawing"_s;
            canvas.document->undoStack()->setIndex(index);
            if (canvas.document->text() != after || !(canvas.document->drawing() == drawing))
                return u"redoing everything gives something else"_s;
            return std::nullopt;
        };
        const QString failure = runCases("wild input", 1000, law);
        QVERIFY2(failure.isEmpty(), qPrintable(failure));
    }
};

QTEST_MAIN(TestWildInput)
#include "tst_wildinput.moc"
