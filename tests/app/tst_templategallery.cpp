// Templates as a new user meets them: chosen and filled in with keys in the gallery, published to a real sandbox and
// started with the payload they bring along.

#include "app/dialogs/templategallery.h"
#include "app/mainwindow.h"
#include "app/runcontroller.h"
#include "app/views/noticebar.h"
#include "app/views/templategrid.h"
#include "app/views/welcomepage.h"
#include "designer/inspector/wrappedtext.h"
#include "model/api/blocking.h"
#include "model/json/jsonreader.h"
#include "tests/api/scriptedserver.h"

#include <QApplication>
#include <QDir>
#include <QLineEdit>
#include <QMessageBox>
#include <QPlainTextEdit>
#include <QProcess>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QtTest>

using namespace automation;
using namespace std::chrono_literals;

namespace {

constexpr int patience = 20'000; // milliseconds; sanitizers are slow

using Changes = QList<std::pair<const char *, const char *>>; // of the payload: pointer, text

// One way through a workflow: what must be sent and called.
struct Leg
{
    const char *name;
    Changes changes;
    QStringList sent; // texts of messages, in order
    QStringList called; // "POST /path body"
};

struct Use
{
    QStringList answers; // to the questions, in order; “URL” is where the test listens, empty = left as it is
    QList<Leg> legs; // the first one with the payload as it is
};

Use useOf(const QString &id)
{
    const QString from44 = u"Closed, we call you."_qs;
    const Changes byDay = {{"/payload/timestamp", "2026-03-02T12:00:00Z"}};
    static const QHash<QString, Use> uses = {
        {u"auto-reply"_qs,
            {{u"shop_chat"_qs, u"Hello from the shop"_qs}, {{"every message", {}, {u"Hello from the shop"_qs}, {}}}}},
        {u"out-of-office"_qs,
            {{u"shop_chat"_qs, u"Come back tomorrow"_qs},
                {{"late in the evening", {}, {u"Come back tomorrow"_qs}, {}},
                    {"within hours", {{"/payload/timestamp", "2026-03-02T04:00:00Z"}}, {}, {}}}}},
        {u"fallback"_qs,
            {{u"shop_chat"_qs, u"Please call us"_qs, u"URL/receipts"_qs},
                {{"undelivered", {}, {u"Please call us"_qs}, {}},
                    {"delivered", {{"/payload/status/state", "delivered"}}, {},
                        {uR"(POST /receipts {"message":"b6d2e7f0-3a91-4c5e-8f27-1e4d9c0a6b58","state":"delivered"})"_qs}}}}},
        {u"split-messages"_qs,
            {{u"shop_sms"_qs, u"URL/us"_qs, u"URL/world"_qs},
                {{"from +1", {}, {},
                     {uR"(POST /us {"from":"+12125550123","text":"I would like an offer, please."})"_qs}},
                    {"from +1 in Canada", {{"/payload/source", "+14165550123"}}, {},
                        {uR"(POST /us {"from":"+14165550123","text":"I would like an offer, please."})"_qs}},
                    {"from +65", {{"/payload/source", "+6591234567"}}, {},
                        {uR"(POST /world {"from":"+6591234567","text":"I would like an offer, please."})"_qs}}}}},
        {u"custom-integration"_qs,
            {{u"shop_chat"_qs, u"URL/orders"_qs},
                {{"an order", {}, {},
                     {uR"(POST /orders {"customer":"+6591234567","text":"Order two boxes of tea","received":"2026-03-02T09:15:00Z"})"_qs}},
                    {"something else", {{"/payload/content/text", "Good morning"}}, {}, {}}}}},
        {u"content-based-rule"_qs,
            {{u"shop_sms"_qs, u"SHOP"_qs, u"URL/registrations"_qs, u"Welcome!"_qs, u"Write REGISTER."_qs},
                {{"with the keyword", {}, {u"Welcome!"_qs}, {uR"(POST /registrations {"phone":"+6591234567"})"_qs}},
                    {"without it", {{"/payload/body", "What is this?"}}, {u"Write REGISTER."_qs}, {}}}}},
        {u"mix-and-match"_qs,
            {{u"shop_sms"_qs, QString(), from44, u"URL/desk"_qs},
                {{"+44 at night", {}, {from44}, {}}, {"+44 by day", byDay, {}, {}},
                    {"+65 at night", {{"/payload/source", "+6591234567"}}, {},
                        {uR"(POST /desk {"from":"+6591234567","text":"Can someone call me?"})"_qs}},
                    {"+65 by day", {{"/payload/source", "+6591234567"}, {"/payload/timestamp", "2026-03-02T04:00:00Z"}},
                        {}, {}},
                    {"+1 at night", {{"/payload/source", "+12125550123"}}, {}, {}}}}},
        {u"menu-with-replies"_qs,
            {{u"shop_chat"_qs, u"Sales or Support?"_qs, u"Sales will write."_qs, u"Once more, please."_qs,
                 u"Good bye."_qs},
                {{"nobody answers", {}, {u"Sales or Support?"_qs, u"Good bye."_qs}, {}}}}},
    };
    return uses.value(id);
}

void press(Qt::Key key, Qt::KeyboardModifiers modifiers = {})
{
    QWidget *target = QApplication::focusWidget();
    QTest::keyClick(target ? target : QApplication::activeWindow(), key, modifiers);
}

void type(const QString &text)
{
    for (const QChar c : text)
        QTest::sendKeyEvent(QTest::Click, QApplication::focusWidget(), Qt::Key_unknown, QString(c), Qt::NoModifier);
}

} // namespace

