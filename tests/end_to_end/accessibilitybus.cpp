#include "tests/end_to_end/accessibilitybus.h"

#include <QDBusArgument>
#include <QDBusConnectionInterface>
#include <QDBusMessage>
#include <QDBusMetaType>
#include <QDBusReply>
#include <QFile>
#include <QRect>
#include <QTest>

#include <csignal>
#include <sys/prctl.h>

namespace automation {

namespace {

constexpr int answerWithin = 5000; // milliseconds
const QString sessionName = u"test-session"_qs;
const QString busName = u"test-accessibility"_qs;
const QString accessibleInterface = u"org.a11y.atspi.Accessible"_qs;

struct Relation
{
    quint32 type = 0;
    QList<AccessibleReference> targets;
};

struct Action
{
    QString name;
    QString description;
    QString keys;
};

const QDBusArgument &operator>>(const QDBusArgument &argument, Relation &relation)
{
    argument.beginStructure();
    argument >> relation.type >> relation.targets;
    argument.endStructure();
    return argument;
}

const QDBusArgument &operator>>(const QDBusArgument &argument, Action &action)
{
    argument.beginStructure();
    argument >> action.name >> action.description >> action.keys;
    argument.endStructure();
    return argument;
}

template <typename T> QList<T> listOf(const QDBusMessage &reply)
{
    QList<T> list;
    if (reply.type() == QDBusMessage::ReplyMessage && !reply.arguments().isEmpty())
        reply.arguments().first().value<QDBusArgument>() >> list;
    return list;
}

} // namespace

QDBusArgument &operator<<(QDBusArgument &argument, const AccessibleReference &reference)
{
    argument.beginStructure();
    argument << reference.service << reference.path;
    argument.endStructure();
    return argument;
}

const QDBusArgument &operator>>(const QDBusArgument &argument, AccessibleReference &reference)
{
    argument.beginStructure();
    argument >> reference.service >> reference.path;
    argument.endStructure();
    return argument;
}

AccessibilityBus::AccessibilityBus()
{
    qDBusRegisterMetaType<AccessibleReference>();
}

AccessibilityBus::~AccessibilityBus()
{
    m_bus.reset();
    QDBusConnection::disconnectFromBus(busName);
    QDBusConnection::disconnectFromBus(sessionName);
    for (QProcess *process : {&m_launcher, &m_daemon}) {
        process->terminate();
        if (!process->waitForFinished(3000))
            process->kill();
        process->waitForFinished(3000);
    }
}

void AccessibilityBus::endWithTest(QProcess &process, int signal)
{
    process.setChildProcessModifier([signal] { ::prctl(PR_SET_PDEATHSIG, signal); });
}

QString AccessibilityBus::start()
{
    // Without a folder of services: nothing of the system is started on it.
    QFile configuration(m_directory.filePath(u"session.conf"_qs));
    if (!configuration.open(QIODevice::WriteOnly))
        return configuration.errorString();
    configuration.write("<busconfig><type>session</type><listen>unix:dir=" + m_directory.path().toUtf8()
        + "</listen><auth>EXTERNAL</auth><policy context=\"default\"><allow send_destination=\"*\" eavesdrop=\"true\"/>"
          "<allow eavesdrop=\"true\"/><allow own=\"*\"/></policy></busconfig>");
    configuration.close();
    endWithTest(m_daemon, SIGKILL);
    m_daemon.start(u"dbus-daemon"_qs,
        {u"--nofork"_qs, u"--nopidfile"_qs, u"--print-address"_qs, u"--config-file"_qs, configuration.fileName()});
    if (!m_daemon.waitForReadyRead(10'000))
        return u"dbus-daemon (package dbus): %1 %2"_qs.arg(
            m_daemon.errorString(), QString::fromUtf8(m_daemon.readAllStandardError()));
    m_sessionAddress = QString::fromUtf8(m_daemon.readLine()).trimmed();

    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"DBUS_SESSION_BUS_ADDRESS"_qs, m_sessionAddress);
    environment.insert(u"GSETTINGS_BACKEND"_qs, u"memory"_qs);
    environment.insert(u"XDG_RUNTIME_DIR"_qs, m_directory.path()); // where its socket goes
    m_launcher.setProcessEnvironment(environment);
    m_launcher.setStandardOutputFile(QProcess::nullDevice());
    m_launcher.setStandardErrorFile(QProcess::nullDevice());
    endWithTest(m_launcher, SIGTERM); // so that it ends the bus it starts
    m_launcher.start(u"/usr/libexec/at-spi-bus-launcher"_qs, {u"--launch-immediately"_qs});
    if (!m_launcher.waitForStarted(10'000))
        return u"at-spi-bus-launcher (package at-spi2-core): "_qs + m_launcher.errorString();

    QDBusConnection session = QDBusConnection::connectToBus(m_sessionAddress, sessionName);
    if (!session.isConnected())
        return session.lastError().message();
    const QDBusMessage ask
        = QDBusMessage::createMethodCall(u"org.a11y.Bus"_qs, u"/org/a11y/bus"_qs, u"org.a11y.Bus"_qs, u"GetAddress"_qs);
    QString address;
    const bool isThere = QTest::qWaitFor(
        [&] {
            address = QDBusReply<QString>(session.call(ask, QDBus::Block, answerWithin)).value();
            return !address.isEmpty();
        },
        15'000);
    if (!isThere)
        return u"There is no accessibility bus."_qs;
    m_bus = QDBusConnection::connectToBus(address, busName);
    if (!m_bus->isConnected())
        return m_bus->lastError().message();
    // Programs tell only what someone asked to be told.
    for (const QString &event :
        {u"object:state-changed:focused"_qs, u"object:children-changed"_qs, u"object:property-change"_qs}) {
        QDBusMessage listen = QDBusMessage::createMethodCall(u"org.a11y.atspi.Registry"_qs,
            u"/org/a11y/atspi/registry"_qs, u"org.a11y.atspi.Registry"_qs, u"RegisterEvent"_qs);
        listen.setArguments({event, QStringList(), QString()});
        if (const QDBusMessage answer = m_bus->call(listen, QDBus::Block, answerWithin);
            answer.type() == QDBusMessage::ErrorMessage)
            return answer.errorMessage();
    }
    const QString events = u"org.a11y.atspi.Event.Object"_qs;
    m_bus->connect({}, {}, events, u"StateChanged"_qs, this, SLOT(takeStateChange(QDBusMessage)));
    m_bus->connect({}, {}, events, u"ChildrenChanged"_qs, this, SLOT(takeChildren(QDBusMessage)));
    m_bus->connect({}, {}, events, u"PropertyChange"_qs, this, SLOT(takeProperty(QDBusMessage)));
    return {};
}

QProcessEnvironment AccessibilityBus::environment() const
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"DBUS_SESSION_BUS_ADDRESS"_qs, m_sessionAddress);
    environment.insert(u"QT_LINUX_ACCESSIBILITY_ALWAYS_ON"_qs, u"1"_qs);
    environment.insert(u"QT_ACCESSIBILITY"_qs, u"1"_qs);
    return environment;
}

void AccessibilityBus::takeStateChange(const QDBusMessage &message)
{
    const QVariantList arguments = message.arguments();
    if (arguments.value(0).toString() == u"focused" && arguments.value(1).toInt() == 1)
        m_focused.append(name({message.service(), QDBusObjectPath(message.path())}));
}

void AccessibilityBus::takeChildren(const QDBusMessage &message)
{
    const QVariantList arguments = message.arguments();
    const QString what = arguments.value(0).toString();
    const Reference child = qdbus_cast<Reference>(arguments.value(3).value<QDBusVariant>().variant());
    m_changes.append(what + u": "_qs + (what == u"add" ? name(child) : child.path.path()));
}

void AccessibilityBus::takeProperty(const QDBusMessage &message)
{
    if (message.arguments().value(0).toString() == u"accessible-name")
        m_changes.append(u"name: "_qs + name({message.service(), QDBusObjectPath(message.path())}));
}

QDBusMessage AccessibilityBus::call(
    const Reference &of, const QString &interface, const QString &method, const QVariantList &arguments) const
{
    QDBusMessage question = QDBusMessage::createMethodCall(of.service, of.path.path(), interface, method);
    question.setArguments(arguments);
    return m_bus->call(question, QDBus::Block, answerWithin);
}

QVariant AccessibilityBus::property(const Reference &of, const QString &name) const
{
    const QDBusReply<QDBusVariant> answer
        = call(of, u"org.freedesktop.DBus.Properties"_qs, u"Get"_qs, {accessibleInterface, name});
    return answer.isValid() ? answer.value().variant() : QVariant();
}

QList<AccessibilityBus::Reference> AccessibilityBus::children(const Reference &of) const
{
    return listOf<Reference>(call(of, accessibleInterface, u"GetChildren"_qs));
}

std::optional<AccessibilityBus::Reference> AccessibilityBus::parent(const Reference &of) const
{
    const QVariant parent = property(of, u"Parent"_qs);
    return parent.isValid() ? std::optional(qdbus_cast<Reference>(parent)) : std::nullopt;
}

std::optional<AccessibilityBus::Reference> AccessibilityBus::application(const QString &name) const
{
    const Reference desktop {u"org.a11y.atspi.Registry"_qs, QDBusObjectPath(u"/org/a11y/atspi/accessible/root"_qs)};
    for (const Reference &application : children(desktop)) {
        if (this->name(application) == name)
            return application;
    }
    return std::nullopt;
}

QString AccessibilityBus::name(const Reference &of) const
{
    return property(of, u"Name"_qs).toString();
}

QString AccessibilityBus::description(const Reference &of) const
{
    return property(of, u"Description"_qs).toString();
}

QString AccessibilityBus::role(const Reference &of) const
{
    const QDBusReply<QString> answer = call(of, accessibleInterface, u"GetRoleName"_qs);
    return answer.value();
}

bool AccessibilityBus::hasState(const Reference &of, int state) const
{
    const QList<quint32> words = listOf<quint32>(call(of, accessibleInterface, u"GetState"_qs));
    return words.value(state / 32) & (1U << (state % 32));
}

QList<AccessibilityBus::Reference> AccessibilityBus::related(const Reference &of, quint32 relation) const
{
    QList<Reference> targets;
    for (const Relation &set : listOf<Relation>(call(of, accessibleInterface, u"GetRelationSet"_qs))) {
        if (set.type == relation)
            targets += set.targets;
    }
    return targets;
}

QRect AccessibilityBus::extents(const Reference &of) const
{
    const QDBusMessage answer = call(of, u"org.a11y.atspi.Component"_qs, u"GetExtents"_qs, {quint32(0)});
    QRect rect;
    if (answer.type() == QDBusMessage::ReplyMessage) {
        int x = 0;
        int y = 0;
        int width = 0;
        int height = 0;
        const auto argument = answer.arguments().value(0).value<QDBusArgument>();
        argument.beginStructure();
        argument >> x >> y >> width >> height;
        argument.endStructure();
        rect = {x, y, width, height};
    }
    return rect;
}

QStringList AccessibilityBus::actions(const Reference &of) const
{
    QStringList names;
    for (const Action &action : listOf<Action>(call(of, u"org.a11y.atspi.Action"_qs, u"GetActions"_qs)))
        names.append(action.name);
    return names;
}

bool AccessibilityBus::act(const Reference &on, const QString &action) const
{
    const qsizetype number = actions(on).indexOf(action);
    const QDBusReply<bool> answer = call(on, u"org.a11y.atspi.Action"_qs, u"DoAction"_qs, {int(number)});
    return number >= 0 && answer.value();
}

std::optional<AccessibilityBus::Reference> AccessibilityBus::find(
    const Reference &root, const std::function<bool(const Reference &)> &fits, int mostNodes) const
{
    QList<Reference> open {root};
    while (!open.isEmpty() && mostNodes-- > 0) {
        const Reference node = open.takeLast();
        if (fits(node))
            return node;
        const QList<Reference> inner = children(node);
        for (auto child = inner.crbegin(); child != inner.crend(); ++child)
            open.append(*child);
    }
    return std::nullopt;
}

std::optional<AccessibilityBus::Reference> AccessibilityBus::findNamed(
    const Reference &root, const QString &wanted) const
{
    return find(root, [&](const Reference &node) { return name(node) == wanted; });
}

} // namespace automation
