// What a screen reader sees of the running program over AT-SPI, and a connection edited with the keys alone.

#include "model/document/workflowdocument.h"
#include "tests/end_to_end/accessibilitybus.h"
#include "tests/end_to_end/realinput.h"

#include <csignal>
#include <QFile>
#include <QSet>
#include <QTest>

#include <sys/prctl.h>

using namespace automation;

namespace {

// Of AtspiStateType and AtspiRelationType
constexpr int focusedState = 12;
constexpr int selectedState = 23;
constexpr int focusableState = 11;
constexpr quint32 controllerFor = 3;
constexpr quint32 controlledBy = 4;

} // namespace

class TestScreenReader : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void findsEverythingByName();
    void followsKeysAndAnEdit();
    void actsOnParts();

private:
    using Reference = AccessibilityBus::Reference;
    QList<Reference> steps() const
    {
        QList<Reference> items;
        for (const Reference &child : m_bus->children(m_canvas)) {
            if (m_bus->role(child) == u"list item")
                items.append(child);
        }
        return items;
    }
    // The step that is read as “id, …”.
    std::optional<Reference> step(const QString &id) const
    {
        for (const Reference &item : steps()) {
            if (m_bus->name(item).startsWith(id + u", "_qs))
                return item;
        }
        return std::nullopt;
    }
    QString lastFocused() const { return m_bus->focusedNames().isEmpty() ? QString() : m_bus->focusedNames().last(); }

    std::unique_ptr<QTemporaryDir> m_directory;
    std::unique_ptr<AccessibilityBus> m_bus;
    std::unique_ptr<QProcess> m_program;
    Reference m_application;
    Reference m_canvas;
    QString m_file;
};

