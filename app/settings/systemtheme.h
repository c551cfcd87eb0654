#pragma once

#include <QObject>

class QDBusVariant;

namespace automation {

// Whether the desktop asks for dark programs, by the desktop portal's appearance settings, and by the palette the
// program started with where there is no portal. GUI thread; make it before a theme is applied.
class SystemTheme : public QObject
{
    Q_OBJECT
public:
    explicit SystemTheme(QObject *parent = nullptr);
    bool prefersDark() const { return m_dark; }

Q_SIGNALS:
    void changed();

private Q_SLOTS:
    void onSettingChanged(const QString &group, const QString &key, const QDBusVariant &value);

private:
    void setColorScheme(uint scheme);

    bool m_dark = false;
};

} // namespace automation
