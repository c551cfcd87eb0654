#include "designer/inspector/fieldeditor.h"
#include "designer/inspector/inspector.h"
#include "designer/inspector/messagepreview.h"
#include "designer/inspector/problemlabel.h"
#include "designer/style/applicationstyle.h"
#include "model/json/jsonreader.h"
#include "model/json/jsonwriter.h"
#include "tests/inspector/formcases.h"
#include "tests/inspector/formlook.h"

#include <QAbstractItemView>
#include <QAbstractScrollArea>
#include <QApplication>
#include <QComboBox>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QTest>
#include <QToolButton>

using namespace automation;
using namespace Qt::StringLiterals;

using namespace FormCases;
using Editor = InputField::Editor;

// Every field of every step type and trigger, with the keys and clicks of a person.
class FormsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { applyTheme(*qApp, Theme::light()); }

    void cleanup()
    {
        m_inspector.reset();
        m_document.reset();
    }

    void everyFieldIsEditedByKeyboard_data() { eachForm(); }
    void everyFieldIsEditedByKeyboard() { editEveryField(false); }
    void everyFieldIsEditedByMouse_data() { eachForm(); }
    void everyFieldIsEditedByMouse() { editEveryField(true); }

    void everythingIsReachedByTab_data() { eachForm(); }
    void everythingIsReachedByTab()
    {
        openForm();
        QSet<const QWidget *> wanted;
        for (QWidget *widget : form()->findChildren<QWidget *>()) {
            const bool isPart = qobject_cast<QLineEdit *>(widget) && qobject_cast<QComboBox *>(widget->parentWidget());
            if (widget->isVisible() && widget->isEnabled() && (widget->focusPolicy() & Qt::TabFocus) && !isPart
                && !qobject_cast<QScrollBar *>(widget))
                wanted.insert(widget);
        }
        QWidget *first = form()->findChild<QWidget *>(m_isTrigger ? u"editor_workflowName"_s : u"editor_id"_s);
        QVERIFY(first);
        first->setFocus();
        int lastY = -1;
        const qsizetype most = wanted.size() + 5;
        for (qsizetype i = 0; i < most && !wanted.isEmpty(); ++i) {
            QWidget *focused = QApplication::focusWidget();
            QVERIFY(focused);
            const QWidget *counted
                = qobject_cast<QComboBox *>(focused->parentWidget()) ? focused->parentWidget() : focused;
            if (wanted.remove(counted)) {
                // Never back up the form: the order is what the eye sees.
                const int y = counted->mapTo(form(), QPoint(0, counted->height() / 2)).y();
                QVERIFY2(y + 24 >= lastY, qPrintable(counted->objectName()));
                lastY = y;
            }
            QTest::keyClick(focused, Qt::Key_Tab);
        }
        QStringList missed;
        for (const QWidget *widget : wanted)
            missed += QLatin1StringView(widget->metaObject()->className()) + u' ' + widget->objectName();
        QVERIFY2(wanted.isEmpty(), qPrintable(missed.join(u", ")));
    }

    void nothingIsCutOffAt300Pixels_data() { eachForm(); }
    void nothingIsCutOffAt300Pixels()
    {
        openForm();
        if (auto *more = form()->findChild<QPushButton *>(u"moreFields"_s))
            QTest::mouseClick(more, Qt::LeftButton);
        const auto adders = form()->findChildren<QPushButton *>(QRegularExpression(u"^add_"_s));
        for (QPushButton *add : adders) {
            if (add->isVisible() && !add->menu())
                QTest::mouseClick(add, Qt::LeftButton);
        }
        for (int turn = 0; turn < 10; ++turn) // layouts settle from the inside to the outside
            QApplication::processEvents();
        QCOMPARE(m_inspector->width(), 300);
        const QStringList cutOff = cutOffParts(m_inspector->findChild<QScrollArea *>());
        QVERIFY2(cutOff.isEmpty(), qPrintable(cutOff.join(u'\n')));
    }

    void lookingAtAFormChangesNothing_data() { eachForm(); }
    void lookingAtAFormChangesNothing()
    {
        openForm();
        for (int tab = 0; tab < 3; ++tab) {
            QTest::keyClick(QApplication::focusWidget() ? QApplication::focusWidget() : m_inspector.get(), Qt::Key_Tab);
            m_inspector->setNodeKey(u"other"_s);
            m_inspector->setNodeKey(m_key);
        }
        QVERIFY(m_inspector->commitPending());
        QCOMPARE(m_document->text(), m_text);
        QCOMPARE(m_document->undoStack()->count(), 0);
    }

    void anotherKindOfMessageKeepsWhatFits()
    {
        const QByteArray before = documentWith(u"ChatAppsMessage"_s,
            "{\"subAccountId\":\"a\",\"user\":{\"msisdn\":\"+1\"},\"type\":\"image\",\"content\":{\"url\":\"https://"
            "a.example/1.jpg\","
            "\"text\":\"Look\",\"x-own\":[1.0]}}");
        open(before, u"it"_s);
        const auto content = [this] { return inputsNow().value(u"content"); };
        type(u"video"_s); // all of it fits
        QCOMPARE(content().keyAt(0), u"url"_s);
        QCOMPARE(content().value(u"text").toString(), u"Look"_s);
        type(u"text"_s); // a text has no address
        QVERIFY(!content().contains(u"url"));
        QCOMPARE(content().value(u"text").toString(), u"Look"_s);
        type(u"interactive"_s);
        QVERIFY(!content().contains(u"text"));
        QCOMPARE(content().value(u"x-own"), *readJson("[1.0]"));
        type(u"image"_s); // what went comes back
        QCOMPARE(content().value(u"url").toString(), u"https://a.example/1.jpg"_s);
        QCOMPARE(content().value(u"text").toString(), u"Look"_s);
        // A word that nothing is known about takes nothing away, and all of it is edited as JSON.
        type(u"hologram"_s);
        QCOMPARE(content().size(), 3);
        QVERIFY(form()->findChild<QWidget *>(u"editor_content"_s)->isVisible());
        QCOMPARE(m_document->undoStack()->index(), 1); // one visit
        m_document->undoStack()->undo();
        QCOMPARE(m_document->text(), before);
    }

    // The preview says what will be seen, and which members have no field.
    void thePreviewShowsTheMessage()
    {
        open(documentWith(u"ChatAppsMessage"_s,
                 "{\"type\":\"interactive\",\"content\":{\"interactive\":{\"type\":\"button\",\"body\":{\"text\":"
                 "\"Shall we?\"},"
                 "\"action\":{\"buttons\":[{\"type\":\"reply\",\"reply\":{\"id\":\"1\",\"title\":\"Yes\"}},"
                 "{\"type\":\"reply\",\"reply\":{\"id\":\"2\",\"title\":\"No\"}}]}}}}"),
            u"it"_s);
        auto *preview = form()->findChild<MessagePreview *>();
        QVERIFY(preview->isVisible());
        QCOMPARE(preview->message(), u"Shall we?\nYes\nNo"_s);
        QVERIFY(!form()->findChild<QWidget *>(u"editor_content"_s)->isVisible());
        auto *title = form()->findChild<QLineEdit *>(u"editor_content.interactive.action.buttons/1/reply.title"_s);
        title->setFocus();
        QTest::keyClicks(title, u"t now"_s);
        QVERIFY(preview->message().contains(u"t now"));
    }

    // What a button or a row lacks is said below its field, and going to the problem leads into it.
    void whatAnElementLacksIsSaidBelowItsField()
    {
        open(documentWith(u"ChatAppsMessage"_s,
                 "{\"subAccountId\":\"a\",\"user\":{\"msisdn\":\"+1\"},\"type\":\"interactive\",\"content\":{"
                 "\"interactive\":{"
                 "\"type\":\"list\",\"body\":{\"text\":\"When?\"},\"action\":{\"button\":\"Choose\",\"sections\":[{"
                 "\"title\":"
                 "\"Days\",\"rows\":[{\"id\":\"1\",\"title\":\"Monday\"},{\"id\":\"2\",\"title\":\"\"}]}]}}}}"),
            u"it"_s);
        const QList<Problem> problems = m_document->problems();
        const auto problem = std::find_if(
            problems.begin(), problems.end(), [](const Problem &each) { return each.rule == u"missing-input"; });
        QVERIFY(problem != problems.end());
        QCOMPARE(problem->message, u"Section 1, Row 2: “Title” is required and empty."_s);
        const QString name = u"content.interactive.action.sections/0/rows/1/title"_s;
        const auto labelled = [this] {
            QStringList fields;
            for (const ProblemLabel *label : form()->findChildren<ProblemLabel *>()) {
                if (label->problem().rule == u"missing-input" && label->isVisible())
                    fields += label->parent()->objectName();
            }
            return fields;
        };
        QCOMPARE(labelled(), QStringList {u"field_"_s + name});
        m_inspector->focusField(u"it"_s, problem->pointer);
        auto *title = form()->findChild<QLineEdit *>(u"editor_"_s + name);
        QVERIFY(title->hasFocus());
        QTest::keyClicks(title, u"Tuesday"_s);
        QCOMPARE(labelled(), QStringList());
    }

    // A call has fields for its action; what belongs to none of them stays and is seen as JSON.
    void aCallHasTheFieldsOfItsAction()
    {
        const QByteArray before = documentWith(u"VoiceMessage"_s,
            "{\"subAccountId\":\"a\",\"action\":\"say&capture\",\"params\":{\"destination\":\"+2\",\"text\":\"Press\","
            "\"speed\":1.0}}");
        open(before, u"it"_s);
        const auto isShown = [this](const QString &name) {
            const auto *editor = form()->findChild<QWidget *>(u"editor_params"_s + name);
            return editor && editor->isVisible();
        };
        for (const QString &name : {u".destination"_s, u".text"_s, u".speed"_s, u".repetition"_s, u".maxDigits"_s})
            QVERIFY2(isShown(name), qPrintable(name));
        QVERIFY(!isShown(u".fileUrl"_s));
        QVERIFY(!isShown({})); // there is a field for all of it
        const auto act = [this](const QString &action) {
            auto *combo = form()->findChild<QComboBox *>(u"editor_action"_s);
            combo->setFocus(Qt::TabFocusReason);
            QTest::keyClick(combo, Qt::Key_Home);
            for (int row = combo->findText(action); row > 0; --row)
                QTest::keyClick(combo, Qt::Key_Down);
            QCOMPARE(inputsNow().value(u"action").toString(), action);
        };
        act(u"playFile"_s);
        QVERIFY(isShown(u".fileUrl"_s));
        QVERIFY(!isShown(u".text"_s));
        QVERIFY(!inputsNow().value(u"params").contains(u"text"));
        QCOMPARE(inputsNow().value(u"params").value(u"destination").toString(), u"+2"_s);
        act(u"say&capture"_s); // what went comes back
        QCOMPARE(inputsNow().value(u"params").value(u"text").toString(), u"Press"_s);
        // A member without a field.
        QByteArray other = before;
        other.replace("\"speed\"", "\"noOfTries\":3,\"speed\"");
        open(other, u"it"_s);
        QVERIFY(isShown({}));
    }