class TestTemplateGallery : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void doesWhatItsSentenceSays_data();
    void doesWhatItsSentenceSays();
    void menuGoesOnByTheAnswer();
    void createSaysWhatIsMissing();
    void emptyFieldKeepsItsExampleAndTheWindowSaysSo();
    void arrowsFollowTheReadingDirection();
    void welcomeCardOpensItsTemplate();
    void ownTemplateComesBack();
    void damagedTemplatesAreNamed();

private:
    TemplateGallery *gallery() const { return m_window->findChild<TemplateGallery *>(); }
    bool openGallery();
    bool fillIn(const QString &id, const QStringList &answers);
    bool startSandbox();
    bool testRun();
    QStringList sentBy(const QString &instance);
    QStringList called() const;
    WorkflowInstance::Status statusOf(const QString &instance);

    std::unique_ptr<QTemporaryDir> m_directory;
    std::unique_ptr<QSettings> m_settings;
    std::unique_ptr<MainWindow> m_window;
    std::unique_ptr<QProcess> m_sandbox;
    std::unique_ptr<AutomationClient> m_client;
    std::unique_ptr<SandboxClient> m_rehearsal;
    std::unique_ptr<ScriptedServer> m_server;
    QString m_definition;
};

void TestTemplateGallery::init()
{
    m_directory = std::make_unique<QTemporaryDir>();
    qputenv("XDG_DATA_HOME", m_directory->path().toUtf8());
    QCoreApplication::setApplicationName(u"designer-test"_qs);
    m_server = std::make_unique<ScriptedServer>(
        [](const ScriptedRequest &) { return ScriptedReply {200, "{}", {}, ScriptedReply::Fault::None}; });
    m_settings = std::make_unique<QSettings>(m_directory->filePath(u"settings.ini"_qs), QSettings::IniFormat);
    m_window = std::make_unique<MainWindow>(m_settings.get(), QStringLiteral(PROGRAM_DIR "/automation-sandbox"));
    m_window->resize(1400, 900);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get(), patience));
}

void TestTemplateGallery::cleanup()
{
    m_client.reset();
    m_rehearsal.reset();
    // What is open has changes nobody wants to be asked about.
    if (m_window && m_window->currentTab())
        m_window->currentTab()->document()->undoStack()->setClean();
    m_window.reset();
    if (m_sandbox) {
        m_sandbox->terminate();
        QVERIFY(m_sandbox->waitForFinished(patience));
        m_sandbox.reset();
    }
    QVERIFY(TaskScope::drainAll());
    m_settings.reset();
    m_directory.reset();
}

