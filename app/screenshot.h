#pragma once

#include <QObject>
#include <QTimer>

namespace automation {

class MainWindow;

// Takes the picture of the window for --screenshot once it has settled: drawing laid out and, when it was asked to
// connect, connected or refused. Gives up waiting after a while and takes what there is.
class Screenshot : public QObject
{
    Q_OBJECT
public:
    Screenshot(MainWindow *window, const QString &path, bool connecting); // child of the window
    void start();

Q_SIGNALS:
    void finished(const QString &error); // empty = the picture is written

private:
    void look();
    bool hasSettled() const;

    MainWindow *m_window;
    QString m_path;
    bool m_connecting;
    int m_looks = 0;
    int m_settledLooks = 0;
    QTimer m_timer;
};

} // namespace automation
