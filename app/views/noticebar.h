#pragma once

#include <functional>
#include <QFrame>

class QLabel;
class QPushButton;
class QToolButton;

namespace automation {

struct Theme;

// A strip above the document that says one thing and offers what can be done about it. The newest notice replaces
// the one before; texts are plain.
class NoticeBar : public QFrame
{
    Q_OBJECT
public:
    enum class Kind { Info, Warning, Error };

    explicit NoticeBar(QWidget *parent = nullptr);
    void setTheme(const Theme &theme);
    // topic: clear(topic) takes the notice back once what it was about is over. action may be empty.
    void show(Kind kind, const QString &topic, const QString &text, const QString &actionText = {},
        std::function<void()> action = {});
    void clear(const QString &topic);
    QString text() const;

private:
    void applyColors();

    QLabel *m_icon;
    QLabel *m_text;
    QPushButton *m_button;
    QToolButton *m_close;
    std::function<void()> m_action;
    QString m_topic;
    Kind m_kind = Kind::Info;
    QColor m_colors[3];
    QColor m_backs[3];
    QColor m_foreground;
};

} // namespace automation