bool TestTemplateGallery::openGallery()
{
    m_window->activateWindow();
    if (!QTest::qWaitForWindowActive(m_window.get()))
        return false;
    QTest::keyClick(m_window.get(), Qt::Key_N, Qt::ControlModifier | Qt::AltModifier);
    return QTest::qWaitFor([this] { return gallery() && gallery()->isActiveWindow() && !gallery()->isReading(); });
}

// From the first card to the wanted one, through its fields, to the button.
bool TestTemplateGallery::fillIn(const QString &id, const QStringList &answers)
{
    const QList<WorkflowTemplate> &offered = TemplateCatalog::builtIn().templates();
    for (const WorkflowTemplate &item : offered) {
        if (item.id == id)
            break;
        press(Qt::Key_Right);
    }
    if (gallery()->chosen().id != id) {
        qWarning() << gallery()->chosen().id;
        return false;
    }
    for (const QString &answer : answers) {
        press(Qt::Key_Tab);
        if (answer.isEmpty())
            continue;
        press(Qt::Key_A, Qt::ControlModifier);
        type(QString(answer).replace(u"URL"_qs, m_server->url().toString(QUrl::StripTrailingSlash)));
    }
    press(Qt::Key_Tab);
    if (QApplication::focusWidget()->objectName() != u"createFromTemplate") {
        qWarning() << QApplication::focusWidget();
        return false;
    }
    press(Qt::Key_Space);
    return QTest::qWaitFor([this] { return m_window->currentTab() != nullptr; });
}

bool TestTemplateGallery::startSandbox()
{
    m_sandbox = std::make_unique<QProcess>();
    m_sandbox->start(QStringLiteral(PROGRAM_DIR "/automation-sandbox"),
        {u"--port"_qs, u"0"_qs, u"--memory"_qs, u"--clock"_qs, u"virtual"_qs, u"--key"_qs, u"test-key"_qs});
    if (!QTest::qWaitFor([this] { return m_sandbox->canReadLine(); }, patience))
        return false;
    const Result<JsonValue> ready = readJson(m_sandbox->readLine());
    if (!ready)
        return false;
    const ApiAccount account {u"Sandbox"_qs, QUrl((*ready)[u"url"].toString()), (*ready)[u"account"].toString()};
    m_client = std::make_unique<AutomationClient>(account, u"test-key"_qs);
    m_rehearsal = std::make_unique<SandboxClient>(account, u"test-key"_qs);
    m_window->session()->connectTo(account, u"test-key"_qs, true);
    return QTest::qWaitFor(
        [this] { return m_window->session()->state() == AccountSession::State::Connected; }, patience);
}

// Publishes what is open and starts it with the first example, as a person does who only ever presses Enter.
bool TestTemplateGallery::testRun()
{
    QSignalSpy published(m_window->session(), &AccountSession::published);
    QSignalSpy started(m_window->session(), &AccountSession::instanceStarted);
    m_window->activateWindow();
    if (!QTest::qWaitForWindowActive(m_window.get()))
        return false;
    QTest::keyClick(m_window.get(), Qt::Key_R, Qt::ControlModifier);
    if (!QTest::qWaitFor([] { return QApplication::activeModalWidget() != nullptr; }))
        return false;
    QTest::keyClick(QApplication::activeModalWidget(), Qt::Key_Return);
    if (!QTest::qWaitFor([&] { return !started.isEmpty(); }, patience) || published.isEmpty())
        return false;
    m_definition = published.first().first().value<DefinitionInfo>().id;
    return true;
}

WorkflowInstance::Status TestTemplateGallery::statusOf(const QString &instance)
{
    const auto found = blockingResult(m_client->instance(m_definition, instance, false));
    return found ? found->status : WorkflowInstance::Status::Unknown;
}

