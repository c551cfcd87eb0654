#pragma once

#include <QDBusArgument>
#include <QDBusConnection>
#include <QDBusObjectPath>
#include <QObject>
#include <QProcess>
#include <QTemporaryDir>

#include <functional>
#include <memory>
#include <optional>

namespace automation {

// An object of another program as it is known on the accessibility bus.
struct AccessibleReference
{
    QString service;
    QDBusObjectPath path;

    friend bool operator==(const AccessibleReference &, const AccessibleReference &) = default;
};

QDBusArgument &operator<<(QDBusArgument &argument, const AccessibleReference &reference);
const QDBusArgument &operator>>(const QDBusArgument &argument, AccessibleReference &reference);

// A session bus and an accessibility bus of their own, with a registry, and the eyes of a screen reader on them:
// AT-SPI asked over D-Bus, each question with a time limit. The daemons end with this object, and with the test program
// however it ends.
class AccessibilityBus : public QObject
{
    Q_OBJECT
public:
    using Reference = AccessibleReference;

    AccessibilityBus();
    ~AccessibilityBus() override;

    // An error text, or empty. What is needed: dbus-daemon and at-spi2-core.
    QString start();
    // For a program that shall be seen.
    QProcessEnvironment environment() const;

    // Empty until the program is on the bus.
    std::optional<Reference> application(const QString &name) const;
    QList<Reference> children(const Reference &of) const;
    std::optional<Reference> parent(const Reference &of) const;
    QString name(const Reference &of) const;
    QString description(const Reference &of) const;
    QString role(const Reference &of) const;
    bool hasState(const Reference &of, int state) const; // AtspiStateType
    QList<Reference> related(const Reference &of, quint32 relation) const; // AtspiRelationType
    QRect extents(const Reference &of) const; // on the screen
    QStringList actions(const Reference &of) const;
    bool act(const Reference &on, const QString &action) const;
    // Depth first below root, root included; null when nothing fits.
    std::optional<Reference> find(
        const Reference &root, const std::function<bool(const Reference &)> &fits, int mostNodes = 20000) const;
    std::optional<Reference> findNamed(const Reference &root, const QString &name) const;

    // What was told since start(): names of what got the focus, and "name: NEW", "add: NAME", "remove: PATH".
    QStringList focusedNames() const { return m_focused; }
    QStringList changes() const { return m_changes; }

private Q_SLOTS:
    void takeStateChange(const QDBusMessage &message);
    void takeChildren(const QDBusMessage &message);
    void takeProperty(const QDBusMessage &message);

private:
    QDBusMessage call(
        const Reference &of, const QString &interface, const QString &method, const QVariantList &arguments = {}) const;
    QVariant property(const Reference &of, const QString &name) const;
    static void endWithTest(QProcess &process, int signal);

    QTemporaryDir m_directory;
    QProcess m_daemon;
    QProcess m_launcher;
    QString m_sessionAddress;
    std::optional<QDBusConnection> m_bus;
    QStringList m_focused;
    QStringList m_changes;
};

} // namespace automation

Q_DECLARE_METATYPE(automation::AccessibleReference)
