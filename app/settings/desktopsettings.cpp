#include "app/settings/desktopsettings.h"

#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QDBusVariant>
#include <QGuiApplication>
#include <QPalette>

namespace automation {

namespace {

const auto service = u"org.freedesktop.portal.Desktop"_qs;
const auto path = u"/org/freedesktop/portal/desktop"_qs;
const auto interface = u"org.freedesktop.portal.Settings"_qs;

struct Setting
{
    QString group;
    QString key;
    friend bool operator==(const Setting &, const Setting &) = default;
};
const Setting colorScheme {u"org.freedesktop.appearance"_qs, u"color-scheme"_qs};
// There is no common setting for movement; these are the ones of the two large desktops.
const Setting gnomeAnimations {u"org.gnome.desktop.interface"_qs, u"enable-animations"_qs};
const Setting kdeAnimations {u"org.kde.kdeglobals.KDE"_qs, u"AnimationDurationFactor"_qs};

} // namespace

DesktopSettings::DesktopSettings(QObject *parent)
    : DesktopSettings(QDBusConnection::sessionBus(), parent)
{
}

DesktopSettings::DesktopSettings(const QDBusConnection &bus, QObject *parent)
    : QObject(parent)
    , m_dark(QGuiApplication::palette().color(QPalette::Window).lightness() < 128)
{
    if (!bus.isConnected())
        return;
    QDBusConnection connection = bus;
    qRegisterMetaType<QDBusVariant>("QDBusVariant"); // by name: a slot with an unknown type is not connected
    connection.connect(
        service, path, interface, u"SettingChanged"_qs, this, SLOT(takeSetting(QString, QString, QDBusVariant)));
    for (const Setting &setting : {colorScheme, gnomeAnimations, kdeAnimations})
        read(connection, setting.group, setting.key);
}

void DesktopSettings::read(QDBusConnection &bus, const QString &group, const QString &key)
{
    QDBusMessage call = QDBusMessage::createMethodCall(service, path, interface, u"Read"_qs);
    call << group << key;
    auto *watcher = new QDBusPendingCallWatcher(bus.asyncCall(call), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher, group, key] {
        const QDBusPendingReply<QDBusVariant> reply = *watcher;
        watcher->deleteLater();
        if (reply.isError())
            return; // a desktop that does not have it
        // Read wraps the value once more than the signal does.
        const QVariant value = reply.value().variant();
        takeSetting(group, key, value.canConvert<QDBusVariant>() ? value.value<QDBusVariant>() : reply.value());
    });
}

void DesktopSettings::takeSetting(const QString &group, const QString &key, const QDBusVariant &value)
{
    const Setting setting {group, key};
    if (setting == colorScheme) {
        // 0 no preference, 1 dark, 2 light
        const bool dark = value.variant().toUInt() == 1;
        if (dark == m_dark)
            return;
        m_dark = dark;
        Q_EMIT darknessChanged();
    } else if (setting == gnomeAnimations || setting == kdeAnimations) {
        const bool before = prefersLessMotion();
        if (setting == gnomeAnimations)
            m_gnomeMoves = value.variant().toBool();
        else
            m_kdeMoves = value.variant().toDouble() != 0;
        if (prefersLessMotion() == before)
            return;
        Q_EMIT motionChanged();
    }
}

} // namespace automation