QStringList TestTemplateGallery::sentBy(const QString &instance)
{
    QStringList texts;
    const auto outbox = blockingResult(m_rehearsal->outbox());
    for (const OutboxMessage &message : outbox ? *outbox : QList<OutboxMessage>()) {
        if (message.instanceId == instance)
            texts += message.text;
    }
    return texts;
}

QStringList TestTemplateGallery::called() const
{
    QStringList calls;
    for (const ScriptedRequest &request : m_server->requests())
        calls += QString::fromUtf8(request.method + ' ' + request.target + ' ' + request.body);
    return calls;
}

void TestTemplateGallery::doesWhatItsSentenceSays_data()
{
    QTest::addColumn<QString>("id");
    for (const WorkflowTemplate &item : TemplateCatalog::builtIn().templates())
        QTest::newRow(qPrintable(item.id)) << item.id;
}

void TestTemplateGallery::doesWhatItsSentenceSays()
{
    QFETCH(QString, id);
    const Use use = useOf(id);
    const WorkflowTemplate *item = TemplateCatalog::builtIn().find(id);
    QCOMPARE(use.answers.size(), item->questions.size());
    QVERIFY(openGallery());
    QVERIFY(fillIn(id, use.answers));
    WorkflowDocument *document = m_window->currentTab()->document();
    QVERIFY2(document->problems().isEmpty(),
        document->problems().isEmpty() ? "" : qPrintable(document->problems().first().message));
    QVERIFY(!document->text().contains("acme_"));
    QCOMPARE(document->definition().subAccountId(), use.answers.first());

    QVERIFY(startSandbox());
    QVERIFY(testRun());
    const auto instances = blockingResult(m_client->listInstances(m_definition));
    QVERIFY(instances);
    QCOMPARE(instances->size(), 1);
    QString instance = instances->first().id;
    JsonValue payload = item->payload;
    QStringList calledBefore;
    for (const Leg &leg : use.legs) {
        JsonValue changed = payload;
        for (const auto &[place, text] : leg.changes)
            *JsonPointer::parse(QString::fromLatin1(place))->resolve(changed) = JsonValue(QLatin1StringView(text));
        if (!leg.changes.isEmpty()) {
            const auto started = blockingResult(m_client->startInstance(m_definition, changed));
            QVERIFY(started);
            instance = *started;
        }
        // Only an answer that does not come keeps a workflow waiting.
        if (id == u"menu-with-replies") {
            QTRY_COMPARE_WITH_TIMEOUT(sentBy(instance).size(), 1, patience);
            QTRY_VERIFY_WITH_TIMEOUT(
                blockingResult(m_rehearsal->advanceClock(5min)).isOk() && sentBy(instance).size() == 2, patience);
        }
        QTRY_VERIFY2_WITH_TIMEOUT(statusOf(instance) == WorkflowInstance::Status::Complete, leg.name, patience);
        QVERIFY2(sentBy(instance) == leg.sent, qPrintable(QLatin1StringView(leg.name) + sentBy(instance).join(u'|')));
        QVERIFY2(called() == calledBefore + leg.called, qPrintable(QLatin1StringView(leg.name) + called().join(u'|')));
        calledBefore = called();
    }
    // Whom it was sent to and by what.
    const auto outbox = blockingResult(m_rehearsal->outbox());
    QVERIFY(outbox);
    for (const OutboxMessage &message : *outbox) {
        QVERIFY2(message.to == u"+6591234567" || message.to == u"+447700900123", qPrintable(message.to));
        QCOMPARE(message.raw[u"inputs"][u"subAccountId"].toString(), use.answers.first());
    }
}

