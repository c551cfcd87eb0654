// Every field of every form in the real window, filled in with keys alone and with the pointer: what the definition
// says then and that nothing else in it changed, not a key that nobody knows, and that one undo gives back the bytes.

#include "app/documenttab.h"
#include "app/mainwindow.h"
#include "designer/canvas/graphview.h"
#include "designer/inspector/fieldeditor.h"
#include "designer/inspector/targetcombo.h"
#include "model/json/jsonreader.h"
#include "model/json/jsonwriter.h"
#include "tests/end_to_end/formchanges.h"
#include "tests/end_to_end/formchecks.h"
#include "tests/end_to_end/forminputhand.h"
#include "tests/end_to_end/realinput.h"
#include "tests/inspector/formcases.h"
#include "tests/inspector/formlook.h"

#include <QApplication>
#include <QComboBox>
#include <QDockWidget>
#include <QFile>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QSettings>
#include <QTemporaryDir>
#include <QtTest>

using namespace automation;
using Editor = InputField::Editor;

// Goes on only when a hand did what it was to do.
#define DONE(action)                                                                                                   \
    do {                                                                                                               \
        const QString failure = (action);                                                                              \
        QVERIFY2(failure.isEmpty(), qPrintable(failure));                                                              \
    } while (false)
// What shows in a moment, or on a busy machine in some.
#define SOON(condition) QTRY_VERIFY_WITH_TIMEOUT(condition, 15'000)
#define SOON_SAME(actual, expected) QTRY_COMPARE_WITH_TIMEOUT(actual, expected, 15'000)
// A function that tests call: whoever calls it looks whether the test goes on.
#define GO_ON(call)                                                                                                    \
    do {                                                                                                               \
        call;                                                                                                          \
        if (QTest::currentTestFailed())                                                                                \
            return;                                                                                                    \
    } while (false)

constexpr int formWidth = 300;

class FormInputTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void withKeys_data() { forms(false); }
    void withKeys() { fillIn(FormHand::Way::Keys); }
    void withThePointer_data() { forms(false); }
    void withThePointer() { fillIn(FormHand::Way::Pointer); }
    void messagesWithKeys_data() { forms(true); }
    void messagesWithKeys() { fillIn(FormHand::Way::Keys); }
    void messagesWithThePointer_data() { forms(true); }
    void messagesWithThePointer() { fillIn(FormHand::Way::Pointer); }

private:
    static void forms(bool ofMessages);
    void fillIn(FormHand::Way way);
    void open(const QByteArray &text);
    void fillInWorkflow();
    void fillInId();
    void fillInFields();
    void fillInLeaf(const FormLeaf &leaf);
    void fillInRows(const QString &field, const JsonPointer &place, bool hasOffers);
    void fillInList(const FormLeaf &leaf);
    void fillInConditions();
    void fillInChecks(const ConditionEdits &condition);
    void chooseTargets();
    void changeConditions();
    void fillInJson();
    void nothingWasForgotten();

    void isChanged(const JsonPointer &place, const JsonValue &value);
    void saysTheSameButFor(const QString &what, qsizetype lostKeys = 0);
    void undoGivesBack(int steps = 1);
    WorkflowDocument *document() const { return m_window->currentTab()->document(); }
    const GraphNode &node() const { return document()->graph().nodes().at(document()->graph().indexOfKey(m_key)); }
    bool isTrigger() const { return m_key == DefinitionGraph::triggerKey(); }
    JsonPointer stepPlace() const { return isTrigger() ? JsonPointer() : node().pointer; }
    JsonValue stepNow() const { return *stepPlace().resolve(document()->definition().root()); }
    const JsonValue *valueAt(const JsonPointer &place) const { return place.resolve(document()->definition().root()); }
    FormInput mark(const FormInput &input)
    {
        m_edited.insert(input.text());
        return input;
    }

    std::unique_ptr<QTemporaryDir> m_directory;
    std::unique_ptr<QSettings> m_settings;
    std::unique_ptr<MainWindow> m_window;
    std::unique_ptr<FormHand> m_hand;
    QByteArray m_everyForm;
    QByteArray m_original; // of the open document
    JsonValue m_before;
    QString m_key;
    QSet<QString> m_edited;
    int m_count = 0;
};

