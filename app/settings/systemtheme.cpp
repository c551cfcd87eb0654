#include "app/settings/systemtheme.h"

#include <QDBusConnection>
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
const auto group = u"org.freedesktop.appearance"_qs;
const auto key = u"color-scheme"_qs;
} // namespace

SystemTheme::SystemTheme(QObject *parent)
    : QObject(parent)
    , m_dark(QGuiApplication::palette().color(QPalette::Window).lightness() < 128)
{
    QDBusConnection bus = QDBusConnection::sessionBus();
    if (!bus.isConnected())
        return;
    bus.connect(
        service, path, interface, u"SettingChanged"_qs, this, SLOT(onSettingChanged(QString, QString, QDBusVariant)));
    QDBusMessage call = QDBusMessage::createMethodCall(service, path, interface, u"Read"_qs);
    call << group << key;
    auto *watcher = new QDBusPendingCallWatcher(bus.asyncCall(call), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher] {
        const QDBusPendingReply<QDBusVariant> reply = *watcher;
        watcher->deleteLater();
        if (reply.isError())
            return;
        // Read wraps the value once more than the signal does.
        const QVariant value = reply.value().variant();
        setColorScheme(
            value.canConvert<QDBusVariant>() ? value.value<QDBusVariant>().variant().toUInt() : value.toUInt());
    });
}

void SystemTheme::onSettingChanged(const QString &changedGroup, const QString &changedKey, const QDBusVariant &value)
{
    if (changedGroup == group && changedKey == key)
        setColorScheme(value.variant().toUInt());
}

void SystemTheme::setColorScheme(uint scheme)
{
    // 0 no preference, 1 dark, 2 light
    const bool dark = scheme == 1;
    if (dark == m_dark)
        return;
    m_dark = dark;
    Q_EMIT changed();
}

} // namespace automation