void TestTemplateGallery::menuGoesOnByTheAnswer()
{
    const Use use = useOf(u"menu-with-replies"_qs);
    QVERIFY(openGallery());
    QVERIFY(fillIn(u"menu-with-replies"_qs, use.answers));
    QVERIFY(startSandbox());
    QVERIFY(testRun());
    const QString instance = blockingResult(m_client->listInstances(m_definition))->first().id;
    const auto answer = [this](const QString &text) {
        InboundMessage message;
        message.kind = InboundMessage::Kind::Chat;
        message.from = u"+6591234567"_qs;
        message.channel = u"whatsapp"_qs;
        message.subAccountId = u"shop_chat"_qs;
        message.text = text;
        return blockingResult(m_rehearsal->sendInbound(message)).isOk();
    };
    QTRY_COMPARE_WITH_TIMEOUT(sentBy(instance), QStringList {use.answers.at(1)}, patience);
    QVERIFY(answer(u"Tea?"_qs));
    QTRY_COMPARE_WITH_TIMEOUT(sentBy(instance), QStringList({use.answers.at(1), use.answers.at(3)}), patience);
    QVERIFY(answer(u"sales"_qs));
    QTRY_COMPARE_WITH_TIMEOUT(
        sentBy(instance), QStringList({use.answers.at(1), use.answers.at(3), use.answers.at(2)}), patience);
    QTRY_COMPARE_WITH_TIMEOUT(statusOf(instance), WorkflowInstance::Status::Complete, patience);

    const QString second = *blockingResult(
        m_client->startInstance(m_definition, TemplateCatalog::builtIn().find(u"menu-with-replies")->payload));
    QTRY_COMPARE_WITH_TIMEOUT(sentBy(second).size(), 1, patience);
    QVERIFY(answer(u"Support"_qs));
    QTRY_COMPARE_WITH_TIMEOUT(statusOf(second), WorkflowInstance::Status::Complete, patience);
    const auto done = blockingResult(m_client->instance(m_definition, second, true));
    QVERIFY(done);
    QCOMPARE(done->logs.last().stepName, u"to_support"_qs);
}

void TestTemplateGallery::createSaysWhatIsMissing()
{
    QVERIFY(openGallery());
    for (int i = 0; i < 5; ++i)
        press(Qt::Key_Right);
    QCOMPARE(gallery()->chosen().id, u"content-based-rule"_qs);
    const auto *status = gallery()->findChild<WrappedText *>(u"templateStatus"_qs);
    auto *url = gallery()->findChild<QLineEdit *>(u"answer_2"_qs);
    auto *confirmation = gallery()->findChild<QPlainTextEdit *>(u"answer_3"_qs);
    QVERIFY(url);
    QVERIFY(confirmation);
    url->setFocus();
    type(u"events.example.org/x"_qs);
    QTRY_COMPARE(url->property("severity").toString(), u"error"_qs);
    QCOMPARE(
        gallery()->findChild<WrappedText *>(u"note_2"_qs)->text(), u"URL: a URL starts with https:// or http://."_qs);
    press(Qt::Key_Return);
    QTRY_COMPARE(status->text(), u"URL: a URL starts with https:// or http://."_qs);
    QVERIFY(!m_window->currentTab());
    press(Qt::Key_A, Qt::ControlModifier);
    type(u"https://events.example.org/x"_qs);
    QTRY_VERIFY(url->property("severity").toString().isEmpty());

    confirmation->setFocus();
    press(Qt::Key_A, Qt::ControlModifier);
    press(Qt::Key_Delete);
    gallery()->findChild<QPushButton *>(u"createFromTemplate"_qs)->setFocus();
    press(Qt::Key_Space);
    QTRY_COMPARE(status->text(), u"“Text” is required and empty."_qs);
    QTRY_COMPARE(QApplication::focusWidget(), confirmation);
    QVERIFY(gallery()->isVisible());
    type(u"Done."_qs);
    press(Qt::Key_Tab);
    press(Qt::Key_Tab);
    QCOMPARE(QApplication::focusWidget()->objectName(), u"createFromTemplate"_qs);
    press(Qt::Key_Space);
    QTRY_VERIFY(m_window->currentTab());
    QVERIFY(m_window->currentTab()->document()->problems().isEmpty());
}

