#pragma once

#include <functional>
#include <QFrame>

class QHBoxLayout;
class QLabel;
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
    struct Action
    {
        QString text;
        std::function<void()> run;
        bool keepsNotice = false; // what the notice says is still true afterwards
    };

    // topic: clear(topic) takes the notice back once what it was about is over. action may be empty.
    void show(Kind kind, const QString &topic, const QString &text, const QString &actionText = {},
        std::function<void()> action = {});
    void show(Kind kind, const QString &topic, const QString &text, const QList<Action> &actions);
    void clear(const QString &topic);
    QString text() const;

private:
    void applyColors();

    QLabel *m_icon;
    QLabel *m_text;
    QHBoxLayout *m_buttons;
    QToolButton *m_close;
    QString m_topic;
    Kind m_kind = Kind::Info;
    QColor m_colors[3];
    QColor m_backs[3];
    QColor m_foreground;
};

} // namespace automation
