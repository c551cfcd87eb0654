#pragma once

#include <QDBusConnection>
#include <QDBusVariant>
#include <QObject>

namespace automation {

// What the desktop asks of programs, by the settings of the desktop portal: whether they shall be dark, and whether
// things may move. Where there is no portal: dark as the palette the program started with, and movement. GUI thread;
// make it before a theme is applied.
class DesktopSettings : public QObject
{
    Q_OBJECT
public:
    explicit DesktopSettings(QObject *parent = nullptr);
    // With another bus than the session's.
    explicit DesktopSettings(const QDBusConnection &bus, QObject *parent = nullptr);

    bool prefersDark() const { return m_dark; }
    bool prefersLessMotion() const { return !m_gnomeMoves || !m_kdeMoves; }

Q_SIGNALS:
    void darknessChanged();
    void motionChanged();

private Q_SLOTS:
    void takeSetting(const QString &group, const QString &key, const QDBusVariant &value);

private:
    void read(QDBusConnection &bus, const QString &group, const QString &key);

    bool m_dark = false;
    bool m_gnomeMoves = true;
    bool m_kdeMoves = true;
};

} // namespace automation
