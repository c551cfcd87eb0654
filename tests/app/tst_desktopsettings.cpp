#include "app/settings/desktopsettings.h"

#include <csignal>
#include <QDBusConnection>
#include <QDBusContext>
#include <QDBusMessage>
#include <QDBusVariant>
#include <QProcess>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <sys/prctl.h>

using namespace automation;
using namespace Qt::StringLiterals;

// The part of a desktop portal that tells settings.
class Portal : public QObject, protected QDBusContext
{
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.portal.Settings")
public:
    QHash<QString, QVariant> settings; // by group and key with a blank between

public Q_SLOTS:
    QDBusVariant Read(const QString &group, const QString &key)
    {
        const QVariant value = settings.value(group + u' ' + key);
        if (!value.isValid())
            sendErrorReply(u"org.freedesktop.portal.Error.NotFound"_s, u"no such setting"_s);
        return QDBusVariant(QVariant::fromValue(QDBusVariant(value)));
    }
};

class TestDesktopSettings : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(m_directory.isValid());
        m_daemon.setProgram(u"dbus-daemon"_s);
        m_daemon.setArguments({u"--session"_s, u"--nofork"_s, u"--print-address"_s,
            u"--address=unix:path="_s + m_directory.filePath(u"bus"_s)});
        m_daemon.setChildProcessModifier([] { prctl(PR_SET_PDEATHSIG, SIGTERM); });
        m_daemon.start();
        QVERIFY2(m_daemon.waitForReadyRead(10000), qPrintable(m_daemon.errorString()));
        const QString address = QString::fromUtf8(m_daemon.readLine()).trimmed();
        m_service = std::make_unique<QDBusConnection>(QDBusConnection::connectToBus(address, u"portal"_s));
        m_client = std::make_unique<QDBusConnection>(QDBusConnection::connectToBus(address, u"program"_s));
        QVERIFY(m_service->isConnected() && m_client->isConnected());
        QVERIFY(m_service->registerService(u"org.freedesktop.portal.Desktop"_s));
    }

    void init()
    {
        m_portal = std::make_unique<Portal>();
        QVERIFY(m_service->registerObject(
            u"/org/freedesktop/portal/desktop"_s, m_portal.get(), QDBusConnection::ExportAllSlots));
    }

    void cleanup()
    {
        m_service->unregisterObject(u"/org/freedesktop/portal/desktop"_s);
        m_portal.reset();
    }

    void cleanupTestCase()
    {
        QDBusConnection::disconnectFromBus(u"portal"_s);
        QDBusConnection::disconnectFromBus(u"program"_s);
        m_daemon.terminate();
        m_daemon.waitForFinished(5000);
    }

    void lessMotion_data()
    {
        QTest::addColumn<QString>("setting");
        QTest::addColumn<QVariant>("off");
        QTest::addColumn<QVariant>("on");
        QTest::newRow("GNOME") << u"org.gnome.desktop.interface enable-animations"_s << QVariant(false)
                               << QVariant(true);
        QTest::newRow("KDE") << u"org.kde.kdeglobals.KDE AnimationDurationFactor"_s << QVariant(u"0"_s)
                             << QVariant(u"0.7"_s);
    }
    void lessMotion()
    {
        QFETCH(QString, setting);
        QFETCH(QVariant, off);
        QFETCH(QVariant, on);
        m_portal->settings.insert(setting, off);
        DesktopSettings desktop(*m_client);
        QTRY_VERIFY(desktop.prefersLessMotion());
        QSignalSpy spy(&desktop, &DesktopSettings::motionChanged);
        const QStringList words = setting.split(u' ');
        tell(words.first(), words.last(), on);
        QTRY_VERIFY(!desktop.prefersLessMotion());
        QCOMPARE(spy.size(), 1);
    }

    void darkness()
    {
        const QString setting = u"org.freedesktop.appearance color-scheme"_s;
        m_portal->settings.insert(setting, QVariant(1u));
        DesktopSettings desktop(*m_client);
        QTRY_VERIFY(desktop.prefersDark());
        tell(u"org.freedesktop.appearance"_s, u"color-scheme"_s, QVariant(2u));
        QTRY_VERIFY(!desktop.prefersDark());
        QVERIFY(!desktop.prefersLessMotion());
    }

    void withoutABus()
    {
        DesktopSettings desktop(QDBusConnection(u"none"_s));
        QVERIFY(!desktop.prefersLessMotion());
    }

private:
    void tell(const QString &group, const QString &key, const QVariant &value)
    {
        QDBusMessage changed = QDBusMessage::createSignal(
            u"/org/freedesktop/portal/desktop"_s, u"org.freedesktop.portal.Settings"_s, u"SettingChanged"_s);
        changed << group << key << QVariant::fromValue(QDBusVariant(value));
        QVERIFY(m_service->send(changed));
    }

    QTemporaryDir m_directory;
    QProcess m_daemon;
    std::unique_ptr<QDBusConnection> m_service;
    std::unique_ptr<QDBusConnection> m_client;
    std::unique_ptr<Portal> m_portal;
};

QTEST_MAIN(TestDesktopSettings)
#include "tst_desktopsettings.moc"