void TestTemplateGallery::emptyFieldKeepsItsExampleAndTheWindowSaysSo()
{
    QVERIFY(openGallery());
    press(Qt::Key_Return);
    QTRY_VERIFY(m_window->currentTab());
    const WorkflowDocument *document = m_window->currentTab()->document();
    QCOMPARE(document->text(), TemplateCatalog::builtIn().find(u"auto-reply")->definition);
    QVERIFY(document->problems().isEmpty());
    QTRY_VERIFY(m_window->findChild<NoticeBar *>()->text().contains(u"Chat Apps subaccount “acme_chat”"));
}

void TestTemplateGallery::arrowsFollowTheReadingDirection()
{
    QVERIFY(openGallery());
    press(Qt::Key_Right);
    QCOMPARE(gallery()->chosen().id, u"out-of-office"_qs);
    press(Qt::Key_Down);
    const TemplateGrid *grid = gallery()->findChild<TemplateGrid *>();
    const QString below = grid->current();
    QCOMPARE(grid->card(below)->x(), grid->card(u"out-of-office"_qs)->x());
    QVERIFY(grid->card(below)->y() > grid->card(u"out-of-office"_qs)->y());
    press(Qt::Key_End);
    QCOMPARE(gallery()->chosen().id, u"menu-with-replies"_qs);
    press(Qt::Key_Home);
    gallery()->setLayoutDirection(Qt::RightToLeft);
    press(Qt::Key_Left);
    QCOMPARE(gallery()->chosen().id, u"out-of-office"_qs);
    QTRY_VERIFY(grid->card(u"out-of-office"_qs)->x() < grid->card(u"auto-reply"_qs)->x());
    QTest::mouseClick(grid->card(u"fallback"_qs), Qt::LeftButton);
    QCOMPARE(gallery()->chosen().id, u"fallback"_qs);
}

void TestTemplateGallery::welcomeCardOpensItsTemplate()
{
    const QList<TemplateCard *> cards = m_window->findChild<WelcomePage *>()->findChildren<TemplateCard *>();
    QCOMPARE(cards.size(), 8);
    QTest::mouseClick(cards.at(3), Qt::LeftButton);
    QTRY_VERIFY(gallery() && gallery()->isActiveWindow());
    QCOMPARE(gallery()->chosen().id, u"split-messages"_qs);
    QTRY_COMPARE(QApplication::focusWidget()->objectName(), u"answer_0"_qs);
}

void TestTemplateGallery::ownTemplateComesBack()
{
    QVERIFY(openGallery());
    QVERIFY(fillIn(u"content-based-rule"_qs, useOf(u"content-based-rule"_qs).answers));
    m_window->saveAsTemplate();
    QTRY_VERIFY(QApplication::activeModalWidget());
    QCOMPARE(QApplication::activeModalWidget()->objectName(), u"saveTemplateDialog"_qs);
    QTRY_VERIFY(qobject_cast<QLineEdit *>(QApplication::focusWidget()));
    press(Qt::Key_A, Qt::ControlModifier);
    type(u"Our: rule/1"_qs);
    press(Qt::Key_Return);
    const QDir folder(QStandardPaths::writableLocation(QStandardPaths::AppDataLocation) + u"/templates"_qs);
    QTRY_COMPARE(folder.entryList(QDir::Files), QStringList({u"our-rule-1.about.json"_qs, u"our-rule-1.json"_qs}));

    QTRY_VERIFY(!QApplication::activeModalWidget());
    QVERIFY(openGallery());
    press(Qt::Key_End);
    QCOMPARE(gallery()->chosen().title, u"Our: rule/1"_qs);
    QStringList labels;
    for (const TemplateQuestion &question : gallery()->chosen().questions)
        labels += question.label;
    QCOMPARE(labels,
        QStringList({u"URL of “push_number”"_qs, u"Subaccount"_qs, u"Text of “confirm”"_qs, u"From"_qs,
            u"Text of “explain”"_qs}));
    press(Qt::Key_Tab);
    press(Qt::Key_Tab);
    type(u"other_sms"_qs);
    press(Qt::Key_Return);
    QTRY_COMPARE(m_window->currentTab()->document()->definition().subAccountId(), u"other_sms"_qs);
    const WorkflowDocument *document = m_window->currentTab()->document();
    QCOMPARE(document->text().count("other_sms"), 3);
    QVERIFY(document->problems().isEmpty());
    // It keeps what it is rehearsed with.
    QCOMPARE(rehearsalOf(document->attachment()).second[u"payload"][u"subAccountId"].toString(), u"other_sms"_qs);

    QVERIFY(openGallery());
    press(Qt::Key_End);
    gallery()->findChild<QPushButton *>(u"removeTemplate"_qs)->click();
    QTRY_VERIFY(qobject_cast<QMessageBox *>(QApplication::activeModalWidget()));
    auto *box = static_cast<QMessageBox *>(QApplication::activeModalWidget());
    for (QAbstractButton *button : box->buttons()) {
        if (box->buttonRole(button) == QMessageBox::DestructiveRole)
            button->click();
    }
    QTRY_VERIFY(folder.entryList(QDir::Files).isEmpty());
    QTRY_VERIFY(!gallery()->findChild<TemplateCard *>(u"template_own/our-rule-1"_qs));
    gallery()->reject();
}