void TestScreenReader::init()
{
    m_directory = std::make_unique<QTemporaryDir>();
    m_file = m_directory->filePath(u"booking.json"_qs);
    QVERIFY(QFile::copy(QStringLiteral(TEST_DATA_DIR "/canvas/booking.json"), m_file));
    m_bus = std::make_unique<AccessibilityBus>();
    const QString error = m_bus->start();
    QVERIFY2(error.isEmpty(), qPrintable(error));
    m_program = std::make_unique<QProcess>();
    QProcessEnvironment environment = m_bus->environment();
    environment.insert(u"XDG_DATA_HOME"_qs, m_directory->filePath(u"data"_qs));
    environment.insert(u"XDG_CONFIG_HOME"_qs, m_directory->filePath(u"config"_qs));
    m_program->setProcessEnvironment(environment);
    m_program->setProcessChannelMode(QProcess::ForwardedChannels);
    m_program->setChildProcessModifier([] { ::prctl(PR_SET_PDEATHSIG, SIGKILL); });
    m_program->start(QStringLiteral(PROGRAM_DIR "/automation-designer"), {u"--size"_qs, u"1500x900"_qs, m_file});
    QVERIFY(m_program->waitForStarted(10'000));
    std::optional<Reference> found;
    QTRY_VERIFY_WITH_TIMEOUT((found = m_bus->application(u"automation-designer"_qs)), 20'000);
    m_application = *found;
    QTRY_VERIFY_WITH_TIMEOUT((found = m_bus->findNamed(m_application, u"Workflow drawing"_qs)), 20'000);
    m_canvas = *found;
    QTRY_COMPARE_WITH_TIMEOUT(steps().size(), 7, 20'000);
    // The keys go to the drawing once its window is active.
    QTRY_VERIFY_WITH_TIMEOUT(m_bus->hasState(m_canvas, focusedState), 20'000);
}

void TestScreenReader::cleanup()
{
    if (m_program && m_program->state() != QProcess::NotRunning) {
        m_program->kill();
        m_program->waitForFinished(5000);
    }
    m_program.reset();
    m_bus.reset();
    m_directory.reset();
}

void TestScreenReader::findsEverythingByName()
{
    const auto document = WorkflowDocument::open(m_file);
    QVERIFY(document);
    const DefinitionGraph &graph = document.value()->graph();
    QCOMPARE(m_bus->role(m_canvas), u"list"_qs);
    QSet<QString> outcomes;
    QSet<QString> connections;
    const QList<Reference> items = steps();
    QStringList ids;
    for (const Reference &item : items) {
        ids.append(m_bus->name(item).section(u", "_qs, 0, 0));
        QVERIFY(m_bus->hasState(item, focusableState));
        QVERIFY(m_bus->extents(item).isValid());
        QVERIFY(m_bus->extents(m_canvas).contains(m_bus->extents(item)));
        QCOMPARE(*m_bus->parent(item), m_canvas);
        for (const Reference &outcome : m_bus->children(item)) {
            outcomes.insert(ids.last() + u": "_qs + m_bus->name(outcome));
            for (const Reference &connection : m_bus->children(outcome)) {
                QCOMPARE(m_bus->role(connection), u"link"_qs);
                connections.insert(m_bus->name(connection));
            }
        }
    }
    // In reading order, the trigger first.
    const QString trigger = ids.takeFirst();
    QCOMPARE(ids,
        (QStringList {u"ask"_qs, u"await_answer"_qs, u"choose"_qs, u"confirm"_qs, u"offer_link"_qs, u"farewell"_qs}));
    // Each way out and each connection of the graph, by the names a person knows.
    QSet<QString> expectedConnections;
    for (const GraphNode &node : graph.nodes()) {
        const QString from = node.isTrigger ? trigger : node.id;
        for (const Outcome &outcome : node.outcomes) {
            const QString prefix = from + u": "_qs;
            const auto isThere = [&](const QString &end) {
                return std::any_of(outcomes.cbegin(), outcomes.cend(), [&](const QString &name) {
                    return name.startsWith(prefix + outcome.label()) && name.endsWith(end);
                });
            };
            QVERIFY2(isThere(outcome.isOpen() ? u", open"_qs : u", leads to "_qs + outcome.target),
                qPrintable(prefix + outcome.label()));
            if (!outcome.isOpen())
                expectedConnections.insert(from + u" to "_qs + outcome.target);
        }
    }
    QCOMPARE(connections.size(), graph.connections().size());
    QVERIFY(connections.contains(u"From ask to await_answer"_qs));
    QVERIFY(connections.contains(u"From await_answer, Replied, to choose"_qs));
    QVERIFY(connections.contains(u"From %1 to ask"_qs.arg(trigger)));
    // What leads where, as relations.
    const QList<Reference> led = m_bus->related(*step(u"choose"_qs), controllerFor);
    QCOMPARE(led.size(), 2);
    QVERIFY(m_bus->name(led.first()).startsWith(u"confirm, "_qs));
    const QList<Reference> leading = m_bus->related(*step(u"choose"_qs), controlledBy);
    QCOMPARE(leading.size(), 1);
    QVERIFY(m_bus->name(leading.first()).startsWith(u"await_answer, "_qs));
}

void TestScreenReader::followsKeysAndAnEdit()
{
    // To the step, to its first way out, to another step: with the keys, hearing where one is.
    RealInput::key(u"n"_qs);
    QTRY_VERIFY(m_bus->hasState(steps().first(), focusedState));
    RealInput::key(u"n"_qs);
    QTRY_VERIFY(lastFocused().startsWith(u"ask, "_qs));
    RealInput::key(u"n"_qs);
    QTRY_VERIFY(lastFocused().startsWith(u"await_answer, "_qs));
    RealInput::key(u"n"_qs);
    QTRY_VERIFY(lastFocused().startsWith(u"choose, "_qs));
    const Reference choose = *step(u"choose"_qs);
    QVERIFY(m_bus->hasState(choose, selectedState));
    RealInput::key(u"o"_qs);
    QTRY_VERIFY(lastFocused().endsWith(u", leads to confirm"_qs));
    const QString before = lastFocused();
    const Reference outcome = m_bus->children(choose).first();
    QCOMPARE(m_bus->name(outcome), before);
    const Reference connection = m_bus->children(outcome).first();
    QVERIFY(m_bus->name(connection).endsWith(u"to confirm"_qs));

    // Half done and given up: nothing changed.
    RealInput::key(u"ctrl+l"_qs);
    QTRY_COMPARE(lastFocused(), u"Connect to which step?"_qs);
    RealInput::key(u"Escape"_qs);
    QTRY_COMPARE(lastFocused(), before);
    QCOMPARE(m_bus->name(outcome), before);

    RealInput::key(u"ctrl+l"_qs);
    QTRY_COMPARE(lastFocused(), u"Connect to which step?"_qs);
    RealInput::type(u"farew"_qs);
    RealInput::key(u"Return"_qs);
    // The same objects tell the new end, and the keys are still there.
    QTRY_VERIFY(m_bus->name(outcome).endsWith(u", leads to farewell"_qs));
    QTRY_VERIFY(m_bus->name(connection).endsWith(u"to farewell"_qs));
    QTRY_VERIFY(m_bus->hasState(outcome, focusedState));
    QTRY_VERIFY(m_bus->changes().contains(
        u"name: From choose, %1, to farewell"_qs.arg(m_bus->name(outcome).section(u", leads"_qs, 0, 0))));
    QCOMPARE(m_bus->related(outcome, controllerFor), QList<Reference> {*step(u"farewell"_qs)});

    RealInput::key(u"ctrl+s"_qs);
    const auto savedTarget = [this] {
        const auto document = WorkflowDocument::open(m_file);
        if (!document)
            return QString();
        const DefinitionGraph &graph = document.value()->graph();
        return graph.nodes().at(graph.indexOfId(u"choose"_qs)).outcomes.first().target;
    };
    QTRY_COMPARE_WITH_TIMEOUT(savedTarget(), u"farewell"_qs, 10'000);

    // Undone, the tree goes back as well; taken away, it is open and the connection is no more.
    RealInput::key(u"ctrl+z"_qs);
    QTRY_VERIFY(m_bus->name(outcome).endsWith(u", leads to confirm"_qs));
    // On the way the keys never left the parts of the drawing for the drawing as a whole.
    QCOMPARE(m_bus->focusedNames().count(u"Workflow drawing"_qs), 1 + 2);
}

void TestScreenReader::actsOnParts()
{
    const Reference wait = *step(u"await_answer"_qs);
    const Reference replied = m_bus->children(wait).first();
    QVERIFY(m_bus->name(replied).startsWith(u"Replied, "_qs));
    QVERIFY(m_bus->act(*step(u"farewell"_qs), u"Press"_qs));
    QTRY_VERIFY(lastFocused().startsWith(u"farewell, "_qs));
    // A connection's press goes where it leads.
    QVERIFY(m_bus->act(m_bus->children(replied).first(), u"Press"_qs));
    QTRY_VERIFY(lastFocused().startsWith(u"choose, "_qs));
    QVERIFY(m_bus->act(replied, u"Disconnect"_qs));
    QTRY_COMPARE(m_bus->name(m_bus->children(wait).last()), u"Replied, open"_qs);
    // A step that is gone is gone from the tree, and what pointed at it answers nothing.
    const Reference farewell = *step(u"farewell"_qs);
    QVERIFY(m_bus->act(farewell, u"Press"_qs));
    QTRY_VERIFY(lastFocused().startsWith(u"farewell, "_qs));
    RealInput::key(u"Delete"_qs);
    QTRY_COMPARE(steps().size(), 6);
    QVERIFY(!step(u"farewell"_qs));
    QTRY_VERIFY(m_bus->changes().contains(u"remove: "_qs + farewell.path.path()));
    QCOMPARE(m_bus->name(farewell), QString());
    RealInput::key(u"ctrl+z"_qs);
    QTRY_COMPARE(steps().size(), 7);
    const QStringList told = m_bus->changes();
    QVERIFY(std::any_of(
        told.cbegin(), told.cend(), [](const QString &change) { return change.startsWith(u"add: farewell, "); }));
}

QTEST_MAIN(TestScreenReader)
#include "tst_screenreader.moc"