void FormInputTest::initTestCase()
{
    m_directory = std::make_unique<QTemporaryDir>();
    qputenv("XDG_DATA_HOME", m_directory->path().toUtf8());
    m_settings = std::make_unique<QSettings>(m_directory->filePath(u"settings.ini"_qs), QSettings::IniFormat);
    m_window = std::make_unique<MainWindow>(m_settings.get());
    m_window->setThemeChoice(MainWindow::ThemeChoice::Light);
    m_window->resize(1600, 960);
    m_window->move(0, 0);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get(), 15'000));
    QFile file(QStringLiteral(TEST_DATA_DIR "/end_to_end/everyform.json"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    m_everyForm = file.readAll();
    QCOMPARE(m_everyForm.count("inbound_sms"), 1);
    open(m_everyForm);
    QSet<QString> left; // without a step to fill in
    for (const StepType &type : StepCatalog::builtIn().steps())
        left.insert(type.name);
    for (const GraphNode &each : document()->graph().nodes())
        left.remove(each.typeName);
    QVERIFY2(left.isEmpty(), qPrintable(QStringList(left.cbegin(), left.cend()).join(u", "_qs)));
}

void FormInputTest::cleanupTestCase()
{
    m_window.reset();
    m_settings.reset();
    m_directory.reset();
}

// A file of its own in a tab of its own.
void FormInputTest::open(const QByteArray &text)
{
    const QString path = m_directory->filePath(u"every-%1.json"_qs.arg(++m_count));
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(text);
    file.close();
    m_window->openFile(path);
    SOON(m_window->currentTab() && document()->filePath() == path);
    GraphView *canvas = m_window->currentTab()->graphView();
    SOON(!canvas->isLayoutPending() && !canvas->scene()->nodes().isEmpty());
    SOON(canvas->hasFocus());
    m_original = text;
    m_before = document()->definition().root();
    QCOMPARE(document()->text(), m_original);
}

void FormInputTest::forms(bool ofMessages)
{
    QTest::addColumn<QByteArray>("trigger");
    QTest::addColumn<QString>("key");
    QList<const char *> ids {"text_back", "speak", "pause", "await_reply", "await_keys", "decide", "only_if",
        "call_http", "hand_over", "unheard_of"};
    if (ofMessages) {
        ids = {"chat_text", "chat_image", "chat_video", "chat_audio", "chat_file", "chat_place", "chat_template",
            "chat_buttons", "chat_list", "chat_link", "chat_cards"};
    } else {
        for (const StepType &type : StepCatalog::builtIn().triggers())
            QTest::newRow(qPrintable(type.name)) << type.name.toUtf8() << DefinitionGraph::triggerKey();
    }
    for (const char *id : std::as_const(ids))
        QTest::newRow(id) << "inbound_sms"_qba << QString::fromLatin1(id);
}

void FormInputTest::fillIn(FormHand::Way way)
{
    QFETCH(QByteArray, trigger);
    QFETCH(QString, key);
    QByteArray text = m_everyForm;
    text.replace("inbound_sms", trigger);
    if (!m_window->currentTab() || m_original != text || document()->text() != m_original
        || document()->undoStack()->index() != 0)
        GO_ON(open(text));
    m_key = key;
    m_hand = std::make_unique<FormHand>(m_window.get(), way);
    m_edited.clear();
    DONE(m_hand->openForm(m_key));
    if (m_hand->find({{}, u"moreFields"_qs})) {
        DONE(m_hand->press({{}, u"moreFields"_qs}));
        auto *more = m_hand->form()->findChild<QPushButton *>(u"moreFields"_qs);
        SOON(more->isChecked());
    }
    auto *dock = m_window->findChild<QDockWidget *>(u"inspectorDock"_qs);
    m_window->resizeDocks({dock}, {formWidth}, Qt::Horizontal);
    SOON_SAME(dock->width(), formWidth);
    QTRY_VERIFY2(
        cutOffParts(m_hand->scrollArea()).isEmpty(), qPrintable(cutOffParts(m_hand->scrollArea()).join(u'\n')));
    if (isTrigger())
        GO_ON(fillInWorkflow());
    else
        GO_ON(fillInId());
    GO_ON(fillInFields());
    GO_ON(fillInConditions());
    GO_ON(chooseTargets());
    GO_ON(changeConditions());
    if (!isTrigger() && !node().type)
        GO_ON(fillInJson());
    GO_ON(nothingWasForgotten());
    if (m_hand->hasKeys())
        DONE(m_hand->walkThrough({isTrigger() ? u"field_workflowName"_qs : u"field_id"_qs,
            isTrigger() ? u"editor_workflowName"_qs : u"editor_id"_qs}));
    QCOMPARE(document()->text(), m_original);
}

// The value stands there, and nothing is another but that.
void FormInputTest::isChanged(const JsonPointer &place, const JsonValue &value)
{
    const auto stands = [&] {
        const JsonValue *now = valueAt(place);
        return now && *now == value;
    };
    if (!QTest::qWaitFor(stands, 15'000)) {
        const JsonValue *now = valueAt(place);
        const QByteArray found = now ? writeJson(*now, JsonStyle::compact()) : QByteArray("nothing");
        QFAIL(qPrintable(u"%1 is %2 instead of %3"_qs.arg(
            place.toString(), QString::fromUtf8(found), QString::fromUtf8(writeJson(value, JsonStyle::compact())))));
    }
    const QStringList changes = changedPlaces(m_before, document()->definition().root(), place);
    QVERIFY2(changes == QStringList {place.toString()},
        qPrintable(u"%1 instead of %2"_qs.arg(changes.join(u", "_qs), place.toString())));
    saysTheSameButFor(place.toString());
}

// All keys that nobody knows are there, and it is one step back.
void FormInputTest::saysTheSameButFor(const QString &what, qsizetype lostKeys)
{
    const QByteArray text = document()->text();
    QVERIFY2(
        text.count("\"x-") == m_original.count("\"x-") - lostKeys, qPrintable(what + u'\n' + QString::fromUtf8(text)));
    QVERIFY2(*readJson(text) == document()->definition().root(), qPrintable(what));
    QVERIFY2(document()->undoStack()->index() == 1,
        qPrintable(u"%1: %2 undo steps"_qs.arg(what).arg(document()->undoStack()->index())));
}

void FormInputTest::undoGivesBack(int steps)
{
    for (int left = steps; left > 0; --left) {
        QCOMPARE(document()->undoStack()->index(), left);
        m_hand->undo();
        SOON_SAME(document()->undoStack()->index(), left - 1);
    }
    QCOMPARE(document()->text(), m_original);
}

void FormInputTest::fillInWorkflow()
{
    const FormInput name = mark({u"field_workflowName"_qs, u"editor_workflowName"_qs});
    DONE(m_hand->overwrite(name, u"Another name"_qs));
    m_hand->leave();
    GO_ON(isChanged(*JsonPointer::parse(u"/definition/name"), JsonValue(u"Another name"_qs)));
    GO_ON(undoGivesBack());
    const QString other
        = m_before.value(u"trigger").toString() == u"http_request" ? u"inbound_sms"_qs : u"http_request"_qs;
    const FormInput trigger = mark({u"field_trigger"_qs, u"editor_trigger"_qs});
    QVERIFY(m_hand->find(trigger));
    DONE(m_hand->choose(trigger, qobject_cast<QComboBox *>(m_hand->find(trigger))->findText(other)));
    GO_ON(isChanged(JsonPointer() / u"trigger"_qs, JsonValue(other)));
    m_hand->leave();
    GO_ON(undoGivesBack());
    const FormInput subaccount = mark({u"field_subAccountId"_qs, u"editor_subAccountId"_qs});
    DONE(m_hand->overwrite(subaccount, u"acme_two"_qs));
    m_hand->leave();
    GO_ON(isChanged(JsonPointer() / u"subAccountId"_qs, JsonValue(u"acme_two"_qs)));
    GO_ON(undoGivesBack());
    const FormInput status = mark({u"field_status"_qs, u"editor_status"_qs});
    DONE(m_hand->choose(status, 1));
    m_hand->leave();
    GO_ON(isChanged(JsonPointer() / u"status"_qs, JsonValue(u"disabled"_qs)));
    GO_ON(undoGivesBack());
}

// All that leads to the step follows.
void FormInputTest::fillInId()
{
    const FormInput id = mark({u"field_id"_qs, u"editor_id"_qs});
    const QString old = m_key;
    const qsizetype ways = m_original.count('"' + old.toUtf8() + '"');
    DONE(m_hand->overwrite(id, u"a_new_name"_qs));
    if (m_hand->hasKeys()) {
        m_hand->leave();
    } else { // what is clicked on next takes the name over
        FormInput next;
        for (QWidget *stop : m_hand->stops()) {
            if (qobject_cast<QLineEdit *>(stop) || qobject_cast<QPlainTextEdit *>(stop))
                next = m_hand->nameOf(stop);
        }
        DONE(m_hand->reach(next));
    }
    SOON(document()->graph().indexOfId(u"a_new_name"_qs) > 0);
    QCOMPARE(document()->text().count("\"a_new_name\""), ways);
    QCOMPARE(document()->text().count('"' + old.toUtf8() + '"'), 0);
    GO_ON(saysTheSameButFor(u"id"_qs));
    GO_ON(undoGivesBack());
    QVERIFY(document()->graph().indexOfKey(old) > 0);
}

void FormInputTest::fillInFields()
{
    if (isTrigger() || !node().type)
        return;
    const JsonPointer inputs = stepPlace() / u"inputs"_qs;
    const QList<FormLeaf> leaves = formLeaves(node().type->inputs, stepNow().value(u"inputs"), inputs);
    // What all kinds of messages have is edited in one of them.
    const bool isOneKind = m_key.startsWith(u"chat_") && m_key != u"chat_text";
    for (const FormLeaf &leaf : leaves) {
        const bool isCommon = (!leaf.place.startsWith(inputs / u"content"_qs) && leaf.field.name != u"type")
            || leaf.field.name.startsWith(u"content.sms") || leaf.field.name == u"content.fallbackText";
        if (isOneKind && isCommon) {
            mark({u"field_"_qs + leaf.field.name, u"editor_"_qs + leaf.field.name});
            continue;
        }
        if (leaf.field.editor == Editor::KeyValue)
            GO_ON(fillInRows(leaf.field.name, leaf.place, false));
        else if (leaf.field.editor == Editor::List)
            GO_ON(fillInList(leaf));
        else if (leaf.field.editor != Editor::Expression)
            GO_ON(fillInLeaf(leaf));
    }
    if (m_hand->find({u"field_outputs"_qs, u"add_outputs"_qs}))
        GO_ON(fillInRows(u"outputs"_qs, stepPlace() / u"outputs"_qs, !node().type->outputs.isEmpty()));
}

void FormInputTest::fillInLeaf(const FormLeaf &leaf)
{
    const FormInput input {u"field_"_qs + leaf.field.name, u"editor_"_qs + leaf.field.name};
    const FormInput json {input.field, u"json_"_qs + leaf.field.name};
    if (m_hand->find(json)) {
        DONE(m_hand->press(json));
        QTRY_VERIFY2(m_hand->find(input), qPrintable(input.text()));
    }
    QVERIFY2(m_hand->find(input), qPrintable(input.text() + u" is not there"_qs));
    mark(input);
    const JsonValue *before = valueAt(leaf.place);
    if (leaf.field.editor == Editor::Choice) {
        auto *combo = qobject_cast<QComboBox *>(m_hand->find(input));
        QVERIFY(combo);
        int row = combo->findText(leaf.field.choices.last());
        if (combo->currentText() == leaf.field.choices.last())
            row = combo->findText(leaf.field.choices.first());
        const QString chosen = combo->itemText(row);
        DONE(m_hand->choose(input, row));
        m_hand->leave();
        QTRY_VERIFY2(valueAt(leaf.place) && valueAt(leaf.place)->toString() == chosen, qPrintable(input.text()));
        // Other inputs may have a meaning now; a list that has none any more takes along what stands in it.
        GO_ON(saysTheSameButFor(
            input.text(), ownKeysInLists(m_before) - ownKeysInLists(document()->definition().root())));
    } else if (leaf.field.editor == Editor::Json || leaf.field.editor == Editor::Content) {
        QVERIFY2(before && before->isObject(), qPrintable(input.text()));
        JsonValue after = *before;
        after.insertMember(0, u"more"_qs, *readJson(R"({"b": 2.50})"));
        DONE(m_hand->writeInside(input, u"\"more\": {\"b\": 2.50},"_qs));
        QTRY_VERIFY2(valueAt(leaf.place) && valueAt(leaf.place)->contains(u"more"), qPrintable(input.text()));
        m_hand->leave();
        GO_ON(isChanged(leaf.place, after));
    } else {
        FormCases::Typed typed = FormCases::typedFor(leaf.field);
        if (leaf.field.editor == Editor::MultilineText)
            typed = {u"Hi {{data.x}},\nsecond line"_qs, JsonValue(u"Hi {{data.x}},\nsecond line"_qs)};
        DONE(m_hand->overwrite(input, typed.keys, m_hand->hasKeys() ? QStringList {u"Tab"_qs} : QStringList()));
        GO_ON(isChanged(leaf.place, typed.value));
    }
    GO_ON(undoGivesBack());
    if (QWidget *open = m_hand->find(json); open && static_cast<QPushButton *>(open)->isChecked()) {
        DONE(m_hand->press(json));
        SOON(!m_hand->find(input));
    }
}

// A name, a value, a row that goes and one that comes.
void FormInputTest::fillInRows(const QString &field, const JsonPointer &place, bool hasOffers)
{
    const QString name = u"field_"_qs + field;
    const auto cell = [&](const char *what, qsizetype row) {
        return FormInput {name, u"%1_%2_%3"_qs.arg(QLatin1StringView(what), field).arg(row)};
    };
    const JsonValue before = valueAt(place) ? *valueAt(place) : JsonValue::object();
    for (qsizetype row = 0; row < before.size(); ++row) {
        JsonValue renamed = before;
        renamed.renameKeyAt(row, u"Renamed"_qs);
        DONE(m_hand->overwrite(mark(cell("name", row)), u"Renamed"_qs, {m_hand->hasKeys() ? u"Tab"_qs : u"Return"_qs}));
        GO_ON(isChanged(place, renamed));
        GO_ON(undoGivesBack());
        JsonValue other = before;
        other.replace(row, JsonValue(u"a {{data.x}}"_qs));
        DONE(m_hand->overwrite(mark(cell("value", row)), u"a {{data.x}}"_qs));
        GO_ON(isChanged(place / before.keyAt(row), other.at(row)));
        m_hand->leave();
        GO_ON(undoGivesBack());
        JsonValue fewer = before;
        fewer.removeAt(row);
        DONE(m_hand->press(cell("remove", row)));
        GO_ON(isChanged(place, fewer));
        GO_ON(undoGivesBack());
    }
    const FormInput add {name, u"add_"_qs + field};
    JsonValue more = before;
    if (hasOffers) {
        DONE(m_hand->pressFirstEntry(add));
        const QString offered = node().type->outputs.first().name;
        SOON(valueAt(place) && valueAt(place)->size() == before.size() + 1);
        more.set(u"X-More"_qs, JsonValue(u"{{step.%1}}"_qs.arg(offered)));
    } else {
        DONE(m_hand->press(add));
        more.set(u"X-More"_qs, JsonValue(QString()));
    }
    // Whoever adds a row writes its name at once, and that is still the same step back.
    QWidget *fresh = nullptr;
    SOON((fresh = m_hand->find(cell("name", before.size()))) && fresh->hasFocus());
    RealInput::overwrite(u"X-More"_qs, {u"ctrl+a"_qs}, {u"Return"_qs});
    SOON(m_hand->find(cell("value", before.size()))->hasFocus());
    GO_ON(isChanged(place, more));
    RealInput::overwrite(u"new"_qs, {u"ctrl+a"_qs});
    SOON_SAME(valueAt(place)->value(u"X-More"), JsonValue(u"new"_qs));
    GO_ON(undoGivesBack(2));
    QTRY_VERIFY2(!m_hand->hasKeys() || m_hand->form()->isAncestorOf(QApplication::focusWidget()), "the keys are lost");
}

void FormInputTest::fillInList(const FormLeaf &leaf)
{
    const QString name = u"field_"_qs + leaf.field.name;
    const JsonValue before = valueAt(leaf.place) ? *valueAt(leaf.place) : JsonValue::array();
    JsonValue more = before;
    more.append(leaf.field.newItem);
    DONE(m_hand->press({name, u"add_"_qs + leaf.field.name}));
    GO_ON(isChanged(leaf.place, more));
    GO_ON(undoGivesBack());
    for (qsizetype i = 0; i < before.size(); ++i) {
        const auto button = [&](const char *what) {
            return FormInput {name, u"%1_%2_%3"_qs.arg(QLatin1StringView(what), leaf.field.name).arg(i)};
        };
        // Unknown keys of an element go with it.
        JsonValue fewer = before;
        fewer.removeAt(i);
        DONE(m_hand->press(button("remove")));
        QTRY_VERIFY2(*valueAt(leaf.place) == fewer, qPrintable(button("remove").text()));
        GO_ON(undoGivesBack());
        if (i == 0)
            continue;
        JsonValue moved = before;
        moved.removeAt(i);
        moved.insert(i - 1, before.at(i));
        DONE(m_hand->press(button("up")));
        GO_ON(isChanged(leaf.place, moved));
        GO_ON(undoGivesBack());
    }
}

void FormInputTest::fillInConditions()
{
    for (const ConditionEdits &condition : conditionEdits(m_key))
        GO_ON(fillInChecks(condition));
}

void FormInputTest::fillInChecks(const ConditionEdits &condition)
{
    const QString &field = condition.field;
    JsonPointer place = stepPlace();
    for (const QString &key : condition.keys)
        place = place / key;
    for (const CheckEdit &edit : condition.edits) {
        FormInput input {u"field_"_qs + field, QString::fromLatin1(edit.input), edit.number};
        const QString text = QString::fromUtf8(edit.text);
        QString expected = QString::fromUtf8(edit.expected);
        if (input.name.startsWith(u"switch_")) { // as an expression from now on
            DONE(m_hand->press(input));
            input.name = u"editor_"_qs + field;
            SOON(m_hand->find(input) && m_hand->find(input)->hasFocus());
        }
        QVERIFY2(m_hand->find(input), qPrintable(input.text()));
        mark(input);
        auto *combo = qobject_cast<QComboBox *>(m_hand->find(input));
        if (combo && !combo->isEditable()) {
            const int row = text.isEmpty() ? combo->currentIndex() + 1 : combo->findText(text);
            QVERIFY2(row >= 0, edit.text);
            if (text.isEmpty())
                expected = expected.arg(combo->itemData(row).toString());
            DONE(m_hand->choose(input, row));
        } else if (text.isEmpty()) {
            DONE(m_hand->press(input));
        } else {
            DONE(m_hand->overwrite(input, text));
        }
        GO_ON(isChanged(place, JsonValue(expected)));
        m_hand->leave();
        GO_ON(undoGivesBack());
    }
}

// Each way out leads to another step.
void FormInputTest::chooseTargets()
{
    const JsonPointer next = stepPlace() / u"selectNextStep"_qs;
    QList<FormInput> targets;
    for (QWidget *stop : m_hand->stops()) {
        if (stop->objectName().startsWith(u"target_"))
            targets += m_hand->nameOf(stop);
    }
    QVERIFY(isTrigger() || !node().type || !targets.isEmpty());
    for (const FormInput &target : std::as_const(targets)) {
        mark(target);
        const QString old = static_cast<TargetCombo *>(m_hand->find(target))->target();
        const QString other = u"text_back"_qs == m_key || isTrigger() ? u"chat_list"_qs : u"text_back"_qs;
        DONE(m_hand->chooseNamed(target, other));
        if (isTrigger()) {
            SOON_SAME(document()->graph().nodes().first().outcomes.first().target, other);
            GO_ON(saysTheSameButFor(target.text()));
        } else if (const JsonValue *ways = next.resolve(m_before)) {
            JsonValue after = *ways;
            after.renameKeyAt(after.indexOf(old), other);
            GO_ON(isChanged(next, after));
        } else {
            GO_ON(isChanged(stepPlace() / u"nextStepId"_qs, JsonValue(other)));
        }
        GO_ON(undoGivesBack());
    }
}

// One more, one less, another order.
void FormInputTest::changeConditions()
{
    if (m_key != u"decide")
        return;
    const JsonPointer next = stepPlace() / u"selectNextStep"_qs;
    const JsonValue before = *next.resolve(m_before);
    DONE(m_hand->chooseNamed(mark({{}, u"addCondition"_qs}), u"text_back"_qs));
    SOON_SAME(valueAt(next)->size(), before.size() + 1);
    QVERIFY(valueAt(next)->value(u"text_back").isString());
    GO_ON(saysTheSameButFor(u"addCondition"_qs));
    GO_ON(undoGivesBack());
    JsonValue fewer = before;
    fewer.remove(u"pause");
    DONE(m_hand->press({{}, u"removeCondition_pause"_qs}));
    GO_ON(isChanged(next, fewer));
    GO_ON(undoGivesBack());
    JsonValue turned = before;
    turned.removeAt(0);
    turned.insertMember(1, before.keyAt(0), before.at(0));
    const FormInput grip {{}, u"grip_only_if"_qs};
    DONE(m_hand->reach(grip));
    if (m_hand->hasKeys()) {
        RealInput::key(u"alt+Down"_qs);
    } else {
        const QPoint from = RealInput::centerOf(m_hand->find(grip));
        RealInput::drag(from, RealInput::centerOf(m_hand->find({{}, u"grip_call_http"_qs})) + QPoint(0, 20));
    }
    SOON_SAME(valueAt(next)->keyAt(0), u"call_http"_qs);
    // A hand may go farther while results come in and move the rows.
    QVERIFY(*valueAt(next) == turned || (!m_hand->hasKeys() && valueAt(next)->size() == before.size()));
    GO_ON(saysTheSameButFor(grip.text()));
    GO_ON(undoGivesBack());
}

void FormInputTest::fillInJson()
{
    const FormInput input = mark({{}, u"stepJson"_qs});
    DONE(m_hand->writeInside(input, u"\"more\": 2.50,"_qs));
    if (m_hand->hasKeys())
        RealInput::key(u"ctrl+Return"_qs);
    else
        DONE(m_hand->reach({u"field_id"_qs, u"editor_id"_qs}));
    GO_ON(isChanged(stepPlace() / u"more"_qs, JsonValue::number("2.50")));
    GO_ON(undoGivesBack());
}

// Whatever holds a value has had another one.
void FormInputTest::nothingWasForgotten()
{
    QStringList missed;
    for (QWidget *stop : m_hand->stops()) {
        const bool isValue = qobject_cast<QLineEdit *>(stop) || qobject_cast<QPlainTextEdit *>(stop)
            || qobject_cast<QComboBox *>(stop);
        if (isValue && !m_edited.contains(m_hand->nameOf(stop).text()))
            missed += m_hand->nameOf(stop).text();
    }
    QVERIFY2(missed.isEmpty(), qPrintable(missed.join(u", "_qs)));
}

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    QApplication::setApplicationName(u"tst_forminput"_qs);
    FormInputTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_forminput.moc"