void TestTemplateGallery::damagedTemplatesAreNamed()
{
    const QDir folder(QStandardPaths::writableLocation(QStandardPaths::AppDataLocation) + u"/templates"_qs);
    QVERIFY(QDir().mkpath(folder.path()));
    const auto write = [&folder](const char *name, const QByteArray &text) {
        QFile file(folder.filePath(QLatin1StringView(name)));
        return file.open(QIODevice::WriteOnly) && file.write(text) == text.size();
    };
    const QByteArray good = TemplateCatalog::builtIn().find(u"auto-reply")->definition;
    QVERIFY(write("broken.json", "{\"definition\": "));
    QVERIFY(write("list.json", "[1, 2]"));
    QVERIFY(write("deep.json", QByteArray(100'000, '[')));
    QVERIFY(write("bytes.json", "\xFF\xFE\0x"));
    QVERIFY(QDir(folder).mkdir(u"folder.json"_qs));
    QVERIFY(write("good.json", good));
    QVERIFY(write(
        "good.about.json", R"({"title": {"not": "a text"}, "questions": [{"label": "X", "places": ["/a/b/c"]}]})"));
    QVERIFY(write("lost.about.json", "{}"));
    QVERIFY(write("wild.json", good));
    QVERIFY(write("wild.about.json",
        "{\"title\": \"<b>Bold</b>\\n" + QByteArray(100'000, 'x') + "\", \"questions\": [{\"label\": \"\"}]}"));
    QVERIFY(openGallery());
    const QString damaged = gallery()->findChild<WrappedText *>(u"damagedTemplates"_qs)->text();
    for (const char *name : {"broken.json", "list.json", "deep.json", "bytes.json", "folder.json", "good.about.json",
             "lost.about.json", "wild.about.json"})
        QVERIFY2(damaged.contains(QLatin1StringView(name)), qPrintable(QLatin1StringView(name) + damaged));
    QCOMPARE(damaged.count(u'\n'), 7);
    press(Qt::Key_End);
    QCOMPARE(gallery()->chosen().id, u"wild"_qs);
    QCOMPARE(gallery()->chosen().title, u"Auto reply"_qs);
    press(Qt::Key_Left);
    QCOMPARE(gallery()->chosen().id, u"good"_qs);
    QCOMPARE(gallery()->chosen().questions.size(), 2);
    press(Qt::Key_Return);
    QTRY_VERIFY(m_window->currentTab());
}

QTEST_MAIN(TestTemplateGallery)
#include "tst_templategallery.moc"
