#pragma once

#include <QWidget>

class QLabel;
class QPushButton;

namespace automation {

// What an empty panel shows: an icon, a sentence that says what would be there, and the action that fills it.
class EmptyState : public QWidget
{
    Q_OBJECT
public:
    EmptyState(const QString &icon, const QString &sentence, const QString &actionText = {}, QWidget *parent = nullptr);

    void setSentence(const QString &sentence);
    QString sentence() const;
    // An empty text hides the button.
    void setActionText(const QString &text);
    QPushButton *actionButton() const { return m_button; }

Q_SIGNALS:
    void actionRequested();

private:
    QLabel *m_icon = nullptr;
    QLabel *m_sentence = nullptr;
    QPushButton *m_button = nullptr;
};

} // namespace automation