private:
    // Writes the kind of message.
    void type(const QString &kind)
    {
        auto *combo = form()->findChild<QComboBox *>(u"editor_type"_s);
        if (!combo->hasFocus())
            combo->setFocus(Qt::TabFocusReason);
        QTest::keyClick(combo, Qt::Key_A, Qt::ControlModifier);
        QTest::keyClicks(combo, kind);
        QTest::keyClick(combo, Qt::Key_Delete); // what was completed
        QCOMPARE(inputsNow().value(u"type").toString(), kind);
    }

    void open(const QByteArray &text, const QString &key)
    {
        auto opened = WorkflowDocument::fromText(text, u"forms"_s);
        QVERIFY2(opened.isOk(), opened ? "" : qPrintable(opened.error().message));
        m_document = std::move(opened).value();
        m_inspector = std::make_unique<Inspector>();
        m_inspector->resize(300, 900);
        m_inspector->setDocument(m_document.get());
        m_inspector->show();
        m_inspector->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_inspector.get()));
        m_text = text;
        m_key = key;
        m_inspector->setNodeKey(m_key);
        QCOMPARE(m_document->text(), m_text);
    }

    void openForm()
    {
        QFETCH(QString, type);
        QFETCH(QByteArray, inputs);
        m_isTrigger = inputs.isEmpty();
        m_text = documentWith(m_isTrigger ? u"Wait"_s : type, m_isTrigger ? "{\"duration\":\"1\"}"_ba : inputs);
        if (m_isTrigger)
            m_text.replace("inbound_sms", type.toUtf8());
        open(m_text, m_isTrigger ? DefinitionGraph::triggerKey() : u"it"_s);
    }

    QWidget *form() const { return m_inspector->findChild<QScrollArea *>()->widget(); }

    const StepType &stepType() const
    {
        return *m_document->graph().nodes().at(m_document->graph().indexOfKey(m_key)).type;
    }

    JsonPointer inputsPlace() const
    {
        return m_isTrigger ? JsonPointer() : JsonPointer({u"definition"_s, u"steps"_s, u"0"_s, u"inputs"_s});
    }

    JsonValue inputsNow() const
    {
        const JsonValue *found = inputsPlace().resolve(m_document->definition().root());
        return found ? *found : JsonValue();
    }

    FieldEditor *fieldOf(const InputField &field) const
    {
        for (FieldEditor *candidate : form()->findChildren<FieldEditor *>(u"field_"_s + field.name)) {
            if (candidate->isVisible())
                return candidate;
        }
        return nullptr;
    }

    void editEveryField(bool byMouse)
    {
        openForm();
        if (auto *more = form()->findChild<QPushButton *>(u"moreFields"_s)) {
            if (byMouse) {
                QTest::mouseClick(more, Qt::LeftButton);
            } else {
                more->setFocus(Qt::TabFocusReason);
                QTest::keyClick(more, Qt::Key_Space);
            }
        }
        QFETCH(QString, type);
        int edited = 0;
        for (const InputField &field : stepType().inputs) {
            // What all kinds of messages have is edited in one of them.
            const bool isOneKind
                = inputsNow().value(u"content").size() > 0 && type != QLatin1StringView(QTest::currentDataTag());
            if (!field.isMeant(inputsNow()) || (isOneKind && field.group == 0 && field.editor != Editor::Content))
                continue;
            FieldEditor *editor = fieldOf(field);
            QVERIFY2(editor, qPrintable(field.name));
            const int steps = m_document->undoStack()->index();
            edit(field, editor, byMouse);
            if (QTest::currentTestFailed())
                return;
            // One undo a visit: whatever was done in this field is gone with the steps it took.
            const int visits = field.editor == Editor::KeyValue || field.editor == Editor::List ? 2 : 1;
            QVERIFY2(m_document->undoStack()->index() - steps <= visits, qPrintable(field.name));
            QVERIFY2(m_document->undoStack()->index() > steps, qPrintable(field.name));
            QVERIFY2(m_document->text().contains("\"x-root\":1e2"), qPrintable(field.name));
            QVERIFY2(m_isTrigger || m_document->text().contains(ownKeys), qPrintable(field.name));
            while (m_document->undoStack()->index() > steps)
                QTest::keyClick(editor->input(), Qt::Key_Z, Qt::ControlModifier);
            QVERIFY2(
                m_document->text() == m_text, qPrintable(field.name + u'\n' + QString::fromUtf8(m_document->text())));
            ++edited;
        }
        QVERIFY(edited > 0 || type == u"Branch");
    }

    static void focus(QWidget *widget, bool byMouse)
    {
        auto *area = qobject_cast<QAbstractScrollArea *>(widget);
        if (byMouse)
            QTest::mouseClick(area ? area->viewport() : widget, Qt::LeftButton);
        else
            widget->setFocus(Qt::TabFocusReason);
        QVERIFY2(widget->hasFocus(), qPrintable(widget->objectName()));
    }

    static void press(QPushButton *button, bool byMouse)
    {
        if (byMouse) {
            QTest::mouseClick(button, Qt::LeftButton);
            return;
        }
        button->setFocus(Qt::TabFocusReason);
        QTest::keyClick(button, Qt::Key_Space);
    }

    static void choose(QComboBox *combo, int row, bool byMouse)
    {
        if (!byMouse) {
            combo->setFocus(Qt::TabFocusReason);
            if (combo->isEditable()) {
                QTest::keyClick(combo, Qt::Key_A, Qt::ControlModifier);
                QTest::keyClicks(combo, combo->itemText(row));
                return;
            }
            QTest::keyClick(combo, Qt::Key_Home);
            for (int i = 0; i < row; ++i)
                QTest::keyClick(combo, Qt::Key_Down);
            return;
        }
        if (combo->isEditable())
            combo->showPopup();
        else
            QTest::mouseClick(combo, Qt::LeftButton);
        QTRY_VERIFY(combo->view()->isVisible());
        const QModelIndex index = combo->model()->index(row, 0);
        combo->view()->scrollTo(index);
        QApplication::processEvents();
        // A list that has just opened takes the release of the click that opened it for nothing.
        QTest::mouseMove(combo->view()->viewport(), combo->view()->visualRect(index).center());
        QTest::keyClick(combo->view(), Qt::Key_Home);
        for (int i = 0; i < row; ++i)
            QTest::keyClick(combo->view(), Qt::Key_Down);
        QTest::mouseClick(combo->view()->viewport(), Qt::LeftButton, {}, combo->view()->visualRect(index).center());
        if (combo->view()->isVisible())
            QTest::keyClick(combo->view(), Qt::Key_Return);
        QTRY_VERIFY(!combo->view()->isVisible());
    }

    void edit(const InputField &field, FieldEditor *editor, bool byMouse)
    {
        const Typed typed = typedFor(field);
        if (field.editor == Editor::KeyValue) {
            editRows(field, editor, byMouse);
            return;
        }
        if (field.editor == Editor::List) {
            editList(field, editor, byMouse);
            return;
        }
        if (field.editor == Editor::Content) {
            editContent(field, editor, byMouse);
            return;
        }
        if (auto *combo = qobject_cast<QComboBox *>(editor->input())) {
            int row = int(field.choices.size()) - 1;
            if (combo->itemText(combo->count() - 1) != field.choices.last())
                row = combo->findText(field.choices.last());
            if (combo->currentIndex() == row)
                row = combo->findText(field.choices.first());
            const QString chosen = combo->itemText(row);
            choose(combo, row, byMouse);
            const JsonValue *value = field.find(inputsNow());
            QVERIFY2(value && value->toString() == chosen, qPrintable(field.name + u": "_s + chosen));
            return;
        }
        if (auto *toText = editor->findChild<QToolButton *>(u"switch_"_s + field.name);
            toText && toText->isVisible() && !editor->findChild<QWidget *>(u"editor_"_s + field.name)->isVisible())
            QTest::mouseClick(toText, Qt::LeftButton);
        QWidget *input = editor->input();
        focus(input, byMouse);
        QTest::keyClick(input, Qt::Key_A, Qt::ControlModifier);
        QTest::keyClicks(input, typed.keys);
        const JsonValue *value = field.find(inputsNow());
        QVERIFY2(value && *value == typed.value,
            qPrintable(
                field.name + u": "_s + QString::fromUtf8(value ? writeJson(*value, JsonStyle::compact()) : "none"_ba)));
    }

    void editRows(const InputField &field, FieldEditor *editor, bool byMouse)
    {
        press(editor->findChild<QPushButton *>(u"add_"_s + field.name), byMouse);
        QWidget *name = QApplication::focusWidget();
        QVERIFY2(name && name->objectName().startsWith(u"name_"), qPrintable(field.name));
        QTest::keyClicks(name, u"X-Key"_s);
        QTest::keyClick(name, Qt::Key_Return);
        QWidget *value = QApplication::focusWidget();
        QVERIFY2(value && value->objectName().startsWith(u"value_"), qPrintable(field.name));
        QTest::keyClicks(value, u"a {{data.x}}"_s);
        const JsonValue *members = field.find(inputsNow());
        QVERIFY(members);
        QCOMPARE(members->value(u"X-Key").toString(), u"a {{data.x}}"_s);
    }

    void editList(const InputField &field, FieldEditor *editor, bool byMouse)
    {
        const JsonValue *before = field.find(inputsNow());
        const qsizetype count = before ? before->size() : 0;
        press(editor->findChild<QPushButton *>(u"add_"_s + field.name), byMouse);
        const JsonValue *list = field.find(inputsNow());
        QVERIFY(list);
        QCOMPARE(list->size(), count + 1);
        QCOMPARE(list->at(count), field.newItem);
        // The first text of the new element.
        for (const InputField &part : field.items) {
            auto *line = editor->findChild<QLineEdit *>(u"editor_%1/%2/%3"_s.arg(field.name).arg(count).arg(part.name));
            if (!line || part.editor != Editor::Text)
                continue;
            focus(line, byMouse);
            QTest::keyClick(line, Qt::Key_A, Qt::ControlModifier);
            QTest::keyClicks(line, u"Ab {{data.x}}"_s);
            const JsonValue element = field.find(inputsNow())->at(count);
            QCOMPARE(part.find(element)->toString(), u"Ab {{data.x}}"_s);
            return;
        }
    }

    void editContent(const InputField &field, FieldEditor *editor, bool byMouse)
    {
        auto *open = editor->findChild<QPushButton *>(u"json_"_s + field.name);
        if (open->isVisible())
            press(open, byMouse);
        QWidget *input = editor->input();
        QVERIFY(input->isVisible());
        focus(input, byMouse);
        QTest::keyClick(input, Qt::Key_Home, Qt::ControlModifier);
        QTest::keyClick(input, Qt::Key_Right); // behind the brace
        QTest::keyClicks(input, u"\"more\": {\"b\": 2.50},"_s);
        const JsonValue *content = field.find(inputsNow());
        QVERIFY(content);
        QCOMPARE(content->value(u"more"), *readJson("{\"b\": 2.50}"));
        QCOMPARE(content->keyAt(0), u"more"_s);
    }

    QByteArray m_text;
    QString m_key;
    bool m_isTrigger = false;
    std::unique_ptr<WorkflowDocument> m_document;
    std::unique_ptr<Inspector> m_inspector;
};

QTEST_MAIN(FormsTest)
#include "tst_forms.moc"
